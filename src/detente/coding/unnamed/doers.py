"""Who does what a passive tells of nobody: "the Iranian ambassador was summoned", and whom a gift goes to.

The state that is most salient there (``actors.salience``) and no party of the act already. An act of courts or police
that has a place is left to those of the place (``implied``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.actors.discourse import heard
from detente.coding.actors.salience import Asked, Salience
from detente.coding.acts.crowds import states_told
from detente.coding.acts.described import KINDS
from detente.coding.grammar.subjects import subjects_of
from detente.coding.types import Mention
from detente.coding.unnamed.guesses import states_of
from detente.coding.unnamed.implied import AUTHORITIES
from detente.model import Actor
from detente.registers import load as load_register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.acts.act import Act
    from detente.coding.types import Reading

DOER = "the document's doer"
DONE_TO = frozenset("ACCUSE SANCTION COERCE REJECT CONCEDE RETREAT".split())
"""Types of act whose doer is mostly one state, though a passive leaves it out."""
REPORTED = frozenset("AID SUPPORT COOPERATE REQUEST AGREE THREATEN MOBILIZE".split())
"""Types that a passive tells of who speaks: "tents were sent to Laos, Malaysia said"."""
LEAST = 8
"""Mentions of states from which a document shows what it is about; in a shorter one that must stand near."""
SPOKEN = frozenset("ACCUSE REQUEST SUPPORT REJECT THREATEN AGREE".split())
"""Types of act that one seldom directs at one's own state by its name."""
PRONOUNS = frozenset({"coreference: he", "coreference: she", "coreference: it"})
NAMED = frozenset({"name", "capital", "role phrase"})
"""How a party is found whose state stands in its words."""
BEARER = "the document's other side"
WHERE = frozenset({"in", "at", "near", "inside", "outside"})
"""Prepositions before the place where something is done."""


class Unnamed:
    """Finds the most salient other state for acts of one document that leave a side out.

    Args:
        readings: The document's sentences.
        home: State that it is filed from.
    """

    def __init__(self, readings: Sequence[Reading], home: str | None) -> None:
        count = states_told(readings)
        about = tuple(code for code, _ in count.most_common())
        share = {code: times / count.total() for code, times in count.items()}
        self._salience = Salience(about, share, frozenset({home} if home else ()))
        self._states = load_register().states
        self._did: dict[str, list[str]] = {}
        self._bore: dict[str, list[str]] = {}
        self._brief = count.total() < LEAST
        self._pending: list[tuple[int, Reading, frozenset[str]]] = []

    def close(self, number: int, reading: Reading, acts: Sequence[Act]) -> None:
        """Remember a sentence that has been read, and who faced whom in it."""
        facing = next(
            (
                frozenset(sides)
                for act in acts
                if len(sides := states_of((*act.source, *act.target))) > 1
            ),
            frozenset(),
        )
        self._pending.append((number, reading, facing))
        for act in acts:
            self._did.setdefault(act.type, []).extend(sorted(states_of(act.source)))
            self._bore.setdefault(act.type, []).extend(sorted(states_of(act.target)))

    def other(
        self,
        kind: str,
        number: int,
        act: Act,
        reading: Reading,
        grounds: Sequence[Mention],
        *,
        facing: Sequence[Mention] | None = None,
    ) -> tuple[Mention, ...]:
        """Return the state that an act's open side most likely is.

        Args:
            kind: ``doer`` or ``bearer``.
            number: Number of the sentence.
            act: An act of which one side is open.
            reading: The sentence.
            grounds: Places of the sentence as mentions of the state that they lie in.
            facing: The side that is told; by default all that is.
        """
        for told, before, sides in self._pending:
            self._salience.paragraph = before.sentence.paragraph
            self._salience.close(told, heard(before.doc, before.mentions), before.mentions, sides)
        self._pending.clear()
        self._salience.paragraph = reading.sentence.paragraph
        tellers = {
            actor.country
            for verb in act.reporters
            for subject in subjects_of(verb)
            for mention in reading.mentions
            if mention.head == subject.i
            for actor in mention.actors
        }
        own = states_of((*act.source, *act.target) if facing is None else facing)
        alike = (self._did if kind == "doer" else self._bore).get(act.type, [])
        asked = Asked(
            kind=kind, number=number, at=act.trigger.i, here=heard(reading.doc, reading.mentions),
            weak=frozenset(a.country for m in reading.mentions for a in m.actors),
            rivals=frozenset(own), placed=frozenset(states_of(grounds)), tellers=frozenset(tellers),
            same=tuple(dict.fromkeys(reversed(alike))),
        )  # fmt: skip
        code = self._salience.sure(asked, self._states - own)
        if code is None or (self._brief and not self._salience.is_near(code, asked)):
            return ()
        if kind == "doer" and facing is None and act.type in REPORTED and code not in tellers:
            return ()
        how = DOER if kind == "doer" else BEARER
        actor = Actor(code=code, country=code, how=how)
        return (Mention(start=0, end=0, head=act.trigger.i, actors=(actor,), kind="reference"),)


def is_at_odds(act: Act) -> bool:
    """Return whether "he" or "it" was taken for somebody of the very state that the act is directed at by name."""
    facing = act.target or act.own
    if act.type not in SPOKEN or len(act.source) != 1 or act.symmetric:
        return False
    source = act.source[0]
    pronoun = all((a.how or "") in PRONOUNS for a in source.actors)
    named = all((a.how or "") in NAMED for m in facing for a in m.actors)
    return pronoun and named and bool(facing) and states_of((source,)) == states_of(facing)


def is_open(act: Act, grounds: Sequence[Mention], reading: Reading) -> bool:
    """Return whether a passive leaves its doer to the document: courts and police act where they are.

    A state that is told of otherwise is no place: "two envoys were expelled, Slovenia said".
    """
    known = DONE_TO | REPORTED if act.reporters else DONE_TO
    if not act.doerless or act.source or act.type not in known or len(states_of(act.target)) != 1:
        return False
    if any(a.how in KINDS for m in act.target for a in m.actors):
        return False
    if act.type not in AUTHORITIES:
        return True
    return not any(reading.doc[g.head].head.lower_ in WHERE for g in grounds)
