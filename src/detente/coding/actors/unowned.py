"""Whose a role is that no words tie to a state: "the minister", "the embassy", "police".

A title, a city, an embassy's post or the one who has the word says so; else it is the most salient state that
can be meant (``salience``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.actors.holders import city_country
from detente.coding.actors.salience import Asked
from detente.coding.grammar import rings
from detente.coding.grammar.subjects import subjects_of
from detente.registers import offices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.actors.phrase import Phrase
    from detente.coding.actors.resolver import SentenceResolver
    from detente.coding.grammar.tree import Token
    from detente.model import Actor

Owned = list[tuple[str, str | None]]
"""Code and institution of everyone that a role belongs to."""
CHIEFS = frozenset({"head of state", "head of government"})
"""Ranks whose holders the register of offices knows."""
LEADING = frozenset({"lead", "head", "chair"})
"""Verbs that with "by" tell whose a delegation is."""
TITLES = frozenset({
    "head of state", "deputy head of state", "head of government", "deputy head of government",
    "minister", "deputy minister", "under secretary", "security adviser", "speaker", "ambassador",
    "charge d'affaires", "chief of staff", "spokesperson",
})  # fmt: skip
"""Ranks whose title before a name needs no state: "Ambassador Ilze Ozola"."""
INNER = frozenset({"OPP", "PTY", "LEG", "JUD", "INT", "REB", "CVL", "MED"})
"""Institutions whose doings are mostly those of the state that the text is about."""
SENT = frozenset({"envoy", "head of organisation"})
"""Ranks that are those of an organisation in what it publishes: "the Special Representative"."""
PLACES = frozenset({"in", "at", "near", "inside", "outside", "across"})
"""Prepositions before where something is done."""
OWNERS = frozenset({"state", "adjective", "capital", "demonym", "institution", "person"})
"""Kinds of name that tell a state."""
GUESSED = "the document's country"


class Unowned:
    """Finds whose the roles of one sentence are that stand without an owner.

    Args:
        to: The sentence's resolver.
    """

    def __init__(self, to: SentenceResolver) -> None:
        self.to = to

    def of(self, phrase: Phrase) -> tuple[Owned, str]:
        """Return whose a role is, and how that was found; nobody where it is open."""
        near = self._ministry_here(phrase)
        if near is not None:
            return [(near.country, near.institution)], "coreference: the ministry"
        after = self.to.doc[phrase.end : phrase.end + 2]
        led = len(after) == 2 and after[0].lemma_ in LEADING and after[1].lower_ == "by"
        definite = phrase.definite or "spokes" in phrase.role.lower()
        told = [] if not definite else self._told(phrase)
        if not told:
            if led:
                return [], ""
            fixed = self._fixed(phrase)
            if fixed is not None:
                return fixed
        return self._salient(phrase, told, guess=not led)

    def likeliest(self, phrase: Phrase) -> str | None:
        """Return the most salient state for a role, however little ties it to one."""
        asked = self._asked(phrase, ())
        return self.to.memory.salience.best(asked, self.to.register.states)

    def _told(self, phrase: Phrase) -> list[Actor]:
        """Return who was called by the same office or body before, the last first."""
        before = self.to.memory.holders(phrase.institution, phrase.head, plural=phrase.plural)
        return [actor for actor in before if not self._is_elsewhere(actor, phrase)]

    def _fixed(self, phrase: Phrase) -> tuple[Owned, str] | None:
        """Return the owner that a title, a city or an embassy's post tells."""
        head = phrase.body or phrase.head
        definite = phrase.person is not None or phrase.definite
        plain = not head.topic or phrase.institution != head.institution
        about = self.to.memory.about
        foreign = phrase.person is not None and bool(about) and head.country not in about
        if head.country is not None and definite and plain and not foreign:
            return [(head.country, None)], "title"
        named = phrase.start - 1 in self.to.hits
        country = None if named else city_country(self.to.doc, phrase.start)
        if country is not None:
            return [(country, None)], "city"
        if phrase.institution == "EMB" and phrase.pronoun is None:
            away = self._posted_in(phrase)
            if away:
                return self._sender(phrase, away)
        voice = self.to.memory.voice
        if head.the and definite and head.topic and voice is not None and not phrase.person:
            return [(voice.country, voice.institution)], "the speaker's"
        return None

    def _salient(self, phrase: Phrase, told: list[Actor], *, guess: bool) -> tuple[Owned, str]:
        """Return the most salient state: one whose office was told before, or any where ``guess`` allows."""
        head = phrase.body or phrase.head
        definite = phrase.person is not None or phrase.definite
        same = {actor.country: actor for actor in reversed(told)}
        titled = phrase.person is not None and phrase.rank in TITLES and not phrase.former
        spokes = phrase.rank == "spokesperson" and not self._serves_another(phrase)
        plain = (head.the and (definite or head.bare)) or (head.bare and not phrase.person)
        free = guess and bool(self.to.memory.about) and (plain or titled or spokes)
        organ = self.to.memory.organ() if phrase.rank in SENT else None
        if organ is not None and not same:
            return [(organ.country, None)], GUESSED
        if not free and not same:
            return [], ""
        asked = self._asked(phrase, tuple(dict.fromkeys(a.country for a in told)))
        among = self.to.register.states | same.keys() if free else same.keys()
        country = self.to.memory.salience.best(asked, among)
        if country is None:
            return [], ""
        known = same.get(country)
        if known is not None:
            inner = known.institution if phrase.institution == "GOV" else None
            return [(country, inner)], f"coreference: the {phrase.role.lower()}"
        if self._is_anothers(phrase, country):
            return [], ""
        return [(country, None)], GUESSED

    def _serves_another(self, phrase: Phrase) -> bool:
        """Return whether a spokesman speaks for somebody whom the words name: "a spokesman for the firm"."""
        after = self.to.doc[phrase.end : phrase.end + 1]
        return any(t.lower_ in {"for", "of", "at"} for t in after)

    def _asked(self, phrase: Phrase, same: tuple[str, ...]) -> Asked:
        """Return a phrase as a word whose state is asked for."""
        kind = "office" if phrase.head.rank else "inner" if phrase.institution in INNER else "body"
        kind = "envoy" if phrase.institution == "EMB" else kind
        return asked(self.to, phrase.at, phrase.start, phrase.end, kind=kind, same=same)

    def _ministry_here(self, phrase: Phrase) -> Actor | None:
        """Return the last ministry that the sentence names as one before a bare "the ministry"."""
        if phrase.role.lower() != "ministry" or not phrase.definite or phrase.plural:
            return None
        named = [a for m in self.to.so_far(phrase.start) for a in m.actors if _is_ministry(a)]
        return named[-1] if named else None

    def _is_elsewhere(self, before: Actor, phrase: Phrase) -> bool:
        """Whether "the ministry" is that of the country told of, not a department of another name."""
        about = self.to.memory.about
        another = "ministry" not in before.surface.lower()
        return "ministry" in phrase.head.words and another and before.country not in about[:1]

    def _is_anothers(self, phrase: Phrase, country: str) -> bool:
        """Return whether somebody else holds an office in a state: a "Premier Abiy" is not Kenya's."""
        if phrase.person is None or phrase.rank not in CHIEFS or self.to.day is None:
            return False
        named = {offices.key_of(word) for word in phrase.person.split()}
        chiefs = [
            office
            for office in offices.of_code(country)
            if office.rank in CHIEFS and office.held_on(self.to.day)
        ]
        own = (o.person for o in chiefs if o.rank == phrase.rank)
        known = any(named & {offices.key_of(word) for word in name.split()} for name in own)
        return bool(chiefs) and not known

    def _posted_in(self, phrase: Phrase) -> str | None:
        """Return the state that "the embassy in Abuja" is in, which is never the one that it belongs to."""
        if [t.lower_ for t in self.to.doc[phrase.end : phrase.end + 1]] != ["in"]:
            return None
        hit = self.to.hits.get(phrase.end + 1)
        return self.to.senses[id(hit)].code if hit is not None else None

    def _sender(self, phrase: Phrase, away: str) -> tuple[Owned, str]:
        """Return whose a mission is that stands in another state: the last other state named."""
        for index in sorted(self.to.found, reverse=True):
            country = self.to.found[index].actors[0].country
            if index < phrase.start and country != away and country in self.to.register.states:
                return [(country, None)], "the sentence's country"
        others = [code for code in self.to.memory.about if code != away]
        return ([(others[0], None)], GUESSED) if others else ([], "")


