"""Find named occasions with known dates, such as a summit, a treaty or a war."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from detente.coding.dates.atoms import Atom
from detente.registers.occasions import load_occasions

if TYPE_CHECKING:
    from detente.registers.occasions import Occasion

_YEAR = r"(?:1[5-9]|20)\d\d"


def _plain(name: str) -> str:
    """Return a name in lower case, hyphens as spaces."""
    return re.sub(r"[\s-]", " ", name.lower())


@cache
def _scanner() -> tuple[re.Pattern[str], dict[str, tuple[Occasion, ...]]]:
    by_name: dict[str, list[Occasion]] = {}
    for occasion in load_occasions():
        for name in occasion.names:
            by_name.setdefault(_plain(name), []).append(occasion)
    names = sorted(by_name, key=len, reverse=True)
    choice = "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in names)
    full = re.compile(
        rf"\b(?:(?P<y>{_YEAR})\s)?(?P<n>{choice})\b(?:,?\s(?:of|in)\s(?P<z>{_YEAR})|\s(?P<x>{_YEAR}))?",
        re.IGNORECASE,
    )
    return full, {name: tuple(found) for name, found in by_name.items()}


def names() -> frozenset[str]:
    """Return the names of all occasions in lower case, without hyphens."""
    every = (name for occasion in load_occasions() for name in occasion.names)
    return frozenset(name.lower().replace("-", " ") for name in every)


def occasions_in(text: str) -> tuple[Atom, ...]:
    """Return the named occasions of a text; a name without a year must be of one occasion."""
    full, by_name = _scanner()
    found = []
    for match in full.finditer(text):
        if match["n"][:1].islower():
            continue
        options = by_name[_plain(match["n"])]
        year = match["y"] or match["z"] or match["x"]
        if year is not None:
            options = tuple(option for option in options if option.first.year == int(year))
        elif len(options) > 1:
            options = tuple(option for option in options if option.default)
        if len(options) != 1:
            continue
        chosen = options[0]
        found.append(
            Atom(
                start=match.start(), end=match.end(), precision=chosen.precision,
                form="occasion", past=(chosen.first, chosen.last), year=chosen.first.year,
                basis="occasion",
            )
        )  # fmt: skip
    return tuple(found)
