"""Rows: the few fields of a mention that series need, from records or from an Arrow table.

Imported event data come as tables of millions of rows; a relation's rows are picked from the
columns without decoding a record.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.relations.incidents import commonest, day, highest, rank_order
from detente.relations.parties import SYMMETRIC, acts_for, codes, meet, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from detente.model import Event

COLUMNS = (
    "id", "incident", "doc", "sentence", "day_from", "day_to", "type", "mode", "cameo", "status",
    "domain", "source_codes", "target_codes", "source_ranks", "target_ranks", "format",
    "publisher", "origin",
)  # fmt: skip
"""Columns of an events table that ``from_table`` reads."""


class Row(NamedTuple):
    """One mention of an incident.

    Attributes:
        id: Event id.
        incident: Incident id; the event's own where it is not folded.
        doc: Document id, empty for imported data without one.
        sentence: Sentence number.
        first: First day that its date may mean, None where it has none.
        last: Last day.
        type: PLOVER type.
        mode: PLOVER mode.
        cameo: CAMEO code.
        status: Status.
        domain: Domain.
        source: Codes of who acts.
        target: Codes of who is acted upon.
        ranks: Highest rank of each side.
        format: ``bilateral``, ``multilateral``, ``third-party`` or None.
        publisher: Publisher of the document.
        origin: ``coded`` or the format of imported data.
    """

    id: str
    incident: str
    doc: str
    sentence: int
    first: date | None
    last: date | None
    type: str
    mode: str | None
    cameo: str | None
    status: str
    domain: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    ranks: tuple[str | None, str | None]
    format: str | None
    publisher: str | None
    origin: str


class Rows(list[Row]):
    """Rows that are grouped and folded once, however often they are asked for; do not change them."""

    @cached_property
    def groups(self) -> dict[str, list[Row]]:
        """Rows by incident."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self:
            found[row.incident].append(row)
        return found

    @cached_property
    def folded(self) -> list[tuple[Row, int]]:
        """One row for each incident, as ``fold`` gives them."""
        found = [(_stand(group), len(group)) for group in self.groups.values()]
        return sorted(found, key=lambda item: (item[0].first or date.min, item[0].incident))


def from_table(table: pa.Table) -> list[Row]:
    """Return the rows of an events table (columns ``COLUMNS``), in its order."""
    size = table.num_rows
    got: dict[str, Sequence[Any]] = {
        name: _values(table.column(name)) if name in table.column_names else [None] * size
        for name in COLUMNS
    }
    ids = ["" if name is None else name for name in got["id"]]
    days = [
        first if last is None else last
        for first, last in zip(got["day_from"], got["day_to"], strict=True)
    ]
    ranks = zip(map(_top, got["source_ranks"]), map(_top, got["target_ranks"]), strict=True)
    columns = (
        ids,
        [incident or name for incident, name in zip(got["incident"], ids, strict=True)],
        _filled(got["doc"], ""),
        _filled(got["sentence"], 0),
        got["day_from"],
        days,
        got["type"],
        got["mode"],
        got["cameo"],
        _filled(got["status"], "actual"),
        _filled(got["domain"], "other"),
        _filled(got["source_codes"], ()),
        _filled(got["target_codes"], ()),
        list(ranks),
        got["format"],
        got["publisher"],
        _filled(got["origin"], "coded"),
    )
    return list(map(Row._make, zip(*columns, strict=True)))


