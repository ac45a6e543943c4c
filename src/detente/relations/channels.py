"""Channels: who of one side meets whom of the other, in what format and at what rank.

A pair of institutions is open with two contacts or more in the year before the day asked for, thin
with one, and blocked with none after earlier ones, or where the last word was a refusal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.relations.incidents import rank_order
from detente.relations.parties import within
from detente.relations.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.model import Claim
    from detente.relations.rows import Row

CONTACTS = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
MISSIONS = (".EMB", ".ATT")
"""Endings of the codes of embassies and attachés, which are accredited."""
YEAR = timedelta(days=365)
OPEN = 2
"""Contacts in a year that make a channel open."""
NOVEL_MONTHS = 6
"""A contact after a longer pause than this is news."""

State = Literal["open", "thin", "blocked"]
Accreditation = Literal["resident", "concurrent"]
Pair = tuple[str, str]


class ChannelPair(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of the matrix: an institution of one side with one of the other.

    Attributes:
        a: Institution of the first party; the party's own code where the text names none.
        b: Institution of the second party.
        contacts: Contacts on file.
        recent: Contacts in the year before the day asked for.
        first: Day of the first contact.
        last: Day of the last contact.
        state: ``open``, ``thin`` or ``blocked``.
        formats: Contacts by format, ``unknown`` where it is not told.
        rank_a: Highest rank of the first party on this channel.
        rank_b: Highest rank of the second.
        accreditation: ``resident`` or ``concurrent``, where a mission or an attaché has part in the
            channel and a text tells it; the newest that was told.
        refusals: Refusals and contacts that were denied.
        incidents: Ids of the contacts, by day.
    """

    a: str
    b: str
    contacts: int
    recent: int
    first: date
    last: date
    state: State
    formats: dict[str, int]
    rank_a: str | None
    rank_b: str | None
    refusals: int
    incidents: tuple[str, ...]
    accreditation: Accreditation | None = None


class Novelty(msgspec.Struct, frozen=True, kw_only=True):
    """A contact that was the first of its kind for some time.

    Attributes:
        a: Institution of the first party.
        b: Institution of the second party.
        day: Day of the contact.
        incident: Its id.
        months: Full months since the contact before, None where it is the first on file.
    """

    a: str
    b: str
    day: date
    incident: str
    months: int | None


def channels(
    rows: Iterable[Row],
    a: str,
    b: str,
    *,
    until: date,
    accredited: Mapping[str, Accreditation] | None = None,
) -> tuple[ChannelPair, ...]:
    """Return the matrix of institution pairs, busiest first.

    Args:
        rows: Mentions of one relation with every status.
        a: First party.
        b: Second party.
        until: Day by which a channel is judged.
        accredited: How missions and attachés of either party are accredited to the other, by code.
    """
    return _matrix(*_pairs(rows, a, b, until), until, accredited or {})


def accreditations(claims: Iterable[tuple[date, Claim]]) -> dict[str, Accreditation]:
    """Return how missions are accredited by the newest claims: ``{"USA.ATT": "concurrent"}``.

    Args:
        claims: Claims on one relation with the day on which each was published.
    """
    found: dict[str, Accreditation] = {}
    for _, claim in sorted(claims, key=lambda one: (one[0], one[1].id)):
        if claim.kind == "channel" and claim.accreditation is not None:
            for sender in {actor.country for actor in claim.subject}:
                found[f"{sender}.{claim.institution or 'EMB'}"] = claim.accreditation
    return found


def novelties(
    rows: Iterable[Row], a: str, b: str, *, until: date, months: int = NOVEL_MONTHS
) -> tuple[Novelty, ...]:
    """Return contacts that were the first of their kind for ``months`` and more, by day."""
    return _first_contacts(_pairs(rows, a, b, until)[0], months)


def both(
    rows: Iterable[Row],
    a: str,
    b: str,
    *,
    until: date,
    accredited: Mapping[str, Accreditation] | None = None,
) -> tuple[tuple[ChannelPair, ...], tuple[Novelty, ...]]:
    """Return what ``channels`` and ``novelties`` do, from one reading of the rows."""
    held, refused = _pairs(rows, a, b, until)
    return _matrix(held, refused, until, accredited or {}), _first_contacts(held, NOVEL_MONTHS)


