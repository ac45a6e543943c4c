"""Sets of words that rules ask a text for, and which of them a text answers.

Thousands of frames and patterns ask every sentence for words of theirs. Each set has a number; a
text is looked up once, word by word, and gives the numbers of all the sets that it answers.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")

_numbers: dict[frozenset[str], int] = {}
_by_word: dict[str, set[int]] = {}
_writing = Lock()


def number(words: frozenset[str]) -> int:
    """Return the number of a set of words; equal sets have the same."""
    with _writing:
        known = _numbers.get(words)
        if known is None:
            known = len(_numbers)
            for word in words:
                _by_word.setdefault(word, set()).add(known)
            _numbers[words] = known
    return known


def count() -> int:
    """Return how many sets there are."""
    return len(_numbers)


def answered(words: Iterable[str]) -> set[int]:
    """Return the numbers of the sets of which at least one word is among some words."""
    return set().union(*[_by_word[word] for word in words if word in _by_word])


class Listed(Generic[T]):
    """Things that each need words of some sets, found by the sets that a text answers.

    Args:
        needing: Each thing with the numbers of the sets that it needs, all of them, in order of precedence.
    """

    __slots__ = ("_asked", "_free", "_needing", "_places", "_plain")

    def __init__(self, needing: Iterable[tuple[T, frozenset[int]]]) -> None:
        self._needing = tuple(needing)
        self._places: dict[int, list[int]] = {}
        self._free: list[int] = []
        for place, (_, needs) in enumerate(self._needing):
            if needs:
                self._places.setdefault(max(needs), []).append(place)
            else:
                self._free.append(place)
        self._asked = frozenset(self._places)
        self._plain = tuple(self._needing[place][0] for place in self._free)

    def possible(self, answered: set[int]) -> Sequence[T]:
        """Return the things all of whose sets are answered, in their order."""
        needing, met = self._needing, self._asked & answered
        places = [n for need in met for n in self._places[need] if needing[n][1] <= answered]
        if not places:
            return self._plain
        return [needing[n][0] for n in sorted(self._free + places)]
