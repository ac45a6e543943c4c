"""People whom the text does not tie to a state: "gunmen killed two", "thousands marched".

They act in some state nevertheless: in the only one that the sentence speaks of, or else in the
one that the document speaks of most. Where two states come into question nobody is taken.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from detente.coding.types import Mention
from detente.model import Actor
from detente.registers import frames, roles
from detente.registers import load as load_register

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.coding.places import PlaceMention
    from detente.coding.tree import Token
    from detente.coding.types import Reading

INSTITUTIONS = frozenset({"CVL", "UAF", "INT", "MIL", "REB"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
SHARE = 0.5
"""Share of a document's mentions that makes a state the one that it speaks of."""


def main_state(readings: Iterable[Reading]) -> str | None:
    """Return the state that more than half of a document's mentions belong to, if any."""
    states = load_register().states
    count = Counter(
        actor.country
        for reading in readings
        for mention in reading.mentions
        for actor in mention.actors
        if actor.country in states
    )
    if not count:
        return None
    [(state, times)] = count.most_common(1)
    return state if times > SHARE * count.total() else None


def find(reading: Reading, places: Sequence[PlaceMention], main: str | None) -> tuple[Mention, ...]:
    """Return the people of a sentence that no actor was found for, as actors of its state.

    Args:
        reading: The sentence.
        places: Its places.
        main: The state that the document speaks of.
    """
    taken = {m.head for m in reading.mentions}
    people = [
        (t, institution)
        for t in reading.doc
        if t.dep_ in ARGUMENTS
        and t.i not in taken
        and (institution := _institution(t)) is not None
        and not taken & _described_by(t)
    ]
    if not people:
        return ()
    country = country_of(reading, places, main)
    if country is None:
        return ()
    return tuple(_mention(reading, t, country, institution) for t, institution in people)


def _described_by(noun: Token) -> set[int]:
    """Return the tokens of a noun's own phrase: "people with Swedish passports" are no crowd."""
    own = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "prep"}]
    return {t.i for c in own if c.lower_ not in {"in", "at", "on"} for t in c.subtree}


def _institution(token: Token) -> str | None:
    if token.pos_ not in {"NOUN", "PROPN"} or any(c.dep_ == "poss" for c in token.children):
        return None
    head = roles.load().heads.get((token.lower_,))
    if head is not None:
        return head.institution if head.institution in INSTITUTIONS else None
    classes = frames.load().classes
    words = {token.lemma_.lower(), token.lower_.removesuffix("s")}
    if words & classes["crowds"]:
        return "CVL"
    return "UAF" if words & classes["gunmen"] else None


def country_of(reading: Reading, places: Sequence[PlaceMention], main: str | None) -> str | None:
    """Return the only state that a sentence speaks of, else that of the document, if it is in it."""
    states = load_register().states
    spots = {p.place.country for p in places if p.place.country in states}
    named = {a.country for m in reading.mentions for a in m.actors if a.country in states}
    for choice in (spots | named, spots):
        if len(choice) == 1:
            return next(iter(choice))
    return main if not spots and (not named or main in named) else None


def _mention(reading: Reading, token: Token, country: str, institution: str) -> Mention:
    start = reading.sentence.start + token.idx
    end = start + len(token.text)
    actor = Actor(
        code=f"{country}.{institution}", country=country, institution=institution,
        surface=token.text, span=(start, end), how="people of the place",
    )  # fmt: skip
    return Mention(start=start, end=end, head=token.i, actors=(actor,), kind="group")
