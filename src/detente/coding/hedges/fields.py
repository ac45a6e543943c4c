"""Reads how sure a text says it is of one predicate, one field for each kind of word.

``hedge_words`` finds the phrases, ``hedge_scope`` says for which predicate each counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.coding.hedges.scope import core_parts, zone
from detente.coding.hedges.words import Match, find, likelihood_words
from detente.model import Hedge
from detente.registers import hedges as register

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Doc, Token
    from detente.registers.hedges import HedgeKind

__all__ = ["Match", "find", "likelihood_words", "quantifier_of", "read"]

_BE = re.compile(r"^(?:is|are|was|were|be|been) ")
_PLAIN = {"seem": "seems", "seemed": "seems", "appear": "appears", "appeared": "appears"}
"""Evidential verbs as they are written, whatever number and tense the text has."""
_DENIALS = frozenset({"not", "n't", "never", "no", "hardly", "scarcely"})


def read(
    doc: Doc,
    head: Token,
    *,
    scale: str = register.DEFAULT_SCALE,
    found: tuple[Match, ...] | None = None,
) -> Hedge | None:
    """Read the hedge on one predicate.

    Args:
        doc: The sentence.
        head: The predicate's verb, adjective or noun.
        scale: Name of the scale that gives ``low`` and ``high``.
        found: What ``find`` returned for the sentence, where the caller has it already.

    Returns:
        The hedge, or None where the predicate stands bare. In "trade is likely to recover",
        ``recover`` has likelihood ``likely``, 0.55 to 0.80 on ``icd-203``.
    """
    matches = find(doc) if found is None else found
    if not matches:
        return None
    near = frozenset(zone(head))
    parts = frozenset(core_parts(head))
    chosen: dict[HedgeKind, Match] = {}
    for match in matches:
        span = range(match.start, match.end)
        place = parts if match.kind in {"quantifier", "approximator"} else near
        inside = any(i in place for i in span) or (
            match.kind == "approximator" and any(i in near for i in span)
        )
        if inside:
            _choose(chosen, match)
    if not chosen:
        return None
    return _hedge(doc, head, chosen, scale)


def quantifier_of(verb: Token, found: tuple[Match, ...]) -> str | None:
    """Return the quantifier of a verb's subject: "most" of "most analysts expect"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    inside = range(subject.left_edge.i, subject.i + 1)
    return next((m.words for m in found if m.kind == "quantifier" and m.start in inside), None)


def _choose(chosen: dict[HedgeKind, Match], match: Match) -> None:
    known = chosen.get(match.kind)
    if known is None or _weight(match) > _weight(known):
        chosen[match.kind] = match


def _weight(match: Match) -> tuple[bool, bool, int]:
    """Order likelihood words: one with a place on a scale first, a mere denial last."""
    placed = bool(match.entry.terms and match.entry.terms != ("possible",))
    placed = placed or match.share is not None
    return placed, match.words not in _DENIALS, match.end - match.start


def _hedge(doc: Doc, head: Token, chosen: dict[HedgeKind, Match], scale: str) -> Hedge:
    words: dict[str, str] = {kind: match.words for kind, match in chosen.items()}
    if "evidential" in words:
        plain = _BE.sub("", words["evidential"])
        words["evidential"] = _PLAIN.get(plain, plain)
    likelihood = chosen.get("likelihood")
    modal = chosen.get("modal")
    if likelihood is not None and likelihood.entry.modal:
        words["modal"] = doc[likelihood.start].lower_
    if words.get("modal") == "'ll":
        words["modal"] = "will"
    if words.get("modal") == "'d":
        words["modal"] = "would"
    denying = words.get("likelihood", "").endswith(" not")
    if denying:
        words["likelihood"] = words["likelihood"].removesuffix(" not")
    negated = likelihood is not None and (likelihood.entry.denied or _is_negated(doc, likelihood))
    if _is_denied(head, likelihood):
        negated = not negated
    table = register.scale_of(scale)
    interval = _interval(table, likelihood or modal, negated=negated)
    low, high = interval if interval is not None else (None, None)
    number = likelihood is not None and likelihood.share is not None
    return Hedge(
        **words,
        scale=table.name if interval is not None and not number else None,
        low=low,
        high=high,
        negated=negated is not denying,
    )


