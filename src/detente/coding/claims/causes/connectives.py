"""Causal connectives: prepositions, conjunctions, purposes and adverbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.causes.relation import (
    Relation,
    matrix,
    object_of,
    prepositional_cause,
    weight_of,
)
from detente.coding.claims.view import Range, span_of, subtree
from detente.coding.grammar.prepositions import prepositional
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

_SECOND = {
    "due": {"to"}, "owing": {"to"}, "thanks": {"to"}, "because": {"of"}, "given": set(),
    "considering": set(),
}  # fmt: skip


def _preposition(token: Token) -> Relation | None:
    """Read "due to X", "because of X", "given X"."""
    low = token.lower_
    if low == "amid":
        return _amid(token)
    if low not in words("cause", "preps") or low not in _SECOND:
        return None
    second = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if second is None or (_SECOND[low] and second.lower_ not in _SECOND[low]):
        return None
    if low in {"given", "considering"} and (
        second.lower_ == "that"  # read with its clause
        or token.dep_ not in {"prep", "mark", "advcl"}
        or any(c.dep_ == "agent" for c in token.children)
    ):
        return None
    head = object_of(token) or (object_of(second) if _SECOND[low] else None)
    top = token
    if head is None or token.head == token:
        return None
    if low == "due" and token.dep_ in {"acomp", "amod"} and head.pos_ == "VERB":
        return None
    return prepositional_cause(token, head, top, low, 2 if _SECOND[low] else 1)


def _amid(token: Token) -> Relation | None:
    """Read "amid fears of X": a mood that moves somebody, no mere circumstance."""
    head = object_of(token)
    if head is None or head.lemma_.lower() not in words("cause", "moods") or token.head == token:
        return None
    return prepositional_cause(token, head, token, "amid", 1)


_IN_PHRASES = {
    "in": {"response", "light", "view", "retaliation", "reaction", "protest", "wake", "reply",
           "connection", "revenge", "reprisal", "solidarity", "recognition", "consequence",
           "punishment", "return", "anticipation", "answer", "exchange", "face", "fear",
           "deference", "gratitude", "expectation", "defiance", "compensation", "absence",
           "anger", "frustration", "desperation", "despair", "fury", "dismay", "disgust"},
    "as": {"result", "consequence", "punishment", "response", "reprisal", "reward",
           "retaliation", "answer", "reaction", "revenge", "gesture", "sign", "signal"},
    "on": {"account", "grounds", "ground", "basis", "strength"},
    "by": {"virtue", "reason", "dint"},
    "under": {"pressure", "impression", "influence", "threat"},
    "for": {"fear", "reason", "want", "lack", "sake", "love"},
    "of": {"fear", "solidarity", "concern", "respect", "anger", "frustration", "loyalty",
           "gratitude", "desperation", "spite", "consideration", "deference"},
    "with": {"view", "eye", "regard"},
    "at": {"demand", "request", "insistence", "urging", "instigation"},
}  # fmt: skip
"""Causal nouns by the preposition before them; those after "of" only in "out of"."""
_IN_ANY = frozenset({"reasons"}).union(*_IN_PHRASES.values())
"""Causal nouns after any of them."""


def _noun_phrase(token: Token) -> Relation | None:
    """Read "as a result of X", "out of fear of X", "for security reasons"."""
    if token.dep_ not in {"pobj", "npadvmod"} or token.lower_ not in _IN_ANY:
        return None
    prep = token.head
    if token.lower_ in {"reason", "reasons"} and prep.lower_ == "for":
        return _reasons(token, prep)
    if not _is_told(token, prep):
        return None
    top = prep
    if prep.lower_ == "of":
        if prep.head.lower_ != "out":
            return None
        top = prep.head
    content = next(
        iter(prepositional(token, frozenset({"of", "to", "from", "against", "for", "with", "at"}))),
        None,
    )
    if content is None:
        content = next((c for c in token.children if c.dep_ in {"acl", "ccomp"}), None)
    apart = _apart(token) if content is None else None
    if apart is not None:
        content = next((c for c in apart.children if c.dep_ in {"pobj", "pcomp"}), None)
    named = any(c.dep_ in {"amod", "poss", "compound", "nmod"} for c in token.children)
    bare = token.lower_ in _MOODS and prep.lower_ == "in"
    if content is None and top is prep and not (bare or (named and token.lower_ in _OWNED)):
        return None
    if top.head == top:
        return None
    whole = token if prep.lower_ == "of" or content is None else content
    length = max(1, whole.left_edge.i - top.i)
    return prepositional_cause(top, whole, top, token.lower_, length, apart=apart)


def _is_told(noun: Token, prep: Token) -> bool:
    """Tell whether a noun after a preposition is causal: "in return for", not "in the return of"."""
    if noun.lower_ not in _IN_PHRASES.get(prep.lower_, set()):
        return False
    return noun.lower_ not in _BARE or not any(c.dep_ in {"det", "poss"} for c in noun.children)


_BARE = frozenset({"return", "exchange", "answer", "reply"})
"""Nouns that are no cause with an article: "interested in the return of lorries"."""
_MOODS = frozenset(
    {"protest", "anger", "frustration", "desperation", "despair", "fury", "dismay", "disgust"}
)
"""Motives that may stand alone: "recalled its ambassador in protest"."""
_OWNED = frozenset({"pressure", "insistence", "request", "demand", "urging", "instigation"})
"""Nouns that may have their cause in front: "under American pressure"."""


def _apart(token: Token) -> Token | None:
    """Return a preposition after a causal noun that the parse hung elsewhere."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    known = {"of", "to", "from", "against", "for", "at", "over"}
    apart = following is not None and following.lower_ in known and following.dep_ == "prep"
    return following if apart else None


