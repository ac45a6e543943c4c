"""The page of one relation: its numbers over time, and the catalogue behind a chosen period."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, TypeVar, get_args

import msgspec

from detente.api import codes
from detente.brief import names
from detente.brief.realise import tell
from detente.brief.wording import mixed
from detente.model import EventType
from detente.registers.ontology import is_conflict
from detente.relations import analysis
from detente.relations.agenda import Agenda, Substitution
from detente.relations.channels import Novelty
from detente.relations.competence import Competence, Takeover
from detente.relations.incidents import gather
from detente.relations.scope import Scope
from detente.relations.series import Entry
from detente.relations.shifts import Shift
from detente.web.asked import told_as_of
from detente.web.content import outlook as outlooks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.casebook.browser import Browser
    from detente.web.asked import Narrowing
    from detente.web.desk import Desk

CONFLICT = frozenset(kind for kind in get_args(EventType) if is_conflict(kind))
T = TypeVar("T", bound=msgspec.Struct)
NOVELTIES = 50
MARKS = 400
"""Incidents drawn on the chart; of more, those with most points."""
PAGE = 20
"""Incidents of the catalogue on one page."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """An incident on the chart.

    Attributes:
        day: First day.
        points: Points on the scale.
        type: PLOVER type.
        label: A few words.
        event: Id of the event that stands for it.
    """

    day: date
    points: float
    type: str
    label: str
    event: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the catalogue.

    Attributes:
        day: First day.
        last: Last day that the date may mean.
        type: PLOVER type.
        status: Status.
        domain: Domain.
        told: The incident in one sentence.
        points: Points on the scale; None where the scale does not cover it.
        mentions: How many sentences tell of it.
        event: Id of the event that stands for it.
        incident: Its id.
        doc: Document of that event.
        sentence: Its sentence.
        quote: The sentence's text.
        conflict: Whether the type is one of conflict.
    """

    day: date | None
    last: date | None
    type: str
    status: str
    domain: str
    told: str
    points: float | None
    mentions: int
    event: str
    incident: str
    doc: str
    sentence: int
    quote: str
    conflict: bool


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """A forecast about the relation.

    Attributes:
        forecast: Its id.
        text: Its words.
        author: Who made it.
        issued: Day of issue.
        deadline: Last day on which it can come true.
        chance: Probability that is scored, None where none was given.
        outcome: ``yes``, ``no``, ``void`` or ``open``.
        due: Whether its deadline has passed without an outcome.
        brier: Its Brier score, (chance - outcome) squared; None where it has none.
        doc: Its document.
    """

    forecast: str
    text: str
    author: str | None
    issued: str
    deadline: str | None
    chance: float | None
    outcome: str
    due: bool
    brier: float | None
    doc: str | None


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """One period of the index; fields of ``relations.series.Bin``."""

    start: date
    end: date
    incidents: int
    low: float
    high: float
    mentions: int
    index: float | None
    index_low: float | None
    index_high: float | None


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of the matrix of channels; fields of ``relations.channels.ChannelPair``."""

    a: str
    b: str
    contacts: int
    recent: int
    first: date
    last: date
    state: str
    formats: dict[str, int]
    rank_a: str | None
    rank_b: str | None
    refusals: int


class RelationPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a relation.

    Attributes:
        a: Code of the first party.
        b: Code of the second party.
        title: Names of both.
        scale: Label of the scale.
        by: Length of a period.
        domain: The domain asked for.
        since: First day of the chosen period, None for all.
        until: Last day of the chosen period.
        incidents: Incidents in the chosen period.
        index: Sum of their points.
        mentions: Sentences that tell of them.
        undated: Incidents without a date; they stand in no period.
        total: Lines of the catalogue.
        offset: Lines skipped.
        limit: Most lines on the page.
        takeover: A tested change of the institution that speaks for the first party.
        bins: The series.
        marks: Incidents on the chart.
        shifts: Changes of level.
        agenda: Domains by year.
        substitutions: Domains that replaced each other.
        channels: Who meets whom.
        novelties: The latest contacts that were the first for some time.
        competence: Who speaks for the first party, by year.
        sorts: Says where imported incidents stand beside coded ones; empty where all are of one sort.
        forecasts: Forecasts about the relation.
        catalogue: Incidents of the chosen period, newest first.
        as_of: Day or moment up to which the casebook is believed, None for now.
    """

    a: str
    b: str
    title: str
    scale: str
    by: str
    domain: str | None
    since: date | None
    until: date | None
    incidents: int
    index: float
    mentions: int
    undated: int
    total: int
    offset: int
    limit: int
    takeover: Takeover | None
    bins: tuple[Period, ...]
    marks: tuple[Mark, ...]
    shifts: tuple[Shift, ...]
    agenda: tuple[Agenda, ...]
    substitutions: tuple[Substitution, ...]
    channels: tuple[Channel, ...]
    novelties: tuple[Novelty, ...]
    competence: tuple[Competence, ...]
    sorts: str
    forecasts: tuple[Expected, ...]
    catalogue: tuple[Line, ...]
    as_of: str | None


