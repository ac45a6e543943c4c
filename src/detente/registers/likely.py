"""Nouns for people, bodies and arms of the likeliest state, ``data/likely.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from detente.errors import RegisterError
from detente.registers import frames

PATH = Path(__file__).parent / "data" / "likely.yaml"


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    institution: str | None
    nouns: tuple[str, ...]


@cache
def load() -> dict[str, str | None]:
    """Return the institution of each noun, None for the state itself; those of frames' classes of people among them.

    Raises:
        RegisterError: The file cannot be read, or a noun stands twice.
    """
    try:
        rows = msgspec.yaml.decode(PATH.read_bytes(), type=list[_Row])
    except (OSError, msgspec.DecodeError) as error:
        raise RegisterError(str(PATH), 0, str(error)) from error
    found: dict[str, str | None] = {}
    for row in rows:
        for noun in row.nouns:
            if noun in found:
                raise RegisterError(str(PATH), 0, f"{noun!r} stands twice")
            found[noun] = row.institution
    classes = frames.load().classes
    people = {word: body for name, body in frames.PEOPLE.items() for word in sorted(classes[name])}
    return people | found
