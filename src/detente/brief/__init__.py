"""Written output: a cited brief on one relation, and the barometer issue of one country.

``write(view, "BLR", "USA")`` gives a ``Brief``; ``FORMATS`` render it. What is here is loaded when it
is asked for, so that a command that only needs names and words of a brief starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.brief.docx import to_docx
    from detente.brief.formats import FORMATS
    from detente.brief.issue import Issue, compose_issue, write_issue
    from detente.brief.model import Brief, Citation, Cited, Item, Point, Section
    from detente.brief.pdf import to_pdf
    from detente.brief.render import to_html, to_markdown
    from detente.brief.writer import compose, write

_HOMES = {
    "docx": ("to_docx",),
    "formats": ("FORMATS",),
    "issue": ("Issue", "compose_issue", "write_issue"),
    "model": ("Brief", "Citation", "Cited", "Item", "Point", "Section"),
    "pdf": ("to_pdf",),
    "render": ("to_html", "to_markdown"),
    "writer": ("compose", "write"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

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


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
