"""Causes: connectives and causal verbs, with joint causes and rejected rivals.

``relations`` reads the parse alone; ``find`` keeps what concerns an actor and makes claims of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from detente.coding.claims.view import Draft, Range, View, clause_part, span_of, subtree
from detente.coding.clauses import Clause, clause_of, prepositional, subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

BACK_SUBJECTS = frozenset({"this", "that", "such", "these", "it", "which", "those"})
_SECOND = {
    "due": {"to"}, "owing": {"to"}, "thanks": {"to"}, "because": {"of"}, "given": set(),
    "considering": set(),
}  # fmt: skip


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


_REASONS = ("that is why", "this is why", "for this reason", "for that reason")


def relations(doc: Doc) -> list[Relation]:
    """Return the causal relations of a parsed sentence, in order."""
    found: list[Relation] = []
    for token in doc:
        for rule in (
            _preposition, _noun_phrase, _subordinate, _purpose, _verb, _reverse, _adverb, _noun,
        ):  # fmt: skip
            relation = rule(token)
            if relation is not None:
                found.append(relation)
                break
    return found


def _joint(head: Token, *, skip: frozenset[int] = frozenset()) -> tuple[list[Range], list[Range]]:
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


def _weight(prep: Token) -> str | None:
    listed = words("cause", "weights") - {"not"}
    for child in prep.children:
        if child.lower_ in listed and child.i < prep.i:
            return child.lower_
    before = prep.nbor(-1) if prep.i else None
    if before is not None and before.lower_ in listed:
        return before.lower_
    return None


def _preposition(token: Token) -> Relation | None:
    """Read "due to X", "because of X", "given X"."""
    low = token.lower_
    if low not in words("cause", "preps") or low not in _SECOND:
        return None
    second = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if second is None or (_SECOND[low] and second.lower_ not in _SECOND[low]):
        return None
    if low in {"given", "considering"} and (
        token.dep_ not in {"prep", "mark", "advcl"}
        or any(c.dep_ == "agent" for c in token.children)
    ):
        return None
    head = _object(token) or (_object(second) if _SECOND[low] else None)
    top = token
    if head is None or token.head == token:
        return None
    if low == "due" and token.dep_ in {"acomp", "amod"} and head.pos_ == "VERB":
        return None
    return _prepositional(token, head, top, low, 2 if _SECOND[low] else 1)


def _object(prep: Token) -> Token | None:
    for child in prep.children:
        if child.dep_ in {"pobj", "pcomp", "dobj", "ccomp"} and child.pos_ not in {"ADP", "PART"}:
            return child
        if child.dep_ in {"pcomp", "prep", "fixed"}:
            below = _object(child)
            if below is not None:
                return below
    return None


def _prepositional(
    token: Token, head: Token, top: Token, rule: str, length: int
) -> Relation | None:
    """Build the relation of a causal preposition; its rivals may hang on it or on its noun."""
    held, rejected = _joint(head)
    for other in head.head.children:
        if other.dep_ == "pobj" and other.i > head.i and head.dep_ == "pobj":
            more, rivals = _joint(other)
            held, rejected = [*held, *more], [*rejected, *rivals]
    doc = token.doc
    if _denied_in_front(token):
        contrast = _but_because(token)
        rejected, held = [*held, *rejected], contrast
        if not held:
            return None
    governor = top.head
    if top.dep_ in {"acomp", "amod"} and governor.pos_ not in {"AUX", "VERB"}:
        verb = governor
    else:
        verb = governor
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
        effect = span_of(_matrix(verb, top))
    return Relation(
        rule=rule,
        head=verb,
        cause=held,
        effect=effect,
        signal=signal,
        rejected=rejected,
        weight=_weight(token),
        back="effect" if copular and _points_back(subjects_of(verb)[0]) else None,
    )


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
    head = _object(token)
    following = [t for t in token.doc[token.i :] if t.lower_ == "but"]
    if head is None or not following:
        return []
    after = following[0]
    for other in token.doc[after.i + 1 :]:
        if other.lower_ in {"due", "because", "owing", "thanks"}:
            found = _object(other)
            return [span_of(found.subtree)] if found is not None else []
        if other.dep_ in {"pobj", "conj"} and other.pos_ in {"NOUN", "PROPN"}:
            return [span_of(other.subtree)]
    return []


def _points_back(noun: Token) -> bool:
    """Tell whether a phrase such as "such a strategy" stands for what was said before."""
    if noun.lower_ in {"this", "that", "it", "which"} and noun.pos_ in {"PRON", "DET"}:
        return True
    return any(c.lower_ in {"this", "such", "these"} for c in noun.children)


def _matrix(verb: Token, without: Token) -> list[Token]:
    """Return the clause that a subordinate part hangs on, without that part."""
    if verb.pos_ in {"NOUN", "PROPN", "ADJ"} and verb.dep_ not in {"ROOT"}:
        return subtree(verb, without=[without])
    skip = [without]
    skip += [c for c in verb.children if c.dep_ == "conj" and c.i > without.i > verb.i]
    return subtree(verb, without=skip)


_IN_PHRASES = {
    "in": {"response", "light", "view", "retaliation", "reaction", "protest", "wake", "reply",
           "connection", "revenge", "reprisal", "solidarity", "recognition", "consequence",
           "punishment"},
    "as": {"result", "consequence", "punishment", "response", "reprisal"},
    "on": {"account", "grounds", "basis"},
    "by": {"virtue", "reason"},
    "under": {"pressure"},
    "for": {"fear", "reason"},
    "out": {"fear"},
    "at": {"demand"},
}  # fmt: skip


def _noun_phrase(token: Token) -> Relation | None:
    """Read "as a result of X", "in response to X", "under pressure from X"."""
    if token.lower_ not in words("cause", "prep_nouns") or token.dep_ not in {"pobj", "npadvmod"}:
        return None
    prep = token.head
    if token.lower_ not in _IN_PHRASES.get(prep.lower_, set()):
        return None
    content = next(
        iter(prepositional(token, frozenset({"of", "to", "from", "against", "for", "with", "at"}))),
        None,
    )
    if content is None:
        if token.lower_ == "fear":
            content = next((c for c in token.children if c.dep_ in {"acl", "ccomp"}), None)
        if content is None:
            return None
    top = prep
    if top.head.lower_ == "out":
        top = top.head
    if top.head == top:
        return None
    return _prepositional(top, content, top, token.lower_, content.left_edge.i - top.i)


def _subordinate(token: Token) -> Relation | None:
    """Read "because X", "since X", "lest X"."""
    low = token.lower_
    if token.dep_ != "mark" or low not in words("cause", "subordinators"):
        return None
    verb = token.head
    if verb.dep_ not in {"advcl", "ccomp", "acl"} or verb.head == verb:
        return None
    if low in {"since", "as"} and not _is_causal(low, verb):
        return None
    held = [span_of(subtree(verb, without=[token]))]
    effect = span_of(_matrix(verb.head, verb))
    return Relation(
        rule=low, head=verb.head, cause=held, effect=effect,
        signal=(token.i, token.i + 1), weight=_weight(token),
    )  # fmt: skip


def _is_causal(low: str, verb: Token) -> bool:
    """Tell a causal "since" or "as" from the temporal one: a state, or a modal, is no moment."""
    if low == "since":
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.head.children)
        return not perfect and (
            verb.tag_ in {"VBZ", "VBP"}
            or verb.lemma_ == "be"
            or any(c.dep_ in {"aux", "neg"} for c in verb.children)
        )
    return verb.lemma_ in {"want", "need", "fear", "lack", "know", "believe", "hope"} or any(
        c.dep_ == "neg" for c in verb.children
    )


def _purpose(token: Token) -> Relation | None:
    """Read "in order to X", "so as to X", "so that X"."""
    if token.tag_ != "TO" or token.dep_ != "aux":
        low = token.lower_
        if low == "so" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "that":
            verb = token.nbor(1).head
            if verb.dep_ == "advcl":
                return _aim(verb, (token.i, token.i + 2), "so that")
        return None
    verb = token.head
    before = {t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]}
    marked = "order" in before or {"so", "as"} <= before
    if not marked:
        return None
    start = max(0, token.i - 2)
    return _aim(verb, (start, token.i + 1), "in order to")


def _aim(verb: Token, signal: Range, rule: str) -> Relation | None:
    head = verb
    while head.dep_ in {"acl", "pobj", "prep", "advcl", "pcomp"} and head.head != head:
        head = head.head
        if head.pos_ in {"VERB", "AUX"}:
            break
    if head.i == verb.i or head.pos_ not in {"VERB", "AUX"}:
        return None
    top = next((c for c in head.children if c.is_ancestor(verb) or c.i == verb.i), verb)
    return Relation(
        rule=rule, head=head, cause=[span_of(verb.subtree)], signal=signal, purpose=True,
        effect=span_of(_matrix(head, top)),
    )  # fmt: skip


def _verb(token: Token) -> Relation | None:
    """Read "X led to Y", "X forced Y to do Z", "Y was caused by X"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in words("cause", "verbs"):
        return None
    clause = clause_of(token)
    content = _result(token, clause)
    if content is not None and clause.subjects:
        return _effected(token, clause.subjects[0], content)
    about = lemma == "bring" and "about" in {c.lower_ for c in token.children}
    controlled = _controlled(token) if lemma in words("cause", "control") and not about else None
    if controlled is not None:
        return controlled
    if (about or lemma in words("cause", "plain")) and clause.objects and clause.subjects:
        return _effected(token, clause.subjects[0], clause.objects[0])
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


