"""The overview: the relations of one country, and which countries the casebook knows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from detente.api import codes
from detente.brief import names
from detente.brief.wording import MONTHS
from detente.casebook.browser import Browser
from detente.errors import DetenteError, InputError
from detente.relations import analysis, periods
from detente.relations.scope import Scope
from detente.relations.shifts import alert
from detente.web import kept
from detente.web.asked import Narrowing, told_as_of
from detente.web.content import relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detente.relations.series import Series
    from detente.web.desk import Desk

Pair = tuple[str, str, int, date | None]
"""Two parties, how many sentences tell of both, and the last day."""
PERIODS = 24
"""Months of the sparkline; the last twelve are compared with the twelve before."""
LARGE = 50_000
"""Mentions from which on the busiest relations are made ready when the server starts."""
WARMED = 100
"""Relations that are made ready."""
WARMED_COUNTRIES = 12
"""Countries and bodies whose overviews are made ready."""
PARTNERS = 40
"""Relations on the page; those with most incidents."""


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """One relation in the overview.

    Attributes:
        code: Code of the other party.
        name: Its name.
        incidents: Incidents of the last twelve months of the casebook.
        before: Incidents of the twelve months before.
        index: Points of the last twelve months.
        change: Against the twelve months before.
        values: Index by month, the oldest first.
        last: Day of the last incident; where the two years have none, the last day that is told of.
        alert: What the streaming test found, empty for nothing.
        mentions: Sentences of all time.
    """

    code: str
    name: str
    incidents: int
    before: int
    index: float
    change: float
    values: tuple[float, ...]
    last: date | None
    alert: str
    mentions: int


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A country or body that the casebook tells of."""

    code: str
    name: str
    mentions: int


class OverviewPage(msgspec.Struct, frozen=True, kw_only=True):
    """The relations of one country.

    Attributes:
        code: Its code.
        title: Its name.
        scale: Label of the scale.
        since: First day of the two years shown.
        until: Last day.
        documents: Documents in the casebook.
        last_read: Day and time of the last reading, in UTC.
        newest: Newest publication date.
        partners: Its relations, the busiest first.
        countries: Countries and bodies of the casebook, for the choice.
        as_of: Day or moment up to which the casebook is believed, None for now.
    """

    code: str
    title: str
    scale: str
    since: date
    until: date
    documents: int
    last_read: str
    newest: str | None
    partners: tuple[Partner, ...]
    countries: tuple[Country, ...]
    as_of: str | None


class EmptyPage(msgspec.Struct, frozen=True, kw_only=True):
    """A casebook that tells of no relation yet."""

    documents: int


def empty(desk: Desk) -> EmptyPage:
    """Return what there is to say of a casebook without relations."""
    with desk.view() as view:
        return EmptyPage(documents=view.reading().documents)


def load(desk: Desk, code: str, asked: Narrowing) -> OverviewPage:
    """Return the overview of one country.

    Raises:
        InputError: The casebook tells nothing of it.
    """
    key = ("country", code, asked)
    with desk.view(counting=True, as_of=asked.as_of) as view:
        return desk.remember(
            view, key, lambda found: _load(desk, found, code, asked), parties=(code,)
        )


def _load(desk: Desk, view: Browser, code: str, asked: Narrowing) -> OverviewPage:
    pairs = desk.remember(view, "pairs", Browser.pairs)
    counts = _countries(pairs)
    if code not in counts:
        codes.check(view, code)
        then = told_as_of(asked.as_of)
        raise InputError(
            f"{code}: there is no such party in this casebook" + (f" as of {then}" if then else "")
        )
    reading = desk.remember(view, "reading", Browser.reading)
    until = asked.until or _last(pairs, asked.today)
    spans = _months(until)
    return OverviewPage(
        code=code,
        title=names.bare(code),
        scale=asked.scale,
        since=spans[0][0],
        until=spans[-1][1],
        documents=reading.documents,
        last_read=reading.recorded,
        newest=reading.newest,
        partners=_partners(view, code, pairs, spans, asked),
        countries=tuple(
            Country(code=one, name=names.bare(one), mentions=count)
            for one, count in counts.most_common(PARTNERS)
        ),
        as_of=told_as_of(asked.as_of),
    )


def busiest(desk: Desk) -> str | None:
    """Return the party that the casebook tells most of, None for an empty one."""
    with desk.view() as view:
        pairs = desk.remember(view, "pairs", Browser.pairs)
    found = _countries(pairs).most_common(1)
    return found[0][0] if found else None


