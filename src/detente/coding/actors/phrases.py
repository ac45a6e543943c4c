"""Reads role phrases: "Belarusian Foreign Minister Vladimir Makei", "the army of Chad".

A phrase is read off the tokens, not the parse, because parsers break such phrases: a country (an
adjective, a possessive, "of X"), a topic ("foreign"), a head noun (``data/roles.yaml``), a name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from detente.coding.actors.bodies import BodyReader
from detente.coding.actors.names import NameReader
from detente.coding.actors.phrase import (
    ARTICLES,
    HONORIFICS,
    LONGEST_NAME,
    POSTED,
    PRONOUNS,
    Phrase,
)
from detente.registers import roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.coding.actors.mentions import Hit
    from detente.coding.grammar.tree import Doc, Token
    from detente.registers.roles import Head


OTHER_FIELD = 0.25
"""Weight of a field without an institution of its own: a minister of foreign and European affairs is a foreign minister."""

ABROAD = frozenset({"foreign", "home", "state"})
"""Fields that only beside an office are its own: "foreign officials" come from abroad."""


@cache
def _topic_words() -> frozenset[str]:
    """Return the words of an office's field, with those that join them."""
    return frozenset(word for key in roles.load().topics for word in key) | {"the", "and", "&"}


@cache
def _parts_of_topics() -> frozenset[str]:
    """Return the words of the fields of offices that take several words."""
    return frozenset(word for key in roles.load().topics if len(key) > 1 for word in key)


