"""How much is coded at a time: short documents together, long ones in parts."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.types import Sentence
    from detente.model import Document

PART = 50_000
"""Characters; a longer text is coded in parts, in memory that does not grow with it."""

TOGETHER = 20_000
"""Characters of short documents that are parsed in one go, a second's work."""


def grouped(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield documents in groups that are parsed together; a long one stands alone.

    A parse does not depend on its group (the same sentences gave the same numbers to the bit), but
    a parse of a few sentences costs more for each than one of many.
    """
    group: list[Document] = []
    characters = 0
    for document in documents:
        if group and characters + len(document.text) > TOGETHER:
            yield group
            group, characters = [], 0
        group.append(document)
        characters += len(document.text)
    if group:
        yield group


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector of cyclic garbage back for as long as something is coded.

    A parse is made of many small objects that refer to each other. Collecting while they are made
    finds next to nothing to free and took a quarter of the coder's own time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def parts(cut: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Yield stretches of about ``PART`` characters that end where paragraphs do.

    A paragraph that is longer than two parts is cut between sentences.
    """
    first = 0
    for n, sentence in enumerate(cut):
        length = sentence.start - cut[first].start
        new = n > 0 and sentence.paragraph != cut[n - 1].paragraph
        if (new and length >= PART) or length >= 2 * PART:
            yield cut[first:n]
            first = n
    if first < len(cut):
        yield cut[first:]


def window(document: Document, part: Sequence[Sentence]) -> Document:
    """Return the document as far as a part goes: offsets stay, what stands elsewhere is blank."""
    first, last = part[0].start, part[-1].end
    return msgspec.structs.replace(document, text=" " * first + document.text[first:last])
