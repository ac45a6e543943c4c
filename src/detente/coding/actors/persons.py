"""Finds names of people and who bears them: in the document, on the day, or by other documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.actors.holders import holder
from detente.coding.actors.phrase import HONORIFICS, PARTICLES, STYLES, in_calendar
from detente.model import Actor

if TYPE_CHECKING:
    from detente.coding.actors.resolver import SentenceResolver
    from detente.coding.grammar.tree import Token


FULL = 2
"""Words of a full name."""


class Persons:
    """Resolves the names of people in one sentence.

    Args:
        to: The sentence's resolver, whose names and roles are already found.
    """

    def __init__(self, to: SentenceResolver) -> None:
        self.to = to

    def read(self) -> None:
        """Put a mention for every person who is known."""
        index = 0
        tokens = self.to.doc.tokens
        size = len(tokens)
        while index < size:
            token = tokens[index]
            if token.text[:1].islower() and token.lower_ not in PARTICLES:
                index += 1
                continue
            end = index
            while end < size and self.may_be_name(end):
                end += 1
            if end > index:
                self._person(index, end)
            index = max(end, index + 1)

    def may_be_name(self, index: int) -> bool:
        """Say whether a token can be part of a person's name."""
        doc = self.to.doc
        token = doc.tokens[index]
        if token.text[:1].islower() and token.lower_ not in PARTICLES:
            return False
        if token.text in {"-", "‐"}:
            joins = 0 < index < len(doc) - 1 and not doc[index - 1].whitespace_
            return joins and self.may_be_name(index - 1) and self._goes_on(index + 1)
        if _is_particle(token):
            inside = 0 < index < len(doc) - 1
            return inside and self.may_be_name(index - 1) and doc[index + 1].pos_ == "PROPN"
        return self._is_own(index)

    def _goes_on(self, index: int) -> bool:
        """Return whether a name can go on with a token after a hyphen: "Abd-al-Rahman"."""
        return _is_particle(self.to.doc.tokens[index]) or self._is_own(index)

    def _is_own(self, index: int) -> bool:
        """Return whether a token is a name whatever stands beside it."""
        token = self.to.doc.tokens[index]
        if not token.text[:1].isupper() or index in self.to.hits or index in self.to.taken:
            return False
        if token.lower_ in HONORIFICS or token.text == "I":
            return False
        known = self.to.memory.person(token.text) is not None
        return (token.pos_ == "PROPN" or known) and not in_calendar(token, known=known)

    def _affiliation(self, start: int, end: int) -> Actor | None:
        """Return who somebody is by the body or state right beside the name: "the EU's Ana Example", "Bo Holm of the OAS"."""
        doc, to = self.to.doc, self.to
        at = -1
        if start > 1 and doc[start - 1].text in {"'s", "’s"}:
            at = start - 2
        elif doc[end : end + 1].text.lower() == "of":
            at = end + 1 + (doc[end + 1 : end + 2].text.lower() == "the")
        hit = to.hits.get(at)
        sense = to.senses.get(id(hit)) if hit is not None else None
        if sense is None or sense.kind not in {"state", "organisation"}:
            return None
        body = "IGO" if sense.kind == "organisation" else None
        name = doc[start:end].text
        return Actor(code=sense.code, country=sense.code, institution=body, person=name)

    def _person(self, start: int, end: int) -> None:
        if not self._told_by_body(start, end):
            self._named(start, end)

    def _told_by_body(self, start: int, end: int) -> bool:
        """Put who is told by the body or state beside a name that nobody bears yet."""
        name = self.to.doc[start:end]
        if end - start < FULL or self.to.memory.person(name.text) is not None:
            return False
        owner = self._affiliation(start, end)
        if owner is None:
            return False
        self.to.memory.learn(name.text, owner)
        self.to.put(name, (owner,), "person", how="affiliation")
        return True

    def _named(self, start: int, end: int) -> None:
        to = self.to
        span = to.doc[start:end]
        name = span.text
        styled = end - start == 2 and to.doc[start].lower_ in STYLES
        known = to.memory.person(name)
        if known is None and styled:
            known = to.memory.person(to.doc[start + 1].text)
        full = known.person if known is not None and known.person else name
        if known is None or to.elsewhen:
            if known is None and to.memory.is_strange(name):
                return
            found, how = holder(full, day=to.day, about=to.memory.about, register=to.register)
            if styled and found is not None and found.country not in to.memory.about:
                return
            if (found is None or found.rank is None) and known is None:
                told = to.told(name)
                found, how = (told, "learned") if told is not None else (found, how)
            if found is not None and (known is None or found.rank is not None):
                if end - start > 1 and not to.elsewhen:
                    to.memory.learn(name, found)
                to.put(span, (found,), "person", how=how)
                return
        if known is not None:
            to.put(span, (known,), "person", how="named before")
        elif end - start > 1:
            to.memory.meet(name)


def _is_particle(token: Token) -> bool:
    return token.lower_ in PARTICLES and token.text.islower()
