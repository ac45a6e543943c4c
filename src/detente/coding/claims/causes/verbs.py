"""Causal verbs and nouns: what causes, follows from, explains or moves what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from detente.coding.claims.causes.relation import (
    BACK_SUBJECTS,
    Relation,
    joint,
    points_back,
    weights,
)
from detente.coding.claims.view import span_of
from detente.coding.clauses import clause_of, prepositional, subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.coding.clauses import Clause

_NAMING = frozenset({"attr", "ccomp", "xcomp", "acomp"})


def _verb(token: Token) -> Relation | None:
    """Read "X led to Y", "X forced Y to do Z", "Y was caused by X"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in words("cause", "verbs"):
        return None
    clause = clause_of(token)
    content = _result(token, clause)
    if content is not None and clause.subjects:
        return effected(token, clause.subjects[0], content)
    about = lemma == "bring" and "about" in {c.lower_ for c in token.children}
    controlled = _controlled(token) if lemma in words("cause", "control") and not about else None
    if controlled is not None:
        return controlled
    if (about or lemma in words("cause", "plain")) and clause.objects and clause.subjects:
        return effected(token, clause.subjects[0], clause.objects[0])
    return None


def _result(verb: Token, clause: Clause) -> Token | None:
    """Return what "led to" or "resulted in" leads to."""
    lemma = verb.lemma_.lower()
    if lemma in words("cause", "with_to"):
        preps = frozenset({"to"})
    elif lemma in words("cause", "with_in"):
        preps = frozenset({"in"})
    else:
        return None
    if lemma == "give" and not any(o.lemma_ == "rise" for o in clause.objects):
        return None
    return next(iter(prepositional(verb, preps)), None)


def effected(verb: Token, source: Token, effect: Token) -> Relation | None:
    """Build the relation of a verb from its cause and its effect."""
    if source.pos_ in {"PROPN"} and effect.pos_ == "PROPN":
        return None
    held, rejected = joint(source)
    back: Literal["cause"] | None = None
    if points_back(source) and source.lower_ in BACK_SUBJECTS:
        held, back = ([], "cause") if source.head.i == verb.i else (held, None)
    return Relation(
        rule=verb.lemma_.lower(), head=verb, cause=held, rejected=rejected,
        effect=span_of(effect.subtree), signal=(verb.i, verb.i + 1), back=back,
    )  # fmt: skip


def _controlled(verb: Token) -> Relation | None:
    """Read "X prompted Y to do Z" and "Y is prompted by X to do Z"."""
    content = next(
        (c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.tag_ == "VB"),
        None,
    )
    if content is None:
        return None
    clause = clause_of(verb)
    if not clause.subjects:
        return None
    held, rejected = joint(clause.subjects[0])
    tokens = list(content.subtree)
    for target in clause.objects:
        tokens += list(target.subtree)
    if any(t.i == verb.i for t in tokens):
        return None
    if clause.subjects[0].i in {t.i for t in tokens}:
        return None
    return Relation(
        rule=verb.lemma_.lower(), head=verb, cause=held, rejected=rejected,
        effect=span_of(tokens), signal=(verb.i, verb.i + 1),
    )  # fmt: skip


