"""Pages: text and title by trafilatura, dates by the page's own marks first.

Runs in the child. Nothing that a page points to is fetched; scripts and styles are never text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from detente.errors import ReadError
from detente.read import encoding, layout, normal, published
from detente.read.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.read.formats import Request

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{1,40})", re.I)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date",
    "parsely-pub-date", "sailthru.date", "publication_date", "publishdate", "publish-date",
    "pubdate", "date",
)  # fmt: skip
"""Names of ``<meta>`` that give a page's date of publication, the surest first."""

_LINKED_DATA = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "math", "head", "iframe"})
_NEVER_TEXT = ("noscript", "template", "style", "iframe")
"""Taken out before trafilatura, which reads ``<noscript>``."""

_BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
_CUT = re.compile(rb"</html\s*>|</body\s*>", re.I)

Tree = Any
"""An object of a library without types."""


def read(request: Request) -> Iterator[Draft]:
    """Yield the draft of one page."""
    from trafilatura import load_html

    declared = request.charset or _declared(request.data)
    decoded = encoding.decode(request.data, declared=declared)
    page = _DECLARATION.sub("", decoded.text.replace("\x00", ""), count=1)
    tree = load_html(page)
    if tree is None:
        tree = load_html(f"<html><body><div>{page}</div></body></html>")
    if tree is None:
        raise ReadError("damaged", "it holds no readable HTML")
    yield _draft(tree, request, list(decoded.flags))


def _draft(tree: Tree, request: Request, flags: list[str]) -> Draft:
    date = _date(tree)
    for node in list(tree.iter(*_NEVER_TEXT)):
        node.drop_tree()
    found = _extracted(tree)
    lines = _lines(found.text) if found is not None and found.text else []
    if not lines:
        lines = _all_text(tree)
        flags.append("whole_page")
    if b"<html" in request.data[:4096].lower() and not _CUT.search(request.data[-4096:]):
        flags.append("truncated")
    title = _one_line(found.title if found is not None else None) or _title(tree)
    draft = Draft(
        paragraphs=lines,
        headline=title,
        title=title,
        author=_one_line(found.author) if found is not None else None,
        publisher=_one_line(found.sitename) if found is not None else None,
        url=_address(found.url if found is not None else None),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        published=date or _htmldate(tree),
        flags=flags,
    )
    layout.shape(draft)
    return draft


def _declared(data: bytes) -> str | None:
    found = _XML_CHARSET.match(data.lstrip()[:200]) or _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _extracted(tree: Tree) -> Tree:
    """Return trafilatura's document, or None where it finds no text."""
    import copy

    from trafilatura import bare_extraction

    return bare_extraction(
        copy.deepcopy(tree),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _lines(text: str) -> list[str]:
    """Return trafilatura's text as paragraphs, without the marks of lists and tables."""
    found: list[str] = []
    for line in text.split("\n"):
        line = line.strip().removeprefix("- ").strip()
        if "|" in line and not line.strip("|- "):
            continue
        if line.startswith("|"):
            line = ", ".join(cell.strip() for cell in line.strip("|").split("|") if cell.strip())
        if line:
            found.append(line)
    return found


def _all_text(tree: Tree) -> list[str]:
    """Return all visible text of a page, block by block, without recursion."""
    found: list[str] = []
    open_text: list[str] = []
    hidden = 0

    def close() -> None:
        if text := " ".join("".join(open_text).split()):
            found.append(text)
        open_text.clear()

    from lxml.etree import iterwalk

    for event, node in iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else None
        if event == "start":
            hidden += tag in _HIDDEN
            if tag in _BLOCKS:
                close()
            open_text.append("" if hidden else node.text or "")
            continue
        hidden -= event == "end" and tag in _HIDDEN
        if event == "end" and tag in _BLOCKS:
            close()
        open_text.append("" if hidden else node.tail or "")
    close()
    return found


def _title(tree: Tree) -> str | None:
    for name in ("h1", "title"):
        for node in tree.iter(name):
            if text := _one_line("".join(node.itertext())[:500]):
                return text
    return None


def _one_line(text: str | None) -> str | None:
    return normal.line(text, []) if text else None


def _address(url: str | None) -> str | None:
    return url if url and re.match(r"https?://[^\s/]", url) else None


def _date(tree: Tree) -> str | None:
    """Return the date by the page's own marks; one that cannot be read where none can."""
    unread: str | None = None
    for text in _marked_dates(tree):
        if published.parse(text).date is not None:
            return text
        unread = unread or text
    return unread


def _marked_dates(tree: Tree) -> Iterator[str]:
    named: dict[str, str] = {}
    for node in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            name = (node.get(key) or "").lower()
            if name in _DATES and node.get("content"):
                named.setdefault(name, node.get("content")[:100])
    yield from (named[name] for name in _DATES if name in named)
    for node in tree.iter("script"):
        if "ld+json" in (node.get("type") or "") and (
            match := _LINKED_DATA.search((node.text or "")[:200_000])
        ):
            yield match[1]
    for node in tree.iter("time"):
        marks = f"{node.get('itemprop') or ''} {node.get('class') or ''}".lower()
        if node.get("datetime") and (node.get("pubdate") is not None or "publish" in marks):
            yield node.get("datetime")[:100]


def _htmldate(tree: Tree) -> str | None:
    """Return a date that htmldate finds in marks that are not listed here."""
    import copy

    from htmldate import find_date

    found = find_date(copy.deepcopy(tree), extensive_search=False, original_date=True)
    return str(found) if found else None
