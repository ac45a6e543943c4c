"""Causes: connectives and causal verbs, with joint causes and rejected rivals.

``relations`` reads the parse alone; ``find`` keeps what concerns an actor and makes claims of it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from detente.coding.claims.causes import (
    adverbs,
    connectives,
    idioms,
    mended,
    nouns,
    participles,
    verbs,
)
from detente.coding.claims.causes import wide as loose
from detente.coding.claims.causes.relation import Relation
from detente.coding.claims.view import Draft
from detente.coding.grammar.ruleset import RuleSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.claims.view import Range, View
    from detente.coding.grammar.tree import Doc

__all__ = ["Relation", "find", "relations"]

_RULES = (
    *connectives.RULES, *adverbs.RULES, *participles.RULES, *nouns.RULES, *verbs.RULES, *idioms.RULES,
    *adverbs.LATE_RULES, *nouns.LATE_RULES, *mended.RULES,
)  # fmt: skip


_SILENT = frozenset({"PROPN", "PUNCT", "NUM", "SYM", "X", "INTJ", "SPACE", "CCONJ"})
"""Parts of speech on which no rule begins: none did in 2,000 sentences of news."""
_TOLD = RuleSet(_RULES, silent=_SILENT)
_NARROW = frozenset({idioms.over, verbs.moved})
"""Rules whose words were mostly wrong on ``causal_news``, which marks no such causes; claims keep them."""
_WIDE = RuleSet((*(rule for rule in _RULES if rule not in _NARROW), *loose.RULES), silent=_SILENT)


def relations(doc: Doc, *, wide: bool = False) -> list[Relation]:
    """Return the causal relations of a parsed sentence, in order.

    Args:
        doc: The sentence.
        wide: Whether causes count that are told without a causal word ("arrested for smuggling").
    """
    found: list[Relation] = []
    rules = _WIDE if wide else _TOLD
    for token, begin in rules.begun(doc):
        for rule in begin:
            relation = rule(token)
            if relation is not None:
                found.append(relation)
                break
    if not wide:
        return found
    return [loose.trimmed(relation, doc) for relation in loose.single(found)]


def find(view: View) -> Iterator[Draft]:
    """Yield the causes in a sentence that concerns an actor; two of one deed are joint causes."""
    seen: set[tuple[Range | None, tuple[Range, ...]]] = set()
    for relation in _joined(relations(view.doc)):
        key = (relation.effect, tuple(relation.cause))
        told = relation.cause or relation.rejected or relation.back is not None
        if key in seen or not told:
            continue
        if not view.concerns and relation.back is None:
            continue
        seen.add(key)
        yield _draft(view, relation)


def _joined(found: list[Relation]) -> list[Relation]:
    """Join the relations that tell several causes of one deed: "wary of A and under B's pressure"."""
    joined: dict[int, Relation] = {}
    apart: list[Relation] = []
    for relation in found:
        plain = relation.back is None and relation.effect is not None and not relation.purpose
        known = joined.get(relation.head.i)
        if not plain or relation.effect is None:
            apart.append(relation)
        elif known is None or known.effect is None:
            joined[relation.head.i] = relation
        else:
            shorter = min(known.effect, relation.effect, key=lambda part: part[1] - part[0])
            joined[relation.head.i] = dataclasses.replace(
                known,
                cause=sorted({*known.cause, *relation.cause}),
                rejected=sorted({*known.rejected, *relation.rejected}),
                effect=shorter,
            )
    return sorted((*joined.values(), *apart), key=lambda relation: relation.signal)


def _draft(view: View, relation: Relation) -> Draft:
    details: dict[str, object] = {}
    if relation.weight:
        details["weight"] = relation.weight
    if relation.purpose:
        details["purpose"] = True
    parts = [*relation.cause, *relation.rejected, relation.signal]
    if relation.effect is not None:
        parts.append(relation.effect)
    part = (min(a for a, _ in parts), max(b for _, b in parts))
    heads = [view.doc[part[0] : part[1]].root]
    named = sorted({**view.places, **view.mentions}.items())
    inside = tuple(m for i, m in named if part[0] <= i < part[1])
    effect = relation.effect if relation.effect is not None else (0, 0)
    affected = [m for m in view.reading.mentions if effect[0] <= m.head < effect[1]]
    return Draft(
        kind="cause",
        rule=f"cause/{relation.rule}",
        head=relation.head,
        part=part,
        topic=heads,
        subject=tuple(affected[:1]),
        about=inside,
        details=details,
        cause=relation.cause,
        effect=relation.effect,
        rejected=relation.rejected,
        back=relation.back,
        owned=set(range(*relation.signal)),
    )


__all__ = ["Relation", "clause_part", "find", "relations"]