def _reasons(token: Token, prep: Token) -> Relation | None:
    named = [
        c for c in token.children if c.dep_ in {"amod", "compound", "nmod"} or c.lower_ == "of"
    ]
    if not named or prep.head == prep or named[0].lower_ in {"some", "whatever", "other"}:
        return None
    return prepositional_cause(prep, token, prep, "for reasons", 1)


def _subordinate(token: Token) -> Relation | None:
    """Read "because X", "since X", "lest X"."""
    low = token.lower_
    told = low in words("cause", "subordinators") or (low == "for" and _is_comma(token))
    before = token.nbor(-1) if low == "that" and token.i > 0 else None
    told = told or (before is not None and before.lower_ in _THAT and before.dep_ != "attr")
    if (token.dep_ != "mark" and low != "lest") or not told:
        return None
    verb = token.head
    if low == "that" and token.i > 0 and token.nbor(-1).lower_ in _GROUNDS:
        return _grounded(token, verb)
    if verb.dep_ == "ROOT":
        return _misrooted(token, verb)
    if verb.dep_ not in {"advcl", "ccomp", "acl", "relcl", "conj", "pcomp", "dep", "parataxis"}:
        return None
    if low in {"since", "as"} and not _is_causal(low, verb):
        return None
    if low == "as" and verb.lemma_.lower() in _COMPARED:
        return None
    held = [span_of(subtree(verb, without=[token]))]
    effect = span_of(matrix(verb.head, verb))
    return Relation(
        rule=low, head=verb.head, cause=held, effect=effect,
        signal=(token.i, token.i + 1), weight=weight_of(token),
    )  # fmt: skip


_GROUNDS = frozenset("grounds ground belief hope pretext assumption conviction fear fears".split())
_THAT = frozenset({"now", "given", "seeing", "considering", "reason"}) | _GROUNDS
"""Words that make a cause of a clause with "that"."""


_COMPARED = frozenset(
    "claim say report know agree plan do expect predict announce promise foresee".split()
)
"""Verbs of an "as" that compares: "as it had done before", "as everyone had expected"."""


def _grounded(token: Token, verb: Token) -> Relation | None:
    """Read "rejected it on the grounds that X", "waited in the hope that X"."""
    noun = token.nbor(-1)
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in {"on", "in", "under", "for", "amid"}:
        return None
    deed = prep.head
    if deed.pos_ not in {"VERB", "AUX"} or noun not in (verb.head, verb.head.head):
        return None
    return Relation(
        rule=f"{noun.lower_} that", head=deed, cause=[span_of(subtree(verb, without=[token]))],
        effect=span_of(matrix(deed, prep)), signal=(prep.i, token.i + 1),
    )  # fmt: skip


