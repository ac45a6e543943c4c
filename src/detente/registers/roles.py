"""Words for offices and bodies: institution, protocol rank, topics (``data/roles.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from detente.errors import RegisterError


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The nouns that an office or body is called by.

    Attributes:
        words: The nouns, lower case, singular and plural.
        institution: Institution of DESIGN.md section 2; None where the owner's stands.
        rank: Protocol rank of a person who is called so.
        topic: True where a word beside it names the institution ("foreign minister").
        the: True where "the" without a country means the document's country.
        person: True where a name may follow.
        needs_owner: True for words that name an office only together with a body.
        country: Whose office it is where no country is named.
    """

    words: tuple[str, ...]
    institution: str | None = None
    rank: str | None = None
    topic: bool = False
    the: bool = False
    person: bool = False
    needs_owner: bool = False
    country: str | None = None


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
    former: frozenset[str]
    pairs: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The words for offices and bodies, ready to look up.

    Attributes:
        ranks: Protocol ranks, highest first.
        topics: Institution by topic words, lower case, as a tuple of words.
        heads: Head by its words.
        before: Words that may stand between country and office.
        former: Words that say that an office has ended.
        pairs: Nouns that stand for the last two parties.
        longest: Words in the longest head or topic.
    """

    ranks: tuple[str, ...]
    topics: dict[tuple[str, ...], str]
    heads: dict[tuple[str, ...], Head]
    before: frozenset[str]
    former: frozenset[str]
    pairs: Pairs
    longest: int


@cache
def load() -> Roles:
    """Return the words for offices and bodies, read once.

    Raises:
        RegisterError: A word stands twice or a rank is not in the protocol order.
    """
    name = "data/roles.yaml"
    text = (resources.files("detente.registers") / name).read_bytes()
    try:
        read = msgspec.yaml.decode(text, type=_File)
    except msgspec.MsgspecError as error:
        raise RegisterError(name, 0, str(error)) from error
    heads: dict[tuple[str, ...], Head] = {}
    for head in read.heads:
        if head.rank is not None and head.rank not in read.ranks:
            raise RegisterError(name, 0, f"rank {head.rank!r} is not among the ranks")
        for word in head.words:
            if tuple(word.split()) in heads:
                raise RegisterError(name, 0, f"the word {word!r} stands twice")
            heads[tuple(word.split())] = head
            heads[tuple(word.replace("-", " - ").split())] = head
    topics = {
        tuple(word.split()): institution
        for institution, words in read.topics.items()
        for word in words
    }
    return Roles(
        ranks=read.ranks,
        topics=topics,
        heads=heads,
        before=read.before,
        former=read.former,
        pairs=read.pairs,
        longest=max(len(key) for key in (*heads, *topics)),
    )
