"""Written output: a cited brief on one relation, and the barometer issue of one country.

``write(view, "BLR", "USA")`` gives a ``Brief``; ``FORMATS`` render it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.docx import to_docx
from detente.brief.issue import Issue, compose_issue, write_issue
from detente.brief.model import Brief, Citation, Cited, Item, Point, Section
from detente.brief.pdf import to_pdf
from detente.brief.render import to_html, to_markdown
from detente.brief.writer import compose, write

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: dict[str, Callable[[Brief | Issue], bytes]] = {
    "md": lambda note: to_markdown(note).encode("utf-8"),
    "html": lambda note: to_html(note).encode("utf-8"),
    "pdf": to_pdf,
    "docx": to_docx,
}
"""How a note becomes a file, by format."""

__all__ = [
    "FORMATS",
    "Brief",
    "Citation",
    "Cited",
    "Issue",
    "Item",
    "Point",
    "Section",
    "compose",
    "compose_issue",
    "to_docx",
    "to_html",
    "to_markdown",
    "to_pdf",
    "write",
    "write_issue",
]
