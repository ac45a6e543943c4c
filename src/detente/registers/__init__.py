"""Data that analysts edit, and its validating loaders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.registers.register import Register, Sense, load

__all__ = ["Register", "Sense", "load"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name in __all__:
        from detente.registers import register

        return getattr(register, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
