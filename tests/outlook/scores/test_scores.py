import json
import math
import random

import pytest
from sklearn.metrics import brier_score_loss, log_loss

from detente.errors import InputError
from detente.outlook.scores.brier import brier
from detente.outlook.scores.calibration import calibration, interval
from detente.outlook.scores.log import log_score
from detente.outlook.scores.skill import skill

_DRAW = random.Random(4)
SAID = [round(_DRAW.random(), 3) for _ in range(200)]
SEEN = [float(_DRAW.random() < p) for p in SAID]


def test_brier_agrees_with_scikit_learn():
    assert brier(SAID, SEEN) == pytest.approx(brier_score_loss(SEEN, SAID), abs=1e-12)
    assert brier([0.7], [1]) == pytest.approx(0.09)


def test_log_score_agrees_with_scikit_learn_inside_the_clip():
    kept = [min(0.999, max(0.001, p)) for p in SAID]
    assert log_score(SAID, SEEN) == pytest.approx(log_loss(SEEN, kept), abs=1e-12)
    assert log_score([0.0], [1]) == pytest.approx(-math.log(0.001))
    assert log_score([0.0], [1], clip=0.01) == pytest.approx(-math.log(0.01))


def test_skill_is_one_less_the_ratio_to_the_reference():
    share = sum(SEEN) / len(SEEN)
    reference = [share] * len(SEEN)
    expected = 1 - brier_score_loss(SEEN, SAID) / brier_score_loss(SEEN, reference)
    assert skill(SAID, SEEN, reference) == pytest.approx(expected)
    assert skill([0.5], [1], [1.0]) is None


def test_calibration_bins_hold_every_forecast_once():
    bins = calibration(SAID, SEEN, bins=5)
    assert sum(b.n for b in bins) == 200
    for found in bins:
        inside = [
            (p, o)
            for p, o in zip(SAID, SEEN, strict=True)
            if found.low <= p < found.high or (found.high == p == 1)
        ]
        assert found.n == len(inside)
        assert found.seen == pytest.approx(sum(o for _, o in inside) / len(inside))
        assert found.seen_low <= found.seen <= found.seen_high
    assert calibration([1.0], [1.0])[0].high == 1.0


def test_the_bootstrap_depends_on_its_seed_alone():
    pairs = list(zip(SAID, SEEN, strict=True))

    def mean(values):
        return sum(o for _, o in values) / len(values)

    assert interval(pairs, mean, seed=1) == interval(pairs, mean, seed=1)
    low, high = interval(pairs, mean, seed=1)
    share = sum(SEEN) / len(SEEN)
    # the normal interval of a share over 200 draws
    wide = 1.96 * math.sqrt(share * (1 - share) / 200)
    assert low == pytest.approx(share - wide, abs=0.02)
    assert high == pytest.approx(share + wide, abs=0.02)


@pytest.mark.parametrize(
    ("said", "seen", "reason"),
    [
        ([1.2], [1], r"probabilities\[0\]: 1.2 is out of range"),
        ([0.5], [0.3], r"outcomes\[0\]: 0.3 is neither 0 nor 1"),
        ([0.5, 0.5], [1], "outcomes: 1 for 2 probabilities"),
        ([], [], "probabilities: there are none"),
    ],
)
def test_values_that_cannot_be_scored_are_refused(said, seen, reason):
    with pytest.raises(InputError, match=reason):
        brier(said, seen)


def test_the_crowd_of_resolved_questions_scores_as_published(shared):
    path = shared / "gold/forecasts/resolved_geopolitical_questions.json"
    rows = [
        r for r in json.loads(path.read_text()) if r["crowd_at_freeze"] not in ("", "N/A", None)
    ]
    assert len({r["id"] for r in rows}) >= 257
    said = [float(r["crowd_at_freeze"]) for r in rows]
    seen = [float(r["outcome"]) for r in rows]
    assert brier(said, seen) == pytest.approx(0.106, abs=0.001)