def _is_comma(token: Token) -> bool:
    return token.i > 2 and token.nbor(-1).text in {",", ";"}


def _misrooted(token: Token, verb: Token) -> Relation | None:
    """Mend a parse that makes the clause of "because" the main one: what stands before is the effect."""
    before = [t for t in token.doc[: token.i] if t.pos_ not in {"CCONJ", "PUNCT"}]
    if token.lower_ != "because" or len(before) < 2:
        return None
    while before and before[-1].lower_ in {"all", "above", "mainly", "only", "just", "simply"}:
        before.pop()
    if len(before) < 2:
        return None
    return Relation(
        rule="because", head=verb, cause=[span_of(list(token.doc[token.i + 1 :]))],
        effect=span_of(before), signal=(token.i, token.i + 1),
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
    if verb.head.tag_ == "VBD" and any(c.lower_ == "had" for c in verb.children):
        return True
    mark = next((c for c in verb.children if c.dep_ == "mark"), verb)
    pronoun = mark.i + 1 < len(mark.doc) and mark.nbor(1).lower_ in {"it", "they", "he", "she"}
    if _is_comma(mark) and pronoun and mark.i > verb.head.i:
        return True
    lemma = verb.lemma_
    if lemma in {"want", "need", "fear", "lack", "know", "believe", "hope", "depend", "rely"}:
        return True
    none = any(b.lower_ in {"no", "few", "little"} for c in verb.children for b in c.children)
    if any(c.dep_ == "neg" for c in verb.children) or none:
        return True
    first = mark.i == 0 and any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    return first and lemma in {"be", "have", "remain", "become", "own", "hold", "control", "belong"}


def _purpose(token: Token) -> Relation | None:
    """Read "in order to X", "so as to X", "so that X", and a bare "to X" of purpose."""
    if token.tag_ != "TO" or token.dep_ != "aux":
        if token.lower_ == "so" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "that":
            verb = token.nbor(1).head
            if verb.dep_ == "advcl":
                return _aim(verb, (token.i, token.i + 2), "so that")
        return None
    verb = token.head
    before = {t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]}
    if {"in", "order"} <= before or {"so", "as"} <= before:
        return _aim(verb, (max(0, token.i - 2), token.i + 1), "in order to")
    return _bare_purpose(token, verb)


def _bare_purpose(token: Token, verb: Token) -> Relation | None:
    """Read the purpose of a deed that is told: "cut the supply to punish Minsk"."""
    deed = verb.head
    named = verb.dep_ == "xcomp" and any(
        c.dep_ == "dobj" and c.pos_ == "NOUN" and c.lemma_.lower() not in words("topics", "people")
        for c in deed.children
    )
    if (
        not (verb.dep_ == "advcl" or named)
        or deed.pos_ != "VERB"
        or deed.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}
    ):
        return None
    if token.i and token.nbor(-1).lower_ in {"only", "enough", "as", "than", "how", "whether"}:
        return None
    if deed.lemma_.lower() in _NO_DEEDS or any(
        c.lower_ in {"too", "enough"} for c in deed.children
    ):
        return None
    if not any(c.dep_ in {"dobj", "prep", "prt", "auxpass"} for c in deed.children):
        return None
    return _aim(verb, (token.i, token.i + 1), "to")


_NO_DEEDS = frozenset(
    "do give use set expect go come continue need take seem appear happen likely have be want like fail "
    "remain tend force prompt push compel allow authorise authorize ask urge order tell instruct "
    "invite call oblige require persuade convince encourage lead help enable drive decide agree "
    "teach train warn dare appoint elect nominate select recruit sentence entitle remind signal doom "
    "forbid ban bar prohibit design calculate "
    "refuse threaten promise plan hope try attempt seek aim intend wish say believe think know "
    "task charge mandate empower permit pressure motivate pledge vow offer prefer prepare".split()
)


