"""Patterns: how a frame's line is read into trigger, slots, phrases and complement.

The notation is told in ``frames``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

PREPOSITIONS = frozenset(
    "about across after against ahead along alongside amid among around as at before behind below beside "
    "between beyond by despite during for from in inside into near of off on onto out outside over "
    "past since through to toward towards under until up upon via with within without".split()
)
OFFICE = "@office"
"""Stands in place of nouns where a party must be a person in an office (``T:@office``)."""
FILLERS = frozenset({"that", "not"})
"""Words that a pattern may hold for the reader's sake."""
Role = Literal["S", "T"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where one party stands.

    Attributes:
        role: ``S`` source or ``T`` target.
        at: ``subject``, ``object``, ``dative``, ``owner`` (of the object) or ``prep``.
        preps: The prepositions where ``at`` is ``prep``.
        words: Nouns of which one must name the party (``S:@troops``); empty for any.
        required: False where the event stands without it.
    """

    role: Role
    at: str
    preps: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A preposition with a noun that the pattern asks for, such as ``on alert``; any without."""

    preps: frozenset[str]
    nouns: frozenset[str]
    required: bool = True


class PatternError(ValueError):
    """A pattern cannot be read."""


def _expand(word: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for part in word.split("|"):
        if not part.startswith("@"):
            found.add(part)
        elif part[1:] in classes:
            found |= classes[part[1:]]
        else:
            raise PatternError(f"no word list is called {part[1:]!r}")
    return frozenset(found)


def _closes(word: str) -> bool:
    """Return whether a word ends the noun phrase before it: the party is the object itself."""
    return word.split("|")[0] in PREPOSITIONS | FILLERS | {"[", "]"} or word.startswith("V")


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, classes: Mapping[str, frozenset[str]]) -> None:
        self.classes = classes
        spaced = pattern.replace("[", " [ ").replace("]", " ] ")
        self.restricted: dict[str, frozenset[str]] = {}
        self.words = [self._bare(word) for word in spaced.split()]
        self.optional = False
        self.out: dict[str, Any] = {
            "slots": [], "phrases": [], "objects": frozenset(), "any_object": False,
            "complement": None, "complement_preps": frozenset(), "noun": False,
            "particle": None, "triggers": frozenset(), "beside": frozenset(), "own": False,
        }  # fmt: skip
        self.preps: frozenset[str] = frozenset()

    def _bare(self, word: str) -> str:
        """Return ``S`` for ``S:@troops``, after noting the words that the party must have."""
        role, colon, words = word.partition(":")
        if colon:
            office = words == OFFICE
            self.restricted[role] = frozenset({OFFICE}) if office else _expand(words, self.classes)
        return role

    def read(self) -> dict[str, Any]:
        """Return the fields of the frame that the pattern gives."""
        words = self.words
        if words and words[0] == "noun":
            self.out["noun"] = True
            words = words[1:]
        elif words[:3] == ["[", "S", "]"]:
            self.optional = True
            self._slot("S", "subject")
            self.optional = False
            words = words[3:]
        elif words and words[0] in {"S", "T"}:
            self._slot(words[0], "subject")
            words = words[1:]
        if not words or words[0] in {"S", "T", "[", "]"}:
            raise PatternError("the pattern has no trigger")
        self._trigger(words[0])
        rest = words[1:]
        for place, word in enumerate(rest):
            self._word(word, rest[place + 1 :])
        if self.optional:
            raise PatternError("a bracket is not closed")
        self.out["slots"] = tuple(self.out["slots"])
        self.out["phrases"] = tuple(self.out["phrases"])
        return self.out

    def _trigger(self, word: str) -> None:
        head, _, particle = word.partition("_")
        if "_" in word and "|" in word:
            raise PatternError(f"a verb with a particle stands alone: {word!r}")
        self.out["triggers"] = _expand(head, self.classes)
        self.out["particle"] = particle or None

    def _slot(self, role: str, at: str) -> None:
        words = self.restricted.get(role, frozenset())
        needed = not self.optional
        self.out["slots"].append(
            Slot(
                role="S" if role == "S" else "T",
                at=at,
                preps=self.preps,
                words=words,
                required=needed,
            )
        )
        self.preps = frozenset()

    def _word(self, word: str, rest: list[str]) -> None:
        if word in {"[", "]"}:
            self.optional = word == "["
        elif word == "S" and rest and rest[0].startswith("V"):
            self.out["own"] = True
        elif word in {"S", "T"}:
            self._role(word, rest)
        elif word in {"S's", "T's"}:
            self._slot(word[0], "owner")
        elif word in {"V", "N"} or word.startswith("V="):
            self._content(word)
        elif word == "*":
            self.out["any_object"] = True
            if self.preps:
                self._noun(frozenset())
        elif word.split("|")[0] in PREPOSITIONS:
            self._preposition(word, rest)
        elif word not in FILLERS:
            self._noun(_expand(word, self.classes))

    def _content(self, word: str) -> None:
        self.out["complement"] = "noun" if word == "N" else "verb"
        self.out["complement_preps"] = self.preps if word == "N" else frozenset()
        self.out["beside"] = _expand(word[2:], self.classes) if "=" in word else frozenset()
        self.preps = frozenset()

    def _preposition(self, word: str, rest: list[str]) -> None:
        self.preps = _expand(word, self.classes)
        if rest[:2] in (["[", "T"], ["[", "S"]):
            self.out["phrases"].append(Phrase(preps=self.preps, nouns=frozenset()))
        elif not rest or rest[0] in {"[", "]"}:
            self._noun(frozenset())

    def _role(self, word: str, rest: list[str]) -> None:
        if self.preps:
            self._slot(word, "prep")
        elif self.out["noun"]:
            self._slot(word, "owner")
        elif rest and not _closes(rest[0]):
            self._slot(word, "dative")
        else:
            self._slot(word, "object")

    def _noun(self, nouns: frozenset[str]) -> None:
        if self.preps:
            self.out["phrases"].append(
                Phrase(preps=self.preps, nouns=nouns, required=not self.optional)
            )
            self.preps = frozenset()
        elif self.out["objects"]:
            raise PatternError(f"a second object: {sorted(nouns)}")
        else:
            self.out["objects"] = nouns


def compile_pattern(pattern: str, classes: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """Return the fields of a ``Frame`` that a pattern gives.

    Raises:
        ValueError: The pattern cannot be read.
    """
    return _Reader(pattern, classes).read()
