"""The words that decide how an act stands, from ``registers/data/frames/operators.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import msgspec.yaml

from detente.errors import RegisterError
from detente.registers.frames import DATA

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

ATTEMPTED = frozenset({"ASSAULT"})
"""Types whose attempt is an act of the same type: "tried to storm the embassy"."""
Words = dict[str, list[str]]


class Operators(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The word lists of ``operators.yaml``: effect to words."""

    verbs: Words
    adjectives: Words
    nouns: Words
    nominals: Words
    modals: Words
    adverbs: Words
    marks: Words


@cache
def tables() -> dict[str, dict[str, str]]:
    """Return the effect of every word by the kind of word.

    Raises:
        RegisterError: The file cannot be read.
    """
    path = DATA / "operators.yaml"
    try:
        read = msgspec.yaml.decode(path.read_bytes(), type=Operators)
    except msgspec.MsgspecError as error:
        raise RegisterError(str(path), 0, str(error)) from error
    found: dict[str, dict[str, str]] = {}
    for kind in Operators.__struct_fields__:
        table = found.setdefault(kind, {})
        for effect, words in getattr(read, kind).items():
            for word in words:
                table.setdefault(word, effect)
    return found


@dataclass(slots=True)
class Climb:
    """What was met on the way from an act to the root of its sentence.

    Attributes:
        effects: Effects in the order met.
        evidence: Why, one for each effect.
        reporters: Verbs of saying above the act, innermost first.
        kind: PLOVER type of the act.
    """

    effects: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    reporters: list[Token] = field(default_factory=list)
    kind: str | None = None

    def add(self, effect: str, why: str) -> None:
        """Note an effect; ``fact`` and ``report`` leave none."""
        if effect == "attempt":
            effect = "fact" if self.kind in ATTEMPTED else "drop"
        if effect not in {"fact", "report"}:
            self.effects.append(effect)
            self.evidence.append(f"{effect}: {why}")


def marked(verb: Token, words: frozenset[str]) -> bool:
    """Return whether a clause begins with one of the conjunctions."""
    return any(c.dep_ == "mark" and c.lower_ in words for c in verb.children)
