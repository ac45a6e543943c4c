"""Reads what refers back: "the alliance", "both sides", "his Polish counterpart", "it"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors.discourse import is_person
from detente.coding.actors.fellows import FELLOWS, Fellows
from detente.coding.actors.nearby import SAYING
from detente.coding.actors.unowned import around
from detente.coding.grammar.subjects import subjects_of
from detente.coding.grammar.verbs import topmost
from detente.model import Actor
from detente.registers import roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.actors.resolver import SentenceResolver
    from detente.coding.grammar.tree import Span, Token

SUBJECTS = {
    "he": "he",
    "him": "he",
    "she": "she",
    "her": "she",
    "it": "it",
    "they": "they",
    "them": "they",
}
"""Pronouns that may stand for an actor, by their subject form."""
GROUPS = {
    "group": frozenset({"REB", "UAF", "OPP", "PTY", "NGO"}),
    "movement": frozenset({"REB", "UAF", "OPP", "PTY"}),
    "party": frozenset({"PTY", "OPP"}),
    "militia": frozenset({"REB", "UAF"}),
    "company": frozenset({"BUS"}),
    "firm": frozenset({"BUS"}),
    "broadcaster": frozenset({"MED"}),
}
"""Institutions that a common noun can stand for once one was named."""
NUMBERED = frozenset({"nation", "member", "country", "state"})
"""Words that a number stands before: "the 15-nation bloc"."""
OTHER_BODIES = frozenset(
    "transitional national local city municipal supreme ruling governing electoral constitutional high appeals "
    "federal district military student new other same whole entire bar tribal elders presidency".split()
)
"""Words that make a common noun another body's: "the transitional council"."""
BEFORE = frozenset({"det", "amod", "nummod", "poss", "compound", "predet", "nmod"})
"""Relations of the words before a noun."""
AHEAD = frozenset(
    {"bloc", "grouping", "alliance", "watchdog", "cartel", "regional body", "world body"}
)
"""Nouns by which a lead tells a body that is named further on."""
OF_STATES = frozenset({"MIL", "LEG", "MFA", "MOD"})
"""Institutions that two states each have: "both armies"."""
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj"})
"""Relations of a pronoun that stands for a party."""
SIZES = {"three": 3, "trio": 3, "four": 4}
"""Parties that a number means where it is not two."""
NUMBERS_ALONE = frozenset({"two", "both", "pair", "duo", "three", "trio"})
"""Words that stand for so many parties without a noun."""
MEDIATORS = frozenset({"mediators", "mediator", "facilitators", "facilitator", "go-between"})
"""Nouns for who stands between two others."""
SIDE = frozenset({"side", "party"})
OTHERS = frozenset({"neighbouring", "neighboring", "other"})
"""Words before "country" that mean the other one."""
GOALS = frozenset({"from", "to", "into"})
"""Prepositions before the country that another one sends something to or takes it from."""
STATES = frozenset({"country", "republic", "nation"})
"""Nouns that can stand for the last state."""
KINDS = {
    "island": frozenset("TWN NRU CYP MLT IRL ISL LKA CUB JAM MDG HTI MUS GRD BRB FJI".split()),
    "islands": frozenset("SLB MHL FJI PHL MDV BHS COM".split()),
    "archipelago": frozenset("IDN PHL MDV FJI SYC CPV BHS".split()),
    "sultanate": frozenset({"OMN", "BRN"}),
    "emirate": frozenset({"QAT", "KWT", "ARE"}),
    "kingdom": frozenset("SAU JOR MAR BHR GBR ESP NLD BEL NOR SWE DNK THA KHM BTN TON LSO".split()),
}
"""Nouns that stand for a state of a kind that was named before."""


