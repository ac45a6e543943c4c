"""Acts that are only the content of another one: "accused Minsk of shelling"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.act import VERBAL
from detente.coding.grammar.verbs import is_juxtaposed

if TYPE_CHECKING:
    from detente.coding.acts.matching import Match
    from detente.coding.grammar.tree import Token

TEMPORAL_OF = frozenset({"during", "after", "following", "at", "in", "since", "under", "amid"})
"""Prepositions that date an act by another one instead of telling its content."""


def is_content(match: Match, matches: list[Match]) -> bool:
    """Return whether an act is only the content of another, or hangs on it as a topic.

    An accusation that is denied is no content of the denial: it was made.
    """
    token = match.trigger
    others = {m.trigger.i: m for m in matches if m is not match and m.frame.type in VERBAL}
    if match.nominal and match.frame.type == "ACCUSE":
        others = {i: m for i, m in others.items() if m.frame.type != "REJECT"}
    held = {c.i for m in others.values() for c in m.content}
    while token.head != token:
        if token.i in held:
            return True
        if token.dep_ == "relcl" and token.head.i in held and _imagined(token):
            return True
        if token.dep_ in {"relcl", "appos", "advcl", "parataxis"} or is_juxtaposed(token):
            return False
        if _is_added(token):
            return False
        above = token.head
        if above.i in others and token.dep_ not in {"conj", "nsubj", "nsubjpass"}:
            if _is_reason(token, others[above.i]):
                return False
            fronted = match.frame.type == "CONSULT" and token.i < above.i
            dated = TEMPORAL_OF | {"on", "upon"} if fronted else TEMPORAL_OF
            return token.dep_ != "prep" or token.lower_ not in dated
        token = above
    return False


def _is_added(verb: Token) -> bool:
    """Return whether a participle tells more of a noun behind a comma: "the claims, dismissed by Oslo"."""
    before = verb.left_edge.i
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.doc[before - 1].text == ","


def is_denied(match: Match, matches: list[Match]) -> bool:
    """Return whether a noun tells an accusation that somebody denies: "denied a Thai claim that"."""
    if match.frame.type != "ACCUSE" or match.trigger.dep_ != "dobj":
        return False
    denials = {m.trigger.i for m in matches if m.frame.type == "REJECT"}
    verb = match.trigger.head
    return verb.i in denials or verb.head.i in denials


def _is_reason(token: Token, outer: Match) -> bool:
    """Return whether an act is told as what another one is for: "thanked Oslo for sending tents".

    What somebody is accused of or warned against is told by the accuser alone.
    """
    if token.dep_ != "prep" or token.lower_ not in {"for", "over"}:
        return False
    told = outer.frame.type == "SUPPORT" or outer.frame.mode == "disapprove"
    return told and any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in token.children)


def _imagined(verb: Token) -> bool:
    """Return whether a clause tells what a plan or a proposal provides for."""
    return any(c.tag_ == "MD" and c.lower_ in {"would", "should", "could"} for c in verb.children)
