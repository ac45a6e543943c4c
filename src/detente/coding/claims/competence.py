"""Competence and mandate: who holds a domain, and who authorised whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.view import Draft, View, begun, clause_part, is_negated, span_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention

TO = frozenset({"for", "to", "with"})
CONTENT = frozenset({"for", "over", "in", "on", "of", "about", "with"})


def find(view: View) -> Iterator[Draft]:
    """Yield the competences of a sentence."""
    return begun(view, _COMPETENCE)


def _competence(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    draft = None
    if lemma in words("competence", "nouns") and token.pos_ == "NOUN":
        draft = _noun(view, token)
    elif lemma in words("competence", "adjectives"):
        draft = _responsible(view, token)
    elif lemma == "charge" and token.dep_ == "pobj" and token.head.lower_ == "in":
        draft = _in_charge(view, token)
    elif token.pos_ == "VERB" and lemma in words("competence", "verbs"):
        draft = _oversees(view, token)
    elif token.pos_ == "VERB" and lemma in {"leave", "hand", "cede", "transfer", "delegate"}:
        draft = _left_to(view, token)
    elif lemma == "lead" and token.pos_ == "NOUN":
        draft = _lead(view, token)
    return draft


_COMPETENCE = RuleSet((_competence,), before=1)


def institutional(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Keep the actors that can hold a competence: bodies, persons in office, organisations."""
    return tuple(
        m
        for m in mentions
        if any(a.institution or a.person or len(a.country) != 3 for a in m.actors)
    )


def _draft(
    verb: Token,
    rule: str,
    subject: tuple[Mention, ...],
    topic: list[Token],
    **details: object,
) -> Draft | None:
    if not subject:
        return None
    if is_negated(verb):
        details["held"] = False
    return Draft(
        kind="competence",
        rule=f"competence/{rule}",
        head=verb,
        part=clause_part(verb),
        topic=topic,
        subject=subject,
        polarity="negative" if is_negated(verb) else "positive",
        details={k: v for k, v in details.items() if v},
    )


def _noun(view: View, noun: Token) -> Draft | None:
    verb = noun.head if noun.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"} else noun.head.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = verb.lemma_.lower()
    topic = [noun, *prepositional(noun, CONTENT)]
    if noun.dep_ == "dobj":
        return _noun_object(view, noun, verb, lemma, topic)
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        return _noun_subject(view, verb, lemma, topic)
    if noun.dep_ == "attr" and verb.lemma_ == "be":
        owners = [c for c in noun.children if c.dep_ == "poss"]
        owners += list(prepositional(noun, frozenset({"of", "for"})))
        subject = institutional(view.actors(owners, "S"))
        return _draft(verb, "prerogative", subject, [*subjects_of(verb), noun])
    if noun.dep_ == "pobj" and lemma in words("competence", "belonging"):
        owners = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod"}]
        owners += list(prepositional(noun, frozenset({"of"})))
        subject = institutional(view.actors(owners, "S"))
        return _draft(verb, "remit", subject, [*subjects_of(verb), noun])
    return None


def _noun_object(
    view: View, noun: Token, verb: Token, lemma: str, topic: list[Token]
) -> Draft | None:
    giver = view.surface_subject(verb)
    if lemma in words("competence", "reserving"):
        nouns = [verb, noun]
        receivers = [t for n in nouns for t in prepositional(n, TO)] + clause_of(verb).datives
        subject = tuple(m for m in institutional(view.actors(receivers)) if m not in giver)
        above = [verb.head] if verb.dep_ in {"advcl", "conj", "xcomp"} else []
        draft = _draft(verb, "reserve", subject, topic + above)
        if draft is not None:
            draft.about = giver
            if giver:
                draft.details["by"] = [a.code for m in giver for a in m.actors]
        return draft
    if lemma in words("competence", "losing"):
        draft = _draft(verb, "lose", institutional(giver), topic, change="loses")
        if draft is not None:
            draft.polarity = "negative"
        return draft
    if lemma in words("competence", "having"):
        return _draft(verb, "have", institutional(giver), topic)
    if lemma in words("competence", "taking"):
        before = _anywhere(verb, "from")
        former = view.actors(before)
        draft = _draft(verb, "take-over", institutional(giver), topic, change="takes over")
        if draft is not None:
            draft.object = former
        return draft
    return None


def _anywhere(verb: Token, prep: str) -> list[Token]:
    """Return what a preposition governs wherever the parse hung it below a verb."""
    return [t for t in verb.subtree if t.dep_ == "pobj" and t.head.lower_ == prep]


