"""Who a document talks of: its parties, ranked by how lately and in which part of a sentence they stood.

A pronoun takes the highest one that agrees with it in number and kind and is no other party of its own clause: in
"He congratulated him" the first is the subject of the sentence before, the second somebody else of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding.grammar.coordination import spread
from detente.coding.grammar.subjects import subjects_of
from detente.model import Actor
from detente.registers import salience as weights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from detente.coding.grammar.tree import Doc, Token
    from detente.coding.types import Mention

MAIN, SUBJECT, OBJECT, OTHER, OWNER = range(5)
"""Parts in a sentence, the most salient first; ``MAIN`` is the subject of the main verb."""
PARTS = {"nsubj": SUBJECT, "nsubjpass": SUBJECT, "dobj": OBJECT, "dative": OBJECT, "poss": OWNER}
ADRIFT = frozenset({"advmod", "npadvmod", "dep"})
"""Relations that the parse gives a subject by mistake: a party is no adverb."""
VERBS = frozenset({"VERB", "AUX"})
NAMED = frozenset({"name", "organisation", "capital", "institution"})
"""How names are found that are single whatever their form: "the United States", "the Netherlands"."""
CROWD = frozenset({"NNS", "NNPS"})
REACH = 3
"""Sentences back that "he" may look for a person."""
NEAR = 2
"""The same for "it" and "they"."""
STRANGERS = frozenset(
    "man woman official officer captain spokesman spokeswoman spokesperson adviser aide source diplomat lawyer "
    "father mother widow journalist teacher pilot judge author analyst expert professor researcher".split()
)
"""Nouns for a person who is nobody's in particular, and yet is whom the next "he" means."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """Parties that stand side by side in one place of a sentence.

    Attributes:
        actors: The parties; empty for a person whom nobody knows.
        part: In which part of the sentence.
        many: Whether "they" suits them.
        at: Index of the head token.
    """

    actors: tuple[Actor, ...]
    part: int
    many: bool
    at: int


def heard(doc: Doc, mentions: Iterable[Mention]) -> tuple[Heard, ...]:
    """Return the parties of a sentence, the most salient first.

    Args:
        doc: The sentence.
        mentions: Its mentions; those that only describe or tell a place are left out.
    """
    if not isinstance(mentions, tuple):
        return _parties(doc, mentions)
    if doc.heard is None or doc.heard[0] is not mentions:
        doc.heard = mentions, _parties(doc, mentions)
    found: tuple[Heard, ...] = doc.heard[1]
    return found


def _parties(doc: Doc, mentions: Iterable[Mention]) -> tuple[Heard, ...]:
    groups: dict[int, list[Mention]] = {}
    firm = [m for m in mentions if m.kind != "adjective" and not m.place]
    heads = {mention.head for mention in firm}
    for mention in firm:
        groups.setdefault(_first(doc[mention.head]).i, []).append(mention)
    found = [_heard(doc[index], group, heads) for index, group in groups.items()]
    found += [
        Heard(actors=(), part=_part(token), many=False, at=token.i)
        for token in doc.tokens
        if token.dep_ in {"nsubj", "nsubjpass"} and token.i not in groups and _is_stranger(token)
    ]
    return tuple(sorted(found, key=lambda one: (one.part, one.at)))


def _heard(head: Token, group: Sequence[Mention], heads: Collection[int]) -> Heard:
    actors = tuple(actor for mention in group for actor in mention.actors)
    plural = head.tag_ in CROWD and not (group[0].kind == "name" and actors[0].how in NAMED)
    return Heard(
        actors=actors, part=_part(_outer(head, heads)), many=len(actors) > 1 or plural, at=head.i
    )


def _is_stranger(token: Token) -> bool:
    """Return whether a subject is some person that the text does not tie to any party."""
    return token.tag_ == "NN" and token.lower_ in STRANGERS


def _first(token: Token) -> Token:
    """Return the first of the nouns that stand side by side."""
    while token.dep_ == "conj" and token.head.i < token.i and token.head.pos_ not in VERBS:
        token = token.head
    return token


def _outer(token: Token, heads: Collection[int]) -> Token:
    """Return the noun that a party hangs on, where that is none itself: "the Office of the United Nations"."""
    while token.dep_ in {"pobj", "poss", "compound"}:
        above = token.head
        if token.dep_ == "pobj":
            if above.lower_ != "of":
                break
            above = above.head
        if above.i in heads or above.pos_ not in {"NOUN", "PROPN"}:
            break
        token = above
    return token


def _part(head: Token) -> int:
    part = PARTS.get(head.dep_, OTHER)
    if head.dep_ in ADRIFT and head.head.dep_ == "ROOT" and head.i < head.head.i:
        return MAIN
    if head.dep_ == "pobj" and head.head.dep_ == "agent":
        return OBJECT
    if part != SUBJECT:
        return part
    verb = head.head
    while verb.dep_ == "conj" and verb.head.pos_ in VERBS:
        verb = verb.head
    return MAIN if verb.head == verb else SUBJECT


def apart(token: Token, found: Iterable[int]) -> frozenset[int]:
    """Return which of some tokens are other parties of a pronoun's own clause.

    So is whoever stands in a clause beside it that has no subject of its own: "After meeting the premier, he ...".
    """
    verb = _verb(token)
    doers = (
        {t.i for subject in subjects_of(verb) for t in spread(subject)}
        if verb.pos_ in VERBS
        else set()
    )
    return frozenset(
        i for i in found if i != token.i and (i in doers or _clause(token.doc[i]) == verb)
    )


def _verb(token: Token) -> Token:
    while token.pos_ not in VERBS and token.head != token:
        token = token.head
    return token


def _clause(token: Token) -> Token:
    """Return the verb that a token belongs to, that of the main clause for one without a subject."""
    verb = _verb(token)
    while verb.dep_ in {"pcomp", "advcl", "xcomp"} and not any(
        c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children
    ):
        verb = _verb(verb.head)
    return verb


def is_person(actor: Actor) -> bool:
    """Return whether an actor is a single person, not a body or a state."""
    leads = actor.institution != "IGO" or actor.rank == "head of organisation"
    return bool(actor.person or (actor.rank and leads))


WORDS = ("main subject", "subject", "object", "otherwise", "owner")
"""Words for the parts in a sentence, in their order."""


def circumstances(
    told: Sequence[tuple[int, Sequence[Heard]]],
    suits: Callable[[Heard], bool],
    rivals: Collection[str],
) -> Iterator[tuple[Heard, list[str]]]:
    """Yield who suits, each once where it was told last, with what speaks for and against it.

    Args:
        told: Parties by how many sentences back they were told, the nearest first.
        suits: Whether a pronoun agrees with a party.
        rivals: States of the other parties of its clause.
    """
    seen: dict[str, list[str]] = {}
    found: list[tuple[Heard, list[str]]] = []
    first = next((back for back, group in told if back and group), 1)
    for back, group in told:
        where = "here" if not back else "last" if back == first else "near"
        nearest = max((one.at for one in group), default=-1) if not back else -1
        for one in group:
            if not suits(one):
                continue
            actor = one.actors[0] if one.actors else None
            key = f"{actor.code} {actor.person}" if actor is not None else f"? {back} {one.at}"
            if key in seen:
                seen[key].append("told again")
                continue
            words = [f"{where}, {WORDS[one.part]}"]
            if one.at == nearest:
                words.append("nearest")
            if actor is None:
                words.append("unknown")
            elif actor.country in rivals:
                words.append("rival")
            if actor is not None and actor.person:
                words.append("named")
            seen[key] = words
            found.append((one, words))
    yield from found


class Discourse:
    """The parties of the last sentences of a document."""

    def __init__(self) -> None:
        self._told: list[tuple[int, tuple[Heard, ...]]] = []

    def close(self, number: int, parties: Sequence[Heard]) -> None:
        """Remember the parties of a sentence that has been read, the most salient first."""
        if parties:
            self._told.append((number, tuple(parties)))

    def person(
        self,
        number: int,
        here: Sequence[Heard],
        but: Collection[str],
        rivals: Collection[str] = (),
    ) -> Actor | None:
        """Return whom "he" or "she" stands for.

        Args:
            number: Number of the sentence.
            here: Parties before the pronoun in its sentence.
            but: Codes of the parties that it cannot be.
            rivals: States of the other parties of its clause.
        """

        def suits(one: Heard) -> bool:
            if not one.actors:
                return one.part == MAIN
            first = one.actors[0]
            return not one.many and is_person(first) and first.code not in but

        found = self._best("person", number, here, suits, REACH, rivals)
        return found.actors[0] if found is not None and found.actors else None

    def thing(
        self,
        number: int,
        here: Sequence[Heard],
        but: Collection[str],
        rivals: Collection[str] = (),
    ) -> Actor | None:
        """Return which body or state "it" stands for; parameters as in ``person``."""

        def suits(one: Heard) -> bool:
            if not one.actors or one.many or one.part == OWNER:
                return False
            first = one.actors[0]
            return not (first.person or first.rank) and first.code not in but

        found = self._best("thing", number, here, suits, NEAR, rivals)
        return found.actors[0] if found is not None else None

    def several(
        self, number: int, here: Sequence[Heard], but: Collection[str]
    ) -> tuple[Actor, ...]:
        """Return whom "they" stands for: parties side by side, or people of one kind."""

        def suits(one: Heard) -> bool:
            return one.many and not any(actor.code in but for actor in one.actors)

        found = self._find(number, here, suits, 1)
        return found.actors if found is not None else ()

    def subjects(self, here: Sequence[Heard]) -> Iterator[Actor]:
        """Yield the parties of the sentence so far and of those before, as salient as they are."""
        for group in (here, *(told for _, told in reversed(self._told[-NEAR:]))):
            for one in group:
                yield from one.actors

    def joint(self) -> tuple[Actor, ...]:
        """Return the first parties of several states that stood side by side in the last sentence."""
        several = (one.actors for one in self._told[-1][1]) if self._told else iter(())
        return next((some for some in several if len({a.country for a in some}) > 1), ())

    def last(self) -> tuple[Actor, ...]:
        """Return the parties of the last sentence that told of any."""
        return tuple(a for one in self._told[-1][1] for a in one.actors) if self._told else ()

    def _best(
        self,
        kind: str,
        number: int,
        here: Sequence[Heard],
        suits: Callable[[Heard], bool],
        reach: int,
        rivals: Collection[str],
    ) -> Heard | None:
        """Return the most salient of those who suit, as ``data/salience.yaml`` weighs."""
        near = sorted(here, key=lambda one: (one.part != MAIN, -one.at))
        told = [(0, tuple(near))]
        told += [(number - n, group) for n, group in reversed(self._told) if number - n <= reach]
        table = weights.load()[kind]
        best: tuple[float, Heard] | None = None
        for one, found in circumstances(told, suits, rivals):
            score = sum(table.get(word, 0.0) for word in found)
            if best is None or score > best[0]:
                best = score, one
        return best[1] if best is not None else None

    def _find(
        self, number: int, here: Sequence[Heard], suits: Callable[[Heard], bool], reach: int
    ) -> Heard | None:
        near = sorted(here, key=lambda one: (one.part != MAIN, -one.at))
        before = [told for at, told in reversed(self._told) if number - at <= reach]
        for group in (near, *before):
            found = next((one for one in group if suits(one)), None)
            if found is not None:
                return found
        return None