def _interval(
    table: register.Scale, match: Match | None, *, negated: bool
) -> tuple[float, float] | None:
    """Return the interval that a word stands for on a scale, or the number that the text gives."""
    if match is None:
        return None
    if match.share is not None:
        share = round(1 - match.share, 4) if negated else match.share
        return share, share
    interval = table.interval(match.entry.terms)
    return _complement(interval) if interval is not None and negated else interval


def _is_denied(head: Token, likelihood: Match | None) -> bool:
    """Tell whether the hedged predicate is denied: itself, by its subject, or by who believes it."""
    inside = range(likelihood.start, likelihood.end) if likelihood is not None else range(0)
    if head.pos_ not in {"VERB", "AUX"}:
        return False
    own = any(c.dep_ == "neg" and c.i < head.i and c.i not in inside for c in head.children)
    if head.lemma_ == "be" and not own:
        own = any(c.dep_ == "neg" and c.i not in inside for c in head.children)
    return (own or _has_no_subject(head, inside)) is not _is_disbelieved(head)


def _has_no_subject(verb: Token, inside: range) -> bool:
    """Tell whether nobody or nothing does it: "no talks will be held", "there will be no return"."""
    for child in verb.children:
        if child.dep_ not in {"nsubj", "nsubjpass", "attr", "dobj"} or child.i in inside:
            continue
        if child.dep_ == "dobj" and child.lemma_ in _LEFT and verb.lemma_ == "have":
            continue
        if child.lower_ in {"nobody", "nothing", "none"}:
            return child.dep_ in {"nsubj", "nsubjpass"}
        if any(b.lower_ in {"no", "neither"} and b.dep_ == "det" for b in child.children):
            return True
    return False


_LEFT = frozenset({"choice", "option", "alternative", "doubt"})
"""What one may have none of and yet do it: "will have no choice but to leave"."""


def _is_disbelieved(verb: Token) -> bool:
    """Tell whether nobody believes it: "hardly anyone believes that", "does not expect X to"."""
    above = verb.head
    if verb.dep_ not in {"ccomp", "xcomp"} or above.lemma_.lower() not in _BELIEFS:
        return False
    denied = any(c.dep_ == "neg" for c in above.children) or _has_no_subject(above, range(0))
    subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
    few = {"hardly", "few", "no", "nobody", "none", "scarcely"}
    denied = denied or (
        subject is not None
        and (
            subject.lower_ in few
            or any(c.lower_ in few for c in subject.subtree if c.i <= subject.i)
        )
    )
    return denied is not (above.lemma_.lower() in {"doubt", "deny", "question"})


_BELIEFS = frozenset("believe think expect anticipate predict doubt deny question assume".split())


def _complement(interval: tuple[float, float]) -> tuple[float, float] | None:
    """Return the interval of the denial; "not impossible" has none."""
    low, high = interval
    if low == high:
        return None
    return round(1 - high, 4), round(1 - low, 4)


def _is_negated(doc: Doc, match: Match) -> bool:
    """Tell whether the likelihood word itself is denied, as in "is not likely to"."""
    head = doc[match.start : match.end].root
    if any(doc[i].lower_ in _DENIALS for i in range(match.start, match.end)):
        return False
    before = doc[match.start - 1] if match.start else None
    if before is not None and before.lower_ in _DENIALS and before.head.i in {head.i, head.head.i}:
        return True
    if any(child.lower_ in _DENIALS and child.i < head.i for child in head.lefts):
        return True
    if head.dep_ not in {"acomp", "attr", "oprd"} or head.head.pos_ not in {"AUX", "VERB"}:
        return False
    return any(child.dep_ == "neg" and child.i < head.i for child in head.head.children)
