"""Causes that the parse hides: clefts, a first participle taken for the main verb, "that is why"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.causes.relation import Relation
from detente.coding.claims.causes.verbs import cleft_source, is_thing
from detente.coding.claims.view import span_of, subtree
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

_FRONTED = frozenset({"VBN", "VBD", "VBG", "JJ"})
_OPENERS = frozenset({"by", "at", "with", "over", "about", "of", "for", "from"})


def fronted(token: Token) -> Relation | None:
    """Read "Prompted by X, Y has done Z" where the parse takes the participle for the main verb."""
    if token.tag_ not in _FRONTED:
        return None
    lemma, low = token.lemma_.lower(), token.lower_
    if token.tag_ == "VBG":
        known = lemma in words("cause", "citing")
    else:
        known = lemma in words("cause", "moving") or low in words("cause", "moved")
        known = known or low in words("cause", "states")
    if not known or token.i != 0 or len(token.doc) < 6:
        return None
    opened = token.tag_ == "VBG" or token.nbor(1).lower_ in _OPENERS
    comma = _end_of_front(token) if opened else None
    if comma is None:
        return None
    first = 1 if token.tag_ == "VBG" or token.nbor(1).lower_ not in _OPENERS else 2
    held, effect = list(token.doc[first:comma]), list(token.doc[comma + 1 :])
    if not held or len(effect) < 2:
        return None
    part = span_of(effect)
    return Relation(
        rule=low, head=token.doc[part[0] : part[1]].root, cause=[span_of(held)], effect=part,
        signal=(0, 1),
    )  # fmt: skip


def _end_of_front(token: Token) -> int | None:
    """Return the comma behind a fronted participle: the last one before the main clause's subject."""
    commas = [t.i for t in token.doc if t.text == ","]
    if not commas:
        return None
    deed = next((t for t in token.doc[commas[0] :] if _is_finite(t, commas[0])), None)
    if deed is None:
        return None
    heads = [s for s in subjects_of(deed) if s.i > commas[0]]
    edge = heads[0].left_edge.i if heads else deed.i
    before = [i for i in commas if i < edge]
    return before[-1] if before else commas[0]


def _is_finite(token: Token, after: int) -> bool:
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"relcl", "acl", "aux", "auxpass"}:
        return False
    verbs = (token, *(c for c in token.children if c.dep_ in {"aux", "auxpass"}))
    return any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} and t.i > after for t in verbs)


def emphasised(token: Token) -> Relation | None:
    """Read "it was X, not Z, that did Y": a thing, not an actor, put in front."""
    if token.pos_ != "VERB" or token.dep_ not in {"relcl", "ccomp", "advcl"}:
        return None
    source = cleft_source(token)
    if (
        source is None
        or source.pos_ != "NOUN"
        or source.lemma_.lower() in words("topics", "people")
    ):
        return None
    if not any(c.dep_ in {"dobj", "prep", "xcomp", "ccomp", "prt"} for c in token.children):
        return None
    rivals = [c for c in source.children if c.dep_ in {"appos", "conj"} and _is_denied(c)]
    beside = [c for c in source.children if c.dep_ == "neg"]
    told = [t for t in token.subtree if t.lower_ not in {"that", "which"} or t.head != token]
    return Relation(
        rule="it was", head=token, cause=[span_of(subtree(source, without=[token, *rivals, *beside]))],
        rejected=[span_of(r.subtree) for r in rivals], effect=span_of(told),
        signal=(token.i, token.i + 1),
    )  # fmt: skip


def _is_denied(token: Token) -> bool:
    first = token.left_edge.i
    return any(t.lower_ == "not" for t in token.doc[max(0, first - 1) : token.i])


def that_is_why(token: Token) -> Relation | None:
    """Read "X, that is why." and "X, hence the visit."."""
    if token.lower_ != "why" or token.i < 4 or token.nbor(-1).lemma_ != "be":
        return None
    last = all(t.is_punct for t in token.doc[token.i + 1 :])
    if not last or token.nbor(-2).lower_ not in {"that", "this"}:
        return None
    return Relation(
        rule="why", head=token.nbor(-1), cause=[span_of(list(token.doc[: token.i - 2]))], effect=None,
        signal=(token.i - 2, token.i + 1), back="effect",
    )  # fmt: skip


def meant(token: Token) -> Relation | None:
    """Read "the ban is meant to do X", "is aimed at doing X" and "serves to do X"."""
    lemma = token.lemma_.lower()
    if token.pos_ not in {"VERB", "ADJ"} or lemma not in _MEANING:
        return None
    passive = token.tag_ in {"VBN", "JJ"} and lemma != "serve"
    if passive is (lemma == "serve") or token.dep_ in {"acl", "amod"}:
        return None
    subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    aim = next((c for c in token.children if c.dep_ in {"xcomp", "advcl"} and _is_to(c)), None)
    if aim is None and lemma == "aim":
        aim = next(iter(prepositional(token, frozenset({"at"}))), None)
    if subject is None or aim is None or not is_thing(subject):
        return None
    return Relation(
        rule=lemma, head=token, cause=[span_of(aim.subtree)], effect=span_of(subject.subtree),
        signal=(token.i, token.i + 1), purpose=True,
    )  # fmt: skip


_MEANING = frozenset({"mean", "intend", "design", "aim", "calculate", "serve", "gear"})


def _is_to(verb: Token) -> bool:
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.children)


RULES = (meant, fronted, emphasised, that_is_why)
