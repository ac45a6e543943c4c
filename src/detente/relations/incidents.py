"""Incidents: what several mentions tell of one happening, with what they disagree on.

``gather`` takes events whose ``incident`` is folded and gives one frozen record for each incident.
Where mentions differ in detail the best attested value stands and the others are kept beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from detente.model import Actor, Channel, DatePrecision, Domain, Event, EventType, Place, Status
from detente.registers import gazetteer, roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PRECISION: tuple[DatePrecision, ...] = (
    "day", "week", "month", "quarter", "season", "year", "decade", "vague",
)  # fmt: skip
"""From the finest to the coarsest."""

_GENERIC = frozenset({None, "GOV"})
_INFERRED = frozenset({"published", "context"})
_T = TypeVar("_T")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What mentions of one incident tell differently.

    Attributes:
        field: ``date`` or ``place``.
        values: Each value as ``YYYY-MM-DD``, as ``first..last`` day of a stay, or a place's name, with the ids of the events that
            give it; the value that stands in the incident comes first.
    """

    field: Literal["date", "place"]
    values: tuple[tuple[str, tuple[str, ...]], ...]


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One happening with all its mentions.

    Attributes:
        id: Incident id.
        type: PLOVER type.
        mode: PLOVER mode.
        status: Status.
        domain: Domain that most mentions give.
        contexts: PLOVER contexts of all mentions, most frequent first.
        cameo: CAMEO code that most mentions give.
        start: First day, None where no mention is dated.
        end: Last day.
        precision: How exactly the date is known.
        source: Who acts, each person or institution once, best named.
        target: Who is acted upon.
        channel: Path of the contact.
        place: Where, as most mentions give it.
        mentions: Every event of the incident, by document and place in it.
        differences: What the mentions tell differently.
    """

    id: str
    type: EventType
    mode: str | None = None
    status: Status = "actual"
    domain: Domain = "other"
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    start: date | None = None
    end: date | None = None
    precision: DatePrecision | None = None
    source: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    channel: Channel = Channel()
    place: Place | None = None
    mentions: tuple[Event, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that tell of it, in order of id."""
        return tuple(sorted({event.doc for event in self.mentions}))

    @property
    def ranks(self) -> tuple[str | None, str | None]:
        """Highest rank of the source and of the target."""
        return highest(self.source), highest(self.target)

    @property
    def institutions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Institutions of the source and of the target, None left out."""
        sides = (self.source, self.target)
        one, two = ([x.institution for x in side if x.institution] for side in sides)
        return tuple(dict.fromkeys(one)), tuple(dict.fromkeys(two))


def gather(events: Iterable[Event]) -> tuple[Incident, ...]:
    """Return the incidents of events, by first day and id; those without a date come first.

    An event without an incident stands alone under its own id.
    """
    groups: dict[str, dict[str, Event]] = defaultdict(dict)
    for event in events:
        groups[event.incident or event.id][event.id] = event
    found = [_merge(name, list(group.values())) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda x: (x.start or date.min, x.end or date.min, x.id)))


def highest(actors: Sequence[Actor]) -> str | None:
    """Return the highest protocol rank among actors, None where none is known."""
    known = [actor.rank for actor in actors if actor.rank]
    return min(known, key=rank_order, default=None)


def rank_order(rank: str) -> tuple[int, str]:
    """Return the place of a rank in protocol order; one that the register lacks comes last."""
    return _ranks().get(rank, len(_ranks())), rank


@cache
def _ranks() -> dict[str, int]:
    return {rank: number for number, rank in enumerate(roles.load().ranks)}


def _merge(name: str, events: list[Event]) -> Incident:
    events.sort(key=lambda event: (event.doc, event.sentence, event.span, event.id))
    kind = min(
        event.type for event in events
    )  # several for a verdict alone: see coding.accounts.sort
    alike = [event for event in events if event.type == kind]
    first = max(alike, key=lambda event: event.confidence)
    start, end, precision = _date(events)
    place = _place(events)
    source, target = _sides(events)
    domains = [event.domain for event in events if event.domain != "other"]
    return Incident(
        id=name,
        type=first.type,
        mode=commonest([event.mode for event in alike if event.mode]),
        status=first.status,
        domain=commonest(domains) or "other",
        contexts=tuple(
            context for context, _ in Counter(c for e in events for c in e.contexts).most_common()
        ),
        cameo=commonest([event.cameo for event in alike if event.cameo]),
        start=start,
        end=end,
        precision=precision,
        source=source,
        target=target,
        channel=_channel(events),
        place=place,
        mentions=tuple(events),
        differences=(*_date_differences(events, start), *_place_differences(events, place)),
    )


def commonest(values: Iterable[_T]) -> _T | None:
    """Return the most frequent of some values, of equals the first in the alphabet; None of none."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], str(value)), default=None)


