"""Scores of a ledger: over all, by author, by publisher and by hedge word."""

from __future__ import annotations

import math
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
        proposed: Of those with an outcome, how many rest on a query that nobody accepted.
        void_rate: Share of void among those whose deadline has come.
        coverage: Share of ``scored`` among all forecasts.
        brier: Brier score, 0 (best) to 1; None where nothing is scored.
        brier_low: Lower bound, 95 % bootstrap.
        brier_high: Upper bound.
        log: Log score in nats.
        log_low: Lower bound, 95 % bootstrap.
        log_high: Upper bound.
        log_clip: How far probabilities were kept from 0 and 1 for it.
        skill: 1 - Brier / Brier of the base rate at issue; None where no base rate is known.
        skill_low: Lower bound, 95 % bootstrap.
        skill_high: Upper bound.
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
    proposed: int
    void_rate: float | None
    coverage: float
    brier: float | None = None
    brier_low: float | None = None
    brier_high: float | None = None
    log: float | None = None
    log_low: float | None = None
    log_high: float | None = None
    log_clip: float = CLIP
    skill: float | None = None
    skill_low: float | None = None
    skill_high: float | None = None
    skill_n: int = 0
    calibration: tuple[Bin, ...] = ()
    thin: bool = True


def score(
    ledger: Ledger, *, accepted: bool = False, rounds: int = 1000, seed: int = 0
) -> tuple[Score, ...]:
    """Score a ledger.

    Args:
        ledger: The ledger.
        accepted: Take outcomes of queries that nobody accepted for open.
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
    chance = (rounds, seed)
    found = [_score("all", "all", cases, accepted, chance)]
    found += [_score(by, name, groups[by, name], accepted, chance) for by, name in sorted(groups)]
    return tuple(found)


def _score(
    by: By,
    name: str,
    cases: Sequence[Case],
    accepted: bool,  # noqa: FBT001
    bootstrap: tuple[int, int],
) -> Score:
    outcomes = [c.outcome if c.confirmed or not accepted else "open" for c in cases]
    pairs: list[tuple[float, float]] = []
    based: list[tuple[float, float, float]] = []
    for case, outcome in zip(cases, outcomes, strict=True):
        chance = case.outlook.chance
        if chance is None or outcome not in {"yes", "no"}:
            continue
        seen = 1.0 if outcome == "yes" else 0.0
        pairs.append((chance, seen))
        base = base_probability(case.asked.query) if case.asked is not None else None
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
        proposed=sum(o != "open" and not c.confirmed for o, c in zip(outcomes, cases, strict=True)),
        void_rate=void / (void + resolved) if void + resolved else None,
        coverage=len(pairs) / len(cases) if cases else 0.0,
        thin=len(pairs) < SHORT,
    )
    return _with_scores(blank, pairs, based, *bootstrap) if pairs else blank


def _with_scores(
    blank: Score,
    pairs: Sequence[tuple[float, float]],
    based: Sequence[tuple[float, float, float]],
    rounds: int,
    seed: int,
) -> Score:
    said, seen = [p for p, _ in pairs], [o for _, o in pairs]
    low, high = interval(pairs, _brier, rounds=rounds, seed=seed)
    log_low, log_high = interval(pairs, _log, rounds=rounds, seed=seed)
    gained = _skill(based) if based else None
    bounds = (
        interval(based, _skill, rounds=rounds, seed=seed) if gained is not None else (None,) * 2
    )
    return msgspec.structs.replace(
        blank,
        brier=_brier(pairs),
        brier_low=low,
        brier_high=high,
        log=_log(pairs),
        log_low=log_low,
        log_high=log_high,
        skill=gained,
        skill_low=bounds[0],
        skill_high=bounds[1],
        skill_n=len(based),
        calibration=calibration(said, seen, rounds=rounds, seed=seed),
    )


def _brier(rows: Sequence[tuple[float, ...]]) -> float:
    return brier([row[0] for row in rows], [row[1] for row in rows])


def _log(rows: Sequence[tuple[float, ...]]) -> float:
    return log_score([row[0] for row in rows], [row[1] for row in rows])


def _skill(rows: Sequence[tuple[float, ...]]) -> float:
    """Skill against the base rate, which is never 0 or 1, so that its Brier score is not 0."""
    found = skill([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    return -math.inf if found is None else found