def _aim(verb: Token, signal: Range, rule: str) -> Relation | None:
    head = verb
    while head.dep_ in {"acl", "pobj", "prep", "advcl", "pcomp", "xcomp"} and head.head != head:
        head = head.head
        if head.pos_ in {"VERB", "AUX"}:
            break
    if head.i == verb.i or head.pos_ not in {"VERB", "AUX"}:
        return None
    top = next((c for c in head.children if c.is_ancestor(verb) or c.i == verb.i), verb)
    return Relation(
        rule=rule, head=head, cause=[span_of(verb.subtree)], signal=signal, purpose=True,
        effect=span_of(matrix(head, top)),
    )  # fmt: skip


def _effort(token: Token) -> Relation | None:
    """Read "in an effort to X", "with the aim of X" and a participle such as "seeking to X"."""
    if token.dep_ == "pobj" and token.lemma_.lower() in words("intent", "effort"):
        prep = token.head
        if prep.lower_ not in {"in", "with"} or prep.head.pos_ not in {"VERB", "AUX"}:
            return None
        if not any(c.dep_ in {"acl", "relcl", "prep"} and c.i > token.i for c in token.children):
            return None
        if not any(t.pos_ == "VERB" for t in token.subtree):
            return None
        return _motive(prep, token.lemma_.lower())
    seeking = token.lemma_.lower() in words("intent", "verbs") - {"try", "attempt", "struggle"}
    if seeking and token.tag_ == "VBG" and token.dep_ == "advcl":
        has_aim = any(c.dep_ == "xcomp" for c in token.children)
        return _motive(token, token.lower_) if has_aim else None
    return None


def _motive(top: Token, rule: str) -> Relation | None:
    deed = top.head
    if deed.pos_ not in {"VERB", "AUX"}:
        return None
    return Relation(
        rule=rule, head=deed, cause=[span_of(top.subtree)], effect=span_of(matrix(deed, top)),
        signal=(top.i, top.i + 1), purpose=True,
    )  # fmt: skip


def _consecutive(token: Token) -> Relation | None:
    """Read "so dependent is X that Y": the degree is the cause of what follows."""
    if token.lower_ not in {"so", "such"} or token.dep_ not in {"advmod", "predet", "amod"}:
        return None
    measured = token.head
    if token.lower_ == "so" and (measured.pos_ not in {"ADJ", "ADV"} or measured.i != token.i + 1):
        return None
    nodes = [measured, measured.head]
    clause = next(
        (
            c
            for n in nodes
            for c in n.children
            if c.i > token.i and mark_of_that(c) and c.dep_ != "relcl"
        ),
        None,
    )
    if clause is None or (measured.head == measured and measured.pos_ not in {"VERB", "AUX"}):
        return None
    top = measured.head if measured.head.pos_ in {"VERB", "AUX"} else measured
    return Relation(
        rule="so that", head=top, cause=[span_of(subtree(top, without=[clause]))],
        effect=span_of([t for t in clause.subtree if t.lower_ != "that"]),
        signal=(token.i, token.i + 1),
    )  # fmt: skip


def mark_of_that(clause: Token) -> bool:
    """Tell whether a clause opens with "that"."""
    known = clause.dep_ in {"ccomp", "advcl", "acl", "relcl"}
    return known and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _counterfactual(token: Token) -> Relation | None:
    """Read "without X, Y would have failed" and "but for X, Y would have failed"."""
    without = token.lower_ == "without" and token.dep_ == "prep"
    but_for = token.lower_ == "for" and token.i > 0 and token.nbor(-1).lower_ in {"but", "not"}
    if not (without or but_for):
        return None
    content = object_of(token)
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    if content is None:
        return None
    aux = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if not (aux & {"would", "could", "might"} and "have" in aux):
        return None
    return Relation(
        rule=token.lower_, head=verb, cause=[span_of(content.subtree)],
        effect=span_of(matrix(verb, token)), signal=(token.i, token.i + 1),
    )  # fmt: skip


RULES = (
    _preposition, _effort, _noun_phrase, _subordinate, _purpose, _consecutive, _counterfactual,
)  # fmt: skip
