"""Stances: how an actor is said to see, feel about or bear itself towards another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from detente.coding.claims.view import Draft, View, begun, clause_part, is_negated, span_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention


TOWARDS = frozenset({"towards", "toward", "to", "on", "about", "of", "regarding", "vis-a-vis"})
Polarity = Literal["positive", "negative", "neutral"]
FLIP: dict[Polarity, Polarity] = {
    "positive": "negative", "negative": "positive", "neutral": "neutral"
}  # fmt: skip


def polarity_of(tokens: Iterable[Token]) -> Polarity:
    """Return the polarity of evaluating words; a denial in front of one turns it."""
    for token in tokens:
        for form in (token.lemma_.lower(), token.lower_):
            for sign in ("positive", "negative"):
                if form in words("sentiment", sign):
                    found: Polarity = "positive" if sign == "positive" else "negative"
                    denied = _is_denied(token)
                    lessened = any(c.lower_ in {"less", "least"} for c in token.children)
                    return FLIP[found] if denied or lessened else found
    return "neutral"


def _is_denied(word: Token) -> bool:
    """Tell whether an evaluating word is turned: "hardly friendly", "anything but popular"."""
    if any(c.dep_ in {"neg", "advmod"} and c.lower_ in _TURNING for c in word.children):
        return True
    before = [t.lower_ for t in word.doc[max(0, word.i - 2) : word.i]]
    return before in (["anything", "but"], ["far", "from"])


_TURNING = frozenset({"not", "hardly", "ill", "badly", "scarcely", "barely"})


def find(view: View) -> Iterator[Draft]:
    """Yield the stances of a sentence."""
    return begun(view, _STANCE)


def _stance(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    draft = None
    if token.pos_ == "VERB" and lemma in words("stance", "opinion_verbs"):
        draft = _opinion(view, token)
    elif token.pos_ == "NOUN" and lemma in words("stance", "attitude_nouns"):
        draft = _attitude(view, token)
    elif token.pos_ in {"VERB", "NOUN"} and lemma in words("stance", "feeling_verbs"):
        draft = _feeling(view, token)
    elif token.lower_ in words("stance", "feeling_adjectives"):
        draft = _adjective(view, token)
    elif token.pos_ == "NOUN" and lemma in words("stance", "feeling_nouns"):
        draft = _harbours(view, token)
    elif lemma in words("sentiment", "positive") or lemma in words("sentiment", "negative"):
        draft = _in_the_eyes(view, token)
    return draft


_STANCE = RuleSet((_stance,), before=1)


def _harbours(view: View, noun: Token) -> Draft | None:
    """Read "holds a grudge against Y" and "sees in Y a partner"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in words("stance", "attitude_verbs") | {
        "feel", "harbour", "harbor", "bear", "nurse", "voice",
    }:  # fmt: skip
        return None
    preps = frozenset({"against", "for", "towards", "toward", "of", "with", "at", "in", "to"})
    subject = view.surface_subject(verb)
    targets = [*prepositional(noun, preps), *prepositional(verb, preps)]
    target = tuple(m for m in view.actors(targets) if m not in subject)
    if not subject or not target:
        return None
    sign: Polarity = (
        "positive" if noun.lemma_.lower() in words("stance", "warm_nouns") else "negative"
    )
    return _simple(verb, "feeling", subject, target, FLIP[sign] if is_negated(verb) else sign)


def _in_the_eyes(view: View, token: Token) -> Draft | None:
    """Read "for X, Y remains a reliable partner" and "X sees in Y a partner"."""
    verb = token.head
    if token.pos_ != "NOUN" or token.lemma_.lower() not in words("stance", "roles"):
        return None
    sign = polarity_of([token])
    if token.dep_ == "dobj" and verb.lemma_ == "see":
        subject = view.surface_subject(verb)
        seen = list(prepositional(verb, frozenset({"in"})))
        target = view.actors(seen) or tuple(
            m for t in seen if (m := view.mentions.get(t.i) or view.places.get(t.i)) is not None
        )
    elif token.dep_ == "attr":
        subject = view.actors(
            t for t in prepositional(verb, frozenset({"for", "to"})) if t.i < verb.i
        )
        target = view.actors(subjects_of(verb), "S")
    else:
        return None
    if not subject or not target or sign == "neutral":
        return None
    return _simple(verb, "role", subject, target, FLIP[sign] if is_negated(verb) else sign)


def _simple(
    verb: Token,
    rule: str,
    subject: tuple[Mention, ...],
    target: tuple[Mention, ...],
    sign: Polarity,
) -> Draft:
    return Draft(
        kind="stance", rule=f"stance/{rule}", head=verb, part=clause_part(verb), topic=[verb],
        subject=subject, object=target, holder=subject, polarity=sign, owned={verb.i},
    )  # fmt: skip


