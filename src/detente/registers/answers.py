"""What somebody answers, by the noun that points back at it: ``data/answers.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from detente.errors import RegisterError
from detente.registers.inflection import plural


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that stand for an act told before.

    Attributes:
        nouns: Singular, lower case.
        types: PLOVER types of the act; none means any.
        reach: How many sentences back it may have been told.
        at_me: True where the act was aimed at the one who answers.
    """

    nouns: tuple[str, ...]
    types: frozenset[str] = frozenset()
    reach: int = 2
    at_me: bool = False


@cache
def load() -> dict[str, Answered]:
    """Return the entries by their nouns, singular and plural.

    Raises:
        RegisterError: The file cannot be read, or a noun stands twice.
    """
    text = (resources.files("detente.registers") / "data" / "answers.yaml").read_bytes()
    try:
        entries = msgspec.yaml.decode(text, type=tuple[Answered, ...])
    except msgspec.MsgspecError as error:
        raise RegisterError("data/answers.yaml", 0, str(error)) from error
    found: dict[str, Answered] = {}
    for entry in entries:
        for noun in entry.nouns:
            if noun in found:
                raise RegisterError("data/answers.yaml", 0, f"the noun {noun!r} stands twice")
            found[noun] = entry
            found.setdefault(plural(noun), entry)
    return found
