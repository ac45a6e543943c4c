"""Reads the names of people beside their roles: "Ada Example, 45, the minister"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.actors.phrase import (
    ARTICLES,
    HONORIFICS,
    LONGEST_NAME,
    PARTICLES,
    POSTED,
    Phrase,
    in_calendar,
)
from detente.registers import roles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.coding.actors.mentions import Hit
    from detente.coding.grammar.tree import Doc

LONGEST_TASK = 8
"""Words of an envoy's task: "for the Kosovo-Serbia dialogue"."""


class NameReader:
    """Reads the names of one sentence.

    Args:
        doc: The parse.
        hits: Register names by the index of every token that they cover.
        low: Its words in lower case.
    """

    def __init__(self, doc: Doc, hits: Mapping[int, Hit], low: Sequence[str]) -> None:
        self.doc = doc
        self.hits = hits
        self.low = low
        self.book = roles.load()

    def past_age(self, comma: int) -> int:
        """Return where the name in "Ada Example, 45, the minister" ends."""
        aged = comma > 2 and self.doc[comma - 1].like_num and self.low[comma - 2] == ","
        return comma - 2 if aged else comma

    def past_post(self, phrase: Phrase, k: int) -> int:
        """Return where the words go on after an envoy's post: "ambassador to Belarus, Ilze Ozola"."""
        if phrase.head.rank not in POSTED or k >= len(self.low):
            return k
        if self.low[k] == "for":
            return self._past_task(k)
        if self.low[k] not in {"to", "in"}:
            return k
        m = k + 1
        while m < len(self.low) and self.low[m] in ARTICLES:
            m += 1
        return self.past_hit(m) if m in self.hits else k

    def closed(self, k: int) -> bool:
        """Return whether nothing of a name follows."""
        return k >= len(self.low) or self.low[k] in {",", ".", ";", ")", "and"}

    def _past_task(self, k: int) -> int:
        """Return where a name goes on after an envoy's task: "envoy for the Cyprus talks, Ilze Ozola"."""
        m = k + 1
        while m < len(self.doc) and m - k <= LONGEST_TASK and self.low[m] != ",":
            if self.doc[m].pos_ in {"VERB", "AUX", "ADP"}:
                return k
            m += 1
        return m if self.low[m : m + 1] == [","] else k

    def name_at(self, k: int) -> tuple[int, int] | None:
        """Return the first word of a name that begins there and the word after it."""
        while k < len(self.low) and self.low[k] in HONORIFICS:
            k += 1
        m = k
        while m < len(self.doc) and m - k < LONGEST_NAME and self.is_name(m):
            m += 1
        return (k, m) if m > k and self.doc[m - 1].text[:1].isupper() else None

    def is_name(self, index: int) -> bool:
        """Return whether a word may belong to a name."""
        token = self.doc[index]
        if index in self.hits and self.hits[index].senses[0].kind != "person":
            return False
        head = self.book.heads.get((token.lower_,))
        if in_calendar(token):
            return False
        if head is not None and (head.rank is not None or not (head.person or head.alone)):
            return False
        if token.lower_ in PARTICLES or token.text == "-":
            after = index + 1
            while after < len(self.doc) - 1 and (
                self.low[after] in PARTICLES or self.low[after] == "-"
            ):
                after += 1
            return 0 < index < len(self.doc) - 1 and self.doc[after].text[:1].isupper()
        return (
            token.text[:1].isupper()
            and token.pos_ in {"PROPN", "NOUN", "ADJ", "X"}
            and token.is_alpha | ("'" in token.text) | ("." in token.text) | ("-" in token.text)
        )

    def past_hit(self, m: int) -> int:
        """Return the word after the register name that covers one."""
        hit = self.hits[m]
        while self.hits.get(m) is hit:
            m += 1
        return m
