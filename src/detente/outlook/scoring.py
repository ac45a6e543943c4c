"""Scores of a ledger: over all, by author, by publisher and by hedge word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.outlook.queries import base_probability
from detente.outlook.scores.brier import brier
from detente.outlook.scores.calibration import Bin, calibration, interval
from detente.outlook.scores.log import CLIP, log_score
from detente.outlook.scores.skill import skill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.outlook.ledger import Case, Ledger

By = Literal["all", "author", "publisher", "hedge"]
SHORT = 10
"""Fewer resolved forecasts than this bear no judgement on an author; ``thin`` says so."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """How good a group of forecasts was.

    Attributes:
        by: What the group has in common.
        name: The author, publisher or word; ``all`` for all.
        forecasts: Forecasts in the group.
        resolved: Of these, with outcome yes or no.
        scored: Of these, with a probability.
        void: With outcome void.
        open: Not yet resolved.
        void_rate: Share of void among those whose deadline has come.
        coverage: Share of ``scored`` among all forecasts.
        brier: Brier score, 0 (best) to 1; None where nothing is scored.
        brier_low: Lower bound, 95 % bootstrap.
        brier_high: Upper bound.
        log: Log score in nats.
        log_clip: How far probabilities were kept from 0 and 1 for it.
        skill: 1 - Brier / Brier of the base rate at issue; None where no base rate is known.
        skill_n: Forecasts with a base rate.
        calibration: Said against seen.
        thin: True where fewer than ten are scored.
    """

    by: By
    name: str
    forecasts: int
    resolved: int
    scored: int
    void: int
    open: int
    void_rate: float | None
    coverage: float
    brier: float | None = None
    brier_low: float | None = None
    brier_high: float | None = None
    log: float | None = None
    log_clip: float = CLIP
    skill: float | None = None
    skill_n: int = 0
    calibration: tuple[Bin, ...] = ()
    thin: bool = True


def score(ledger: Ledger, *, rounds: int = 1000, seed: int = 0) -> tuple[Score, ...]:
    """Score a ledger.

    Args:
        ledger: The ledger.
        rounds: Resamplings for the intervals.
        seed: Of the random numbers.

    Returns:
        The whole first, then authors, publishers and hedge words by name.
    """
    cases = list(ledger.cases.values())
    groups: dict[tuple[By, str], list[Case]] = defaultdict(list)
    for case in cases:
        outlook = case.outlook
        for by, name in (
            ("author", outlook.author), ("publisher", outlook.publisher), ("hedge", outlook.hedge),
        ):  # fmt: skip
            if name is not None:
                groups[by, name].append(case)  # type: ignore[index]
    found = [_score("all", "all", cases, rounds, seed)]
    found += [_score(by, name, groups[by, name], rounds, seed) for by, name in sorted(groups)]
    return tuple(found)


def _score(by: By, name: str, cases: Sequence[Case], rounds: int, seed: int) -> Score:
    outcomes = [c.resolution.outcome if c.resolution is not None else "open" for c in cases]
    pairs: list[tuple[float, float]] = []
    based: list[tuple[float, float, float]] = []
    for case, outcome in zip(cases, outcomes, strict=True):
        chance = case.outlook.chance
        if chance is None or outcome not in {"yes", "no"}:
            continue
        seen = 1.0 if outcome == "yes" else 0.0
        pairs.append((chance, seen))
        version = case.version
        base = base_probability(version.query) if version is not None else None
        if base is not None:
            based.append((chance, seen, base))
    void = outcomes.count("void")
    resolved = outcomes.count("yes") + outcomes.count("no")
    blank = Score(
        by=by,
        name=name,
        forecasts=len(cases),
        resolved=resolved,
        scored=len(pairs),
        void=void,
        open=outcomes.count("open"),
        void_rate=void / (void + resolved) if void + resolved else None,
        coverage=len(pairs) / len(cases) if cases else 0.0,
        thin=len(pairs) < SHORT,
    )
    return _with_scores(blank, pairs, based, rounds, seed) if pairs else blank


def _with_scores(
    blank: Score,
    pairs: Sequence[tuple[float, float]],
    based: Sequence[tuple[float, float, float]],
    rounds: int,
    seed: int,
) -> Score:
    said, seen = [p for p, _ in pairs], [o for _, o in pairs]
    low, high = interval(pairs, _mean_square, rounds=rounds, seed=seed)
    gained = (
        skill([p for p, _, _ in based], [o for _, o, _ in based], [b for _, _, b in based])
        if based
        else None
    )
    return msgspec.structs.replace(
        blank,
        brier=brier(said, seen),
        brier_low=low,
        brier_high=high,
        log=log_score(said, seen),
        skill=gained,
        skill_n=len(based),
        calibration=calibration(said, seen, rounds=rounds, seed=seed),
    )


def _mean_square(pairs: Sequence[tuple[float, float]]) -> float:
    return sum((p - o) ** 2 for p, o in pairs) / len(pairs)
