"""Intents and strategies: what an actor is said to be after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.view import Draft, View, clause_part, is_negated, span_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention

_OWN = frozenset({"its", "their", "his", "her"})
INFINITIVES = frozenset({"xcomp", "ccomp", "advcl", "acl"})


def find(view: View) -> Iterator[Draft]:
    """Yield the intents of a sentence."""
    taken: set[int] = set()
    for token, begin in _INTENTS.begun(view.doc):
        if token.i in taken:
            continue
        for rule in begin:
            draft = rule(view, token)
            if draft is not None:
                taken |= draft.owned
                yield draft
                break


def _infinitive(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in INFINITIVES and child.i > token.i and _has_to(child):
            return child
    return None


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def _draft(
    view: View, head: Token, content: Token, subject: tuple[Mention, ...], rule: str
) -> Draft | None:
    if not subject:
        return None
    others = view.within(content, but=subject)
    part = clause_part(head)
    owned = {t.i for t in view.doc[head.i : max(t.i for t in content.subtree) + 1]}
    draft = Draft(
        kind="intent",
        rule=f"intent/{rule}",
        head=head,
        part=part,
        topic=[content],
        subject=subject,
        object=others,
        polarity="negative" if is_negated(head) else "positive",
        owned=owned,
    )
    draft.details["aim"] = view.text(span_of(content.subtree))
    return draft


def _is_hypothetical(head: Token) -> bool:
    """Tell whether the intent is a condition, a question or what somebody denies."""
    if head.dep_ == "ccomp" and head.head.lemma_.lower() in {"deny", "dispute", "reject"}:
        return True
    return any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in head.children)


def _verb(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    if token.pos_ not in {"VERB", "NOUN"} or lemma not in words("intent", "verbs"):
        return None
    if lemma in {"mean"} and token.tag_ in {"VBN"}:
        return None
    content = _infinitive(token)
    if content is None or _is_hypothetical(token):
        return None
    if token.dep_ == "acl" and token.head.lemma_.lower() in words("intent", "strategies"):
        return None
    subject = view.surface_subject(token)
    if token.pos_ == "NOUN" and token.dep_ != "ROOT":
        return None
    if token.tag_ == "VBG" and token.dep_ == "advcl":
        return None
    return _draft(view, token, content, subject, lemma)


def _nominal(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    known = lemma in words("intent", "nominal") or lemma in words("intent", "nominal_with")
    if token.pos_ != "VERB" or not known or _is_hypothetical(token):
        return None
    if lemma in words("intent", "nominal"):
        for child in token.children:
            if child.dep_ == "dobj" and child.pos_ == "NOUN" and child.i not in view.mentions:
                if child.lemma_.lower() in words("intent", "strategies"):
                    return None
                return _draft(view, token, child, view.surface_subject(token), lemma)
    if lemma in words("intent", "nominal_with"):
        for content in prepositional(token, frozenset({"at", "for", "towards", "toward"})):
            if content.pos_ in {"NOUN", "VERB"} and content.i not in view.mentions:
                return _draft(view, token, content, view.surface_subject(token), lemma)
    return None


def _strategy(view: View, token: Token) -> Draft | None:
    """Read "pursues a policy of ..." and "adheres to a strategy aiming to ..."."""
    if token.lemma_.lower() not in words("intent", "strategies") or token.pos_ != "NOUN":
        return None
    verb = token.head if token.dep_ == "dobj" else token.head.head
    if token.dep_ not in {"dobj", "pobj"} or verb.lemma_.lower() not in words(
        "intent", "strategy_verbs"
    ):
        return None
    if token.dep_ == "pobj" and token.head.lower_ not in {"to", "with", "in", "on"}:
        return None
    content = _content_of(token)
    if content is None:
        return None
    head = verb
    while head.dep_ == "xcomp" and head.head.lemma_.lower() in words("intent", "continuing"):
        head = head.head
    return _draft(view, head, content, view.surface_subject(verb), "strategy")


def _content_of(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"}:
            inner = _infinitive(child)
            if inner is not None:
                return inner
            return child if child.tag_ in {"VB", "VBG"} or child.dep_ == "relcl" else None
    for content in prepositional(noun, frozenset({"of", "towards", "toward", "for", "on"})):
        return content
    return next(
        (c for c in noun.children if c.dep_ in {"amod", "compound"} and c.pos_ == "NOUN"), None
    )


def _goal(view: View, token: Token) -> Draft | None:
    """Read "Minsk's goal is to ..." and "the goal of Minsk is ..."."""
    if token.lemma_.lower() not in words("intent", "goals") or token.dep_ != "nsubj":
        return None
    verb = token.head
    if verb.lemma_ not in {"be", "remain", "stay", "consist", "lie", "become"}:
        return None
    content = next(
        (c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "attr"} and c.i > verb.i), None
    )
    if content is None:
        content = next(iter(prepositional(verb, frozenset({"in"}))), None)
    owners = [c for c in token.children if c.dep_ in {"poss", "amod", "compound"}]
    owners += list(prepositional(token, frozenset({"of", "for", "in"})))
    if content is None:
        return None
    owners += [t for t in prepositional(verb, frozenset({"for"})) if t.i < token.i]
    subject = view.actors(owners, "S") or view.within(token, places=True)
    if not subject and (content.dep_ != "xcomp" or not _has_to(content)):
        return None
    draft = _draft(view, verb, content, subject or view.within(content), "goal")
    if draft is not None and not subject:
        draft.subject, draft.object = (), view.within(content)
    return draft


def _motive(view: View, token: Token) -> Draft | None:
    """Read "has no wish to ..." and "it is Riga's ambition to ..."."""
    if token.lemma_.lower() not in words("intent", "motives") or token.pos_ != "NOUN":
        return None
    verb = token.head
    content = _infinitive(token) or _infinitive(verb)
    if content is None or content.i < token.i:
        return None
    if token.dep_ == "dobj" and verb.lemma_ in {"have", "harbour", "harbor", "express", "show"}:
        return _draft(view, verb, content, view.surface_subject(verb), "motive")
    if token.dep_ in {"pobj", "nsubj"} and content.dep_ in {"acl", "relcl"}:
        owners = [c for c in token.children if c.dep_ in {"poss", "amod", "compound"}]
        above = verb if verb.pos_ == "VERB" else verb.head
        while above.pos_ not in {"VERB", "AUX"} and above.head != above:
            above = above.head
        own = any(c.dep_ == "poss" and c.lower_ in _OWN for c in token.children)
        subject = view.actors(owners, "S") or (view.surface_subject(above) if own else ())
        return _draft(view, token, content, subject, "motive")
    if token.dep_ == "attr" and any(c.lower_ == "it" for c in verb.children):
        owners = [c for c in token.children if c.dep_ in {"poss", "amod", "compound"}]
        return _draft(view, verb, content, view.actors(owners, "S"), "motive")
    return None


def _would_like(view: View, token: Token) -> Draft | None:
    """Read "would like to ..." and "would rather ..."."""
    if token.pos_ != "VERB":
        return None
    if not any(c.dep_ == "aux" and c.lower_ in {"would", "'d"} for c in token.children):
        return None
    rather = any(c.lower_ in {"rather", "sooner"} and c.i < token.i for c in token.children)
    if token.lemma_.lower() not in {"like", "love", "prefer"} and not rather:
        return None
    content = token if rather else _infinitive(token)
    if content is None:
        content = next((c for c in token.children if c.dep_ == "dobj"), None)
    if content is None:
        return None
    return _draft(view, token, content, view.surface_subject(token), "would like")


def _out_to(view: View, token: Token) -> Draft | None:
    """Read "was out to ...", "is bent on ..."."""
    if token.lemma_ != "be" or token.pos_ not in {"AUX", "VERB"}:
        return None
    if not any(c.lower_ == "out" and c.i == token.i + 1 for c in token.children):
        return None
    content = _infinitive(token) or next(
        (i for c in token.children if c.lower_ == "out" and (i := _infinitive(c)) is not None), None
    )
    if content is None:
        return None
    return _draft(view, token, content, view.surface_subject(token), "out to")


def _disposition(view: View, token: Token) -> Draft | None:
    """Read "is keen to ...", "is unwilling to ..."."""
    lemma = token.lemma_.lower()
    keen = lemma in words("intent", "keen")
    if not keen and lemma not in words("intent", "reluctant"):
        return None
    if token.dep_ not in {"acomp", "oprd", "ROOT", "conj", "attr"} and token.tag_ != "VBN":
        return None
    content = _infinitive(token)
    if content is None:
        content = next(iter(prepositional(token, frozenset({"in", "on", "to", "for"}))), None)
    if content is None:
        return None
    verb = token.head if token.dep_ in {"acomp", "oprd", "attr"} else token
    if lemma in {"prepared", "committed", "determined", "interested"} and token.pos_ == "VERB":
        verb = token
    subject = view.surface_subject(verb) or view.surface_subject(token)
    draft = _draft(view, token, content, subject, "disposition")
    if draft is not None:
        draft.part = clause_part(verb)
        denied = is_negated(verb) or is_negated(token)
        draft.polarity = "positive" if keen is not denied else "negative"
    return draft


_INTENTS = RuleSet(
    (_strategy, _verb, _nominal, _goal, _motive, _would_like, _disposition, _out_to), before=1
)
