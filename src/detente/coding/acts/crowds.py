"""People whom the text does not tie to a state: "gunmen killed two", "thousands marched".

They act in some state nevertheless: in the only one that their clause or sentence speaks of, or else in
the one that the document speaks of most. Where two states come into question nobody is taken.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.coding.actors.nearby import is_of_contact
from detente.coding.grammar import rings
from detente.coding.grammar.subjects import subjects_of
from detente.coding.types import Mention
from detente.model import Actor
from detente.registers import frames, roles
from detente.registers import load as load_register

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.places import PlaceMention
    from detente.coding.types import Reading

INSTITUTIONS = frozenset({"CVL", "UAF", "INT", "MIL", "REB"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
KEEPERS = frozenset({"INT", "JUD"})
"""Institutions that deal with people at home."""
SHARE = 0.5
"""Share of a document's mentions that makes a state the one that it speaks of."""


def states_told(readings: Iterable[Reading]) -> Counter[str]:
    """Return how often each state is told of in a document, by any of its actors."""
    states = load_register().states
    return Counter(
        actor.country
        for reading in readings
        for mention in reading.mentions
        for actor in mention.actors
        if actor.country in states
    )


def main_state(readings: Iterable[Reading]) -> str | None:
    """Return the state that more than half of a document's mentions belong to, if any."""
    count = states_told(readings)
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
        and not is_means(t)
        and not is_of_contact(t)
        and not taken & _described_by(t)
    ]
    if not people:
        return ()
    home = Home(reading, places, main)
    found = ((t, home.of(t), institution) for t, institution in people)
    return tuple(
        _mention(reading, token, country, institution)
        for token, country, institution in found
        if country is not None
    )


def is_means(token: Token) -> bool:
    """Return whether a noun tells what an act is done with: "hit the post with mortars"."""
    if token.dep_ != "pobj" or token.head.lower_ != "with":
        return False
    return token.lemma_.lower() in frames.load().classes["striker"]


def _described_by(noun: Token) -> set[int]:
    """Return the tokens of a noun's own phrase: "people with Swedish passports" are no crowd."""
    own = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "prep"}]
    return {t.i for c in own if c.lower_ not in {"in", "at", "on"} for t in c.subtree}


def _institution(token: Token) -> str | None:
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    institution = _told_by(token.lower_, token.lemma_)
    owned = institution is not None and any(c.dep_ == "poss" for c in token.children)
    return None if owned else institution


@lru_cache(maxsize=16_384)
def _told_by(word: str, lemma: str) -> str | None:
    """Return the institution of people whom a noun tells."""
    head = roles.load().heads.get((word,))
    if head is not None:
        return head.institution if head.institution in INSTITUTIONS else None
    classes = frames.load().classes
    words = {lemma.lower(), word.removesuffix("s")}
    return next((body for name, body in frames.PEOPLE.items() if words & classes[name]), None)


class Home:
    """Tells in which state people act whom the text ties to none.

    It is the only state of their own clause; that of the police or court that deals with them; else the
    only state of the sentence, or that of the document, if the sentence names it.

    Args:
        reading: The sentence.
        places: Its places.
        main: The state that the document speaks of.

    Attributes:
        whole: The state that the whole sentence leads to, None where that is open.
    """

    def __init__(self, reading: Reading, places: Sequence[PlaceMention], main: str | None) -> None:
        self._doc = reading.doc
        self._mentions = {m.head: m for m in reading.mentions}
        states = load_register().states
        self._places: dict[int, str] = {}
        for place in places:
            token = _first_word(reading, place)
            if token is not None and place.place.country in states:
                self._places[token.i] = place.place.country
        self._named = {m.head: {a.country for a in m.actors} & states for m in reading.mentions}
        self._spots = self._places.keys() | {m.head for m in reading.mentions if m.place}
        self.whole = _only(self._within(range(len(reading.doc))), set(self._places.values()), main)

    def of(self, token: Token) -> str | None:
        """Return the state that people at a token act in, None where that is open."""
        named = self._named_before(token)
        if named is not None:
            return named
        verb = rings.verb_above(token)
        for subject in subjects_of(verb):
            mention = self._mentions.get(subject.i)
            if mention is not None and mention.actors[0].institution in KEEPERS:
                return mention.actors[0].country or None
        here = [t.i for t in rings.own(verb)]
        for choice in (self._within(here), self._within(i for i in here if i in self._spots)):
            if len(choice) == 1:
                return next(iter(choice))
        return self.whole

    def _named_before(self, token: Token) -> str | None:
        """Return the state of the same people named before: "an Israeli settler ..., and settlers"."""
        lemma = token.lemma_.lower()
        for index, mention in self._mentions.items():
            same = index < token.i and self._doc[index].lemma_.lower() == lemma
            if same and len(self._named[index]) == 1:
                return mention.actors[0].country
        return None

    def _within(self, tokens: Iterable[int]) -> set[str]:
        found: set[str] = set()
        for index in tokens:
            found |= self._named.get(index, set())
            if index in self._places:
                found.add(self._places[index])
        return found


def _first_word(reading: Reading, place: PlaceMention) -> Token | None:
    span = reading.doc.char_span(
        place.start - reading.sentence.start, place.end - reading.sentence.start,
        alignment_mode="expand",
    )  # fmt: skip
    return span.root if span is not None else None


def _only(named: set[str], spots: set[str], main: str | None) -> str | None:
    """Return the only state that a sentence speaks of, else that of the document, if it is in it."""
    for choice in (named, spots):
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
