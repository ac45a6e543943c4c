"""From an incident to a sentence that an editor would let stand. Rules and a phrase table alone."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from detente.brief import names, wording
from detente.brief.phrases import phrase_of
from detente.relations.parties import SYMMETRIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.phrases import Phrase
    from detente.model import Actor
    from detente.relations.incidents import Incident

_PAPER = re.compile(
    r"\b(?=(a|an|the|two|three|their|its|another)\s+((?:[a-z][a-z-]+\s+){0,3}?)"
    r"(plan|agreement|memorandum|treaty|protocol|accord|pact|contract|declaration|roadmap"
    r"|joint statement|statement|communiqu[eé]|convention|deal|programme|program)(s?)\b"
    r"((?:\s+of(?:\s+[a-z-]+){0,2}\s+(?:co-?operation|understanding|intent))?"
    r"(?:\s+on(?:\s+[a-z-]+){0,2}\s+(?:co-?operation))?(?:\s+for\s+(?:19|20)\d\d)?))"
)
"""A paper with its article; matches overlap, so that one is found behind another: ``the two sides signed a pact``."""
_CLAUSE = re.compile(r"s [a-z]+ed\b")
"""A subject and its verb between an article and a paper: ``two sides signed agreements``."""
_SMALL = frozenset(
    "a an the and or but to from with by at that which who after before while as".split()
)
Verb = tuple[str, str, str]


def tell(
    incident: Incident, quotes: Sequence[str] = (), *, dated: bool = True, words: str = ""
) -> str:
    """Return one sentence on an incident.

    ``On 20 September 2016 in New York, Belarusian Foreign Minister Vladimir Makei met US Deputy
    Assistant Secretary of Defense Michael Carpenter.``

    Args:
        incident: What happened, was planned, proposed, denied, or is a habit.
        quotes: Sentences that tell of it; a signed paper is named in their words.
        dated: False leaves the date out, where a heading gives it.
        words: The report's own words, put beside the sentence.
    """
    act = _act(incident, quotes)
    if not dated:
        place = _place(incident)
        act = dataclasses.replace(act, front=f"{place}, " if place else "", back=place)
    offered = incident.status == "proposed" and phrase_of(incident).offered
    told = _tell_actual(act) if offered else _TELL[incident.status](act)
    own = f" (“{words}”)" if words else ""
    return wording.sentence(f"{told.rstrip(' ,')}{own}{_attribution(incident)}")


def noun(incident: Incident, quotes: Sequence[str] = ()) -> str:
    """Return an incident as a noun phrase: ``a meeting of Belarus with the United States``."""
    return _act(incident, quotes).noun


def the(phrase: str) -> str:
    """Return a noun phrase with the definite article: ``a meeting`` becomes ``the meeting``."""
    return re.sub(r"^(?:an?|the) |^(?=[a-z])", "the ", phrase)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """The parts of a sentence on an incident."""

    subject: str
    verb: Verb
    rest: str
    noun: str
    passive: str
    front: str
    back: str
    hedge: str
    be: str
    have: str
    noun_be: str


def _act(incident: Incident, quotes: Sequence[str]) -> _Act:
    source, target = _sides(incident)
    phrase = phrase_of(incident, met=_people_met(source, target))
    paper = _paper(quotes) or phrase.paper
    verb, rest = _verb(phrase, target, paper, incident)
    many = names.plural(source)
    return _Act(
        subject=names.listed(source),
        verb=verb,
        rest=rest,
        noun=_noun(phrase, source, target, paper),
        passive=_without_source(phrase, target, paper),
        front=_front(incident),
        back=_back(incident),
        hedge=_hedge(incident),
        be="were" if many else "was",
        have="have" if many else "has",
        noun_be="were" if phrase.noun_plural else "was",
    )


def _people_met(source: Sequence[Actor], target: Sequence[Actor]) -> bool:
    """Whether anybody is named who can meet: states hold talks."""
    return all(any(x.person or x.institution or x.role for x in side) for side in (source, target))


def _noun(phrase: Phrase, source: Sequence[Actor], target: Sequence[Actor], paper: str) -> str:
    pattern = phrase.noun if target else phrase.noun_alone
    if not source:
        return _without_source(phrase, target, paper)
    text = pattern.format(s=names.listed(source), t=_acted_upon(phrase, target), paper=paper)
    return re.sub(r",(?= (?:with|to|and|by|on|against|towards|in|for)\b)", "", text).rstrip(",")


def _tell_actual(act: _Act) -> str:
    """``On 3 May in Riga, A met B``."""
    if not act.subject:
        return f"{act.front}there {act.noun_be} {act.passive}"
    return f"{act.front}{act.subject} {act.hedge}{act.verb[1]} {act.rest}"


def _tell_planned(act: _Act) -> str:
    """``A was to meet B in Riga on 3 May``."""
    if not act.subject:
        return f"{act.noun} {act.noun_be} planned {act.back}"
    return f"{act.subject} {act.be} to {act.verb[0]} {act.rest} {act.back}"


def _tell_proposed(act: _Act) -> str:
    """``A meeting of A with B was proposed``."""
    return f"{act.noun} {act.noun_be} proposed"


def _tell_possible(act: _Act) -> str:
    """``A meeting of A with B was held to be possible``."""
    return f"{act.noun} {act.noun_be} spoken of as possible {act.back}"


def _tell_negated(act: _Act) -> str:
    """``On 3 May, A did not meet B``."""
    if not act.subject:
        return f"{act.noun} did not come about {act.back}"
    return f"{act.front}{act.subject} did not {act.verb[0]} {act.rest}"


def _tell_habitual(act: _Act) -> str:
    """``A has repeatedly met B``."""
    if not act.subject:
        return f"{act.noun} came about repeatedly"
    return f"{act.subject} {act.have} repeatedly {act.verb[2]} {act.rest}"


_TELL = {
    "actual": _tell_actual,
    "planned": _tell_planned,
    "proposed": _tell_proposed,
    "possible": _tell_possible,
    "negated": _tell_negated,
    "habitual": _tell_habitual,
}


def _sides(incident: Incident) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Both sides; who only stands on the other side too is told once."""
    source = incident.source
    if phrase_of(incident).visit:
        hosts = {actor.country for actor in incident.target}
        guests = tuple(actor for actor in source if actor.country not in hosts)
        source = guests or source
    first = {(actor.code, actor.person) for actor in source}
    return source, tuple(x for x in incident.target if (x.code, x.person) not in first)


