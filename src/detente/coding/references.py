"""Reads what refers back: "the alliance", "both sides", "his Polish counterpart", "it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.persons import Persons
from detente.model import Actor
from detente.registers import roles

if TYPE_CHECKING:
    from detente.coding.actors import SentenceResolver
    from detente.coding.tree import Span

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


class References:
    """Resolves the references of one sentence.

    Args:
        to: The sentence's resolver, whose names and roles are already found.
    """

    def __init__(self, to: SentenceResolver) -> None:
        self.to = to
        pairs = roles.load().pairs
        self._states = pairs.states
        self._pairs = pairs.sides | pairs.states | pairs.people
        self._nouns = {*to.register.nouns, *STATES, *KINDS, *GROUPS}

    def read(self) -> None:
        """Put a mention for every reference of the sentence that can be resolved."""
        for token in self.to.doc:
            if token.i in self.to.found or token.i in self.to.taken:
                continue
            low = token.lower_
            if low in {"counterpart", "counterparts"}:
                self._counterpart(token.i)
            elif token.tag_ in {"NNS", "NNPS"} and low in self._pairs:
                self._pair(token.i, states=low in self._states)
            elif low in SUBJECTS and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
                actors = self.to.memory.pronoun(SUBJECTS[low], self.to.so_far(token.i))
                if actors:
                    span = self.to.doc[token.i : token.i + 1]
                    self.to.put(span, actors, "reference", how=f"coreference: {low}")
            elif low in self._nouns and self._definite(token.i):
                one = self._named_before(low, token.i)
                if one is not None:
                    span = self._phrase_span(token.i)
                    self.to.put(span, (one,), "reference", how=f"coreference: the {low}")

    def _named_before(self, low: str, index: int) -> Actor | None:
        """Return the body, state or group that a common noun stands for."""
        memory = self.to.memory
        one = memory.body(self.to.register.nouns.get(low, ()))
        if one is None and low in STATES:
            one = memory.state(self.to.so_far(index), self.to.register.states)
        if one is None and low in KINDS:
            one = memory.body(KINDS[low])
        if one is None and low in GROUPS:
            one = memory.of(GROUPS[low])
        return one

    def _counterpart(self, index: int) -> None:
        """Read "his Polish counterpart": the other side's same office."""
        span = self._phrase_span(index)
        owner = next((self.to.hits[i] for i in range(span.start, index) if i in self.to.hits), None)
        if (
            owner is None
            and index + 2 < len(self.to.doc)
            and self.to.doc[index + 1].lower_ in {"from", "in"}
        ):
            owner = self.to.hits.get(index + 2)
        if owner is None:
            return
        country = self.to.senses[id(owner)].code
        model = self.to.memory.office(self.to.so_far(index), country)
        institution = model.institution if model is not None else None
        persons, name_end = Persons(self.to), index + 1
        while name_end < len(self.to.doc) and persons.may_be_name(name_end):
            name_end += 1
        person = self.to.doc[index + 1 : name_end].text or None
        actor = Actor(
            code=f"{country}.{institution}" if institution else country, country=country,
            institution=institution, person=person, role=model.role if model else None,
            rank=model.rank if model else None,
        )  # fmt: skip
        if person:
            self.to.memory.learn(person, actor)
        for i in range(span.start, name_end):
            self.to.taken.add(i)
            self.to.found.pop(i, None)
        self.to.put(
            self.to.doc[span.start : name_end],
            (actor,),
            "reference",
            how="coreference: counterpart",
        )

    def _pair(self, index: int, *, states: bool) -> None:
        span = self._phrase_span(index)
        words = {self.to.doc[i].lower_ for i in range(span.start, index)}
        if any(i in self.to.hits for i in range(span.start, index)):
            return
        if not words & {"the", "both", "two", "these", "three", "four"} or words & {
            "other",
            "third",
            "several",
            "many",
            "all",
        }:
            return
        if index + 1 < len(self.to.doc) and self.to.doc[index + 1].lower_ == "of":
            return
        size = 3 if "three" in words else 4 if "four" in words else 2
        actors = self.to.memory.pair(self.to.so_far(index), states=states, size=size)
        if len(actors) == size:
            self.to.put(span, actors, "reference", how=f"coreference: {span.text.lower()}")

    def _definite(self, index: int) -> bool:
        span = self._phrase_span(index)
        return self.to.doc[span.start].lower_ in {"the", "this"} and span.end - span.start <= 3

    def _phrase_span(self, index: int) -> Span:
        start = index
        while start > 0 and self.to.doc[start - 1].dep_ in {
            "det",
            "amod",
            "nummod",
            "poss",
            "compound",
            "predet",
            "nmod",
        }:
            if self.to.doc[start - 1].head.i > index or self.to.doc[start - 1].head.i < start:
                break
            start -= 1
        return self.to.doc[start : index + 1]
