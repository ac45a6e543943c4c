"""A note as a Word document, from the blocks of the note.

Headings, lists, tables and the numbers of citations are Word's own, so that an editor can go on with
them; drawings are pictures with their words beside them. No time and no machine is written, so that
the same note gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from detente.brief.blocks import (
    Bullets,
    Colophon,
    Entries,
    Heading,
    Paragraph,
    Picture,
    Sources,
    Table,
    blocks,
    title,
)
from detente.brief.cite import ranges
from detente.brief.pdf import to_png
from detente.brief.render import origin
from detente.brief.wording import inner

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.brief.blocks import Cell
    from detente.brief.issue import Issue
    from detente.brief.model import Brief, Cited

EPOCH = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
"""The time that stands in the file in place of a clock's; the earliest that a zip file can hold."""
PAGE_WIDTH = 16.2
"""Width of the text, in centimetres (A4)."""
LABEL_WIDTH = 3.4
FONT = "Georgia"
SHADES = {
    "green": "1D7A4A", "yellow": "8A6D00", "orange": "B25A00", "red": "B02A1E", "grey": "5B636D",
}  # fmt: skip
SOFT = "5B636D"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_docx(note: Brief | Issue) -> bytes:
    """Return a note as a Word document on A4; citations lead to the list of sources."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - PAGE_WIDTH) / 2)
    _style(document)
    for block in blocks(note):
        _lay(block, document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(title(note)), "Détente", ""
    properties.created = properties.modified = EPOCH
    made = io.BytesIO()
    document.save(made)
    return _timeless(made.getvalue())


def _style(document: Any) -> None:  # noqa: ANN401
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10.5, "Title": 22, "Heading 2": 13, "Heading 3": 10.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]
        fonts.set(qn("w:hAnsi"), FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)


@singledispatch
def _lay(block: Any, document: Any) -> None:  # noqa: ANN401, ARG001
    """Lay one block out at the end of the document."""
    raise TypeError(f"no layout for {type(block).__name__}")


@_lay.register
def _(block: Heading, document: Any) -> None:  # noqa: ANN401
    heading = document.add_heading(_clean(block.text), level=0 if block.level == 1 else block.level)
    if block.colour is not None:
        _run(heading, f"  {block.colour}", size=9, colour=SHADES[block.colour])


@_lay.register
def _(block: Paragraph, document: Any) -> None:  # noqa: ANN401
    size = {"headline": 13, "note": 8.5}.get(block.kind)
    told = document.add_paragraph()
    _tell(told, block.sentences, size=size, colour=SOFT if block.kind == "note" else None)


@_lay.register
def _(block: Bullets, document: Any) -> None:  # noqa: ANN401
    for sentence in block.sentences:
        _tell(document.add_paragraph(style="List Bullet"), (sentence,))


@_lay.register
def _(block: Entries, document: Any) -> None:  # noqa: ANN401
    table = _table(document, (LABEL_WIDTH, PAGE_WIDTH - LABEL_WIDTH), len(block.items))
    for row, item in zip(table.rows, block.items, strict=True):
        _run(row.cells[0].paragraphs[0], item.label, size=9, bold=True)
        _tell(row.cells[1].paragraphs[0], item.sentences)
        if item.note:
            row.cells[1].paragraphs[0].paragraph_format.space_after = 0
            _run(row.cells[1].add_paragraph(), item.note, size=8.5, colour=SOFT)


@_lay.register
def _(block: Table, document: Any) -> None:  # noqa: ANN401
    widths = [share * PAGE_WIDTH for share in block.widths]
    table = _table(document, widths, len(block.rows) + 1, style="Light Shading")
    for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
        _run(cell.paragraphs[0], name, size=9)
    for row, cells in zip(table.rows[1:], block.rows, strict=True):
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = 0
        for number, cell in enumerate(cells):
            _fill(row.cells[number].paragraphs[0], cell, widths[number], block.numeric[number])
    document.add_paragraph()


@_lay.register
def _(block: Picture, document: Any) -> None:  # noqa: ANN401
    _picture(document.add_paragraph(), block.svg, block.width * PAGE_WIDTH, block.alt)
    if block.caption:
        _run(document.add_paragraph(), block.caption, size=8.5, colour=SOFT)


@_lay.register
def _(block: Sources, document: Any) -> None:  # noqa: ANN401
    for citation in block.citations:
        line = document.add_paragraph()
        _bookmark(line, citation.number)
        _run(line, f"{citation.number}. ", size=8.5)
        _run(line, citation.title, size=8.5, italic=True)
        told = origin(citation)
        rest = f", {told}" if told else ""
        quote = (
            f", sentence {citation.sentence}: “{inner(citation.quote)}”" if citation.quote else "."
        )
        _run(line, f"{rest}{quote}", size=8.5)


@_lay.register
def _(block: Colophon, document: Any) -> None:  # noqa: ANN401
    for name, value in block.pairs:
        _run(document.add_paragraph(), f"{name}: {value}", size=8.5, colour=SOFT)


def _table(document: Any, widths: Sequence[float], rows: int, *, style: str | None = None) -> Any:  # noqa: ANN401
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table = document.add_table(rows=rows, cols=len(widths), style=style)
    table.autofit = False
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:noHBand"), "1")
        look.set(qn("w:val"), "0620")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return table


def _fill(paragraph: Any, cell: Cell, width: float, numeric: bool) -> None:  # noqa: ANN401, FBT001
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if cell.picture:
        _picture(paragraph, cell.picture, width * 0.8, "Index by period, oldest first")
        return
    colour = SHADES[cell.colour] if cell.colour is not None else None
    _run(paragraph, cell.text, size=9, bold=colour is not None or None, colour=colour)
    _cite(paragraph, cell.cites)
    if numeric:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _tell(
    paragraph: Any,  # noqa: ANN401
    sentences: Iterable[Cited],
    *,
    size: float | None = None,
    colour: str | None = None,
) -> None:
    for number, sentence in enumerate(sentences):
        _run(paragraph, f"{' ' if number else ''}{sentence.text}", size=size, colour=colour)
        _cite(paragraph, sentence.cites)


def _cite(paragraph: Any, cites: Iterable[int]) -> None:  # noqa: ANN401
    """Add citations as raised numbers that lead to their sources."""
    found = ranges(cites)
    if not found:
        return
    _run(paragraph, "[", raised=True)
    for number, (first, last) in enumerate(found):
        if number:
            _run(paragraph, ", ", raised=True)
        _link(paragraph, first)
        if last > first:
            _run(paragraph, "–" if last > first + 1 else ", ", raised=True)
            _link(paragraph, last)
    _run(paragraph, "]", raised=True)


def _run(
    paragraph: Any,  # noqa: ANN401
    text: str,
    *,
    size: float | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
    raised: bool | None = None,
    colour: str | None = None,
) -> Any:  # noqa: ANN401
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_clean(text))
    run.bold, run.italic, run.font.superscript = bold, italic, raised
    if size is not None:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def _link(paragraph: Any, number: int) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = _run(paragraph, str(number), raised=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"c{number}")
    link.append(run._r)
    paragraph._p.append(link)


def _bookmark(paragraph: Any, number: int) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(name)
        mark.set(qn("w:id"), str(number))
        if name == "w:bookmarkStart":
            mark.set(qn("w:name"), f"c{number}")
        paragraph._p.append(mark)


def _picture(paragraph: Any, svg: str, width: float, alt: str) -> None:  # noqa: ANN401
    from docx.shared import Cm

    shape = paragraph.add_run().add_picture(io.BytesIO(to_png(svg)), width=Cm(width))
    shape._inline.docPr.set("descr", alt)


def _clean(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _timeless(made: bytes) -> bytes:
    """Return a zip archive with the same files, each dated ``EPOCH``."""
    again = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as old,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return again.getvalue()