def load(
    desk: Desk, a: str, b: str, asked: Narrowing, *, offset: int = 0, limit: int = PAGE
) -> RelationPage:
    """Return the page of a relation.

    Args:
        desk: Where to read.
        a: Code of the first party.
        b: Code of the second party.
        asked: What it is narrowed to; period and page concern the catalogue alone.
        offset: Lines of the catalogue to skip.
        limit: Most lines.

    Raises:
        InputError: A code is nobody's.
    """
    with desk.view(counting=True, as_of=asked.as_of) as view:
        codes.check(view, a, b)
        expected = forecasts(desk, view, a, b)
        key = ("page", a, b, asked, offset, limit, expected)
        return desk.remember(
            view,
            key,
            lambda found: _load(desk, found, a, b, asked, (offset, limit), expected),
            parties=(a, b),
        )


def _load(
    desk: Desk,
    view: Browser,
    a: str,
    b: str,
    asked: Narrowing,
    lines: tuple[int, int],
    expected: tuple[Expected, ...],
) -> RelationPage:
    key = whole_key(a, b, asked)
    found = desk.remember(view, key, lambda view: _whole(view, a, b, asked), parties=(a, b))
    chosen = [entry for entry in found.series.catalogue if _inside(entry, asked)][::-1]
    offset, limit = lines
    imported = found.series.imported()
    return RelationPage(
        a=a,
        b=b,
        title=f"{names.bare(a)} and {names.party(b)}",
        scale=found.series.scale,
        by=asked.by,
        domain=asked.domain,
        since=asked.since,
        until=asked.until,
        incidents=len(chosen),
        index=round(sum(entry.points or 0.0 for entry in chosen), 6),
        mentions=sum(entry.mentions for entry in chosen),
        undated=found.series.undated,
        total=len(chosen),
        offset=offset,
        limit=limit,
        takeover=found.takeover,
        bins=tuple(_taken(Period, bin) for bin in found.series.bins),
        marks=_marks(found.series.catalogue),
        shifts=found.shifts.shifts,
        agenda=found.agenda,
        substitutions=found.substitutions,
        channels=tuple(_taken(Channel, cell) for cell in found.channels),
        novelties=found.novelties[::-1][:NOVELTIES],
        competence=found.competence,
        sorts=mixed(len(found.series.catalogue) - imported, imported),
        forecasts=expected,
        catalogue=catalogue(view, a, b, chosen[offset : offset + limit]),
        as_of=told_as_of(asked.as_of),
    )


def whole_key(a: str, b: str, asked: Narrowing) -> tuple[str | None, ...]:
    """Return the key by which the numbers of a relation are remembered."""
    return ("relation", a, b, asked.domain, asked.by, asked.scale)


def _whole(view: Browser, a: str, b: str, asked: Narrowing) -> analysis.Whole:
    scope = Scope(domain=asked.domain)
    return analysis.whole(view, a, b, scope=scope, unit=asked.by, scale=asked.scale)


