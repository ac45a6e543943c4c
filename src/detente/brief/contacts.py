"""Who is in charge, and through which channels the two sides deal: counted, and as authors say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief import names, wording
from detente.brief.model import Cited, Item, Section
from detente.brief.parts import newest_first
from detente.brief.voices import CONTACT, IN_CHARGE, newest, quoted_items
from detente.relations.channels import channels as channels_of
from detente.relations.competence import CONTACTS, competence, takeover
from detente.relations.rows import from_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.desk import Desk
    from detente.model import Claim
    from detente.relations.channels import ChannelPair
    from detente.relations.competence import Competence
    from detente.relations.incidents import Incident
    from detente.relations.rows import Row

MOST_PAIRS = 8
"""Channels that are told; the busiest."""
FEWEST = 2
"""Contacts with a known institution from which on it is said who had them."""


def in_charge(claims: Sequence[Claim], desk: Desk) -> Section:
    """Return which institutions spoke for each side, take-overs, and what authors say of it."""
    rows = _rows(desk, statuses=frozenset({"actual"}))
    sentences: list[Cited] = []
    for party in desk.found.parties:
        if "." not in party:
            sentences += _spoke(party, rows, desk)
    kept = newest([claim for claim in claims if claim.kind in IN_CHARGE], desk.library)
    items = quoted_items(kept, desk.citer, desk.library)
    return Section(
        key="charge", title="Who is in charge", sentences=tuple(sentences), items=tuple(items)
    )


def _rows(desk: Desk, *, statuses: frozenset[str]) -> list[Row]:
    """Rows of the mentions of the brief's incidents."""
    events = [
        event
        for incident in desk.found.inside
        if incident.status in statuses
        for event in incident.mentions
    ]
    return from_events(events)


def _spoke(party: str, rows: Sequence[Row], desk: Desk) -> list[Cited]:
    days = [row.first for row in rows if row.first is not None]
    if not days:
        return []
    (held,) = competence(rows, party, [(min(days), max(days))])
    if held.contacts < FEWEST:
        return []
    text = _shares(held)
    contacts = [x for x in desk.found.inside if x.status == "actual" and x.type in CONTACTS]
    cited = desk.best(newest_first(contacts))
    found = [desk.citer.cite(wording.sentence(text), cited)]
    change = takeover(rows, party)
    if change is not None:
        text = (
            f"{names.party(change.after)} took over from {names.party(change.before)} between "
            f"{wording.plain(change.last)} and {wording.plain(change.first)}: its share rose from "
            f"{wording.percent(change.share_before)} to {wording.percent(change.share_after)} "
            f"(p = {change.p:.3f}, {change.contacts} contacts)"
        )
        found.append(desk.citer.cite(wording.sentence(text), cited))
    return found


def _shares(held: Competence) -> str:
    """``Of five contacts with a named institution, A had four and B one``, or who had all."""
    first, *others = held.holdings
    if not others:
        every = "both" if held.contacts == 2 else f"all {wording.number(held.contacts)}"
        return f"{names.party(first.institution)} had {every} contacts with a named institution"
    shares = [f"{names.party(first.institution)} had {wording.number(first.contacts)}"]
    shares += [f"{names.party(one.institution)} {wording.number(one.contacts)}" for one in others]
    joined = f"{', '.join(shares[:-1])} and {shares[-1]}"
    return f"of {wording.counted(held.contacts, 'contact')} with a named institution, {joined}"


def channels(claims: Sequence[Claim], desk: Desk) -> Section:
    """Return the pairs of institutions that deal with each other, and what authors say of them."""
    rows = _rows(desk, statuses=frozenset({"actual", "negated", "habitual"}))
    until = desk.found.until
    items: list[Item] = []
    if until is not None:
        by_id = {incident.id: incident for incident in desk.found.incidents}
        pairs = [
            pair
            for pair in channels_of(rows, *desk.found.parties, until=until)
            if "." in pair.a and "." in pair.b
        ]
        items = [_pair(pair, desk, by_id) for pair in pairs[:MOST_PAIRS]]
    kept = newest([claim for claim in claims if claim.kind in CONTACT], desk.library)
    items += quoted_items(kept, desk.citer, desk.library, group=lambda _: "As authors say")
    return Section(key="channels", title="Channels", items=tuple(items))


def _pair(pair: ChannelPair, desk: Desk, by_id: dict[str, Incident]) -> Item:
    contacts = [by_id[name] for name in pair.incidents if name in by_id]
    when = (
        f"on {wording.plain(pair.last)}"
        if pair.contacts == 1
        else f"the last on {wording.plain(pair.last)}"
    )
    text = f"{wording.counted(pair.contacts, 'contact')}, {when}"
    if pair.refusals:
        text += f", and {wording.counted(pair.refusals, 'refusal')}"
    ranks = [rank for rank in (pair.rank_a, pair.rank_b) if rank]
    note = (
        "No contact in the year before the end of the period"
        if pair.state == "silent"
        else (f"{pair.state.capitalize()} at the end of the period")
    )
    if ranks:
        note += f"; highest ranks: {' and '.join(ranks)}"
    return Item(
        label=wording.leading(f"{names.institution(pair.a)} – {names.institution(pair.b)}"),
        sentences=(desk.citer.cite(wording.sentence(text), desk.best(newest_first(contacts))),),
        note=f"{note}.",
        group="As counted",
    )
