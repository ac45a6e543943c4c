"""Rules: what must, may or may not be done, as a norm."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from detente.coding.claims.institutions import institution_of
from detente.coding.claims.norms import permits
from detente.coding.claims.view import Draft, View, begun, clause_part, span_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.coding.grammar.verbs import is_passive
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention


def find_needs(view: View) -> Iterator[Draft]:
    """Yield the rule that somebody refers to as a need."""
    for token in view.tokens:
        if token.pos_ == "NOUN" and token.lemma_.lower() in words("rule", "needs"):
            draft = _need(view, token)
            if draft is not None:
                yield draft
                return


def find(view: View) -> Iterator[Draft]:
    """Yield the rules of a sentence."""
    yield from islice(begun(view, _RULED), 1)


def _ruled(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    draft = None
    if token.pos_ == "VERB" and lemma in words("rule", "deontic_verbs"):
        draft = _source_requires(view, token)
    elif token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
        draft = _must(view, token)
    return draft


_RULED = RuleSet((_ruled,), before=1)


def _is_exclusive(token: Token) -> bool:
    found = {t.lower_ for t in token.subtree}
    return bool(found & words("rule", "exclusive")) or (
        bool(found & {"all", "any", "every", "each"}) and bool(found & {"not", "no", "must"})
    )


def _need(view: View, noun: Token) -> Draft | None:
    """Read "the need to conduct all contacts only through ..."."""
    content = next(
        (c for c in noun.children if c.dep_ in {"acl", "relcl", "ccomp"} and c.i > noun.i), None
    )
    if content is None:
        content = next(iter(prepositional(noun, frozenset({"of", "on", "for"}))), None)
    verb = noun
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    if content is None:
        content = next((c for c in verb.children if _says_that(c, noun)), None)
    if content is None or not _is_exclusive(content):
        return None
    holder = view.surface_subject(verb) if verb.pos_ == "VERB" else ()
    return _rule(view, noun, content, holder, "need", span_of(noun.subtree))


def _says_that(clause: Token, noun: Token) -> bool:
    """Tell whether a clause that the parse gave to the verb is what a noun says: "the rule that"."""
    return clause.dep_ == "ccomp" and any(
        c.dep_ == "mark" and c.i == noun.i + 1 for c in clause.children
    )


def _rule(
    view: View,
    head: Token,
    content: Token,
    holder: tuple[Mention, ...],
    rule: str,
    part: tuple[int, int],
) -> Draft:
    draft = Draft(
        kind="rule",
        rule=f"rule/{rule}",
        head=head,
        part=part,
        topic=[content],
        subject=holder,
        object=view.within(content, but=holder),
        holder=holder,
        owned={t.i for t in content.subtree} | {head.i},
    )
    institution = institution_of(content.subtree)
    if institution:
        draft.details["institution"] = institution
    return draft


def _source_requires(view: View, verb: Token) -> Draft | None:
    """Read "the treaty obliges members to ..."."""
    clause = clause_of(verb)
    named = [s for s in clause.subjects if s.lemma_.lower() in words("rule", "sources")]
    if not named and not (clause.passive and _under(verb)):
        return None
    if any(c.dep_ == "aux" and c.lower_ in {"would", "could", "might"} for c in verb.children):
        return None
    if verb.tag_ in {"VBD"} and not any(c.dep_ == "aux" for c in verb.children):
        return None
    bound = [*clause.objects, *(c for c in verb.children if c.dep_ == "npadvmod" and c.i > verb.i)]
    if not (clause.complements or bound):
        return None
    subject = view.actors(bound)
    draft = _rule(view, verb, verb, (), "source", clause_part(verb))
    draft.subject = subject
    draft.object = view.within(verb, but=subject)
    return draft


def _under(verb: Token) -> bool:
    return any(
        t.lemma_.lower() in words("rule", "sources")
        for t in prepositional(verb, words("rule", "under"))
    )


def _is_norm(view: View, verb: Token, modal: Token) -> bool:
    """Tell whether a modal states a norm, and neither a demand on one actor nor a chance."""
    if _by_source(verb):
        return True
    if modal.lower_ == "can":
        return permits(verb) and is_passive(verb) and verb.lemma_ not in _ABILITIES
    if modal.lower_ == "may":
        return permits(verb)
    scope = (verb.head if modal.lemma_ == "have" else verb).subtree
    general = any(
        c.lower_ in {"only", "all", "any", "every", "each", "no", "unanimously"} for c in scope
    )
    if modal.lemma_ == "have":
        return general
    if modal.lower_ not in words("rule", "deontic_modals"):
        return False
    firm = modal.lower_ == "shall" or _is_exclusive(verb)
    return (general and firm) or _is_generic(view, verb)


_ABILITIES = frozenset(
    "reach see explain understand solve settle achieve hear find win end save avoid defeat".split()
)
"""Verbs of which "can be" tells what is possible, and not what is allowed."""


def _is_generic(view: View, verb: Token) -> bool:
    """Tell whether a duty is one of a class: "foreign journalists must register"."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.tag_ != "NNS":
        return False
    denied = any(c.dep_ == "neg" for c in verb.children)
    if subject.i in view.mentions and not (denied or _is_exclusive(verb)):
        return False
    if any(c.lower_ in {"the", "these", "those", "both", "his", "their"} for c in subject.children):
        return False
    said = verb.dep_ != "ROOT" or any(c.dep_ in {"ccomp", "parataxis"} for c in verb.children)
    return not said


def _by_source(verb: Token) -> bool:
    """Tell whether a law or treaty says so: "according to the convention, X must"."""
    for prep in verb.children:
        inner = [prep, *prep.children]
        if not {t.lower_ for t in inner} & {"under", "according", "pursuant", "by"}:
            continue
        known = words("rule", "sources") | {"document", "standards"}
        governed = [t for p in inner for t in p.children if t.dep_ == "pobj"]
        if any(t.lemma_.lower() in known for t in governed):
            return True
    return False


def _must(view: View, verb: Token) -> Draft | None:
    """Read "all contacts must go through ...", "may only be made with ..."."""
    modal = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if modal is None and verb.dep_ == "xcomp" and verb.head.lemma_ == "have":
        modal = verb.head if verb.head.tag_ in {"VBZ", "VBP"} else None
        subjects = [t for c in verb.head.children if c.dep_ == "nsubj" for t in c.subtree]
        general = any(t.lower_ in {"all", "any", "every", "each"} for t in subjects)
        if not general and not (is_passive(verb) and _is_exclusive(verb)):
            return None
    if modal is None:
        return None
    if not _is_norm(view, verb, modal):
        return None
    parties = view.within(verb.head if modal.lemma_ == "have" else verb, places=True)
    if not parties and not view.concerns:
        return None
    return _rule(view, verb, verb, (), "must", clause_part(verb))
