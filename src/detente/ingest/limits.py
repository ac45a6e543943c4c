"""The limits under which foreign formats are parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.engine.child import Limits

if TYPE_CHECKING:
    from detente.settings import Settings


def reading(settings: Settings) -> Limits:
    """Return the limits of the child that reads one foreign format."""
    return Limits(seconds=settings.read_seconds, megabytes=settings.read_megabytes)