class PhraseReader:
    """Reads the role phrases of one sentence.

    Args:
        doc: The parse.
        hits: Register names by the index of every token that they cover.
        alone: Whether the sentence is one phrase, in which a place or thing stands for its people.
    """

    def __init__(self, doc: Doc, hits: Mapping[int, Hit], *, alone: bool = False) -> None:
        self.doc = doc
        self.alone = alone
        self.hits = hits
        self.low = [token.lower_ for token in doc]
        self.book = roles.load()
        self.names = NameReader(doc, hits, self.low)
        self.bodies = BodyReader(doc, hits, self.low, self.names)

    def read(self) -> list[Phrase]:
        """Return the phrases in order, without overlap."""
        found: list[Phrase] = []
        index = 0
        first = self.book.first
        last = len(self.low)
        while index < last:
            size = self._head_size(index) if self.low[index] in first else 0
            if not size or index in self.hits:
                index += 1
                continue
            phrase = self._phrase(index, size, found[-1].end if found else 0)
            if phrase is None:
                index += size
                continue
            if found:
                self._share(found[-1], phrase)
            found.append(phrase)
            index = max(phrase.end, index + size)
        return found

    def _share(self, before: Phrase, phrase: Phrase) -> None:
        """Give "police" in "Albania's army and police" the owner of the army."""
        between = self.low[before.end : phrase.start]
        joined = bool(between) and all(word in {"and", "or", ","} for word in between)
        alike = not phrase.owners and phrase.pronoun is None and not phrase.person
        if joined and alike and before.owners and before.person is None and before.at > 0:
            leading = [hit for hit in before.owners if hit.start < self._offset(before.at)]
            phrase.owners += leading if self.low[phrase.start] not in ARTICLES else []

    def _offset(self, index: int) -> int:
        """Return where a token starts, counted as the hits count."""
        first = next(iter(self.hits.values())) if self.hits else None
        if first is None:
            return 0
        token = min(i for i, hit in self.hits.items() if hit is first)
        return first.start - self.doc[token].idx + self.doc[index].idx

    def _head_size(self, index: int) -> int:
        token = self.doc[index]
        acting = token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG"
        if acting and not self.alone and not _in_capitals(token.text):
            return 0
        for size in self.book.first.get(self.low[index], ()):
            if size > len(self.low) - index:
                continue
            head = self.book.heads.get(tuple(self.low[index : index + size]))
            if head is not None and head.capitals and not _in_capitals(token.text):
                return 0
            if head is not None and (self.alone or not head.alone):
                return 0 if self._in_a_name(index, size, head) else size
        return 0

    def _in_a_name(self, index: int, size: int, head: Head) -> bool:
        """Whether the noun is a family name: "Tim Cook", "Park Jin"."""
        if size > 1 or head.rank is not None or not self.doc[index].text.istitle():
            return False
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(self.doc)]
        named = [
            self.doc[i].text.istitle()
            and i not in self.hits
            and (self.low[i],) not in self.book.topics
            and ((self.low[i],) not in self.book.heads or head.alone)
            for i in beside
        ]
        return any(named) and (head.person or head.alone) and not head.words[0].endswith("school")

    def _phrase(self, index: int, size: int, floor: int) -> Phrase | None:
        head = self.book.heads[tuple(self.low[index : index + size])]
        last = index + size - 1
        describes = self.doc[index].pos_ == "ADJ" and self.doc[index].dep_ == "amod"
        if size == 1 and describes and not head.capitals:
            return None
        if self._modifies_another_head(last):
            return None
        phrase = Phrase(
            start=index, end=last + 1, at=last, head=head, institution=head.institution,
            plural=self._is_plural(last),
        )  # fmt: skip
        topic_from = self._left(phrase, index, floor)
        phrase.before = frozenset(self.low[topic_from:index])
        self.bodies.lead(phrase, topic_from)
        self._right(phrase)
        self._topic(phrase, topic_from)
        return phrase

    def _is_plural(self, last: int) -> bool:
        """Whether a noun is a plural, though its capital may hide that: "the Ambassadors of ..."."""
        low = self.low[last]
        listed = low.endswith("s") and (low[:-1],) in self.book.heads
        return listed or self.doc[last].tag_ in {"NNS", "NNPS"}

    def _modifies_another_head(self, last: int) -> bool:
        """Whether the noun only describes the next head: "police officers", "government troops"."""
        following = last + 1
        if following >= len(self.doc) or following in self.hits:
            return False
        head = self.book.heads.get((self.low[following],))
        describes = self.doc[last].dep_ in {"compound", "amod", "nmod"}
        return (
            head is not None
            and describes
            and self._head_size(following) > 0
            and not head.needs_owner
        )

    def _left(self, phrase: Phrase, index: int, floor: int) -> int:
        """Take what stands before the head; return where the role's own words begin."""
        j = begin = index
        while j > floor:
            token = self.doc[j - 1]
            hit = self._hit_before(j)
            if hit is not None:
                j = self._owner(phrase, j - 1, hit)
                if not self._coordinated(j, floor) or not self._may_list(phrase, j):
                    break
                j -= 1
            elif size := self._possessive(j):
                j -= size
            elif token.lower_ in ARTICLES or token.lower_ in PRONOUNS:
                phrase.definite = token.lower_ == "the" or token.lower_ in PRONOUNS
                phrase.pronoun = token.lower_ if token.lower_ in PRONOUNS else None
                j -= 1
                break
            elif (body := self._body(token, phrase.at)) is not None:
                phrase.body = body
                j -= 1
                begin = j
            elif self._may_stand_between(token):
                phrase.former |= token.lower_ in self.book.former
                j -= 1
                begin = j
            else:
                break
        phrase.start = j
        phrase.definite |= self.doc[index].text[:1].isupper() and index > 0
        phrase.former |= any(self.low[k] in self.book.former for k in range(phrase.start, index))
        if j > floor and self.low[j - 1] in self.book.former:
            phrase.former, j = True, j - 1
            phrase.start = j
        if j > floor and self.low[j - 1] == "the":
            phrase.start, phrase.definite = j - 1, True
        return begin

    def _possessive(self, j: int) -> int:
        """Return how many words before a token stand between it and its owner: "Oslo's", "the EU bloc's"."""
        if self.low[j - 1] not in {"'s", "’s", "'", "’"}:
            return 0
        if j - 2 in self.hits:
            return 1
        return 2 if self.low[j - 2] == "bloc" and j - 3 in self.hits else 0

    def _hit_before(self, j: int) -> Hit | None:
        """Return the name before a token; "gave Ukraine four jets" makes no Ukrainian jets."""
        hit = self.hits.get(j - 1)
        counted = hit is not None and self.doc[j].pos_ == "NUM"
        return None if counted and hit and hit.senses[0].kind in {"state", "capital"} else hit

    def _body(self, token: Token, at: int) -> Head | None:
        head = self.book.heads.get((token.lower_,))
        describes = (
            token.dep_ in {"compound", "nmod", "amod"}
            and token.pos_ != "ADJ"
            and token.head.i in {at, at + 1}
            and token.lower_ not in self.book.before
        )
        if head is None or head.rank is not None or not describes:
            return None
        return head if self.alone or not head.alone else None

    def _owner(self, phrase: Phrase, last: int, hit: Hit) -> int:
        phrase.owners.insert(0, hit)
        first = last
        while first - 1 >= 0 and self.hits.get(first - 1) is hit:
            first -= 1
        return first

    def _coordinated(self, j: int, floor: int) -> bool:
        """Whether another country stands before: "the German and French ministers"."""
        if j - 2 < floor or self.low[j - 1] not in {"and", ",", "-", "–", "/"}:
            return False
        return j - 2 in self.hits

    def _may_list(self, phrase: Phrase, j: int) -> bool:
        """Whether a comma joins owners: not in "Speaking in Khartoum, Ethiopia's minister"."""
        return self.low[j - 1] != "," or phrase.plural

    def _may_stand_between(self, token: Token) -> bool:
        low = token.lower_
        if low in self.book.before or (low,) in self.book.topics or low in {"-", "and-"}:
            return True
        if low in _parts_of_topics():
            return True
        return token.pos_ in {"ADJ", "NUM"} or (
            token.dep_ in {"compound", "amod", "nmod"} and token.pos_ == "NOUN"
        )

    def _right(self, phrase: Phrase) -> None:
        k = phrase.end
        if (
            k + 1 < len(self.doc)
            and self.low[k] == "-"
            and self.low[k + 1] in {"elect", "designate"}
        ):
            k += 2
            phrase.elect = True
        k = self._complement(phrase, k)
        phrase.end = k
        if phrase.head.person:
            self._name(phrase, k)
        phrase.role = phrase.words(self.doc, self.hits, _topic_words())

    def _complement(self, phrase: Phrase, k: int) -> int:
        """Take "of Foreign Affairs", "of France, Germany and Poland", "to NATO"."""
        if k >= len(self.low) or self.low[k] not in {"of", "for", "at", "from", "to", "in"}:
            return k
        if phrase.pronoun is not None and self.low[k] != "of":
            return k
        preposition, m = self.low[k], k + 1
        while m < len(self.low) and (self.low[m] in ARTICLES or self.low[m] in self.book.before):
            m += 1
        self.bodies.speaks(phrase, preposition, m)
        served = self.bodies.served(phrase, preposition, m)
        if served:
            return served
        if m in self.hits:
            if preposition == "to" or (phrase.owners and preposition != "of"):
                return k
            posted = preposition == "for" and phrase.head.rank in POSTED
            housed = preposition == "in" and (
                phrase.head.rank is not None or phrase.institution == "EMB"
            )
            if posted or housed or preposition == "at":
                return k
            return self.bodies.of_a_body(phrase, self._owners_after(phrase, m))
        size = self.bodies.topic_size(m)
        if size and preposition in {"of", "for"} and phrase.head.topic:
            m += size
            while (
                m + 1 < len(self.low)
                and self.low[m] in {"and", "&", ","}
                and self.bodies.topic_size(m + 1)
            ):
                m += 1 + self.bodies.topic_size(m + 1)
            m = self._past_portfolio(m)
            return self._complement(phrase, m) if m < len(self.low) and self.low[m] == "of" else m
        return k

    def _past_portfolio(self, m: int) -> int:
        """Return where a long title goes on after "and Human Mobility": at the "of" before its country."""
        if m >= len(self.low) or self.low[m] not in {"and", "&", ","}:
            return m
        end = m + 1
        while end < len(self.doc) and (
            (self.doc[end].text[:1].isupper() and end not in self.hits)
            or self.low[end] in {"and", "&", ",", "the"}
        ):
            end += 1
        after = end + 1
        while after < len(self.low) and self.low[after] in ARTICLES:
            after += 1
        ahead = end < len(self.low) and self.low[end] == "of" and after in self.hits
        return end if ahead else m

    def _owners_after(self, phrase: Phrase, m: int) -> int:
        while True:
            if self.hits[m] not in phrase.owners:
                phrase.owners.append(self.hits[m])
            m = self.names.past_hit(m)
            step = m
            while step < len(self.low) and self.low[step] in {",", "and", "the"}:
                step += 1
            if step == m or step not in self.hits or not phrase.plural:
                return m
            kinds = {self.hits[i].senses[0].kind for i in (m - 1, step)}
            if "adjective" in kinds and kinds != {"adjective"}:
                return m
            m = step

    def _topic(self, phrase: Phrase, begin: int) -> None:
        if phrase.body is not None:
            phrase.institution = phrase.body.institution
        told = phrase.body or phrase.head
        if not (told.topic or told.beside) or phrase.member:
            return
        best: float = 0
        for index in range(begin, phrase.end):
            size = self.bodies.topic_size(index)
            weight: float = size
            field = self.book.topics.get(tuple(self.low[index : index + size]))
            if self.low[index] == "state":
                secretary = any("secretary" in w or w == "department" for w in phrase.head.words)
                weight = 0.5 if secretary else 0
            elif field == "GOV":
                weight = OTHER_FIELD
            elif told.beside and self.low[index] in ABROAD:
                weight = 0
            if weight > best and index + size <= phrase.end and index not in self.hits:
                best = weight
                phrase.institution = self.book.topics[tuple(self.low[index : index + size])]

    def _name(self, phrase: Phrase, k: int) -> None:
        span = self.names.name_at(k)
        if (
            span is not None
            and phrase.plural
            and self.low[span[1] : span[1] + 1] not in (["and"], [","])
        ):
            return
        if span is not None:
            phrase.person, phrase.end = self._words(*span), span[1]
            phrase.closed = phrase.end
            after = span[1] + 1
            if not phrase.owners and after in self.hits and self.low[span[1]] in {"of", "from"}:
                phrase.end = self._owners_after(phrase, after)
            return
        after = phrase.closed = self.names.past_post(phrase, k)
        apposed = after < len(self.low) and self.low[after] == ","
        if apposed or after > k:
            span = self.names.name_at(after + apposed)
            whole = span is not None and span[1] - span[0] > 1
            if span is not None and whole and (not apposed or self.names.closed(span[1])):
                phrase.person, phrase.extra = self._words(*span), span
                return
        if phrase.start > 1 and self.low[phrase.start - 1] in {",", "("}:
            first = last = self.names.past_age(phrase.start - 1)
            while first > 0 and self.names.is_name(first - 1) and last - first < LONGEST_NAME:
                first -= 1
            while first < last and self.low[first] in HONORIFICS:
                first += 1
            if first < last:
                phrase.person = self._words(first, last)
                phrase.extra = (first, last)

    def _words(self, first: int, last: int) -> str:
        return self.doc[first:last].text.strip()


def _in_capitals(word: str) -> bool:
    return word[0].isupper() and word[-1].isupper()