def prepare(desk: Desk, advance: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Make ready what the first pages need: in a large casebook its busiest relations and countries.

    Args:
        desk: Where to read, and what remembers.
        advance: Told how many are ready, and how many will be.
    """
    try:
        with desk.view(limited=False) as view:
            pairs = desk.remember(view, "pairs", Browser.pairs)
        if sum(mentions for _, _, mentions, _ in pairs) < LARGE:
            desk.beside(lambda: _first(desk, pairs))
            return
        busy = sorted(pairs, key=lambda pair: -pair[2])[:WARMED]
        _count(desk, busy, advance)
        for code, _ in _countries(pairs).most_common(WARMED_COUNTRIES):
            load(desk, code, Narrowing())
    except DetenteError:
        return  # the first request meets the same error and tells it


def _count(desk: Desk, busy: Sequence[Pair], advance: Callable[[int, int], None]) -> None:
    """Count relations, or take what an earlier server counted where nothing of theirs has changed."""
    before = kept.read(desk.folder)
    total, done, new = sum(mentions for _, _, mentions, _ in busy), 0, False
    for a, b, mentions, _ in busy:
        key, old = relation.whole_key(a, b, Narrowing()), before.get((a, b))
        with desk.view(limited=False) as view:
            if old is not None and old.stamp == view.stamp((a, b)):
                desk.recall(key, old.whole(), old.stamp, old.cost)
            else:
                new = True
        relation.load(desk, a, b, Narrowing())
        done += mentions
        advance(done, total)
    if new:
        desk.beside(lambda: kept.write(desk.folder, _counted(desk, busy)))


def _counted(desk: Desk, busy: Sequence[Pair]) -> Iterator[kept.Kept]:
    for a, b, *_ in busy:
        known = desk.known(relation.whole_key(a, b, Narrowing()))
        if known is not None and isinstance(known[0], analysis.Whole):
            yield kept.pack(a, b, known[0], *known[1:])


def _first(desk: Desk, pairs: Sequence[Pair]) -> None:
    """Make the first overview ready."""
    for code, _ in _countries(pairs).most_common(1):
        load(desk, code, Narrowing())


def _countries(pairs: Sequence[Pair]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for a, b, mentions, _ in pairs:
        counts[a] += mentions
        counts[b] += mentions
    return counts


def _last(pairs: Sequence[Pair], today: date) -> date:
    days = [last for *_, last in pairs if last is not None and last <= today]
    return max(days, default=today)


def _months(until: date) -> list[tuple[date, date]]:
    first = until.year * 12 + until.month - PERIODS
    return periods.bins(date(first // 12, first % 12 + 1, 1), until, "month")


def _partners(
    view: Browser,
    code: str,
    pairs: Sequence[Pair],
    spans: Sequence[tuple[date, date]],
    asked: Narrowing,
) -> tuple[Partner, ...]:
    told = {b if a == code else a: (n, last) for a, b, n, last in pairs if code in {a, b}}
    busy = sorted(told, key=lambda other: (-told[other][0], other))[:PARTNERS]
    scope = Scope(since=spans[0][0], until=spans[-1][1], domain=asked.domain)
    found = analysis.compare(view, code, busy, scope=scope, unit="month", scale=asked.scale)
    partners = [_partner(other, found[other], *told[other]) for other in busy]
    return tuple(sorted(partners, key=lambda p: (-p.incidents, -p.mentions, p.code)))


def _partner(code: str, series: Series, mentions: int, last: date | None) -> Partner:
    values = [bin.index or 0.0 for bin in series.bins] or [0.0] * PERIODS
    counts = series.counts() or [0] * PERIODS
    now, before = values[-PERIODS // 2 :], values[: -PERIODS // 2]
    days = [entry.day for entry in series.catalogue if entry.day is not None]
    return Partner(
        code=code,
        name=names.bare(code),
        incidents=sum(counts[-PERIODS // 2 :]),
        before=sum(counts[: -PERIODS // 2]),
        index=round(sum(now), 6),
        change=round(sum(now) - sum(before), 6),
        values=tuple(values),
        last=max(days, default=last),
        alert=_alert(series, counts),
        mentions=mentions,
    )


def _alert(series: Series, counts: Sequence[int]) -> str:
    """Say where the last twelve months leave the level of the twelve before."""
    before, now = counts[: -PERIODS // 2], counts[-PERIODS // 2 :]
    raised = alert([float(n) for n in now], level=sum(before) / len(before)) if before else None
    if raised is None or not series.bins:
        return ""
    onset = series.bins[-PERIODS // 2 :][raised.onset].start
    recent = len(now) - raised.period <= len(now) // 2
    when = f"{MONTHS[onset.month - 1]} {onset.year}"
    words = "more" if raised.direction == "rose" else "fewer"
    return f"{words} incidents from {when}" if recent or raised.direction == "rose" else ""
