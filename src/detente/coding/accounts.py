"""Whether two accounts tell the same happening.

An account is an event as one sentence tells it. Two agree where kind, parties, places and dates do not
contradict each other. A visit and the talks within it are one happening, whoever of the hosts is met.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.model import Actor, Event

ONCE_A_DAY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
"""Types of which two parties seldom have two on neighbouring days; accounts of one that differ by
a day fold. Shellings, accusations and the like do happen daily."""

SELDOM = ONCE_A_DAY | {"SANCTION"}
"""Types that accounts without a day of their own may date a little late."""

_INFERRED = frozenset({"published", "context"})
_DAY = timedelta(days=1)
LAG = 2 * _DAY
"""Days between a contact and a report of it that gives no day."""

RETELLING = 45 * _DAY
"""How far back the undated half of a report may speak of what its dated half tells: a monthly review
tells of a meeting once by its day and once without."""

RECALL = 14 * _DAY
"""How far back a report may recall, below its lead and without a day, what two named people did."""

_LEAD = 1
"""Last sentence of the lead: what a report tells as news stands there, or is dated."""

_COARSE = frozenset({"quarter", "season", "year"})

_UNKNOWN_INSTITUTION = "GOV"
"""What stands for any institution of a state."""
_RESIDENT = frozenset({"EMB", "ATT"})
"""Whose meetings in the host country are no visit."""
_VISITS = frozenset({"consult/visit", "consult/tour"})
_VERDICTS = frozenset({"sanction/convict", "coerce/jail"})
"""A conviction and the sentence that goes with it: two events to PLOVER, one happening."""
_FRAMES = dict.fromkeys(_VERDICTS, "verdict") | dict.fromkeys(
    ("concede/ease", "concede/lift"), "measures eased"
)
"""Frames of one thing told in other verbs: measures that are lifted are eased."""
_DISTANT = frozenset({"phone", "video", "letter"})


class Account:
    """An event as one sentence tells it, with what comparing it with others asks of it.

    Attributes:
        event: The event.
        states: Countries of both sides, sorted.
        interval: The first and the last day that its date may mean, None where it has none.
        is_contact: Whether it is a meeting, a visit or a call, held or to come.
        is_firm: Whether its own sentence tells its day.
        host: The country or organisation that it tells to have received the other side.
        kind: What two accounts of one happening share: contacts fold whatever the verb, other acts by the
            frame that found them.
        medium: Whether a contact is held at a distance or is a meeting.
    """

    __slots__ = (
        "_guests", "_sides", "event", "host", "interval", "is_contact", "is_firm", "kind", "medium", "states",
    )  # fmt: skip

    def __init__(self, event: Event) -> None:
        self.event = event
        self.states = countries((*event.source, *event.target))
        self.interval = None if event.date is None else _days(event.date, event.date_end)
        self.is_contact = is_contact(event)
        dated = event.date is not None and event.date_precision in {None, "day"}
        self.is_firm = dated and event.date_basis not in _INFERRED
        self.host = _host(event)
        self.medium = "distant" if event.channel.medium in _DISTANT else "meeting"
        self.kind = _FRAMES.get(event.rule) or event.cameo or event.rule
        if self.is_contact:
            self.kind = "mediate" if event.rule == "consult/mediate" else self.medium
        self._sides: tuple[_Side, _Side, _Side] | None = None
        self._guests: dict[str, _Side] = {}

    @property
    def sides(self) -> tuple[_Side, _Side, _Side]:
        """Its source, its target, and both."""
        if self._sides is None:
            event = self.event
            both = (*event.source, *event.target)
            self._sides = _Side(event.source), _Side(event.target), _Side(both)
        return self._sides

    def guests(self, at: str) -> _Side:
        """Return those of both sides who are not of a state, nor its residents."""
        if at not in self._guests:
            actors = (*self.event.source, *self.event.target)
            self._guests[at] = _Side(
                [a for a in actors if a.country != at and a.institution not in _RESIDENT]
            )
        return self._guests[at]


class _Side:
    """Who stands on one side of an event.

    Attributes:
        states: Countries, sorted.
        people: Names of persons, as words.
        bodies: Institutions with their countries.
        parts: For each country the names and the institutions that are told of it.
    """

    __slots__ = ("bodies", "parts", "people", "states")

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.states = countries(actors)
        self.people: set[tuple[str, ...]] = set()
        self.bodies: set[tuple[str, str]] = set()
        self.parts: dict[str, tuple[set[tuple[str, ...]], set[str]]] = {
            state: (set(), set()) for state in self.states
        }
        for actor in actors:
            people, institutions = self.parts[actor.country]
            name = _words(actor.person) if actor.person else ()
            if name:
                self.people.add(name)
                people.add(name)
            if actor.institution:
                self.bodies.add((actor.country, actor.institution))
            if actor.institution is not None and actor.institution != _UNKNOWN_INSTITUTION:
                institutions.add(actor.institution)

    def agrees(self, other: _Side) -> bool:
        """Whether two sides are of the same countries and name no other people or institutions."""
        return self.states == other.states and all(
            _do_not_contradict(self.parts[state], other.parts[state]) for state in self.states
        )

    def tied(self, other: _Side) -> bool:
        """Whether two sides name a person, or else an institution, in common."""
        return _shared(self.people, other.people) or bool(self.bodies & other.bodies)

    def people_of(self, state: str) -> set[tuple[str, ...]]:
        """Return the names that are told of a country."""
        return self.parts[state][0] if state in self.parts else set()


def same(a: Account, b: Account) -> bool:
    """Whether two accounts of one block (``incidents``) tell the same happening."""
    if a.kind != b.kind and not _is_headline(a, b):
        return False
    if not _places_agree(a.event, b.event) or not _dates_agree(a, b):
        return False
    return _sides_agree(a, b) or _in_one_report(a, b) or _on_one_visit(a, b)


def is_contact(event: Event) -> bool:
    """Whether an event is a meeting, a visit or a call, held or to come."""
    to_come = event.type == "AGREE" and event.rule.startswith("consult/")
    return event.type == "CONSULT" or to_come


def sort(event: Event) -> str:
    """Return the type of an event, or what two types have in common that tell of one happening."""
    return "verdict" if event.rule in _VERDICTS else event.type


@lru_cache(4_096)
def _days(first: str, last: str | None) -> tuple[date, date] | None:
    try:
        start = date.fromisoformat(first)
        return start, date.fromisoformat(last) if last else start
    except ValueError:
        return None


def countries(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Return the countries of actors, sorted."""
    return tuple(sorted({actor.country for actor in actors}))


