"""Whose claim it is: who says that who thinks, and how the claim stands in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of

if TYPE_CHECKING:
    from detente.coding.claims.view import View
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention

VOICES = frozenset(
    "say tell claim announce declare state argue believe think report note warn stress add insist "
    "explain suggest admit acknowledge allege assert maintain write predict expect forecast assume "
    "estimate reckon contend conclude emphasise emphasize point remark observe complain fear hope "
    "consider suppose suspect doubt feel foresee quip anticipate caution underline confirm reiterate hold".split()
)
PAST_WORDS = frozenset(
    "previously formerly earlier once hitherto before then originally initially".split()
)
HABITS = frozenset("usually often always regularly traditionally typically generally".split())
Valid = Literal["past", "present", "since", "habitual"]


def of(view: View, head: Token) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Return the actors whose claim a predicate is, the outermost voice last.

    Args:
        view: The sentence.
        head: The predicate.

    Returns:
        The mentions, and the words of voices that are no known actor ("some experts").
    """
    found: list[Mention] = []
    unnamed: list[str] = []
    current = head
    for _ in range(8):
        above = current.head
        if above == current:
            break
        if current.dep_ == "ccomp" and above.lemma_.lower() in VOICES:
            _add(view, above, found, unnamed)
        current = above
    for child in current.children:
        says = child.dep_ in {"parataxis", "ccomp"} and child.lemma_.lower() in VOICES
        if says and not child.is_ancestor(head) and child.i != head.i:
            _add(view, child, found, unnamed)
    _according(view, found, unnamed)
    return tuple(found), tuple(unnamed)


def _according(view: View, found: list[Mention], unnamed: list[str]) -> None:
    """Add whom "according to" names."""
    for token in view.tokens:
        if token.lower_ != "according":
            continue
        heads = list(prepositional(token, frozenset({"to"})))
        mentions = view.actors(heads, "S")
        found += [m for m in mentions if m not in found]
        if not mentions:
            unnamed += [" ".join(t.text for t in h.subtree) for h in heads]


def _add(view: View, verb: Token, found: list[Mention], unnamed: list[str]) -> None:
    subjects = subjects_of(verb)
    mentions = view.actors(subjects, "S")
    found += [m for m in mentions if m not in found]
    if not mentions:
        unnamed += [
            " ".join(t.text for t in s.subtree) for s in subjects if s.pos_ in {"NOUN", "PROPN"}
        ]


def validity(head: Token) -> Valid | None:
    """Return when the claim holds, by tense and adverbs."""
    verb = head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl"}:
        verb = verb.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
    if verb.dep_ == "xcomp" and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    low = {c.lower_ for c in verb.children}
    aux = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if "since" in low or ("long" in low and any(c.lemma_ == "have" for c in aux)):
        return "since"
    if low & HABITS:
        return "habitual"
    finite = aux[0] if aux else verb
    if finite.tag_ == "VBD" or low & PAST_WORDS:
        return "past"
    if finite.tag_ == "MD":
        return _of_modal(verb, finite)
    return "present" if finite.tag_ in {"VBZ", "VBP"} else None


def _of_modal(verb: Token, modal: Token) -> Valid | None:
    """Return when a modal puts it: a norm, ability or wish holds now, "could not begin" is past."""
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return None
    wish = modal.lower_ in {"would", "should"} and verb.lemma_ in {"like", "prefer", "love"}
    if modal.lower_ in {"must", "can", "may", "shall", "ca"} or wish:
        return "present"
    told = (c for c in verb.children if c.dep_ == "advcl")
    looks_back = any(t.tag_ == "VBD" for c in told for t in (c, *c.children))
    denied = any(c.dep_ == "neg" for c in verb.children)
    return "past" if modal.lower_ == "could" and denied and looks_back else None
