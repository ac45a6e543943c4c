"""How often shifts and alerts are found where they are, and where they are not.

Simulated months: a step in the middle of ten years, found within two months of its place; cuts in ten
years of flat series; and the alert on the newest periods, looked at every three months. Penalties are
those that the program takes for each series, read off its own grid. Beside
it stands an oracle that is told the noise, both levels and that there is one change, and only asked for its
date: no method that sees the counts finds more.

Run: ``python eval/relations/power.py [../shared/events/ICEWS18]``, or with some noises alone:
``python eval/relations/power.py 1 1.7 2.5``; before these, ``misses`` asks where the power goes to and
``alerts`` for the alert instead. With ICEWS18 the noise of its pairs is
measured, in what may be counted, and tables simulate it, with the false alarms of shuffled pairs.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from turns import START, countries, events

from detente.exchange import tkg
from detente.relations import dating, shifts
from detente.relations.segmentation import dispersion, gain, penalty_of
from detente.relations.series import Bin, Series

LEVELS = (1, 2, 4, 8, 16)
STEPS = (1.5, 2.0, 3.0, 4.0)
MONTHS = 120
YEARS = 10
SERIES = 1000
ORACLE = 5000
FLAT = 500
SLACK = 2
RETOLD = 3
"""Days after which an incident of one kind is no longer the one before, told again."""
LEAST = 10
"""Fewest days told of a pair whose noise is measured."""
CALM = 20
"""Weeks in the shortest stretch in which noise is measured."""
EVERY = 3
"""Months between two looks at the newest periods."""
SETTLED = 24
"""Months at the old level before a change that the alert is to find."""
SOURCE = np.random.default_rng(2018)


def simulated(level: float, spread: float, shape: tuple[int, int]) -> np.ndarray:
    """Counts with variance ``spread`` times the mean."""
    if spread <= 1.0:
        return SOURCE.poisson(level, shape).astype(float)
    return SOURCE.negative_binomial(level / (spread - 1), 1 / spread, shape).astype(float)


def cuts(series: np.ndarray, years: float = YEARS) -> list[list[int]]:
    """The cuts of each series as the program finds them, at its own penalty."""
    found = []
    for one in series:
        spread = dispersion(one)
        penalty = penalty_of(float(one.mean()), spread, years / len(one))
        found.append(dating.cuts(one, penalty, spread))
    return found


def stepped(level: float, step: float, spread: float, number: int) -> np.ndarray:
    """Series whose level is ``step`` times as high from the middle on."""
    half = MONTHS // 2
    sides = [simulated(level * k, spread, (number, half)) for k in (1, step)]
    return np.concatenate(sides, axis=1)


def oracle(level: float, step: float, spread: float) -> float:
    """How often the best guess of the date alone is within ``SLACK`` months."""
    return best(stepped(level, step, spread, ORACLE), level, step, spread)


def best(series: np.ndarray, level: float, step: float, spread: float) -> float:
    """The oracle's answer on some series."""
    table = dating.log_likelihood(np.array([level, level * step]), spread, int(series.max()))
    gain = np.diff(-table[series.astype(int)], axis=2)[:, :, 0]
    likely = np.cumsum(gain, axis=1)
    chance = np.exp(likely - likely.max(axis=1, keepdims=True))
    total = np.cumsum(chance, axis=1)
    width = 2 * SLACK + 1
    middle = np.argmax(total[:, width:] - total[:, :-width], axis=1) + width - SLACK
    return float(np.mean(abs(middle + 1 - MONTHS // 2) <= SLACK))


def table(spread: float) -> None:
    """Print false alarms and power by level and step."""
    write(f"\nnoise {spread:g} times that of chance: false alarms in ten years, power by step\n")
    heads = [*(f"x {s:g}" for s in STEPS), "x 2, oracle"]
    write("| level a month | false alarms | " + " | ".join(heads) + " |\n")
    for level in LEVELS:
        flat = cuts(simulated(level, spread, (FLAT, MONTHS)))
        cells = [f"{sum(map(len, flat)) / FLAT:.2f}"]
        for step in STEPS:
            found = cuts(stepped(level, step, spread, SERIES))
            hits = sum(any(abs(cut - MONTHS // 2) <= SLACK for cut in one) for one in found)
            cells.append(f"{hits / SERIES:.0%}")
        cells.append(f"{oracle(level, 2, spread):.0%}")
        write(f"| {level} | " + " | ".join(cells) + " |\n")


def misses(spread: float, level: float = 4, step: float = 2) -> None:
    """Print where the power goes: to finding a change or to dating it, on the same series."""
    series = stepped(level, step, spread, ORACLE)
    half = MONTHS // 2
    found = cuts(series)
    one = [dating.changed(x, dispersion(x)) for x in series]
    near = [[abs(cut - half) for cut in x if abs(cut - half) <= 12] for x in found]
    shares = {
        "a cut within a year": [bool(x) for x in near],
        "a cut within two months": [min(x, default=MONTHS) <= SLACK for x in near],
        "the strongest cut within two months": [
            abs(strongest(x, at) - half) <= SLACK for x, at in zip(series, found, strict=True)
        ],
        "one cut within two months, no other within a year": [
            len(x) == 1 and x[0] <= SLACK for x in near
        ],
        "date right, told that there is one change": [abs(cut - half) <= SLACK for cut in one],
    }
    write(f"\nnoise {spread:g}: a step from {level:g} to {level * step:g} a month\n")
    for name, hits in shares.items():
        write(f"| {name} | {np.mean(hits):.1%} |\n")
    write(f"| date right, told both levels besides | {best(series, level, step, spread):.1%} |\n")


def strongest(counts: np.ndarray, found: list[int]) -> int:
    """The cut that gains most, 0 of none."""
    edges = [0, *found, len(counts)]
    gains = [gain(counts, *edges[at : at + 3]) for at in range(len(found))]
    return found[int(np.argmax(gains))] if found else 0


def watched(counts: np.ndarray) -> list[int]:
    """The months, looked at every three once the level is settled, in which an alert is raised."""
    looks = range(SETTLED + EVERY, len(counts) + 1, EVERY)
    return [n for n in looks if shifts.newest(counts[:n], 0, dispersion(counts[:n])) is not None]


def alerts(spread: float) -> None:
    """Print false alerts in ten years and how many steps are told of within three months."""
    write(f"\nnoise {spread:g}: alert on the newest three months, looked at every three months\n")
    write("| level a month | false alerts in ten years | x 2 within three months | x 3 |\n")
    for level in (1, 4, 16):
        flat = simulated(level, spread, (SERIES, MONTHS))
        watch = (MONTHS - SETTLED) / 12
        cells = [f"{sum(len(watched(one)) for one in flat) / SERIES / watch * YEARS:.1f}"]
        for step in (2, 3):
            sides = [
                simulated(level, spread, (SERIES, SETTLED)),
                simulated(level * step, spread, (SERIES, 3)),
            ]
            found = [watched(one) for one in np.concatenate(sides, axis=1)]
            cells.append(f"{sum(map(bool, found)) / SERIES:.1%}")
        write(f"| {level} | " + " | ".join(cells) + " |\n")


def weekly(counts: np.ndarray) -> Series:
    """A series of weeks that holds the counts."""
    bins = []
    for number, count in enumerate(counts):
        first = START + timedelta(days=7 * number)
        bins.append(
            Bin(start=first, end=first + timedelta(days=6), incidents=int(count), low=0.0, high=0.0,
                mentions=int(count), index=0.0, index_low=0.0, index_high=0.0, coverage=None,
                catalogue=())
        )  # fmt: skip
    return Series(scale="none", bins=tuple(bins), catalogue=())


def kept(folder: Path) -> dict[str, dict[frozenset[str], list[int]]]:
    """Days between each two countries of ICEWS18, by what counts as one.

    Rows: one relation between the same two on one day, in either direction. Incidents: one CAMEO root,
    which is about one type. Happenings: incidents of one root that follow each other within
    ``RETOLD`` days. Days: those with any row.
    """
    names = countries(folder)
    root = {int(str(key)): str(code)[:2] for key, _, code in tkg.graph(folder).relations}
    found: dict[str, dict[frozenset[str], set[tuple[int, object]]]] = {}
    for a, relation, b, day in events(folder):
        both = frozenset((names[a], names[b]))
        if len(both) == 2:
            for unit, kind in (("rows", relation), ("incidents", root[relation]), ("days", 0)):
                found.setdefault(unit, {}).setdefault(both, set()).add((day, kind))
    days = {
        unit: {both: [day for day, _ in told] for both, told in of.items()}
        for unit, of in found.items()
    }
    days["happenings"] = {both: once(told) for both, told in found["incidents"].items()}
    return days


def once(told: set[tuple[int, object]]) -> list[int]:
    """First days of runs of one kind with no gap of more than ``RETOLD`` days."""
    last: dict[object, int] = {}
    found = []
    for day, kind in sorted(told, key=lambda one: one[0]):
        if day - last.get(kind, -RETOLD - 1) > RETOLD:
            found.append(day)
        last[kind] = day
    return found


def by_week(days: list[int], weeks: int) -> np.ndarray:
    """Counts of whole weeks."""
    counted = Counter(day // 7 for day in days)
    return np.array([counted[week] for week in range(weeks)], dtype=float)


def settled(counts: np.ndarray, years: float) -> np.ndarray:
    """The longest stretch without a shift."""
    edges = [0, *cuts(counts[None, :], years)[0], len(counts)]
    start, end = max(pairwise(edges), key=lambda edge: edge[1] - edge[0])
    return counts[start:end]


def noise(folder: Path) -> list[float]:
    """Print the noise of pairs with four to eight a month, real turns left out, by what is counted.

    By weeks: from differences of neighbours, as the program measures it. By four weeks: about the mean of
    the stretch, so that what goes on for some weeks counts as noise, too.

    Returns:
        All of them, rounded to a tenth.
    """
    write("\nnoise of pairs with 4 to 8 a month in their longest stretch without a shift\n")
    write("| counted | pairs | by weeks, median | by four weeks, pooled |\n")
    found = set()
    told = kept(folder)
    weeks = max(day for days in told["days"].values() for day in days) // 7
    for unit in ("rows", "incidents", "happenings", "days"):
        small, large, means = [], [], []
        for days in told[unit].values():
            if len(days) < LEAST:
                continue
            calm = settled(by_week(days, weeks), weeks * 7 / 365.25)
            if len(calm) >= CALM and 4 <= calm.mean() * 30.44 / 7 < 8:
                months = calm[: len(calm) // 4 * 4].reshape(-1, 4).sum(axis=1)
                small.append(dispersion(calm))
                large.append(months.var(ddof=1))
                means.append(months.mean())
        near, far = float(np.median(small)), sum(large) / sum(means)
        found |= {round(near, 1), round(far, 1)}
        write(f"| {unit} | {len(small)} | {near:.2f} | {far:.2f} |\n")
    return sorted(found - {1.0})


def shuffled(folder: Path) -> None:
    """Print the noise of all pairs by weeks, real turns included, and false alarms of shuffled pairs."""
    told = kept(folder)["rows"]
    weeks = max(day for days in told.values() for day in days) // 7
    noise: dict[int, list[float]] = {}
    alarms: dict[int, list[float]] = {}
    for both in sorted(told, key=sorted):
        counts = by_week(told[both], weeks)
        place = bisect_right(LEVELS, counts.mean() * 30.44 / 7) - 1
        if place < 0:
            continue
        held = noise.setdefault(LEVELS[place], [])
        held.append(dispersion(counts))
        if len(held) <= 40:
            alarms.setdefault(LEVELS[place], []).append(shifts.shifts(weekly(counts)).false_alarms)
    write(f"\npairs of ICEWS18 over {weeks} weeks, rows, by level a month from this one up\n")
    write("| level | pairs | noise, median | false alarms a year when shuffled, mean |\n")
    for level in LEVELS:
        write(
            f"| {level} | {len(noise[level])} | {np.median(noise[level]):.2f} | "
            f"{np.mean(alarms[level]):.2f} |\n"
        )


def write(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def main() -> None:
    """Print the tables."""
    if len(sys.argv) > 1 and not Path(sys.argv[1]).is_dir():
        asked = {"misses": misses, "alerts": alerts}.get(sys.argv[1], table)
        for spread in sys.argv[1 + (asked is not table) :]:
            asked(float(spread))
        return
    table(1.0)
    alerts(1.0)
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        for spread in noise(folder):
            table(spread)
        shuffled(folder)


if __name__ == "__main__":
    main()