def asked(
    to: SentenceResolver, at: int, start: int, end: int, *, kind: str, same: tuple[str, ...] = ()
) -> Asked:
    """Return a word whose state is asked for, with what stands around it.

    Args:
        to: The sentence's resolver.
        at: Its head token.
        start: First token of its phrase.
        end: One past the last.
        kind: Column of the weights.
        same: States called by the same noun before, the last first.
    """
    named = [
        (i, to.senses[id(hit)].code)
        for i, hit in sorted(to.hits.items())
        if i < start and to.senses[id(hit)].kind in OWNERS
    ]
    said = _said(to.doc[at])
    rivals, placed = around(to, at, range(start, end))
    doers = to.acting(at) & rivals
    people = _people(to, at) & doers
    return Asked(
        kind=kind, number=to.sentence.number, at=at, here=to.heard(start), weak={code for _, code in named},
        named=[code for i, code in named if i not in said],
        rivals=rivals - doers, doers=doers - people, people=people,
        placed=placed, tellers=frozenset(_tellers(to, to.doc[at])), same=same,
    )  # fmt: skip


def _said(token: Token) -> set[int]:
    """Return the words of what a word says: "We want an apology from Chad," the ministry added."""
    verb = rings.verb_above(token)
    return {t.i for child in verb.children if child.dep_ == "ccomp" for t in child.subtree}


