"""Whose a role is: "the Polish minister", "the minister", "its envoy", "Shanghai police"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors.holders import holder
from detente.coding.actors.likely import LIKELIEST
from detente.coding.actors.persons import Persons
from detente.coding.actors.phrase import HONORIFICS, LED, POSTED
from detente.coding.actors.unowned import CHIEFS, TITLES, Unowned
from detente.coding.grammar import rings
from detente.model import Actor
from detente.registers import leaders, offices, roles

if TYPE_CHECKING:
    from detente.coding.actors.phrase import Phrase
    from detente.coding.actors.resolver import SentenceResolver
    from detente.coding.actors.unowned import Owned
    from detente.coding.types import Mention
    from detente.registers.offices import Office

OWNERS_FIRST = frozenset({
    ("HOS", "LEG"), ("UAF", "REB"), ("MIL", "REB"), ("REB", "UAF"), ("MIL", "INT"), ("MIL", "UAF"),
})  # fmt: skip
"""Pairs of a role's institution and its owner's where the owner's stands: "president of the Seimas"."""


SIZES = {"both": 2, "two": 2, "three": 3, "four": 4}
"""Numbers of states whose ministers meet: "of the two countries"."""


LEADERS = frozenset({
    "head of state", "deputy head of state", "head of government", "deputy head of government",
    "minister", "deputy minister", "security adviser",
})  # fmt: skip
"""Ranks that each of several states has one of."""


BODIES = frozenset({"MFA", "MOD", "MIL", "LEG", "GOV", "INT", "EMB"})
"""Institutions that each of several states has: "their navies"."""


ORGANS = frozenset(
    "authority commission council secretariat assembly community mission conference summit chairperson organisation organization".split()
)
"""Nouns for the organisation that a text is published by: "the Authority"."""
STANDS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss"})
"""Relations of an argument to its verb or noun, from which a title that is torn off is told."""


STAFF = frozenset({"spokesperson", "director", "adviser", "commander", "officer"})
"""Ranks of those who belong to the body that a pronoun stands for: "its spokesman", "their commanders"."""
TERMS = (90, 180)
"""Days after which one who is elected has taken office."""
MINISTERIAL = frozenset({"minister", "ministry"})
"""First words of the heads that stand for a department named before: "the Estonian ministry"."""


FRIENDS = frozenset({"neighbour", "neighbor"})
"""Nouns that with "its" mean another state."""