def _verb(
    phrase: Phrase, target: Sequence[Actor], paper: str, incident: Incident
) -> tuple[Verb, str]:
    forms = (phrase.verb if target else phrase.alone).split("/")
    rest = phrase.rest if target else phrase.alone_rest
    verb: Verb = (forms[0], forms[1], forms[2])
    if "its " in rest and (names.plural(incident.source) and incident.source):
        rest = rest.replace("its ", "their ")
    return verb, rest.format(t=_target(phrase, target), s="", paper=paper)


def _target(phrase: Phrase, target: Sequence[Actor]) -> str:
    """The country visited where the verb wants one, with whom the visitor met."""
    if not phrase.visit:
        return _acted_upon(phrase, target)
    home = names.joined(dict.fromkeys(names.party(actor.country) for actor in target))
    people = [actor for actor in target if actor.person or actor.role]
    return f"{home} and met {names.listed(people)}" if people else home


def _acted_upon(phrase: Phrase, target: Sequence[Actor]) -> str:
    if phrase.people:
        return names.people(target)
    named = [x for x in target if x.person or x.institution or x.role]
    states = [x for x in target if x not in named]
    if phrase.met and named and states:
        sent = f"representatives of {names.listed(states)}"
        return names.joined([*(names.actor(x) for x in named), sent])
    return names.listed(target)


def _without_source(phrase: Phrase, target: Sequence[Actor], paper: str) -> str:
    """Without a source the act itself is told: ``there were sanctions against Belarus``."""
    text = re.sub(r" ?\b(?:by|of|from|with) \{s\}(?: and| with)?", "", phrase.noun)
    text = text.replace("between {s} and", "with")
    text = text.format(s="the parties", t=_acted_upon(phrase, target) or "the parties", paper=paper)
    return " ".join(text.split())


def _front(incident: Incident) -> str:
    """Date and place before the subject, with a comma: ``On 20 September 2016 in New York, ``."""
    parts = [wording.when(incident.start, incident.end, incident.precision), _place(incident)]
    lead = " ".join(part for part in parts if part)
    return f"{lead}, " if lead else ""


def _back(incident: Incident) -> str:
    parts = [_place(incident), wording.when(incident.start, incident.end, incident.precision)]
    return " ".join(part for part in parts if part)


def _place(incident: Incident) -> str:
    """``in New York``; left out where it repeats the country that is visited or acts."""
    place = incident.place
    if place is None or phrase_of(incident).placeless or place.name in _own_names(incident):
        return ""
    return f"in {place.name}"


def _own_names(incident: Incident) -> set[str]:
    codes = {actor.country for actor in (*incident.source, *incident.target)}
    return {names.bare(code) for code in codes} | {names.party(code) for code in codes}


def _hedge(incident: Incident) -> str:
    """``reportedly `` where every mention is hedged so."""
    words = {
        event.hedge.evidential if event.hedge is not None else None for event in incident.mentions
    }
    if len(words) != 1:
        return ""
    word = words.pop()
    return f"{word} " if word and word.endswith("ly") else ""


def _attribution(incident: Incident) -> str:
    """``, according to the Foreign Ministry`` where every mention rests on another's word."""
    if not incident.mentions or not all(event.attribution for event in incident.mentions):
        return ""
    who = [actor for event in incident.mentions for actor in event.attribution]
    acting = {actor.code for actor in incident.source}
    if incident.type not in SYMMETRIC and any(actor.code in acting for actor in who):
        return ""
    return f", according to {names.listed(who)}"


def _paper(quotes: Sequence[str]) -> str:
    """Name the paper that was signed in the words of the first sentence that has one."""
    for quote in quotes:
        for match in _PAPER.finditer(quote):
            lead, words, head, plural, tail = match.groups()
            if set(words.split()) & _SMALL or _CLAUSE.search(words):
                continue
            name = f"{words}{head}{plural}{tail}"
            if plural:
                return f"{lead} {name}" if lead in {"two", "three"} else name
            return name if not name else _with_article(name, lead)
    return ""


def _with_article(name: str, lead: str) -> str:
    if lead == "the":
        return f"the {name}"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