def around(to: SentenceResolver, at: int, phrase: range) -> tuple[frozenset[str], frozenset[str]]:
    """Return the states of the other parties of a word's clause, and those that are its place.

    Args:
        to: The sentence's resolver.
        at: The word's token.
        phrase: Tokens of its phrase.
    """
    rivals: set[str] = set()
    placed: set[str] = set()
    for token in rings.own(rings.verb_above(to.doc[at])):
        if token.i in phrase:
            continue
        states = _states_at(to, token)
        if states:
            (placed if _is_place(token) else rivals).update(states)
    return frozenset(rivals), frozenset(placed - rivals)


def _states_at(to: SentenceResolver, token: Token) -> set[str]:
    """Return the states that a token names or, where it was resolved already, stands for."""
    mention = to.found.get(token.i)
    if mention is not None:
        return {actor.country for actor in mention.actors}
    hit = to.hits.get(token.i)
    sense = to.senses[id(hit)] if hit is not None else None
    return {sense.code} if sense is not None and sense.kind in OWNERS else set()


def _people(to: SentenceResolver, at: int) -> set[str]:
    """Return the states whose own people act upon a word: "the opposition urged the president"."""
    subjects = (m for m in to.so_far(at) if to.doc[m.head].dep_ == "nsubj")
    return {a.country for m in subjects for a in m.actors if a.institution in INNER}


def _is_place(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in PLACES


def _tellers(to: SentenceResolver, token: Token) -> Iterator[str]:
    """Yield the states of those who say what the clause of a token tells."""
    verb = rings.verb_above(token)
    if verb.dep_ != "ccomp":
        return
    for subject in subjects_of(verb.head):
        mention = to.found.get(subject.i)
        if mention is not None and subject != token:
            yield from (actor.country for actor in mention.actors)


def _is_ministry(actor: Actor) -> bool:
    """Whether a department is told by that very word."""
    words = actor.surface.lower().split()
    return actor.institution not in {None, "GOV"} and "ministry" in words
