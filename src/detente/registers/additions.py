"""Adds entries to a user's own register file, checked against the shipped register first."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.errors import RegisterError
from detente.registers import checks, entries
from detente.registers.entries import UserFile

if TYPE_CHECKING:
    from collections.abc import Sequence


def add(path: Path, new: UserFile) -> UserFile:
    """Add entries to a user's file; the file changes only where all of it is right.

    What stands in the file stays as it is, comments too. An entry that stands there already is not
    added again.

    Args:
        path: The file; made where it is missing.
        new: The entries.

    Returns:
        All entries of the file as written.

    Raises:
        RegisterError: The file or an entry is wrong; the file stays as it was.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    source = entries.Source(name=str(path), text=text)
    old = entries.decode(source, UserFile) if _content(text) else UserFile()
    for name in UserFile.__struct_fields__:
        known = getattr(old, name)
        fresh = [entry for entry in getattr(new, name) if entry not in known]
        if fresh:
            text = _inserted(text, name, [_line(entry) for entry in fresh])
    source = entries.Source(name=str(path), text=text)
    merged = entries.decode(source, UserFile) if _content(text) else UserFile()
    try:
        checks.check(entries.shipped().plus(merged.entries(source)))
    except RegisterError as error:
        raise RegisterError(error.file, 0, f"{error.reason}; nothing was added") from error
    _write(path, text)
    return merged


def _content(text: str) -> bool:
    """Whether a file holds more than comments."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _line(entry: object) -> str:
    """Return an entry on one line of YAML, without empty values."""
    import yaml

    value = msgspec.to_builtins(entry)
    if isinstance(value, dict):
        value = {name: one for name, one in value.items() if one not in (None, (), [], {})}
    dumped: str = yaml.safe_dump(
        [value], allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000
    )
    return dumped.strip()[1:-1]


def dump(file: UserFile) -> str:
    """Return YAML with one key for each kind and without empty values."""
    text = ""
    for name in UserFile.__struct_fields__:
        lines = [_line(entry) for entry in getattr(file, name)]
        if lines:
            text = _inserted(text, name, lines)
    return text


def _inserted(text: str, key: str, lines: Sequence[str]) -> str:
    """Return YAML text with items put at the head of the list under a key, or a new list at its end."""
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader) if _content(text) else None
    pairs = root.value if root is not None else []
    node = next((value for name, value in pairs if name.value == key), None)
    rows = text.splitlines()
    if node is None:
        return "\n".join([*rows, f"{key}:", *(f"- {line}" for line in lines), ""])
    if node.flow_style or not node.value:
        old = node.start_mark.index, node.end_mark.index
        inner = text[old[0] + 1 : old[1] - 1].strip() if node.value else ""
        return (
            f"{text[: old[0]]}[{', '.join([*lines, *([inner] if inner else [])])}]{text[old[1] :]}"
        )
    at, indent = node.start_mark.line, " " * node.start_mark.column
    return "\n".join([*rows[:at], *(f"{indent}- {line}" for line in lines), *rows[at:], ""])


def _write(path: Path, text: str) -> None:
    """Write to a temporary file beside the target, sync, and rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
