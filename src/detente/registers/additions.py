"""Adds entries to a user's own register file, checked against the shipped register first."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.registers import checks, entries
from detente.registers.entries import UserFile

if TYPE_CHECKING:
    from detente.registers.entries import Entries


def add(path: Path, new: UserFile) -> UserFile:
    """Add entries to a user's file; the file changes only where all of it is right.

    Comments in the file are not kept. An entry that stands there already is not added again.

    Args:
        path: The file; made where it is missing.
        new: The entries.

    Returns:
        All entries of the file as written.

    Raises:
        RegisterError: The file or an entry is wrong; the file stays as it was.
    """
    old = _read(path)
    merged = UserFile(
        **{
            name: getattr(old, name) + _fresh(getattr(old, name), getattr(new, name))
            for name in UserFile.__struct_fields__
        }
    )
    text = dump(merged)
    checks.check(entries.shipped().plus(_entries(merged, str(path), text)))
    _write(path, text)
    return merged


def _read(path: Path) -> UserFile:
    if not path.exists() or not path.read_text(encoding="utf-8").strip():
        return UserFile()
    source = entries.Source(name=str(path), text=path.read_text(encoding="utf-8"))
    return entries.decode(source, UserFile)


def _fresh(old: tuple[object, ...], new: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(entry for entry in new if entry not in old)


def dump(file: UserFile) -> str:
    """Return YAML with one key for each kind and without empty values."""
    import yaml

    content = {}
    for name, listed in msgspec.to_builtins(file).items():
        if listed:
            content[name] = [
                {k: v for k, v in entry.items() if v not in (None, [], {})}
                if isinstance(entry, dict)
                else entry
                for entry in listed
            ]
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def _entries(file: UserFile, name: str, text: str) -> Entries:
    return entries.Entries(
        states=file.states,
        institutions=file.institutions,
        organisations=file.organisations,
        blocs=file.blocs,
        groups=file.groups,
        persons=file.persons,
        others=file.not_actors,
        sources=(entries.Source(name=name, text=text),),
    )


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
