"""Reads "his Polish counterpart", "her colleagues from Chad and Niger": the same office in other states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.actors.persons import Persons
from detente.model import Actor
from detente.registers import offices

if TYPE_CHECKING:
    from detente.coding.actors.mentions import Hit
    from detente.coding.actors.resolver import SentenceResolver

FELLOWS = frozenset({"counterpart", "counterparts", "colleague", "colleagues"})
"""Nouns for who holds the same office in another state."""
OWNERS = frozenset({"state", "adjective", "capital", "bloc", "organisation"})
"""Kinds of name that a fellow's state is told by."""
DETERMINERS = frozenset("his her its their our my the a some two three both".split())
HOW = "coreference: counterpart"


class Fellows:
    """Resolves the fellows of one sentence.

    Args:
        to: The sentence's resolver, whose names and roles are already found.
    """

    def __init__(self, to: SentenceResolver) -> None:
        self.to = to

    def read(self, index: int) -> None:
        """Put a mention for the fellows whose noun is a token, if their states are told."""
        first = self._first(index)
        owners = self._before(first, index) or self._after(index)
        if not owners:
            return
        countries = list(dict.fromkeys(self.to.senses[id(hit)].code for hit in owners))
        start, end = self._name(index)
        single = len(countries) == 1 and end > start
        person = self.to.doc[start:end].text if single else None
        actors = tuple(self._actor(country, person, index) for country in countries)
        if person:
            self.to.memory.learn(person, actors[0])
        for i in range(first, end if person else index + 1):
            self.to.taken.add(i)
            self.to.found.pop(i, None)
        last = end if person and start == index + 1 else index + 1
        self.to.put(self.to.doc[first:last], actors, "reference", how=HOW)

    def _name(self, index: int) -> tuple[int, int]:
        """Return where the name after a noun stands, with or without a comma; an empty span without one."""
        doc, persons = self.to.doc, Persons(self.to)
        start = index + 1
        start += start < len(doc) and doc[start].text == ","
        end = start
        while end < len(doc) and persons.may_be_name(end):
            end += 1
        return start, end

    def _actor(self, country: str, person: str | None, index: int) -> Actor:
        """Return who holds the office of the last actor of another country."""
        subjects = (one.actors[0] for one in self.to.heard(index) if one.actors)
        lead = next(subjects, None) or self._subject_after(index)
        held = lead is not None and lead.country != country and lead.rank
        model = lead if held else self.to.memory.office(self.to.so_far(index), country)
        institution = model.institution if model is not None else None
        if model is not None and institution == "IGO" and model.role:
            institution, _ = offices.classify(model.role)
        return Actor(
            code=f"{country}.{institution}" if institution else country, country=country,
            institution=institution, person=person, role=model.role if model else None,
            rank=model.rank if model else None,
        )  # fmt: skip

    def _subject_after(self, index: int) -> Actor | None:
        """Return who is the subject after "at talks with his Danish colleague, the premier said"."""
        after = (self.to.found[i] for i in sorted(self.to.found) if i > index)
        subjects = (m.actors[0] for m in after if self.to.doc[m.head].dep_ == "nsubj")
        return next(subjects, None)

    def _first(self, index: int) -> int:
        """Return where "his American and German counterparts" begins."""
        doc, hits = self.to.doc, self.to.hits
        first = index
        while first > 0:
            low = doc[first - 1].lower_
            if low in DETERMINERS:
                return first - 1
            joins = low in {"and", ","} and first in hits and first - 2 in hits
            describes = doc[first - 1].dep_ in {"amod", "compound", "nummod", "case"}
            if not (first - 1 in hits or joins or describes):
                break
            first -= 1
        return first

    def _before(self, first: int, index: int) -> list[Hit]:
        return [self.to.hits[i] for i in range(first, index) if self._owns(i)]

    def _after(self, index: int) -> list[Hit]:
        """Return the states of "his counterparts from Chad and Niger"."""
        doc, found = self.to.doc, []
        step = index + 1
        if step >= len(doc) or doc[step].lower_ not in {"from", "in", "of"}:
            return []
        step += 1
        while step < len(doc) and (self._owns(step) or doc[step].lower_ in {"and", ",", "the"}):
            found += [self.to.hits[step]] if self._owns(step) else []
            step += 1
        return found

    def _owns(self, index: int) -> bool:
        hit = self.to.hits.get(index)
        return hit is not None and self.to.senses[id(hit)].kind in OWNERS
