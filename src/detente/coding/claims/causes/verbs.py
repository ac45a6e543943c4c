"""Causal verbs: what causes, follows from, explains or moves what."""

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
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from detente.coding.grammar.clauses import Clause
    from detente.coding.grammar.tree import Token


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
    enabled = lemma in _ENABLING and bool(clause.subjects) and is_thing(clause.subjects[0])
    known = enabled or (lemma in words("cause", "control") and not about)
    controlled = _controlled(token) if known else None
    if controlled is not None:
        return controlled
    if (about or lemma in words("cause", "plain")) and clause.objects and clause.subjects:
        return effected(token, clause.subjects[0], clause.objects[0])
    return None


_ENABLING = frozenset({"allow", "permit", "let", "leave"})


def is_thing(noun: Token) -> bool:
    """Tell whether a noun names a thing or happening, and no people or body."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() not in words("topics", "people")


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
    return next((t for t in prepositional(verb, preps) if t.head.head.lower_ != "according"), None)


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
    if token.pos_ != "VERB" or not any(lemma in words("cause", name) for name in _REVERSED):
        return None
    clause = clause_of(token)
    if clause.passive:
        effect = next(iter(clause.objects), None)
        source = _passive_source(token, lemma, clause)
    else:
        effect = next(iter(clause.subjects), None)
        source = _active_source(token, lemma, clause)
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


_REVERSED = (
    "reverse_from", "reverse_back", "reverse_plain", "reverse_by", "reverse_to", "reverse_in",
)  # fmt: skip


def _active_source(verb: Token, lemma: str, clause: Clause) -> Token | None:
    """Return X of "Y stems from X", "Y goes back to X" and "Y reflects X"."""
    if lemma in words("cause", "reverse_from"):
        return next(iter(prepositional(verb, frozenset({"from"}))), None)
    if lemma in words("cause", "reverse_back"):
        return _back_to(verb)
    return _reflected(clause) if lemma in words("cause", "reverse_plain") else None


def _passive_source(verb: Token, lemma: str, clause: Clause) -> Token | None:
    """Return X of "Y is explained by X", "Y is attributed to X" and "Y is rooted in X"."""
    if lemma in words("cause", "reverse_back") and (found := _back_to(verb)) is not None:
        return found
    if lemma in words("cause", "reverse_by"):
        return next(iter(clause.subjects), None)
    for name, prep in (("reverse_to", "to"), ("reverse_in", "in"), ("reverse_from", "from")):
        if lemma in words("cause", name):
            return next(iter(prepositional(verb, frozenset({prep}))), None)
    return None


def _back_to(verb: Token) -> Token | None:
    back = [c for c in verb.children if c.lower_ == "back"]
    below = [verb, *back] if back else []
    return next((t for n in below for t in prepositional(n, frozenset({"to"}))), None)


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
    if not clause.subjects or clause.passive or clause.subjects[0].pos_ == "PROPN":
        return None
    pointing = clause.subjects[0].lower_ in BACK_SUBJECTS
    if clause.subjects[0].pos_ == "PRON" and not pointing:
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
        rule="explain", head=token, cause=[] if pointing else held, rejected=rejected,
        effect=span_of(part), signal=(token.i, token.i + 1), back="cause" if pointing else None,
    )  # fmt: skip


def moved(token: Token) -> Relation | None:
    """Read "X keeps Y from Z", "X has driven A and B together" and "it was X that drove Y into Z"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in _KEEPING | words("cause", "driving"):
        return None
    clause = clause_of(token)
    cleft = cleft_source(token)
    if not clause.objects or not (clause.subjects or cleft):
        return None
    preps = {c.lower_ for c in token.children if c.dep_ == "prep"}
    preps |= {c.lower_ for o in clause.objects for c in o.children if c.dep_ == "prep"}
    adverbs = {c.lower_ for c in token.children if c.dep_ in {"advmod", "prt"}}
    if token.dep_ == "xcomp" and token.head.lemma_ == "be":
        return None
    kept = lemma in _KEEPING and "from" in preps
    driven = lemma in words("cause", "driving") and (
        preps & {"into", "towards", "toward", "out", "to", "against", "under", "onto"}
        or adverbs & {"together", "apart", "closer", "away", "out", "back"}
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


_KEEPING = frozenset({"keep", "prevent", "stop", "deter", "hinder", "discourage"})


def cleft_source(verb: Token) -> Token | None:
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


def _reflected(clause: Clause) -> Token | None:
    """Return X of "the refusal reflects X": only where the subject is a thing that comes about."""
    if not clause.subjects or not clause.objects or clause.passive:
        return None
    subject, source = clause.subjects[0], clause.objects[0]
    owned = any(c.dep_ in {"poss", "amod", "prep"} for c in subject.children)
    return source if subject.pos_ == "NOUN" and source.pos_ == "NOUN" and owned else None


def _charged(token: Token) -> Relation | None:
    """Read "blames Y on X", "attributes Y to X", "explains Y by X" and "Y owes much to X"."""
    lemma = token.lemma_.lower()
    prep = group("cause", "charging").get(lemma)
    if prep is None or token.pos_ != "VERB":
        return None
    clause = clause_of(token)
    if clause.passive or not clause.subjects:
        return None
    source = next((t for t in token.subtree if _governed(t, token, prep.split("/"))), None)
    effect = clause.subjects[0] if lemma == "owe" else next(iter(clause.objects), None)
    if source is None or effect is None or (lemma != "owe" and effect.pos_ == "PRON"):
        return None
    held, rejected = joint(source)
    part = [t for t in effect.subtree if not source.is_ancestor(t) and t != source]
    part = [t for t in part if t != source.head]
    return Relation(
        rule=lemma, head=token, cause=held, rejected=rejected, effect=span_of(part),
        signal=(token.i, token.i + 1),
    )  # fmt: skip


def _opened(token: Token) -> Relation | None:
    """Read "X opened the way for Y", "X paved the way to Y" and "Y has its roots in X"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in _OPENING | {"have", "find"}:
        return None
    clause = clause_of(token)
    if not clause.subjects or not clause.objects or clause.passive:
        return None
    way = clause.objects[0].lower_
    subject = clause.subjects[0]
    if lemma in _OPENING and way in _WAYS:
        preps, backward = ["for", "to"], False
    elif lemma in {"have", "find"} and way in {"roots", "root", "origin", "origins", "cause"}:
        preps, backward = ["in"], True
    else:
        return None
    other = next((t for t in token.subtree if _governed(t, token, preps)), None)
    if other is None or (not backward and subject.pos_ in {"PROPN", "PRON"}):
        return None
    held, rejected = joint(other if backward else subject)
    effect = subject if backward else other
    return Relation(
        rule=f"{lemma} {way}", head=token, cause=held, rejected=rejected,
        effect=span_of(effect.subtree), signal=(token.i, token.i + 1),
    )  # fmt: skip


def _is_made(word: Token, verb: Token, clause: Clause) -> bool:
    """Tell whether a word is what something is made: "possible", "dependent"."""
    if word.i < verb.i and not clause.passive:
        return False
    if word.lower_ in words("cause", "feasible"):
        return word.head in {verb, *clause.objects}
    return word.pos_ == "ADJ" and word.dep_ in {"ccomp", "oprd"} and word.head == verb


_OPENING = frozenset({"open", "pave", "clear", "smooth", "prepare", "lay", "set"})
_WAYS = frozenset({"way", "door", "path", "road", "ground", "stage", "foundation", "basis"})


def _governed(token: Token, verb: Token, preps: list[str]) -> bool:
    """Tell whether a noun stands after one of some prepositions, behind a verb."""
    return token.dep_ == "pobj" and token.i > verb.i and token.head.lower_ in preps


def _affected(token: Token) -> Relation | None:
    """Read "the quarrel has poisoned relations": a thing, not an actor, that changes another."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in words("cause", "affecting") or token.tag_ == "VB":
        return None
    clause = clause_of(token)
    if not clause.subjects or not clause.objects:
        return None
    source, changed = clause.subjects[0], clause.objects[0]
    if source.lower_ in {"this", "which"} and source.dep_ == "nsubj":
        return _back_affected(token, changed)
    if source.pos_ != "NOUN" or changed.pos_ not in {"NOUN", "PROPN"}:
        return None
    agent = any(c.dep_ == "agent" for c in token.children)
    if clause.passive and (not agent or changed.pos_ != "NOUN"):
        return None
    happening = source.lower_.endswith(_ABSTRACT) and source.lemma_.lower() not in _CONCRETE
    if source.lemma_.lower() not in words("cause", "happenings") and not happening:
        return None
    held, rejected = joint(source)
    inside = source.is_ancestor(token)
    rest = [t for t in token.subtree if t.i >= token.i and (inside or not source.is_ancestor(t))]
    return Relation(
        rule=lemma, head=token, cause=held, rejected=rejected,
        effect=span_of(changed.subtree if clause.passive else rest), signal=(token.i, token.i + 1),
    )  # fmt: skip


def _back_affected(verb: Token, changed: Token) -> Relation | None:
    """Read "and this determines its tone": what was said before changes another thing."""
    if changed.pos_ != "NOUN" or changed.i < verb.i:
        return None
    rest = [t for t in verb.subtree if t.i >= verb.i]
    return Relation(
        rule=verb.lemma_.lower(), head=verb, cause=[], effect=span_of(rest),
        signal=(verb.i, verb.i + 1), back="cause",
    )  # fmt: skip


_ABSTRACT = ("tion", "sion", "ment", "ance", "ence", "ity", "ness", "ism", "ship", "cy")
"""Ends of nouns that name a state or a happening."""
_CONCRETE = frozenset("government parliament document agency embassy city university ship".split())


def _possible(token: Token) -> Relation | None:
    """Read "X made Y possible" and "Y was made possible by X"."""
    lemma = token.lemma_.lower()
    if lemma not in {"make", "render", "leave", "keep"} or token.pos_ != "VERB":
        return None
    clause = clause_of(token)
    judged = next((c for c in token.subtree if _is_made(c, token, clause)), None)
    if judged is None or not clause.subjects:
        return None
    if lemma in {"leave", "keep"} and (clause.passive or not is_thing(clause.subjects[0])):
        return None
    changed = [o for o in clause.objects if o != judged]
    changed += [c for c in judged.children if c.dep_ in {"nsubj", "xcomp", "advmod"}]
    if clause.passive and not changed:
        changed = clause.datives
    source = clause.subjects[0]
    if not changed or source.pos_ in {"PROPN", "PRON"}:
        return None
    held, rejected = joint(source)
    return Relation(
        rule="make", head=token, cause=held, rejected=rejected,
        effect=span_of([*changed[0].subtree]), signal=(token.i, token.i + 1),
    )  # fmt: skip


RULES = (_response, _explains, _verb, moved, _reverse, _charged, _affected, _possible, _opened)