def _noun_subject(view: View, verb: Token, lemma: str, topic: list[Token]) -> Draft | None:
    given = lemma in words("competence", "reserving")
    if not given and lemma not in words("competence", "belonging"):
        return None
    receivers = list(prepositional(verb, TO))
    subject = institutional(view.actors(receivers))
    draft = _draft(verb, "lies-with", subject, topic)
    if draft is not None and given:
        former = view.actors(prepositional(verb, frozenset({"from"})))
        draft.object = former
        draft.details["change"] = "takes over"
    return draft


def _responsible(view: View, token: Token) -> Draft | None:
    if token.dep_ not in {"acomp", "amod", "conj", "oprd", "attr"}:
        return None
    content = list(prepositional(token, frozenset({"for", "in"})))
    verb = token.head
    if not content or verb.pos_ not in {"VERB", "AUX"} or not _is_topic(content):
        return None
    return _draft(verb, "responsible", institutional(view.surface_subject(verb)), content)


def _in_charge(view: View, token: Token) -> Draft | None:
    verb = token.head.head
    content = list(prepositional(token, frozenset({"of"})))
    if verb.pos_ not in {"VERB", "AUX"} or not content:
        return None
    if verb.lemma_.lower() not in {"be", "remain", "put", "place"}:
        return None
    subject = view.surface_subject(verb)
    if verb.lemma_ in {"put", "place"}:
        subject = view.actors(clause_of(verb).objects)
    return _draft(verb, "in-charge", institutional(subject), content)


def _is_topic(content: list[Token]) -> bool:
    return any(
        t.lemma_.lower() in words("competence", "topics") or t.tag_ == "VBG"
        for head in content
        for t in head.subtree
    )


def _oversees(view: View, verb: Token) -> Draft | None:
    clause = clause_of(verb)
    lemma = verb.lemma_.lower()
    if not clause.objects or clause.objects[0].pos_ not in {"NOUN", "PROPN"}:
        return None
    if not _is_topic(clause.objects) and lemma not in {"oversee", "supervise", "administer"}:
        return None
    if lemma in _LEADING and verb.tag_ not in {"VBZ", "VBP"}:
        return None
    return _draft(verb, "oversee", institutional(view.actors(clause.subjects, "S")), clause.objects)


_LEADING = frozenset({"lead", "head", "direct", "conduct", "shape", "dictate", "control", "guide"})
"""Verbs that tell a competence in the simple present alone: "leads the talks"."""


def _left_to(view: View, verb: Token) -> Draft | None:
    """Read "left contacts with NATO to the Defence Ministry"."""
    clause = clause_of(verb)
    if not clause.objects or not _is_topic(clause.objects):
        return None
    if any(o.lemma_.lower() in words("competence", "nouns") for o in clause.objects):
        return None
    nouns = [verb, *clause.objects]
    receivers = [t for n in nouns for t in prepositional(n, frozenset({"to"}))]
    receivers += [
        t
        for n in clause.objects
        for below in prepositional(n, frozenset({"of", "on"}))
        for t in prepositional(below, frozenset({"to"}))
    ]
    giver = view.actors(clause.subjects, "S")
    subject = tuple(m for m in institutional(view.actors(receivers)) if m not in giver)
    draft = _draft(verb, "left-to", subject, clause.objects)
    if draft is not None:
        draft.about = giver
    return draft


def _lead(view: View, noun: Token) -> Draft | None:
    """Read "takes the lead in ..." and "follows the lead of ..."."""
    verb = noun.head
    if noun.dep_ != "dobj":
        return None
    lemma = verb.lemma_.lower()
    if lemma in {"take", "have", "assume", "keep"}:
        content = list(prepositional(noun, frozenset({"in", "on"})))
        content += list(prepositional(verb, frozenset({"in", "on"})))
        subject = institutional(view.surface_subject(verb))
        return _draft(verb, "takes-lead", subject, content) if content else None
    if lemma == "follow":
        owners = [c for c in noun.children if c.dep_ == "poss"]
        owners += list(prepositional(noun, frozenset({"of"})))
        subject = institutional(view.actors(owners, "S"))
        draft = _draft(verb, "follows-lead", subject, [noun])
        if draft is not None:
            draft.object = view.surface_subject(verb)
        return draft
    return None


def find_mandates(view: View) -> Iterator[Draft]:
    """Yield the mandates of a sentence."""
    return begun(view, _MANDATED)