@lru_cache(8)
def _nouns(listed: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the nouns that can stand for a body, and the last words of these."""
    nouns = listed.union(STATES, KINDS, GROUPS)
    return nouns, frozenset(noun.rpartition(" ")[2] for noun in nouns)


@lru_cache(8)
def _asked(last_words: frozenset[str]) -> frozenset[str]:
    """Return the nouns and numbers that may stand for parties told before, those of pairs included."""
    pairs = roles.load().pairs
    return last_words.union(MEDIATORS, SIDE, NUMBERS_ALONE, pairs.sides, pairs.states, pairs.people)


class References:
    """Resolves the references of one sentence.

    Args:
        to: The sentence's resolver, whose names and roles are already found.
    """

    def __init__(self, to: SentenceResolver) -> None:
        self.to = to
        self._fellows = Fellows(to)
        pairs = roles.load().pairs
        self._states = pairs.states
        self._pairs = pairs.sides | pairs.states | pairs.people
        self._nouns, self._last_words = _nouns(frozenset(to.register.nouns))

    def read(self) -> None:
        """Put a mention for every reference of the sentence that can be resolved."""
        found, taken = self.to.found, self.to.taken
        asked = _asked(self._last_words)
        for token in self.to.doc.tokens:
            if token.i in found or token.i in taken:
                continue
            low = token.lower_
            if low in FELLOWS:
                self._fellows.read(token.i)
            elif low in SUBJECTS and token.dep_ in ARGUMENTS and not _is_of_things(token):
                self._pronoun(token)
            elif low in asked:
                self._noun(token)

    def _noun(self, token: Token) -> None:
        """Put a mention for a noun or number that stands for parties told before."""
        low = token.lower_
        if low in MEDIATORS:
            self._mediators(token.i)
        elif low in SIDE and self._phrase_words(token.i) >= {"the", "other"}:
            self._other_side(token.i)
        elif token.tag_ in {"NNS", "NNPS"} and low in self._pairs:
            self._pair(token.i, states=low in self._states)
        elif low in NUMBERS_ALONE and self._stands_alone(token):
            self._pair(token.i, states=False)
        elif (
            low in self._last_words
            and (noun := self._noun_at(token.i))
            and self._definite(token.i, noun)
        ):
            one = self._named_before(noun, token.i)
            if one is not None:
                span = self._phrase_span(token.i)
                self.to.put(span, (one,), "reference", how=f"coreference: the {noun}")

    def _pronoun(self, token: Token) -> None:
        actors = self._teller(token) or self.to.memory.pronoun(
            SUBJECTS[token.lower_], self.to.sentence.number, self.to.heard(token.i),
            self.to.apart(token.i), around(self.to, token.i, range(token.i, token.i + 1))[0],
        )  # fmt: skip
        if actors:
            span = self.to.doc[token.i : token.i + 1]
            self.to.put(span, actors, "reference", how=f"coreference: {token.lower_}")

    def _teller(self, token: Token) -> tuple[Actor, ...]:
        """Return who says of himself what a pronoun does: "the Treasury announced that it had ..."."""
        word, verb = SUBJECTS[token.lower_], token.head
        if token.dep_ not in {"nsubj", "nsubjpass"} or verb.dep_ != "ccomp" or word == "they":
            return ()
        if verb.head.lemma_.lower() not in SAYING:
            return ()
        [*tellers] = (t for t in subjects_of(verb.head) if t.i in self.to.found and t.i < token.i)
        if len(tellers) != 1:
            return ()
        actors = self.to.found[tellers[0].i].actors
        person = is_person(actors[0]) == (word != "it")
        return actors if len(actors) == 1 and person else ()

    def _phrase_words(self, index: int) -> set[str]:
        return {token.lower_ for token in self._phrase_span(index)}

    def _mediators(self, index: int) -> None:
        """Put who stood between two others before: "the mediators"."""
        actors = self.to.memory.mediators
        plural = self.to.doc[index].tag_ == "NNS"
        if actors and "the" in self._phrase_words(index) and plural == (len(actors) > 1):
            self._put(index, actors)

    def _other_side(self, index: int) -> None:
        """Put that one of the last two parties which has just not been the subject."""
        both = self.to.memory.pair((), states=False)
        first = next(iter(self.to.memory.talk.subjects(self.to.heard(index))), None)
        if first is not None and first.code in {actor.code for actor in both}:
            self._put(index, tuple(actor for actor in both if actor.code != first.code))

    def _put(self, index: int, actors: Sequence[Actor]) -> None:
        span = self._phrase_span(index)
        self.to.put(span, actors, "reference", how=f"coreference: {span.text.lower()}")

    def _stands_alone(self, token: Token) -> bool:
        """Return whether "the two", "the pair", "both" stand for the parties themselves."""
        if token.dep_ not in ARGUMENTS:
            return False
        if any(c.dep_ in {"prep", "amod", "nummod", "compound"} for c in token.children):
            return False
        return token.lower_ == "both" or any(c.lower_ in {"the", "these"} for c in token.children)

    def _noun_at(self, index: int) -> str | None:
        """Return the noun that ends at a token and can stand for a body: "council", "world body"."""
        low = self.to.doc[index].lower_
        joined = f"{self.to.doc[index - 1].lower_} {low}" if index else low
        return joined if joined in self._nouns else low if low in self._nouns else None

    def _named_before(self, low: str, index: int) -> Actor | None:
        """Return the body, state or group that a common noun stands for."""
        memory = self.to.memory
        one = memory.body(self.to.register.nouns.get(low, ()), ahead=low in AHEAD)
        if one is None and low in STATES:
            one = self._state(index)
        if one is None and low in KINDS:
            one = memory.body(KINDS[low])
        if one is None and low in GROUPS:
            one = memory.of(GROUPS[low])
        if one is None:
            words = self.to.doc[self._phrase_span(index).start + 1 : index + 1].text
            one = memory.unnamed(self.to.register.unnamed.get(words, ()))
        return one

    def _state(self, index: int) -> Actor | None:
        """Return the state that "the country" or "the neighbouring country" stands for."""
        memory, here = self.to.memory, self.to.heard(index)
        beside = self._beside(self.to.doc[index])
        if beside is not None and beside.country in self.to.register.states:
            return Actor(code=beside.country, country=beside.country)
        if self._phrase_words(index) & OTHERS:
            first = next(iter(memory.talk.subjects(here)), None)
            code = first.country if first is not None else next(iter(memory.about), "")
            return memory.other(frozenset({code}))
        goal = self.to.doc[index].dep_ == "pobj" and self.to.doc[index].head.lower_ in GOALS
        own = self.to.acting(index) if goal else frozenset()
        return memory.state(here, self.to.register.states, own)

    def _beside(self, noun: Token) -> Actor | None:
        """Return whom "officials of the country" stand beside: "the president and officials of the country"."""
        owned = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
        first = topmost(owned)
        mention = self.to.found.get(first.i) if first != owned else None
        return mention.actors[0] if mention is not None and len(mention.actors) == 1 else None

    def _pair(self, index: int, *, states: bool) -> None:
        span = self._phrase_span(index)
        words = {self.to.doc[i].lower_ for i in range(span.start, index + 1)}
        if any(i in self.to.hits for i in range(span.start, index)):
            return
        if not words & {"the", "both", "two", "these", "three", "four", "our"} or words & {
            "other",
            "third",
            "several",
            "many",
            "few",
            "all",
        }:
            return
        if index + 1 < len(self.to.doc) and self.to.doc[index + 1].lower_ == "of":
            return
        size = next((n for word, n in SIZES.items() if word in words), 2)
        actors = self.to.memory.pair(
            self.to.so_far(index), states=states, size=size, apart=self.to.acting(index)
        )
        low = self.to.doc[index].lower_
        head = roles.load().heads.get((low,))
        if states and head is not None and head.institution in OF_STATES:
            actors = tuple(
                msgspec.structs.replace(
                    a, code=f"{a.country}.{head.institution}", institution=head.institution
                )
                for a in actors
            )
        if len(actors) == size:
            self.to.put(span, actors, "reference", how=f"coreference: {span.text.lower()}")

    def _goes_on(self, index: int) -> bool:
        """Return whether a noun only begins a name: "the Republic of San Marino"."""
        following = self.to.doc[index + 1 : index + 3]
        return len(following) == 2 and following[0].lower_ == "of" and following[1].pos_ == "PROPN"

    def _definite(self, index: int, noun: str) -> bool:
        """Return whether "the" stands before a noun, with no word that makes it another body's."""
        span = self._phrase_span(index)
        if self._goes_on(index):
            return False
        first, *rest = (self.to.doc[i] for i in range(span.start, index + 1))
        if first.lower_ not in {"the", "this"}:
            return False
        between = [t for t in rest[: len(rest) - len(noun.split())] if t.text != "-"]
        if any(t.i in self.to.hits for t in between):
            return False
        words = {t.lower_ for t in between}
        return len(between) <= 1 + bool(words & NUMBERED) and not words & OTHER_BODIES

    def _phrase_span(self, index: int) -> Span:
        start = index
        while start > 0 and (
            self.to.doc[start - 1].dep_ in BEFORE or self.to.doc[start - 1].text == "-"
        ):
            if self.to.doc[start - 1].head.i > index or self.to.doc[start - 1].head.i < start:
                break
            start -= 1
        return self.to.doc[start : index + 1]


def _is_of_things(token: Token) -> bool:
    """Return whether "them" stands for things: "suspended part of them"."""
    of = token.dep_ == "pobj" and token.head.lower_ == "of"
    return of and token.head.head.lower_ in {"part", "parts"}
