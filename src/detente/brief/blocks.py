"""A brief or an issue as a flow of blocks: what every printed format lays out in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.brief import wording
from detente.brief.drawings import radar, sparkline
from detente.brief.issue import Issue
from detente.brief.model import Citation, Cited, Item
from detente.brief.render import groups
from detente.brief.timeline import timeline
from detente.brief.wording import plain, signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.brief.model import Brief
    from detente.brief.tension import Colour


class Heading(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A heading.

    Attributes:
        text: Its words.
        level: 1 for the title of the note.
        colour: Colour of tension that stands beside it, None for none.
    """

    text: str
    level: int
    colour: str | None = None


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Sentences in a row; ``kind`` is ``text``, ``headline`` or ``note`` (small print)."""

    sentences: tuple[Cited, ...]
    kind: str = "text"


class Bullets(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Sentences one below the other."""

    sentences: tuple[Cited, ...]


class Entries(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Entries with a label in the margin."""

    items: tuple[Item, ...]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a table.

    Attributes:
        text: Its words.
        cites: Numbers of its citations.
        colour: Colour of tension in which it stands, None for none.
        picture: An SVG in place of words, empty for none.
    """

    text: str = ""
    cites: tuple[int, ...] = ()
    colour: str | None = None
    picture: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A table.

    Attributes:
        columns: Headings.
        widths: Share of the width of each column.
        numeric: For each column whether it holds numbers.
        rows: Cells by row.
    """

    columns: tuple[str, ...]
    widths: tuple[float, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Picture(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A drawing with what it shows in words.

    Attributes:
        svg: The drawing.
        alt: What a reader who cannot see it is told.
        caption: Words below it, empty for none.
        width: Share of the width of the page.
    """

    svg: str
    alt: str
    caption: str = ""
    width: float = 1.0


class Sources(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The numbered list of sentences that the note rests on."""

    citations: tuple[Citation, ...]


class Colophon(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the note was made from, as pairs of a name and a value."""

    pairs: tuple[tuple[str, str], ...]


Block = (
    Heading | Paragraph | Bullets | Entries | Table | Picture | Sources | Colophon
)  # what ``blocks`` yields


def blocks(note: Brief | Issue) -> Iterator[Block]:
    """Yield the blocks of a note in reading order; the first is its title."""
    return _issue(note) if isinstance(note, Issue) else _brief(note)


def title(note: Brief | Issue) -> str:
    """Return the title of a note."""
    return f"{note.title}: barometer" if isinstance(note, Issue) else note.title


def _brief(brief: Brief) -> Iterator[Block]:
    yield Heading(text=title(brief), level=1)
    if brief.since is not None and brief.until is not None:
        alone = f"; {brief.domain.replace('_', ' ')} alone" if brief.domain else ""
        yield _note(f"{plain(brief.since)} to {plain(brief.until)}{alone}")
    yield Paragraph(sentences=(brief.headline,), kind="headline")
    drawn = timeline(brief.timeline, scale=brief.scale)
    if drawn:
        yield Picture(svg=drawn, alt=f"Timeline of {len(brief.timeline)} incidents")
    for section in brief.sections:
        yield Heading(text=section.title, level=2)
        if section.key == "questions":
            yield Bullets(sentences=section.sentences)
        elif section.sentences:
            yield Paragraph(sentences=section.sentences)
        for heading, items in groups(section):
            if heading:
                yield Heading(text=heading, level=3)
            yield Entries(items=tuple(items))
    yield from _end(brief)


def _issue(issue: Issue) -> Iterator[Block]:
    yield Heading(text=title(issue), level=1)
    yield _note(wording.period(issue.since, issue.until))
    yield Paragraph(sentences=issue.lead, kind="headline")
    drawn = radar(
        [partner.name for partner in issue.partners],
        [partner.compared.index for partner in issue.partners],
        [partner.compared.before_index for partner in issue.partners],
    )
    if drawn:
        caption = f"Index by partner on {issue.scale}: this issue filled, the last one dashed; the strong ring is zero."
        yield Picture(svg=drawn, alt="Index by partner", caption=caption, width=0.62)
    yield _partners(issue)
    if issue.changed:
        yield Heading(text="What changed since the last issue", level=2)
        yield Bullets(sentences=issue.changed)
    for partner in issue.partners:
        yield Heading(text=partner.name, level=2, colour=partner.colour)
        for paragraph in partner.paragraphs:
            yield Paragraph(sentences=paragraph)
    if issue.outlook:
        yield Heading(text="Outlook", level=2)
        yield Entries(items=issue.outlook)
    if issue.catalogue:
        yield Heading(text="Catalogue of incidents", level=2)
        yield _catalogue(issue)
    yield _note(issue.rule)
    yield from _end(issue)


def _partners(issue: Issue) -> Table:
    def row(number: int) -> tuple[Cell, ...]:
        partner = issue.partners[number]
        change = partner.compared.index - partner.compared.before_index
        return (
            Cell(text=partner.name),
            Cell(text=signed(partner.compared.index)),
            Cell(text=signed(change)),
            Cell(text=str(partner.compared.count)),
            _chip(partner.colour),
            Cell(
                picture=sparkline(partner.values, title=f"Index with {partner.name}, oldest first")
            ),
        )

    count = len(issue.partners[0].values) if issue.partners else 0
    return Table(
        columns=("Partner", "Index", "Change", "Incidents", "Tension", f"Last {count} periods"),
        widths=(0.26, 0.11, 0.12, 0.14, 0.14, 0.23),
        numeric=(False, True, True, True, False, False),
        rows=tuple(row(number) for number in range(len(issue.partners))),
    )


def _catalogue(issue: Issue) -> Table:
    return Table(
        columns=("Date", "Partner", "Incident", "Points", "Mentions"),
        widths=(0.18, 0.1, 0.48, 0.1, 0.14),
        numeric=(False, False, False, True, True),
        rows=tuple(
            (
                Cell(text=line.label),
                Cell(text=line.partner),
                Cell(text=line.told.text, cites=line.told.cites),
                Cell(text=signed(line.points)),
                Cell(text=str(line.mentions)),
            )
            for line in issue.catalogue
        ),
    )


def _chip(colour: Colour) -> Cell:
    return Cell(text=colour, colour=colour)


def _note(text: str) -> Paragraph:
    return Paragraph(sentences=(Cited(text=text),), kind="note")


def _end(note: Brief | Issue) -> Iterator[Block]:
    if note.citations:
        yield Heading(text="Sources", level=2)
        yield Sources(citations=note.citations)
    yield Colophon(pairs=note.colophon)