class RoleReader:
    """Resolves the role phrases of one sentence.

    Args:
        to: The sentence's resolver.
    """

    def __init__(self, to: SentenceResolver) -> None:
        self.to = to
        self._unowned = Unowned(to)

    def read(self, phrase: Phrase) -> None:
        """Put a mention for a role phrase whose owner is known."""
        if phrase.head.needs_owner and not phrase.owners:
            self._guess(phrase)
            return
        words = {t.lower_ for t in self.to.doc[max(0, phrase.start - 1) : phrase.at]}
        definite = phrase.definite or "both" in words
        if phrase.plural and definite and not phrase.owners and phrase.head.rank:
            group = self.to.memory.group(
                phrase.head.rank, self.to.so_far(phrase.start), two=bool(words & {"both", "two"})
            )
            if group:
                span = self.to.doc[phrase.start : phrase.end]
                self.to.put(span, group, "reference", how=f"coreference: {span.text.lower()}")
                self.to.taken.update(range(phrase.start, phrase.end))
                return
        if definite and self._is_of_sides(phrase):
            return
        if phrase.plural and not phrase.owners and phrase.head.rank and words & {"both", "two"}:
            self._put_both(phrase)
            return
        actors = self._role_actors(phrase)
        if not actors:
            self._guess(phrase)
            return
        span = self.to.doc[self._first(phrase) : phrase.end]
        how = "apposition" if phrase.extra is not None and actors[0].how == "role phrase" else None
        self.to.put(span, actors, "role" if phrase.head.rank else "institution", how=how)
        self.to.taken.update(range(phrase.start, phrase.end))
        if phrase.extra is not None:
            self.to.taken.update(range(*phrase.extra))
            apposed = self.to.doc[slice(*phrase.extra)]
            torn = apposed.root.dep_ in STANDS and span.root.dep_ not in STANDS
            if apposed.root.i < span.root.i or span.root.dep_ == "appos" or torn:
                self.to.found.pop(span.root.i, None)
                self.to.put(apposed, actors, "person", how=how)

    def _guess(self, phrase: Phrase) -> None:
        """Keep a role that nothing ties to a state as one of the likeliest state."""
        country = self._unowned.likeliest(phrase)
        if country is None or (phrase.person is not None and phrase.rank not in TITLES):
            return
        actor = self._actor(country, phrase.institution, phrase, LIKELIEST)
        actor = msgspec.structs.replace(
            actor, person=None
        )  # who is named is tied to no state by a guess
        self.to.guesses.put(self.to.doc[phrase.start : phrase.end], actor)
        if phrase.person is not None:
            self.to.memory.likely[phrase.person.rsplit(maxsplit=1)[-1]] = actor

    def _put_both(self, phrase: Phrase) -> None:
        """Put a mention for "the two premiers": those of the two states that deal with one another."""
        both = self.to.memory.pair(self.to.so_far(phrase.start), states=True)
        if len(both) == SIZES["two"]:
            span = self.to.doc[phrase.start : phrase.end]
            how = f"coreference: {span.text.lower()}"
            actors = [self._actor(a.country, phrase.institution, phrase, how) for a in both]
            self.to.put(span, actors, "reference", how=how)
            self.to.taken.update(range(phrase.start, phrase.end))

    def _is_of_sides(self, phrase: Phrase) -> bool:
        """Return whether "the delegations", "both armies" are those of two sides told before."""
        pairs = roles.load().pairs
        low = self.to.doc[phrase.at].lower_
        bare = not phrase.owners and phrase.pronoun is None and phrase.head.rank is None
        if not bare or not phrase.plural or low not in pairs.sides | pairs.states:
            return False
        here = self.to.so_far(phrase.start)
        return len(self.to.memory.pair(here, states=low in pairs.states)) == SIZES["two"]

    def _first(self, phrase: Phrase) -> int:
        """Return where a phrase begins, the honours before it included: "H.E. the Minister"."""
        first = phrase.start
        while first > 0 and self.to.doc[first - 1].lower_ in HONORIFICS:
            first -= 1
        return first

    def _role_actors(self, phrase: Phrase) -> tuple[Actor, ...]:
        owners, how = self._owners(phrase)
        institution = phrase.institution
        if not owners and phrase.pronoun is None:
            owners, how = self._last_resort(phrase)
        actors = []
        for country, of_institution in owners:
            inner = institution
            if (phrase.head.needs_owner and of_institution is not None and institution is None) or (
                of_institution is not None
                and (
                    institution in {None, "GOV"}
                    or (institution, of_institution) in OWNERS_FIRST
                    or (institution == "HOS" and of_institution in LED)
                )
            ):
                inner = of_institution
            if how == "coreference: its neighbour":
                inner = None
            alone = len(owners) == 1 and phrase.head.words[0] in MINISTERIAL
            if inner == "GOV" and alone:
                inner = self.to.memory.ministry(country) or inner
            if phrase.head.sector == "UNK" and of_institution is not None:
                inner = of_institution
            if country in self.to.register.members and not country.startswith("BLOC:"):
                inner = self.to.register.bodies.get(country, "IGO")
            actors.append(self._actor(country, inner, phrase, how))
        if phrase.person and len(actors) == 1:
            self.to.memory.learn(phrase.person, actors[0])
        return tuple(actors)

    def _last_resort(self, phrase: Phrase) -> tuple[Owned, str]:
        """Return the country of a person who left an office, or of a city; or, where allowed, none."""
        if phrase.person is not None and phrase.head.rank in POSTED:
            self.to.memory.meet(phrase.person)
        elif phrase.person is not None and self.to.day is not None:
            past = offices.last_held(phrase.person, day=self.to.day, countries=self.to.memory.about)
            if past is not None:
                return [(past.code, None)], "former office-holder"
        if self.to.unowned and phrase.institution is not None and not phrase.head.needs_owner:
            return [("", None)], "role alone"
        return [], ""

    def _actor(self, country: str, institution: str | None, phrase: Phrase, how: str) -> Actor:
        person = phrase.person
        institution, rank = self._standing(country, institution, phrase)
        if person is None and rank is not None and not phrase.plural:
            known = self.to.memory.holder(country, institution, rank)
            person = known.person if known is not None else None
        if phrase.former:
            held = self._held_then(person, country)
            if held is not None:
                return held
            prefix = "former " if "former" not in phrase.role.lower() else ""
            return Actor(
                code=country, country=country, person=person, role=prefix + phrase.role, how=how
            )
        own = self.to.register.bodies.get(country, "IGO")
        code = f"{country}.{institution}" if institution not in {None, own} else country
        same = institution == phrase.institution and institution != phrase.sector
        sector = phrase.sector if same else None
        return Actor(
            code=code.removeprefix("."), country=country, institution=institution, person=person,
            role=phrase.role if rank or phrase.elect else None, rank=rank, sector=sector, how=how,
        )  # fmt: skip

    def _standing(
        self, country: str, institution: str | None, phrase: Phrase
    ) -> tuple[str | None, str | None]:
        """Return the institution and rank of a role in a state or body; one elected holds no office yet."""
        rank = phrase.rank
        if phrase.elect:
            return None, rank
        if rank != "head of state":
            return institution, rank
        if self._is_led_by_government(country, institution, phrase):
            return "HOG", "head of government"
        if institution in LED:
            return institution, "director"
        if institution == "LEG":
            return institution, "speaker"
        body = country in self.to.register.members and not country.startswith("BLOC:")
        return institution, "head of organisation" if body else rank

    def _held_then(self, person: str | None, country: str) -> Actor | None:
        """Return a former holder in the office of the day that a sentence tells of."""
        if person is None or not self.to.elsewhen:
            return None
        held = offices.lookup(person, day=self.to.day, countries=(country,))
        if held is None or held.code != country:
            return None
        actor, how = holder(person, day=self.to.day, about=(country,), register=self.to.register)
        return msgspec.structs.replace(actor, how=how) if actor is not None else None

    def _is_led_by_government(self, country: str, institution: str | None, phrase: Phrase) -> bool:
        """Return whether a state's "leader" is its head of government; one in office is what he is."""
        if institution != "HOS" or phrase.head.words[0] != "leader":
            return False
        if phrase.person is not None:
            held = offices.lookup(phrase.person, day=self.to.day, countries=(country,))
            if held is not None and held.code == country and held.rank in CHIEFS:
                return held.institution == "HOG"
        return leaders.is_led_by_government(country, self.to.day)

    def _owners(self, phrase: Phrase) -> tuple[Owned, str]:
        """Return (country, institution of the owner) for everyone that a role belongs to."""
        if phrase.owners:
            senses = [self.to.senses[id(hit)] for hit in phrase.owners]
            if len(senses) > 1 and not phrase.plural and phrase.person is None:
                senses = senses[-1:] if phrase.owners[-1].start > phrase.owners[0].start else senses
            return [
                (s.code, None if s.kind == "organisation" else s.institution) for s in senses
            ], "role phrase"
        named = self._named_owner(phrase) or self._owner_below(phrase) or self._after_of(phrase)
        if named is not None:
            return named
        together = self._several(phrase) if phrase.plural else []
        if together:
            staff = phrase.head.rank in STAFF
            owned = dict.fromkeys((a.country, a.institution if staff else None) for a in together)
            return list(owned), "coreference: both"
        if phrase.pronoun is not None and FRIENDS & set(phrase.role.lower().split()):
            return self._neighbour(phrase)
        if phrase.pronoun == "whose":
            return self._antecedent(phrase)
        if phrase.pronoun is not None:
            number = self.to.sentence.number
            owner = self.to.memory.owner(phrase.pronoun, number, self._nearest(phrase))
            if owner is None:
                return [], ""
            inner = owner.institution if phrase.head.rank in STAFF else None
            return [(owner.country, inner)], f"coreference: {phrase.pronoun}"
        return self._unowned.of(phrase)

    def _owner_below(self, phrase: Phrase) -> tuple[Owned, str] | None:
        """Return the state of a body that a role is of: "guards of the Committee for Security of Mali"."""
        after = [t.lower_ for t in self.to.doc[phrase.end : phrase.end + 1]]
        if phrase.pronoun is not None or after != ["of"]:
            return None
        heads, token = roles.load().heads, self.to.doc[phrase.at]
        while True:
            preps = [p for p in token.children if p.dep_ == "prep" and p.i > phrase.at]
            below = [c for p in preps for c in p.children if c.dep_ == "pobj"]
            names = [c for c in below if c.pos_ == "PROPN" and (c.lower_,) not in heads]
            if not names:
                return None
            token = names[0]
            hit = self.to.hits.get(token.i)
            if hit is not None:
                sense = self.to.senses[id(hit)]
                return ([(sense.code, None)], "role phrase") if sense.kind == "state" else None

    def _antecedent(self, phrase: Phrase) -> tuple[Owned, str]:
        """Return whose a role is in "the Danes, whose envoy left": the noun's before the clause."""
        clause = rings.verb_above(self.to.doc[phrase.at])
        mention = self.to.found.get(clause.head.i) if clause.dep_ == "relcl" else None
        if mention is None or len(mention.actors) != 1 or not mention.actors[0].country:
            return [], ""
        return [(mention.actors[0].country, None)], "coreference: whose"

    def _several(self, phrase: Phrase) -> list[Actor]:
        """Return whose the ministers "of the two countries" are, or "their" ministers."""
        here = self.to.so_far(phrase.start)
        body = phrase.institution in BODIES
        if phrase.pronoun == "their" and (phrase.head.rank or body):
            actors = self.to.joint() or (() if here else self.to.memory.joint())
            return list(actors)
        after = [t.lower_ for t in self.to.doc[phrase.end : phrase.end + 4]]
        pairs = roles.load().pairs
        sent = after[:1] == ["from"]
        if not sent and (phrase.head.rank not in LEADERS or after[:1] != ["of"]):
            return []
        if not (pairs.states | pairs.sides) & set(after):
            return []
        size = next((SIZES[word] for word in after if word in SIZES), 0)
        both = self.to.memory.pair(here, states=True, size=size) if size else ()
        return list(both) if len(both) == size else []

    def _neighbour(self, phrase: Phrase) -> tuple[Owned, str]:
        """Return the other state that the text is about, for "its neighbour"."""
        own = {a.country for m in self.to.so_far(phrase.start) for a in m.actors}
        voice = self.to.memory.voice
        own |= {voice.country} if voice is not None else set()
        others = [c for c in self.to.memory.about[:3] if c not in own]
        return ([(others[0], None)], "coreference: its neighbour") if others else ([], "")

    def _nearest(self, phrase: Phrase) -> list[Mention]:
        """Return the mentions that a pronoun may mean: the sentence's subjects before the others."""
        here = self.to.so_far(phrase.start)
        subjects = [m for m in here if self.to.doc[m.head].dep_ in {"nsubj", "nsubjpass"}]
        if phrase.pronoun not in {"its", "their"}:
            return subjects[:1] or here
        verb = self.to.doc[phrase.at].head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
        if verb.dep_ == "advcl" or "own" in phrase.before:
            subjects = [m for m in subjects if self.to.doc[m.head].head == verb] or subjects
        return subjects[:1] or here

    def _coming(self, person: str, role: str) -> Office | None:
        """Return the office that one who is elected has soon: "President-elect Donald Trump"."""
        day = date.fromisoformat((self.to.day or "")[:10])
        later = ((day + timedelta(days=days)).isoformat() for days in TERMS)
        held = (offices.lookup(person, day=when, role=role) for when in later)
        return next((office for office in held if office is not None), None)

    def _named_owner(self, phrase: Phrase) -> tuple[Owned, str] | None:
        """Return the owner by the person's name, or by a body named before ("the court")."""
        if phrase.person is not None:
            known = self.to.memory.person(phrase.person)
            if known is not None:
                same = known.rank is not None and known.rank == phrase.rank
                return [(known.country, known.institution if same else None)], "named before"
            office = offices.lookup(
                phrase.person, day=self.to.day, countries=self.to.memory.about, role=phrase.role
            )
            if office is not None:
                return [(office.code, office.institution)], "office-holder"
            if phrase.elect and self.to.day is not None:
                office = self._coming(phrase.person, phrase.role)
                if office is not None:
                    return [(office.code, office.institution)], "office to come"
            told = self.to.told(phrase.person)
            if told is not None:
                return [(told.country, told.institution)], "learned"
        noun = phrase.role.lower()
        body = self._body(noun) if phrase.definite and phrase.pronoun is None else None
        if body is not None:
            return [(body.country, None)], f"coreference: the {noun}"
        return None

    def _body(self, noun: str) -> Actor | None:
        """Return the organisation that "the council" stands for: one told before, or the one that publishes the text."""
        memory, codes = self.to.memory, self.to.register.nouns.get(noun, ())
        told = memory.body(codes) if codes else None
        return told or (memory.organ() if noun in ORGANS else None)

    def _after_of(self, phrase: Phrase) -> tuple[Owned, str] | None:
        """Return whose "the government of Ada Example" or "the president of the Commission" is."""
        doc, first = self.to.doc, phrase.end
        if doc[first : first + 1].text.lower() != "of":
            return None
        after = doc[first + 1 : first + 3]
        if len(after) == 2 and after[0].lower_ == "the":
            body = self._body(after[1].lower_)
            return ([(body.country, None)], f"coreference: the {after[1].lower_}") if body else None
        end = first + 1
        persons = Persons(self.to)
        while end < len(doc) and persons.may_be_name(end):
            end += 1
        if end - first < SIZES["two"]:
            return None
        name = doc[first + 1 : end].text
        known = self.to.memory.person(name)
        if known is None:
            found, _ = holder(
                name, day=self.to.day, about=self.to.memory.about, register=self.to.register
            )
            known = found
        return ([(known.country, None)], "office-holder") if known is not None else None