def _host(event: Event) -> str | None:
    if event.channel.host is not None or event.rule not in _VISITS:
        return event.channel.host
    return next((actor.country for actor in event.target), None)


def people_meet(a: Account, b: Account) -> bool:
    """Whether two accounts name a person in common."""
    return _shared(a.sides[2].people, b.sides[2].people)


def visitors_meet(a: Account, b: Account, at: str) -> bool:
    """Whether two contacts may stand in one visit to ``at``: the same guest, no other place or time."""
    if not (a.is_contact and b.is_contact) or a.medium != b.medium:
        return False
    if not _places_agree(a.event, b.event) or not _dates_agree(a, b):
        return False
    one, other = a.guests(at), b.guests(at)
    if not one.states or not one.agrees(other) or not one.tied(other):
        return False
    return not any(
        place is not None and place.country not in {None, at} and account.host != at
        for account, place in ((a, a.event.place), (b, b.event.place))
    )


def _on_one_visit(a: Account, b: Account) -> bool:
    hosts = {a.host, b.host} - {None}
    return len(hosts) == 1 and visitors_meet(a, b, hosts.pop() or "")


def _in_one_report(a: Account, b: Account) -> bool:
    """Whether a report has one person meet several people of another country, not in a third one.

    ``The minister was received by the president. She also met the premier.``
    """
    if a.event.doc != b.event.doc or not (a.is_contact and b.is_contact):
        return False
    if a.event.sentence != b.event.sentence and any(
        x.mode in {"third-party", "multilateral"} or x.channel.occasion is not None
        for x in (a.event, b.event)
    ):
        return False
    named = [(a.sides[2].people_of(one), b.sides[2].people_of(one)) for one in a.states]
    return len(named) > 1 and all(map(all, named)) and any(_shared(*people) for people in named)


def _is_headline(a: Account, b: Account) -> bool:
    """Whether one is the headline, or a first sentence without a day, of the other's report.

    What both headline and lead date, in one mode and to the same days, is one, whatever the verbs: a
    headline that halts deliveries from Monday and a lead in which their import is banned from the 26th.
    """
    if a.event.doc != b.event.doc or 0 not in {a.event.sentence, b.event.sentence}:
        return False
    if any(x.event.sentence == 0 and not x.is_firm for x in (a, b)):
        return True
    return (
        a.event.sentence + b.event.sentence == _LEAD
        and a.is_firm
        and b.is_firm
        and a.interval == b.interval
        and a.event.mode == b.event.mode
        and not a.is_contact
    )


