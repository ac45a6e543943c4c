"""Parties that the text does not name because they go without saying.

An attack on a town strikes the state that it lies in; police who break up a rally act against
people of their country; who is charged or sentenced is so by the courts of the place, or of the
country whose office he holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.model import Actor
from detente.registers import frames
from detente.registers import load as load_register

if TYPE_CHECKING:
    from detente.coding.acts.act import Act
    from detente.coding.types import Reading
    from detente.model import Place

AUTHORITIES = {"COERCE": "INT", "ACCUSE": "JUD", "SANCTION": "JUD"}
"""Who acts where nobody is named, by type: police arrest, courts charge and convict."""
HOME = frozenset({"INT", "CVL", "OPP", "REB", "UAF", "JUD"})
"""Institutions that act in their own country unless a place says otherwise."""
FOREIGN = frozenset({"EMB", "MED", "BUS", "CVL", "NGO", "MIL"})
"""Institutions whose people may fall into the hands of another state."""
CROWD_MODES = frozenset({"curfew", "martial-law", "crowd-control", "censor"})
"""Modes that are always directed at the people of a place."""


def target(act: Act, place: Place | None, reading: Reading) -> tuple[Actor, ...]:
    """Return on whom an act without a named target fell; nobody where that is open."""
    if act.target or act.symmetric or not act.source:
        return ()
    country = place.country if place is not None else None
    source = act.source[0].actors[0]
    if act.type in {"COERCE", "ASSAULT"} and _at_people(act):
        home = country or (source.country if _at_home(act, source) else None)
        if home is not None and home in load_register().states:
            return (_people(act, home, place, reading),)
    if act.type == "ASSAULT" and country is None and source.institution in HOME:
        home = source.country if source.country in load_register().states else None
        return (Actor(code=home, country=home, how="territory attacked"),) if home else ()
    if act.type == "ASSAULT" and place is not None and country is not None:
        if country == source.country and source.institution in {"MIL", None}:
            return ()
        return (
            Actor(
                code=country, country=country, surface=place.name, span=place.span or (0, 0),
                how="territory attacked",
            ),
        )  # fmt: skip
    return ()


def source(act: Act, place: Place | None) -> tuple[Actor, ...]:
    """Return the authority that acted where a passive names none."""
    institution = AUTHORITIES.get(act.type)
    if act.source or institution is None or not act.target or not _is_passive(act):
        return ()
    if act.doerless and act.type != "COERCE":
        return ()
    held = act.target[0].actors[0]
    if place is not None and place.country is not None:
        return (_actor(place.country, institution, how="authorities of the place"),)
    if act.doerless:
        return ()
    office = held.institution is not None or held.role is not None
    if office and held.institution not in FOREIGN and held.country in load_register().states:
        return (_actor(held.country, institution, how="authorities of the country"),)
    return ()


def _is_passive(act: Act) -> bool:
    """Return whether nobody stands as subject: "was sentenced", not "a court sentenced"."""
    return not any(c.dep_ == "nsubj" for c in act.trigger.children)


def _at_people(act: Act) -> bool:
    if act.mode in CROWD_MODES:
        return True
    if act.type == "COERCE" and any(a.institution == "INT" for m in act.source for a in m.actors):
        return any(c.dep_ == "dobj" and c.tag_ == "PRP" for c in act.trigger.children)
    people = frames.load().classes["people"] | frames.load().classes["gathering"]
    objects = (*act.tokens, *act.content)
    return any(t.lemma_.lower() in people or t.lower_ in people for t in objects)


def _people(act: Act, home: str, place: Place | None, reading: Reading) -> Actor:
    """Return the people of a country, with the words for them or for where they are."""
    words = frames.load().classes["people"] | frames.load().classes["gathering"]
    for token in (*act.tokens, *act.content):
        if token.lemma_.lower() in words or token.lower_ in words:
            first = next((t for t in token.lefts if t.dep_ != "det"), token)
            span = reading.span_of(first, token)
            surface = token.doc[first.i : token.i + 1].text
            break
    else:
        surface, span = ("", (0, 0)) if place is None else (place.name, place.span or (0, 0))
    return Actor(
        code=f"{home}.CVL", country=home, institution="CVL", surface=surface, span=span,
        how="people of the country",
    )  # fmt: skip


def _at_home(act: Act, actor: Actor) -> bool:
    return act.type == "COERCE" or actor.institution in HOME


def _actor(country: str, institution: str, *, how: str) -> Actor:
    return Actor(code=f"{country}.{institution}", country=country, institution=institution, how=how)
