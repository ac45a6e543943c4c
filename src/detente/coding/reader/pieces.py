"""Words as pieces of a fixed vocabulary, so that words never seen share what their parts tell."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from detente import registers

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = Path(registers.__file__).parent / "data" / "reader" / "vocabulary.txt"
MOST = 4
"""Pieces of a word that are looked at."""
NOTHING = 0
"""Number of the piece that fills up."""
UNKNOWN = 100
LONGEST = 60
"""Characters of a word from which on it is unknown."""


@cache
def _vocabulary() -> dict[str, int]:
    return {line: n for n, line in enumerate(PATH.read_text(encoding="utf-8").split("\n"))}


@lru_cache(maxsize=50_000)
def of(word: str) -> tuple[int, ...]:
    """Return the numbers of a word's first pieces, ``MOST`` of them, filled up with ``NOTHING``.

    Upper case, accents and the bounds of punctuation are treated as by the WordPiece of uncased BERT (Devlin and others 2019), whose
    30,522 pieces the vocabulary begins with; whole words follow.
    """
    found = cut(word, _vocabulary())[:MOST]
    return (*found, *[NOTHING] * (MOST - len(found)))


def cut(word: str, known: Mapping[str, int]) -> list[int]:
    """Return the numbers of all of a word's pieces by some vocabulary."""
    plain = unicodedata.normalize("NFD", word.lower())
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    found: list[int] = []
    for part in _parts(plain):
        found += _longest(part, known)
    return found or [UNKNOWN]


def _parts(word: str) -> list[str]:
    """Cut a word at punctuation and space, each mark a part of its own."""
    parts: list[str] = []
    fresh = True
    for character in word:
        if character.isspace():
            fresh = True
        elif _is_mark(character):
            parts.append(character)
            fresh = True
        elif fresh:
            parts.append(character)
            fresh = False
        else:
            parts[-1] += character
    return parts


def _is_mark(character: str) -> bool:
    """Return whether a character stands alone: punctuation, and any other sign of ASCII."""
    if character.isascii():
        return not character.isalnum()
    return unicodedata.category(character).startswith("P")


def _longest(part: str, known: Mapping[str, int]) -> list[int]:
    """Return the longest pieces that a part begins with, one after the other."""
    if len(part) > LONGEST:
        return [UNKNOWN]
    found: list[int] = []
    start = 0
    while start < len(part):
        for end in range(len(part), start, -1):
            number = known.get(("##" if start else "") + part[start:end])
            if number is not None:
                found.append(number)
                start = end
                break
        else:
            return [UNKNOWN]
    return found
