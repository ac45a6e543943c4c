"""Forecasts: what a text expects, apart from plans with a date, duties and wishes.

A predicate about the future counts as a forecast where it is hedged, or where no actor announces
it as a deed of its own: "trade will shrink" is one, "the minister will visit Riga" is a plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from detente.coding import hedges
from detente.coding.claims import directions, limits, nominals, topics
from detente.coding.claims.awaited import expecting, is_ahead
from detente.coding.claims.expectations import (
    BELIEFS,
    is_forecast,
    may_look_ahead,
)
from detente.coding.claims.raising import raised_by
from detente.coding.claims.view import View, clause_part, clipped, segment, span_of, subtree
from detente.coding.dates import lexicon
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.subjects import subjects_of
from detente.model import Hedge
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.claims.view import Range
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention
    from detente.model import Direction, Domain, Event


@dataclass(slots=True, kw_only=True)
class Draft:
    """A forecast before it becomes a record.

    Attributes:
        rule: Name of the rule that found it.
        head: The predicate.
        part: The tokens of the forecast.
        subject: Mentions of the subject.
        object: Mentions of the object.
        about: Further mentions.
        domain: Domain by its words.
        direction: Where things move.
        formats: ``bilateral`` and the like; each gives one forecast.
        hedge: How sure.
        condition: Range of the condition, or None.
        until: Range of what ends it, or None.
        veto: Who can end it.
    """

    rule: str
    head: Token
    part: Range
    subject: tuple[Mention, ...] = ()
    object: tuple[Mention, ...] = ()
    about: tuple[Mention, ...] = ()
    domain: Domain = "other"
    direction: Direction = "none"
    formats: tuple[str | None, ...] = (None,)
    hedge: Hedge | None = None
    condition: Range | None = None
    until: Range | None = None
    veto: tuple[Mention, ...] = ()
    owned: set[int] = field(default_factory=set)


def find(view: View, events: Sequence[Event], *, scale: str) -> Iterator[Draft]:
    """Yield the forecasts of a sentence.

    Args:
        view: The sentence.
        events: The events of the same sentence; a planned one is no forecast.
        scale: Name of the scale of probability.
    """
    if view.reading.sentence.asks:
        return
    planned = {
        event.trigger[0] - view.reading.sentence.start
        for event in events
        if event.trigger is not None and event.status == "planned"
    }
    owned: set[int] = set()
    for token in view.tokens:
        if token.i in owned or token.pos_ not in {"VERB", "AUX", "NOUN"}:
            continue
        if token.dep_ in {"aux", "auxpass"}:
            continue
        draft = None
        named = token.pos_ == "NOUN" or (token.tag_ == "VBG" and token.dep_ in _NAMING)
        if named and not _is_misread(token):
            draft = _noun(view, token, scale)
        else:
            draft = _verb(view, token, planned, scale)
        if draft is not None:
            owned |= draft.owned
            yield draft


_NAMING = frozenset({"nsubj", "nsubjpass", "dobj"})
"""Where a gerund stands for a noun: "the winding up of the mission is near"."""


def _is_misread(noun: Token) -> bool:
    """Tell whether a verb was read as a noun: "looks set to end", "will once more flow"."""
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in noun.children):
        return True
    return noun.dep_ == "xcomp" and any(c.tag_ == "TO" for c in noun.children)


def _verb(view: View, verb: Token, planned: set[int], scale: str) -> Draft | None:
    if not may_look_ahead(verb):
        return None
    hedge = hedges.read(view.doc, verb, scale=scale, found=view.hedges)
    if not is_forecast(view, verb, hedge, planned):
        return None
    hedge = _with_voice(view, verb, raised_by(verb), hedge)
    return _draft(view, verb, subjects_of(verb) or _brought_to(verb), hedge)


def _brought_to(verb: Token) -> list[Token]:
    """Return the subject of "A and B are on the verge of V-ing"."""
    above = verb.head
    while above.pos_ not in {"VERB", "AUX"} and above.head != above:
        above = above.head
    return subjects_of(above) if verb.dep_ == "pcomp" and above.pos_ in {"VERB", "AUX"} else []


def _with_voice(view: View, verb: Token, raised: Token | None, hedge: Hedge | None) -> Hedge | None:
    """Add what the voice says of how sure it is: "most analysts expect", "some fear that"."""
    found = hedge or Hedge()
    voice = raised if raised is not None and raised.pos_ == "VERB" else None
    expects = voice is not None and voice.lemma_.lower() in words("forecast", "expecting")
    if voice is not None and expects and found.modal is None:
        modal = next((c.lower_ for c in voice.children if c.tag_ == "MD"), None)
        found = msgspec.structs.replace(found, modal=modal)
    if voice is not None and any(c.dep_ == "auxpass" for c in voice.children):
        voice = None
    if voice is not None and voice.lemma_.lower() in words("forecast", "expecting"):
        said = found.evidential or voice.lemma_.lower()
        found = msgspec.structs.replace(found, evidential=said)
    elif voice is None and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in BELIEFS:
        voice = verb.head
    if voice is not None and found.quantifier is None:
        many = hedges.quantifier_of(voice, view.hedges)
        found = msgspec.structs.replace(found, quantifier=many)
    return found if found != Hedge() else None


def _draft(view: View, verb: Token, subjects: list[Token], hedge: Hedge | None) -> Draft | None:
    top = _top(verb)
    condition, until = limits.condition(verb, top), limits.until(verb, top)
    aside = [r for r in (condition, until) if r is not None]
    subject, object_ = _parties(view, verb, subjects, aside)
    veto = limits.veto(view, condition, until)
    codes = {a.code for m in veto for a in m.actors}
    scope = subtree(verb, without=[view.doc[a:b].root for a, b in aside])
    topic_heads = [*subjects, verb]
    part = (
        span_of([*(t for s in subjects for t in s.subtree), *_own_clause(top)])
        if subjects and subjects[0].i < verb.i
        else clause_part(top)
    )
    draft = Draft(
        rule=f"forecast/{(hedge.modal if hedge and hedge.modal else 'raised')}",
        head=verb,
        part=part if _is_pronoun(subjects) else clipped(part, segment(verb)),
        subject=tuple(m for m in subject if not {a.code for a in m.actors} <= codes),
        object=tuple(m for m in object_ if not {a.code for a in m.actors} <= codes),
        about=limits.named_in(view, condition, codes),
        domain=topics.of(view, topic_heads, (*subject, *object_), but=aside),
        direction=directions.of_verb(verb, subjects),
        formats=_formats(subjects, verb),
        hedge=hedge,
        condition=condition,
        until=until,
        veto=veto,
        owned={t.i for t in scope if t.dep_ == "xcomp" and t.head.i == verb.i},
    )
    return draft


def _is_pronoun(subjects: list[Token]) -> bool:
    """Tell whether only the words before say who or what is meant: "they are certain to return"."""
    return bool(subjects) and subjects[0].lower_ in {"they", "it", "this", "these", "those"}


def _own_clause(verb: Token) -> list[Token]:
    """Return a predicate's words without later main clauses that have a subject of their own."""
    others = [
        c
        for c in verb.children
        if c.dep_ == "conj"
        and c.i > verb.i
        and c.pos_ in {"VERB", "AUX"}
        and subjects_of(c)
        and subjects_of(c)[0].i > verb.i
    ]
    first = min((c.left_edge.i for c in others), default=len(verb.doc))
    joins = [c for c in verb.children if c.dep_ == "cc" and c.i < first and c.nbor().i == first]
    return subtree(verb, without=[*others, *joins])


