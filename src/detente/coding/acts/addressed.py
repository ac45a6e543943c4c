"""Whom a reaction or a complaint is directed at, where its object is a deed or its addressee a forum.

"Rome set a visa requirement, which Mali regretted" and "..., a step that Mali regretted" reproach Rome, and "told the United Nations about
Turkish drones" complains of Turkey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar import rings
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.acts.act import Act
    from detente.coding.acts.described import Opened
    from detente.coding.acts.matching import Match
    from detente.coding.acts.parties import Finder
    from detente.coding.types import Mention

REACTING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
"""Types of act that answer what somebody did."""
ABOUT = frozenset({"about", "over", "against"})


def of_deed(
    match: Match, finder: Finder | Opened, source: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Return who did what a relative clause reacts to; empty where it reacts to an actor or names none.

    Args:
        match: The reaction.
        finder: Knows the parties.
        source: Who reacts.
    """
    verb = match.trigger
    if match.frame.type not in REACTING or verb.dep_ not in {"relcl", "acl"}:
        return ()
    deed, known = verb.head, finder.of(match.frame.type)
    summed = deed.dep_ in {"appos", "npadvmod"}
    which = verb.dep_ == "relcl" and any(t.lower_ == "which" for t in verb.lefts)
    if deed.i in known.mentions or not (summed or which):
        return ()
    makers = [c for c in deed.children if c.dep_ == "poss"]
    makers += prepositional(deed, frozenset({"by"}))
    for heads in (makers, subjects_of(rings.verb_above(deed))):
        found = known.all(heads, "S")
        if found and not _states(found) & _states(source):
            return found
    return ()


def beyond_forum(act: Act, finder: Finder) -> tuple[Mention, ...]:
    """Return whom a complaint is about that is lodged with an organisation, empty where that is open.

    Args:
        act: The act, with the addressee as its target.
        finder: Knows the parties.
    """
    addressed = [a for m in act.target for a in m.actors]
    if act.type != "ACCUSE" or not addressed or any(a.institution != "IGO" for a in addressed):
        return ()
    heads = (finder.reading.doc[m.head] for m in act.target)
    bases = [act.trigger, *act.tokens, *heads]
    found = finder.all([n for b in bases for n in prepositional(b, ABOUT)], "T", not_in=act.target)
    return found if not _states(act.source) & _states(found) else ()


def _states(mentions: Sequence[Mention]) -> set[str]:
    return {actor.country for mention in mentions for actor in mention.actors}
