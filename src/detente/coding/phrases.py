"""Reads role phrases: "Belarusian Foreign Minister Vladimir Makei", "the army of Chad".

A phrase is read off the tokens, not the parse, because parsers break such phrases: a country (an
adjective, a possessive, "of X"), a topic ("foreign"), a head noun (``data/roles.yaml``), a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.registers import roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

    from detente.coding.mentions import Hit
    from detente.registers.roles import Head

ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
PRONOUNS = frozenset({"his", "her", "its", "their", "our"})
PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "van", "von", "de", "der", "da", "di", "dos", "ben", "ter"}
)
HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. dr dr. gen gen. col col. lt lt. adm adm. sir".split()
)
CALENDAR = frozenset(
    "yesterday today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec "
    "jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.".split()
)
LONGEST_NAME = 5


@dataclass(slots=True, kw_only=True)
class Phrase:
    """A role phrase of one sentence.

    Attributes:
        start: First token.
        end: One past the last token, name and complement included.
        at: The head noun's last token.
        head: Entry of the head noun.
        institution: Institution, from the topic where the head asks for one.
        owners: Names of the countries or bodies that the role belongs to.
        person: Name that stands with the role.
        role: The office's words.
        former: True for a former holder.
        definite: True after "the" or with capitals; None owners then mean the document's country.
        pronoun: "his", "its" and the like before the role.
        body: Entry of a body that stands before the head: "Defence Ministry representatives".
        extra: Tokens of an apposed name outside ``start`` to ``end``.
    """

    start: int
    end: int
    at: int
    head: Head
    institution: str | None
    owners: list[Hit] = field(default_factory=list)
    person: str | None = None
    role: str = ""
    former: bool = False
    definite: bool = False
    pronoun: str | None = None
    plural: bool = False
    body: Head | None = None
    extra: tuple[int, int] | None = None


class PhraseReader:
    """Reads the role phrases of one sentence.

    Args:
        doc: The parse.
        hits: Register names by the index of every token that they cover.
    """

    def __init__(self, doc: Doc, hits: Mapping[int, Hit]) -> None:
        self.doc = doc
        self.hits = hits
        self.low = [token.lower_ for token in doc]
        self.book = roles.load()
        self._topic_words = {word for key in self.book.topics for word in key} | {"the", "and", "&"}

    def read(self) -> list[Phrase]:
        """Return the phrases in order, without overlap."""
        found: list[Phrase] = []
        index = 0
        while index < len(self.doc):
            size = self._head_size(index)
            if not size or index in self.hits:
                index += 1
                continue
            phrase = self._phrase(index, size, found[-1].end if found else 0)
            if phrase is None:
                index += size
                continue
            found.append(phrase)
            index = max(phrase.end, index + size)
        return found

    def _head_size(self, index: int) -> int:
        if self.doc[index].pos_ in {"VERB", "AUX"} and self.doc[index].tag_ != "VBG":
            return 0
        for size in range(min(self.book.longest, len(self.low) - index), 0, -1):
            if tuple(self.low[index : index + size]) in self.book.heads:
                return size
        return 0

    def _phrase(self, index: int, size: int, floor: int) -> Phrase | None:
        head = self.book.heads[tuple(self.low[index : index + size])]
        last = index + size - 1
        if size == 1 and self.doc[index].pos_ == "ADJ" and self.doc[index].dep_ == "amod":
            return None
        if self._modifies_another_head(last):
            return None
        phrase = Phrase(
            start=index, end=last + 1, at=last, head=head, institution=head.institution,
            plural=self.doc[last].tag_ in {"NNS", "NNPS"},
        )  # fmt: skip
        topic_from = self._left(phrase, index, floor)
        self._right(phrase)
        self._topic(phrase, topic_from)
        return phrase

    def _modifies_another_head(self, last: int) -> bool:
        """Whether the noun only describes the next head: "police officers", "government troops"."""
        following = last + 1
        return (
            following < len(self.doc)
            and following not in self.hits
            and self.doc[last].dep_ in {"compound", "amod", "nmod"}
            and self._head_size(following) > 0
            and not self.book.heads[(self.low[following],)].needs_owner
            if (following < len(self.low) and (self.low[following],) in self.book.heads)
            else False
        )

    def _left(self, phrase: Phrase, index: int, floor: int) -> int:
        """Take what stands before the head; return where the role's own words begin."""
        j = begin = index
        while j > floor:
            token = self.doc[j - 1]
            hit = self.hits.get(j - 1)
            if hit is not None:
                j = self._owner(phrase, j - 1, hit)
                if not self._coordinated(j, floor):
                    break
                j -= 1
            elif token.lower_ in {"'s", "’s", "'", "’"} and j - 2 in self.hits:
                j -= 1
            elif token.lower_ in ARTICLES or token.lower_ in PRONOUNS:
                phrase.definite = token.lower_ == "the" or token.lower_ in PRONOUNS
                phrase.pronoun = token.lower_ if token.lower_ in PRONOUNS else None
                j -= 1
                break
            elif self._body(token) is not None:
                phrase.body = self._body(token)
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

    def _body(self, token: Token) -> Head | None:
        head = self.book.heads.get((token.lower_,))
        describes = (
            token.dep_ in {"compound", "nmod", "amod"} and token.lower_ not in self.book.before
        )
        return head if head is not None and head.rank is None and describes else None

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

    def _may_stand_between(self, token: Token) -> bool:
        low = token.lower_
        if low in self.book.before or (low,) in self.book.topics or low in {"-", "and-"}:
            return True
        if any(low in key for key in self.book.topics if len(key) > 1):
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
        k = self._complement(phrase, k)
        phrase.end = k
        if phrase.head.person:
            self._name(phrase, k)
        phrase.role = self._role_words(phrase)

    def _complement(self, phrase: Phrase, k: int) -> int:
        """Take "of Foreign Affairs", "of France, Germany and Poland", "to NATO"."""
        if k >= len(self.low) or self.low[k] not in {"of", "for", "at", "from", "to", "in"}:
            return k
        if phrase.pronoun is not None and self.low[k] != "of":
            return k
        preposition, m = self.low[k], k + 1
        while m < len(self.low) and (self.low[m] in ARTICLES or self.low[m] in self.book.before):
            m += 1
        if m in self.hits:
            if preposition == "to" or (phrase.owners and preposition != "of"):
                return k
            if preposition in {"at", "in"} and phrase.head.rank is not None:
                return k
            return self._owners_after(phrase, m) if preposition != "at" else k
        size = self._topic_size(m)
        if size and preposition in {"of", "for"} and phrase.head.topic:
            m += size
            while (
                m + 1 < len(self.low)
                and self.low[m] in {"and", "&", ","}
                and self._topic_size(m + 1)
            ):
                m += 1 + self._topic_size(m + 1)
            return self._complement(phrase, m) if m < len(self.low) and self.low[m] == "of" else m
        return k

    def _past(self, m: int) -> int:
        hit = self.hits[m]
        while self.hits.get(m) is hit:
            m += 1
        return m

    def _owners_after(self, phrase: Phrase, m: int) -> int:
        while True:
            if self.hits[m] not in phrase.owners:
                phrase.owners.append(self.hits[m])
            m = self._past(m)
            step = m
            while step < len(self.low) and self.low[step] in {",", "and", "the"}:
                step += 1
            if step == m or step not in self.hits or not phrase.plural:
                return m
            if self.hits[step].senses[0].kind == "adjective":
                return m
            m = step

    def _topic_size(self, index: int) -> int:
        for size in range(min(3, len(self.low) - index), 0, -1):
            if tuple(self.low[index : index + size]) in self.book.topics:
                return size
        return 0

    def _topic(self, phrase: Phrase, begin: int) -> None:
        if phrase.body is not None:
            phrase.institution = phrase.body.institution
        if not (phrase.body or phrase.head).topic:
            return
        best = 0
        for index in range(begin, phrase.end):
            size = self._topic_size(index)
            if size > best and index + size <= phrase.end and index not in self.hits:
                best = size
                phrase.institution = self.book.topics[tuple(self.low[index : index + size])]

    def _name(self, phrase: Phrase, k: int) -> None:
        span = self._name_at(k)
        if span is not None:
            phrase.person, phrase.end = self._words(*span), span[1]
            after = span[1] + 1
            if not phrase.owners and after in self.hits and self.low[span[1]] in {"of", "from"}:
                phrase.end = self._owners_after(phrase, after)
            return
        if k < len(self.low) and self.low[k] == ",":
            span = self._name_at(k + 1)
            if span is not None and span[1] - span[0] > 1 and self._closed(span[1]):
                phrase.person, phrase.extra = self._words(*span), span
                return
        if phrase.start > 1 and self.low[phrase.start - 1] == ",":
            first = phrase.start - 1
            while (
                first > 0 and self._is_name(first - 1) and phrase.start - first < LONGEST_NAME + 1
            ):
                first -= 1
            if first < phrase.start - 1:
                phrase.person = self._words(first, phrase.start - 1)
                phrase.extra = (first, phrase.start - 1)

    def _closed(self, k: int) -> bool:
        return k >= len(self.low) or self.low[k] in {",", ".", ";", ")", "and"}

    def _name_at(self, k: int) -> tuple[int, int] | None:
        while k < len(self.low) and self.low[k] in HONORIFICS:
            k += 1
        m = k
        while m < len(self.doc) and m - k < LONGEST_NAME and self._is_name(m):
            m += 1
        return (k, m) if m > k and self.doc[m - 1].text[:1].isupper() else None

    def _is_name(self, index: int) -> bool:
        token = self.doc[index]
        if index in self.hits and self.hits[index].senses[0].kind != "person":
            return False
        if token.lower_ in CALENDAR or (token.lower_,) in self.book.heads:
            return False
        if token.lower_ in PARTICLES or token.text == "-":
            return 0 < index < len(self.doc) - 1 and self.doc[index + 1].text[:1].isupper()
        return (
            token.text[:1].isupper()
            and token.pos_ in {"PROPN", "NOUN", "ADJ", "X"}
            and token.is_alpha | ("'" in token.text) | ("." in token.text) | ("-" in token.text)
        )

    def _words(self, first: int, last: int) -> str:
        return self.doc[first:last].text.strip()

    def _role_words(self, phrase: Phrase) -> str:
        first = phrase.start
        while first < phrase.at and (
            self.low[first] in ARTICLES
            or self.low[first] in PRONOUNS
            or first in self.hits
            or self.low[first] in {"'s", "’s", "and", ","}
        ):
            first += 1
        last = phrase.at + 1
        if last < phrase.end and self.low[last] in {"of", "for"} and last + 1 not in self.hits:
            last += 1
            while last < phrase.end and self.low[last] in self._topic_words:
                last += 1
            while self.low[last - 1] in {"of", "for", "the", "and", "&"}:
                last -= 1
        return self.doc[first:last].text
