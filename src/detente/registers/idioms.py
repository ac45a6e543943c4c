"""Verbs of several words that are read as one: "put an end to" as "end", from ``data/frames/idioms.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from detente.errors import RegisterError

_FILE = Path(__file__).parent / "data" / "frames" / "idioms.yaml"


class Idiom(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the file.

    Attributes:
        verbs: Lemmas of the verb.
        meaning: Lemma of the verb that it is read as.
        nouns: Lemmas of the noun that belongs to it.
        thing: Prepositions before what is done to, where the noun is the object.
        led: Prepositions before the noun, where what is done to is the object.
        beside: A word right after the verb, or the verb of a clause below it.
    """

    verbs: frozenset[str]
    meaning: str = msgspec.field(name="as")
    nouns: frozenset[str] = frozenset()
    thing: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()
    beside: str | None = None


@cache
def load() -> dict[str, tuple[Idiom, ...]]:
    """Return the shipped idioms by the lemma of their verb.

    Raises:
        RegisterError: The file is wrong.
    """
    try:
        idioms = msgspec.yaml.decode(_FILE.read_bytes(), type=tuple[Idiom, ...])
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise RegisterError(str(_FILE), 0, str(error)) from error
    verbs = {verb for one in idioms for verb in one.verbs}
    return {verb: tuple(one for one in idioms if verb in one.verbs) for verb in verbs}
