"""Values from published tables and from R."""

import pytest

from detente.relations import stats


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 2.996), (1, 0.051, 4.744), (10, 5.425, 16.962)]
)
def test_poisson_interval_is_near_the_exact_one(count, low, high):
    found = stats.poisson_interval(count)
    assert found[0] == pytest.approx(low, abs=0.02)
    assert found[1] == pytest.approx(high, abs=0.06)


@pytest.mark.parametrize(
    ("p", "a", "b", "x"), [(0.05, 2, 5, 0.06284989), (0.5, 1, 1, 0.5), (0.95, 0.5, 4, 0.399294)]
)
def test_beta_quantile(p, a, b, x):
    assert stats.beta_quantile(p, a, b) == pytest.approx(x, abs=1e-6)
    assert stats.beta_cdf(stats.beta_quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-9)


def test_binomial_interval_is_clopper_and_pearson_s():
    assert stats.binomial_interval(0, 10) == pytest.approx((0.0, 0.2589), abs=1e-4)
    assert stats.binomial_interval(3, 10) == pytest.approx((0.0873, 0.6066), abs=1e-4)
    assert stats.binomial_interval(10, 10) == pytest.approx((0.7411, 1.0), abs=1e-4)


def test_rate_ratio_is_two_with_an_interval_around_it():
    ratio, low, high = stats.rate_ratio(10, 5, 10, 10)
    assert ratio == 2
    assert low < 1 < 2 < high
    assert stats.rate_ratio(0, 5, 0, 10) is None
    assert stats.rate_ratio(1, 0, 1, 10) is None
