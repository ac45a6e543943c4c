"""Choose which place a name stands for, from all the places of a document."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from detente.registers import seats
from detente.registers.gazetteer import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.places.recognise import Candidate
    from detente.registers.gazetteer import Entry

PRIOR = {
    "country": 3.0, "continent": 9.0, "region": 9.0, "water": 9.0, "mountain": 9.0, "island": 9.0,
    "spot": 9.0, "capital": 0.7, "admin1": -0.5, "admin2": 3.2, "town": 0.0, "seat": 0.0,
    "district": -0.5,
}  # fmt: skip
"""Added to the logarithm of the population; a second-order division has none on file."""
CITIES = frozenset({"town", "capital", "seat"})
ALTERNATE_PENALTY = 1.5
COUNTRY_BONUS = 2.0
DIVISION_BONUS = 1.5
GIVEN_BONUS = 1.0
SEAT_BONUS = 2.0
"""For a city in which an organisation has its seat: two foreign ministers who meet in Geneva are not in
the town of that name in the country of one of them."""


def choose(found: Sequence[Candidate], countries: Sequence[str]) -> dict[str, tuple[Entry, float]]:
    """Return the place of each folded name of a document, with a confidence from 0 to 1.

    One name has one sense in a document, unless a container says otherwise; that is settled by
    ``contained``. Evidence: population, main or alternative name, the countries and provinces
    that the document names for sure, and the countries that the caller names.
    """
    context, divisions = _context(found)
    names = {fold(candidate.text): candidate for candidate in found}
    held = {
        fold(candidate.text): entry
        for candidate in found
        if (entry := contained(candidate)) is not None
    }
    chosen: dict[str, tuple[Entry, float]] = {}
    for _ in range(2):
        for name, candidate in names.items():
            if name in held:
                chosen[name] = (held[name], 0.95)
                continue
            chosen[name] = _best(candidate, context, divisions, countries)
        for entry, _sure in chosen.values():
            if entry.country is not None:
                context[entry.country] += 1
    return chosen


def contained(candidate: Candidate) -> Entry | None:
    """Return what a name with its container must be ("Warsaw, Indiana")."""
    holder = candidate.container
    if holder is None:
        return None
    inside = [
        entry
        for entry in candidate.entries
        for above in holder.entries
        if (above.kind == "admin1" and entry.admin1 == above.id and entry.kind != "admin1")
        or (above.kind in {"country", "region"} and above.country == entry.country
            and entry.kind not in {"country", "region"})
    ]  # fmt: skip
    if not inside:
        return None
    return max(inside, key=lambda entry: _score(entry, Counter(), Counter(), ()))


def _context(found: Sequence[Candidate]) -> tuple[Counter[str], Counter[int]]:
    context: Counter[str] = Counter()
    divisions: Counter[int] = Counter()
    for candidate in found:
        kinds = {entry.kind for entry in candidate.entries}
        for entry in candidate.entries:
            if entry.country is None:
                continue
            if entry.kind == "country":
                context[entry.country] += 2
            elif entry.kind == "admin1" and "country" not in kinds and not entry.alternate:
                context[entry.country] += 1
                divisions[entry.id] += 1
        holder = contained(candidate)
        if holder is not None and holder.country is not None:
            context[holder.country] += 3
            divisions[holder.admin1] += 1
    return context, divisions


def _best(
    candidate: Candidate, context: Counter[str], divisions: Counter[int], countries: Sequence[str]
) -> tuple[Entry, float]:
    scored = sorted(
        ((_score(entry, context, divisions, countries), -i, entry)
         for i, entry in enumerate(candidate.entries)),
        key=lambda item: item[:2],
        reverse=True,
    )  # fmt: skip
    top = scored[0]
    margin = top[0] - scored[1][0] if len(scored) > 1 else 3.0
    return top[2], round(1 / (1 + math.exp(-margin)), 2)


def _score(
    entry: Entry, context: Counter[str], divisions: Counter[int], countries: Sequence[str]
) -> float:
    score = math.log10(entry.population + 10) + PRIOR[entry.kind]
    if entry.alternate:
        score -= ALTERNATE_PENALTY
    if entry.country is not None and entry.country in context:
        total = sum(context.values())
        score += COUNTRY_BONUS * (0.3 + 0.7 * context[entry.country] / total)
    if entry.admin1 and entry.admin1 in divisions:
        score += DIVISION_BONUS
    if entry.country in countries:
        score += GIVEN_BONUS
    if entry.kind in CITIES and (entry.name, entry.country) in seats.cities():
        score += SEAT_BONUS
    return score
