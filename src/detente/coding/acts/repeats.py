"""Acts of one sentence that another one tells better: a noun under its verb, a visit and its talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.act import actors_of
from detente.coding.acts.room import HURTING

if TYPE_CHECKING:
    from detente.coding.acts.act import Act


def apart(acts: list[Act]) -> list[Act]:
    """Drop an act that another one tells better: same trigger noun under a verb, same parties."""
    kept: list[Act] = []
    for act in acts:
        told = next((o for o in acts if o is not act and _repeats(act, o)), None)
        if told is None:
            kept.append(act)
        elif not told.target and not told.symmetric:
            told.target = act.target
    return kept


def _repeats(act: Act, other: Act) -> bool:
    """Return whether a nominal act hangs on a verb of the same type ("met during talks").

    A visit is told again by the meeting that it was for ("flew to Oslo and met the premier").
    """
    if act.type != other.type:
        return False
    if act.frame.noun and not other.frame.noun and other.trigger.is_ancestor(act.trigger):
        return not (act.target and _by_another(act, other))
    if act.type == "ASSAULT" and act.trigger.dep_ == "advcl" and act.trigger.tag_ == "VBG":
        return act.trigger.head == other.trigger and act.source == other.source
    if act.type == "ASSAULT" and not act.source and act.trigger.lemma_ in HURTING:
        return bool(other.source)
    if act.type == "COERCE" and act.source == other.source and _of_victims(act):
        return act.trigger.head == other.trigger
    if act.type not in {"CONSULT", "AGREE"} or act.status != other.status:
        return False
    if act.type == "CONSULT" and other.mode != "visit" and _goes_on(act, other):
        return True
    guests, hosts = actors_of(act.source), actors_of(act.target)
    bodies = [a for a in actors_of((*other.source, *other.target)) if a.institution]
    coming = {a.country for a in guests} & {a.country for a in bodies}
    return (
        bool(hosts)
        and bool(coming)
        and {a.country for a in hosts} == {a.country for a in bodies} - coming
        and not any(a.institution for a in hosts)
    )


def _by_another(act: Act, other: Act) -> bool:
    """Return whether two acts have doers of different states: "recalled him over the expulsion by"."""
    here, there = ({a.country for a in actors_of(one.source)} for one in (act, other))
    return bool(here) and bool(there) and here.isdisjoint(there)


def _of_victims(act: Act) -> bool:
    """Return whether an act falls on what is the victim's of the one before: "and detained its crew"."""
    objects = (c for c in act.trigger.children if c.dep_ == "dobj")
    return act.trigger.dep_ == "conj" and any(
        c.lower_ in {"its", "their"} for o in objects for c in o.children
    )


def _goes_on(act: Act, other: Act) -> bool:
    """Return whether a contact is the one that a verb before told: "met and exchanged views"."""
    token = act.trigger
    while token.dep_ == "conj" and token.head.pos_ in {"VERB", "AUX"}:
        token = token.head
        if token == other.trigger:
            here, before = (actors_of((*a.source, *a.target)) for a in (act, other))
            return {a.country for a in here} == {a.country for a in before}
    return False
