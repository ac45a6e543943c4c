"""The path of a contact: format, institutions, medium, host, occasion; and PLOVER's CONSULT mode."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from detente.model import Channel
from detente.registers import load as load_register
from detente.registers import seats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading
    from detente.model import Actor, Place

PHONE = frozenset({"phone", "telephone", "telephonic", "call"})
VIDEO = frozenset(
    {"video", "videoconference", "videolink", "online", "virtual", "virtually", "zoom"}
)
LETTER = frozenset({"letter", "message", "cable", "telegram"})
PAIR = 2
"""Members of a bloc that stands for both sides of a relation."""
IN_PERSON = frozenset({"meet", "visit", "host", "talks", "tour", "gather"})
"""Frames of CONSULT whose sides are in one place, where nothing says otherwise."""

_GATHERING = (
    r"(?P<what>(?:the |a |an |this year's |last year's )?(?:[\w.'’-]+ ){0,7}?(?:[Ss]ummits?|[Aa]ssembly|"
    r"[Cc]onference|[Ff]orum|[Ss]ession|[Cc]ongress|[Ff]air|[Gg]ames|[Ff]uneral|[Aa]nniversary|"
    r"[Ii]nauguration|[Pp]arade|[Ee]xhibition|[Cc]ouncil)(?: (?:in|of) (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,3}){0,2})"
)
_MARGINS = re.compile(
    rf"\b(?:on|at|in) the (?:margins?|sidelines?|fringes?) of {_GATHERING}"
    r"|\b(?:on|at|in) the (?:margins?|sidelines?|fringes?) of (?P<bare>(?:the |a |an )?[A-Z][\w.'’-]*"
    r"(?: [A-Z][\w.'’-]*){0,5})"
)
_DURING = re.compile(rf"\b(?:during|at) {_GATHERING}")


def read(
    reading: Reading,
    act: Act,
    place: Place | None,
    scope: Sequence[Token],
    sides: tuple[Sequence[Actor], Sequence[Actor]],
) -> Channel:
    """Return the channel of an act.

    Args:
        reading: The sentence.
        act: The act.
        place: Where it took place.
        scope: The tokens of its clause.
        sides: Source and target as they stand in the event.
    """
    occasion = occasion_in(reading.sentence.text)
    mode = mode_of(act, place, occasion=occasion)
    contact = act.type in {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}
    return Channel(
        format=format_of(act, mode) if contact else None,
        pairing=pairing_of(*sides),
        symmetric=act.symmetric,
        medium=medium_of(act, scope) if act.type == "CONSULT" else None,
        occasion=occasion if contact else None,
        host=host_of(act, mode, place, occasion=occasion),
    )


def actors(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    """Return the actors of several mentions, each code and person once; a bloc of two is its members."""
    found: dict[tuple[str, str | None], Actor] = {}
    for mention in mentions:
        for one in mention.actors:
            for actor in _each(one):
                found.setdefault((actor.code, actor.person), actor)
    return tuple(found.values())


def _each(actor: Actor) -> tuple[Actor, ...]:
    """Return both sides of "the two Koreas", any other actor as it is."""
    if not actor.country.startswith("BLOC:"):
        return (actor,)
    members = load_register().members_on(actor.country)
    if len(members) != PAIR:
        return (actor,)
    return tuple(
        replace(actor, code=actor.code.replace(actor.country, member), country=member)
        for member in members
    )


def mode_of(act: Act, place: Place | None, *, occasion: str | None = None) -> str | None:
    """Return the act's mode; a meeting gets its own by who is at home where it took place.

    Where neither side is at home it is ``third-party`` ("hosted by a third party" in PLOVER's
    words); where one side is, it is the other's ``visit``. Three states or more, or the members of
    one organisation among themselves, make it ``multilateral``. A state is at home in its
    territory, but for a seat where it is a member among others; an organisation at its seats.

    Args:
        act: The act.
        place: Where it took place.
        occasion: The gathering in whose course it took place.
    """
    if act.type != "CONSULT" or act.mode is not None:
        return act.mode
    parties = {a.country for a in actors((*act.source, *act.target))}
    if any(p.startswith("BLOC:") for p in parties) or (len(parties) > 2 and occasion):
        return "multilateral"
    if place is not None and place.country is not None:
        home = at_home(parties, place, occasion=occasion)
        if not home and len(parties) > 1:
            return "third-party"
        if len(parties) == 2:
            return "visit" if len(home) == 1 and act.frame.symmetric else None
    alone = len(parties) == 1 and not parties.isdisjoint(seats.load())
    return "multilateral" if len(parties) > 2 or alone else None


def at_home(parties: Iterable[str], place: Place, *, occasion: str | None = None) -> set[str]:
    """Return the parties that are at home in a place.

    On the occasion of a gathering at an organisation's seat the state that it lies in is a guest
    of the organisation like the others, unless the seat is in its capital.
    """
    here = seats.at(place.name)
    guest = seats.is_neutral(place.name) or (bool(here) and occasion is not None)
    home = {party for party in parties if party in here}
    if not guest:
        home |= {party for party in parties if party == place.country}
    return home


def format_of(
    act: Act, mode: str | None
) -> Literal["bilateral", "multilateral", "third-party"] | None:
    """Return ``bilateral``, ``multilateral`` or ``third-party`` (with a mediator).

    An organisation that deals with one state is one side of a bilateral contact; a bloc without
    organs of its own is many.
    """
    countries = {a.country for a in actors((*act.source, *act.target))}
    if act.frame.id == "consult/mediate":
        return "third-party"
    if mode == "multilateral" or len(countries) > 2:
        return "multilateral"
    if any(c.startswith("BLOC:") for c in countries):
        return "multilateral"
    return "bilateral" if len(countries) == 2 else None


def pairing_of(source: Sequence[Actor], target: Sequence[Actor]) -> str | None:
    """Return both sides' institutions, such as ``MFA-MOD``; None where one is not known."""
    first = next((a.institution for a in source if a.institution), None)
    second = next((a.institution for a in target if a.institution), None)
    return f"{first}-{second}" if first and second else None


def medium_of(act: Act, scope: Sequence[Token]) -> str | None:
    """Return how the sides spoke: ``phone``, ``video``, ``letter`` or ``in person``."""
    words = {t.lower_ for t in scope}
    if words & VIDEO:
        return "video"
    if words & LETTER:
        return "letter"
    if act.mode == "phone" or words & PHONE:
        return "phone"
    return "in person" if act.frame.id.partition("/")[2] in IN_PERSON else None


def host_of(
    act: Act, mode: str | None, place: Place | None, *, occasion: str | None = None
) -> str | None:
    """Return the country or organisation that received a visit."""
    if mode != "visit":
        return None
    if act.mode is None and place is not None:
        parties = {a.country for a in actors((*act.source, *act.target))}
        return next(iter(sorted(at_home(parties, place, occasion=occasion))), None)
    return next((a.country for a in actors(act.target)), None)


@lru_cache(256)
def occasion_in(text: str) -> str | None:
    """Return the gathering on whose margins, or in whose course, something took place.

    ``occasion_in("They met on the sidelines of the Riga summit")`` is ``"the Riga summit"``.
    """
    found = _MARGINS.search(text) or _DURING.search(text)
    if found is None:
        return None
    groups = found.groupdict()
    return groups["what"] or groups.get("bare")
