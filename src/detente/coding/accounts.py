"""Whether two accounts tell the same happening.

An account is an event as one sentence tells it. Two agree where kind, parties, places and dates do not
contradict each other. A visit and the talks within it are one happening, whoever of the hosts is met.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

_UNKNOWN_INSTITUTION = frozenset({None, "GOV"})
_RESIDENT = frozenset({"EMB", "ATT"})
"""Whose meetings in the host country are no visit."""
_VISITS = frozenset({"consult/visit", "consult/tour"})
_VERDICTS = frozenset({"sanction/convict", "coerce/jail"})
"""A conviction and the sentence that goes with it: two events to PLOVER, one happening."""


def same(a: Event, b: Event) -> bool:
    """Whether two events of one block (``incidents``) tell the same happening."""
    if _kind(a) != _kind(b) and not _is_headline(a, b):
        return False
    if not _places_agree(a, b) or not _dates_agree(a, b):
        return False
    return _sides_agree(a, b) or _in_one_report(a, b) or _on_one_visit(a, b)


def is_contact(event: Event) -> bool:
    """Whether an event is a meeting, a visit or a call, held or to come."""
    to_come = event.type == "AGREE" and event.rule.startswith("consult/")
    return event.type == "CONSULT" or to_come


def sort(event: Event) -> str:
    """Return the type of an event, or what two types have in common that tell of one happening."""
    return "verdict" if event.rule in _VERDICTS else event.type


def is_firm(event: Event) -> bool:
    """Whether an event's own sentence tells its day."""
    return (
        event.date is not None
        and event.date_precision in {None, "day"}
        and event.date_basis not in _INFERRED
    )


def interval(event: Event) -> tuple[date, date] | None:
    """Return the first and the last day that an event's date may mean, None where it has none."""
    return None if event.date is None else _days(event.date, event.date_end)


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


def host(event: Event) -> str | None:
    """Return the country or organisation that an event tells to have received the other side."""
    if event.channel.host is not None or event.rule not in _VISITS:
        return event.channel.host
    return next((actor.country for actor in event.target), None)


def people_meet(a: Event, b: Event) -> bool:
    """Whether two events name a person in common."""
    return bool(_shared(_people(_actors(a)), _people(_actors(b))))


def visitors_meet(a: Event, b: Event, at: str) -> bool:
    """Whether two contacts may stand in one visit to ``at``: the same guest, no other place or time."""
    if not (is_contact(a) and is_contact(b)) or _medium(a) != _medium(b):
        return False
    if not _places_agree(a, b) or not _dates_agree(a, b):
        return False
    guests_a, guests_b = (
        [x for x in _actors(event) if x.country != at and x.institution not in _RESIDENT]
        for event in (a, b)
    )
    if not guests_a or not _agree(guests_a, guests_b) or not _tied(guests_a, guests_b):
        return False
    return not any(
        event.place is not None and event.place.country not in {None, at} and host(event) != at
        for event in (a, b)
    )


def _on_one_visit(a: Event, b: Event) -> bool:
    hosts = {host(a), host(b)} - {None}
    return len(hosts) == 1 and visitors_meet(a, b, hosts.pop() or "")


def _in_one_report(a: Event, b: Event) -> bool:
    """Whether a report has one person meet several people of another country, not in a third one.

    ``The minister was received by the president. She also met the premier.``
    """
    if a.doc != b.doc or not (is_contact(a) and is_contact(b)):
        return False
    if a.sentence != b.sentence and any(
        x.mode in {"third-party", "multilateral"} or x.channel.occasion is not None for x in (a, b)
    ):
        return False
    home = countries(_actors(a))
    named = [
        [_people(x for x in _actors(event) if x.country == one) for event in (a, b)] for one in home
    ]
    return len(home) > 1 and all(map(all, named)) and any(_shared(*people) for people in named)


def _kind(event: Event) -> str:
    """Contacts fold whatever the verb; other acts by the frame that found them."""
    if is_contact(event):
        return "mediate" if event.rule == "consult/mediate" else _medium(event)
    return "verdict" if event.rule in _VERDICTS else event.cameo or event.rule


def _medium(event: Event) -> str:
    return "distant" if event.channel.medium in {"phone", "video", "letter"} else "meeting"


def _is_headline(a: Event, b: Event) -> bool:
    """Whether one is the headline, or a first sentence without a day, of the other's report."""
    return a.doc == b.doc and any(x.sentence == 0 and not is_firm(x) for x in (a, b))


