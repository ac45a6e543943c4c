"""Causal nouns and inverted clauses: "the reason for Y is X", "behind Y stands X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from detente.coding.claims.causes.relation import BACK_SUBJECTS, Relation, joint, points_back
from detente.coding.claims.view import span_of, subtree
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.claims.view import Range
    from detente.coding.grammar.tree import Token

_NAMING = frozenset({"attr", "ccomp", "xcomp", "acomp", "advcl"})
_BACKWARD = frozenset({"consequence", "result", "outcome", "product", "price", "fruit", "upshot"})
_COPULAS = frozenset({"be", "remain", "become", "lie"})
_WHOLES = frozenset({"one", "some", "part", "most", "another"})


def naming(token: Token) -> Relation | None:
    """Read "the reason for Y is X", "X is the result of Y" and "one of the causes of Y is X"."""
    lemma = token.lemma_.lower()
    if lemma not in words("cause", "nouns") or token.pos_ != "NOUN":
        return None
    top = _whole(token)
    verb = top.head
    if verb.lemma_ not in _COPULAS or top.dep_ not in {"nsubj", "attr"}:
        return None
    explained = _explained(token)
    other = _other(token, top, verb)
    if other is None or (lemma == "price" and top.dep_ != "attr"):
        return None
    if explained is None:
        return _bare(token, verb, other)
    content, part = explained
    if lemma in _BACKWARD:
        held, rejected = joint(content)
        effect: Range = span_of(other.subtree)
    else:
        held, rejected = joint(other)
        effect = part
    back: Literal["cause", "effect"] | None = None
    if points_back(other) and other.lower_ in BACK_SUBJECTS:
        back = "effect" if lemma in _BACKWARD else "cause"
        held = held if lemma in _BACKWARD else []
    return Relation(
        rule=lemma, head=verb, cause=held, rejected=rejected, back=back,
        effect=effect, signal=(token.i, token.i + 1),
    )  # fmt: skip


def _bare(noun: Token, verb: Token, other: Token) -> Relation | None:
    """Read "The reason was money": what it explains stands before."""
    definite = any(
        c.lower_ in {"the", "its", "their", "his", "her", "real", "true"} for c in noun.children
    )
    if noun.lemma_.lower() not in _EXPLAINING or noun.dep_ != "nsubj" or not definite:
        return None
    if other.dep_ == "acomp" and other.lower_ not in {"simple", "obvious", "clear", "plain"}:
        return None
    held, rejected = joint(other)
    return Relation(
        rule=noun.lemma_.lower(), head=verb, cause=held, rejected=rejected, back="effect",
        effect=span_of(noun.subtree), signal=(noun.i, noun.i + 1),
    )  # fmt: skip


_EXPLAINING = frozenset({"reason", "motive", "cause", "explanation", "background"})


def _whole(noun: Token) -> Token:
    """Return "one" of "one of the reasons"."""
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ in _WHOLES:
        return above.head
    return noun


def _explained(noun: Token) -> tuple[Token, Range] | None:
    """Return the head and the words of what a causal noun explains."""
    content = next(iter(prepositional(noun, frozenset({"of", "for", "behind"}))), None)
    if content is not None:
        return content, span_of(content.subtree)
    clause = next((c for c in noun.children if c.dep_ in {"relcl", "acl"} and c.i > noun.i), None)
    if clause is None or not any(c.lower_ in {"why", "that"} for c in clause.children):
        return None
    skip = [c for c in clause.children if c.lower_ in {"why", "that"}]
    return clause, span_of(subtree(clause, without=skip))


def _other(noun: Token, top: Token, verb: Token) -> Token | None:
    """Return what the causal noun is said to be, or of what it is said."""
    if top.dep_ == "attr":
        return next((s for s in subjects_of(verb) if s != top), None)
    other = next((c for c in verb.children if c.dep_ in _NAMING and c.i > verb.i), None)
    if other is None:
        other = next(iter(prepositional(verb, frozenset({"in"}))), None)
    known = {"reason", "motive", "cause", "explanation"}
    if other is not None and other.dep_ == "xcomp" and noun.lemma_.lower() not in known:
        return None
    judged = other is not None and other.dep_ == "acomp"
    return None if judged and noun.lemma_.lower() in _BACKWARD else other


def behind(token: Token) -> Relation | None:
    """Read "behind Y stands X", "what lies behind Y is X", "at the root of Y lies X"."""
    effect = _background(token)
    if effect is None:
        return None
    verb = token.head
    if verb.lemma_.lower() not in words("cause", "lying"):
        return None
    source = _source(verb, token)
    if source is None or source.pos_ == "PROPN":
        return None
    held, rejected = joint(source)
    return Relation(
        rule="behind", head=verb, cause=held, rejected=rejected, effect=span_of(effect.subtree),
        signal=(token.i, token.i + 1),
    )  # fmt: skip


def _background(prep: Token) -> Token | None:
    """Return Y of "behind Y" and "at the root of Y"."""
    if prep.dep_ != "prep" or prep.lower_ not in {"behind", "at"}:
        return None
    content = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if content is None:
        return None
    if prep.lower_ == "behind":
        return content
    deep = prep.lower_ == "at" and content.lower_ in words("cause", "depths")
    return next(iter(prepositional(content, frozenset({"of"}))), None) if deep else None


def _source(verb: Token, prep: Token) -> Token | None:
    if verb.dep_ == "csubj" and verb.head.lemma_ == "be":
        return next((c for c in verb.head.children if c.dep_ in {"attr", "acomp"}), None)
    wanted = {"nsubj", "attr", "dobj"}
    found = [c for c in verb.children if c.dep_ in wanted and c.lower_ not in {"what", "which"}]
    if prep.i < verb.i:
        found = [c for c in found if c.i > verb.i]
    return found[0] if found else None


def reaction(token: Token) -> Relation | None:
    """Read "the ban is a reaction to the arrest" and "the veto was a punishment for the pipeline"."""
    if token.lemma_.lower() not in words("cause", "reactions") or token.pos_ != "NOUN":
        return None
    verb = token.head if token.dep_ == "attr" else token.head.head
    meant = token.dep_ == "pobj" and token.head.lower_ == "as"
    if not (token.dep_ == "attr" and verb.lemma_ in _COPULAS) and not meant:
        return None
    if meant and verb.lemma_.lower() not in {
        "mean",
        "intend",
        "see",
        "come",
        "serve",
        "understand",
    }:
        return None
    content = next(iter(prepositional(token, frozenset({"to", "for", "against"}))), None)
    subject = next(iter(subjects_of(verb)), None)
    if content is None or subject is None or subject == token:
        return None
    held, rejected = joint(content)
    back: Literal["effect"] | None = "effect" if points_back(subject) else None
    return Relation(
        rule=token.lemma_.lower(), head=verb, cause=held, rejected=rejected, back=back,
        effect=span_of(subject.subtree), signal=(token.i, token.i + 1),
    )  # fmt: skip


def cleft(token: Token) -> Relation | None:
    """Read "what drives X is Y"."""
    if token.dep_ != "csubj" or token.head.lemma_ != "be" or token.pos_ != "VERB":
        return None
    known = words("cause", "verbs") | words("cause", "affecting") | words("cause", "moving")
    what = next((c for c in token.children if c.lower_ == "what" and c.dep_ == "nsubj"), None)
    source = next(
        (c for c in token.head.children if c.dep_ in {"attr", "ccomp"} and c.i > token.i), None
    )
    if (
        what is None
        or source is None
        or token.lemma_.lower() not in known | {"move", "explain", "keep", "hold"}
    ):
        return None
    held, rejected = joint(source)
    return Relation(
        rule="what", head=token.head, cause=held, rejected=rejected,
        effect=span_of(subtree(token, without=[what])), signal=(what.i, token.i + 1),
    )  # fmt: skip


def counted(token: Token) -> Relation | None:
    """Read "failed for two reasons: A, and B"."""
    if token.lower_ != "reasons" or token.dep_ != "pobj" or token.head.lower_ != "for":
        return None
    colon = next((t.i for t in token.doc[token.i :] if t.text == ":"), None)
    verb = token.head.head
    if colon is None or verb.pos_ not in {"VERB", "AUX"} or token.i > colon:
        return None
    before = [t for t in token.doc[: token.head.i] if t.pos_ != "PUNCT"]
    after = list(token.doc[colon + 1 :])
    if not before or len(after) < 2:
        return None
    return Relation(
        rule="reasons", head=verb, cause=[span_of(after)], effect=span_of(before),
        signal=(token.head.i, token.i + 1),
    )  # fmt: skip


def with_result(token: Token) -> Relation | None:
    """Read "A, with the result that B"."""
    known = token.lower_ in {"result", "consequence", "effect"} and token.dep_ == "pobj"
    if not known or token.head.lower_ != "with":
        return None
    clause = next((c for c in token.children if c.dep_ in {"acl", "relcl", "ccomp"}), None)
    verb = token.head.head
    if clause is None or verb.pos_ not in {"VERB", "AUX"}:
        return None
    return Relation(
        rule="with the result", head=verb, cause=[span_of(subtree(verb, without=[token.head]))],
        effect=span_of([t for t in clause.subtree if t.lower_ != "that"]),
        signal=(token.head.i, token.i + 1),
    )  # fmt: skip


RULES = (behind, reaction, cleft, counted, with_result)
LATE_RULES = (naming,)
