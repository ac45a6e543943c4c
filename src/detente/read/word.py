"""Word documents (docx). Runs in the child.

Deleted text of tracked changes is left out, inserted text is read. No entity is expanded and no
template or picture is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from detente.errors import ReadError
from detente.read import layout
from detente.read.draft import Draft

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from detente.read.formats import Request

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_FREE_BYTES = 10_000_000
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}

Node = Any
"""An object of a library without types."""


_TEMPLATE = ("python-docx", "2013-12-23")
"""Author and date of the template of python-docx: they say nothing of a document."""


def read(request: Request) -> Iterator[Draft]:
    """Yield the draft of one document."""
    import docx
    from lxml.etree import XMLSyntaxError

    _check(request)
    try:
        document = docx.Document(io.BytesIO(request.data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        blocks = list(_paragraphs(document.element.body, styles))
    except (KeyError, ValueError, zipfile.BadZipFile, XMLSyntaxError) as error:
        raise ReadError("damaged", "it is no sound Word document") from error
    draft = Draft(paragraphs=[text for _, text in blocks])
    if blocks and blocks[0][0].startswith(("Title", "Heading")):
        draft.headline = draft.paragraphs.pop(0)
    layout.shape(draft)
    _describe(draft, document.core_properties)
    yield draft


def _describe(draft: Draft, properties: Node) -> None:
    """Add the document's properties, except those of the template."""
    created: datetime.datetime | None = properties.created
    draft.title = properties.title or None
    draft.language = properties.language or None
    if properties.author and properties.author != _TEMPLATE[0]:
        draft.author = properties.author
    if created is not None and created.date().isoformat() != _TEMPLATE[1]:
        draft.published = created.date().isoformat()


def _check(request: Request) -> None:
    """Refuse what grows too much or declares entities, before a parser sees it."""
    expanded = 0
    try:
        with zipfile.ZipFile(io.BytesIO(request.data)) as package:
            for part in package.infolist():
                expanded += part.file_size
                _check_size(part.file_size, expanded, request)
                if part.flag_bits & 1:
                    raise ReadError("encrypted", "the document is protected by a password")
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096):
                            raise ReadError("entity", "it declares entities, which Word never does")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ReadError("damaged", "it is no sound Word document") from error


def _check_size(part: int, expanded: int, request: Request) -> None:
    if expanded > request.max_expanded_bytes or (
        part > _FREE_BYTES and expanded > request.max_expansion_ratio * len(request.data)
    ):
        raise ReadError("bomb", "it grows to far more than its size")


def _paragraphs(body: Node, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield style and text of every paragraph, also of those in tables, in order."""
    for node in body.iter(f"{_W}p"):
        if any(parent.tag == f"{_W}p" or parent.tag in _SKIPPED for parent in node.iterancestors()):
            continue
        style = node.find(f"{_W}pPr/{_W}pStyle")
        name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        for text in _text(node).split("\n"):
            if text.strip():
                yield name, text.strip()


def _text(paragraph: Node) -> str:
    """Return a paragraph's text; text boxes in it follow on lines of their own."""
    parts: list[str] = []
    waiting = [iter(paragraph)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.tag in _SKIPPED:
            continue
        elif node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _BREAKS:
            parts.append(_BREAKS[node.tag])
        else:
            if node.tag == f"{_W}p":
                parts.append("\n")
            waiting.append(iter(node))
    return "".join(parts)
