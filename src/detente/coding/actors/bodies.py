"""Reads whose body a role is held in: "of the Chilean football federation", "aides of the president", "Kurdish leaders"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.registers import roles
from detente.registers.roles import Head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.coding.actors.mentions import Hit
    from detente.coding.actors.names import NameReader
    from detente.coding.actors.phrase import Phrase
    from detente.coding.grammar.tree import Doc

SERVING = frozenset({"spokesperson", "adviser"})
"""Ranks of those who act for the office that they serve: "aides of the Iranian president"."""
SENT = frozenset({"delegation", "delegations", "team"})
"""Nouns for a group that is of those whom it consists of: "a delegation of generals"."""
OWNED = frozenset({"website", "websites"})
"""Nouns for things that stand for the body that they are of."""
LEADERS = frozenset({"leader", "leaders"})
PLAIN = frozenset(
    "- long time longtime veteran authoritarian paramount national new young reclusive popular embattled "
    "reformist hardline hard line moderate two both".split()
)
"""Words before "leader" that leave him the leader of the state; others make him somebody else's: "Kurdish leaders"."""
WINGS = frozenset({"far", "left", "right", "wing"})
"""Words before "leader" that make him a party's."""
LOOK_AHEAD = 4
"""Words that may stand between an owner and the office that somebody serves: "of the Polish deputy foreign minister"."""


class BodyReader:
    """Reads the bodies of one sentence's roles.

    Args:
        doc: The parse.
        hits: Register names by the index of every token that they cover.
        low: Its words in lower case.
        names: Reads the names beside the roles.
    """

    def __init__(
        self, doc: Doc, hits: Mapping[int, Hit], low: Sequence[str], names: NameReader
    ) -> None:
        self.doc = doc
        self.hits = hits
        self.low = low
        self.names = names
        self.book = roles.load()

    def lead(self, phrase: Phrase, begin: int) -> None:
        """Take the body that a leader is of by the words before him: "far-right leader", "Senate leaders"."""
        if phrase.head.words[0] not in LEADERS or phrase.body is not None:
            return
        words = [self.low[i] for i in range(begin, phrase.at) if i not in self.hits]
        found = (self.book.heads.get((w,)) for w in words)
        body = next((h for h in found if h is not None and h.institution and not h.rank), None)
        if body is None:
            if not set(words) - PLAIN - self.book.before - self.book.former:
                return
            wing = "PTY" if WINGS & set(words) else None
            body = Head(words=(), institution=wing, sector=wing)
        phrase.body, phrase.member = body, True

    def speaks(self, phrase: Phrase, preposition: str, m: int) -> None:
        """Read "the speaker for Egypt" as who speaks for the state, not as the speaker of its parliament."""
        if phrase.head.rank == "speaker" and preposition == "for" and m in self.hits:
            phrase.head = self.book.heads["spokesman",]
            phrase.institution = phrase.head.institution

    def served(self, phrase: Phrase, preposition: str, m: int) -> int:
        """Take the office or the people that somebody speaks for: "a spokesman for the Danish premier".

        Args:
            phrase: The phrase so far.
            preposition: Word after its head.
            m: Where the words after that and its articles begin.

        Returns:
            One past the last word taken, 0 where there is none.
        """
        noun = self.low[phrase.at]
        if noun in SENT | OWNED:
            fits = preposition == "of"
        else:
            fits = phrase.head.rank in SERVING and preposition in {"of", "for", "to"}
        if not fits or phrase.owners:
            return 0
        owner, k = self.hits.get(m), m
        if owner is not None:
            k = self.names.past_hit(m)
            k += k < len(self.low) and self.low[k] in {"'s", "’s"}
        found = self._office_at(k)
        if found is None:
            return 0
        head, end = found
        end, head = self._with_topic(head, k, end) if head.topic else (end, head)
        if owner is None and self.low[end : end + 1] == ["of"]:
            after = end + 1
            after += after < len(self.low) and self.low[after] == "the"
            owner = self.hits.get(after)
            end = self.names.past_hit(after) if owner is not None else end
        if owner is None and noun not in SENT:
            return 0
        if owner is not None:
            phrase.owners.append(owner)
        phrase.body = Head(words=head.words, institution=head.institution, sector=head.sector)
        phrase.member = True
        return end

    def _office_at(self, k: int) -> tuple[Head, int] | None:
        """Return the office or body whose noun stands there, or after words that describe it."""
        for first in range(k, min(k + LOOK_AHEAD, len(self.low))):
            if first in self.hits or self.doc[first].pos_ in {"VERB", "AUX", "ADP", "PUNCT"}:
                return None
            for size in range(min(self.book.longest, len(self.low) - first), 0, -1):
                head = self.book.heads.get(tuple(self.low[first : first + size]))
                if head is not None and head.institution is not None and not head.alone:
                    return head, first + size
        return None

    def of_a_body(self, phrase: Phrase, m: int) -> int:
        """Take the body after a country: "of the Chilean football federation" is no head of state."""
        owner = self.hits[m - 1].senses[0].kind
        possessive = m < len(self.low) and self.low[m] in {"'s", "’s"}
        if not (owner == "adjective" or possessive):
            return m
        first = end = m + possessive
        while end < len(self.doc) and self.doc[end].pos_ in {"NOUN", "PROPN", "ADJ"}:
            named = self.doc[end].text[:1].isupper()
            if named and end > first and self.doc[end - 1].text.islower():
                break
            end += 1
        while end > first and self.doc[end - 1].pos_ == "ADJ":
            end -= 1
        if end == first or (phrase.institution == "GOV" and self._holds_office(first, end)):
            return m
        if self.topic_size(first) == end - first:
            return end
        found = (self.book.heads.get(tuple(self.low[start:end])) for start in range(first, end))
        body = next((head for head in found if head is not None), None)
        if body is not None and body.rank is not None:
            return end
        if body is None and phrase.plural:
            return m
        if body is not None and body.topic:
            end, body = self._with_topic(body, first, end)
        phrase.body = body or Head(words=(), institution="NGO", sector="SOC")
        phrase.member = True
        return end

    def _holds_office(self, first: int, end: int) -> bool:
        """Return whether an office and a name stand there: "the government of the Danish premier Bo Holm"."""
        found = (
            self.book.heads.get(tuple(self.low[start:stop]))
            for start in range(first, end)
            for stop in range(start + 1, min(start + 3, end - 1))
        )
        return any(head is not None and head.rank is not None for head in found)

    def _with_topic(self, body: Head, first: int, end: int) -> tuple[int, Head]:
        """Return a ministry with its topic: "Ministry of Defence", "Defence Ministry"."""
        last = end
        if end + 1 < len(self.low) and self.low[end] == "of" and self.topic_size(end + 1):
            last = end + 1 + self.topic_size(end + 1)
        for start in range(first, last):
            size = self.topic_size(start)
            if size:
                institution = self.book.topics[tuple(self.low[start : start + size])]
                return last, Head(words=body.words, institution=institution)
        return last, body

    def topic_size(self, index: int) -> int:
        """Return how many words of an office's field begin there."""
        for size in range(min(3, len(self.low) - index), 0, -1):
            if tuple(self.low[index : index + size]) in self.book.topics:
                return size
        return 0
