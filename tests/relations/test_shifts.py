from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from detente.registers import scales
from detente.relations.dating import changed, cuts, dated
from detente.relations.segmentation import calibrate, dispersion, segment
from detente.relations.series import series
from detente.relations.shifts import alert, shifts


def found(monthly, counts):
    last = date(2010 + (len(counts) - 1) // 12, (len(counts) - 1) % 12 + 1, 28)
    return series(monthly(counts), scales.load(), since=date(2010, 1, 1), until=last)


def test_a_step_is_found_with_date_size_and_words(monthly):
    steps = [1, 0, 2, 1, 1, 0, 1, 2, 1, 1, 0, 1] * 2 + [5, 4, 6, 5, 3, 6, 5, 4, 7, 5, 4, 6] * 2
    result = shifts(found(monthly, steps), name="contacts", per="month")
    (shift,) = result.shifts
    assert shift.day == date(2012, 1, 1)
    assert shift.earliest <= shift.day <= shift.latest
    assert (shift.before, shift.after, shift.direction) == (0.917, 5.0, "rose")
    assert shift.low < 5 / 0.917 < shift.high
    assert shift.words == "From about January 2012, contacts rose from 0.9 to 5.0 a month."
    assert result.false_alarms < 0.1


def test_flat_and_short_and_empty_series_have_none(monthly):
    assert shifts(found(monthly, [2, 1, 3, 2, 2, 1] * 8)).shifts == ()
    assert shifts(found(monthly, [0, 0, 9, 9])).shifts == ()
    assert shifts(found(monthly, [0] * 24)).shifts == ()


def test_segments_are_the_best_of_all_cuts():
    series = np.array([[0.0, 0, 0, 0, 8, 8, 8, 8, 1, 1, 1, 1]])
    assert segment(series, 3.0) == [[4, 8]]
    assert segment(series, 1000.0) == [[]]


def test_noise_is_measured_beside_a_step():
    source = np.random.default_rng(3)
    flat = source.poisson(5, 2000).astype(float)
    step = np.concatenate([flat[:1000], flat[1000:] + 20])
    assert dispersion(flat) == pytest.approx(1, abs=0.15)
    assert step.var() / step.mean() > 5
    assert dispersion(step) < 1.2


@pytest.mark.slow
def test_doublings_are_found_and_flat_series_are_left_alone():
    source = np.random.default_rng(11)
    flat = source.poisson(4, (300, 120)).astype(float)
    penalty = calibrate(120, 4.0, 1.0, 10.0)
    assert sum(map(len, segment(flat, penalty))) / 300 <= 1.0
    steps = np.concatenate(
        [source.poisson(4, (200, 60)), source.poisson(8, (200, 60))], axis=1
    ).astype(float)
    cuts = segment(steps, calibrate(120, 6.0, 1.0, 10.0))
    assert np.mean([any(abs(cut - 60) <= 2 for cut in one) for one in cuts]) >= 0.8


def test_a_sharp_change_is_dated_to_its_period():
    counts = np.array([1.0, 0, 2, 1, 1, 0, 9, 8, 11, 9, 8, 10])
    assert changed(counts, 1.0) == 6
    assert changed(counts[::-1], 2.5) == 6


def test_one_month_of_very_many_does_not_draw_the_date_of_a_change():
    flat, high = [4.0, 3, 5, 4, 4, 3, 5, 4], [8.0, 9, 7, 8, 8, 9, 7, 8]
    counts = np.array([*flat[:5], 16.0, *flat, *high])
    assert abs(changed(counts, 3.0) - 14) <= 1


def test_each_of_several_cuts_is_dated_between_its_neighbours():
    counts = np.array([1.0, 1, 0, 2, 9, 8, 9, 10, 1, 0, 1, 2])
    assert dated(counts, [5, 7], 1.0) == [4, 8]
    assert dated(counts, [], 1.0) == []


def test_a_weak_cut_does_not_narrow_where_a_strong_one_may_lie():
    counts = np.array([4.0, 3, 5, 3, 2, 5, 9, 3, 3, 0, 8, 10, 10, 5, 11, 9, 5, 10, 5, 11])
    rough = segment(counts[None, :], 4.0)[0]
    assert (rough, segment(counts[None, :], 8.0)[0]) == ([8, 10], [10])
    assert dated(counts, rough, 1.7)[-1] == 11
    assert cuts(counts, 4.0, 1.7)[-1] == 10


def test_every_cut_stands_once_and_in_order_however_weak():
    source = np.random.default_rng(5)
    for _ in range(60):
        levels = np.repeat(source.uniform(0.2, 12, 6), source.integers(2, 12, 6))
        counts = source.poisson(levels).astype(float)
        found = [0, *cuts(counts, 3.0, 1.3), len(counts)]
        assert all(b - a >= 2 for a, b in pairwise(found))
        assert len(found) - 2 <= len(segment(counts[None, :], 3.0)[0])


def doubled(source, spread, level=4, step=2, number=400):
    def noise(of):
        if spread == 1:
            return source.poisson(of, (number, 60))
        return source.negative_binomial(of / (spread - 1), 1 / spread, (number, 60))

    return np.concatenate([noise(level), noise(level * step)], axis=1).astype(float)


def near(found):
    return np.mean([any(abs(cut - 60) <= 2 for cut in one) for one in found])


@pytest.mark.slow
@pytest.mark.parametrize(("spread", "least"), [(1.0, 0.88), (1.7, 0.77), (2.5, 0.66)])
def test_a_doubling_from_four_a_month_is_dated_almost_as_well_as_can_be(spread, least):
    steps = doubled(np.random.default_rng(12), spread)
    penalty = calibrate(120, 6.0, spread, 10.0)
    found = [cuts(one, penalty, dispersion(one)) for one in steps]
    assert near(found) >= least
    assert near(found) > near(segment(steps, penalty))


@pytest.mark.slow
@pytest.mark.parametrize(("step", "least"), [(3, 0.95), (4, 0.98), (0.25, 0.85)])
def test_large_steps_are_found_and_dated(step, least):
    steps = doubled(np.random.default_rng(13), 1.7, step=step, number=200)
    penalty = calibrate(120, 2 + 2 * step, 1.7, 10.0)
    assert near([cuts(one, penalty, dispersion(one)) for one in steps]) >= least


def test_what_is_too_short_for_a_shift_is_watched(monthly):
    quiet = [2, 1, 3, 2, 2, 1, 2, 3] * 4
    watched = shifts(found(monthly, [*quiet, 2, 2, 7]), name="contacts", per="month")
    told = watched.watch
    assert (told.direction, told.level, told.recent) == ("rose", 2.0, 7.0)
    assert told.onset == date(2012, 11, 1)
    assert told.words.startswith("Since November 2012, contacts rose from 2.0 to 7.0 a month")
    assert shifts(found(monthly, [*quiet, 2, 3, 1])).watch is None
    assert watched.shifts == ()


def test_the_alert_comes_within_weeks_and_not_without_cause():
    quiet = [1, 0, 2, 1, 1, 0, 1, 2, 1, 0, 1, 1]
    assert alert(quiet * 4, level=1) is None
    raised = alert([*quiet, 4, 4, 3, 5], level=1)
    assert (raised.period, raised.onset, raised.direction) == (14, 12, "rose")
    fall = alert([4, 5, 3, 4, *[0] * 8], level=4)
    assert fall.direction == "fell"


def test_few_incidents_are_called_few(monthly):
    assert shifts(found(monthly, [0, 1, 0, 0, 1, 0] * 4)).few
    assert not shifts(found(monthly, [4, 5, 3, 4, 6, 4] * 4)).few
