"""Causes in participles and absolutes: "citing X", "alarmed by X", "with its reserves running out"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.causes.relation import Relation, joint, matrix
from detente.coding.claims.view import span_of
from detente.coding.grammar.prepositions import prepositional
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

_DEEDS = frozenset({"VERB", "AUX"})
_BY = frozenset({"by", "at", "with", "over", "about", "of"})


def _citing(token: Token) -> Relation | None:
    """Read "closed the border, citing X" and "fearing X, Riga closed the border"."""
    if token.tag_ != "VBG" or token.dep_ not in {"advcl", "acl"}:
        return None
    if token.lemma_.lower() not in words("cause", "citing"):
        return None
    deed = token.head
    if deed.pos_ not in _DEEDS:
        deed = deed.head
    content = next(
        (c for c in token.children if c.dep_ in {"dobj", "ccomp", "xcomp"} and c.i > token.i), None
    )
    vague = {"fear": "for", "know": "of", "hope": "for", "worry": "about"}
    prep = vague.get(token.lemma_.lower())
    if content is None and prep is not None:
        content = next(iter(prepositional(token, frozenset({prep}))), None)
    if deed.pos_ not in _DEEDS or content is None:
        return None
    held, rejected = joint(content)
    return Relation(
        rule=token.lower_, head=deed, cause=held, rejected=rejected,
        effect=span_of(matrix(deed, token)), signal=(token.i, token.i + 1),
    )  # fmt: skip


def _moved_by(token: Token) -> Relation | None:
    """Read "Alarmed by X, Abuja closed its border" and "Prague, angry about X, recalled ..."."""
    moved = token.lemma_.lower() in words("cause", "moving") or token.lower_ in words(
        "cause", "moved"
    )
    if not moved or token.dep_ not in {"advcl", "acl", "amod"} or token.tag_ in {"VBG", "VB"}:
        return None
    deed = token.head
    if deed.pos_ not in _DEEDS and deed.dep_ in {"nsubj", "nsubjpass"}:
        deed = deed.head
    content = next(iter(prepositional(token, _BY)), None)
    if deed.pos_ not in _DEEDS or content is None:
        return None
    if token.dep_ != "advcl" and not _is_set_off(token):
        return None
    held, rejected = joint(content)
    return Relation(
        rule=token.lower_, head=deed, cause=held, rejected=rejected,
        effect=span_of(matrix(deed, token)), signal=(token.i, token.i + 1),
    )  # fmt: skip


def _is_set_off(token: Token) -> bool:
    first = token.left_edge.i
    return first == 0 or token.doc[first - 1].text == ","


def _absolute(token: Token) -> Relation | None:
    """Read "With its reserves running out, Colombo had to accept"."""
    if token.lower_ != "with" or token.i != 0 or token.head.pos_ not in _DEEDS:
        return None
    content = next((c for c in token.children if c.dep_ in {"pcomp", "pobj"}), None)
    if content is None:
        return None
    verb = content if content.dep_ == "pcomp" else _predicate(content) or _change(content)
    if verb is None or token.right_edge.i > token.head.i:
        return None
    return Relation(
        rule="with", head=token.head, cause=[span_of(content.subtree)],
        effect=span_of(matrix(token.head, token)), signal=(0, 1),
    )  # fmt: skip


def _predicate(noun: Token) -> Token | None:
    """Return the participle that says something of a noun: "talks stalled", "fuel running out"."""
    return next(
        (c for c in noun.children if c.dep_ == "acl" and c.i > noun.i and c.tag_ in {"VBG", "VBN"}),
        None,
    )


def _change(noun: Token) -> Token | None:
    """Return a noun that tells a change of something: "with the closure of the pass"."""
    told = any(c.lower_ == "of" for c in noun.children)
    change = noun.lower_.endswith(("sion", "tion", "ment", "ure", "ival", "awal"))
    return (
        noun if told and (change or noun.lemma_.lower() in words("cause", "happenings")) else None
    )


def _fronted(token: Token) -> Relation | None:
    """Read "Unable to pay, Colombo leased the port" and "Having lost its market, Chisinau ..."."""
    if token.dep_ not in {"advcl", "acl", "amod", "dep"} or token.left_edge.i != 0:
        return None
    deed = token.head if token.head.pos_ in _DEEDS else token.head.head
    if deed.pos_ not in _DEEDS or token.i > deed.i or token.right_edge.i + 1 >= len(token.doc):
        return None
    if token.doc[token.right_edge.i + 1].text != "," or not _is_state(token):
        return None
    return Relation(
        rule="being", head=deed, cause=[span_of(token.subtree)],
        effect=span_of(matrix(deed, token)), signal=(token.i, token.i + 1),
    )  # fmt: skip


def _is_state(token: Token) -> bool:
    """Tell whether a fronted phrase tells a state that moves somebody: "unable", "having lost"."""
    if any(c.dep_ in {"mark", "nsubj"} and c.lower_ != "having" for c in token.children):
        being = any(c.dep_ == "nsubj" for c in token.children) and token.lower_ == "being"
        return being
    having = any(c.lower_ == "having" for c in token.children)
    if having:
        return token.tag_ == "VBN"
    if token.pos_ == "ADJ":
        return token.lower_ in words("cause", "moved") | words("cause", "states")
    return token.tag_ == "VBN" and token.lower_ in words("cause", "states")


RULES = (_citing, _moved_by, _absolute, _fronted)
