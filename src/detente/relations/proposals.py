"""The life of a proposal: what was planned, proposed or thought possible, and what became of it.

Rule, stated with each outcome: a later act of the same kind between the same parties, in the same
domain and by institutions that do not contradict it, fulfils it; if the text gave a day, within
``AROUND`` of that day, else within ``HORIZON`` of the first report. A refusal in that time refuses
it; a given day that passed by ``AROUND`` without either lets it lapse; otherwise it is open.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.relations.incidents import Incident

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Outcome = Literal["done", "agreed", "refused", "lapsed", "open"]
OPEN_STATUSES = frozenset({"planned", "proposed", "possible"})
HORIZON = timedelta(days=548)
"""18 months: how long a proposal without a day may wait for its deed."""
AROUND = timedelta(days=45)
"""How far from the planned day the deed may lie."""

_SOON = timedelta(days=30)
"""Within it any refusal between the two is taken for one of the proposal."""
_REFUSALS = frozenset({"meet", "assist"})

_WHOLE = frozenset({"HOS", "HOG", "GOV"})
"""Who speaks for the whole state: what a president is offered, a ministry may take up."""

_CONTACT = frozenset({"CONSULT"})
_DEAL = frozenset({"AGREE", "SUPPORT"})
_ORDER: dict[str, int] = {"possible": 0, "proposed": 1, "planned": 2, "actual": 3}


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with its outcome.

    Attributes:
        incident: What was planned, proposed or possible.
        told: Day of its first report, None where no document is dated.
        outcome: What became of it by ``as_of``.
        follow_up: The incident that decided the outcome, if one did.
        words: A report's own words for the proposal, empty where they say no more than its type does.
        follow_up_words: The same for what decided it.
    """

    incident: Incident
    told: date | None
    outcome: Outcome
    follow_up: Incident | None = None
    words: str = ""
    follow_up_words: str = ""


def proposals(
    incidents: Sequence[Incident], *, published: Mapping[str, date], as_of: date
) -> tuple[Proposal, ...]:
    """Return every proposal among the incidents of one relation, by first report.

    Args:
        incidents: All incidents of the relation, as ``gather`` gives them.
        published: Publication day of documents by id.
        as_of: Day up to which outcomes are judged.
    """
    found = [
        _follow(incident, incidents, published, as_of)
        for incident in incidents
        if incident.status in OPEN_STATUSES
    ]
    return tuple(sorted(found, key=lambda p: (p.told or date.min, p.incident.id)))


def first_told(incident: Incident, published: Mapping[str, date]) -> date | None:
    """Return the day on which the first document told of an incident."""
    days = [published[doc] for doc in incident.documents if doc in published]
    return min(days, default=None)


def _follow(
    proposal: Incident, incidents: Sequence[Incident], published: Mapping[str, date], as_of: date
) -> Proposal:
    told = first_told(proposal, published)
    begin = told or proposal.start
    if begin is None:
        return Proposal(incident=proposal, told=told, outcome="open")
    first, last = _window(proposal, begin)
    later = [
        incident
        for incident in incidents
        if incident.id != proposal.id
        and incident.start is not None
        and first <= incident.start <= min(last, as_of)
        and _akin(proposal, incident)
    ]
    for outcome, test in (("done", _does), ("refused", _refuses), ("agreed", _agrees)):
        for incident in later:
            if test(proposal, incident, begin):
                return Proposal(incident=proposal, told=told, outcome=outcome, follow_up=incident)  # type: ignore[arg-type]
    lapsed = _planned_day(proposal) is not None and last < as_of
    return Proposal(incident=proposal, told=told, outcome="lapsed" if lapsed else "open")


def _planned_day(proposal: Incident) -> date | None:
    """The day for which it was meant, where the text gave one of its own."""
    given = any(e.date_basis not in {None, "published", "context"} for e in proposal.mentions)
    exact = proposal.precision in {"day", "week", "month"}
    return proposal.start if given and exact and proposal.status == "planned" else None


def _window(proposal: Incident, begin: date) -> tuple[date, date]:
    planned = _planned_day(proposal)
    if planned is not None and planned >= begin - AROUND:
        return planned - AROUND, (proposal.end or planned) + AROUND
    return begin - timedelta(days=2), begin + HORIZON


def _akin(proposal: Incident, other: Incident) -> bool:
    """Same countries, departments and domains that do not contradict each other."""
    sides = (_countries(proposal), _countries(other))
    if not (sides[0] <= sides[1] or sides[1] <= sides[0]):
        return False
    if _people(proposal) & _people(other):
        return True
    if "other" not in (proposal.domain, other.domain) and proposal.domain != other.domain:
        return False
    wanted, acting = (_departments(one) for one in (proposal, other))
    return not wanted or not acting or bool(wanted & acting)


def _departments(incident: Incident) -> set[str]:
    """Return the institutions of an incident that speak for their own matters, not for the state."""
    every = (*incident.source, *incident.target)
    return {x.code for x in every if x.institution and x.institution not in _WHOLE}


def _countries(incident: Incident) -> set[str]:
    return {actor.country for actor in (*incident.source, *incident.target)}


def _people(incident: Incident) -> set[str]:
    actors = (*incident.source, *incident.target)
    return {actor.person.split()[-1].casefold() for actor in actors if actor.person}


def kind_of(incident: Incident) -> str:
    """Return what sort of act it is: ``contact``, ``deal`` or the type.

    A planned meeting is coded AGREE by PLOVER's rule; the rule that found it says what it is.
    """
    rules = {event.rule.partition("/")[0] for event in incident.mentions}
    if incident.type in _CONTACT or "consult" in rules or "agree/invite" in _rules(incident):
        return "contact"
    return "deal" if incident.type in _DEAL else incident.type


def _rules(incident: Incident) -> set[str]:
    return {event.rule for event in incident.mentions}


def _does(proposal: Incident, other: Incident, begin: date) -> bool:
    if other.status != "actual" or (other.start or begin) < begin - timedelta(days=2):
        return False
    return kind_of(other) == kind_of(proposal)


def _refuses(proposal: Incident, other: Incident, begin: date) -> bool:
    if (other.start or begin) <= begin:
        return False
    if other.status == "negated":
        return kind_of(other) == kind_of(proposal)
    near = (other.start or begin) - begin <= _SOON or other.mode in _REFUSALS
    return other.status == "actual" and other.type == "REJECT" and near


def _agrees(proposal: Incident, other: Incident, begin: date) -> bool:
    """A proposal that later stands as a plan."""
    moved = _ORDER.get(other.status, -1) > _ORDER[proposal.status] and other.status != "actual"
    return moved and kind_of(other) == kind_of(proposal) and (other.start or begin) >= begin