def day(text: str | None) -> date | None:
    """Return a day written ``YYYY-MM-DD``, None for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _date(events: Sequence[Event]) -> tuple[date | None, date | None, DatePrecision | None]:
    """The finest precision wins, then a day that the text tells, then mentions, then the earlier."""
    dated = Counter(
        (
            _coarseness(event),
            event.date_basis in _INFERRED,
            event.date,
            event.date_end or event.date,
        )
        for event in events
        if day(event.date)
    )
    if not dated:
        return None, None, None
    (coarse, _, start, end), _ = min(
        dated.items(), key=lambda item: (*item[0][:2], -item[1], item[0])
    )
    first = day(start)
    last = day(end) or first
    if first is not None and last is not None and events[0].type == "CONSULT" and coarse == 0:
        first, last = _stay(events, first, last)
    return first, last, PRECISION[coarse]


def _stay(events: Sequence[Event], first: date, last: date) -> tuple[date, date]:
    """Return the days of the visit in which a meeting fell, as most accounts give them."""
    stays = Counter(
        (start, end)
        for event in events
        if _coarseness(event) == 0
        and event.date_basis not in _INFERRED
        and (start := day(event.date))
        and (end := day(event.date_end))
        and start <= first
        and last <= end
    )
    if not stays:
        return first, last
    return min(stays, key=lambda stay: (-stays[stay], stay[0] - stay[1], stay))


def _coarseness(event: Event) -> int:
    return PRECISION.index(event.date_precision or "day")


def _place(events: Sequence[Event]) -> Place | None:
    """The place that most mentions give; a town before the country that it lies in."""
    places = [event.place for event in events if event.place is not None]
    if len({_place_key(place) for place in places}) > 1:
        places = [place for place in places if not _is_country(place)] or places
    counted = Counter(_place_key(place) for place in places)
    if not counted:
        return None
    best = min(counted, key=lambda key: (-counted[key], key))
    return next(place for place in places if _place_key(place) == best)


def _place_key(place: Place) -> tuple[str, str]:
    return (str(place.geonameid or place.name.casefold()), place.country or "")


def _sides(events: Sequence[Event]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Both sides; a contact told the other way round is turned. The guest stands as source."""
    first = max(
        events, key=lambda event: (event.channel.host is not None, _detail(event), event.confidence)
    )
    lead = {actor.country for actor in first.source}
    one, two = list(first.source), list(first.target)
    for event in events:
        turned = (
            (event.channel.symmetric or event.type == "CONSULT")
            and not lead & {actor.country for actor in event.source}
            and lead & {actor.country for actor in event.target}
        )
        one += event.target if turned else event.source
        two += event.source if turned else event.target
    return best_named(one), best_named(two)


def _detail(event: Event) -> int:
    return sum(bool(a.person) * 2 + bool(a.institution) for a in (*event.source, *event.target))


