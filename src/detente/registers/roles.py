"""Words for offices and bodies: institution, protocol rank, topics.

``data/roles.yaml`` holds offices of the state and its bodies, ``data/agents.yaml`` nouns for people and bodies
without an office, each with PLOVER's sector.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar

import msgspec

from detente.errors import RegisterError
from detente.registers import ontology
from detente.registers.inflection import plural

if TYPE_CHECKING:
    from collections.abc import Collection

T = TypeVar("T")


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The nouns that an office or body is called by.

    Attributes:
        words: The nouns, lower case, singular and plural.
        institution: Institution of DESIGN.md section 2; None where the owner's stands.
        rank: Protocol rank of a person who is called so.
        topic: True where a word beside it names the institution ("foreign minister").
        the: True where "the" without a country means the document's country.
        bare: True where that holds without "the" too ("asked parliament").
        person: True where a name may follow.
        needs_owner: True for words that name an office only together with a body.
        country: Whose office it is where no country is named.
        sector: PLOVER's sector where it is not the institution's.
        capitals: True for abbreviations, which are read in capitals alone ("PM", "MoD", not "5 pm").
        alone: True for nouns that stand for people only where a phrase is read on its own ("a park").
        beside: True where a word beside it may name the institution, and the noun's own stands else
            ("defence officials").
    """

    words: tuple[str, ...]
    institution: str | None = None
    rank: str | None = None
    topic: bool = False
    the: bool = False
    bare: bool = False
    person: bool = False
    needs_owner: bool = False
    country: str | None = None
    sector: str | None = None
    capitals: bool = False
    alone: bool = False
    beside: bool = False


class Agents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns of one sector and institution in ``data/agents.yaml``; plurals are made."""

    sector: str
    institution: str | None
    nouns: tuple[str, ...]
    the: bool = False
    person: bool = False
    alone: bool = False

    def head(self, given: Collection[str]) -> Head:
        """Return the nouns as a head, with their plurals but for those that are given as nouns."""
        plurals = (form for noun in self.nouns if (form := plural(noun)) not in given)
        formal = (noun + "s" for noun in self.nouns if noun.endswith("person"))
        words = (*self.nouns, *plurals, *formal)
        return Head(
            words=tuple(dict.fromkeys(words)), institution=self.institution, sector=self.sector,
            the=self.the, person=self.person, alone=self.alone,
        )  # fmt: skip


class Below(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that put an office lower, and the rank that it then has."""

    words: frozenset[str]
    ranks: dict[str, str]

    def rank(self, rank: str | None, before: Collection[str]) -> str | None:
        """Return the rank of an office with these words before it: a deputy's for "deputy"."""
        return rank if rank is None or self.words.isdisjoint(before) else self.ranks.get(rank, rank)


class Pairs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Plural nouns that stand for the last two parties."""

    people: frozenset[str]
    sides: frozenset[str]
    states: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ranks: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]
    heads: tuple[Head, ...]
    before: frozenset[str]
    below: Below
    former: frozenset[str]
    pairs: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The words for offices and bodies, ready to look up.

    Attributes:
        ranks: Protocol ranks, highest first.
        topics: Institution by topic words, lower case, as a tuple of words.
        heads: Head by its words.
        first: Numbers of words of the heads that begin with a word, the largest first.
        last: Last words of all heads.
        before: Words that may stand between country and office.
        below: Words that put an office lower.
        former: Words that say that an office has ended.
        pairs: Nouns that stand for the last two parties.
        longest: Words in the longest head or topic.
    """

    ranks: tuple[str, ...]
    topics: dict[tuple[str, ...], str]
    heads: dict[tuple[str, ...], Head]
    first: dict[str, tuple[int, ...]]
    last: frozenset[str]
    before: frozenset[str]
    below: Below
    former: frozenset[str]
    pairs: Pairs
    longest: int


@cache
def load() -> Roles:
    """Return the words for offices and bodies, read once.

    Raises:
        RegisterError: A word stands twice, or a rank or sector is unknown.
    """
    read = _decode("roles.yaml", _File)
    heads: dict[tuple[str, ...], Head] = {}
    for head in read.heads:
        if head.rank is not None and head.rank not in read.ranks:
            raise RegisterError("data/roles.yaml", 0, f"rank {head.rank!r} is not among the ranks")
        _enter(heads, head, "roles.yaml")
    for rank in (*read.below.ranks, *read.below.ranks.values()):
        if rank not in read.ranks:
            raise RegisterError("data/roles.yaml", 0, f"rank {rank!r} is not among the ranks")
    sectors = ontology.load().sectors
    every = _decode("agents.yaml", tuple[Agents, ...])
    given = {noun for agents in every for noun in agents.nouns}
    for agents in every:
        if agents.sector not in sectors:
            raise RegisterError("data/agents.yaml", 0, f"unknown sector {agents.sector!r}")
        _enter(heads, agents.head(given), "agents.yaml")
    topics = {
        tuple(word.split()): institution
        for institution, words in read.topics.items()
        for word in words
    }
    sizes: dict[str, set[int]] = {}
    for words in heads:
        sizes.setdefault(words[0], set()).add(len(words))
    return Roles(
        ranks=read.ranks,
        topics=topics,
        heads=heads,
        first={word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()},
        last=frozenset(key[-1] for key in heads),
        before=read.before,
        below=read.below,
        former=read.former,
        pairs=read.pairs,
        longest=max(len(key) for key in (*heads, *topics)),
    )


def _decode(name: str, kind: type[T]) -> T:
    text = (resources.files("detente.registers") / "data" / name).read_bytes()
    try:
        return msgspec.yaml.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise RegisterError(f"data/{name}", 0, str(error)) from error


def _enter(heads: dict[tuple[str, ...], Head], head: Head, name: str) -> None:
    for word in head.words:
        key = tuple(word.replace("'s", " 's").replace("s'", "s '").split())
        if key in heads:
            raise RegisterError(f"data/{name}", 0, f"the word {word!r} stands twice")
        heads[key] = head
        heads[tuple(" ".join(key).replace("-", " - ").split())] = head
