"""Writing a brief: select, tell, cite. The same records give the same bytes."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from detente.brief import names, wording
from detente.brief.contacts import channels, in_charge
from detente.brief.desk import Desk
from detente.brief.model import Brief
from detente.brief.outcomes import expected
from detente.brief.questions import questions
from detente.brief.select import Library, Material, ViewLibrary, material
from detente.brief.voices import concerned, published, relevant, said
from detente.casebook.times import stamp
from detente.outlook import desk as ledger
from detente.registers import scales

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from detente.casebook.view import View
    from detente.model import Claim, Event, Forecast
    from detente.outlook.ledger import Case
    from detente.registers.scales import IndexScale

_Told = TypeVar("_Told", "Claim", "Forecast")


def write(
    view: View,
    party_a: str,
    party_b: str,
    *,
    domain: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: datetime | None = None,
    scale: str = "barometer-1",
) -> Brief:
    """Write a brief on one relation from a casebook.

    Args:
        view: The casebook.
        party_a: Code of a country, organisation, bloc or institution, such as ``BLR``.
        party_b: The other one.
        domain: Only incidents of this domain.
        since: First day; the first dated incident where None.
        until: Last day; the last dated incident where None.
        as_of: Recorded time up to which the casebook is believed.
        scale: Name or file of the index scale.

    Raises:
        InputError: The period ends before it begins, or there is no such scale.
    """
    parties = (party_a, party_b)
    library = ViewLibrary(view)
    events = library.events(parties, as_of=as_of)
    return compose(
        events,
        library,
        parties,
        domain=domain,
        since=since,
        until=until,
        scale=scales.load(scale),
        claims=relevant(view.claims(as_of=as_of), parties, told={event.doc for event in events}),
        forecasts=concerned(view.forecasts(as_of=as_of), parties),
        cases=ledger.read(view, as_of=as_of).cases,
        colophon=about(
            view,
            as_of,
            f"brief {party_a} {party_b}",
            domain=domain,
            **{"from": since, "to": until},
            scale=scale,
        ),
    )


def compose(  # noqa: PLR0913
    events: Sequence[Event],
    library: Library,
    parties: tuple[str, str],
    *,
    domain: str | None = None,
    since: date | None = None,
    until: date | None = None,
    scale: IndexScale | None = None,
    claims: Sequence[Claim] = (),
    forecasts: Sequence[Forecast] = (),
    cases: Mapping[str, Case] | None = None,
    colophon: Sequence[tuple[str, str]] = (),
) -> Brief:
    """Write a brief from events whose incidents are folded, and from claims and forecasts.

    Arguments are those of ``write``; ``library`` looks documents up, ``cases`` are the forecast
    ledger by id.
    """

    def told(records: Sequence[_Told]) -> list[_Told]:
        """Those of the domain that were published in the period."""
        return [
            record
            for record in records
            if domain in {None, record.domain}
            and (since or date.min) <= published(record, library) <= (until or date.max)
        ]

    table = scales.load() if scale is None else scale
    found = material(events, library, parties, domain=domain, since=since, until=until)
    desk = Desk(found, library, table)
    compared = desk.compared
    headline = desk.headline()
    sections = (
        desk.state(),
        desk.happened(),
        desk.habits(),
        desk.planned(),
        desk.background(),
        said(told(claims), desk.citer, library),
        in_charge(told(claims), desk),
        channels(told(claims), desk),
        expected(told(forecasts), desk.citer, library, cases=cases, events=events),
        questions(found, desk.citer, library, quotes=desk.quotes),
    )
    return Brief(
        title=f"{names.bare(parties[0])} and {names.bare(parties[1])}",
        headline=headline,
        parties=parties,
        domain=domain,
        since=found.since,
        until=found.until,
        comparison=compared,
        sections=tuple(s for s in sections if s.sentences or s.items),
        citations=desk.citer.citations(),
        timeline=desk.timeline(),
        scale=table.label,
        colophon=(*period_told(found), ("Scale", table.label), *colophon),
    )


def period_told(found: Material) -> tuple[tuple[str, str], ...]:
    """Return the period for the colophon, with how it was chosen."""
    if found.since is None or found.until is None:
        return (("Period", "none asked for, and no incident has a date"),)
    text = wording.between(found.since, found.until)
    basis = " (no period was asked for: from the first to the last incident told within a year of its day)"
    return (("Period", text + (basis if found.whole else "")),)


def about(
    view: View, as_of: datetime | None, command: str, **options: object
) -> tuple[tuple[str, str], ...]:
    """Say what a note was made from, and the command that makes it again to the byte.

    Args:
        view: The casebook.
        as_of: Recorded time up to which it was believed; its last change where None.
        command: The command with its arguments, such as ``brief BLR USA``.
        **options: Its options by name; those that are None are left out.
    """
    import detente

    counts = view.counts(as_of=as_of)
    moment = stamp(as_of) if as_of is not None else view.recorded() or "nothing recorded"
    given = options | {"as-of": moment, "casebook": shlex.quote(view.path.name)}
    told = [f"--{name} {value}" for name, value in given.items() if value is not None]
    return (
        ("Casebook", view.path.name),
        ("Documents read", f"{counts.documents:,}"),
        ("Coder", f"detente {detente.__version__}"),
        ("As of", moment),
        ("Made by", " ".join(["detente", command, *told])),
    )