def _top(verb: Token) -> Token:
    """Return the token that spans the raising words too."""
    current = verb
    while current.dep_ in {"xcomp", "acomp", "csubj"} and current.head != current:
        current = current.head
    return current


def _parties(
    view: View, verb: Token, subjects: list[Token], aside: list[Range]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    def outside(mention: Mention) -> bool:
        return not any(a <= mention.head < b for a, b in aside)

    subject = tuple(m for m in view.actors(subjects, "S") if outside(m))
    direct = [s for s in subjects if s.i in view.mentions]
    others = tuple(m for s in subjects for m in view.within(s, but=subject) if outside(m))
    if not direct:
        named = tuple(m for s in subjects for m in view.within(s) if outside(m))
        subject, others = named[:1], named[1:]
    beside = tuple(m for m in others if _is_joined_adjective(view, m))
    subject, others = (*subject, *beside), tuple(m for m in others if m not in beside)
    found = tuple(m for m in view.within(verb, but=(*subject, *others)) if outside(m))
    below = {t.i for s in subjects for t in s.subtree}
    return subject, (*others, *(m for m in found if m.head not in below))


def _is_joined_adjective(view: View, mention: Mention) -> bool:
    """Tell whether a nation stands beside another before one noun: "a Danish or Swedish minister"."""
    word = view.doc[mention.head]
    first = word.head if word.dep_ == "conj" else word
    joined = {c.dep_ for c in first.children} >= {"cc", "conj"}
    return joined and first.dep_ in {"amod", "compound", "nmod"} and first.pos_ in {"ADJ", "PROPN"}


def _formats(subjects: list[Token], verb: Token) -> tuple[str | None, ...]:
    table = group("forecast", "formats")
    found: list[str] = []
    for noun in (*subjects, *clause_of(verb).objects):
        for token in noun.subtree:
            label = table.get(token.lower_)
            if label is not None and label not in found:
                found.append(label)
    return tuple(found) or (None,)


def _noun(view: View, noun: Token, scale: str) -> Draft | None:
    """Read "a resumption of talks is likely" and "Riga expects a rise in tension"."""
    lemma = noun.lemma_.lower()
    if noun.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj", "attr"}:
        return None
    head = expecting(noun)
    if head is None:
        return None
    known = nominals.direction_of(noun) is not None or lemma in group("forecast", "acts")
    known = known or nominals.is_qualified(noun) or nominals.is_denied_change(noun)
    if not (known or is_ahead(noun) or _comes(view, noun, head)):
        return None
    hedge = hedges.read(view.doc, noun, scale=scale, found=view.hedges) or hedges.read(
        view.doc, head, scale=scale, found=view.hedges
    )
    hedge = _with_voice(view, noun, head, hedge)
    parties = view.within(noun, places=False)
    return Draft(
        rule="forecast/noun",
        head=noun,
        part=clipped(
            clause_part(_top(head)) if noun.dep_ != "pobj" else clause_part(head), segment(head)
        ),
        subject=parties[: _on_one_side(view, parties)],
        object=parties[_on_one_side(view, parties) :],
        domain=topics.of(view, [noun], parties),
        direction="stop" if _is_doomed(head) else nominals.of_noun(noun),
        formats=_formats([noun], head) if head.pos_ in {"VERB", "AUX"} else (None,),
        hedge=hedge,
    )


def _is_doomed(verb: Token) -> bool:
    """Tell whether a thing is given up: "the talks look doomed"."""
    return any(c.lower_ == "doomed" and c.dep_ in {"acomp", "oprd"} for c in verb.children)


def _on_one_side(view: View, parties: tuple[Mention, ...]) -> int:
    """Return how many of the first parties stand for either of them: "with Britain or Latvia"."""
    if len(parties) < 2:
        return len(parties)
    one, other = view.doc[parties[0].head], view.doc[parties[1].head]
    either = any(c.dep_ == "cc" and c.lower_ == "or" for c in one.children)
    return 2 if other.dep_ == "conj" and other.head == one and either else 1


def _comes(view: View, noun: Token, head: Token) -> bool:
    """Tell whether a noun that tells no change is said to come: "a customs union is conceivable".

    People come where they are the first or next of their kind: "a first consul cannot be excluded".
    """
    if noun.dep_ not in {"nsubj", "nsubjpass"} or noun.i in view.mentions or noun.pos_ != "NOUN":
        return False
    people = noun.lemma_.lower() in words("topics", "people")
    people = people and not any(c.lower_ in {"first", "new", "next"} for c in noun.children)
    dated = any(t.ent_type_ == "DATE" or t.lemma_.lower() in lexicon.WEEKDAYS for t in head.subtree)
    return not people and not dated
