"""What a brief is made of: sentences with numbered citations, in sections. All frozen."""

from __future__ import annotations

from datetime import date

import msgspec

from detente.relations.trend import Comparison


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of one document that the brief rests on.

    Attributes:
        number: From 1, in the order in which the brief first needs it.
        document: The document's id.
        sentence: Number of the sentence in the document, from 0.
        title: The document's title.
        publisher: Who published it.
        published: Publication date, ISO 8601.
        source: Path or address that it was read from.
        quote: The sentence as the document has it.
    """

    number: int
    document: str
    sentence: int
    title: str
    publisher: str | None = None
    published: str | None = None
    source: str = ""
    quote: str = ""


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the brief.

    Attributes:
        text: The sentence, with its full stop.
        cites: Numbers of its citations, ascending; empty only where it says that nothing was found.
    """

    text: str
    cites: tuple[int, ...] = ()


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a list, such as an incident.

    Attributes:
        label: Date or heading that leads the entry.
        sentences: What is said of it.
        note: Small print: domain, institutions, ranks, mentions and sources.
        incident: Id of the incident, None for other entries.
        group: Heading that entries share, such as the year; empty for none.
    """

    label: str
    sentences: tuple[Cited, ...]
    note: str = ""
    incident: str | None = None
    group: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the brief; a section without content is left out.

    Attributes:
        key: Stable name, such as ``happened``.
        title: Heading.
        sentences: Prose before the list.
        items: The list.
    """

    key: str
    title: str
    sentences: tuple[Cited, ...] = ()
    items: tuple[Item, ...] = ()


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One mark of the timeline.

    Attributes:
        day: Middle of the interval in which the incident may lie.
        points: Points of the incident on the brief's scale.
        actual: False for what was only planned, proposed or possible.
        label: A few words.
        title: The whole sentence.
        anchor: Where its entry stands in the page.
    """

    day: date
    points: float
    actual: bool
    label: str
    title: str
    anchor: str


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A written brief on one relation.

    Attributes:
        title: Names of both parties.
        headline: What a reader must know first.
        parties: The codes asked for.
        domain: The domain asked for, None for all.
        since: First day of the brief.
        until: Last day of the brief.
        comparison: The state of the relation, None where no incident is dated.
        sections: In order, none empty.
        citations: By number.
        timeline: Marks of the timeline, by day.
        scale: Label of the scale behind all points.
        colophon: What the brief was made from, as pairs of a name and a value.
    """

    title: str
    headline: Cited
    parties: tuple[str, str]
    domain: str | None = None
    since: date | None = None
    until: date | None = None
    comparison: Comparison | None = None
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    timeline: tuple[Point, ...] = ()
    scale: str = ""
    colophon: tuple[tuple[str, str], ...] = ()
