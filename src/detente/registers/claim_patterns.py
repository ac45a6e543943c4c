"""Patterns of claims: verbs with the words around them, as data with an example each.

``data/claims/patterns/*.yaml``: one file for each kind, a list of patterns. A pattern matches a verb
where everything that it names is there: "has ... influence" needs the verb ``have``, an object
``influence`` and an actor as subject.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from detente.errors import RegisterError
from detente.model import ClaimKind
from detente.registers import wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

Slot = Literal["subject", "object", "agent", "dative", "owner", "front", "with", "to", "in", "of",
               "for", "from", "by", "on", "between", "through", "under", "without", "over", "none"]  # fmt: skip
"""Where an actor stands: ``owner`` has the subject or object, ``front`` a phrase before the verb."""


class Pattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern.

    Attributes:
        example: A sentence with marked actors that the pattern, and the program, must read so.
        verb: Lemmas of the verb.
        subject: Lemmas of the subject's head; empty for any; ``actor`` for an actor.
        object: Lemmas of an object or predicate noun; ``actor``; empty for none needed.
        complement: Words of a predicate adjective or participle.
        with_: Adjectives, determiners or owners that the object must have one of (``with``).
        prep: For each preposition the lemmas of what it governs; ``actor`` and ``any`` as well.
        particle: Adverbs or particles of which one must stand with the verb.
        without: Prepositions or adverbs that must not stand with the verb.
        near: Words of which one must stand anywhere below the verb.
        infinitive: Lemmas of an infinitive that must follow; ``any``.
        negated: Whether the verb must be denied (True), must not be (False).
        passive: Whether the verb must be a passive (True), must not be (False).
        polarity: Of the claim; ``words`` takes it from the words of judgement; turned by a denial.
        who: Slot of the claim's subject.
        whom: Slot of the claim's object.
        holder: Whether the subject holds the claim.
        present: Whether a past tense tells an event and no claim.
        firm: Whether the claim stands beside an event that the same verb tells.
        lasting: Whether what is told of the future stands today: "will keep his office".
        fields: Fields of the claim to set, such as ``level: low``.
    """

    example: str
    verb: tuple[str, ...]
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    with_: tuple[str, ...] = msgspec.field(default=(), name="with")
    prep: dict[str, tuple[str, ...]] = {}
    particle: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    infinitive: tuple[str, ...] = ()
    negated: bool | None = None
    passive: bool | None = None
    polarity: Literal["positive", "negative", "neutral", "words"] = "neutral"
    who: Slot = "subject"
    whom: Slot | None = None
    holder: bool = False
    present: bool = False
    firm: bool = False
    lasting: bool = False
    fields: dict[str, str] = {}

    def needs(self) -> frozenset[int]:
        """Return the numbers of sets of words or lemmas, in lower case; a sentence must hold one of each.

        Where it does not, the pattern matches nothing in it.
        """
        told = (self.subject, self.object, self.complement, self.particle, self.infinitive)
        lists = [*told, self.near, *(prep.split("/") for prep in self.prep), *self.prep.values()]
        closed = (frozenset(words) for words in lists if words and _OPEN.isdisjoint(words))
        return frozenset(wanted.number(words) for words in closed)


_OPEN = frozenset({"actor", "thing", "any"})
"""What stands for no word of its own in a list of a pattern."""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    lists: dict[str, tuple[str, ...]] = {}
    patterns: tuple[Pattern, ...]


@cache
def patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """Return the patterns by kind of claim.

    Raises:
        RegisterError: A file is wrong, or is named after no kind.
    """
    folder = resources.files("detente.registers").joinpath("data", "claims", "patterns")
    found: dict[str, tuple[Pattern, ...]] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        kind = entry.name.removesuffix(".yaml")
        if kind not in get_args(ClaimKind):
            raise RegisterError(entry.name, 0, f"name: there is no kind of claim {kind!r}")
        try:
            part = msgspec.yaml.decode(entry.read_bytes(), type=_File)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise RegisterError(entry.name, 0, str(error)) from error
        found[kind] = tuple(spell_out(p, part.lists, entry.name) for p in part.patterns)
    return found


def spell_out(pattern: Pattern, lists: Mapping[str, tuple[str, ...]], file: str) -> Pattern:
    """Put the words of a file's lists in the place of their names ("$relations")."""

    def words(given: tuple[str, ...]) -> tuple[str, ...]:
        every: list[str] = []
        for word in given:
            if not word.startswith("$"):
                every.append(word)
            elif word[1:] in lists:
                every += lists[word[1:]]
            else:
                raise RegisterError(file, 0, f"patterns: there is no list {word[1:]!r}")
        return tuple(every)

    return msgspec.structs.replace(
        pattern,
        verb=words(pattern.verb),
        subject=words(pattern.subject),
        object=words(pattern.object),
        complement=words(pattern.complement),
        with_=words(pattern.with_),
        infinitive=words(pattern.infinitive),
        prep={name: words(given) for name, given in pattern.prep.items()},
    )


@cache
def cue_lemmas() -> frozenset[str]:
    """Return the lemmas that a text must hold one of, for the gate: of each pattern the rarest part."""
    found: set[str] = set()
    for listed in patterns().values():
        for pattern in listed:
            preps = [w for given in pattern.prep.values() for w in given]
            parts = (pattern.object, pattern.complement, tuple(preps), pattern.subject)
            rare = next((p for p in parts if p and not {"actor", "any"} & set(p)), pattern.verb)
            found |= set(rare)
    return frozenset(found - {"actor", "any"})
