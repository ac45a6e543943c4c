"""The hash of what records depend on besides the program."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def fingerprint(model: str, overlays: Iterable[Path]) -> str:
    """Return 16 digits that change with the registers, the overlays or the model.

    Args:
        model: Name and version of the language model.
        overlays: The user's own register files.
    """
    digest = hashlib.sha256(model.encode())
    for name, content in _data_files():
        digest.update(name.encode())
        digest.update(hashlib.sha256(content).digest())
    for overlay in overlays:
        digest.update(hashlib.sha256(overlay.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _data_files() -> list[tuple[str, bytes]]:
    """Return every shipped register file with its content, in the order of their names."""
    found: list[tuple[str, bytes]] = []
    pending = [("", resources.files("detente.registers") / "data")]
    while pending:
        prefix, folder = pending.pop()
        for entry in folder.iterdir():
            name = f"{prefix}/{entry.name}"
            if entry.is_dir():
                pending.append((name, entry))
            else:
                found.append((name, entry.read_bytes()))
    return sorted(found)
