"""PDF: text by pdfium; columns, hyphens, running heads and feet are mended. Runs in the child.

Scripts, attachments and links of a PDF are left alone; pictures are not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.errors import ReadError
from detente.read import layout
from detente.read.draft import Draft
from detente.read.pages import Line, body_lines, joined, ordered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.read.formats import Request

_PASSWORD = 4
"""FPDF_ERR_PASSWORD of pdfium's public header."""

_LARGER = 1.4
"""Ratio of letter heights above which the first lines are a headline. Heights are of the letters that
stand in the line: without a descender, a line of the same font measures up to 1.3 times less."""

_HEADLINE_LINES = 4
_JUNK_TITLES = (
    "(anonymous)",
    "microsoft word",
    "untitled",
    "document",
    "powerpoint",
    ".doc",
    ".pdf",
    ".indd",
)

Pdfium = Any
"""An object of a library without types."""


def read(request: Request) -> Iterator[Draft]:
    """Yield the draft of one PDF; ``pages_cut`` is noted where it has more pages than are read.

    Raises:
        ReadError: ``encrypted``, ``damaged``, ``truncated`` or ``no_text``.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(request.data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ReadError("encrypted", "the PDF is protected by a password") from error
        raise _broken(request.data) from error
    flags = ["pages_cut"] if count > request.max_pages else []
    pages = [_page(document, number, flags) for number in range(min(count, request.max_pages))]
    if not any(pages):
        raise ReadError("no_text", "the PDF holds no text: it may be a scan")
    yield _draft(document, pages, flags)


def _broken(data: bytes) -> ReadError:
    if b"%%EOF" not in data[-2048:]:
        return ReadError("truncated", "the PDF is cut off")
    return ReadError("damaged", "the PDF is damaged")


def _draft(document: Pdfium, pages: list[list[Line]], flags: list[str]) -> Draft:
    lines = body_lines(pages)
    blocks = joined(lines)
    draft = Draft(paragraphs=[block.text for block in blocks], flags=flags)
    sizes = sorted(block.size for block in blocks)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    large = 0
    while large < min(_HEADLINE_LINES, len(blocks) - 1) and blocks[large].size > usual * _LARGER:
        large += 1
    if large and len(heading := " ".join(draft.paragraphs[:large])) <= layout.HEADLINE_CHARACTERS:
        draft.headline = heading
        del draft.paragraphs[:large]
    layout.shape(draft)
    information = document.get_metadata_dict(skip_empty=True)
    title = information.get("Title", "").strip()
    if title and not any(junk in title.lower() for junk in _JUNK_TITLES):
        draft.title = title
    author = information.get("Author", "").strip()
    draft.author = author if author not in {"", "(anonymous)", "anonymous"} else None
    draft.published = information.get("CreationDate") or None
    return draft


def _page(document: Pdfium, number: int, flags: list[str]) -> list[Line]:
    """Return a page's lines in reading order; a page that cannot be opened is noted."""
    import pypdfium2 as pdfium

    try:
        page = document[number]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        if "page_damaged" not in flags:
            flags.append("page_damaged")
        return []
    try:
        height = page.get_height()
        return ordered(_lines(text, number, height), page.get_width())
    finally:
        text.close()
        page.close()


def _lines(text: Pdfium, page: int, height: float) -> list[Line]:
    """Return the pieces of text on a page with their boxes, in pdfium's order."""
    found: list[Line] = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if words:
            found.append(
                Line(
                    text=words,
                    left=left,
                    right=right,
                    top=height - top,
                    bottom=height - bottom,
                    page=page,
                    height=height,
                )
            )
    return found
