"""Reads how sure a text says it is of one predicate, one field for each kind of word.

Scope follows the parse: a hedge counts for a predicate where it modifies the predicate, its
auxiliary, a raising word above it ("is likely to resume") or, for quantifiers, its subject. A
hedge on one of two conjoined predicates reaches the other only where they share their auxiliary
("may resume and grow", against "has resumed and may grow").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from detente.model import Hedge
from detente.registers import hedges as register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from detente.registers.hedges import Entry, HedgeKind

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "acomp", "pobj", "nummod", "npadvmod"})
_MODIFIERS = frozenset({"aux", "auxpass", "advmod", "npadvmod", "neg", "acomp", "attr", "oprd"})
_BE = re.compile(r"^(?:is|are|was|were|be) ")
_SCALE_VERBS = frozenset({"say", "tell", "claim", "announce", "report", "warn", "state"})
_DENIALS = frozenset({"not", "n't", "never", "no", "hardly", "scarcely"})
_RAISING_LEMMAS = frozenset(
    {
        "seem", "appear", "expect", "anticipate", "project", "forecast", "predict", "believe",
        "think", "assume", "report", "rumour", "rumor", "allege", "understand", "consider",
        "rule", "exclude", "look", "tend", "be", "poise", "doom", "destine", "set", "bind", "head", "remain", "say", "have", "see",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A hedge phrase in a sentence: token offsets, its kind and its entry."""

    start: int
    end: int
    kind: HedgeKind
    entry: Entry
    words: str


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], HedgeKind, Entry], ...]]:
    """Return the phrases by first word, longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], HedgeKind, Entry]]] = {}
    for kind, entries in register.words().items():
        for entry in entries:
            for words in entry.words:
                tokens = tuple(_split(words))
                by_first.setdefault(tokens[0], []).append((tokens, kind, entry))
    return {
        first: tuple(sorted(found, key=lambda item: -len(item[0])))
        for first, found in by_first.items()
    }


def _split(words: str) -> Iterator[str]:
    """Cut a phrase as the tokeniser of the parser does."""
    for word in words.replace("-", " - ").split():
        if word == "cannot":
            yield from ("can", "not")
        elif word == "can't":
            yield from ("ca", "n't")
        else:
            yield word


def find(doc: Doc) -> tuple[Match, ...]:
    """Return the hedge phrases of a sentence, longest match, in order."""
    lower = [token.lower_ for token in doc]
    phrases = _phrases()
    found: list[Match] = []
    at = 0
    while at < len(lower):
        match = _match_at(doc, lower, at, phrases.get(lower[at], ()))
        if match is None:
            at += 1
        else:
            found.append(match)
            at = match.end
    return tuple(found)


def _match_at(
    doc: Doc,
    lower: list[str],
    at: int,
    phrases: tuple[tuple[tuple[str, ...], HedgeKind, Entry], ...],
) -> Match | None:
    for tokens, kind, entry in phrases:
        end = at + len(tokens)
        if tuple(lower[at:end]) != tokens or not _allowed(doc, at, end, kind, entry):
            continue
        return Match(at, end, kind, entry, doc[at:end].text.lower())
    return None


def _allowed(doc: Doc, at: int, end: int, kind: HedgeKind, entry: Entry) -> bool:
    token = doc[at]
    if entry.tags and token.tag_ not in entry.tags:
        return False
    if entry.number and not (end < len(doc) and doc[end].like_num):
        return False
    if kind == "quantifier" and token.dep_ == "advmod" and end - at == 1:
        return False
    if kind == "frequency" and at and doc[at - 1].lower_ in {"more", "less"}:
        return False
    aside = token.pos_ == "ADJ" and token.dep_ in {"advcl", "acl", "advmod"}
    if kind == "likelihood" and aside and any(c.dep_ == "prep" for c in token.children):
        return False
    return not (entry.modal and token.tag_ != "MD")


def read(
    doc: Doc, head: Token, *, scale: str = register.DEFAULT_SCALE, found: tuple[Match, ...] = ()
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
    matches = found or find(doc)
    if not matches:
        return None
    zone = frozenset(_zone(head))
    parts = frozenset(_core_parts(head))
    chosen: dict[HedgeKind, Match] = {}
    for match in matches:
        span = range(match.start, match.end)
        place = parts if match.kind in {"quantifier", "approximator"} else zone
        inside = any(i in place for i in span) or (
            match.kind == "approximator" and any(i in zone for i in span)
        )
        if inside:
            _choose(chosen, match)
    if not chosen:
        return None
    return _hedge(doc, head, chosen, scale)


def _choose(chosen: dict[HedgeKind, Match], match: Match) -> None:
    known = chosen.get(match.kind)
    if known is None or _weight(match) > _weight(known):
        chosen[match.kind] = match


def _weight(match: Match) -> tuple[bool, bool, int]:
    """Order likelihood words: one with a place on a scale first, a mere denial last."""
    placed = bool(match.entry.terms and match.entry.terms != ("possible",))
    return placed, match.words not in _DENIALS, match.end - match.start


def _hedge(doc: Doc, head: Token, chosen: dict[HedgeKind, Match], scale: str) -> Hedge:
    words: dict[str, str] = {kind: match.words for kind, match in chosen.items()}
    if "evidential" in words:
        words["evidential"] = _BE.sub("", words["evidential"])
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
    negated = likelihood is not None and _is_negated(doc, likelihood)
    if _is_denied(head, likelihood):
        negated = not negated
    table = register.scale_of(scale)
    interval = None
    if likelihood is not None:
        interval = table.interval(likelihood.entry.terms)
    elif modal is not None:
        interval = table.interval(modal.entry.terms)
    if interval is not None and negated:
        interval = _complement(interval)
    low, high = interval if interval is not None else (None, None)
    negated = negated is not denying
    return Hedge(
        **words,
        scale=table.name if interval is not None else None,
        low=low,
        high=high,
        negated=negated,
    )


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
        if child.lower_ in {"nobody", "nothing", "none"}:
            return child.dep_ in {"nsubj", "nsubjpass"}
        if any(b.lower_ in {"no", "neither"} and b.dep_ == "det" for b in child.children):
            return True
    return False


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


def _zone(head: Token) -> Iterator[int]:
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
    edge = list(prep.subtree)
    if len(edge) <= 4:
        yield from (token.i for token in edge)


def _shared(head: Token) -> Iterator[int]:
    """Yield what a second conjunct shares with the first: auxiliaries and leading adverbs."""
    token = head
    also = any(c.dep_ == "mark" and c.lower_ == "that" for c in head.children)
    if head.dep_ == "conj" and also:
        above = _governor(head.head)
        if above is not None:
            yield from _own(above, below=head.head)
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


def _governor(token: Token) -> Token | None:
    """Return the raising word above a predicate, if it is one."""
    head = token.head
    if head.i == token.i:
        return None
    if token.dep_ in {"acomp", "attr", "oprd"} and head.lemma_ in _RAISING_LEMMAS:
        return head
    if token.dep_ in {"xcomp", "ccomp", "csubj", "csubjpass", "acl", "advcl"}:
        return head if _raises(head, token) else None
    if token.dep_ in {"pcomp", "pobj"} and head.dep_ == "prep" and head.head.pos_ == "NOUN":
        return head.head if _is_hedge_word(head.head) else None
    return None


def _raises(head: Token, token: Token) -> bool:
    if head.pos_ in {"ADJ", "ADV", "NOUN"}:
        return _is_hedge_word(head) or token.dep_ == "xcomp"
    if token.dep_ in {"advcl", "acl"}:
        return _is_hedge_word(head)
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


def _is_hedge_word(token: Token) -> bool:
    return any(
        token.lower_ in phrase[0] and phrase[1] in {"likelihood", "evidential"}
        for phrase in _by_any_word().get(token.lower_, ())
    )


@cache
def _by_any_word() -> dict[str, tuple[tuple[tuple[str, ...], HedgeKind], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], HedgeKind]]] = {}
    for phrases in _phrases().values():
        for tokens, kind, _ in phrases:
            for token in tokens:
                found.setdefault(token, []).append((tokens, kind))
    return {token: tuple(items) for token, items in found.items()}


def _core_parts(head: Token) -> Iterator[int]:
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


def likelihood_words() -> frozenset[str]:
    """Return the first words of every likelihood phrase, for the gate."""
    return frozenset(_words_of(("likelihood", "evidential")))


def _words_of(kinds: Iterable[HedgeKind]) -> Iterator[str]:
    table = register.words()
    for kind in kinds:
        for entry in table[kind]:
            for words in entry.words:
                yield from _split(words)
