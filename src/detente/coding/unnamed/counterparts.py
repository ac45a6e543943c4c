"""Who an act is directed at where its own clause does not say.

A refusal, a reproach, a threat or a reprisal answers somebody: "Turkey asked Washington to extradite
the cleric, but Washington rejected the request" rejects Turkey. The other side is the one that last
dealt with the doer, in the same sentence or shortly before.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from detente.coding.acts import described
from detente.coding.acts.act import agrees_jointly
from detente.coding.unnamed import aimed, answered, doers, domestic, offers
from detente.coding.unnamed.guesses import settle, states_of
from detente.coding.unnamed.offers import Offer
from detente.registers import load as load_register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.types import Mention, Reading

ANSWERS = frozenset({"REJECT", "ACCUSE", "THREATEN", "SANCTION"})
"""Types that answer somebody."""
HOSTILE = frozenset({"THREATEN", "SANCTION"})
"""Types that are not directed at whom one has just been friendly to."""
FRIENDLY = frozenset({"SUPPORT", "AID", "COOPERATE"})
YIELDING = frozenset({"AGREE", "CONCEDE"})
"""Types that meet the wish of the one who asked: "Serbia asked for talks; Zagreb agreed"."""
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
"""Types that are said to somebody."""
ANAPHORS = frozenset({"the", "this", "that", "these", "those", "it", "which", "such"})
"""Words by which an object points at what was told before."""
MEETINGS = frozenset({"CONSULT", "AGREE"})
"""Types after which "they" means both sides."""
FORCE = frozenset({"ASSAULT", "COERCE"})
"""Types whose acts follow one another on the same victim."""
TOWARDS = frozenset(
    {
        "AID",
        "SANCTION",
        "AGREE",
        "SUPPORT",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "REQUEST",
        "CONCEDE",
        "RETREAT",
    }
)
"""Types that are always directed at somebody."""
PRIVATE = frozenset("PTY OPP CVL NGO MED BUS REL EDU REB UAF JUD LEG INT".split())
"""Institutions that mostly act within their state."""
HOMELY = frozenset({"PROTEST", "REJECT", "ACCUSE"})
"""Types of act that people direct at those who rule them."""
HOSTING = frozenset({"receive", "host", "welcome", "greet"})
"""Verbs whose subject is at home."""
REACH = 2
"""How many sentences back the other side may have been named."""
FAR = 4
"""The same where the act's object is a measure told before: "called the decision a relic"."""
MEASURES = frozenset(
    "decision move step measure action sanction embargo ban expulsion ruling verdict accusation "
    "allegation charge criticism claim".split()
)
"""What somebody did or said, of which only one can be meant."""


