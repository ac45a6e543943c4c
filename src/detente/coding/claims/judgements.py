"""Judgements that no rule knows by their verb: a present that words of degree or value mark.

Read only where a sentence tells no event, no forecast and no other claim. "Moscow still cannot
replace that market" is one; "the delegation has nine members" is a plain fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.holders import VOICES
from detente.coding.claims.stance import polarity_of
from detente.coding.claims.view import Draft, View, clause_part
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token

CONFIDENCE = 0.5
_COMPARED = frozenset({"JJR", "RBR", "JJS", "RBS"})
_PERSONS = frozenset({"i", "we", "you", "my", "our", "your", "me", "us"})
ENOUGH = 2
"""Words of degree or value that mark a judgement; one alone is as often found in plain news."""


def find(view: View) -> Iterator[Draft]:
    """Yield the judgement of a sentence, at most one."""
    if view.reading.sentence.text.rstrip().endswith(("?", ":")):
        return
    verb = _predicate(view)
    if verb is None or not (view.mentions or view.places):
        return
    subjects = subjects_of(verb)
    if any(t.lower_ in _PERSONS for t in verb.subtree) or (not subjects and verb.lemma_ != "be"):
        return
    if _is_judgement(view, verb, subjects):
        yield _draft(view, verb, subjects)


def _is_judgement(view: View, verb: Token, subjects: list[Token]) -> bool:
    count = _marks(view, verb)
    if count >= ENOUGH:
        return True
    if _is_past(verb):
        abstract = bool(subjects) and _is_abstract(subjects[0])
        return abstract and (_is_scarce(verb) or _is_valued(verb))
    if _is_predicated(view, verb, subjects) or _is_described(view, verb, subjects):
        return True
    return _is_scarce(verb) or (count > 0 and bool(subjects) and _is_abstract(subjects[0]))


def _is_abstract(noun: Token) -> bool:
    """Tell whether a noun names dealings or a trait of an actor: "the summit", "its unity"."""
    lemma = noun.lemma_.lower()
    if lemma in words("assessment", "relational") or noun.lower_.endswith(_ABSTRACT):
        return lemma not in words("assessment", "plain")
    return False


_ABSTRACT = ("tion", "sion", "ance", "ence", "ity", "ness", "ism", "ship", "acy", "ment")


def _is_scarce(verb: Token) -> bool:
    """Tell whether little or nothing of it is so: "hardly know", "produced few results"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "attr"}]
    for node in (verb, *objects):
        for child in node.children:
            scarce = child.lower_ in _SCARCE and child.dep_ in {"advmod", "amod", "det", "neg"}
            if child.lower_ == "no" and not any(_is_abstract(s) for s in subjects_of(verb)):
                continue
            if scarce and (node == verb) is (child.lower_ in _SCARCELY):
                return True
    return any(o.lower_ in {"little", "nothing"} for o in objects)


_SCARCELY = frozenset({"hardly", "scarcely", "barely", "rarely", "seldom"})
_SCARCE = _SCARCELY | {"few", "little", "no"}


def _is_valued(verb: Token) -> bool:
    """Tell whether what something was is a value: "the visit was a failure", "was symbolic"."""
    if verb.lemma_ not in _COPULAS:
        return False
    judged = [c for c in verb.children if c.dep_ in {"attr", "acomp", "oprd"} and c.i > verb.i]
    judged += [b for c in judged for b in c.children if b.dep_ == "conj"]
    return any(
        _is_quality(c) or _is_kind(c) or polarity_of([c, *c.children]) != "neutral" for c in judged
    )


def _is_kind(noun: Token) -> bool:
    """Tell whether a predicate noun says what something amounts to: "a bluff", "no monolith"."""
    counted = any(c.like_num or c.tag_ == "JJS" for c in noun.children)
    return noun.pos_ == "NOUN" and not counted and not _is_plain(noun)


def _is_plain(noun: Token) -> bool:
    return noun.lemma_.lower() in words("assessment", "plain")


def _is_quality(token: Token) -> bool:
    return (
        token.pos_ == "ADJ"
        and token.tag_ in {"JJ", "JJR", "JJS", "RBR"}
        and token.lower_ not in words("assessment", "plain_qualities")
        and not token.ent_type_
    )


_COPULAS = frozenset("be remain become stay seem appear look prove grow sound feel".split())