def _matrix(
    held: Mapping[Pair, list[Row]],
    refused: Mapping[Pair, list[Row]],
    until: date,
    how: Mapping[str, Accreditation],
) -> tuple[ChannelPair, ...]:
    cells = [
        msgspec.structs.replace(
            _cell(pair, contacts, refused.get(pair, []), until),
            accreditation=next((how[code] for code in pair if code in how), None),
        )
        for pair, contacts in held.items()
    ]
    return tuple(sorted(cells, key=lambda c: (-c.contacts, c.a, c.b)))


def _first_contacts(held: Mapping[Pair, list[Row]], months: int) -> tuple[Novelty, ...]:
    found = []
    for (one, two), contacts in held.items():
        if "." not in one + two:
            continue  # who met whom is not told: no kind of contact
        before: date | None = None
        for row in contacts:
            when = row.first or date.min
            pause = None if before is None else _months(before, when)
            if pause is None or pause >= months:
                found.append(Novelty(a=one, b=two, day=when, incident=row.incident, months=pause))
            before = when
    return tuple(sorted(found, key=lambda n: (n.day, n.a, n.b)))


def _pairs(
    rows: Iterable[Row], a: str, b: str, until: date
) -> tuple[dict[Pair, list[Row]], dict[Pair, list[Row]]]:
    """Contacts and refusals by pair; a visit counts for every institution that any mention names.

    Ranks are those of a mention that names both institutions.
    """
    rows = rows if isinstance(rows, Rows) else Rows(rows)
    told = rows.groups
    held: dict[Pair, list[Row]] = defaultdict(list)
    refused: dict[Pair, list[Row]] = defaultdict(list)
    for row, _ in rows.folded:
        if row.first is None or row.first > until:
            continue
        contact = row.status == "actual" and row.type in CONTACTS
        denied = row.type == "REJECT" and row.status in {"actual", "habitual"}
        denied = denied or (row.status == "negated" and row.type in CONTACTS)
        if contact or denied:
            both = frozenset(
                code for one in told[row.incident] for code in (*one.source, *one.target)
            )
            for pair in product(_of(both, a), _of(both, b)):
                (held if contact else refused)[pair].append(_named(row, told[row.incident], pair))
    return held, refused


def _named(row: Row, mentions: Sequence[Row], pair: Pair) -> Row:
    """Return what stands for an incident with the parties and ranks of the mention that tells most."""
    own = None if len(mentions) == 1 else _best_ranked(mentions, pair)
    if own is None:
        return row
    return row._replace(source=own.source, target=own.target, ranks=own.ranks)


def _best_ranked(mentions: Sequence[Row], pair: Pair) -> Row | None:
    """Return the mention of a pair that tells most ranks, None where no mention names both."""
    both = [
        row for row in mentions
        if all(any(within(code, one) for code in (*row.source, *row.target)) for one in pair)
    ]  # fmt: skip
    return max(both, key=lambda row: (sum(map(bool, row.ranks)), row.id), default=None)


@lru_cache(maxsize=50_000)
def _of(codes: frozenset[str], party: str) -> list[str]:
    """Institutions of a party; the party itself only where none of its institutions stands."""
    mine = {code.partition("/")[0] for code in codes if within(code, party)}
    return sorted(mine - {party}) or sorted(mine)


def _cell(pair: Pair, contacts: Sequence[Row], refused: Sequence[Row], until: date) -> ChannelPair:
    days = [row.first for row in contacts if row.first is not None]
    recent = sum(
        until - (row.last or row.first) < YEAR for row in contacts if row.first is not None
    )
    last_refusal = max((row.first for row in refused if row.first is not None), default=None)
    return ChannelPair(
        a=pair[0],
        b=pair[1],
        contacts=len(contacts),
        recent=recent,
        first=days[0],
        last=days[-1],
        state=_state(recent, days[-1], last_refusal),
        formats=dict(sorted(Counter(row.format or "unknown" for row in contacts).items())),
        rank_a=_rank(contacts, pair[0]),
        rank_b=_rank(contacts, pair[1]),
        refusals=len(refused),
        incidents=tuple(row.incident for row in contacts),
    )


def _state(recent: int, last: date, refusal: date | None) -> State:
    if recent == 0 or (refusal is not None and refusal > last):
        return "blocked"
    return "open" if recent >= OPEN else "thin"


def _rank(contacts: Sequence[Row], code: str) -> str | None:
    found = []
    for row in contacts:
        side = 0 if any(within(x, code) for x in row.source) else 1
        rank = row.ranks[side]
        if rank is not None:
            found.append(rank)
    return min(found, key=rank_order, default=None)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
