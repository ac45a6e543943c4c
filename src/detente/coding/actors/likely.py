"""Roles, people, bodies and arms that nothing ties to a state: "a court", "followers", "the group", "two vessels".

Each is kept as one of the likeliest state (``Reading.guesses``), for the learned reader alone to weigh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors.unowned import INNER, OWNERS, asked
from detente.coding.types import Mention
from detente.model import Actor
from detente.registers import likely

if TYPE_CHECKING:
    from detente.coding.actors.resolver import SentenceResolver
    from detente.coding.grammar.tree import Span, Token

LIKELIEST = "the likeliest state"
"""How an actor was resolved that nothing ties to a state."""
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative", "poss", "appos"})
"""Relations of nouns that may be parties."""
PERSONS = frozenset({"he", "she", "him", "her"})
THINGS = frozenset({"it", "they", "them"})


class Guesses:
    """Keeps the guesses of one sentence.

    Args:
        to: The sentence's resolver.
    """

    def __init__(self, to: SentenceResolver) -> None:
        self.to = to
        self._kept: dict[int, Mention] = {}

    def put(self, span: Span, actor: Actor) -> None:
        """Keep a word or phrase as an actor, at the root of its span."""
        first, root = self.to.sentence.start, span.root.i
        start, end = first + span.start_char, first + span.end_char
        actor = msgspec.structs.replace(actor, surface=span.text, span=(start, end))
        self._kept[root] = Mention(start=start, end=end, head=root, actors=(actor,), kind="guess")

    def read(self) -> tuple[Mention, ...]:
        """Guess whose the other nouns and pronouns are, and return all guesses that no mention has taken up, in the order of the text."""
        for token in self.to.doc.tokens:
            taken = token.i in self.to.found or token.i in self._kept or token.i in self.to.taken
            if token.dep_ in ARGUMENTS and not taken:
                self._noun(token)
        covered = [(m.start, m.end) for m in self.to.found.values()]
        return tuple(
            guess
            for head, guess in sorted(self._kept.items())
            if head not in self.to.found
            and not any(start < guess.end and guess.start < end for start, end in covered)
        )

    def _noun(self, token: Token) -> None:
        actor = self.to.memory.likely.get(token.text) or self._actor(token)
        if actor is not None:
            self.put(self.to.doc[token.i : token.i + 1], actor)

    def _actor(self, token: Token) -> Actor | None:
        nouns, word = likely.load(), token.lemma_.lower()
        institution = None
        if token.lower_ in PERSONS:
            kind = "office"
        elif token.lower_ in THINGS:
            kind = "body"
        elif token.pos_ == "NOUN" and word in nouns:
            institution = nouns[word]
            kind = "inner" if institution in INNER else "body"
        else:
            return None
        country = self._of_child(token) or self._likeliest(token, kind)
        if country is None:
            return None
        code = country if institution is None else f"{country}.{institution}"
        return Actor(code=code, country=country, institution=institution, how=LIKELIEST)

    def _of_child(self, token: Token) -> str | None:
        """Return the state that a noun's own words name: "Chinese vessels"."""
        hits = (self.to.hits[child.i] for child in token.lefts if child.i in self.to.hits)
        senses = (self.to.senses[id(hit)] for hit in hits)
        return next((s.code for s in senses if s.kind in OWNERS), None)

    def _likeliest(self, token: Token, kind: str) -> str | None:
        word = asked(self.to, token.i, token.i, token.i + 1, kind=kind)
        return self.to.memory.salience.best(word, self.to.register.states)
