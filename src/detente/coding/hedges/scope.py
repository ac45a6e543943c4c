"""Which words hedge which predicate: the scope of hedges, by the parse.

A hedge counts for a predicate where it modifies the predicate, its auxiliary, a raising word above
it ("is likely to resume") or, for quantifiers, its subject. A hedge on one of two conjoined
predicates reaches the other only where they share their auxiliary ("may resume and grow", against
"has resumed and may grow").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.verbs import is_juxtaposed
from detente.coding.hedges.words import is_counted, is_hedge_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_MODIFIERS = frozenset({"aux", "auxpass", "advmod", "npadvmod", "neg", "acomp", "attr", "oprd"})
_SCALE_VERBS = frozenset({"say", "tell", "claim", "announce", "report", "warn", "state"})
_RAISING_LEMMAS = frozenset(
    {
        "seem", "appear", "expect", "anticipate", "project", "forecast", "predict", "believe",
        "think", "assume", "report", "rumour", "rumor", "allege", "understand", "consider",
        "rule", "exclude", "ought", "look", "tend", "be", "poise", "doom", "destine", "set", "bind", "head", "remain", "say", "have", "see",
    }
)  # fmt: skip


def zone(head: Token) -> Iterator[int]:
    """Yield the tokens whose hedges count for the predicate."""
    yield from _own(head)
    yield from _shared(head)
    token = head
    for _ in range(6):
        above = _governor(token)
        if above is None:
            return
        yield from _own(above, below=token)
        yield from _shared(above)
        token = above


def _own(head: Token, below: Token | None = None) -> Iterator[int]:
    if (
        below is not None
        or head.pos_ in {"ADJ", "NOUN", "ADV"}
        or head.lemma_ in {"seem", "appear"}
    ):
        yield head.i
    for child in head.children:
        if below is not None and child.i == below.i:
            continue
        if child.dep_ in _MODIFIERS:
            yield child.i
            yield from _degree(child)
        elif child.dep_ in {"amod", "det", "prt"} and below is not None:
            yield child.i
        elif child.dep_ in {"prep", "agent", "parataxis", "intj"}:
            yield from _phrase(child)


def _degree(token: Token) -> Iterator[int]:
    for child in token.children:
        if child.dep_ in {"advmod", "neg", "amod", "det", "npadvmod", "preconj", "quantmod"}:
            yield child.i
            yield from _degree(child)


def _phrase(prep: Token) -> Iterator[int]:
    """Yield a short prepositional phrase such as "in all likelihood"."""
    edge = [token for token in prep.subtree if token.i >= prep.i]
    chance = any(c.dep_ == "pobj" and c.lemma_ in _CHANCES for c in prep.children)
    if len(edge) <= (8 if chance else 4):
        yield from (token.i for token in edge)


_CHANCES = frozenset({"probability", "likelihood", "chance", "certainty"})


def _shared(head: Token) -> Iterator[int]:
    """Yield what a second conjunct shares with the first: auxiliaries and leading adverbs."""
    token = head
    yield from _also_governed(head)
    while token.dep_ == "conj" and token.head.i < token.i:
        first = token.head
        if any(child.dep_ in _SUBJECTS for child in token.children):
            return
        bare = not any(child.dep_ in {"aux", "auxpass"} for child in token.children)
        if bare and token.tag_ == first.tag_:
            for child in first.children:
                if child.dep_ in {"aux", "advmod", "neg"} and child.i < first.i:
                    yield child.i
                    yield from _degree(child)
        else:
            subject = next((c.i for c in first.children if c.dep_ in _SUBJECTS), -1)
            for child in first.children:
                if child.dep_ == "advmod" and child.i < subject:
                    yield child.i
                    yield from _degree(child)
        above = _governor(first)
        if above is not None and token.tag_ == first.tag_ and bare:
            yield from _own(above, below=first)
        token = first


def _also_governed(head: Token) -> Iterator[int]:
    """Yield what governs a second clause with its own "that": "it is likely that A and that B"."""
    if head.dep_ != "conj" or not any(
        c.dep_ == "mark" and c.lower_ == "that" for c in head.children
    ):
        return
    above = _governor(head.head)
    if above is not None:
        yield from _own(above, below=head.head)


def _governor(token: Token) -> Token | None:
    """Return the raising word above a predicate, if it is one."""
    head = token.head
    if head.i == token.i or is_juxtaposed(token):
        return None
    if token.dep_ in {"acomp", "attr", "oprd"} and head.lemma_ in _RAISING_LEMMAS:
        return head
    if token.dep_ in {"xcomp", "ccomp", "csubj", "csubjpass", "acl", "advcl"}:
        return head if _raises(head, token) or _is_framed(head, token) else None
    if token.dep_ in {"pcomp", "pobj"} and head.dep_ == "prep" and head.head.pos_ == "NOUN":
        return head.head if is_hedge_word(head.head) else None
    return None


def _is_framed(head: Token, clause: Token) -> bool:
    """Tell whether a main clause only says how likely another is: "the odds are even that"."""
    if clause.dep_ != "advcl":
        return False
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    if "that" in marks and head.lemma_ == "be":
        return any(c.dep_ == "nsubj" and is_hedge_word(c) for c in head.children)
    return "if" in marks and any(c.lower_ == "would" for c in head.children) and _is_it(head)


def _is_it(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "expl"} and c.lower_ in {"it", "nobody"} for c in verb.children)


def _raises(head: Token, token: Token) -> bool:
    if head.pos_ in {"ADJ", "ADV", "NOUN"}:
        return is_hedge_word(head) or token.dep_ == "xcomp"
    if token.dep_ in {"advcl", "acl"}:
        return is_hedge_word(head)
    if head.lemma_ not in _RAISING_LEMMAS:
        return False
    if head.lemma_ in _SCALE_VERBS or head.lemma_ in {
        "believe",
        "think",
        "expect",
        "consider",
        "see",
    }:
        return any(child.dep_ in {"auxpass", "nsubjpass"} for child in head.children)
    return True


def core_parts(head: Token) -> Iterator[int]:
    """Yield the words that count or measure the subject, else the object."""
    subject = _subject(head)
    if subject is not None:
        yield from _counted(subject)
    for child in head.children:
        if child.dep_ in {"dobj", "attr"} or (child.dep_ == "nummod"):
            yield from _counted(child)
        elif child.dep_ == "prep":
            for below in child.children:
                if below.dep_ == "pobj":
                    yield from _counted(below, numbers=True)


def _subject(head: Token) -> Token | None:
    token = head
    for _ in range(6):
        for child in token.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child
        if token.dep_ not in {"xcomp", "acomp", "attr", "conj", "ccomp"} or token.head.i == token.i:
            return None
        token = token.head
    return None


def _counted(noun: Token, *, numbers: bool = False) -> Iterator[int]:
    if not numbers:
        yield noun.i
    elif is_counted(noun) or any(c.lower_ == "a" for c in noun.children):
        yield from (c.i for c in noun.children if c.dep_ in {"advmod", "quantmod"})
    for child in noun.children:
        if child.dep_ == "nummod" or child.like_num:
            yield from (token.i for token in child.subtree)
            if child.i:
                yield child.i - 1
        elif not numbers and child.dep_ in {"det", "amod", "predet", "advmod", "neg", "quantmod"}:
            yield child.i
            yield from _degree(child)
        elif (
            not numbers and child.dep_ == "prep" and child.lower_ == "of" and child.i == noun.i + 1
        ):
            yield child.i
