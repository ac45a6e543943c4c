"""Krippendorff's alpha on data whose values are published or can be done by hand."""

import pytest

from detente.casebook.agreement import alpha


def test_the_example_of_krippendorff_2011():
    a = "a a b b d c c c e d d a".split()
    b = "b a b b b c c c e d d d".split()
    assert alpha(zip(a, b, strict=True)) == pytest.approx(0.692, abs=0.001)


def test_missing_values_leave_a_unit_out():
    units = [
        [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
    ]  # fmt: skip
    assert alpha(units) == pytest.approx(0.743, abs=0.001)


def test_agreement_on_one_value_alone_says_nothing():
    assert alpha([["x", "x"], ["x", "x"]]) is None
    assert alpha([]) is None


def test_full_agreement_is_one_and_chance_about_zero():
    assert alpha([["x", "x"], ["y", "y"]]) == 1
    assert alpha([["x", "y"], ["y", "x"], ["x", "x"], ["y", "y"]]) == pytest.approx(0.125)
