"""What a pronoun stands for within its own sentence, where the sentence leaves no doubt.

References across sentences are read by ``actors``; here "Oslo said it would send tanks" gives Oslo,
"after accusing them" the diplomats just named, and a quotation's "we" the one who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding.grammar.coordination import spread
from detente.coding.grammar.subjects import subjects_of
from detente.coding.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Reading
    from detente.model import Actor

SPEAKER = frozenset({"we", "us", "i", "me"})
WE = frozenset({"we", "us"})
PEOPLE = frozenset({"he", "him", "she", "her"})
MANY = frozenset({"they", "them"})
THIRD = PEOPLE | MANY | {"it"}
QUOTES = frozenset({'"', "“", "”", "``", "''", "«", "»"})
SAYING = frozenset(
    "say tell announce declare state add write stress note reply warn insist confirm claim explain "
    "report vow pledge promise deny agree decide hope believe tweet argue emphasise emphasize "
    "reiterate affirm underline acknowledge admit ask demand think threaten".split()
)
SIDES = frozenset({"side", "party", "country", "government"})
HOMES = frozenset({"country", "government", "nation", "administration", "people", "side"})
"""Nouns that with "his" or "our" mean the state of the one who speaks."""
BOTH = frozenset({"both", "each"})
FEW = frozenset({"two", "pair", "duo", "three", "trio"})
"""Words for the sides told before: "the two agreed"."""
VISIT = {"guest": slice(0, 1), "visitor": slice(0, 1), "host": slice(1, 2)}
"""Which side of the contact told last a noun means: the visitor stands first."""


def is_of_contact(noun: Token) -> bool:
    """Return whether a noun means a side of a contact: "the visitors", "its host"."""
    if noun.lemma_.lower() not in VISIT:
        return False
    return any(c.lower_ == "the" or c.tag_ == "PRP$" for c in noun.children)


FELLOWS = frozenset({"colleague", "counterpart", "interlocutor"})
"""Nouns that with "his" or "her" mean the other side of the last contact."""
_FACED = FELLOWS | HOMES | VISIT.keys()
"""Nouns that stand for a party by whose they are."""
REFLEXIVE = frozenset({"nsubj", "nsubjpass"})


def _as_told(actors: Sequence[Actor], *, plain: bool) -> tuple[Actor, ...]:
    """Return the states whose officials say "we", or "our country", where ``plain``; "I" is the official."""
    if not plain:
        return tuple(actors)
    return tuple(
        msgspec.structs.replace(
            a, code=a.country, institution="IGO" if a.institution == "IGO" else None, person=None,
            role=None, rank=None,
        )
        for a in actors
    )  # fmt: skip


def _is_joint(token: Token) -> bool:
    """Return whether "we" are both speakers: "we both condemn", "together we call on"."""
    near = (*token.children, *token.head.children)
    return token.lower_ == "we" and any(
        c.lower_ in {"both", "jointly"} and c.i <= token.i + 2 for c in near
    )


def _said(token: Token) -> Token | None:
    """Return the next verb of saying above a token, or beside it as a parenthesis."""
    return next(_sayings(token), None)


def _sayings(token: Token) -> Iterator[Token]:
    """Yield the verbs of saying above a token, and those beside it as a parenthesis."""
    current = token
    while current.head != current:
        above = current.head
        if above.lemma_.lower() in SAYING and current.dep_ in {"ccomp", "xcomp"}:
            yield above
        elif above.pos_ in {"VERB", "AUX"}:
            for child in above.children:
                if child.dep_ == "parataxis" and child.lemma_.lower() in SAYING:
                    yield child
        current = above


class Nearby:
    """Resolves pronouns of one sentence by the mentions of that sentence.

    Args:
        reading: The sentence.
        mentions: Its mentions by head token.
        both: The sides of the contact told last, for a "they" that nothing in the sentence explains.
    """

    def __init__(
        self,
        reading: Reading,
        mentions: Mapping[int, Mention],
        both: Sequence[Mention] = (),
    ) -> None:
        self.reading = reading
        self.mentions = mentions
        self.both = both

    def of(self, token: Token) -> list[Mention]:
        """Return whom a pronoun, or "each side", stands for; empty where that is not safe."""
        low = token.lower_
        if token.tag_ == "PRP" and token.dep_ != "poss":
            if low in SPEAKER:
                return self._speaker(token)
            if low in THIRD:
                return self._third(token, low)
        if low in FEW and any(c.lower_ == "the" for c in token.children):
            return self._pair(token) or self._told(token)
        found = self._of_noun(token)
        if found is not None:
            return found
        if low in BOTH or (
            low.rstrip("s") in SIDES
            and any(c.lower_ in BOTH and c.dep_ in {"det", "predet"} for c in token.children)
        ):
            return self._pair(token)
        return []

    def _of_noun(self, token: Token) -> list[Mention] | None:
        """Return whom "his colleague", "its guest" or "our country" stands for; None for other nouns."""
        lemma = token.lemma_.lower()
        if lemma not in _FACED:
            return None
        own = any(c.tag_ == "PRP$" for c in token.children)
        if lemma in FELLOWS or lemma in VISIT:
            mine = next((c for c in token.children if c.lower_ in {"my", "our"}), None)
            if mine is not None:
                return self.beside(token, self._speaker(mine))
        if lemma in FELLOWS and own:
            return self._told(token)
        if lemma in HOMES and own and token.tag_ == "NN":
            return self._home(token)
        if lemma in VISIT and (own or any(c.lower_ == "the" for c in token.children)):
            told = self._told(token)
            return told if own and token.dep_ != "nsubj" else told[VISIT[lemma]]
        return None

    def _told(self, token: Token) -> list[Mention]:
        """Return the sides of the last contact, placed at a token of this sentence."""
        return [msgspec.structs.replace(mention, head=token.i) for mention in self.both]

    def _speaker(self, token: Token) -> list[Mention]:
        """Return the subject of the verb of saying above a clause."""
        for verb in _sayings(token):
            for subject in subjects_of(verb):
                if subject != token and subject.i in self.mentions:
                    return [self.mentions[subject.i]]
        voice = self.reading.voice
        if voice is None:
            return []
        if self._is_quoted(token):
            return self._placed(voice.quoted, token)
        beside = voice.fellow if _is_joint(token) else ()
        told = _as_told((*voice.plain, *beside), plain=token.lower_ in WE)
        return self._placed(told, token)

    def _home(self, noun: Token) -> list[Mention]:
        """Return the state of the one who says what "his country" or "our government" does."""
        said = _said(noun)
        own = next(c for c in noun.children if c.tag_ == "PRP$")
        if own.lower_ in {"our", "my"}:
            return self._states(self._speaker(noun), noun)
        for subject in subjects_of(said) if said is not None else ():
            mention = self.mentions.get(subject.i)
            if mention is not None and (own.lower_ == "their" or len(mention.actors) == 1):
                return self._states([mention], noun)
        return []

    def _states(self, mentions: Sequence[Mention], token: Token) -> list[Mention]:
        actors = [a for m in mentions for a in m.actors if a.country]
        return self._placed(_as_told(actors, plain=True), token)

    def _is_quoted(self, token: Token) -> bool:
        """Return whether a token stands between quotation marks, one of an earlier sentence included."""
        inside = self.reading.voice is not None and self.reading.voice.inside
        return (sum(t.text in QUOTES for t in token.doc[: token.i]) % 2 == 1) != inside

    def _placed(self, actors: Sequence[Actor], token: Token) -> list[Mention]:
        """Return actors as one mention at a token."""
        if not actors:
            return []
        start, end = self.reading.span_of(token, token)
        placed = tuple(
            msgspec.structs.replace(a, surface=token.text, span=(start, end)) for a in actors
        )
        return [Mention(start=start, end=end, head=token.i, actors=placed, kind="reference")]

    def beside(self, token: Token, own: Sequence[Mention]) -> list[Mention]:
        """Return with whom "we" act together: beside whom one speaks, or the other side of the last contact."""
        mine = {a.country for m in own for a in m.actors}
        voice = self.reading.voice
        fellow = voice.fellow if voice is not None and not self._is_quoted(token) else ()
        if fellow and not {a.country for a in fellow} & mine:
            placed = self._placed(_as_told(fellow, plain=token.lower_ in WE), token)
            return [msgspec.structs.replace(m, head=token.head.i) for m in placed]
        facing = [m for m in self.both if not {a.country for a in m.actors} & mine]
        known = len(facing) < len(self.both)
        return [msgspec.structs.replace(m, head=token.head.i) for m in facing] if known else []

    def _third(self, token: Token, low: str) -> list[Mention]:
        if token.dep_ in REFLEXIVE:
            said = _said(token)
            for subject in subjects_of(said) if said is not None else ():
                if subject.i < token.i and self._suits(subject, low):
                    several = spread(subject) if low in MANY else (subject,)
                    return [self.mentions[t.i] for t in several if t.i in self.mentions]
        own = {t.i for t in subjects_of(token.head)} if token.head.pos_ == "VERB" else set()
        before = [i for i in sorted(self.mentions, reverse=True) if i < token.i and i not in own]
        for index in before:
            head = self.reading.doc[index]
            if self._suits(head, low) and head.dep_ in {"nsubj", "nsubjpass", "dobj"}:
                several = spread(head) if low in MANY else (head,)
                return [self.mentions[t.i] for t in several if t.i in self.mentions]
        return self._told(token) if low == "they" and not before else []

    def _suits(self, head: Token, low: str) -> bool:
        mention = self.mentions.get(head.i)
        if mention is None or mention.kind == "adjective":
            return False
        many = head.tag_ in {"NNS", "NNPS"} or len(mention.actors) > 1
        many |= any(c.dep_ == "conj" for c in head.children)
        if low in MANY:
            return many
        if many and low != "it":
            return False
        actor = mention.actors[0]
        person = bool(actor.person or actor.rank) or mention.kind == "person"
        if actor.how is None and mention.kind == "name":
            return True
        return person if low in PEOPLE else not person

    def _pair(self, token: Token) -> list[Mention]:
        """Return the last two parties named before "each side", if they are just two."""
        verb = token.head
        acting = set()
        if token.dep_ in REFLEXIVE and verb.dep_ in {"ccomp", "xcomp"}:
            verb = verb.head
        if (token.dep_ not in REFLEXIVE or verb is not token.head) and verb.pos_ == "VERB":
            acting = {m for t in subjects_of(verb) if (m := self.mentions.get(t.i)) is not None}
        found: dict[str, Mention] = {}
        for index in sorted(self.mentions):
            mention = self.mentions[index]
            if mention in acting:
                continue
            if index < token.i and not mention.place and mention.kind != "adjective":
                for actor in mention.actors:
                    found.setdefault(actor.country, mention)
        return list(dict.fromkeys(found.values())) if len(found) == 2 else []
