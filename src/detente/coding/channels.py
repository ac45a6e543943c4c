"""The path of a contact: format, institutions, medium, host, occasion; and PLOVER's CONSULT mode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from detente.model import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from detente.coding.predicates import Act
    from detente.coding.types import Mention, Reading
    from detente.model import Actor, Place

SEATS = {"New York": "UN", "Geneva": "UN", "The Hague": "UN"}
"""Seats of the United Nations: a meeting there is on neutral ground even for the host state's side,
unless the text calls it a visit to that state."""

ORGANISATIONS = frozenset(
    "UN EU NATO OSCE CSTO CIS EAEU AU ASEAN UNO IGO OPEC G7 G20 WTO IMF SCO ECOWAS COE GCC".split()
)
PHONE = frozenset({"phone", "telephone", "telephonic", "call"})
VIDEO = frozenset(
    {"video", "videoconference", "videolink", "online", "virtual", "virtually", "zoom"}
)
LETTER = frozenset({"letter", "note", "message", "cable", "telegram"})
IN_PERSON = frozenset({"consult/meet", "consult/visit", "consult/host", "consult/talks"})
OCCASION = re.compile(
    r"\b(?:on the (?:margins|sidelines|fringes) of|during|at) (?P<what>(?:the |a |an )?(?:[\w'’-]+ ){0,7}?"
    r"(?:[Ss]ummit|[Aa]ssembly|[Cc]onference|[Ff]orum|[Ss]ession|[Cc]ouncil)(?: in [A-Z]\w+)?)"
)


def read(reading: Reading, act: Act, place: Place | None, scope: Sequence[Token]) -> Channel:
    """Return the channel of an act.

    Args:
        reading: The sentence.
        act: The act.
        place: Where it took place.
        scope: The tokens of its clause.
    """
    mode = mode_of(act, place)
    pairing = pairing_of(act)
    contact = act.type in {"CONSULT", "AGREE", "COOPERATE"}
    return Channel(
        format=format_of(act, mode) if contact else None,
        pairing=pairing,
        symmetric=act.symmetric,
        medium=medium_of(act, scope) if act.type == "CONSULT" else None,
        occasion=_occasion(reading) if contact else None,
        host=host_of(act, mode, place),
    )


def actors(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    """Return the actors of several mentions, each code and person once."""
    found: dict[tuple[str, str | None], Actor] = {}
    for mention in mentions:
        for actor in mention.actors:
            found.setdefault((actor.code, actor.person), actor)
    return tuple(found.values())


def mode_of(act: Act, place: Place | None) -> str | None:
    """Return the act's mode; a meeting gets its own by where it took place.

    A meeting in a country of neither side, or at a seat of the United Nations, is ``third-party``;
    one in the country of one side is that of the others' ``visit``; three or more countries, or an
    organisation, make it ``multilateral``.
    """
    if act.type != "CONSULT" or act.mode is not None:
        return act.mode
    countries = [a.country for a in actors((*act.source, *act.target))]
    if len(set(countries)) > 2 or any(c in ORGANISATIONS for c in countries):
        return "multilateral"
    if place is None or place.country is None:
        return None
    if place.country not in countries or place.name in SEATS:
        return "third-party"
    if len(set(countries)) == 2 and act.frame.id == "consult/meet":
        return "visit"
    return None


def format_of(
    act: Act, mode: str | None
) -> Literal["bilateral", "multilateral", "third-party"] | None:
    """Return ``bilateral``, ``multilateral`` or ``third-party`` (with a mediator)."""
    countries = {a.country for a in actors((*act.source, *act.target))}
    if act.frame.id == "consult/mediate":
        return "third-party"
    if mode == "multilateral" or len(countries) > 2:
        return "multilateral"
    if any(c in ORGANISATIONS or c.startswith("BLOC:") for c in countries):
        return "multilateral"
    return "bilateral" if len(countries) == 2 else None


def pairing_of(act: Act) -> str | None:
    """Return both sides' institutions, such as ``MFA-MOD``; None where one is not known."""
    first, second = actors(act.source), actors(act.target)
    if not second and act.symmetric:
        first, second = first[:1], first[1:]
    source = next((a.institution for a in first if a.institution), None)
    target = next((a.institution for a in second if a.institution), None)
    return f"{source}-{target}" if source and target else None


def medium_of(act: Act, scope: Sequence[Token]) -> str | None:
    """Return how the sides spoke: ``phone``, ``video``, ``letter`` or ``in person``."""
    words = {t.lower_ for t in scope}
    if words & VIDEO:
        return "video"
    if act.mode == "phone" or words & PHONE:
        return "phone"
    return "in person" if act.frame.id in IN_PERSON else None


def host_of(act: Act, mode: str | None, place: Place | None) -> str | None:
    """Return the country that received a visit."""
    if mode != "visit":
        return None
    if act.frame.id == "consult/meet":
        return place.country if place is not None else None
    return next((a.country for a in actors(act.target)), None)


def _occasion(reading: Reading) -> str | None:
    found = OCCASION.search(reading.sentence.text)
    return found["what"] if found else None
