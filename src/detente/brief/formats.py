"""How a note becomes a file, by format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.docx import to_docx
from detente.brief.pdf import to_pdf
from detente.brief.render import to_html, to_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.brief.issue import Issue
    from detente.brief.model import Brief

FORMATS: dict[str, Callable[[Brief | Issue], bytes]] = {
    "md": lambda note: to_markdown(note).encode("utf-8"),
    "html": lambda note: to_html(note).encode("utf-8"),
    "pdf": to_pdf,
    "docx": to_docx,
}
"""How a note becomes a file, by format."""
