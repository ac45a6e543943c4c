"""Keeps the sentences that can hold a record; only these are parsed.

A record needs an actor, or words that refer back to one, and a word that begins an event or a
claim. Both are read off the raw text, so the gate costs a small part of a parse and must err on
the side of keeping: ``detente eval`` measures what it loses. Where the learned reader reads, sentences
just after one with a name are kept as well.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from detente.coding.actors.phrase import CALENDAR
from detente.registers import claims, inflection, offices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.types import Sentence
    from detente.model import Span

OFFICES = frozenset(
    "minister ministers president presidents premier chancellor ministry ministries government "
    "governments authorities cabinet parliament senate lawmakers deputies officials diplomat "
    "diplomats ambassador ambassadors envoy envoys spokesman spokeswoman commander army military "
    "troops soldiers police navy rebels militants insurgents protesters demonstrators opposition "
    "court regime king emir sultan pope gunmen attackers mob mobs crowd crowds rioters strikers militia "
    "militiamen bombers kidnappers".split()
)
"""Words that stand for an actor of a state even in a document that names none."""

REFERENCES = OFFICES | frozenset(
    "he she they it his her its their him them this these those such both parties sides states "
    "countries nations neighbours neighbors counterpart counterparts leader leaders delegation "
    "delegations official spokesperson secretary chief general forces representative "
    "representatives alliance bloc union organisation organization council commission capital "
    "kingdom republic visitor visitors guest guests host hosts mediator mediators pair side party group allies allied partner partners queen prince dialogue "
    "relations ties talks".split()
)
"""Words that can stand for an actor named elsewhere in the document."""

FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "my"})
"""Words for the one who speaks, and for those beside him."""

LEADERS = frozenset({"head of state", "head of government"})
"""Ranks whose bearers are known by their surname alone."""

_NAMES = re.compile(
    r"\b[A-Z][\w’'-]+(?:(?: (?:al|bin|da|de|del|der|van|von))? [A-Z][\w’'-]+)*(?=['’]s\b|\b)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][a-z]+)?")


@cache
def _affairs() -> frozenset[str]:
    """Return the forms of the nouns of dealings between states."""
    return frozenset().union(
        *(inflection.forms(noun, noun=True) for noun in claims.words("topics", "affairs"))
    )


def lacks(
    sentences: Sequence[Sentence],
    actors: Sequence[Span],
    *,
    triggers: frozenset[str],
    day: str | None = None,
    spoken: bool = False,
    near: int = 0,
) -> list[str | None]:
    """Say for each sentence what it lacks to hold a record.

    Args:
        sentences: All sentences of one document, in order.
        actors: Offsets of the register's names in the document, in order.
        triggers: Lower-case word forms that may begin an event or a claim.
        day: ``YYYY-MM-DD``; persons in office then or before are actors by their full names,
            leaders by their surnames.
        spoken: Somebody known speaks in the first person, so that "we" is an actor.
        near: Sentences after one with a name of the register that are kept though nobody stands in them: who acted may be
            told before.

    Returns:
        A reason for each sentence, None for one that is kept. The surnames of persons whom the
        document names in full beside an office are actors. A document without any name keeps those
        alone that speak of an office or a force of some state, or of dealings between states ("the
        embassy").
    """
    references = (REFERENCES if actors else OFFICES) | _affairs()
    references |= FIRST_PERSON if spoken else frozenset()
    told = [{*map(str.lower, _WORD.findall(sentence.text))} for sentence in sentences]
    introduced: frozenset[str] | None = None
    found: list[str | None] = []
    position, last = 0, -near - 1
    for sentence, words in zip(sentences, told, strict=True):
        while position < len(actors) and actors[position][1] <= sentence.start:
            position += 1
        named = position < len(actors) and actors[position][0] < sentence.end
        last = sentence.number if named else last
        if triggers.isdisjoint(words):
            found.append("no word in it begins an event or a claim")
            continue
        if sentence.number - last > near and references.isdisjoint(words):
            if introduced is None:
                introduced = _introduced(sentences, told)
            named = _names_person(sentence.text, day, introduced)
        else:
            named = True
        found.append(None if named else "it names no actor, nor anything that could stand for one")
    return found


def _introduced(sentences: Sequence[Sentence], told: Sequence[set[str]]) -> frozenset[str]:
    """Return the last words of full names in sentences that tell of an office."""
    return frozenset(
        name.rpartition(" ")[2]
        for sentence, words in zip(sentences, told, strict=True)
        if not OFFICES.isdisjoint(words)
        for name in _NAMES.findall(sentence.text)
        if " " in name
    )


def _names_person(text: str, day: str | None, introduced: frozenset[str]) -> bool:
    return any(
        name in introduced or is_holder(name, day) or is_holder(name.partition(" ")[2], day)
        for name in _NAMES.findall(text)
    )


@lru_cache(maxsize=65_536)
def is_holder(name: str, day: str | None) -> bool:
    """Say whether a full name is that of somebody in office on a day or before, or a surname a leader's."""
    if " " in name:
        known = offices.lookup(name, day=day)
        return known is not None or (
            day is not None and offices.last_held(name, day=day) is not None
        )
    if not name or name.lower() in CALENDAR:
        return False
    leader = offices.lookup(name, day=day)
    return leader is not None and leader.rank in LEADERS
