"""Sets of words that rules ask a text for, and which of them a text answers.

Thousands of frames and patterns ask every sentence for words of theirs. Each set has a number; a
text is looked up once, word by word, and gives the numbers of all the sets that it answers, as the bits of one
integer.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")

MOST = 100
"""Answers that are kept for things listed together; most are asked for with few combinations of words."""

_numbers: dict[frozenset[str], int] = {}
_by_word: dict[str, int] = {}
_writing = Lock()


def number(words: frozenset[str]) -> int:
    """Return the number of a set of words; equal sets have the same."""
    with _writing:
        known = _numbers.get(words)
        if known is None:
            known = len(_numbers)
            for word in words:
                _by_word[word] = _by_word.get(word, 0) | 1 << known
            _numbers[words] = known
    return known


def count() -> int:
    """Return how many sets there are."""
    return len(_numbers)


def answered(words: Iterable[str]) -> int:
    """Return the sets of which at least one word is among some words: bit ``n`` for the set of number ``n``."""
    found, known = 0, _by_word
    for word in words:
        asking = known.get(word)
        if asking is not None:
            found |= asking
    return found


def bits(numbers: Iterable[int]) -> int:
    """Return sets given by their numbers as ``answered`` returns them."""
    return sum(1 << number for number in numbers)


class Listed(Generic[T]):
    """Things that each need words of some sets, found by the sets that a text answers.

    Args:
        needing: Each thing with the numbers of the sets that it needs, all of them, in order of precedence.
    """

    __slots__ = ("_asked", "_known", "_needing")

    def __init__(self, needing: Iterable[tuple[T, frozenset[int]]]) -> None:
        self._needing = tuple((one, bits(needs)) for one, needs in needing)
        self._asked = 0
        for _, needs in self._needing:
            self._asked |= needs
        self._known: dict[int, tuple[T, ...]] = {}

    def possible(self, answered: int) -> Sequence[T]:
        """Return the things all of whose sets are answered, in their order."""
        met = self._asked & answered
        found = self._known.get(met)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            found = tuple(one for one, needs in self._needing if needs & met == needs)
            self._known[met] = found
        return found