def best_named(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return each person or institution once, as the fullest mention names it.

    A country alone goes where one of its institutions stands, an institution where one of its
    people stands.
    """
    groups: dict[tuple[str, str | None, str], Actor] = {}
    for actor in actors:
        surname = actor.person.split()[-1].casefold() if actor.person else ""
        institution = None if actor.institution in _GENERIC and not surname else actor.institution
        key = (actor.country, institution if not surname else None, surname)
        kept = groups.get(key)
        groups[key] = actor if kept is None else _fuller(kept, actor)
    return tuple(actor for key, actor in groups.items() if not _covered(key, groups))


def _fuller(a: Actor, b: Actor) -> Actor:
    """The mention with the longer name, role or code; what it lacks comes from the other."""
    better, other = (b, a) if _fullness(b) > _fullness(a) else (a, b)
    return msgspec.structs.replace(
        better,
        role=better.role or other.role,
        rank=better.rank or other.rank,
        institution=better.institution or other.institution,
    )


def _fullness(actor: Actor) -> tuple[int, int, bool]:
    return len(actor.person or ""), len(actor.role or ""), actor.institution not in _GENERIC


def _covered(
    key: tuple[str, str | None, str], groups: dict[tuple[str, str | None, str], Actor]
) -> bool:
    country, institution, surname = key
    if surname:
        return False
    for other, actor in groups.items():
        if other == key or other[0] != country:
            continue
        if institution is None or (other[2] and actor.institution == institution):
            return True
    return False


def _channel(events: Sequence[Event]) -> Channel:
    best = max(events, key=lambda event: (_told(event.channel), event.confidence)).channel
    host = commonest([e.channel.host for e in events if e.channel.host])
    occasion = commonest([e.channel.occasion for e in events if e.channel.occasion])
    return msgspec.structs.replace(best, host=best.host or host, occasion=best.occasion or occasion)


def _told(channel: Channel) -> int:
    fields = (channel.format, channel.pairing, channel.medium, channel.occasion, channel.host)
    return sum(value is not None for value in fields)


def _date_differences(events: Sequence[Event], stands: date | None) -> tuple[Difference, ...]:
    """Days that contradict each other.

    A coarser date that holds the day does not, and no day within a stay. Two stays of other length do.
    """
    spans: dict[tuple[date, date], list[str]] = defaultdict(list)
    coarse = []
    for event in events:
        start, end = day(event.date), day(event.date_end) or day(event.date)
        if start is None or end is None or event.date_basis in _INFERRED:
            continue
        if event.date_precision in {None, "day"}:
            spans[start, end].append(event.id)
        elif stands and start <= stands <= end:
            coarse.append(event.id)
    given: dict[str, list[str]] = defaultdict(list)
    stays = [one for one in spans if one[0] != one[1]]
    for (start, end), ids in spans.items():
        within = next((one for one in stays if one[0] <= start and end <= one[1]), None)
        first, last = (start, end) if start != end or within is None else within
        given[_days(first, last)] += ids
    standing = next((days for days in given if stands and days.startswith(stands.isoformat())), "")
    if standing:
        agreeing = {*given[standing], *coarse}
        given[standing] = [event.id for event in events if event.id in agreeing]
    return _difference("date", given, standing)


def _days(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"


def _place_differences(events: Sequence[Event], stands: Place | None) -> tuple[Difference, ...]:
    """Places that contradict each other; a town and its country do not."""
    given: dict[str, list[str]] = defaultdict(list)
    places: dict[tuple[str, str], Place] = {}
    for event in events:
        if event.place is not None:
            place = places.setdefault(_place_key(event.place), event.place)
            given[place.name].append(event.id)
    if len(given) > 1:
        towns = {place.country for place in places.values() if not _is_country(place)}
        for place in places.values():
            if place.country in towns and _is_country(place):
                given.pop(place.name, None)
    return _difference("place", given, places[_place_key(stands)].name if stands else "")


def _is_country(place: Place) -> bool:
    entries = gazetteer.load_gazetteer().lookup(gazetteer.fold(place.name))
    return any(entry.kind == "country" and entry.country == place.country for entry in entries)


def _difference(
    field: Literal["date", "place"], given: dict[str, list[str]], stands: str
) -> tuple[Difference, ...]:
    if len(given) < 2:
        return ()
    order = sorted(given, key=lambda value: (value != stands, value))
    values = tuple((value, tuple(given[value])) for value in order)
    return (Difference(field=field, values=values),)