def _reverse(token: Token) -> Relation | None:
    """Read "Y stems from X", "Y is explained by X", "Y is attributed to X"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB":
        return None
    clause = clause_of(token)
    source: Token | None = None
    effect = clause.subjects[0] if clause.subjects and not clause.passive else None
    if lemma in words("cause", "reverse_from"):
        source = next(iter(prepositional(token, frozenset({"from"}))), None)
    elif clause.passive and clause.objects:
        effect = clause.objects[0]
        if lemma in words("cause", "reverse_by"):
            source = clause.subjects[0] if clause.subjects else None
        elif lemma in words("cause", "reverse_to"):
            source = next(iter(prepositional(token, frozenset({"to"}))), None)
    if source is None or effect is None or source.i == effect.i:
        return None
    if source.pos_ == "PROPN" and lemma not in words("cause", "reverse_from"):
        return None
    held, rejected = joint(source)
    back: Literal["effect"] | None = "effect" if points_back(effect) else None
    return Relation(
        rule=lemma, head=token, cause=held, rejected=rejected, back=back,
        effect=span_of(effect.subtree), signal=(token.i, token.i + 1),
        weight=next((c.lower_ for c in token.children if c.lower_ in weights()), None),
    )  # fmt: skip


def _noun(token: Token) -> Relation | None:
    """Read "the reason for Y is X" and "X is the result of Y"."""
    lemma = token.lemma_.lower()
    if lemma not in words("cause", "nouns") or token.pos_ != "NOUN":
        return None
    verb = token.head
    if verb.lemma_ not in {"be", "remain", "become"} or token.dep_ not in {"nsubj", "attr"}:
        return None
    content = next(iter(prepositional(token, frozenset({"of", "for", "behind"}))), None)
    if content is None:
        return None
    if token.dep_ == "nsubj":
        other = next((c for c in verb.children if c.dep_ in _NAMING and c.i > verb.i), None)
        if other is not None and other.dep_ == "xcomp" and lemma not in {"reason", "motive"}:
            return None
    else:
        other = next(iter(subjects_of(verb)), None)
    if other is None:
        return None
    backward = lemma in {"consequence", "result", "outcome", "product"}
    source, effect = (content, other) if backward else (other, content)
    held, rejected = joint(source)
    back: Literal["cause", "effect"] | None = None
    if points_back(other) and other.lower_ in BACK_SUBJECTS:
        back = "effect" if backward else "cause"
    return Relation(
        rule=lemma, head=verb, cause=held, rejected=rejected, back=back,
        effect=span_of(effect.subtree), signal=(token.i, token.i + 1),
    )  # fmt: skip


def _response(token: Token) -> Relation | None:
    """Read "responded to X by doing Y" and "retaliated for X with Y"."""
    if token.lemma_.lower() not in {"respond", "react", "retaliate"} or token.pos_ != "VERB":
        return None
    source = next(iter(prepositional(token, frozenset({"to", "for", "against"}))), None)
    deed = next(iter(prepositional(token, frozenset({"by", "with"}))), None)
    if source is None or deed is None:
        return None
    held, rejected = joint(source)
    return Relation(
        rule=token.lemma_.lower(), head=token, cause=held, rejected=rejected,
        effect=span_of(deed.subtree), signal=(token.i, token.i + 1),
    )  # fmt: skip


def _explains(token: Token) -> Relation | None:
    """Read "X explains why Y"."""
    if token.lemma_.lower() != "explain" or token.pos_ != "VERB":
        return None
    clause = clause_of(token)
    if not clause.subjects or clause.passive or clause.subjects[0].pos_ in {"PROPN", "PRON"}:
        return None
    effect = next(
        (c for c in clause.complements if any(t.lower_ == "why" for t in c.subtree)), None
    )
    if effect is None and clause.objects and clause.objects[0].pos_ == "NOUN":
        effect = clause.objects[0]
    if effect is None or effect.i < token.i:
        return None
    part = [t for t in effect.subtree if t.lower_ != "why"]
    held, rejected = joint(clause.subjects[0])
    return Relation(
        rule="explain", head=token, cause=held, rejected=rejected, effect=span_of(part),
        signal=(token.i, token.i + 1),
    )  # fmt: skip


def _moved(token: Token) -> Relation | None:
    """Read "X keeps Y from Z", "X has driven A and B together" and "it was X that drove Y into Z"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB":
        return None
    clause = clause_of(token)
    cleft = _cleft(token)
    if not clause.objects or not (clause.subjects or cleft):
        return None
    preps = {c.lower_ for c in token.children if c.dep_ == "prep"}
    preps |= {c.lower_ for o in clause.objects for c in o.children if c.dep_ == "prep"}
    adverbs = {c.lower_ for c in token.children if c.dep_ in {"advmod", "prt"}}
    kept = lemma in {"keep", "prevent", "stop", "deter", "hinder", "discourage"} and "from" in preps
    driven = lemma in {"drive", "push", "force", "bring", "draw", "pull", "throw"} and (
        preps & {"into", "towards", "toward", "out", "to"}
        or adverbs & {"together", "apart", "closer"}
    )
    if not kept and not driven:
        return None
    source = cleft if cleft is not None else clause.subjects[0]
    if source.pos_ in {"PROPN", "PRON"}:
        return None
    held, rejected = joint(source)
    rest = [t for t in token.subtree if t.i > token.i or t.i == token.i]
    return Relation(
        rule=lemma, head=token, cause=held, rejected=rejected, effect=span_of(rest),
        signal=(token.i, token.i + 1),
    )  # fmt: skip


def _cleft(verb: Token) -> Token | None:
    """Return what stands first in "it was X that did Y"."""
    head = verb.head
    if verb.dep_ not in {"ccomp", "relcl", "advcl"} or not any(
        c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"that", "which"} for c in verb.children
    ):
        return None
    copula = head if head.lemma_ == "be" else head.head
    if copula.lemma_ != "be" or not any(
        c.lower_ == "it" and c.dep_ in {"nsubj", "expl"} for c in copula.children
    ):
        return None
    return next((c for c in copula.children if c.dep_ == "attr"), None)


RULES = (_response, _explains, _verb, _moved, _reverse)
LATE_RULES = (_noun,)