def _mandated(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    draft = None
    if token.pos_ == "NOUN" and lemma in words("mandate", "nouns"):
        draft = _mandate_noun(view, token)
    if draft is None and token.pos_ == "NOUN" and lemma in words("mandate", "phrases"):
        draft = _behest(view, token)
    if token.pos_ == "VERB" and (
        lemma in words("mandate", "verbs") or lemma in words("mandate", "orders")
    ):
        draft = _authorised(view, token)
    return draft


_MANDATED = RuleSet((_mandated,), before=1)


def _mandate(
    view: View,
    verb: Token,
    principal: tuple[Mention, ...],
    agent: tuple[Mention, ...],
    content: Token | None,
) -> Draft | None:
    if not agent and not (principal and verb.lemma_ in {"have", "receive", "get", "give"}):
        return None
    draft = Draft(
        kind="mandate",
        rule=f"mandate/{verb.lemma_.lower()}",
        head=verb,
        part=clause_part(verb),
        topic=[content] if content is not None else [],
        subject=principal,
        object=agent,
        polarity="negative" if is_negated(verb) else "positive",
    )
    if content is not None:
        draft.details["scope"] = view.text(span_of(content.subtree))
        draft.owned = {t.i for t in content.subtree}
        draft.about = view.within(content, but=(*principal, *agent))
    return draft


def _scope(*nodes: Token) -> Token | None:
    for node in nodes:
        for child in node.children:
            if (
                child.dep_ in {"acl", "relcl", "xcomp", "advcl", "ccomp"}
                and child.i > node.i
                and any(c.dep_ == "aux" and c.tag_ == "TO" for c in child.children)
            ):
                return child
    for node in nodes:
        for content in prepositional(node, frozenset({"for", "with", "on"})):
            return content
    return None


def _mandate_noun(view: View, noun: Token) -> Draft | None:
    verb = noun.head
    if noun.dep_ not in {"dobj", "nsubjpass"} or verb.pos_ != "VERB":
        return None
    lemma = verb.lemma_.lower()
    content = _scope(noun, verb)
    if content is None:
        return None
    if lemma in words("mandate", "receiving") and noun.dep_ == "dobj":
        agent = view.surface_subject(verb)
        givers = [
            t
            for n in (noun, verb)
            for t in prepositional(n, frozenset({"from", "of", "by"}))
            if t is not content
        ]
        return _mandate(view, verb, view.actors(givers, "S"), agent, content)
    if lemma in words("mandate", "giving"):
        clause = clause_of(verb)
        receivers = [*clause.datives, *prepositional(verb, frozenset({"to"}))]
        givers = [*clause.subjects, *prepositional(noun, frozenset({"by"}))]
        return _mandate(view, verb, view.actors(givers, "S"), view.actors(receivers), content)
    return None


def _behest(view: View, noun: Token) -> Draft | None:
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in {"at", "on", "with", "by", "under"}:
        return None
    verb = prep.head
    owners = [c for c in noun.children if c.dep_ in {"poss", "compound"}]
    owners += list(prepositional(noun, frozenset({"of", "from"})))
    principal = view.actors(owners, "S")
    told = bool(owners) or noun.lower_ in {"orders", "instructions"}
    if not told or verb.pos_ != "VERB" or (not principal and noun.lemma_.lower() not in _ORDERS):
        return None
    draft = _mandate(view, verb, principal, view.subject(verb), None)
    if draft is not None:
        draft.rule = "mandate/behest"
        draft.topic = [verb]
    return draft


_ORDERS = frozenset({"order", "orders", "instruction", "instructions", "behest", "behalf"})
"""What an actor has from one who may stay unnamed: "on orders from the palace"."""


def _authorised(view: View, verb: Token) -> Draft | None:
    content = next(
        (
            c
            for c in verb.children
            if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.i > verb.i and c.tag_ == "VB"
        ),
        None,
    )
    lemma = verb.lemma_.lower()
    if content is None and lemma in {"charge", "entrust", "task"}:
        content = next(iter(prepositional(verb, frozenset({"with"}))), None)
    if content is None:
        return None
    clause = clause_of(verb)
    principal = view.actors(clause.subjects, "S")
    agent = view.actors([*clause.objects, *clause.datives])
    if not agent:
        below = [c for c in content.children if c.dep_ == "nsubj"]
        agent = view.actors(below, "S")
    agent = institutional(agent)
    if lemma in words("mandate", "orders") or lemma in {"allow", "permit", "assign"}:
        countries = {a.country for m in principal for a in m.actors}
        if countries and not countries & {a.country for m in agent for a in m.actors}:
            return None
        if not principal:
            return None
    draft = _mandate(view, verb, principal, agent, content)
    return draft
