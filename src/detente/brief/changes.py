"""What changed since the last issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief import names, wording
from detente.brief.parts import newest_first
from detente.brief.tension import colour, tension
from detente.relations.channels import novelties
from detente.relations.rows import from_events
from detente.relations.trend import points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from detente.brief.desk import Desk
    from detente.brief.model import Cited
    from detente.model import Event
    from detente.relations.channels import Novelty

MOST_NOVEL = 3
"""First contacts that are told of one partner: those with most points."""


def changes(
    desks: dict[str, Desk], events: dict[str, list[Event]], state: str, since: date, until: date
) -> tuple[Cited, ...]:
    """Indexes that moved beyond chance, first contacts of their kind, proposals that were decided."""
    found: list[Cited] = []
    for code, desk in desks.items():
        by_id = {incident.id: incident for incident in desk.found.incidents}
        compared = desk.compared
        if compared is not None and compared.trend in {"improved", "worsened"}:
            text = (
                f"The index with {desk.names[1]} moved from {wording.signed(compared.before_index)} "
                f"to {wording.worth(compared.index)}."
            )
            basis = newest_first([by_id[name] for name in compared.incidents])
            found.append(desk.citer.cite(text, desk.best(basis)))
        found += _coloured(desk)
        found += _novel(desk, code, events[code], state, (since, until))
        found += _decided(desk, (since, until))
    return tuple(found)


def _coloured(desk: Desk) -> list[Cited]:
    """A colour of tension that is not that of the last issue; grey is no colour."""
    compared = desk.compared
    if compared is None:
        return []
    by_id = {incident.id: incident for incident in desk.found.incidents}
    told = [by_id[name] for name in compared.incidents]
    parts = (told[compared.count :], told[: compared.count])
    before, now = (colour(tension(part, desk.scale)) for part in parts)
    if before == now or "grey" in (before, now):
        return []
    text = f"The tension with {desk.names[1]} went from {before} to {now}."
    return [desk.citer.cite(text, desk.best(newest_first(told)))]


def _novel(
    desk: Desk, code: str, events: Sequence[Event], state: str, span: tuple[date, date]
) -> list[Cited]:
    """First contacts of their kind; the institutions that one visit met for the first time together."""
    by_id = {incident.id: incident for incident in desk.found.incidents}
    pairs: dict[tuple[str, int | None], list[Novelty]] = {}
    for one in novelties(from_events(events), state, code, until=span[1]):
        if one.day >= span[0] and one.incident in by_id and "." in one.a + one.b:
            pairs.setdefault((one.incident, one.months), []).append(one)
    weightiest = sorted(
        pairs.items(),
        key=lambda item: (-abs(points(by_id[item[0][0]], desk.scale)), item[1][0].day, item[0][0]),
    )[:MOST_NOVEL]
    found = []
    for (name, months), ones in sorted(weightiest, key=lambda item: (item[1][0].day, item[0][0])):
        incident = by_id[name]
        sides = [
            names.joined(dict.fromkeys(names.party(pair) for pair in side))
            for side in ([x.a for x in ones], [x.b for x in ones])
        ]
        when = wording.when(incident.start, incident.end, incident.precision)
        since = "on file" if months is None else f"on file in {wording.pause(months)}"
        text = f"The contact between {sides[0]} and {sides[1]} {when} was the first {since}."
        if len(ones) > 1 and len({x.a for x in ones}) > 1:
            text = f"The contacts of {sides[0]} with {sides[1]} {when} were the first {since}."
        found.append(desk.citer.cite(text, desk.best([incident])))
    return found


def _decided(desk: Desk, span: tuple[date, date]) -> list[Cited]:
    found = []
    for proposal in desk.found.proposals:
        follow = proposal.follow_up
        if follow is None or follow.start is None or not span[0] <= follow.start <= span[1]:
            continue
        if proposal.told is not None and proposal.told < span[0]:
            what = desk.noun(proposal.incident)
            verb = {"done": "came about", "refused": "was refused"}.get(
                proposal.outcome, "was agreed"
            )
            text = wording.sentence(
                f"{what}, first told of on {wording.plain(proposal.told)}, {verb}"
            )
            found.append(desk.citer.cite(text, desk.best([follow, proposal.incident])))
    return found
