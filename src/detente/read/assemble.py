"""A draft to a document: clean text, blocks, language, publication date, id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.errors import ReadError
from detente.model import Block, Document, document_id
from detente.read import language, normal, published

if TYPE_CHECKING:
    from detente.ingest.items import Item
    from detente.model import PublishedBasis
    from detente.read.draft import Draft
    from detente.read.options import ReadOptions
    from detente.settings import Settings

_BLANK = re.compile(r"\n\s*\n")
_LETTERS = re.compile(r"\w+")


def text_document(text: str, *, published: str | None = None) -> Document:
    """Return an English text that was typed, not read from a file, as a document.

    Args:
        text: One or more paragraphs, parted by blank lines.
        published: The day it speaks from, ``YYYY-MM-DD``.
    """
    flags: list[str] = []
    cleaned = normal.clean(text, flags)
    blocks = [" ".join(block.split()) for block in _BLANK.split(cleaned) if block.strip()]
    body = "\n\n".join(blocks)
    return Document(
        id=document_id(body),
        source="text",
        text=body,
        blocks=_spans(blocks, has_headline=False),
        published=published,
        published_basis="option" if published else "none",
        language="en",
        flags=tuple(flags),
    )


def document(
    draft: Draft, item: Item, *, options: ReadOptions, settings: Settings, where: str | None = None
) -> Document:
    """Make a document of a draft.

    Args:
        draft: What the format's reader found.
        item: Where it came from.
        options: What the user says.
        settings: The limits.
        where: What follows the item's source after ``#``: a row, an attachment.

    Raises:
        ReadError: ``empty`` or ``too_large``.
    """
    flags = [*item.flags, *draft.flags]
    headline, body = _cleaned(draft, item, flags)
    blocks = ([headline] if headline else []) + body
    if not any(char.isalnum() for block in blocks for char in block):
        raise ReadError("empty", "it holds no text")
    text = "\n\n".join(blocks)
    if len(text) > settings.max_document_characters:
        raise ReadError(
            "too_large", f"its text is longer than {settings.max_document_characters:,} characters"
        )
    hints = item.hints
    url = normal.line(draft.url or item.url, flags)
    date, basis = _published(draft, item, url, options, flags, row=where is not None)
    title = normal.line(draft.title, flags) or headline or normal.line(hints.title, flags)
    return Document(
        id=document_id(text),
        source=item.source if where is None else f"{item.source}#{where}",
        text=text,
        blocks=_spans(blocks, has_headline=headline is not None),
        title=title,
        author=normal.line(draft.author or hints.author, flags),
        publisher=normal.line(draft.publisher or hints.publisher or options.publisher, flags),
        url=url,
        published=date,
        published_basis=basis,
        language=_language(draft, item, body or blocks, options, flags),
        external_id=normal.line(draft.external_id, flags),
        flags=tuple(dict.fromkeys(flags)),
    )


def _cleaned(draft: Draft, item: Item, flags: list[str]) -> tuple[str | None, list[str]]:
    """Return headline and paragraphs, cleaned; a first paragraph that repeats it is dropped."""
    of_feed = item.hints.title if "feed_entry" in item.flags else None
    headline = normal.line(of_feed or draft.headline, flags)
    body: list[str] = []
    for raw in draft.paragraphs:
        cleaned = normal.clean(raw, flags)
        parts = _BLANK.split(cleaned) if "\n" in cleaned else (cleaned,)
        body += [joined for part in parts if (joined := " ".join(part.split()))]
    if (
        headline
        and body
        and len(body[0]) < 2 * len(headline) + 20
        and _key(body[0]) == _key(headline)
    ):
        del body[0]
    return headline, body


def _key(text: str) -> str:
    """Return a text without case and punctuation, to compare a title with a first line."""
    return " ".join(_LETTERS.findall(text.casefold())) or text


def _spans(blocks: list[str], *, has_headline: bool) -> tuple[Block, ...]:
    found: list[Block] = []
    start = 0
    for number, block in enumerate(blocks):
        kind = "headline" if has_headline and number == 0 else "paragraph"
        found.append(Block(kind=kind, start=start, end=start + len(block)))  # type: ignore[arg-type]
        start += len(block) + 2
    return tuple(found)


def _published(
    draft: Draft, item: Item, url: str | None, options: ReadOptions, flags: list[str], *, row: bool
) -> tuple[str | None, PublishedBasis]:
    """Return the first date that can be read, in falling order of trust, and its basis."""
    if options.published is not None:
        return options.published, "option"
    meta = draft.published or item.hints.published
    name = "" if row or item.url else item.name
    looked: tuple[tuple[PublishedBasis, published.Found], ...] = (
        ("meta", published.parse(meta) if meta else published.Found(None)),
        ("url", published.from_url(url) if url else published.Found(None)),
        (
            "text",
            published.parse(draft.text_published)
            if draft.text_published
            else published.Found(None),
        ),
        ("file", published.from_name(name)),
    )
    for basis, found in looked:
        if found.flag is not None:
            flags.append(found.flag)
        if found.date is not None:
            return found.date, basis
    return None, "none"


def _language(
    draft: Draft, item: Item, body: list[str], options: ReadOptions, flags: list[str]
) -> str | None:
    """Return the language: the user's, else the detected one, else the declared one."""
    if options.language is not None:
        return language.primary(options.language)
    declared = language.primary(draft.language or item.hints.language)
    sample: list[str] = []
    length = 0
    for block in body:
        sample.append(block[:1_000])
        length += len(sample[-1])
        if length > 1_000:
            break
    found = language.detect(" ".join(sample))
    if found is not None and declared is not None and found != declared:
        flags.append("language_differs")
    return found or declared