def _is_described(view: View, verb: Token, subjects: list[Token]) -> bool:
    """Tell whether an actor, its doings or a relation is said to be of some quality."""
    if verb.lemma_ not in _COPULAS or not subjects:
        return False
    noun = subjects[0]
    if noun.pos_ not in {"NOUN", "PROPN", "PRON"} or noun.lower_ in {"it", "there", "that", "this"}:
        return False
    concerned = noun.i in view.mentions or bool(view.within(noun, places=True))
    if not concerned and not _is_abstract(noun):
        return False
    return any(_is_quality(t) for t in _qualities(verb))


def _qualities(verb: Token) -> Iterator[Token]:
    """Yield predicate adjectives, those of "far from easy" and "more symbolic" included."""
    for child in verb.children:
        if child.dep_ in {"acomp", "oprd", "attr"} and child.i > verb.i:
            yield child
            yield from (c for c in child.children if c.dep_ == "conj")
        elif child.lower_ in {"far", "anything"} and child.i > verb.i:
            yield from (t for t in child.subtree if t != child)
        elif child.dep_ == "xcomp" and child.lemma_ == "be":
            yield from _qualities(child)


def _predicate(view: View) -> Token | None:
    """Return the main predicate, that of what is said where somebody says it."""
    root = next((t for t in view.doc if t.dep_ == "ROOT"), None)
    for _ in range(3):
        if root is None or root.pos_ not in {"VERB", "AUX"}:
            return None
        if root.lemma_.lower() not in VOICES:
            break
        root = next((c for c in root.children if c.dep_ == "ccomp"), None)
    if root is None or root.pos_ not in {"VERB", "AUX"}:
        return None
    finite = [root, *(c for c in root.children if c.dep_ in {"aux", "auxpass"})]
    if any(t.tag_ == "MD" and t.lower_ not in {"can", "ca"} for t in finite):
        return None
    told = any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in finite)
    return root if told else None


def _is_past(verb: Token) -> bool:
    finite = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    return any(t.tag_ == "VBD" for t in finite)


def _marks(view: View, verb: Token) -> int:
    """Count the words that mark a judgement in a clause."""
    plain = f" {_plain(view)} "
    count = sum(f" {phrase} " in plain for phrase in words("assessment", "phrases"))
    aside = {t.i for c in verb.subtree if c.dep_ in {"appos", "relcl"} for t in c.subtree}
    for token in verb.subtree:
        if token.i in view.named or token.i in aside or _is_of_time(token):
            continue
        if token.dep_ == "quantmod" or token.pos_ in {"PROPN", "NUM"}:
            continue
        if token.lower_ == "not" and any(c.lower_ in {"can", "ca"} for c in verb.children):
            count += 1
        known = token.lower_ in words("assessment", "marks") or token.tag_ in _COMPARED
        if known or (token.pos_ in {"ADJ", "ADV", "NOUN"} and polarity_of([token]) != "neutral"):
            count += 1
    return count


def _plain(view: View) -> str:
    return " ".join(t.lower_ for t in view.doc)


def _is_of_time(token: Token) -> bool:
    """Tell whether a word belongs to a date: "last week", "the first time", "for the new year"."""
    return token.head.lemma_.lower() in words("assessment", "times") and token.dep_ in {
        "amod", "det", "advmod", "nummod",
    }  # fmt: skip


def _is_predicated(view: View, verb: Token, subjects: list[Token]) -> bool:
    """Tell whether a thing or state is said to be something that is no plain fact: "a bluff"."""
    if verb.lemma_ not in {"be", "remain", "become"} or not subjects:
        return False
    noun = next((c for c in verb.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
    if noun is None or any(c.like_num for c in noun.children):
        return False
    named = view.mentions.get(subjects[0].i)
    if named is not None and any(a.person or a.rank for a in named.actors):
        return False
    return not _is_plain(noun)


def _draft(view: View, verb: Token, subjects: list[Token]) -> Draft:
    parties = view.actors(subjects, "S") or tuple(
        m for s in subjects for m in view.within(s, places=True)
    )
    others = view.within(verb, but=parties, places=True)
    judged = [t for t in verb.subtree if t.i > verb.i]
    return Draft(
        kind="assessment", rule="assessment/marked", head=verb, part=clause_part(verb),
        topic=[verb], subject=parties, object=others, polarity=polarity_of(judged),
        confidence=CONFIDENCE,
    )  # fmt: skip
