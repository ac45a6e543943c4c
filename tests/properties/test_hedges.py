"""What holds of hedges and scales whatever the words and numbers are."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.hedges.fields import _complement, _interval
from detente.coding.hedges.numbers import share_at
from detente.coding.hedges.words import Match
from detente.errors import RegisterError
from detente.registers import hedges

SCALES = sorted(hedges.scales())
ENTRIES = [entry for entry in hedges.words()["likelihood"] if entry.terms]


@given(st.integers(0, 100), st.sampled_from([["percent"], ["per", "cent"], ["%"]]))
def test_a_share_in_per_cent_is_read_as_written(number, unit):
    assert share_at(["a", str(number), *unit, "chance"], 1) == (1 + len(unit), number / 100)


@given(st.integers(101, 10_000))
def test_more_than_all_is_no_probability(number):
    assert share_at([str(number), "percent"], 0) is None


@given(st.integers(1, 50), st.integers(1, 50))
def test_a_ratio_lies_between_nothing_and_all(part, whole):
    found = share_at([str(part), "in", str(whole)], 0)
    assert (found is None) is (part > whole)
    if found is not None:
        assert 0 < found[1] <= 1


@given(st.lists(st.text(max_size=6), min_size=1, max_size=5))
def test_no_words_make_a_share_fail_or_leave_its_bounds(words):
    found = share_at(words, 0)
    assert found is None or 0 <= found[1] <= 1


@given(st.sampled_from(SCALES), st.sampled_from(ENTRIES), st.booleans())
def test_an_interval_lies_within_0_and_1_and_rises(name, entry, negated):
    found = _interval(
        hedges.scale_of(name), Match(0, 1, "likelihood", entry, entry.words[0]), negated=negated
    )
    assert found is None or 0 <= found[0] <= found[1] <= 1


@given(st.sampled_from(SCALES), st.sampled_from(ENTRIES))
def test_denying_twice_gives_the_interval_back(name, entry):
    interval = hedges.scale_of(name).interval(entry.terms)
    if interval is None or interval[0] == interval[1]:
        return
    once = _complement(interval)
    assert once is not None
    assert _complement(once) == pytest.approx(interval)


@given(st.floats(0, 1), st.booleans())
def test_a_number_is_denied_to_its_rest(share, negated):
    match = Match(0, 1, "likelihood", ENTRIES[0], "x", share)
    low, high = _interval(hedges.scale_of("icd-203"), match, negated=negated)
    assert low == high == pytest.approx(1 - share if negated else share, abs=1e-4)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=6, unique=True))
def test_bands_end_to_end_make_a_scale_and_a_hole_is_refused(cuts):
    cuts = [0, *sorted({*cuts} - {0, 100}), 100]
    bands = [
        {"words": [f"word {n}"], "low": low, "high": high}
        for n, (low, high) in enumerate(pairwise(cuts))
    ]
    given = {"name": "own", "version": "1", "title": "t", "source": "s", "bands": bands}
    scale = hedges.parse_scale(msgspec.yaml.encode(given))
    assert scale.interval(("word 0",)) == (0.0, bands[0]["high"] / 100)
    if len(bands) > 1:
        holed = {
            **given,
            "bands": [bands[0], {**bands[1], "low": bands[1]["low"] + 0.5}, *bands[2:]],
        }
        with pytest.raises(RegisterError, match="gap"):
            hedges.parse_scale(msgspec.yaml.encode(holed))
