"""Competence told by a cleft: "it is the council that decides", "it was the king who dealt with Oslo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.competence import institutional
from detente.coding.claims.view import Draft, View, begun, is_negated, span_of
from detente.coding.grammar.ruleset import RuleSet
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention

_WHO = frozenset({"that", "who", "which"})
_CLAUSES = frozenset({"relcl", "ccomp", "acl", "advcl"})


def find(view: View) -> Iterator[Draft]:
    """Yield who is said to decide or deal, where the sentence sets the doer apart by "it is"."""
    return begun(view, _CLEFT)


def _cleft(view: View, verb: Token) -> Draft | None:
    if verb.lemma_ != "be" or not any(c.lower_ == "it" and c.i < verb.i for c in verb.children):
        return None
    doer = next((c for c in verb.children if c.dep_ == "attr" and c.i > verb.i), None)
    deed = _deed(verb, doer) if doer is not None else None
    if doer is None or deed is None or not _is_dealing(deed):
        return None
    subject = institutional(view.actors([doer], "S")) or _of_body(view, doer)
    if not subject:
        return None
    denied = is_negated(verb)
    return Draft(
        kind="competence",
        rule="competence/cleft",
        head=verb,
        part=span_of([*verb.subtree, *deed.subtree]),
        topic=[t for t in deed.subtree if t.i > deed.i] or [deed],
        subject=subject,
        polarity="negative" if denied else "positive",
        details={"held": False} if denied else {},
        owned={deed.i},
    )


_CLEFT = RuleSet((_cleft,), before=1)


def _deed(verb: Token, doer: Token) -> Token | None:
    """Return the verb of "that decides", wherever the parse hung the clause."""
    near = [c for c in (*doer.children, *verb.children) if c.i > doer.i]
    if verb.dep_ == "ccomp" and verb.head.i > doer.i:
        near.append(verb.head)
    for clause in near:
        own = any(c.lower_ in _WHO and c.dep_ in {"nsubj", "mark"} for c in clause.children)
        if clause.pos_ in {"VERB", "AUX"} and own and clause.dep_ in _CLAUSES | {"ROOT"}:
            return clause
    return None


def _is_dealing(deed: Token) -> bool:
    """Tell whether a deed is a matter of competence: "decides", "deals with", "has the last word"."""
    lemma = deed.lemma_.lower()
    if lemma in words("competence", "having"):
        things = {c.lemma_.lower() for c in deed.children if c.dep_ == "dobj"}
        nouns = words("competence", "last_word") | words("competence", "leading_nouns")
        return bool(things & (nouns | words("competence", "nouns")))
    deciding = words("competence", "deciding") | words("competence", "dealing")
    return lemma in deciding | words("competence", "verbs")


def _of_body(view: View, doer: Token) -> tuple[Mention, ...]:
    """Return the state of a body that no register names: "it is the council in Sanaa that decides"."""
    if doer.lemma_.lower() not in words("competence", "bodies"):
        return ()
    inside = view.within(doer, places=True)
    before = tuple(m for m in view.reading.mentions if m.head < doer.i)
    return (inside or before or view.located)[:1]
