"""Channels: who of one side meets whom of the other, in what format and at what rank.

A pair of institutions is open with two contacts or more in the year before the day asked for, thin
with one, silent with none after earlier ones, and blocked where the last word was a refusal to meet.
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
from detente.relations.rows import Rows, involved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.model import Claim
    from detente.relations.rows import Row

_CONTACTS = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
_WORDS = frozenset({"031", "033", "034", "035", "038", "039", "051", "052", "053"})
"""CAMEO codes of promises and praise: what one side says of the other, which is no contact."""
_GRANTED = "054"
"""Accrediting, appointing, recognising: a contact only of the institution that it is granted to."""
MISSIONS = (".EMB", ".ATT")
"""Endings of the codes of embassies and attachés, which are accredited."""
YEAR = timedelta(days=365)
OPEN = 2
"""Contacts in a year that make a channel open."""
NOVEL_MONTHS = 6
"""A contact after a longer pause than this is news."""

State = Literal["open", "thin", "silent", "blocked"]
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
        state: ``open``, ``thin``, ``silent`` or ``blocked``.
        formats: Contacts by format, ``unknown`` where it is not told.
        rank_a: Highest rank of the first party on this channel.
        rank_b: Highest rank of the second.
        accreditation: ``resident`` or ``concurrent``, where a mission or an attaché has part in the
            channel and a text tells it; the newest that was told.
        refusals: Refusals to meet, and contacts that are told not to have taken place.
        incidents: Ids of the contacts, by day.
        imported: Of the contacts, those of imported data.
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
    imported: int = 0


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


def is_contact(type: str, cameo: str | None) -> bool:
    """Whether an act of a PLOVER type and a CAMEO code brings two parties together."""
    return type in _CONTACTS and (cameo or "")[:3] not in _WORDS


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
    """Contacts after a pause; the first on file are news where the file reaches as far back as one."""
    began = min(
        (row.first for rows in held.values() for row in rows if row.first), default=date.max
    )
    found = []
    for (one, two), contacts in held.items():
        if "." not in one + two:
            continue  # who met whom is not told: no kind of contact
        before: date | None = None
        for row in contacts:
            when = row.first or date.min
            pause = None if before is None else _months(before, when)
            if (_months(began, when) if pause is None else pause) >= months:
                found.append(Novelty(a=one, b=two, day=when, incident=row.incident, months=pause))
            before = when
    return tuple(sorted(found, key=lambda n: (n.day, n.a, n.b)))


def _pairs(
    rows: Iterable[Row], a: str, b: str, until: date
) -> tuple[dict[Pair, list[Row]], dict[Pair, list[Row]]]:
    """Contacts and refusals by pair; a visit counts for every institution that any mention names.

    Ranks are those of the mentions that tell of the institution.
    """
    rows = rows if isinstance(rows, Rows) else Rows(rows)
    told = rows.groups
    held: dict[Pair, list[Row]] = defaultdict(list)
    refused: dict[Pair, list[Row]] = defaultdict(list)
    for row, _ in rows.folded:
        if row.first is None or row.first > until:
            continue
        contact = row.status == "actual" and is_contact(row.type, row.cameo)
        denied = (
            row.type == "REJECT" and row.mode == "meet" and row.status in {"actual", "habitual"}
        )
        denied = denied or (row.status == "negated" and is_contact(row.type, row.cameo))
        if contact or denied:
            codes = involved(told[row.incident])
            for pair in product(_of(codes, a), _of(codes, b)):
                if (row.cameo or "")[:3] == _GRANTED and not _is_granted(row, pair):
                    continue
                one, two = (_highest(told[row.incident], code) for code in pair)
                (held if contact else refused)[pair].append(
                    row._replace(source=pair[:1], target=pair[1:], ranks=(one, two))
                )
    return held, refused


def _is_granted(row: Row, pair: Pair) -> bool:
    """Whether what was granted is granted to an institution of a pair: "accredited the attaché"."""
    return any("." in one and any(within(code, one) for code in row.target) for one in pair)


def _highest(mentions: Sequence[Row], code: str) -> str | None:
    """Return the highest rank that is told of an institution.

    A rank is told of a side; where several institutions of one state stand there it is that of the head
    of state, if he is one of them.
    """
    found = []
    for row in mentions:
        for side, rank in zip((row.source, row.target), row.ranks, strict=True):
            mine = {one.partition("/")[0] for one in side if _state_of(one) == _state_of(code)}
            if rank is not None and (mine == {code} or (code in mine and code.endswith(".HOS"))):
                found.append(rank)
    return min(found, key=rank_order, default=None)


def _state_of(code: str) -> str:
    return code.partition(".")[0]


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
        rank_a=_rank(contacts, 0),
        rank_b=_rank(contacts, 1),
        refusals=len(refused),
        incidents=tuple(row.incident for row in contacts),
        imported=sum(row.origin != "coded" for row in contacts),
    )


def _state(recent: int, last: date, refusal: date | None) -> State:
    if refusal is not None and refusal > last:
        return "blocked"
    if recent == 0:
        return "silent"
    return "open" if recent >= OPEN else "thin"


def _rank(contacts: Sequence[Row], side: int) -> str | None:
    return min((r for row in contacts if (r := row.ranks[side])), key=rank_order, default=None)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
