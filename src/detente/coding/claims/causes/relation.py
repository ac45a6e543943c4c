"""One causal relation, and how its cause, effect and rejected rivals are cut out of a parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from detente.coding.claims.causes import rivals
from detente.coding.claims.view import Range, span_of, subtree
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

BACK_SUBJECTS = frozenset({"this", "that", "such", "these", "it", "which", "those"})


@dataclass(slots=True, kw_only=True)
class Relation:
    """One causal relation in a sentence.

    Attributes:
        rule: The connective or verb.
        head: The predicate of the effect, or the causal verb.
        cause: Ranges of the joint causes; empty where the cause stands in an earlier sentence.
        effect: Range of the effect; None where it stands in an earlier sentence.
        rejected: Ranges of causes that the text sets aside.
        weight: ``mainly`` and the like.
        signal: Range of the connective.
        back: Which side points to an earlier sentence.
        purpose: True where the cause is an aim ("in order to").
    """

    rule: str
    head: Token
    cause: list[Range]
    effect: Range | None
    signal: Range
    rejected: list[Range] = field(default_factory=list)
    weight: str | None = None
    back: Literal["cause", "effect"] | None = None
    purpose: bool = False


def joint(head: Token, *, skip: frozenset[int] = frozenset()) -> tuple[list[Range], list[Range]]:
    """Part a conjoined cause into joint causes and rejected rivals."""
    conjuncts: list[tuple[Token, bool]] = [(head, _is_rejected_first(head))]
    for token, _ in conjuncts:
        joined = [c for c in token.children if c.dep_ == "conj" and c.i not in skip]
        conjuncts.extend((child, _is_rival(token, child)) for child in joined)
    heads = {t.i for t, _ in conjuncts}
    held: list[Range] = []
    rejected: list[Range] = []
    for token, rival in conjuncts:
        own = [c for c in token.children if c.i in heads or c.dep_ in {"cc", "preconj"}]
        aside = _rather_than(token)
        part = span_of(subtree(token, without=[*own, *aside]))
        (rejected if rival else held).append(part)
        for prep in aside:
            below = [c for c in prep.children if c.dep_ in {"pobj", "pcomp", "conj"}]
            rejected += [span_of(c.subtree) for c in below]
    if head.dep_ in {"nsubj", "nsubjpass"}:
        rejected += rivals.leading(head)
    return sorted(set(held)), sorted(set(rejected))


def _rather_than(token: Token) -> list[Token]:
    return [
        c
        for c in token.children
        if (c.lower_ in {"than", "rather", "instead"} and c.dep_ == "prep")
    ]


def _is_rival(first: Token, second: Token) -> bool:
    """Tell whether "B" in "A rather than B" or "A and not B" is set aside."""
    between = {t.lower_ for t in first.doc[first.i + 1 : second.i]}
    if "but" in between:
        return False
    if {"rather", "than"} <= between or {"instead", "of"} <= between:
        return True
    near = first.doc[max(first.i + 1, second.left_edge.i - 2) : second.i]
    return any(t.lower_ == "not" for t in near)


def _is_rejected_first(head: Token) -> bool:
    """Tell whether "A" in "not A but B" is set aside."""
    doc = head.doc
    left = head.left_edge.i
    before = {t.lower_ for t in doc[max(0, left - 3) : head.i]}
    if "not" not in before or "only" in before:
        return False
    return any(
        c.dep_ == "conj" and any(t.lower_ == "but" for t in doc[head.i + 1 : c.i])
        for c in head.children
    )


def weight_of(prep: Token) -> str | None:
    """Return "mainly" and the like in front of a connective."""
    listed = words("cause", "weights") - {"not"}
    for child in prep.children:
        if child.lower_ in listed and child.i < prep.i:
            return child.lower_
    before = prep.nbor(-1) if prep.i else None
    if before is not None and before.lower_ in listed:
        return before.lower_
    return None


def weights() -> frozenset[str]:
    """Return the adverbs that weigh a cause."""
    return words("cause", "weights") - {"not"}


def object_of(prep: Token) -> Token | None:
    """Return the noun or verb that a (two-word) preposition governs."""
    for child in prep.children:
        if child.dep_ in {"pobj", "pcomp", "dobj", "ccomp"} and child.pos_ not in {"ADP", "PART"}:
            return child
        if child.dep_ in {"pcomp", "prep", "fixed"}:
            below = object_of(child)
            if below is not None:
                return below
    return None


def points_back(noun: Token) -> bool:
    """Tell whether a phrase such as "such a strategy" stands for what was said before."""
    if noun.lower_ in {"this", "that", "it", "which"} and noun.pos_ in {"PRON", "DET"}:
        return True
    return any(c.lower_ in {"this", "such", "these"} for c in noun.children)


def matrix(verb: Token, without: Token, *more: Token) -> list[Token]:
    """Return the clause that a subordinate part hangs on, without that part."""
    if verb.pos_ in {"NOUN", "PROPN", "ADJ"} and verb.dep_ not in {"ROOT"}:
        return subtree(verb, without=[without, *more])
    skip = [without, *more]
    skip += [c for c in verb.children if c.dep_ == "conj" and c.i > without.i > verb.i]
    return subtree(verb, without=skip)


def prepositional_cause(
    token: Token, head: Token, top: Token, rule: str, length: int, *, apart: Token | None = None
) -> Relation | None:
    """Build the relation of a causal preposition; its rivals may hang on it or on its noun.

    Args:
        token: The connective's first token.
        head: Head of the cause.
        top: The branch of the effect's clause that holds the cause.
        rule: Name of the relation.
        length: Tokens of the connective.
        apart: A branch that belongs to the cause and hangs elsewhere.
    """
    stray = _stray(top, head)
    held, rejected = _all_joint(head, stray)
    doc = token.doc
    aside = rivals.trailing(top.head, token.i)
    rejected += [part for branch in aside if (part := rivals.content(branch)) is not None]
    if _denied_in_front(token):
        contrast = _but_because(token)
        rejected, held = [*held, *rejected], contrast
    verb = top.head
    if apart is not None and verb.pos_ == "NOUN" and verb.head.pos_ in {"AUX", "VERB"}:
        verb = verb.head
    if apart is not None:
        stray = [*stray, apart, top]
    copular = verb.lemma_ == "be" and not any(
        c.dep_ in {"attr", "acomp"} and c.i != top.i for c in verb.children
    )
    signal = (token.i, min(token.i + length, len(doc)))
    if copular:
        subjects = subjects_of(verb)
        if not subjects:
            return None
        effect: Range | None = span_of(subjects[0].subtree)
    else:
        effect = span_of(matrix(verb, top, *stray, *aside))
    return Relation(
        rule=rule,
        head=verb,
        cause=held,
        effect=effect,
        signal=signal,
        rejected=rejected,
        weight=weight_of(token),
        back="effect" if copular and points_back(subjects_of(verb)[0]) else None,
    )


def _all_joint(head: Token, stray: list[Token]) -> tuple[list[Range], list[Range]]:
    """Return joint causes and rivals, those included that the parse hung beside the first one."""
    held, rejected = joint(head)
    beside = [
        c for c in head.head.children if c.dep_ == "pobj" and c.i > head.i and head.dep_ == "pobj"
    ]
    for other in (*beside, *stray):
        more, denied = joint(other)
        if _is_rival(head, other):
            more, denied = [], [*more, *denied]
        held, rejected = [*held, *more], [*rejected, *denied]
    return held, rejected


def _stray(top: Token, head: Token) -> list[Token]:
    """Return causes that the parse took for subjects: "because of A, B and C, Minsk is forced"."""
    verb = top.head
    if top.i > verb.i:
        return []
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i > head.i]
    if len(subjects) < 2 or head.doc[subjects[0].left_edge.i - 1].text != ",":
        return []
    return subjects[:-1]


def _denied_in_front(token: Token) -> bool:
    before = token.doc[max(0, token.i - 3) : token.i]
    for word in before:
        if word.lower_ in {"not", "n't"} and (
            word.i == token.i - 1 or word.head.i == token.i or token.doc[word.i + 1].lower_ == "so"
        ):
            return token.doc[word.i + 1].lower_ != "only"
    return False


def _but_because(token: Token) -> list[Range]:
    """Return what "but" puts in the place of a denied cause: "not because of A but B"."""
    head = object_of(token)
    following = [t for t in token.doc[token.i :] if t.lower_ == "but"]
    if head is None or not following:
        return []
    after = following[0]
    for other in token.doc[after.i + 1 :]:
        if other.lower_ in {"due", "because", "owing", "thanks"}:
            found = object_of(other)
            return [span_of(found.subtree)] if found is not None else []
        if other.dep_ in {"pobj", "conj"} and other.pos_ in {"NOUN", "PROPN"}:
            return [span_of(other.subtree)]
    return []
