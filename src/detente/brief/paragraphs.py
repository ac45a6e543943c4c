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
        one, two = desk.names
        return (Cited(text=f"No document here tells of incidents between {one} and {two}."),)
    by_id = {incident.id: incident for incident in desk.found.incidents}
    basis = newest_first([by_id[name] for name in compared.incidents])
    return tuple(desk.citer.cite(text, desk.best(basis)) for text in _counts(compared, desk.scale))


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
        f"{be} worth {wording.worth(compared.index)} on the scale {scale.name}, "
        f"against {wording.signed(compared.before_index)}"
    )
    return [wording.sentence(count), wording.sentence(f"{sums}; {verdict_words(compared)}")]


def told(desk: Desk, compared: Comparison, now: Sequence[Incident]) -> tuple[Cited, ...]:
    """Tell the weightiest incidents, by day; for want of any, the last contact before."""
    if not now:
        return _last_contact(desk, compared)
    weighty = sorted(now, key=lambda x: (-abs(points(x, desk.scale)), -len(x.mentions), x.id))
    chosen = sorted(weighty[:TOLD], key=lambda x: (x.start or date.min, x.id))
    return tuple(desk.tell(incident) for incident in chosen)


def _last_contact(desk: Desk, compared: Comparison) -> tuple[Cited, ...]:
    one, two = desk.names
    earlier = [
        x for x in desk.found.incidents
        if x.status == "actual" and is_contact(x.type, x.cameo)
        and x.start is not None and x.start < compared.since
    ]  # fmt: skip
    if not earlier:
        return (Cited(text=f"No earlier contact between {one} and {two} is on file."),)
    return (Cited(text="The last contact on file:"), desk.tell(newest_first(earlier)[0]))


def planned(desk: Desk) -> tuple[Cited, ...]:
    """Plans and offers first told of in the period, but for those that came about in it."""
    since, until = desk.found.since, desk.found.until
    told = [
        p
        for p in desk.found.proposals
        if p.incident.status != "possible"
        and p.told is not None
        and since is not None
        and until is not None
        and since <= p.told <= until
        and not _came_about(p, until)
    ]
    if not told:
        return (Cited(text="No plan or offer that is still open was told of in these days."),)
    return tuple(desk.tell(p.incident) for p in told[-TOLD:])


def _came_about(proposal: Proposal, until: date) -> bool:
    follow = proposal.follow_up
    return (
        proposal.outcome == "done"
        and follow is not None
        and follow.start is not None
        and follow.start <= until
    )
