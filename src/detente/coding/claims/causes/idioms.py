"""Causes in set phrases: "foundered on X", "X was enough to", "left Y no choice", "has to do with X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.causes.relation import BACK_SUBJECTS, Relation, joint
from detente.coding.claims.view import span_of, subtree
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

_NO_THINGS = frozenset({"PROPN", "PRON"})


def _relation(
    rule: str, verb: Token, source: Token, effect: list[Token], *, signal: tuple[int, int]
) -> Relation:
    held, rejected = joint(source)
    return Relation(
        rule=rule, head=verb, cause=held, rejected=rejected, effect=span_of(effect), signal=signal
    )


def foundered(token: Token) -> Relation | None:
    """Read "the deal foundered on X", "the talks broke down over X", "springs from X"."""
    preps = group("cause", "foundering").get(token.lemma_.lower())
    if preps is None or token.pos_ != "VERB" or token.tag_ == "VB":
        return None
    subjects = subjects_of(token)
    if not subjects:
        return None
    below = [token, *(c for c in token.children if c.dep_ in {"prt", "advmod", "dobj", "prep"})]
    wanted = frozenset(preps.split("/"))
    source = next((t for n in below for t in prepositional(n, wanted) if t.i > token.i), None)
    if source is None or source.pos_ == "PROPN" or source.ent_type_ in {"DATE", "TIME"}:
        return None
    skip = [c for c in token.children if source.is_ancestor(c) or c.is_ancestor(source)]
    effect = [*subjects[0].subtree, *subtree(token, without=skip)]
    return _relation(token.lemma_.lower(), token, source, effect, signal=(token.i, token.i + 1))


def to_do_with(token: Token) -> Relation | None:
    """Read "Y has more to do with X than with Z"."""
    if token.lemma_ != "do" or not any(c.tag_ == "TO" for c in token.children):
        return None
    source = next(iter(prepositional(token, frozenset({"with"}))), None)
    verb = token.head
    while verb.lemma_ != "have" and verb.head != verb:
        verb = verb.head
    subjects = subjects_of(verb)
    if source is None or verb.lemma_ != "have" or verb.tag_ == "VB" or not subjects:
        return None
    found = _relation(
        "do with", verb, source, [*subjects[0].subtree], signal=(token.i, token.i + 1)
    )
    if any(t.lower_ in {"nothing", "little", "less"} for t in token.doc[verb.i : token.i]):
        found.rejected, found.cause = [*found.cause, *found.rejected], _than_with(token)
    return found


def _than_with(token: Token) -> list[tuple[int, int]]:
    """Return X of "less to do with Z than with X"."""
    for below in token.doc[token.i :]:
        if below.lower_ == "than":
            after = [t for t in below.doc[below.i + 1 :] if t.dep_ == "pobj"]
            return [span_of(after[0].subtree)] if after else []
    return []


def enough(token: Token) -> Relation | None:
    """Read "X was enough to do Y" and "it took X to do Y"."""
    if token.lower_ in {"enough", "sufficient"} and token.dep_ in {"acomp", "attr"}:
        verb = token.head
        subjects = subjects_of(verb)
        content = next((c for n in (token, verb) for c in n.children if _is_to(c)), None)
        source = subjects[0] if subjects else None
    elif token.lemma_ == "take" and any(c.lower_ == "it" for c in token.children):
        verb = token
        content = next((c for c in token.subtree if _is_to(c) and c.i > token.i), None)
        source = next((c for c in token.children if c.dep_ in {"dobj", "npadvmod"}), None)
    else:
        return None
    if source is None or content is None or source.pos_ in _NO_THINGS:
        return None
    if source.lemma_.lower() in words("assessment", "times") or content.i < source.i:
        return None
    return _relation("enough", verb, source, [*content.subtree], signal=(token.i, token.i + 1))


def _is_to(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.tag_ == "TO" and c.dep_ == "aux" for c in token.children)


def no_choice(token: Token) -> Relation | None:
    """Read "X left Y no choice", "X gave Y a pretext to", "X served as a pretext for"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in {
        "leave",
        "give",
        "provide",
        "offer",
        "serve",
        "supply",
        "furnish",
        "use",
        "hand",
    }:
        return None
    clause = clause_of(token)
    source = clause.subjects[0] if clause.subjects else None
    pretext = next(
        (t for t in token.subtree if t.lemma_.lower() in words("cause", "pretexts")), None
    )
    if source is None or pretext is None or pretext.i < token.i or source.pos_ in _NO_THINGS:
        return None
    if source.is_ancestor(token):
        return None
    effect = [t for t in token.subtree if t.i > token.i and not source.is_ancestor(t)]
    if not effect:
        return None
    return _relation(
        pretext.lemma_.lower(), token, source, effect, signal=(pretext.i, pretext.i + 1)
    )


