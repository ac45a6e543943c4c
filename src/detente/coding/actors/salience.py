"""Which state a word without one means: "the minister", "the embassy", "the country", by how salient each is.

Every state that a document has told of is a candidate. What speaks for it is counted (``told of`` just before, as subject,
by the same office, where the report is filed from) and what speaks against it (it is already the other side of the
clause); ``data/salience.yaml`` holds what each count weighs, and the heaviest candidate is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.coding.actors.discourse import MAIN, SUBJECT
from detente.registers import salience as weights

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from detente.coding.actors.discourse import Heard
    from detente.coding.types import Mention

PARTS = {MAIN: "main subject", SUBJECT: "subject"}
"""Words for the parts of a sentence that weigh most."""
NEAR = 3
"""Sentences back that what was told counts as near."""
MOST = 5
"""States that a document is about, among those that come into question wherever they were told."""
FACING = 4
"""Dealings back that are looked through for who faced the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A word whose state is asked for, and what stands around it.

    Attributes:
        kind: One of the columns of the weights: ``office``, ``body``, ``inner``, ``envoy``, ``doer``, ``bearer``.
        number: Number of its sentence.
        at: Its head token.
        here: Parties before it in the sentence, the most salient first.
        weak: States that the sentence has told before it as an adjective or a place.
        named: States that the sentence names before it, in order, without those in what it says.
        rivals: States of the other parties of its clause.
        doers: Those of them that are the subject which acts on it.
        people: States whose people act on it.
        placed: States that its clause names as a place.
        tellers: States of those who say what it does.
        same: States whose office or body was called by the same noun before, or that did or bore an act of the
            same type, the last first.
    """

    kind: str
    number: int
    at: int
    here: Sequence[Heard] = ()
    weak: Collection[str] = ()
    named: Sequence[str] = ()
    rivals: Collection[str] = ()
    doers: Collection[str] = ()
    people: Collection[str] = ()
    placed: Collection[str] = ()
    tellers: Collection[str] = ()
    same: Sequence[str] = ()


@dataclass(slots=True)
class Salience:
    """How salient the states of one document are as it goes on.

    Args:
        about: States of the document, the main one first.
        share: Part of the document's names that each state has.
        home: States that it is filed or published from.
        paragraph: Number of the paragraph that is being read.
        issuer: The state whose office publishes it.
    """

    about: Sequence[str]
    share: Mapping[str, float] = field(default_factory=dict)
    home: Collection[str] = ()
    paragraph: int = 0
    issuer: str | None = None
    _told: list[tuple[int, dict[str, int], frozenset[str]]] = field(default_factory=list)
    _opened: tuple[int, frozenset[str]] = (-1, frozenset())
    _within: set[str] = field(default_factory=set)
    _facing: list[frozenset[str]] = field(default_factory=list)

    def close(
        self,
        number: int,
        parties: Sequence[Heard],
        mentions: Iterable[Mention],
        facing: frozenset[str],
    ) -> None:
        """Remember what a sentence told.

        Args:
            number: Its number.
            parties: Its parties.
            mentions: All its mentions.
            facing: States of the two that deal with one another in it.
        """
        weak = (m for m in mentions if m.place or m.kind == "adjective")
        weak_states = frozenset(a.country for m in weak for a in m.actors)
        told_parts = _parts(parties)
        self._told.append((number, told_parts, weak_states))
        if len(facing) > 1:
            self._facing.append(facing)
        here = frozenset(told_parts) | weak_states
        if self._opened[0] != self.paragraph and here:
            self._opened, self._within = (self.paragraph, here), set()
        self._within |= here

    def candidates(self, asked: Asked) -> list[str]:
        """Return the states that come into question, in the order of the document's."""
        told = (code for _, parts, weak in self._told[-NEAR:] for code in (*parts, *sorted(weak)))
        here = (actor.country for one in asked.here for actor in one.actors)
        return [
            *dict.fromkeys(
                (
                    *asked.same,
                    *self.about[:MOST],
                    *here,
                    *sorted(asked.weak),
                    *told,
                    *sorted(self.home),
                )
            )
        ]

    def features(
        self, code: str, asked: Asked, here: Mapping[str, int] | None = None
    ) -> dict[str, float]:
        """Return what speaks for and against a state, by name; ``here`` as ``_parts`` gives it, if known."""
        found: dict[str, float] = {}
        here = _parts(asked.here) if here is None else here
        if code in here:
            found["here, subject" if here[code] <= SUBJECT else "here, otherwise"] = 1
        elif code in asked.weak:
            found["here, adjective or place"] = 1
        found["first here"] = code in asked.named[:1]
        found["nearest before"] = code in asked.named[-1:]
        for number, parts, weak in reversed(self._told):
            back = asked.number - number
            if back > NEAR:
                break
            where = "last" if back == 1 or number == self._told[-1][0] else "near"
            if code in parts:
                found[f"{where}, {PARTS.get(parts[code], 'otherwise')}"] = 1
            elif code in weak:
                found["last, adjective or place" if where == "last" else "near, otherwise"] = 1
        if self._opened[0] == self.paragraph:
            found["opens the paragraph"] = code in self._opened[1]
            found["in the paragraph"] = code in self._within
        found["main state"] = code in self.about[:1]
        found["second state"] = code in self.about[1:2]
        found["share"] = self.share.get(code, 0)
        found["home"] = code in self.home
        found["issuer"] = code == self.issuer
        found["rival"] = code in asked.rivals
        found["acts on it"] = code in asked.doers
        found["its people act"] = code in asked.people
        found["placed"] = code in asked.placed
        found["teller"] = code in asked.tellers
        found["same before, last"] = code in asked.same[:1]
        found["same before"] = code in asked.same
        late = self._facing[-FACING:]
        found["faced the rival"] = (
            any(code in pair and pair & set(asked.rivals) for pair in late)
            and code not in asked.rivals
        )
        return {name: float(value) for name, value in found.items() if value}

    def is_near(self, code: str, asked: Asked) -> bool:
        """Return whether a state was told of in the sentence or in those just before."""
        late = (told for told in self._told if asked.number - told[0] <= NEAR)
        return code in asked.weak or any(code in parts or code in weak for _, parts, weak in late)

    def sure(self, asked: Asked, among: Collection[str]) -> str | None:
        """Return the state that is meant, if it is salient enough for its kind; parameters as in ``best``."""
        code = self.best(asked, among)
        least = weights.load()[asked.kind].get("least", 0.0)
        return code if code is not None and self.score(code, asked) >= least else None

    def score(self, code: str, asked: Asked, here: Mapping[str, int] | None = None) -> float:
        """Return how salient a state is; parameters as in ``features``."""
        table = weights.load()[asked.kind]
        found = self.features(code, asked, here)
        return sum([table[name] * value for name, value in found.items() if name in table])

    def best(self, asked: Asked, among: Collection[str] | None = None) -> str | None:
        """Return the state that is meant.

        Args:
            asked: The word.
            among: States that it may be of; None for all.
        """
        ranked = self.candidates(asked)
        if among is not None:
            ranked = [code for code in ranked if code in among]
        if len(ranked) < 2:
            return ranked[0] if ranked else None
        here = _parts(asked.here)
        return max(ranked, key=lambda code: self.score(code, asked, here))


def _parts(parties: Iterable[Heard]) -> dict[str, int]:
    """Return the states of some parties with the best part that each stands in."""
    found: dict[str, int] = {}
    for one in parties:
        for actor in one.actors:
            found[actor.country] = min(found.get(actor.country, one.part), one.part)
    return found
