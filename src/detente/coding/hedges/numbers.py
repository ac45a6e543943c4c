"""Probabilities that a text gives as numbers: "70 percent", "one in three"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_PERCENT = (("%",), ("percent",), ("per", "cent"))


def share_at(lower: Sequence[str], at: int) -> tuple[int, float] | None:
    """Read a probability at one place.

    Args:
        lower: The words of a sentence in lower case.
        at: Number of the first word.

    Returns:
        How many words it fills and the share, 0 to 1; None where there is none, or it lies
        outside 0 to 1: ``["one", "in", "four"]`` gives ``(3, 0.25)``.
    """
    return _percent(lower, at) or _ratio(lower, at)


def _percent(lower: Sequence[str], at: int) -> tuple[int, float] | None:
    number = _number(lower[at])
    if number is None:
        return None
    for unit in _PERCENT:
        if tuple(lower[at + 1 : at + 1 + len(unit)]) == unit:
            return (1 + len(unit), number / 100) if 0 <= number <= 100 else None
    return None


def _ratio(lower: Sequence[str], at: int) -> tuple[int, float] | None:
    plain = [w for w in lower[at : at + 5] if w != "-"]
    if len(plain) < 3 or plain[1] != "in":
        return None
    part, whole = _number(plain[0]), _number(plain[2])
    if part is None or whole is None or not 0 < part <= whole:
        return None
    length = 5 if lower[at + 1] == "-" else 3
    return length, round(part / whole, 4)


def _number(word: str) -> float | None:
    if word in _WORDS:
        return float(_WORDS[word])
    try:
        return float(word)
    except ValueError:
        return None
