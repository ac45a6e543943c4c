"""Assessments: what a relation, an actor or its work is judged to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.stance import FLIP, polarity_of
from detente.coding.claims.view import Draft, View, clause_part, is_negated, span_of
from detente.coding.clauses import clause_of, prepositional, subjects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from detente.coding.types import Mention


def find(view: View) -> Iterator[Draft]:
    """Yield the assessments of a sentence."""
    for token in view.doc:
        lemma = token.lemma_.lower()
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"}:
            continue
        draft = None
        if lemma in words("assessment", "copulas"):
            draft = _copular(view, token)
        if draft is None and lemma in words("assessment", "trends"):
            draft = _trend(view, token)
        if draft is None and lemma in words("assessment", "posing"):
            draft = _poses(view, token)
        if draft is None and lemma in words("assessment", "dependence"):
            draft = _depends(view, token)
        if draft is not None:
            yield draft


def _parties(view: View, noun: Token) -> tuple[Mention, ...]:
    return view.within(noun, places=True)


def _is_future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ in {"MD", "TO"} for c in verb.children) or (
        verb.dep_ in {"advcl", "xcomp"}
        and any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children)
    )


def _copular(view: View, verb: Token) -> Draft | None:
    subjects = subjects_of(verb)
    judged = next(
        (c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"} and c.i > verb.i), None
    )
    if not subjects or judged is None or _is_future(verb):
        return None
    noun = subjects[0]
    relational = noun.lemma_.lower() in words("assessment", "relational")
    evaluative = judged.lemma_.lower() in words("assessment", "evaluative_nouns")
    sign = polarity_of([judged, *(c for c in judged.children if c.dep_ in {"amod", "conj"})])
    if sign == "neutral" and not evaluative:
        return None
    parties = _parties(view, noun)
    owner = view.antecedent(noun)
    if owner is not None and owner not in parties:
        parties = (owner, *parties)
    others = view.within(judged, but=parties, places=True)
    if relational:
        if not parties and not others:
            return None
    elif not (noun.i in view.mentions and evaluative):
        return None
    if relational and len({a.country for m in (*parties, *others) for a in m.actors}) < 2:
        return None
    if is_negated(verb):
        sign = FLIP[sign]
    return _assessment(view, verb, noun, judged, parties, others, sign)


def _assessment(
    view: View,
    verb: Token,
    noun: Token,
    judged: Token,
    parties: tuple[Mention, ...],
    others: tuple[Mention, ...],
    sign: str,
) -> Draft:
    inferred = any(c.lower_ in {"i.e.", "ie", "i.e", "thus", "meaning"} for c in verb.children)
    subject, object_ = (parties[:1], (*parties[1:], *others)) if parties else ((), others)
    return Draft(
        kind="assessment",
        rule=f"assessment/{judged.lemma_.lower()}",
        head=verb,
        part=clause_part(verb),
        topic=[noun, judged],
        subject=subject,
        object=object_,
        polarity=sign,  # type: ignore[arg-type]
        stated=not inferred,
        details={"judgement": view.text(span_of(judged.subtree))},
    )


def _trend(view: View, verb: Token) -> Draft | None:
    """Read "Relations between A and B have deteriorated"."""
    if _is_future(verb) or verb.tag_ not in {"VBD", "VBN", "VBZ", "VBP", "VBG"}:
        return None
    clause = clause_of(verb)
    heads = clause.objects if clause.passive else [*clause.subjects]
    noun = next((h for h in heads if h.lemma_.lower() in words("assessment", "relational")), None)
    if noun is None or verb.dep_ in {"acl", "xcomp", "amod"}:
        return None
    parties = _parties(view, noun)
    if len({a.country for m in parties for a in m.actors}) < 2:
        return None
    lemma = verb.lemma_.lower()
    worse = lemma in _WORSE
    sign = "negative" if worse != is_negated(verb) else "positive"
    draft = _assessment(view, verb, noun, verb, parties, (), sign)
    direction = group("forecast", "directions").get(lemma)
    draft.details = {"direction": direction} if direction else {}
    return draft


_WORSE = frozenset(
    "deteriorate worsen cool sour stall stagnate weaken decline freeze escalate falter suffer "
    "collapse".split()
)


def _poses(view: View, verb: Token) -> Draft | None:
    clause = clause_of(verb)
    judged = next(
        (
            o
            for o in clause.objects
            if o.lemma_.lower() in words("assessment", "evaluative_nouns") and o.dep_ == "dobj"
        ),
        None,
    )
    subject = view.actors(clause.subjects, "S")
    if judged is None or not subject or _is_future(verb):
        return None
    sign = polarity_of([judged, *judged.children])
    others = view.within(judged, but=subject)
    if not others:
        others = tuple(m for m in view.actors(prepositional(verb, frozenset({"to", "for"}))))
    if is_negated(verb):
        sign = FLIP[sign]
    return _assessment(view, verb, clause.subjects[0], judged, subject, others, sign)


def _depends(view: View, verb: Token) -> Draft | None:
    clause = clause_of(verb)
    subject = view.actors(clause.subjects, "S")
    object_ = view.actors(prepositional(verb, frozenset({"on", "upon"})))
    if not subject or not object_ or _is_future(verb):
        return None
    draft = _assessment(view, verb, clause.subjects[0], verb, subject, object_, "neutral")
    draft.topic = list(prepositional(verb, frozenset({"on", "upon", "for"})))
    draft.details = {}
    return draft