class Counterparts:
    """Remembers who dealt with whom through one document.

    Args:
        readings: Its sentences; without them nobody is taken for whom the whole document is about.
        home: State that it is filed from.
    """

    def __init__(self, readings: Sequence[Reading] = (), home: str | None = None) -> None:
        self._home = home
        self._unnamed = doers.Unnamed(readings, home)
        self._others = _told_of(readings)
        self._dealings: list[answered.Dealing] = []
        self._guests: set[str] = set()
        self._subjects: list[tuple[int, Mention]] = []
        self._contact: answered.Dealing | None = None
        self._pairs: set[frozenset[str]] = set()

    def together(self, number: int) -> tuple[Mention, ...]:
        """Return the sides of the last contact, the guest before the host, for "they" and "the visitors".

        It was told shortly before, or all contacts of the document are between the same two.
        """
        if self._contact is None:
            return ()
        told, act = self._contact
        if number - told > REACH and len(self._pairs) > 1:
            return ()
        came = (
            bool(states_of(act.target) & self._guests) and not states_of(act.source) & self._guests
        )
        receives = act.trigger.lemma_ in HOSTING or states_of(act.source) == {self._home} or came
        return (*act.target, *act.source) if receives else (*act.source, *act.target)

    def close(self, number: int, reading: Reading, acts: Sequence[Act] = ()) -> None:
        """Remember who stands as subject of a sentence that has been read, and its acts."""
        self._unnamed.close(number, reading, acts)
        for mention in reading.mentions:
            subject = reading.doc[mention.head].dep_ in {"nsubj", "nsubjpass"}
            if subject and not mention.place and mention.kind != "adjective":
                self._subjects.append((number, mention))
                return

    def fill(
        self,
        number: int,
        acts: Sequence[Act],
        reading: Reading | None = None,
        grounds: Sequence[Mention] = (),
    ) -> None:
        """Give the acts of a sentence the counterpart that the text told before.

        Args:
            number: Number of the sentence.
            acts: Its acts in the order of the text; targets are filled in place.
            reading: The sentence, for a wish that is no act: "Rome wanted a base, but Tunis refused the plan".
            grounds: Places of the sentence as mentions of the state that they lie in.
        """
        for act in acts:
            settle(number, act, self._dealings, self._others)
            if reading is not None and doers.is_at_odds(act):
                found = self._unnamed.other(
                    "doer", number, act, reading, (), facing=act.target or act.own
                )
                if found:
                    act.source, act.target = found, act.target or act.own
            if reading is not None and described.is_stateless(act.source) and act.target:
                self._place_doer(number, act, reading, grounds)
            if reading is not None and doers.is_open(act, grounds, reading):
                act.source = self._unnamed.other("doer", number, act, reading, grounds)
            _mend(act, acts)
            if _is_open(act):
                offer = offers.best(self._offers(number, act, acts, reading, grounds))
                if offer is not None:
                    act.target, act.aim = offers.plain(offer), offer.reason
            elif described.is_stateless(act.target) and act.source:
                self._place(number, act, acts, reading, grounds)
            settle(number, act, self._dealings, self._others)
            if any(states_of(act.source)) and not (act.waiting and not act.target):
                self._remember(number, act)

    def _place_doer(
        self, number: int, act: Act, reading: Reading, grounds: Sequence[Mention]
    ) -> None:
        """Give a body of some state that no words tie to one the most salient: "a military spokesman"."""
        bodies = {a.institution for m in act.source for a in m.actors}
        if bodies <= described.OFFICIAL:
            found = self._unnamed.other("doer", number, act, reading, grounds, facing=act.target)
            if found:
                act.source = described.of_state(act.source, states_of(found).pop())

    def _place(
        self,
        number: int,
        act: Act,
        acts: Sequence[Act],
        reading: Reading | None,
        grounds: Sequence[Mention],
    ) -> None:
        """Give a described target that no words tie to a state the one that an open act would be aimed at."""
        told, act.target = act.target, ()
        found = [
            offer
            for offer in self._offers(number, act, acts, reading, grounds)
            if offer.reason in offers.LOCATING and len(states_of(offer.mentions)) == 1
        ]
        offer = offers.best(found)
        act.target = told
        if offer is not None:
            act.target = described.of_state(told, states_of(offer.mentions).pop())

    def _remember(self, number: int, act: Act) -> None:
        """Keep who dealt with whom, and contacts between two sides apart."""
        self._dealings.append((number, act))
        if act.mode == "visit":
            self._guests = states_of(act.source)
        sides = states_of((*act.source, *act.target)) if act.type in MEETINGS else ()
        if len(sides) > 1:
            self._contact = (number, act)
            self._pairs.add(frozenset(sides))

    def _offers(
        self,
        number: int,
        act: Act,
        acts: Sequence[Act],
        reading: Reading | None,
        grounds: Sequence[Mention],
    ) -> Iterator[Offer]:
        """Yield whom an act without a target may be directed at."""
        yield Offer(mentions=_of_main(act, acts), reason=offers.PURPOSE)
        if act.type in FORCE:
            yield Offer(mentions=_same_force(act, acts), reason=offers.BREATH)
        if reading is not None:
            if act.type in HOMELY:
                yield Offer(mentions=domestic.whom(act, reading), reason=offers.HOME)
            yield from aimed.whom(act, reading, grounds)
        if act.type in answered.TYPES:
            found = answered.wisher(act, reading) if reading is not None else ()
            found = found or answered.whom(number, act, self._dealings, self._subjects)
            found = found or answered.shared(number, act, self._dealings)
            yield Offer(mentions=found, reason=offers.ANSWERED)
        if _answers(act) or act.type in YIELDING or _is_addressed(act):
            yield from self._counterparts(number, act)
        if _answers(act):
            yield Offer(mentions=self._before(number, act), reason=offers.REACTION)
        if act.type in TOWARDS and reading is not None:
            found = self._other_side(number, act, reading, grounds)
            here = [m for m in reading.mentions if m.kind != "reference"]
            if not states_of(found) & states_of(here):  # who is named here is offered by the words
                yield Offer(mentions=found, reason=offers.DOCUMENT)

    def _counterparts(self, number: int, act: Act) -> Iterator[Offer]:
        """Yield who dealt with the doer last, if that was shortly before."""
        own = states_of(act.source)
        reach = FAR if _at_a_measure(act) else REACH
        for told, other in reversed(self._dealings):
            if number - told > reach:
                return
            if act.type in HOSTILE and other.type in FRIENDLY:
                continue
            sides = (other.source, other.target)
            for one, facing in (sides, sides[::-1]):
                if states_of(facing) & own and not states_of(one) & own:
                    yield Offer(
                        mentions=tuple(msgspec.structs.replace(m, head=act.trigger.i) for m in one),
                        reason=offers.FACING if told == number else offers.DEALT,
                    )
                    return

    def _other_side(
        self, number: int, act: Act, reading: Reading, grounds: Sequence[Mention]
    ) -> tuple[Mention, ...]:
        """Return the state that a document is about, for what another state does without a target.

        "The United States suspended most of its aid last week", in a report on Niger.
        """
        private = any(a.institution in PRIVATE for m in act.source for a in m.actors)
        open_to_all = act.status in {"possible", "negated"} or act.mode == "resign"
        several = sum(len(m.actors) for m in act.source) > 1
        if several or private or open_to_all:
            return ()
        return self._unnamed.other("bearer", number, act, reading, grounds)

    def _before(self, number: int, act: Act) -> tuple[Mention, ...]:
        """Return who did what the act reacts to, as told just before.

        "France took a step that Mali opposes", or "Russia criticised the visit" a sentence later.
        """
        own = states_of(act.source)
        reach = 1 if _points_back(act) else 0
        for told, other in reversed(self._dealings):
            if number - told > reach:
                break
            if other.trigger.i > act.trigger.i and told == number:
                continue
            if not states_of(other.source) & own:
                return tuple(msgspec.structs.replace(m, head=act.trigger.i) for m in other.source)
        return ()


