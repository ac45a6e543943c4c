"""Numbering citations: one number for each sentence of a document, in the order of first need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.model import Citation, Cited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.brief.select import Library
    from detente.model import Event
    from detente.relations.incidents import Incident

MOST_MENTIONS = 6
"""Citations of one incident in one sentence; the others are counted in its small print."""


class Citer:
    """Gives numbers to sentences of documents."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[tuple[str, int], int] = {}

    def cite(self, text: str, mentions: Iterable[Event | tuple[str, int]]) -> Cited:
        """Return a sentence that rests on mentions."""
        numbers = {self.number(mention) for mention in mentions}
        return Cited(text=text, cites=tuple(sorted(numbers)))

    def number(self, mention: Event | tuple[str, int]) -> int:
        """Return the number of the sentence in which a mention stands."""
        key = mention if isinstance(mention, tuple) else (mention.doc, mention.sentence)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def citations(self) -> tuple[Citation, ...]:
        """Return all citations by number."""
        found = []
        for (document, sentence), number in self._numbers.items():
            source = self._library.source(document)
            found.append(
                Citation(
                    number=number,
                    document=document,
                    sentence=sentence,
                    title=source.title,
                    publisher=source.publisher,
                    published=source.published,
                    source=source.source,
                    quote=self._library.quote(document, sentence),
                )
            )
        return tuple(found)


def ranked(incident: Incident, library: Library) -> list[Event]:
    """Return mentions, best first: surest, body before headline, one for each document first."""
    order = sorted(
        incident.mentions,
        key=lambda e: (
            e.sentence == 0,
            -round(e.confidence, 2),
            library.source(e.doc).published or "9999",
            e.doc,
            e.sentence,
        ),
    )
    first: dict[str, Event] = {}
    for event in order:
        first.setdefault(library.source(event.doc).cluster or event.doc, event)
    chosen = list(first.values())
    ids = {event.id for event in chosen}
    return (chosen + [event for event in order if event.id not in ids])[:]


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as ranges: 1, 2, 3, 7 are (1, 3) and (7, 7)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
