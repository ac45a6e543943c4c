"""Assessments: what a relation, an actor or its work is judged to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.stance import FLIP, polarity_of
from detente.coding.claims.view import Draft, View, begun, clause_part, is_negated, span_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention


def find(view: View) -> Iterator[Draft]:
    """Yield the assessments of a sentence."""
    return begun(view, _ASSESSED)


def _assessed(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"}:
        return None
    draft = None
    if lemma in words("assessment", "copulas"):
        draft = _copular(view, token)
    if draft is None and lemma in words("assessment", "trends"):
        draft = _trend(view, token)
    if draft is None and lemma in words("assessment", "posing"):
        draft = _poses(view, token)
    if draft is None and lemma in words("assessment", "dependence"):
        draft = _depends(view, token)
    if draft is None:
        draft = _epistemic(view, token)
    return draft


_ASSESSED = RuleSet((_assessed,), before=1)


def _epistemic(view: View, verb: Token) -> Draft | None:
    """Read what the author thinks is, or was, the case: "may have lost", "apparently knows"."""
    if not (_may_have(verb) or ((_is_guessed(verb) or _is_doubted(verb)) and _is_told(verb))):
        return None
    subject = view.surface_subject(verb)
    if not subject:
        return None
    return Draft(
        kind="assessment", rule="assessment/epistemic", head=verb, part=clause_part(verb),
        topic=[verb], subject=subject, object=view.within(verb, but=subject), stated=False,
        confidence=0.55,
    )  # fmt: skip


def _may_have(verb: Token) -> bool:
    """Tell whether helpers say what may have been: "must have lost"."""
    helpers = [c for c in verb.children if c.dep_ == "aux"]
    return any(c.lemma_ == "have" and c.tag_ == "VB" for c in helpers) and any(
        c.lower_ in {"may", "might", "could", "must"} for c in helpers
    )


def _is_guessed(verb: Token) -> bool:
    """Tell whether an adverb before a verb says that it is no more than likely."""
    return any(c.lower_ in _EVIDENT and c.dep_ == "advmod" and c.i < verb.i for c in verb.children)


def _is_doubted(verb: Token) -> bool:
    """Tell whether a clause is what something suggests, or is unclear."""
    above = verb.head
    if verb.dep_ not in {"ccomp", "csubj"} or above is verb:
        return False
    return (
        above.lemma_.lower() in {"indicate", "suggest"}
        or any(c.lower_ in {"doubtful", "unclear", "possible", "likely"} for c in above.children)
        or above.lower_ in {"doubtful", "unclear", "possible"}
    )


def _is_told(verb: Token) -> bool:
    """Tell whether a verb says what is or was."""
    told = verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"} or any(
        c.lemma_ == "do" and c.dep_ == "aux" for c in verb.children
    )
    return told and not _is_future(verb)


_EVIDENT = frozenset(
    "apparently evidently presumably seemingly obviously clearly probably possibly perhaps likely "
    "certainly undoubtedly surely doubtless conceivably supposedly ostensibly".split()
)


def _parties(view: View, noun: Token) -> tuple[Mention, ...]:
    return view.within(noun, places=True)


def _is_future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ in {"MD", "TO"} for c in verb.children) or (
        verb.dep_ in {"advcl", "xcomp"}
        and any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children)
    )


def _copular(view: View, verb: Token) -> Draft | None:
    subjects, judged = subjects_of(verb), _judged(verb)
    if not subjects or judged is None or _is_future(verb):
        return None
    noun = subjects[0]
    evaluative = judged.lemma_.lower() in words("assessment", "evaluative_nouns") or any(
        t.tag_ in {"JJS", "JJR", "RBR", "RBS"} for t in judged.subtree if t.i <= judged.i + 3
    )
    sign = polarity_of([judged, *(c for c in judged.children if c.dep_ in {"amod", "conj"})])
    if sign == "neutral" and not evaluative:
        return None
    parties, others = _involved(view, verb, noun, judged)
    if noun.lemma_.lower() in words("assessment", "relational"):
        if len({a.country for m in (*parties, *others) for a in m.actors}) < 2:
            return None
    elif not (noun.i in view.mentions and evaluative):
        return None
    if is_negated(verb):
        sign = FLIP[sign]
    return _assessment(view, verb, noun, judged, parties, others, sign)


def _judged(verb: Token) -> Token | None:
    """Return what the subject is said to be: a predicate, or the point it is at."""
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd"} and child.i > verb.i:
            return child
    return next(
        (t for t in prepositional(verb, frozenset({"at", "in"})) if t.lemma_ in _POINTS), None
    )


def _involved(
    view: View, verb: Token, noun: Token, judged: Token
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return whom the subject names, and who else stands in the predicate."""
    parties = _parties(view, noun)
    owner = view.antecedent(noun)
    if owner is not None and owner not in parties:
        parties = (owner, *parties)
    scope = judged if parties else verb
    return parties, view.within(scope, but=parties, places=True)


_POINTS = frozenset("point level low high standstill impasse deadlock crisis ebb stalemate".split())


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
