"""Sets of words that rules ask a text for, and which of them a text answers.

Thousands of frames and patterns ask every sentence for words of theirs. Each set has a number; a
text is looked up once, word by word, and gives the numbers of all the sets that it answers.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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
