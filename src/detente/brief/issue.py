"""The barometer issue: one country and its partners over one period, against the issue before.

For each partner the index, its change, a colour of tension, and three paragraphs: the state of the
relation, its weightiest incidents, and what is planned. Then what changed since the last issue, the
outlook, and the catalogue of every incident with its points.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from detente.brief import names, wording
from detente.brief.changes import changes
from detente.brief.cite import Citer
from detente.brief.desk import Desk
from detente.brief.model import Citation, Cited, Item
from detente.brief.outcomes import expected
from detente.brief.paragraphs import planned, state, told
from detente.brief.parts import newest_first
from detente.brief.select import ViewLibrary, material
from detente.brief.tension import RULE, Colour, colour, tension
from detente.brief.voices import concerned, published
from detente.brief.writer import about
from detente.errors import InputError
from detente.outlook import desk as ledger
from detente.registers import scales
from detente.relations import periods
from detente.relations.trend import Comparison, compare, points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from detente.brief.select import Library, Material
    from detente.casebook.view import View
    from detente.model import Event, Forecast
    from detente.outlook.ledger import Case
    from detente.registers.scales import IndexScale
    from detente.relations.incidents import Incident

PERIODS = 12
"""Periods of the sparkline, the issue's own last."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the catalogue.

    Attributes:
        label: Date.
        partner: Code of the partner.
        told: The incident in a sentence, cited.
        points: Its points on the scale.
        mentions: How many sentences tell of it.
        incident: Its id.
        day: First day.
        type: PLOVER type.
        domain: Domain.
    """

    label: str
    partner: str
    told: Cited
    points: float
    mentions: int
    incident: str
    day: date | None = None
    type: str = ""
    domain: str = "other"


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """One partner's part of the issue.

    Attributes:
        code: The partner's code.
        name: The partner's name without its article.
        compared: This period against the last.
        colour: Colour of tension.
        tension: Share of conflict in all points, None without points.
        values: Index of the last periods, this one last.
        paragraphs: Three: how it stands, what happened, what is planned.
    """

    code: str
    name: str
    compared: Comparison
    colour: Colour
    tension: float | None
    values: tuple[float, ...]
    paragraphs: tuple[tuple[Cited, ...], ...]


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """A barometer issue.

    Attributes:
        title: Name of the country.
        state: Its code.
        since: First day.
        until: Last day.
        lead: What stands first.
        partners: In the order asked for.
        changed: What changed since the last issue.
        outlook: Forecasts of authors.
        catalogue: Every incident of the period, newest first.
        citations: By number.
        scale: Label of the scale.
        rule: How colours are given.
        colophon: What the issue was made from.
    """

    title: str
    state: str
    since: date
    until: date
    lead: tuple[Cited, ...]
    partners: tuple[Partner, ...]
    changed: tuple[Cited, ...] = ()
    outlook: tuple[Item, ...] = ()
    catalogue: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()
    scale: str = ""
    rule: str = RULE
    colophon: tuple[tuple[str, str], ...] = ()


def write_issue(
    view: View,
    state: str,
    partners: Sequence[str],
    *,
    since: date,
    until: date,
    as_of: datetime | None = None,
    scale: str = "barometer-1",
) -> Issue:
    """Write an issue from a casebook.

    Args:
        view: The casebook.
        state: Code of the country.
        partners: Codes of its partners, in the order in which they are told.
        since: First day.
        until: Last day; the issue before is as long, by whole months where this one is.
        as_of: Recorded time up to which the casebook is believed.
        scale: Name or file of the index scale.

    Raises:
        InputError: No partner, a partner twice, or a period that ends before it begins.
    """
    library = ViewLibrary(view)
    events = {code: library.events((state, code), as_of=as_of) for code in partners}
    told = view.forecasts(as_of=as_of)
    forecasts = {code: concerned(told, (state, code)) for code in partners}
    return compose_issue(
        events,
        library,
        state,
        since=since,
        until=until,
        scale=scales.load(scale),
        forecasts=forecasts,
        cases=ledger.read(view, as_of=as_of).cases,
        colophon=about(
            view,
            as_of,
            f"issue {state}",
            **{"with": ",".join(partners), "from": since, "to": until},
            scale=scale,
        ),
    )


def compose_issue(  # noqa: PLR0913
    events: dict[str, list[Event]],
    library: Library,
    state: str,
    *,
    since: date,
    until: date,
    scale: IndexScale | None = None,
    forecasts: dict[str, list[Forecast]] | None = None,
    cases: Mapping[str, Case] | None = None,
    colophon: Sequence[tuple[str, str]] = (),
) -> Issue:
    """Write an issue from events by partner; the other arguments are those of ``write_issue``."""
    _check(list(events), state, since, until)
    table = scales.load() if scale is None else scale
    spans = periods.issues(since, until, count=PERIODS)
    citer = Citer(library)
    desks = {
        code: Desk(
            material(found, library, (state, code), since=since, until=until),
            library,
            table,
            citer,
            before=spans[-2],
        )
        for code, found in events.items()
    }
    lead = _lead(state, desks, citer)
    parts = tuple(_partner(code, desk, spans) for code, desk in desks.items())
    changed = changes(desks, events, state, since, until)
    outlook = _outlook(forecasts or {}, citer, library, (since, until), cases or {})
    lines = _catalogue(desks, since, until)
    return Issue(
        title=names.bare(state),
        state=state,
        since=since,
        until=until,
        lead=lead,
        partners=parts,
        changed=changed,
        outlook=outlook,
        catalogue=lines,
        citations=citer.citations(),
        scale=table.label,
        colophon=(("Scale", table.label), *_sorts(desks, since, until), *colophon),
    )


def _sorts(desks: dict[str, Desk], since: date, until: date) -> tuple[tuple[str, str], ...]:
    """Say in the colophon where imported incidents stand beside those that were read here."""
    found = {x.id: x for desk in desks.values() for x in _now(desk.found, (since, until))}
    read = sum(any(one.span != (0, 0) for one in x.mentions) for x in found.values())
    told = wording.mixed(read, len(found) - read)
    return (("Counted", told),) if told else ()


def _check(partners: Sequence[str], state: str, since: date, until: date) -> None:
    if not partners:
        raise InputError("an issue needs at least one partner")
    if state in partners:
        raise InputError(f"{state} is no partner of itself")
    if until < since:
        raise InputError(f"the period ends on {until}, before it begins on {since}")


def _partner(code: str, desk: Desk, spans: Sequence[tuple[date, date]]) -> Partner:
    compared = desk.compared or _nothing(desk, spans)
    now = _now(desk.found, spans[-1])
    share = tension(now, desk.scale)
    paragraphs = (state(desk, compared), told(desk, compared, now), planned(desk))
    return Partner(
        code=code,
        name=names.bare(code),
        compared=compared,
        colour=colour(share),
        tension=share,
        values=tuple(sum(points(x, desk.scale) for x in _now(desk.found, span)) for span in spans),
        paragraphs=paragraphs,
    )


def _nothing(desk: Desk, spans: Sequence[tuple[date, date]]) -> Comparison:
    return compare((), desk.scale, since=spans[-1][0], until=spans[-1][1], before=spans[-2])


def _now(found: Material, span: tuple[date, date]) -> list[Incident]:
    return [
        x
        for x in found.incidents
        if x.status == "actual" and x.start is not None and span[0] <= x.start <= span[1]
    ]


def _lead(state: str, desks: dict[str, Desk], citer: Citer) -> tuple[Cited, ...]:
    """Who improved, who worsened; or that nothing is known."""
    groups: dict[str, list[str]] = {}
    basis: dict[str, list[Incident]] = {}
    for desk in desks.values():
        if desk.compared is None or not _told_of(desk):
            continue
        by_id = {incident.id: incident for incident in desk.found.incidents}
        groups.setdefault(desk.compared.trend, []).append(desk.names[1])
        basis.setdefault(desk.compared.trend, []).extend(
            newest_first([by_id[name] for name in desk.compared.incidents])
        )
    if not groups:
        return (Cited(text=f"No document here tells of {names.party(state)} in this period."),)
    silent = [desk.names[1] for desk in desks.values() if not _told_of(desk)]
    words = {
        "improved": "Relations with {p} improved.",
        "worsened": "Relations with {p} worsened.",
        "unchanged": "Relations with {p} stayed much as they were.",
        "too few to say": "On relations with {p}, too little is known to speak of a change.",
    }
    some = next(iter(desks.values()))
    found = [
        citer.cite(text.format(p=_all(groups[trend])), some.best(basis[trend]))
        for trend, text in words.items()
        if trend in groups
    ]
    found += _tense(desks, citer)
    if silent:
        found.append(Cited(text=f"Of dealings with {_all(silent)} nothing is told."))
    return tuple(found)


def _tense(desks: dict[str, Desk], citer: Citer) -> list[Cited]:
    """Say with whom the tension is red or orange, where more than an act or two is told."""
    found = []
    for name in ("red", "orange"):
        tense = [desk for desk in desks.values() if _colour(desk) == name]
        if tense:
            basis = [one for desk in tense for one in _now(desk.found, _span(desk))]
            partners = _all([desk.names[1] for desk in tense])
            text = f"The tension is {name} with {partners}."
            found.append(citer.cite(text, tense[0].best(newest_first(basis))))
    return found


def _colour(desk: Desk) -> Colour | None:
    """Return the colour of a relation of which enough is told to speak of a change."""
    if desk.compared is None or desk.compared.trend == "too few to say":
        return None
    return colour(tension(_now(desk.found, _span(desk)), desk.scale))


def _span(desk: Desk) -> tuple[date, date]:
    return desk.found.since or date.min, desk.found.until or date.max


def _told_of(desk: Desk) -> bool:
    """Whether this period or the one before has an incident."""
    return desk.compared is not None and bool(desk.compared.incidents)


def _all(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _outlook(
    forecasts: dict[str, list[Forecast]],
    citer: Citer,
    library: Library,
    period: tuple[date, date],
    cases: Mapping[str, Case],
) -> tuple[Item, ...]:
    """Forecasts that were published by the end of the issue and were open then or fell due in it.

    Outcomes are told as they were known at the end of the issue, not with hindsight.
    """
    since, until = (day.isoformat() for day in period)
    known = {
        name: case
        for name, case in cases.items()
        if case.resolution is not None and case.resolution.as_of <= until
    }
    told: dict[str, Forecast] = {}
    for forecast in (one for found in forecasts.values() for one in found):
        due = forecast.horizon.to if forecast.horizon is not None else None
        open_still = (due is None or due >= until) and forecast.id not in known
        fell_due = due is not None and since <= due <= until and forecast.id in known
        if (open_still or fell_due) and published(forecast, library) <= period[1]:
            told.setdefault(forecast.id, forecast)
    return expected(list(told.values()), citer, library, cases=known).items


def _catalogue(desks: dict[str, Desk], since: date, until: date) -> tuple[Line, ...]:
    lines = [
        (incident, code, desk)
        for code, desk in desks.items()
        for incident in _now(desk.found, (since, until))
    ]
    lines.sort(key=lambda x: (x[0].start or date.min, x[0].id, x[1]), reverse=True)
    return tuple(
        Line(
            label=wording.label(incident.start, incident.end, incident.precision),
            partner=code,
            told=desk.tell(incident, dated=False),
            points=points(incident, desk.scale),
            mentions=len(incident.mentions),
            incident=incident.id,
            day=incident.start,
            type=incident.type,
            domain=incident.domain,
        )
        for incident, code, desk in lines
    )
