"""From the head token of a slot to the mentions that it stands for."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from msgspec.structs import replace

from detente.coding.actors.nearby import Nearby
from detente.coding.acts.slots import holders
from detente.coding.grammar.coordination import inner, spread
from detente.coding.grammar.prepositions import prepositional
from detente.registers import frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading

OWNERS = frozenset({"poss", "compound", "amod", "nmod"})
TOLD_BY_NAME = frozenset({"role phrase", "apposition", "named before", "office-holder"})
"""How an office is found whose holder or state stands in its words."""
OF_PHRASES = frozenset(
    "regard regards respect reference view relation connection accordance line exception help aim eye behalf name "
    "sake stead wake light presence absence".split()
)
"""Nouns of prepositions of several words: "with regard to the situation in Somalia"."""
STATE = 3
"""Length of a state's code; organisations have others ("EU", "NATO")."""
DESCENT = 3
"""How many nouns deep an actor is looked for below a head that is none itself."""
DASHES = frozenset({"-", "–", "/"})
FELLOWS = frozenset(
    "colleague counterpart guest host visitor peer interlocutor partner delegation side".split()
)
"""Nouns that stand for a person of the state before them: "his Austrian colleague"."""
HARM = frozenset(
    {"killing", "murder", "assassination", "kidnapping", "abduction", "beheading", "massacre"}
)
"""Nouns, beside those for strikes, for what is done to somebody."""
NOMINAL = frozenset({"NOUN", "PROPN"})
AGAINST = frozenset({"opponent", "critic", "foe", "enemy", "detractor", "adversary", "rival"})
"""Nouns for who is against the one that they are "of"."""
LEADING = frozenset({"lead", "head", "send", "chair", "sign"})
MAKING = frozenset(
    "make lodge file submit bring propose present table draft put issue raise voice pass".split()
)
"""Verbs that say whose an offer, a complaint or an order is."""
BESIDE = frozenset({"ccomp", "relcl", "advcl", "conj", "appos"})
"""Relations of what is only told beside a word."""
OWN = frozenset({"its", "their", "his", "her"})
BODIES = frozenset(
    "council committee assembly commission board group summit conference congress bureau".split()
)
"""Bodies of an organisation, in which its members meet."""


_BY, _OF, _FROM, _FOR = (frozenset({word}) for word in ("by", "of", "from", "for"))
_TOWARDS = frozenset({"in", "on", "against", "with", "to", "for", "between", "at"})

CROWDS = frozenset({"PROTEST", "ASSAULT", "COERCE"})
"""Types of act that people without a named state do or suffer."""


def _is_dealt_with(token: Token) -> bool:
    """Return whether a token is an argument, and not just where something is."""
    if token.dep_ == "pobj":
        return token.head.lower_ not in {"in", "at", "near", "inside", "across"}
    return token.dep_ in {"poss", "dobj", "nsubj", "dative"}


def _dealt(heads: Iterable[Token]) -> Iterator[Token]:
    """Yield words and what hangs on them outside clauses of their own, the nearest first."""
    pending = list(heads)
    while pending:
        token = pending.pop(0)
        yield token
        pending += [c for c in token.children if c.dep_ not in BESIDE]


def _is_own(mention: Mention, sources: Iterable[Mention]) -> bool:
    """Return whether a mention stands for the source, for its state or for what is the source's.

    Another body or person of the same state is no part of it: "the president eased the curbs on the premier".
    """
    actors = [a for m in sources for a in m.actors]
    states = {a.country for a in actors}
    if not any(a.country in states for a in mention.actors):
        return False
    people = {a.person for a in mention.actors}
    if None not in people and not people & {a.person for a in actors}:
        return False
    words = mention.actors[0].surface.lower().split(maxsplit=1)
    if words and words[0] in OWN:
        return True
    codes = {a.code for a in actors}
    return any(a.code in codes or a.code == a.country for a in mention.actors)


def is_harm(noun: Token) -> bool:
    """Return whether a noun tells an attack: who stands after its "on" or "of" bore it."""
    return noun.lemma_.lower() in HARM | frames.load().classes["strike"]