def _actors(event: Event) -> tuple[Actor, ...]:
    return (*event.source, *event.target)


def _sides_agree(a: Event, b: Event) -> bool:
    if is_contact(a) and len(set(countries(_actors(a)))) > 1:
        return _agree(_actors(a), _actors(b))
    if _agree(a.source, b.source) and _agree(a.target, b.target):
        return True
    symmetric = a.channel.symmetric and b.channel.symmetric
    return symmetric and _agree(a.source, b.target) and _agree(a.target, b.source)


def _agree(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether two sides are of the same countries and name no other people or institutions."""
    states = countries(a)
    if states != countries(b):
        return False
    if len(states) == 1:
        return _do_not_contradict(a, b)
    return all(
        _do_not_contradict([x for x in a if x.country == one], [x for x in b if x.country == one])
        for one in states
    )


def _do_not_contradict(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    people = _people(a), _people(b)
    if all(people):
        return bool(_shared(*people))
    institutions = [{x.institution for x in side} - _UNKNOWN_INSTITUTION for side in (a, b)]
    return not all(institutions) or bool(institutions[0] & institutions[1])


def _tied(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether two sides name a person, or else an institution, in common."""
    institutions = [{(x.country, x.institution) for x in side if x.institution} for side in (a, b)]
    return bool(_shared(_people(a), _people(b)) or institutions[0] & institutions[1])


def _people(actors: Iterable[Actor]) -> set[tuple[str, ...]]:
    names = [_words(x.person) for x in actors if x.person]
    return {name for name in names if name}


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


def _dates_agree(a: Event, b: Event) -> bool:
    first, second = interval(a), interval(b)
    if first is None or second is None:
        return a.doc == b.doc and ((first is None) == (second is None) or _is_retold(a, b))
    slack = _slack(a, b)
    meet = first[0] <= second[1] + slack and second[0] <= first[1] + slack
    if not meet:
        return _is_retold(a, b) if a.doc == b.doc else _is_recalled(a, b)
    if a.date_precision == b.date_precision == "day":
        return True
    if a.doc == b.doc or people_meet(a, b) or a.date_precision == b.date_precision:
        return True
    if is_contact(a):
        return _is_summed_up(a, b)
    return _is_seldom(a, b) and "month" in {a.date_precision, b.date_precision}


def _is_summed_up(a: Event, b: Event) -> bool:
    """Whether one tells of a contact in some year or season, by an institution that the other names.

    "In 2016 Pentagon officials came to Riga" is no visit beside those that are on file with their days.
    """
    coarse = _COARSE & {a.date_precision, b.date_precision}
    return bool(coarse) and _tied(_actors(a), _actors(b))


def _is_recalled(a: Event, b: Event) -> bool:
    """Whether a report recalls, without a day, what another dates: the same people of both sides."""
    loose, firm = (a, b) if is_firm(b) else (b, a)
    if not is_firm(firm) or loose.date_basis != "published" or loose.sentence <= _LEAD:
        return False
    told, done = interval(loose), interval(firm)
    if told is None or done is None or not timedelta(0) <= told[0] - done[0] <= RECALL:
        return False
    sides = [
        [_people(x for x in _actors(event) if x.country == home) for event in (a, b)]
        for home in countries(_actors(a))
    ]
    return is_contact(a) and len(sides) > 1 and all(_shared(*people) for people in sides)


def _is_seldom(a: Event, b: Event) -> bool:
    """Whether two parties hardly do this twice in a month: one frame, of a type that is no daily act."""
    return a.rule == b.rule and a.type in SELDOM and not is_contact(a)


def _is_retold(a: Event, b: Event) -> bool:
    """Whether one of two events of a report has no day of its own and may be the other's."""
    loose, firm = (a, b) if is_firm(b) else (b, a)
    if is_firm(loose) or not is_firm(firm):
        return False
    if loose.type not in SELDOM and not _is_headline(a, b):
        return False
    if loose.date is None:
        return True
    told, done = interval(loose), interval(firm)
    if loose.date_basis != "published" or told is None or done is None:
        return False
    return timedelta(0) <= told[0] - done[0] <= RETELLING


def _slack(a: Event, b: Event) -> timedelta:
    if a.date_basis in _INFERRED or b.date_basis in _INFERRED:
        return LAG if a.type in SELDOM else timedelta(0)
    return _DAY if a.type in ONCE_A_DAY else timedelta(0)