def means(token: Token) -> Relation | None:
    """Read "the veto means that Y"."""
    if token.lemma_.lower() not in {"mean", "ensure"} or token.pos_ != "VERB":
        return None
    clause = clause_of(token)
    content = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    if content is None or not clause.subjects or token.tag_ not in {"VBZ", "VBP", "VBD"}:
        return None
    source = clause.subjects[0]
    if source.pos_ == "PROPN" or (source.pos_ == "PRON" and source.lower_ not in BACK_SUBJECTS):
        return None
    effect = [t for t in content.subtree if not (t.dep_ == "mark" and t.head == content)]
    found = _relation(token.lemma_, token, source, effect, signal=(token.i, token.i + 1))
    if source.pos_ in {"PRON", "DET"}:
        found.cause, found.back = [], "cause"
    return found


def is_why(token: Token) -> Relation | None:
    """Read "the price of gas is why Vienna is silent"."""
    if token.lower_ != "why" or token.dep_ != "advmod":
        return None
    content = token.head
    verb = content.head
    if verb.lemma_ != "be" or content.dep_ not in {"ccomp", "advcl", "attr"}:
        return None
    subjects = subjects_of(verb)
    if not subjects or subjects[0].pos_ in _NO_THINGS or subjects[0].pos_ == "DET":
        return None
    effect = [t for t in content.subtree if t != token]
    return _relation("why", verb, subjects[0], effect, signal=(token.i, token.i + 1))


def accounts(token: Token) -> Relation | None:
    """Read "X accounts for Y", "X underlies Y", "X saw to it that Y"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in {"account", "underlie", "underpin", "inform", "make"}:
        return None
    clause = clause_of(token)
    source = clause.subjects[0] if clause.subjects else None
    preps = frozenset({"for"})
    if lemma in {"underlie", "underpin"}:
        effect = next(iter(clause.objects), None)
    else:
        effect = next(iter(prepositional(token, preps)), None) if lemma == "account" else None
    if source is None or effect is None or source.pos_ in _NO_THINGS or effect.like_num:
        return None
    if any(t.like_num or t.lower_ in {"percent", "%"} for t in effect.subtree):
        return None
    return _relation(lemma, token, source, [*effect.subtree], signal=(token.i, token.i + 1))


def apposed(token: Token) -> Relation | None:
    """Read "the shortage, a result of the embargo" and "a visit prompted by fear"."""
    if token.dep_ == "appos" and token.lemma_.lower() in {"result", "consequence", "product"}:
        source = next(iter(prepositional(token, frozenset({"of"}))), None)
        effect = token.head
    elif token.dep_ == "acl" and token.tag_ == "VBN":
        known = words("cause", "reverse_by") | words("cause", "moving")
        effect = token.head
        preps = group("cause", "charging").get(token.lemma_.lower())
        if preps is not None:
            wanted = frozenset(preps.split("/")) - {"by"}
        else:
            wanted = frozenset({"by"} if token.lemma_.lower() in known else ())
        source = next(iter(prepositional(token, wanted)), None)
        if effect.pos_ != "NOUN":
            return None
    else:
        return None
    if source is None or source.pos_ == "PROPN":
        return None
    part = subtree(effect, without=[token])
    return _relation(token.lemma_.lower(), token, source, part, signal=(token.i, token.i + 1))


def to_blame(token: Token) -> Relation | None:
    """Read "the drought is to blame for the unrest"."""
    if token.lemma_ != "blame" or token.dep_ not in {"xcomp", "ROOT"} or not _is_to(token):
        return None
    verb = token.head
    subjects = subjects_of(verb)
    effect = next((t for n in (token, verb) for t in prepositional(n, frozenset({"for"}))), None)
    if effect is None or not subjects or subjects[0].pos_ in _NO_THINGS:
        return None
    return _relation("blame", verb, subjects[0], [*effect.subtree], signal=(token.i, token.i + 1))


def over(token: Token) -> Relation | None:
    """Read "recalled its ambassador over X" and "punished Y for X"."""
    if token.lower_ not in {"over", "for"} or token.dep_ != "prep":
        return None
    verb = token.head
    if verb.dep_ in {"dobj", "pobj"}:
        verb = verb.head if verb.head.pos_ == "VERB" else verb.head.head
    content = next((c for c in token.children if c.dep_ in {"pobj", "pcomp"}), None)
    if verb.pos_ != "VERB" or content is None:
        return None
    known = words("cause", "over" if token.lower_ == "over" else "rewarding")
    if token.lower_ == "for" and content.tag_ == "VBG":
        known |= words("cause", "penal")
    if verb.lemma_.lower() not in known:
        return None
    if content.pos_ == "PROPN" or content.like_num or any(c.like_num for c in content.children):
        return None
    if content.lemma_.lower() in words("assessment", "times") or verb.tag_ == "VB":
        return None
    effect = subtree(verb, without=[token])
    return _relation(token.lower_, verb, content, effect, signal=(token.i, token.i + 1))


RULES = (foundered, to_do_with, enough, no_choice, means, is_why, accounts, apposed, to_blame, over)