def is_victim(token: Token) -> bool:
    """Return whether a party bore an attack that a noun tells: "condemned the attack on the embassy"."""
    while token.dep_ in {"compound", "nmod", "amod", "poss", "conj"} and token.head.pos_ in NOMINAL:
        token = token.head
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in {"on", "against", "of"}
        and is_harm(token.head.head)
    )


class Finder:
    """Finds mentions at and below the heads of argument phrases of one sentence.

    Args:
        reading: The sentence.
        grounds: Places that belong to a state ("Gdansk"), which stand for it where one goes there.
        both: The sides of the contact told last, for "they".
        crowds: People without a named state, who count in acts of force and protest alone.
    """

    def __init__(
        self,
        reading: Reading,
        grounds: Sequence[Mention] = (),
        both: Sequence[Mention] = (),
        crowds: Sequence[Mention] = (),
    ) -> None:
        self.reading = reading
        self.mentions = {m.head: m for m in reading.mentions}
        self._known: dict[tuple[int, str], tuple[Mention, ...]] = {}
        self.grounds = {m.head: m for m in grounds if m.head not in self.mentions}
        self._add_broken(reading)
        self._nearby = Nearby(reading, self.mentions, both)
        self._wide: Finder | None = None
        if crowds:
            self._wide = Finder(reading, grounds, both)
            known = self._wide.mentions
            known.update({m.head: m for m in crowds if m.head not in known})

    def of(self, kind: str) -> Finder:
        """Return the finder for acts of a type: crowds count in some alone."""
        return self._wide if self._wide is not None and kind in CROWDS else self

    def with_added(self, mentions: Iterable[Mention]) -> Finder:
        """Return a finder that knows more mentions; those known already stand."""
        other = copy(self)
        other._known = {}
        other.mentions = {m.head: m for m in mentions} | self.mentions
        return other

    def _add_broken(self, reading: Reading) -> None:
        """Let a mention stand at every token that leaves its words: parses tear some apart."""
        offset = reading.sentence.start
        for mention in reading.mentions:
            tokens = reading.doc.tokens
            at = mention.head
            while at + 1 < len(tokens) and offset + tokens[at + 1].idx < mention.end:
                at += 1
            last = tokens[at]
            if (
                last.i != mention.head
                and last.i not in self.mentions
                and last.pos_ in {"NOUN", "PROPN"}
                and last.dep_ not in {"pobj", "conj", "appos", "poss"}
                and not mention.start <= offset + last.head.idx < mention.end
            ):
                self.mentions[last.i] = mention

    def at(self, token: Token, role: str) -> tuple[Mention, ...]:
        """Return the mentions that a head stands for, coordination included."""
        known = self._known.get((token.i, role))
        if known is None:
            found: list[Mention] = []
            for one in spread(token):
                found += [m for m in self._one(one, role, 0) if m not in found]
            known = self._known[token.i, role] = tuple(found)
        return known

    def knows(self, tokens: Iterable[Token], role: str) -> bool:
        """Return whether one of several heads stands for a mention."""
        return any(self.at(token, role) for token in tokens)

    def all(
        self, tokens: Iterable[Token], role: str, *, not_in: tuple[Mention, ...] = ()
    ) -> tuple[Mention, ...]:
        """Return the mentions of several heads, without repeats and without those excluded."""
        found: list[Mention] = []
        for token in tokens:
            found += [m for m in self.at(token, role) if m not in found and m not in not_in]
        return tuple(found)

    def several(self, tokens: Iterable[Token]) -> bool:
        """Return whether heads stand for two actors or more."""
        tokens = list(tokens)
        found = self.all(tokens, "S")
        if sum(len(m.actors) for m in found) > 1 or self.beside(tokens, found):
            return True
        members = any(
            a.institution == "IGO" or a.country.startswith("BLOC:") or len(a.country) != STATE
            for m in found
            for a in m.actors
            if a.how is not None
        )
        return members and any(t.lemma_.lower() in BODIES or t.tag_ == "NNS" for t in tokens)

    def beside(self, tokens: Iterable[Token], own: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return with whom "we" among some heads act together: "we agreed", beside the guest."""
        for token in tokens:
            for one in spread(token):
                if one.lower_ == "we":
                    return tuple(self._nearby.beside(one, own))
        return ()

    def is_actor(self, token: Token) -> bool:
        """Return whether a token is an actor itself, or a description with the actor beside it."""
        if token.i in self.mentions or self._nearby.of(token):
            return True
        if token.lemma_.lower() in FELLOWS and self.at(token, "T"):
            return True
        return any(c.dep_ == "appos" and c.i in self.mentions for c in token.children)

    def ground(self, token: Token) -> tuple[Mention, ...]:
        """Return the place that stands for a state at a head, coordination included."""
        return tuple(self.grounds[t.i] for t in spread(token) if t.i in self.grounds)

    def _one(self, token: Token, role: str, depth: int) -> list[Mention]:
        own = self.mentions.get(token.i)
        if own is not None:
            return self._joined(token, self._named(own))
        state = self._state_within(token, "in" if role == "S" else "from") if depth == 0 else None
        if state is not None:
            return [state]
        if depth >= DESCENT or (token.dep_ == "pobj" and token.lower_ in OF_PHRASES):
            return []
        for child in token.children:
            if child.dep_ == "appos" and child.i in self.mentions:
                return [self._with_name(token, self.mentions[child.i])]
        near = self._nearby.of(token)
        if near:
            return near
        for nouns in self._below(token, role):
            found = [m for n in nouns for m in self._one(n, role, depth + 1)]
            if found:
                return found
        return []

    def _state_within(self, token: Token, prep: str) -> Mention | None:
        """Return the state that a name within a longer mention stands for: "marchers in Sudan, which ...".

        Likewise "withdrew the observers from Georgia", where the parse or the reader of roles takes
        "from Georgia" for theirs.
        """
        if token.pos_ != "PROPN" or token.dep_ != "pobj" or token.head.lower_ != prep:
            return None
        at = self.reading.sentence.start + token.idx
        for own in self.mentions.values():
            if own.start < at < own.end and len(own.actors) == 1 and own.actors[0].country:
                actor = own.actors[0]
                actor = replace(
                    actor, code=actor.country, institution=None, person=None, role=None, rank=None,
                    surface=token.text, span=(at, at + len(token.text)),
                )  # fmt: skip
                return replace(
                    own, start=at, end=at + len(token.text), head=token.i, actors=(actor,)
                )
        return None

    def _named(self, own: Mention) -> Mention:
        """Return the name that "it" stands for, where the same sentence gave it before."""
        if own.kind != "reference":
            return own
        codes = [a.code for a in own.actors]
        for mention in self.reading.mentions:
            if mention.head >= own.head:
                break
            if mention.kind != "reference" and [a.code for a in mention.actors] == codes:
                return mention
        return own

    def _with_name(self, token: Token, told: Mention) -> Mention:
        """Return a mention with the name before it: "Ana Quiroga, a former Chilean deputy"."""
        if token.pos_ != "PROPN" or len(told.actors) > 1 or told.actors[0].person is not None:
            return told
        name = [c for c in token.lefts if c.dep_ == "compound" and c.pos_ == "PROPN"] + [token]
        start, end = self.reading.span_of(name[0], token)
        text = token.doc[name[0].i : token.i + 1].text
        actor = replace(told.actors[0], person=text, surface=text, span=(start, end))
        return replace(told, start=start, end=end, actors=(actor,))

    def _joined(self, token: Token, own: Mention) -> list[Mention]:
        """Return a mention with the one that a dash joins to it: "US-China talks"."""
        if own.kind not in {"adjective", "name", "metonym"}:
            return [own]
        doc, found = token.doc, [own]
        for dash, other in ((token.i - 1, token.i - 2), (token.i + 1, token.i + 2)):
            if 0 <= dash < len(doc) and doc[dash].text in DASHES and other in self.mentions:
                found.insert(0 if other < token.i else 1, self.mentions[other])
        return found

    def _below(self, token: Token, role: str) -> Iterable[list[Token]]:
        if token.pos_ in {"VERB", "AUX"} or token.lemma_.lower() in AGAINST:
            return
        contained = inner(token)[1:]
        if contained:
            yield contained
        if not token.children:
            return
        yield [c for c in token.children if c.dep_ == "poss"]
        yield self._prep(token, _BY)
        yield self._behind(token, LEADING)
        yield [s for h in holders(token) for s in spread(h)]
        if role == "T":
            yield self._behind(token, MAKING)
        yield [s for c in token.children if c.dep_ in OWNERS for s in spread(c)]
        if role == "T" and is_harm(token):
            return
        yield self._prep(token, _OF)
        yield self._prep(token, _FROM)
        yield self._prep(token, _FOR if role == "S" else _TOWARDS)

    def _behind(self, token: Token, verbs: frozenset[str]) -> list[Token]:
        """Return who leads or made something: "a delegation led by X", "an offer made by X"."""
        return [
            person
            for verb in token.children
            if verb.dep_ == "acl" and verb.lemma_ in verbs
            for agent in verb.children
            if agent.dep_ in {"agent", "prep"} and agent.lower_ == "by"
            for person in agent.children
            if person.dep_ == "pobj"
        ]

    def _prep(self, token: Token, words: frozenset[str]) -> list[Token]:
        return [s for n in prepositional(token, words) for s in spread(n)]

    def beneath(self, heads: Iterable[Token], but: Iterable[Token]) -> list[Token]:
        """Return the first other actor anywhere below some words, told by no "by"."""
        own = self.all(but, "S")
        for head in heads:
            for token in head.subtree:
                mention = self.mentions.get(token.i)
                if mention is None or token.dep_ not in {"dobj", "pobj", "dative", "nsubj", "poss"}:
                    continue
                doer = token.dep_ == "pobj" and token.head.lower_ == "by"
                if not doer and not _is_own(mention, own):
                    return [token]
        return []

    def held(self, heads: Iterable[Token], but: Iterable[Token]) -> list[Token]:
        """Return the first other actor in what is dealt with, as ``within`` finds it."""
        own = self.all(but, "S")
        return next(([t] for t in _dealt(heads) if self._is_other(t, own)), [])

    def _is_other(self, token: Token, own: Sequence[Mention]) -> bool:
        mention = self.mentions.get(token.i)
        if mention is None or is_victim(token):
            return False
        return _is_dealt_with(token) and not _is_own(mention, own)

    def within(
        self, heads: Iterable[Token], *, not_in: tuple[Mention, ...] = ()
    ) -> tuple[Mention, ...]:
        """Return the first actor of others in what is dealt with: "every offer made by the rebels".

        What is asserted of it ("reports that ...", "a visit which ...") is not looked at.
        """
        found = next((t for t in _dealt(heads) if self._is_other(t, not_in)), None)
        return self.at(found, "T") if found is not None else ()

    def is_office(self, token: Token) -> bool:
        """Return whether a token is a body or person of a state that its own words name."""
        mention = self.mentions.get(token.i)
        return mention is not None and all(a.how in TOLD_BY_NAME for a in mention.actors)

    def holds_office(self, token: Token) -> bool:
        """Return whether a token is a person in an office."""
        mention = self.mentions.get(token.i)
        return mention is not None and any(a.rank or a.how is None for a in mention.actors)

    def below(
        self, heads: Iterable[Token], *, not_in: tuple[Mention, ...] = ()
    ) -> tuple[Mention, ...]:
        """Return the first mention that is an argument within the content of an act."""
        skip = {m.head for m in not_in}
        for head in heads:
            for token in head.subtree:
                mention = self.mentions.get(token.i)
                if mention is None or mention.head in skip or is_victim(token):
                    continue
                if token.dep_ in {"dobj", "pobj", "dative", "nsubj", "nsubjpass", "poss", "amod"}:
                    return self.at(token, "T")
        return ()