def _values(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column; equal texts, days and lists are one object, made once."""
    import pyarrow as pa

    whole = column.combine_chunks()
    if pa.types.is_list(whole.type):
        inner, ends = (
            _values(pa.chunked_array([whole.flatten()])),
            whole.value_lengths().to_pylist(),
        )
        known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        found, at = [], 0
        for length in ends:
            part = tuple(inner[at : at + (length or 0)])
            at += length or 0
            found.append(known.setdefault(part, part))
        return found
    if not (pa.types.is_string(whole.type) or pa.types.is_date(whole.type)):
        return list(whole.to_pylist())
    coded = whole.dictionary_encode()
    words = [*coded.dictionary.to_pylist(), None]
    return [words[number] for number in coded.indices.fill_null(len(words) - 1).to_numpy().tolist()]


def _filled(values: Sequence[Any], default: object) -> list[Any]:
    return [value or default for value in values]


def _top(ranks: Iterable[str | None] | None) -> str | None:
    """Return the highest of some ranks, None where none is known."""
    return min((rank for rank in ranks or () if rank), key=rank_order, default=None)


def from_events(events: Iterable[Event], *, publishers: dict[str, str] | None = None) -> list[Row]:
    """Return the rows of records; ``publishers`` gives each document's publisher."""
    return [
        Row(
            id=event.id,
            incident=event.incident or event.id,
            doc=event.doc,
            sentence=event.sentence,
            first=day(event.date),
            last=day(event.date_end) or day(event.date),
            type=event.type,
            mode=event.mode,
            cameo=event.cameo,
            status=event.status,
            domain=event.domain,
            source=codes(event.source),
            target=codes(event.target),
            ranks=(highest(event.source), highest(event.target)),
            format=event.channel.format,
            publisher=(publishers or {}).get(event.doc),
            origin="coded",
        )
        for event in events
    ]


def between(rows: Iterable[Row], a: str, b: str) -> list[Row]:
    """Return rows between two parties, in either direction."""
    known: dict[tuple[tuple[str, ...], tuple[str, ...], bool], bool] = {}
    found = []
    for row in rows:
        key = (row.source, row.target, row.type in SYMMETRIC)
        if key not in known:
            known[key] = meet(*key[:2], a, b, mutual=key[2])
        if known[key]:
            found.append(row)
    return found


def directed(rows: Iterable[Row], source: str, target: str) -> list[Row]:
    """Return rows in which one party acts upon another."""
    return [
        row
        for row in rows
        if any(acts_for(code, source) for code in row.source) and _any(row.target, target)
    ]


def keep(
    rows: Iterable[Row], *, statuses: Sequence[str] = ("actual",), publisher: str | None = None
) -> list[Row]:
    """Return mentions of statuses and of a publisher."""
    return [row for row in rows if row.status in statuses and publisher in {None, row.publisher}]


def narrow(
    rows: Iterable[Row],
    *,
    domain: str | None = None,
    institution: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Rows:
    """Return the mentions of incidents that are asked for; what all mentions tell decides.

    An incident stands on its first day, in the domain that most mentions give.

    Args:
        rows: Mentions of a relation.
        domain: Only this domain.
        institution: Only incidents in which this institution has part, such as ``BLR.MFA``.
        since: First day; incidents without a day are left out where one is given.
        until: Last day.
    """
    held = rows if isinstance(rows, Rows) else Rows(rows)
    if all(one is None for one in (domain, institution, since, until)):
        return held
    kept = {
        row.incident
        for row, _ in held.folded
        if domain in {None, row.domain}
        and ((since is None and until is None) or _is_inside(row.first, since, until))
        and (institution is None or _any(involved(held.groups[row.incident]), institution))
    }
    return Rows(row for row in held if row.incident in kept)


def _is_inside(day: date | None, since: date | None, until: date | None) -> bool:
    return day is not None and (since or day) <= day <= (until or day)


def fold(rows: Iterable[Row]) -> list[tuple[Row, int]]:
    """Return one row for each incident with its number of mentions, by day and id.

    The row that stands has the narrowest date; domain and mode are what most mentions give, the
    parties are those of the mention that names most institutions.
    """
    return (rows if isinstance(rows, Rows) else Rows(rows)).folded


def involved(mentions: Sequence[Row]) -> frozenset[str]:
    """Return the codes of all who have part in an incident, by whatever mention names them.

    What a headline alone calls somebody ("envoy") stands only where the reports name no institution
    of the same state.
    """
    body = {c for row in mentions if not _is_headline(row) for c in (*row.source, *row.target)}
    known = {_state(code) for code in body if "." in code}
    heads = {c for row in mentions if _is_headline(row) for c in (*row.source, *row.target)}
    return frozenset(body | {code for code in heads if _state(code) not in known})


def _is_headline(row: Row) -> bool:
    return row.sentence == 0 and row.origin == "coded"


def _stand(group: list[Row]) -> Row:
    if len(group) == 1:
        return group[0]
    best = min(group, key=_detail)
    domain = commonest(row.domain for row in group if row.domain != "other")
    mode = commonest(row.mode for row in group if row.mode and row.type == best.type)
    named = max(group, key=lambda r: (_named(r), r.id == best.id))
    own = {_state(code) for code in named.source}
    ranks = zip(
        *(r.ranks if own & {_state(c) for c in r.source} else r.ranks[::-1] for r in group),
        strict=True,
    )
    one, two = (_top(side) for side in ranks)
    return best._replace(
        source=named.source,
        target=named.target,
        domain=domain or best.domain,
        mode=mode or best.mode,
        ranks=(one, two),
    )


def _detail(row: Row) -> tuple[str, bool, int, date, str]:
    return row.type or "", row.first is None, _width(row), row.first or date.min, row.id


def _state(code: str) -> str:
    """Return the country or body of a code."""
    return code.partition(".")[0]


def _named(row: Row) -> int:
    """How many parties are named as an institution, or better a person, and not as a government."""
    codes = (*row.source, *row.target)
    return sum("." in code and not code.endswith(".GOV") for code in codes)


def _width(row: Row) -> int:
    return (row.last - row.first).days if row.first and row.last else 0


def _any(codes: Iterable[str], party: str) -> bool:
    return any(within(code, party) for code in codes)
