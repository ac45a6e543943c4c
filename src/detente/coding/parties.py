"""From the head token of a slot to the mentions that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.clauses import inner, prepositional, spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from detente.coding.types import Mention, Reading

OWNERS = frozenset({"poss", "compound", "amod", "nmod"})
SUBJECT_PRONOUNS = frozenset({"it", "he", "she", "they", "we"})
DESCENT = 3
"""How many nouns deep an actor is looked for below a head that is none itself."""


class Finder:
    """Finds mentions at and below the heads of argument phrases of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions = {m.head: m for m in reading.mentions}

    def at(self, token: Token, role: str) -> tuple[Mention, ...]:
        """Return the mentions that a head stands for, coordination included."""
        found: list[Mention] = []
        for one in spread(token):
            found += [m for m in self._one(one, role, 0) if m not in found]
        return tuple(found)

    def all(
        self, tokens: Iterable[Token], role: str, *, not_in: tuple[Mention, ...] = ()
    ) -> tuple[Mention, ...]:
        """Return the mentions of several heads, without repeats and without those excluded."""
        found: list[Mention] = []
        for token in tokens:
            found += [m for m in self.at(token, role) if m not in found and m not in not_in]
        return tuple(found)

    def _one(self, token: Token, role: str, depth: int) -> list[Mention]:
        own = self.mentions.get(token.i)
        if own is None and token.lower_ in SUBJECT_PRONOUNS:
            own = self._speaker(token)
        if own is not None:
            return [own]
        if depth >= DESCENT:
            return []
        for child in token.children:
            if child.dep_ == "appos" and child.i in self.mentions:
                return [self.mentions[child.i]]
        for nouns in self._below(token, role):
            found = [m for n in nouns for m in self._one(n, role, depth + 1)]
            if found:
                return found
        return []

    def _speaker(self, pronoun: Token) -> Mention | None:
        """Return who speaks of himself: "it" in "the ministry said it would not pay"."""
        verb = pronoun.head
        if pronoun.dep_ not in {"nsubj", "nsubjpass"}:
            return None
        while verb.dep_ in {"xcomp", "conj"} and verb.head != verb:
            verb = verb.head
        if verb.dep_ != "ccomp":
            return None
        speakers = [c for c in verb.head.children if c.dep_ == "nsubj"]
        return next((self.mentions[s.i] for s in speakers if s.i in self.mentions), None)

    def _below(self, token: Token, role: str) -> Iterable[list[Token]]:
        if token.pos_ in {"VERB", "AUX"}:
            return
        contained = inner(token)[1:]
        if contained:
            yield contained
        yield [c for c in token.children if c.dep_ == "poss"]
        yield self._prep(token, "by")
        yield [c for c in token.children if c.dep_ in OWNERS]
        yield self._prep(token, "of")
        yield self._prep(token, "from")
        if role == "S":
            yield self._prep(token, "for")
        else:
            yield self._prep(token, "in", "on", "against", "with", "to", "for", "between", "at")

    def _prep(self, token: Token, *words: str) -> list[Token]:
        return [s for n in prepositional(token, frozenset(words)) for s in spread(n)]

    def below(
        self, heads: Iterable[Token], *, not_in: tuple[Mention, ...] = ()
    ) -> tuple[Mention, ...]:
        """Return the first mention that is an argument within the content of an act."""
        skip = {m.head for m in not_in}
        for head in heads:
            for token in head.subtree:
                mention = self.mentions.get(token.i)
                if mention is None or mention.head in skip:
                    continue
                if token.dep_ in {"dobj", "pobj", "dative", "nsubj", "nsubjpass", "poss", "amod"}:
                    return self.at(token, "T")
        return ()
