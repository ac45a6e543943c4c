"""How often shifts and alerts are found where they are, and where they are not.

Simulated months: a step in the middle of ten years, found within two months of its place; cuts in ten
years of flat series; and the alert on the newest periods, looked at every three months. Penalties are
those of the program, for the mean and the noise of each series itself, read off a grid of both.

Run: ``python eval/relations/power.py [../shared/events/ICEWS18]``. With ICEWS18 the noise of its pairs is
measured and a second table simulates it, with the false alarms of shuffled pairs.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
from turns import START, countries, events

from detente.relations import shifts
from detente.relations.series import Bin, Series

LEVELS = (1, 2, 4, 8, 16)
STEPS = (1.5, 2.0, 3.0, 4.0)
MONTHS = 120
YEARS = 10
SERIES = 300
FLAT = 500
SLACK = 2
EVERY = 3
"""Months between two looks at the newest periods."""
SETTLED = 24
"""Months at the old level before a change that the alert is to find."""
MEANS = np.geomspace(0.4, 70, 14)
SPREADS = (1.0, 1.15, 1.3, 1.6, 2.0, 2.6, 3.4)
SOURCE = np.random.default_rng(2018)


def simulated(level: float, spread: float, shape: tuple[int, int]) -> np.ndarray:
    """Counts with variance ``spread`` times the mean."""
    if spread <= 1.0:
        return SOURCE.poisson(level, shape).astype(float)
    return SOURCE.negative_binomial(level / (spread - 1), 1 / spread, shape).astype(float)


class Penalties:
    """The program's penalty for a mean and a noise, between the points of a grid."""

    def __init__(self) -> None:
        """Calibrate at each point of the grid."""
        self.grid = np.array(
            [[shifts.calibrate(MONTHS, float(m), s, YEARS) for m in MEANS] for s in SPREADS]
        )

    def of(self, counts: np.ndarray) -> float:
        """The penalty for a series, linear between points."""
        mean = min(max(float(counts.mean()), MEANS[0]), MEANS[-1])
        spread = min(shifts.dispersion(counts), SPREADS[-1])
        along = [float(np.interp(mean, MEANS, row)) for row in self.grid]
        return float(np.interp(spread, SPREADS, along))


def cuts(penalties: Penalties, series: np.ndarray) -> list[list[int]]:
    """The cuts of each series at its own penalty."""
    found = []
    for one in series:
        rough = shifts.segment(one[None, :], penalties.of(one))[0]
        found.append(shifts.dated(one, rough, shifts.dispersion(one)))
    return found


def table(penalties: Penalties, spread: float) -> None:
    """Print false alarms and power by level and step."""
    write(f"\nnoise {spread:g} times that of chance: false alarms in ten years, power by step\n")
    write("| level a month | false alarms | " + " | ".join(f"x {s:g}" for s in STEPS) + " |\n")
    for level in LEVELS:
        flat = cuts(penalties, simulated(level, spread, (FLAT, MONTHS)))
        cells = [f"{sum(map(len, flat)) / FLAT:.2f}"]
        for step in STEPS:
            half = MONTHS // 2
            sides = [simulated(level * k, spread, (SERIES, half)) for k in (1, step)]
            found = cuts(penalties, np.concatenate(sides, axis=1))
            hits = sum(any(abs(cut - half) <= SLACK for cut in one) for one in found)
            cells.append(f"{hits / SERIES:.0%}")
        write(f"| {level} | " + " | ".join(cells) + " |\n")


def watched(counts: np.ndarray) -> list[int]:
    """The months, looked at every three once the level is settled, in which an alert is raised."""
    looks = range(SETTLED + EVERY, len(counts) + 1, EVERY)
    return [
        n for n in looks if shifts.newest(counts[:n], 0, shifts.dispersion(counts[:n])) is not None
    ]


def alerts() -> None:
    """Print false alerts in ten years and how many steps are told of within three months."""
    write("\nalert on the newest three months, looked at every three months\n")
    write("| level a month | false alerts in ten years | x 2 within three months | x 3 |\n")
    for level in (1, 4, 16):
        flat = simulated(level, 1.0, (SERIES, MONTHS))
        watch = (MONTHS - SETTLED) / 12
        cells = [f"{sum(len(watched(one)) for one in flat) / SERIES / watch * YEARS:.1f}"]
        for step in (2, 3):
            sides = [
                simulated(level, 1.0, (SERIES, SETTLED)),
                simulated(level * step, 1.0, (SERIES, 3)),
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


def pairs(folder: Path) -> float:
    """Print the noise of the pairs of ICEWS18 by weeks, and false alarms of shuffled pairs.

    Rows of one relation between the same two on one day, in either direction, count once. Returns the
    median noise of pairs with four to eight events a month.
    """
    names = countries(folder)
    weeks: dict[frozenset[str], Counter[int]] = {}
    last = 0
    told = {(frozenset((a, b)), relation, day) for a, relation, b, day in events(folder)}
    for both, _, day in told:
        a, b = max(both), min(both)
        if names[a] != names[b]:
            weeks.setdefault(frozenset((names[a], names[b])), Counter())[day // 7] += 1
            last = max(last, day // 7)
    noise: dict[int, list[float]] = {}
    alarms: dict[int, list[float]] = {}
    for counted in sorted(weeks.values(), key=lambda c: sorted(c.items())):
        counts = np.array([counted[week] for week in range(last)], dtype=float)
        place = bisect_right(LEVELS, counts.mean() * 30.44 / 7) - 1
        if place < 0:
            continue
        held = noise.setdefault(LEVELS[place], [])
        held.append(shifts.dispersion(counts))
        if len(held) <= 40:
            alarms.setdefault(LEVELS[place], []).append(shifts.shifts(weekly(counts)).false_alarms)
    write(f"\npairs of ICEWS18 over {last} weeks, by level a month from this one up\n")
    write("| level | pairs | noise, median | false alarms a year when shuffled, mean |\n")
    for level in LEVELS:
        write(
            f"| {level} | {len(noise[level])} | {np.median(noise[level]):.2f} | "
            f"{np.mean(alarms[level]):.2f} |\n"
        )
    return float(np.median(noise[4]))


def write(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def main() -> None:
    """Print the tables."""
    penalties = Penalties()
    table(penalties, 1.0)
    alerts()
    if len(sys.argv) > 1:
        table(penalties, 1.5)
        table(penalties, round(pairs(Path(sys.argv[1])), 1))


if __name__ == "__main__":
    main()