def _judgement(verb: Token) -> Token | None:
    """Return the head of what something is held to be: "as unfriendly", "a threat"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "as":
            below = [c for c in child.children if c.dep_ in {"pobj", "amod", "acomp", "pcomp"}]
            return below[0] if below else None
        if child.dep_ in {"oprd", "xcomp", "acomp"} and child.i > verb.i:
            return child
        if child.dep_ == "ccomp" and child.pos_ in {"ADJ", "NOUN"}:
            return child
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            for part in child.children:
                if part.dep_ == "prep" and part.lower_ == "as":
                    return next(iter(part.children), None)
    return None


def _opinion(view: View, verb: Token) -> Draft | None:
    judged = _judgement(verb)
    clause = clause_of(verb)
    seen = clause.objects
    if judged is not None and judged.dep_ == "ccomp" and not seen:
        seen = [c for c in judged.children if c.dep_ == "nsubj"]
    if verb.lemma_ in _UPON and judged is not None and not seen:
        seen = list(prepositional(verb, _UPON[verb.lemma_]))
    if judged is None and verb.lemma_ in {"see", "find"}:
        judged, seen = _seen_in(verb)
    if judged is None or not seen:
        return None
    holder = view.actors(clause.subjects, "S")
    objects = [o for o in seen if o != judged]
    target = tuple(m for m in view.actors(objects) if m not in holder)
    if not target:
        target = tuple(
            m for o in objects for m in view.within(o, but=holder) if judged.i not in {m.head}
        )
    skip = {t.i for o in objects for t in o.subtree} if judged.dep_ == "ccomp" else set()
    sign = polarity_of(t for t in judged.subtree if t.i not in skip)
    as_such = judged.dep_ in {"pobj", "pcomp", "amod"} and judged.head.lower_ == "as"
    if not holder or not objects or (sign == "neutral" and not target and not as_such):
        return None
    if is_negated(verb):
        sign = FLIP[sign]
    return Draft(
        kind="stance",
        rule=f"stance/{verb.lemma_.lower()}",
        head=verb,
        part=clause_part(verb),
        topic=[*objects, judged],
        subject=holder,
        object=target,
        holder=holder,
        polarity=sign,
        details={"judgement": view.text(span_of(judged.subtree))},
    )


_UPON = {"look": frozenset({"on", "upon"}), "think": frozenset({"of"})}
"""Verbs of opinion with the prepositions before what is judged: "looks on the pact as a threat"."""


def _seen_in(verb: Token) -> tuple[Token | None, list[Token]]:
    """Return what is seen in whom: "sees in Beijing a generous lender"."""
    seen = [t for t in prepositional(verb, frozenset({"in"})) if t.i > verb.i]
    judged = next((o for o in clause_of(verb).objects if seen and o.i > seen[0].i), None)
    return judged, seen


def _attitude(view: View, noun: Token) -> Draft | None:
    """Read "shows a more positive attitude towards Y" and "X's stance on Y has hardened"."""
    targets = list(prepositional(noun, TOWARDS))
    verb = noun.head
    owners = [c for c in noun.children if c.dep_ in {"poss", "amod", "compound"}]
    owners += list(prepositional(noun, frozenset({"of", "among"})))
    if noun.dep_ == "dobj" and verb.lemma_.lower() in words("stance", "attitude_verbs"):
        subject = view.surface_subject(verb)
        targets += list(prepositional(verb, frozenset({"towards", "toward"})))
    elif noun.dep_ in {"nsubj", "nsubjpass"}:
        subject = view.actors(owners, "S")
    else:
        return None
    target = tuple(m for m in view.actors(targets) if m not in subject)
    if not subject or not (target or targets):
        return None
    sign = polarity_of(c for c in noun.children if c.dep_ in {"amod", "acl", "relcl"})
    lemma = verb.lemma_.lower()
    if sign == "neutral" and noun.dep_ in {"nsubj", "nsubjpass"}:
        sign = polarity_of(c for c in verb.children if c.dep_ in {"acomp", "attr"})
    direction = _direction(noun, lemma)
    if sign == "neutral" and direction is not None:
        sign = "positive" if lemma in words("stance", "softer") else "negative"
    if sign == "neutral" or not target:
        return None
    details: dict[str, object] = {"direction": direction} if direction else {}
    return Draft(
        kind="stance",
        rule="stance/attitude",
        head=verb,
        part=clause_part(verb),
        topic=targets,
        subject=subject,
        object=target,
        polarity=FLIP[sign] if is_negated(verb) else sign,
        details=details,
    )


def _direction(noun: Token, lemma: str) -> str | None:
    for child in noun.children:
        if child.dep_ == "amod":
            if child.tag_ == "JJR" or any(
                c.lower_ in {"more", "increasingly", "ever"} for c in child.children
            ):
                return "increase"
            if any(c.lower_ in {"less", "decreasingly"} for c in child.children):
                return "decrease"
    if lemma in words("stance", "softer") or lemma in words("stance", "harder"):
        return "increase"
    return None


def _feeling(view: View, token: Token) -> Draft | None:
    """Read "X distrusts Y"."""
    if token.pos_ != "VERB" or token.dep_ in {"amod", "acl"}:
        return None
    clause = clause_of(token)
    subject = view.actors(clause.subjects, "S")
    objects = [o for o in clause.objects if o.pos_ != "VERB"]
    target = tuple(m for m in view.actors(objects) if m not in subject)
    if not subject or not target:
        return None
    lemma = token.lemma_.lower()
    sign: Polarity = "positive" if lemma in words("stance", "positive_verbs") else "negative"
    return Draft(
        kind="stance",
        rule=f"stance/{lemma}",
        head=token,
        part=clause_part(token),
        topic=list(objects),
        subject=subject,
        object=target,
        holder=subject,
        polarity=FLIP[sign] if is_negated(token) else sign,
    )


def _adjective(view: View, token: Token) -> Draft | None:
    """Read "X is wary of Y"."""
    if token.dep_ not in {"acomp", "oprd", "conj", "ROOT", "attr"} and token.tag_ != "VBN":
        return None
    preps = words("stance", "feeling_preps")
    targets = list(prepositional(token, preps))
    verb = token.head if token.dep_ in {"acomp", "oprd", "attr"} else token
    subject = view.actors(subjects_of(verb), "S")
    target = tuple(m for m in view.actors(targets) if m not in subject)
    sign = polarity_of([token])
    if not subject or not target or sign == "neutral":
        return None
    denied = is_negated(verb)
    return Draft(
        kind="stance",
        rule="stance/adjective",
        head=token,
        part=clause_part(verb),
        topic=targets,
        subject=subject,
        object=target,
        holder=subject,
        polarity=FLIP[sign] if denied else sign,
    )
