"""The three paragraphs of a partner in an issue: how it stands, what happened, what is planned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from detente.brief import wording
from detente.brief.model import Cited
from detente.brief.parts import newest_first, verdict_words
from detente.relations.channels import is_contact
from detente.relations.trend import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.desk import Desk
    from detente.registers.scales import IndexScale
    from detente.relations.incidents import Incident
    from detente.relations.proposals import Proposal
    from detente.relations.trend import Comparison

TOLD = 4
"""Incidents, and plans, that a paragraph tells."""


def state(desk: Desk, compared: Comparison) -> tuple[Cited, ...]:
    """Say how many incidents there were, what they are worth, and what that means."""
    if not compared.incidents:
        return _silence(desk, compared)
    by_id = {incident.id: incident for incident in desk.found.incidents}
    basis = newest_first([by_id[name] for name in compared.incidents])
    return tuple(desk.citer.cite(text, desk.best(basis)) for text in _counts(compared, desk.scale))


def _silence(desk: Desk, compared: Comparison) -> tuple[Cited, ...]:
    """Say that nothing is told, and which contact was told last before the issue."""
    one, two = desk.names
    found = [Cited(text=f"No document here tells of incidents between {one} and {two}.")]
    earlier = [
        x for x in desk.found.incidents
        if x.status == "actual" and is_contact(x.type, x.cameo)
        and x.start is not None and x.start < compared.since
    ]  # fmt: skip
    if earlier:
        found.append(Cited(text="The last contact on file before it:"))
        found.append(desk.tell(newest_first(earlier)[0]))
    return tuple(found)


def _counts(compared: Comparison, scale: IndexScale) -> list[str]:
    """Return the sentences on count, points and verdict."""
    now, before = compared.count, compared.before_count
    happened = f"{wording.counted(now, 'incident')} took place" if now else "no incident is told of"
    count = (
        f"{happened} "
        f"{wording.within(compared.since, compared.until)}, "
        f"against {wording.number(before, zero='none')} "
        f"{wording.within(compared.before_since, compared.before_until)}"
    )
    if not now:
        return [wording.sentence(f"{count}; silence is no change")]
    be = "it is" if now == 1 else "they are"
    sums = (
        f"{be} worth {wording.signed(compared.index)} points on the scale {scale.name}, "
        f"against {wording.signed(compared.before_index)}"
    )
    return [wording.sentence(count), wording.sentence(f"{sums}; {verdict_words(compared)}")]


def told(desk: Desk, now: Sequence[Incident]) -> tuple[Cited, ...]:
    """Tell the weightiest incidents, by day."""
    weighty = sorted(now, key=lambda x: (-abs(points(x, desk.scale)), -len(x.mentions), x.id))
    chosen = sorted(weighty[:TOLD], key=lambda x: (x.start or date.min, x.id))
    return tuple(desk.tell(incident) for incident in chosen)


def planned(desk: Desk) -> tuple[Cited, ...]:
    """Plans and offers first told of in the period, but for those that came about in it."""
    since, until = desk.found.since, desk.found.until
    if since is None or until is None:
        return ()
    told = [
        p
        for p in desk.found.proposals
        if p.incident.status != "possible"
        and p.told is not None
        and since <= p.told <= until
        and not _came_about(p, until)
    ]
    return tuple(desk.tell(p.incident) for p in told[-TOLD:])


def _came_about(proposal: Proposal, until: date) -> bool:
    follow = proposal.follow_up
    return (
        proposal.outcome == "done"
        and follow is not None
        and follow.start is not None
        and follow.start <= until
    )
