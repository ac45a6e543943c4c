"""What the reader is told of an act with each mention and each two states."""

import numpy as np
import pytest

from detente.coding.reader import planes

MEMBER = np.zeros((4, 16), np.bool_)
MEMBER[[0, 1, 2, 3], [0, 1, 0, 2]] = True
"""Four mentions: a state, another, the first again, a third."""
PLACES = np.array([2, 10, 20, 40], np.int32)


def sides(source, target):
    found = np.zeros((2, 16), np.bool_)
    found[0, source] = found[1, target] = True
    return found


def test_the_acts_beside_tell_who_their_parties_are():
    told = {5: sides([0], [1]), 30: sides([2], [0])}
    before_and_after = planes.beside(told, 15, MEMBER)
    assert before_and_after.tolist() == [
        [True, False, False, True],
        [False, True, False, False],
        [True, False, False, True],
        [False, False, True, False],
    ]
    assert not planes.beside({15: sides([0], [1])}, 15, MEMBER).any()  # itself is not beside


def test_who_was_told_of_last_is_nearest():
    apart, recent, nearest = planes.nearness(PLACES, np.array([25]), MEMBER)[0].T
    assert apart.argmin() == 2
    assert recent.tolist() == [1.0, 0.5, 1.0, 0.0]  # the third comes after the act
    assert nearest.tolist() == [0.0, 1.0, 1.0, 1.0]


def test_pairs_tell_one_state_twice_and_who_dealt_with_whom():
    told = {5: sides([0], [1]), 30: sides([1], [2])}
    bodies = np.array([4, 0, 7, 0], np.int32)
    one, other = planes.pairs(told, [15, 30], MEMBER, bodies)
    assert one[..., 0].trace() == 16
    assert [n for n in range(16) if one[n, n, 1]] == [0]  # only the first has two bodies
    assert {(a, b) for a, b in np.argwhere(one[..., 2])} == {(0, 1), (1, 0), (1, 2), (2, 1)}
    assert {(a, b) for a, b in np.argwhere(other[..., 2])} == {(0, 1), (1, 0)}
    assert {(a, b) for a, b in np.argwhere(one[..., 3])} == {(0, 1), (1, 0)}


@pytest.mark.model
def test_ways_through_the_parse(parsed):
    doc = parsed("Peru signed a pact with Chile.")
    by_word = {token.text: token for token in doc}
    assert planes.path(by_word["signed"], by_word["Peru"]) == ">nsubj"
    assert planes.path(by_word["Peru"], by_word["signed"]) == "^nsubj>"
    assert planes.path(by_word["pact"], by_word["Peru"]) == "^dobj>nsubj"
    assert planes.path(by_word["signed"], by_word["Chile"]).endswith("pobj:with")
