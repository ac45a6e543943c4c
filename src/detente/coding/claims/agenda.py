"""Agendas: one topic pushed out of a relation by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims import topics
from detente.coding.claims.view import Draft, View, begun, clause_part, is_negated, span_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token

WITH = frozenset({"with", "by"})


def find(view: View) -> Iterator[Draft]:
    """Yield the substitutions of topics in a sentence."""
    return begun(view, _SUBSTITUTION)


def _substitution(view: View, token: Token) -> Draft | None:
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = token.lemma_.lower()
    pair = None
    if lemma in words("agenda", "replace") or lemma in words("agenda", "eclipse"):
        pair = _replaced(token, lemma)
    if pair is None and lemma in words("agenda", "shifting"):
        pair = _shifted(token)
    if pair is None and lemma in words("agenda", "yielding"):
        pair = _yielded(token)
    draft = _draft(view, token, *pair) if pair is not None else None
    if draft is None:
        draft = _standing(view, token)
    return draft


_SUBSTITUTION = RuleSet((_substitution,), before=1)


def _standing(view: View, verb: Token) -> Draft | None:
    """Read "X tops the agenda", "X has disappeared from the agenda", "X overshadows everything"."""
    lemma = verb.lemma_.lower()
    alone = lemma == "come" or lemma in words("agenda", "eclipse")
    if not alone and not view.doc.holds(words("agenda", "lists")):
        return None
    clause = clause_of(verb)
    if not clause.subjects or clause.subjects[0].i in view.mentions:
        return None
    listed = any(t.lemma_.lower() in words("agenda", "lists") for t in verb.subtree)
    everything = any(o.lower_ in {"everything", "all"} for o in clause.objects)
    comes = lemma == "come" and any(c.lower_ in {"first", "last", "second"} for c in verb.children)
    rises = listed and lemma in words("agenda", "rising")
    rises = rises and (lemma not in words("agenda", "standing") or _is_ranked(verb))
    falls = listed and lemma in words("agenda", "falling")
    if lemma in words("agenda", "eclipse"):
        rises = everything or listed
    if comes:
        falls = any(c.lower_ == "last" for c in verb.children)
        rises = not falls
    if not rises and not falls:
        return None
    parties = view.within(verb, places=True)
    if not parties:
        return None
    topic = clause.subjects[0]
    denied = is_negated(verb) or any(t.lower_ == "longer" for t in verb.children)
    side = "in" if rises is not denied else "out"
    return Draft(
        kind="agenda", rule=f"agenda/{lemma}", head=verb, part=clause_part(verb), topic=[topic],
        subject=parties[:1], object=parties[1:], polarity="negative" if denied else "positive",
        details={side: topics.of(view, [topic]), f"{side}_text": view.text(span_of(topic.subtree))},
    )  # fmt: skip


def _is_ranked(verb: Token) -> bool:
    """Tell whether "is" or "stands" says where: "at the top of", "high on the agenda"."""
    return any(t.lower_ in words("agenda", "ranks") for t in verb.subtree)


def _replaced(verb: Token, lemma: str) -> tuple[Token, Token] | None:
    """Read "oust X with Y", "X is replaced by Y" and "Y overshadows X"."""
    clause = clause_of(verb)
    if not clause.objects:
        return None
    out = clause.objects[0]
    for comes in prepositional(verb, WITH | {"for"}):
        return (
            (comes, out) if lemma == "substitute" and comes.head.lower_ == "for" else (out, comes)
        )
    for child in out.children:
        if child.dep_ == "prep" and child.lower_ == "with":
            for comes in child.children:
                if comes.dep_ == "pobj":
                    return out, comes
    if lemma in words("agenda", "eclipse") and clause.subjects:
        return out, clause.subjects[0]
    return None


def _shifted(verb: Token) -> tuple[Token, Token] | None:
    """Read "shift the focus from X to Y" and "the agenda moved from X to Y"."""
    clause = clause_of(verb)
    named = [*clause.objects, *clause.subjects]
    if not any(t.lemma_.lower() in words("agenda", "focus") for n in named for t in n.subtree):
        return None
    nouns = [verb, *named]
    out = next((t for n in nouns for t in prepositional(n, frozenset({"from", "off"}))), None)
    comes = next(
        (
            t
            for n in nouns
            for t in prepositional(n, frozenset({"to", "towards", "toward", "onto"}))
        ),
        None,
    )
    return (out, comes) if out is not None and comes is not None else None


def _yielded(verb: Token) -> tuple[Token, Token] | None:
    """Read "X gave way to Y"."""
    clause = clause_of(verb)
    if not clause.subjects or not any(
        o.lemma_.lower() in {"way", "place", "ground"} for o in clause.objects
    ):
        return None
    nouns = [verb, *clause.objects]
    comes = next((t for n in nouns for t in prepositional(n, frozenset({"to"}))), None)
    return (clause.subjects[0], comes) if comes is not None else None


def _draft(view: View, verb: Token, out: Token, comes: Token) -> Draft | None:
    if out.i in view.mentions or comes.i in view.mentions:
        return None
    left, entered = topics.of(view, [out]), topics.of(view, [comes])
    if left == entered or "other" in (left, entered):
        return None
    top = verb
    while top.dep_ in {"xcomp", "advcl", "acl"} and top.head.pos_ == "VERB":
        top = top.head
    subject = tuple(
        m
        for m in view.actors(subjects_of(verb), "S")
        if view.doc[m.head].i not in _below(out, comes)
    )
    draft = Draft(
        kind="agenda",
        rule=f"agenda/{verb.lemma_.lower()}",
        head=verb,
        part=clause_part(top),
        topic=[comes],
        subject=subject,
        polarity="negative" if is_negated(verb) else "positive",
        details={
            "out": left,
            "in": entered,
            "out_text": view.text(span_of(out.subtree)),
            "in_text": view.text(span_of(comes.subtree)),
        },
        owned={t.i for t in view.doc[top.i : max(t.i for t in verb.subtree) + 1]},
    )
    draft.about = view.within(top, places=True)
    return draft


def _below(*tokens: Token) -> set[int]:
    return {t.i for token in tokens for t in token.subtree}
