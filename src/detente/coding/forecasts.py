"""Forecasts: what a text expects, apart from plans with a date, duties and wishes.

A predicate about the future counts as a forecast where it is hedged, or where no actor announces
it as a deed of its own: "trade will shrink" is one, "the minister will visit Riga" is a plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from detente.coding import hedges
from detente.coding.claims import directions, limits, topics
from detente.coding.claims.expectations import (
    BELIEFS,
    is_forecast,
    is_matter_of_time,
    may_look_ahead,
    raised_by,
)
from detente.coding.claims.view import View, clause_part, clipped, segment, span_of, subtree
from detente.coding.clauses import clause_of
from detente.coding.subjects import subjects_of
from detente.model import Hedge
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.claims.view import Range
    from detente.coding.tree import Token
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
    if view.reading.sentence.text.rstrip().endswith("?"):
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
        if token.pos_ == "NOUN":
            draft = _noun(view, token, scale)
        else:
            draft = _verb(view, token, planned, scale)
        if draft is not None:
            owned |= draft.owned
            yield draft


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
    nouns = group("forecast", "direction_nouns")
    lemma = noun.lemma_.lower()
    if noun.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj", "attr"}:
        return None
    head = _expecting(noun)
    if head is None:
        return None
    known = lemma in nouns or lemma in group("forecast", "acts") or directions.is_qualified(noun)
    if not (known or _is_ahead(noun) or _comes(view, noun, head)):
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
        direction=directions.of_noun(noun),
        formats=_formats([noun], head) if head.pos_ in {"VERB", "AUX"} else (None,),
        hedge=hedge,
    )


def _on_one_side(view: View, parties: tuple[Mention, ...]) -> int:
    """Return how many of the first parties stand for either of them: "with Britain or Latvia"."""
    if len(parties) < 2:
        return len(parties)
    one, other = view.doc[parties[0].head], view.doc[parties[1].head]
    either = any(c.dep_ == "cc" and c.lower_ == "or" for c in one.children)
    return 2 if other.dep_ == "conj" and other.head == one and either else 1


def _comes(view: View, noun: Token, head: Token) -> bool:
    """Tell whether a noun that tells no change is said to come: "a customs union is conceivable"."""
    if noun.dep_ not in {"nsubj", "nsubjpass"} or noun.i in view.mentions or noun.pos_ != "NOUN":
        return False
    people = noun.lemma_.lower() in words("topics", "people")
    dated = any(t.ent_type_ == "DATE" or t.lemma_.lower() in _DAYS for t in head.subtree)
    return not people and not dated


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _expecting(noun: Token) -> Token | None:
    """Return the word that makes an expectation of a noun, if one does."""
    head = noun.head
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        return _said_likely(head)
    lemma = head.lemma_.lower()
    if noun.dep_ == "dobj" and lemma in words("forecast", "expecting"):
        told = head.tag_ in {"VBZ", "VBP", "VBD", "VBG"}
        told = told or (head.dep_ == "ROOT" and not any(c.dep_ in _HELPED for c in head.children))
        return head if told or any(c.lemma_ == "do" for c in head.children) else None
    if noun.dep_ == "dobj" and lemma in {"rule", "exclude"}:
        denied = any(c.dep_ == "neg" or c.lower_ == "can" for c in head.children)
        return head if denied else None
    if noun.dep_ == "pobj" and head.lower_ in {"of", "for", "towards", "toward", "to"}:
        return _chance(head.head) or _bound_for(head) or _pointed_to(head)
    return None


_HELPED = frozenset({"nsubj", "aux", "auxpass"})


def _is_ahead(noun: Token) -> bool:
    """Tell whether a state moves towards a thing: "is heading for a showdown"."""
    return noun.dep_ == "pobj" and noun.pos_ == "NOUN" and _bound_for(noun.head) is not None


def _pointed_to(prep: Token) -> Token | None:
    """Return the verb of "everything points to a hardening"."""
    verb = prep.head
    if verb.lemma_ != "point" or prep.lower_ not in {"to", "towards", "toward"}:
        return None
    signs = any(s.lemma_.lower() in _SIGNS for s in subjects_of(verb))
    return verb if signs and verb.tag_ in {"VBZ", "VBP"} else None


_SIGNS = frozenset({"everything", "all", "sign", "indication", "evidence", "much", "indicator"})


def _said_likely(verb: Token) -> Token | None:
    """Return the verb of "a rise is likely" and "a rise cannot be ruled out"."""
    likelihood = words("forecast", "likelihood")
    content = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if verb.lemma_ == "be" and content is not None and content.lower_ in {"expected", "feared"}:
        return content
    below = [verb, *(c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"})]
    if any(c.dep_ in {"xcomp", "ccomp"} for n in below for c in n.children):
        return None
    if any(c.lower_ in {"was", "were", "had"} for c in (verb, *verb.children)):
        return None
    if _draws_near(verb) or _stands_ahead(verb):
        return verb
    if verb.lemma_ in {"be", "remain", "seem", "look", "appear", "become", "grow"}:
        judged = next((c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}), None)
        if judged is None or judged.lower_ in {"far", "anything"}:
            far = judged or next((c for c in verb.children if c.lower_ in {"far", "but"}), None)
            inner = far.subtree if far is not None else ()
            judged = next((t for t in inner if t.lower_ in likelihood), judged)
        if judged is not None and is_matter_of_time(judged):
            return verb
        if judged is not None and any(
            c != judged and c.dep_ in {"acomp", "attr"} for c in verb.children
        ):
            return None
        return verb if judged is not None and _tells_chance(judged) else None
    if verb.lower_ not in _FORESEEN:
        return None
    return verb if any(c.dep_ in {"aux", "auxpass"} for c in verb.children) else None


def _tells_chance(judged: Token) -> bool:
    """Tell whether a word judges how likely: "likely", "a distinct possibility"."""
    chance = judged.dep_ == "attr" and judged.lemma_ in _CHANCES
    return chance or judged.lower_ in words("forecast", "likelihood")


_FORESEEN = frozenset({"expected", "ruled", "excluded", "anticipated", "feared", "foreseen"})
_CHANCES = frozenset({"possibility", "probability", "certainty", "likelihood", "prospect"})


def _draws_near(verb: Token) -> bool:
    """Tell whether something comes by itself: "a crisis is looming", "a coup threatens"."""
    helped = any(c.lower_ in {"is", "are"} for c in verb.children if c.dep_ == "aux")
    now = verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VBG" and helped)
    bare = not any(c.dep_ in {"dobj", "xcomp", "ccomp"} for c in verb.children)
    return now and bare and verb.lemma_.lower() in words("forecast", "coming")


def _stands_ahead(verb: Token) -> bool:
    """Tell whether a thing is said to be near or far: "is in sight", "is within reach"."""
    if verb.lemma_ not in {"be", "seem", "look", "remain", "appear"}:
        return False
    phrases = words("forecast", "ahead_phrases")
    below = [c for c in verb.children if c.dep_ in {"prep", "advmod", "acomp", "attr"}]
    below += [c for b in below for c in b.children if c.dep_ in {"prep", "advmod"}]
    return any(f"{prep.lower_} {t.lower_}" in phrases for prep in below for t in prep.children)


def _bound_for(prep: Token) -> Token | None:
    """Return the verb of "is heading for a clash" and "is on the brink of war"."""
    above = prep.head
    if above.lower_ in {"heading", "headed", "drifting", "sliding", "moving"}:
        return above if prep.lower_ != "of" else None
    if above.lemma_.lower() in words("forecast", "brinks") and above.dep_ == "pobj":
        verb = above.head.head
        return verb if verb.pos_ in {"VERB", "AUX"} and verb.tag_ in {"VBZ", "VBP"} else None
    return None


def _chance(noun: Token) -> Token | None:
    """Return the verb of "there is a chance of a thaw"."""
    if noun.lemma_.lower() not in words("forecast", "chance_nouns"):
        return None
    verb = noun.head
    present = verb.lemma_ in _STANDING and verb.tag_ in {"VBZ", "VBP"}
    return verb if present and noun.dep_ in {"attr", "nsubj", "dobj"} else None


_STANDING = frozenset({"be", "remain", "exist", "see", "have", "stand", "look", "seem", "grow"})
