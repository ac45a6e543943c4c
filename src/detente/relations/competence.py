"""Competence: which institution speaks for a state on a domain with a given counterpart.

Measured by each institution's share of the contacts. A take-over is the change of the leading
institution at the cut where Pearson's chi-square is largest; as the cut was chosen by the data, its
p-value is that of the best cut over shuffles of the contacts' order (a permutation test).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from detente.relations.parties import acts_for
from detente.relations.periods import bin_of
from detente.relations.rows import Rows, involved
from detente.relations.stats import binomial_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.relations.rows import Row

CONTACTS = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "CONCEDE", "REQUEST", "REJECT"})
"""Types in which an institution deals with a counterpart, rather than only acts upon it."""
FEWEST = 8
"""Contacts below which no take-over is tested."""
SURE = 0.05
SHUFFLES = 499
_CELLS = 4_000_000
"""Contacts times shuffles that are in memory at once."""
_DRAWN = 50
"""Shuffles that are drawn at once."""
_SEED = 20160926


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """One institution's part in a period.

    Attributes:
        institution: Code such as ``BLR.MFA``.
        contacts: How many contacts it had.
        share: Of all contacts with a known institution, 0 to 1.
        low: Lower end of the 90 % interval (Clopper and Pearson).
        high: Upper end.
    """

    institution: str
    contacts: int
    share: float
    low: float
    high: float


class Competence(msgspec.Struct, frozen=True, kw_only=True):
    """Who spoke for a state in a period.

    Attributes:
        start: First day.
        end: Last day.
        contacts: Contacts with a known institution.
        holdings: Institutions, the leading one first.
        imported: Of the contacts, those of imported data.
    """

    start: date
    end: date
    contacts: int
    holdings: tuple[Holding, ...]
    imported: int = 0


class Takeover(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the leading institution.

    Attributes:
        before: Institution that led.
        after: Institution that leads.
        last: Day of the last contact before the change.
        first: Day of the first contact after it.
        share_before: The new leader's share before.
        share_after: Its share after.
        p: Probability of so clean a cut where order does not matter.
        contacts: Contacts tested.
    """

    before: str
    after: str
    last: date
    first: date
    share_before: float
    share_after: float
    p: float
    contacts: int


class _Contact(NamedTuple):
    day: date
    institution: str
    imported: bool


def competence(
    rows: Iterable[Row], state: str, periods: Sequence[tuple[date, date]]
) -> tuple[Competence, ...]:
    """Return who spoke for a state by period.

    Args:
        rows: Mentions of one relation, already filtered by domain.
        state: Code of the state whose institutions are asked for.
        periods: First and last day of each period.
    """
    return _held(_contacts(rows, state), periods)


def both(
    rows: Iterable[Row], state: str, periods: Sequence[tuple[date, date]]
) -> tuple[tuple[Competence, ...], Takeover | None]:
    """Return what ``competence`` and ``takeover`` do, from one reading of the rows."""
    contacts = _contacts(rows, state)
    return _held(contacts, periods), _taken_over(contacts)


def _held(
    contacts: Iterable[_Contact], periods: Sequence[tuple[date, date]]
) -> tuple[Competence, ...]:
    counts: list[Counter[str]] = [Counter() for _ in periods]
    imported = [0] * len(periods)
    for one in contacts:
        number = bin_of(one.day, periods)
        if number is not None:
            counts[number][one.institution] += 1
            imported[number] += one.imported
    return tuple(_competence(*args) for args in zip(periods, counts, imported, strict=True))


def _contacts(rows: Iterable[Row], state: str) -> list[_Contact]:
    """Return every contact, once for each institution in it."""
    told = Rows(row for row in rows if row.type in CONTACTS)
    found = []
    for row, _ in told.folded:
        if row.first is not None:
            codes = involved(told.groups[row.incident])
            imported = row.origin != "coded"
            found += [_Contact(row.first, code, imported) for code in _speaking(codes, state)]
    return found


