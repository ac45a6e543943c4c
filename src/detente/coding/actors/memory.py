"""What a document has told so far: who was named, in which office, and who spoke last."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from detente.coding.actors.discourse import Discourse
from detente.coding.actors.phrase import PARTICLES, STYLES
from detente.coding.actors.salience import Salience
from detente.model import Actor
from detente.registers import load as load_register
from detente.registers.offices import key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from detente.coding.actors.discourse import Heard
    from detente.coding.types import Mention
    from detente.registers.roles import Head

BELOW = {"diplomat": frozenset({"ambassador", "envoy", "charge d'affaires"})}
"""Ranks that a more general word can stand for: the ambassador is "the diplomat"."""
FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "JPN", "KHM", "HUN", "SGP"})
"""Countries whose people are called by the first word of a name, too."""
PUBLIC = frozenset({"CVL", "EDU", "BUS", "MED", "REL", "NGO"})
"""Institutions of people who are no side of talks between states."""
DEPARTMENTS = frozenset({"MFA", "MOD", "INT", "FIN", "ECO", "ENE", "JUD"})
"""Institutions that are ministries."""
Dyad = tuple[Actor, Actor]
"""Two that deal with one another."""
LEADS = 8
"""Actors that stood as subjects, among whom "the minister" is looked for before all others."""
REACH = 12
"""Mentions that "the two sides" looks back over."""


class Memory:
    """Names, offices and the last parties of one document.

    Args:
        about: Countries of the document, the main one first.
        bodies: Organisations that it names anywhere.
        share: Part of its names of states that each has.
        home: States that it is filed or published from.

    Attributes:
        talk: Who is talked of, for pronouns.
        salience: How salient each state is, for words without one.
        mediators: Who last stood between two others.
        voice: Who speaks in the first person at this place, None where nobody known does.
        fellow: Beside whom.
        likely: Persons by surname whose state is only the likeliest.
    """

    def __init__(
        self,
        *,
        about: Sequence[str],
        bodies: Sequence[str] = (),
        share: Mapping[str, float] | None = None,
        home: Collection[str] = (),
    ) -> None:
        self.about = tuple(about)
        self.bodies = tuple(dict.fromkeys(bodies))
        self._people: dict[str, Actor] = {}
        self._strangers: set[str] = set()
        self._roles: dict[tuple[str, str | None, str | None], Actor] = {}
        self._recent: list[Actor] = []
        self._ranked: list[Actor] = []
        self._by_body: dict[tuple[str | None, bool], list[Actor]] = defaultdict(list)
        self._dyads: list[tuple[Dyad, frozenset[str]]] = []
        self._leads: list[Actor] = []
        self.talk = Discourse()
        self.salience = Salience(self.about, share or {}, frozenset(home))
        self.mediators: tuple[Actor, ...] = ()
        self.voice: Actor | None = None
        self.fellow: Actor | None = None
        self.likely: dict[str, Actor] = {}

    def learn(self, name: str, actor: Actor) -> None:
        """Remember a person by full name and by surname."""
        words = name.replace(".", " ").split()
        self._people[" ".join(key_of(word) for word in words)] = actor
        self._people.setdefault(key_of(words[-1]), actor)
        self._people[key_of(words[-1])] = actor
        if PARTICLES & {word.lower() for word in words}:
            given = words[1] if words[0].lower() in STYLES else words[0]
            self._people.setdefault(key_of(given), actor)
        if actor.country in FAMILY_FIRST and len(words) > 1:
            self._people[key_of(words[0])] = actor

    def person(self, name: str) -> Actor | None:
        """Return who a name stands for; a full name also by its surname if first names agree."""
        words = [key_of(word) for word in name.replace(".", " ").split()]
        if not words:
            return None
        known = self._people.get(" ".join(words))
        if known is not None or len(words) == 1:
            return known
        known = self._people.get(words[-1])
        if known is None or known.person is None:
            return None
        first = key_of(known.person.split()[0])
        same = len(known.person.split()) == 1 or first == words[0] or first[:1] == words[0]
        return known if same else None

    def meet(self, name: str) -> None:
        """Remember a full name that nobody is known by: its surname is no office-holder's."""
        self._strangers |= {key_of(name.split()[-1]), key_of(name)}

    def is_strange(self, name: str) -> bool:
        """Return whether somebody unknown bears a surname or a full name."""
        return key_of(name) in self._strangers

    def holder(self, country: str, institution: str | None, rank: str) -> Actor | None:
        """Return the person who was named in an office before."""
        known = self._roles.get((country, institution, rank))
        return known if known is not None and known.person else None

    def holders(self, institution: str | None, head: Head, *, plural: bool) -> Iterator[Actor]:
        """Yield the actors of this rank and institution, the last first, for "the minister"."""
        if plural and head.rank is not None:
            return
        told: Sequence[Actor] = self._recent if head.rank is None else self._ranked
        general = head.topic and institution == "GOV"
        if not general:
            told = self._by_body.get((institution, head.rank is not None), ())
        ranks = (head.rank, *BELOW.get(head.rank or "", ()))
        secretary = _is_secretary(head.words[0])
        nouns = {noun for words in head.words for noun in words.split()}
        for actor in chain(reversed(self._leads[-LEADS:]), reversed(told)):
            if not (general or institution == actor.institution) or actor.rank not in ranks:
                continue
            if actor.role and _is_secretary(actor.role) != secretary:
                continue
            if head.rank is None and not self._is_told_as(actor, nouns):
                continue
            if head.rank is not None or actor.institution not in {None, "GOV"}:
                yield actor

    def _backwards(self, here: Sequence[Mention]) -> Iterator[Actor]:
        """Yield the actors of the sentence and of those before it, the last first."""
        return chain(reversed([a for m in here for a in m.actors]), reversed(self._recent))

    def _is_told_as(self, actor: Actor, nouns: set[str]) -> bool:
        """Return whether a body was told by its own noun, or is of the country that the text is about.

        "Its last soldiers" make no "the army" of the state that withdraws them.
        """
        if actor.country in self.about[:1]:
            return True
        return not nouns.isdisjoint(actor.surface.lower().split())

    def owner(self, pronoun: str, number: int, here: Sequence[Mention]) -> Actor | None:
        """Return whose something is, for "his", "its" and "their".

        Args:
            pronoun: The word.
            number: Number of the sentence.
            here: Mentions of the sentence that it may mean.
        """
        if pronoun in {"our", "my"}:
            return self.voice
        people = pronoun in {"his", "her"}
        for actor in reversed([a for m in here for a in m.actors]):
            if bool(actor.person or actor.rank) == people:
                return actor
        if people:
            return self.talk.person(number, (), ())
        found = self.talk.several(number, (), ()) if pronoun == "their" else ()
        if len({actor.country for actor in found}) == 1:
            return found[0]
        return self.talk.thing(number, (), ()) or self._last_body()

    def _last_body(self) -> Actor | None:
        """Return the last party that is no person."""
        return next((a for a in reversed(self._recent) if not (a.person or a.rank)), None)

    def office(self, here: Sequence[Mention], country: str) -> Actor | None:
        """Return the last office of another country, for "her counterpart from ..."."""
        for actor in self._backwards(here):
            if actor.country != country and (actor.rank or actor.institution):
                return actor
        return None

    def pair(
        self,
        here: Sequence[Mention],
        *,
        states: bool,
        size: int = 2,
        apart: frozenset[str] = frozenset(),
    ) -> tuple[Actor, ...]:
        """Return the last two parties (or as many as asked), the earlier first.

        Parties of different countries are preferred; else two bodies of one country stand.

        Args:
            here: Mentions of the sentence so far.
            states: Whether states are asked for, not the bodies or persons that stood for them.
            size: How many.
            apart: Countries of who acts upon them, and so may be none of them.
        """
        both = self._facing(here, states=states, apart=apart) if size == 2 else ()
        if both:
            return both
        pool = [*self._recent[-REACH:], *(a for m in here for a in m.actors)][-REACH:]
        last = self.talk.last()
        if len(here) == 1 and len({a.country for a in last}) == size:
            pool = list(last)
        pool = [a for a in pool if a.institution not in PUBLIC] or pool
        if states:
            known = load_register().states
            pool = [actor for actor in pool if actor.country in known]
        found: dict[str, Actor] = {}
        nearest_first = pool[::-1]
        for actor in sorted(nearest_first, key=lambda a: self._standing(a, here)):
            if actor.country not in found and len(found) < size:
                found[actor.country] = actor
        if len(found) < size and not states:
            found = {}
            for actor in reversed(pool):
                if actor.code not in found and len(found) < size:
                    found[actor.code] = actor
        return _even(tuple(reversed(found.values())), states=states)

    def _facing(
        self, here: Sequence[Mention], *, states: bool, apart: frozenset[str]
    ) -> tuple[Actor, ...]:
        """Return who speaks and beside whom, or else the two that dealt with one another."""
        named = {a.country for m in here for a in m.actors}
        if self.voice is not None and self.fellow is not None:
            both = (self.voice, self.fellow)
            if named <= {a.country for a in both}:
                return tuple(state_of(actor) for actor in both) if states else both
        return self._dealt(here, states=states, apart=apart) if len(named) < 2 else ()

    def _dealt(
        self, here: Sequence[Mention], *, states: bool, apart: frozenset[str]
    ) -> tuple[Actor, ...]:
        """Return the two that dealt with one another last; of states the two that did so most.

        Who is named in the sentence is one of them, unless he acts upon two others.
        """
        named = {a.country for m in here for a in m.actors}
        dyads = [one for one in self._dyads if named <= one[1]]
        others = [one for one in self._dyads if not apart & one[1]] if apart else []
        dyads = others if len(others) > len(dyads) else dyads
        if states:
            known = load_register().states
            dyads = [one for one in dyads if one[1] <= known and len(one[1]) > 1]
        if not dyads:
            return ()
        times = Counter(countries for _, countries in dyads)
        most = max(times.values())
        likely = [one for one in reversed(dyads) if not states or times[one[1]] == most]
        main = frozenset(self.about[:2]) if states else None
        last, countries = next((one for one in likely if one[1] == main), likely[0])
        if len(countries) < 2:
            return last
        pool = [*self._recent, *(a for m in here for a in m.actors)]
        found = tuple(self._standing_for(actor, pool) for actor in last)
        return _even(found, states=states)

    @staticmethod
    def _standing_for(one: Actor, pool: Sequence[Actor]) -> Actor:
        """Return who stood for an actor's country last: a body or an office, not its people."""
        own = [actor for actor in pool if actor.country == one.country] or [one]
        return next((a for a in reversed(own) if a.institution not in PUBLIC), own[-1])

    def _standing(self, actor: Actor, here: Sequence[Mention]) -> int:
        """Return 0 for who is named in the sentence or is what the text is mostly about, else 1."""
        named = any(actor.country == a.country for m in here for a in m.actors)
        return 0 if named or actor.country in self.about[:2] else 1

    def ministry(self, country: str) -> str | None:
        """Return the department of a country that was told of before, if it was just one."""
        found = {
            actor.institution
            for actor in self._recent
            if actor.country == country and actor.institution in DEPARTMENTS
        }
        return found.pop() if len(found) == 1 else None

    def group(self, rank: str, here: Sequence[Mention], *, two: bool = False) -> tuple[Actor, ...]:
        """Return the last holders of one rank, two or more, for "the ministers".

        Args:
            rank: Protocol rank.
            here: Mentions of the sentence so far.
            two: True for just two ("both ministers"): those who dealt with one another last.
        """
        every = [*self._recent, *(a for m in here for a in m.actors)]
        found = {actor.code: actor for actor in every[-REACH:] if actor.rank == rank}
        if two and self._dyads:
            dyad = self._dyads[-1][1]
            both = {a.country: a for a in every if a.country in dyad and a.rank == rank}
            if len(both) > 1:
                return tuple(both.values())
        return tuple(found.values())[-2 if two else 0 :] if len(found) > 1 else ()

    def state(
        self, here: Sequence[Heard], states: frozenset[str], but: Collection[str] = ()
    ) -> Actor | None:
        """Return the state that "the country" stands for: the most salient one, but for some."""
        countries = (actor.country for actor in self.talk.subjects(here))
        found = next((c for c in (*countries, *self.about) if c in states and c not in but), None)
        return Actor(code=found, country=found) if found is not None else None

    def other(self, own: frozenset[str]) -> Actor | None:
        """Return the state that deals with one of these, for "the neighbouring country"."""
        known = load_register().states
        dealt = (
            a.country for dyad, countries in reversed(self._dyads) if own & countries for a in dyad
        )
        found = next((c for c in (*dealt, *self.about[:3]) if c not in own and c in known), None)
        return Actor(code=found, country=found) if found is not None else None

    def of(self, institutions: frozenset[str]) -> Actor | None:
        """Return the last body of a kind, for "the group", "the company"."""
        for actor in reversed(self._recent):
            if actor.institution in institutions and not actor.rank:
                return actor
        return None

    def body(self, codes: Iterable[str], *, ahead: bool = False) -> Actor | None:
        """Return the organisation that "the alliance" stands for, if it was named.

        With ``ahead`` one that the text names later, where there is just one, will do.
        """
        wanted = set(codes)
        for actor in reversed(self._recent):
            if actor.country in wanted:
                return state_of(actor)
        later = [code for code in self.bodies if code in wanted] if ahead else []
        if len(later) != 1:
            return None
        return Actor(code=later[0], country=later[0], institution="IGO", how="named later")

    def unnamed(self, codes: Iterable[str]) -> Actor | None:
        """Return the organisation that "the Union" stands for where none was named: most states of the text are its members."""
        members = load_register().members
        count = {code: len({m for m, *_ in members[code]} & set(self.about)) for code in codes}
        most = max(count.values(), default=0)
        best = [code for code, number in count.items() if number == most]
        if not most or len(best) > 1:
            return None
        return Actor(code=best[0], country=best[0], institution="IGO")

    def organ(self) -> Actor | None:
        """Return the organisation that publishes the text."""
        known = load_register().members
        code = next((c for c in sorted(self.salience.home) if c in known), None)
        return Actor(code=code, country=code, institution="IGO") if code is not None else None

    def pronoun(
        self,
        word: str,
        number: int,
        here: Sequence[Heard],
        but: Collection[str],
        rivals: Collection[str] = (),
    ) -> tuple[Actor, ...]:
        """Return whom "he", "she", "it" or "they" stands for.

        Args:
            word: The pronoun in its subject form.
            number: Number of the sentence.
            here: Parties before it in the sentence.
            but: Codes of those that it cannot be.
            rivals: States of the other parties of its clause.
        """
        if word == "they":
            return self.talk.several(number, here, but)
        find = self.talk.thing if word == "it" else self.talk.person
        actor = find(number, here, but, rivals)
        return () if actor is None else (actor,)

    def joint(self) -> tuple[Actor, ...]:
        """Return those who acted together in the sentence before, for "their ministers"."""
        return self.talk.joint()

    def close(
        self,
        number: int,
        mentions: Sequence[Mention],
        parties: Sequence[Heard] = (),
        dyad: Dyad | None = None,
        leads: Sequence[Actor] = (),
    ) -> None:
        """Remember the mentions of a sentence that has been read.

        Args:
            number: Its number.
            mentions: Its mentions in the order of the text.
            parties: Its parties, the most salient first.
            dyad: The two that deal with one another in it.
            leads: Single actors that stand as subjects.
        """
        self._leads += leads
        if dyad is not None:
            self._dyads.append((dyad, frozenset(actor.country for actor in dyad)))
        for mention in mentions:
            if mention.kind == "adjective" or mention.place:
                continue
            for actor in mention.actors:
                self._recent.append(actor)
                self._by_body[actor.institution, False].append(actor)
                if actor.rank is not None:
                    self._ranked.append(actor)
                    self._by_body[actor.institution, True].append(actor)
                    self._roles[actor.country, actor.institution, actor.rank] = actor
        self.talk.close(number, parties)
        self.salience.close(number, parties, mentions, frozenset(a.country for a in dyad or ()))


def _even(actors: tuple[Actor, ...], *, states: bool) -> tuple[Actor, ...]:
    """Return the states of sides where these are asked for, or where one of them is told as a state."""
    uneven = len({actor.institution is None for actor in actors}) > 1
    return tuple(state_of(actor) for actor in actors) if states or uneven else actors


def _is_secretary(role: str) -> bool:
    return "secretary" in role.lower()


def state_of(actor: Actor) -> Actor:
    """Return the state or organisation that an actor belongs to, as an actor."""
    institution = "IGO" if actor.institution == "IGO" else None
    return replace(
        actor, code=actor.country, institution=institution, person=None, role=None, rank=None
    )