def _effected(verb: Token, source: Token, effect: Token) -> Relation | None:
    if source.pos_ in {"PROPN"} and effect.pos_ == "PROPN":
        return None
    held, rejected = _joint(source)
    back: Literal["cause"] | None = None
    if _points_back(source) and source.lower_ in BACK_SUBJECTS:
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
    held, rejected = _joint(clause.subjects[0])
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
    held, rejected = _joint(source)
    back: Literal["effect"] | None = "effect" if _points_back(effect) else None
    return Relation(
        rule=lemma, head=token, cause=held, rejected=rejected, back=back,
        effect=span_of(effect.subtree), signal=(token.i, token.i + 1),
        weight=next((c.lower_ for c in token.children if c.lower_ in _WEIGHTS()), None),
    )  # fmt: skip


def _WEIGHTS() -> frozenset[str]:
    return words("cause", "weights") - {"not"}


def _adverb(token: Token) -> Relation | None:
    """Read a "Hence" or "As a result" that points to the sentence before."""
    low = token.lower_
    phrase = 1
    if low not in words("cause", "adverbs"):
        following = token.doc[token.i : token.i + 4].text.lower()
        if following.startswith(("as a result", "as a consequence")):
            phrase = 3
            if token.i + 3 < len(token.doc) and token.doc[token.i + 3].lower_ == "of":
                return None
        elif following.startswith(_REASONS):
            phrase = 3
        else:
            return None
    first = token.i == 0 or token.doc[token.i - 1].text in {";", "–", "—"}
    subject_near = (
        token.dep_ == "advmod" and token.i <= 3 and low in {"therefore", "thus", "consequently"}
    )
    if not first and not subject_near:
        return None
    root = next((t for t in token.doc if t.dep_ == "ROOT"), token)
    rest = [t for t in root.subtree if not token.i <= t.i < token.i + phrase]
    if token.i > 3:
        rest = list(token.doc[token.i + phrase :])
    if not rest:
        return None
    return Relation(
        rule=low if phrase == 1 else token.doc[token.i : token.i + phrase].text.lower(),
        head=root, cause=[], effect=span_of(rest), signal=(token.i, token.i + phrase),
        back="cause",
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
        other = next(
            (c for c in verb.children if c.dep_ in {"attr", "ccomp", "xcomp", "acomp"}), None
        )
    else:
        other = next(iter(subjects_of(verb)), None)
    if other is None:
        return None
    backward = lemma in {"consequence", "result", "outcome", "product"}
    source, effect = (content, other) if backward else (other, content)
    held, rejected = _joint(source)
    back: Literal["cause", "effect"] | None = None
    if _points_back(other) and other.lower_ in BACK_SUBJECTS:
        back = "effect" if backward else "cause"
    return Relation(
        rule=lemma, head=verb, cause=held, rejected=rejected, back=back,
        effect=span_of(effect.subtree), signal=(token.i, token.i + 1),
    )  # fmt: skip


def find(view: View) -> Iterator[Draft]:
    """Yield the causes in a sentence that concerns an actor."""
    seen: set[tuple[Range | None, tuple[Range, ...]]] = set()
    for relation in relations(view.doc):
        key = (relation.effect, tuple(relation.cause))
        if key in seen or (not relation.cause and relation.back is None):
            continue
        if not view.mentions and not view.places and relation.back is None:
            continue
        seen.add(key)
        yield _draft(view, relation)


def _draft(view: View, relation: Relation) -> Draft:
    details: dict[str, object] = {}
    if relation.weight:
        details["weight"] = relation.weight
    if relation.purpose:
        details["purpose"] = True
    if relation.rejected:
        details["rejected"] = [view.text(part) for part in relation.rejected]
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
    )


__all__ = ["Relation", "clause_part", "find", "relations"]
