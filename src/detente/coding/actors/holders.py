"""From a name and a day to the office that its bearer holds, or held before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.model import Actor
from detente.registers import offices
from detente.registers.gazetteer import fold, load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.grammar.tree import Doc
    from detente.registers import Register, Sense

CITY = 100_000
"""Inhabitants from which a city before a role names its country: "Shanghai police"."""
SHARE = 5
"""How many times larger than its namesakes abroad it must be."""


def holder(
    name: str,
    *,
    day: str | None,
    about: Sequence[str],
    register: Register,
    surname: bool = False,
) -> tuple[Actor | None, str]:
    """Return who bears a name, and how that was found.

    Args:
        name: Full name, or a surname alone.
        day: ISO 8601; None takes the latest office.
        about: Codes that the text is about.
        register: The register of actors.
        surname: As in ``offices.last_held``.

    Returns:
        The actor in the office of that day (``office-holder``); else the country with the office
        that ended before (``former office-holder``); else None.
    """
    office = offices.lookup(name, day=day, countries=about)
    if office is not None:
        institution = office.institution
        if institution is None and office.code in register.members:
            institution = "IGO"
        code = office.code if institution in {None, "IGO"} else f"{office.code}.{institution}"
        return Actor(
            code=code, country=office.code, institution=institution, person=name,
            role=office.role, rank=office.rank,
        ), "office-holder"  # fmt: skip
    if day is None:
        return None, ""
    past = offices.last_held(name, day=day, countries=about, surname=surname)
    if past is None:
        return None, ""
    actor = Actor(code=past.code, country=past.code, person=name, role=f"former {past.role}")
    return actor, "former office-holder"


def person_of(senses: Sequence[Sense], day: str | None) -> Actor:
    """Return a person of the user's register in the office of a day, or without the last one.

    Args:
        senses: The person's entries, at least one.
        day: ISO 8601; None takes the first entry.
    """
    held = next((sense for sense in senses if sense.on(day)), None)
    if held is None:
        past = max(senses, key=lambda sense: sense.until or "")
        role = f"former {past.role or past.institution or 'office-holder'}"
        return Actor(
            code=past.code, country=past.code, person=past.name, role=role,
            how="former office-holder",
        )  # fmt: skip
    code = held.code if held.institution in {None, "IGO"} else f"{held.code}.{held.institution}"
    return Actor(
        code=code, country=held.code, institution=held.institution, person=held.name,
        role=held.role, rank=held.rank, sector=held.sector, how="person",
    )  # fmt: skip


def city_country(doc: Doc, end: int) -> str | None:
    """Return the country of a large city or province whose name ends before a token, if any."""
    start = end
    while start > 0 and doc[start - 1].pos_ == "PROPN" and end - start < 3:
        start -= 1
    if start == end:
        return None
    largest: dict[str, int] = {}
    for entry in load_gazetteer().lookup(fold(doc[start:end].text)):
        if entry.country is not None and entry.feature in {"P", "A"}:
            size = max(entry.population, largest.get(entry.country, 0))
            largest[entry.country] = size
    ranked = sorted(largest.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < CITY:
        return None
    if len(ranked) > 1 and ranked[0][1] < SHARE * ranked[1][1]:
        return None
    return ranked[0][0]