def _is_open(act: Act) -> bool:
    """Return whether somebody acts on nobody who is told."""
    told = act.target or act.symmetric or agrees_jointly(act)
    return bool(act.source) and not told


def _mend(act: Act, acts: Sequence[Act]) -> None:
    """Give an act another target than its own words where the other acts of its sentence lead there."""
    if act.source and act.type == "AID" and not any(states_of(act.target)):
        act.target = _thanks(act, acts) or act.target
    if act.type in SPOKEN and act.source and not act.symmetric and _lacks(act):
        act.target = _same_breath(act, acts) or act.target


def _answers(act: Act) -> bool:
    return act.type in ANSWERS or act.frame.id in {"agree/accept", "support/praise"}


def _is_addressed(act: Act) -> bool:
    """Return whether an act is said to somebody whom its own words leave out: "asked for help"."""
    return act.type in SPOKEN and act.status == "actual" and not act.slots.get("T")


def _points_back(act: Act) -> bool:
    """Return whether the act's object is something told before: "the visit", "this step", "it"."""
    for child in act.trigger.children:
        if child.dep_ == "dobj":
            first = child.left_edge
            return first.lower_ in ANAPHORS
    return False


def _at_a_measure(act: Act) -> bool:
    """Return whether "the decision", "this step" or the like stands right after an act's verb."""
    doc, after = act.trigger.doc, act.trigger.i + 1
    if after + 1 >= len(doc) or doc[after].lower_ not in ANAPHORS:
        return False
    return doc[after + 1].lemma_.lower() in MEASURES


def _lacks(act: Act) -> bool:
    """Return whether an act names no one, or only what is the doer's own ("help for its troops")."""
    return not act.target or (
        act.type == "REQUEST" and states_of(act.target) <= states_of(act.source)
    )


def _same_breath(act: Act, acts: Sequence[Act]) -> tuple[Mention, ...]:
    """Return whom the doer dealt with just before: "visited Sofia and urged both to be brave"."""
    for other in reversed([a for a in acts if a.trigger.i < act.trigger.i]):
        if other.source == act.source and other.target and other.type in SPOKEN | MEETINGS:
            return other.target
    return ()


def _same_force(act: Act, acts: Sequence[Act]) -> tuple[Mention, ...]:
    """Return on whom a chain of acts fell: "opened fire on the ships and detained the crews"."""
    heads = set()
    token = act.trigger
    while token.dep_ == "conj" and token.head != token:
        token = token.head
        heads.add(token.i)
    for other in acts:
        if other.trigger.i in heads and other.type in FORCE and other.source == act.source:
            return other.target
    return ()


def _of_main(act: Act, acts: Sequence[Act]) -> tuple[Mention, ...]:
    """Return the other side of the act that another one is the purpose of.

    "Phoned his colleague to apologise" apologises to the colleague.
    """
    for other in acts:
        if act.trigger.dep_ == "advcl" and act.trigger.head == other.trigger:
            return other.target
    return ()


def _thanks(act: Act, acts: Sequence[Act]) -> tuple[Mention, ...]:
    """Return who thanks the doer for an act: "Taiwan thanked Lithuania for sending masks"."""
    prep = act.trigger.head
    if act.trigger.dep_ != "pcomp" or prep.lower_ != "for":
        return ()
    for other in acts:
        thanks = other.type == "SUPPORT" and other.trigger.lemma_ == "thank"
        if (
            thanks
            and prep.head == other.trigger
            and states_of(other.target) == states_of(act.source)
        ):
            return other.source
    return ()


def _told_of(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the states that a document tells of, the most told first."""
    states = load_register().states
    count = Counter(a.country for r in readings for m in r.mentions for a in m.actors)
    return tuple(code for code, _ in count.most_common() if code in states)
