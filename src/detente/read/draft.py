"""What a reader of one format hands on, before texts are cleaned and hashed."""

from __future__ import annotations

import msgspec


class Attachment(msgspec.Struct, kw_only=True):
    """A file inside a mail."""

    name: str
    data: bytes


class Draft(msgspec.Struct, kw_only=True, tag=True):
    """A document as its format tells it.

    Attributes:
        paragraphs: The text, one entry a paragraph, not yet cleaned.
        headline: The heading that stands over the text.
        title: Title by the metadata; the headline where there is none.
        published: Publication date by the metadata, as written there.
        text_published: Date line or dateline near the top, as written there.
        row: Number of the row in a table, from 1.
        attachments: Files inside a mail.
        flags: What was mended.
    """

    paragraphs: list[str]
    headline: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    text_published: str | None = None
    external_id: str | None = None
    row: int | None = None
    attachments: list[Attachment] = []
    flags: list[str] = []


class Failure(msgspec.Struct, kw_only=True, tag=True):
    """A row or part that could not be read.

    Attributes:
        where: What follows the source after ``#``.
    """

    where: str
    code: str
    reason: str