def _taken(kind: type[T], source: msgspec.Struct) -> T:
    """Return the fields of a struct that another one has too."""
    return kind(**{name: getattr(source, name) for name in kind.__struct_fields__})


def catalogue(view: Browser, a: str, b: str, entries: Sequence[Entry]) -> tuple[Line, ...]:
    """Return entries with the incident told in a sentence and the sentence that it rests on."""
    if not entries:
        return ()
    days = [entry.day for entry in entries if entry.day is not None]
    whole = len(days) == len(entries)
    events = view.told(
        [entry.incident for entry in entries],
        parties=(a, b),
        since=min(days) if whole else None,
        until=max(days) if whole else None,
    )
    incidents = {incident.id: incident for incident in gather(events)}
    quotes = view.quotes([(entry.doc, entry.sentence) for entry in entries])
    lines = []
    for entry in entries:
        incident = incidents.get(entry.incident)
        quote = quotes.get((entry.doc, entry.sentence), "")
        lines.append(
            Line(
                day=entry.day,
                last=entry.last,
                type=entry.type,
                status=entry.status,
                domain=entry.domain,
                told="" if incident is None else tell(incident, [quote], dated=False),
                points=entry.points,
                mentions=entry.mentions,
                event=entry.event,
                incident=entry.incident,
                doc=entry.doc,
                sentence=entry.sentence,
                quote=quote,
                conflict=entry.type in CONFLICT,
            )
        )
    return tuple(lines)


def forecasts(desk: Desk, view: Browser, a: str, b: str) -> tuple[Expected, ...]:
    """Return the forecasts about both parties, by deadline."""
    told = desk.remember(view, "expected", lambda found: _by_country(desk, found))
    both = told.get(a.partition(".")[0], {}).keys() & told.get(b.partition(".")[0], {}).keys()
    found = [told[a.partition(".")[0]][name] for name in both]
    return tuple(sorted(found, key=lambda one: (one.deadline or "9999", one.forecast)))


def _by_country(desk: Desk, view: Browser) -> dict[str, dict[str, Expected]]:
    """Return the forecasts of the ledger by country or body and id."""
    found: dict[str, dict[str, Expected]] = defaultdict(dict)
    now = outlooks.today(view.as_of)
    for case in outlooks.ledger(desk, view).cases.values():
        outlook = case.outlook
        told = outlooks.foreseen(case, now)
        seen = {"yes": 1, "no": 0}.get(told.outcome)
        expected = Expected(
            forecast=outlook.id,
            text=outlook.text,
            author=outlook.author or outlook.publisher,
            issued=outlook.issued,
            deadline=outlook.deadline,
            chance=outlook.chance,
            outcome=told.outcome,
            due=told.due,
            brier=None
            if seen is None or told.chance is None
            else round((told.chance - seen) ** 2, 4),
            doc=outlook.document,
        )
        for code in (*outlook.subject, *outlook.object, *outlook.about):
            found[code.partition(".")[0]][outlook.id] = expected
    return dict(found)


def _inside(entry: Entry, asked: Narrowing) -> bool:
    if entry.day is None:
        return asked.since is None and asked.until is None
    return (asked.since or entry.day) <= entry.day <= (asked.until or entry.day)


def _marks(entries: Sequence[Entry]) -> tuple[Mark, ...]:
    told = [entry for entry in entries if entry.points is not None]
    if len(told) > MARKS:
        told = sorted(told, key=lambda e: (-abs(e.points or 0), e.incident))[:MARKS]
        told.sort(key=lambda e: (e.day or date.min, e.incident))
    return tuple(
        Mark(
            day=entry.day,
            points=entry.points or 0.0,
            type=entry.type,
            label=_label(entry),
            event=entry.event,
        )
        for entry in told
        if entry.day is not None
    )


def _label(entry: Entry) -> str:
    """``Consult: Belarusian Foreign Ministry, US Defence Department``."""
    from detente.web.words import named

    codes = [code for code in dict.fromkeys((*entry.source, *entry.target)) if code]
    return f"{entry.type.capitalize()}: {', '.join(named(code) for code in codes[:4])}"
