"""Who has the say: competences told without a word for competence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.view import Draft, View, begun, clause_part, is_negated
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention

CONTRASTS = frozenset({"not", "rather", "instead", "longer", "only", "now", "alone", "exclusively"})


def find(view: View) -> Iterator[Draft]:
    """Yield the competences that a verb or "the last word" tells."""
    return begun(view, _DECIDED)


def _decided(view: View, token: Token) -> Draft | None:
    lemma = token.lemma_.lower()
    draft = None
    if token.pos_ == "VERB" and lemma in words("competence", "deciding"):
        draft = _decides(view, token)
    elif lemma in words("competence", "last_word") and token.pos_ == "NOUN":
        draft = _last_word(view, token)
    elif token.pos_ == "VERB" and lemma in words("competence", "dealing"):
        draft = _deals(view, token)
    return draft


_DECIDED = RuleSet((_decided,), before=1)


def _topics(heads: Sequence[Token]) -> list[Token]:
    return [h for h in heads if h.lemma_.lower() in words("competence", "topics")]


def _draft(
    view: View, verb: Token, rule: str, subject: tuple[Mention, ...], topic: list[Token]
) -> Draft | None:
    bodies = tuple(
        m
        for m in subject
        if any(a.institution or a.person or len(a.country) != 3 for a in m.actors)
    )
    if not bodies:
        return None
    return Draft(
        kind="competence", rule=f"competence/{rule}", head=verb, part=clause_part(verb),
        topic=topic, subject=bodies, about=view.within(verb, but=bodies),
        polarity="negative" if is_negated(verb) else "positive",
    )  # fmt: skip


def _decides(view: View, verb: Token) -> Draft | None:
    """Read "policy towards X is made by the army" and "the palace shapes the policy on X"."""
    clause = clause_of(verb)
    topic = _topics(clause.objects) or [
        t for t in prepositional(verb, frozenset({"on", "about"})) if verb.lemma_ == "decide"
    ]
    if not topic or not clause.subjects:
        return None
    if verb.tag_ == "VBD" and not clause.passive and not _contrasts(verb):
        return None
    return _draft(view, verb, "decides", view.actors(clause.subjects, "S"), topic)


def _last_word(view: View, noun: Token) -> Draft | None:
    """Read "has the last word in matters of gas"."""
    verb = noun.head
    decisive = {c.lower_ for c in noun.children} & {"last", "final", "decisive", "ultimate"}
    if noun.dep_ != "dobj" or verb.lemma_ != "have":
        return None
    if not decisive and noun.lemma_.lower() != "say":
        return None
    topic = list(prepositional(noun, frozenset({"in", "on", "over"})))
    return _draft(view, verb, "last-word", _held(view, verb), topic or [verb])


def _held(view: View, verb: Token) -> tuple[Mention, ...]:
    """Return the subject; of "not A but B who has", B."""
    subject = view.actors(clause_of(verb).subjects, "S")
    if len(subject) > 1 and any(t.lower_ == "not" for t in verb.doc[: verb.i]):
        return subject[-1:]
    return subject


def _deals(view: View, verb: Token) -> Draft | None:
    """Read "the party, rather than the ministry, deals with Beijing": only where it is set apart."""
    if not _contrasts(verb):
        return None
    clause = clause_of(verb)
    topic = _topics(clause.objects)
    topic += [t for t in prepositional(verb, _DEALT) if t.i in view.mentions or _topics([t])]
    topic += [o for o in clause.objects if o.i in view.mentions]
    if not topic or not clause.subjects:
        return None
    subject = view.finder.at(clause.subjects[0], "S")[:1]
    if not subject:
        subject = view.within(clause.subjects[0], places=True)[:1]
        draft = _draft(view, verb, "deals", subject, topic)
        if draft is None and subject and clause.subjects[0].lemma_.lower() in _BODIES:
            draft = Draft(
                kind="competence", rule="competence/deals", head=verb, part=clause_part(verb),
                topic=topic, subject=subject, about=view.within(verb, but=subject),
                polarity="negative" if is_negated(verb) else "positive",
            )  # fmt: skip
        return draft
    return _draft(view, verb, "deals", subject, topic)


_DEALT = frozenset({"with", "on", "about", "to", "over"})
_BODIES = frozenset(
    "department ministry office service party staff administration committee chancellery agency "
    "council directorate cabinet secretariat bureau army guard palace presidency".split()
)


def _contrasts(verb: Token) -> bool:
    return any(t.lower_ in CONTRASTS for t in verb.doc[: verb.i]) or any(
        c.lower_ in CONTRASTS for c in verb.children
    )