def _sides_agree(a: Account, b: Account) -> bool:
    source, target, both = a.sides
    other_source, other_target, other_both = b.sides
    if a.is_contact and len(a.states) > 1:
        return both.agrees(other_both)
    if source.agrees(other_source) and target.agrees(other_target):
        return True
    symmetric = a.event.channel.symmetric and b.event.channel.symmetric
    return symmetric and source.agrees(other_target) and target.agrees(other_source)


def _do_not_contradict(
    a: tuple[set[tuple[str, ...]], set[str]], b: tuple[set[tuple[str, ...]], set[str]]
) -> bool:
    (people, bodies), (other_people, other_bodies) = a, b
    if people and other_people:
        return _shared(people, other_people)
    return not (bodies and other_bodies) or bool(bodies & other_bodies)


@lru_cache(4_096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(name.casefold().split())


def _shared(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> bool:
    """Whether two sets of names have one in common: by its last word, or its only one."""
    return any(
        one[-1] == two[-1] or (1 in {len(one), len(two)} and not {*one}.isdisjoint(two))
        for one in a
        for two in b
    )


def _places_agree(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None:
        return True
    if a.place.geonameid is not None and a.place.geonameid == b.place.geonameid:
        return True
    return a.place.country is None or b.place.country is None or a.place.country == b.place.country


def _dates_agree(a: Account, b: Account) -> bool:
    first, second = a.interval, b.interval
    one_report = a.event.doc == b.event.doc
    if first is None or second is None:
        return one_report and ((first is None) == (second is None) or _is_retold(a, b))
    slack = _slack(a.event, b.event)
    meet = first[0] <= second[1] + slack and second[0] <= first[1] + slack
    if not meet:
        return _is_retold(a, b) if one_report else _is_recalled(a, b)
    precisions = a.event.date_precision, b.event.date_precision
    if precisions == ("day", "day"):
        return True
    if one_report or people_meet(a, b) or precisions[0] == precisions[1]:
        return True
    finer = "month" in precisions and not _COARSE & {*precisions}
    return finer and _is_seldom(a, b)


def sums_up(account: Account, firm: Account) -> bool:
    """Whether an account tells of some year or season what another dates.

    "In 2016 Pentagon officials came to Riga", "since it lifted most of its measures in 2016". The parties
    agree, and of a contact both name an institution or a person in common.
    """
    span, day = account.interval, firm.interval
    if account.event.date_precision not in _COARSE or span is None or day is None:
        return False
    if not span[0] <= day[0] <= day[1] <= span[1] or account.kind != firm.kind:
        return False
    if not _places_agree(account.event, firm.event) or not _sides_agree(account, firm):
        return False
    if account.is_contact:
        return account.sides[2].tied(firm.sides[2])
    return _is_seldom(account, firm)


def _is_recalled(a: Account, b: Account) -> bool:
    """Whether a report recalls, without a day, what another dates: the same people of both sides."""
    loose, firm = (a, b) if b.is_firm else (b, a)
    if not firm.is_firm or loose.event.date_basis != "published" or loose.event.sentence <= _LEAD:
        return False
    told, done = loose.interval, firm.interval
    if told is None or done is None or not timedelta(0) <= told[0] - done[0] <= RECALL:
        return False
    sides = [(a.sides[2].people_of(one), b.sides[2].people_of(one)) for one in a.states]
    return a.is_contact and len(sides) > 1 and all(_shared(*people) for people in sides)


def _is_seldom(a: Account, b: Account) -> bool:
    """Whether two parties hardly do this twice in a month: one frame, of a type that is no daily act."""
    one, two = a.event, b.event
    alike = one.rule == two.rule or (one.rule in _FRAMES and a.kind == b.kind)
    return alike and one.type in SELDOM and not a.is_contact


def _is_retold(a: Account, b: Account) -> bool:
    """Whether one of two accounts of a report has no day of its own and may be the other's."""
    loose, firm = (a, b) if b.is_firm else (b, a)
    if loose.is_firm or not firm.is_firm:
        return False
    if loose.event.type not in SELDOM and not _is_headline(a, b):
        return False
    if loose.event.date is None:
        return True
    told, done = loose.interval, firm.interval
    if loose.event.date_basis != "published" or told is None or done is None:
        return False
    return timedelta(0) <= told[0] - done[0] <= RETELLING


def _slack(a: Event, b: Event) -> timedelta:
    if a.date_basis in _INFERRED or b.date_basis in _INFERRED:
        return LAG if a.type in SELDOM else timedelta(0)
    return _DAY if a.type in ONCE_A_DAY else timedelta(0)