@lru_cache(maxsize=50_000)
def _speaking(codes: frozenset[str], state: str) -> list[str]:
    """Return the institutions that speak for a state in an act."""
    mine = {code.partition("/")[0] for code in codes if acts_for(code, state)}
    return sorted(mine - {state})


def _competence(period: tuple[date, date], counts: Counter[str], imported: int) -> Competence:
    total = counts.total()
    holdings = []
    for institution, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        low, high = binomial_interval(number, total)
        holdings.append(
            Holding(
                institution=institution,
                contacts=number,
                share=round(number / total, 4),
                low=round(low, 4),
                high=round(high, 4),
            )
        )
    return Competence(
        start=period[0],
        end=period[1],
        contacts=total,
        holdings=tuple(holdings),
        imported=imported,
    )


def takeover(rows: Iterable[Row], state: str) -> Takeover | None:
    """Return the change of the leading institution, None where none is found.

    Fewer than ``FEWEST`` contacts, or a p-value of ``SURE`` and more, give None.
    """
    return _taken_over(_contacts(rows, state))


def _taken_over(contacts: Sequence[_Contact]) -> Takeover | None:
    if len(contacts) < FEWEST:
        return None
    order = [one.institution for one in contacts]
    leaders = [name for name, _ in Counter(order).most_common(2)]
    if len(leaders) < 2:
        return None
    cut, observed = _best_cut(order, leaders)
    before, after = Counter(order[:cut]), Counter(order[cut:])
    old, new = before.most_common(1)[0][0], after.most_common(1)[0][0]
    p = 1.0 if old == new else _shuffled(order, leaders, observed)
    if p >= SURE:
        return None
    return Takeover(
        before=old,
        after=new,
        last=contacts[cut - 1].day,
        first=contacts[cut].day,
        share_before=round(before[new] / cut, 4),
        share_after=round(after[new] / (len(order) - cut), 4),
        p=p,
        contacts=len(order),
    )


def _best_cut(order: Sequence[str], leaders: Sequence[str]) -> tuple[int, float]:
    """The cut, and its chi-square, that parts one of the leaders best from the rest."""
    best, largest = 2, 0.0
    size = len(order)
    for name in leaders:
        total = order.count(name)
        seen = int(order[0] == name)
        for cut in range(2, size - 1):
            seen += order[cut - 1] == name
            value = _chi_square(seen, cut, total, size)
            if value > largest + 1e-9:
                best, largest = cut, value
    return best, largest


def _chi_square(seen: int, cut: int, total: int, size: int) -> float:
    """Pearson's statistic for ``seen`` of ``cut`` against ``total - seen`` of the others."""
    excess = seen - cut * total / size
    spread = cut * (size - cut) * total * (size - total) / size**3
    return excess * excess / spread if spread else 0.0


def _shuffled(order: Sequence[str], leaders: Sequence[str], observed: float) -> float:
    """How often an order without meaning has so clean a cut, among ``SHUFFLES`` shuffles.

    Once it is too often to be ``SURE``, the others are not drawn.
    """
    import numpy as np

    source = np.random.default_rng(_SEED)
    names = {name: number for number, name in enumerate(leaders, 1)}
    marks = np.asarray([names.get(name, 0) for name in order], dtype=np.int8)
    size = len(marks)
    cuts = np.arange(2, size - 1)
    hits = 1
    rows = max(1, min(_DRAWN, _CELLS // size))
    for start in range(0, SHUFFLES, rows):
        count = min(rows, SHUFFLES - start)
        mixed = source.permuted(np.broadcast_to(marks, (count, size)), axis=1)
        best = np.zeros(count)
        for number in names.values():
            total = int((marks == number).sum())
            seen = np.cumsum(mixed == number, axis=1, dtype=np.int32)[:, 1 : size - 2]
            spread = cuts * (size - cuts) * (total * (size - total) / size**3)
            if total < size:
                found = ((seen - cuts * (total / size)) ** 2 / spread).max(axis=1)
                best = np.maximum(best, found)
        hits += int((best >= observed - 1e-9).sum())
        if hits / (SHUFFLES + 1) >= SURE:
            break
    return round(hits / (SHUFFLES + 1), 4)
