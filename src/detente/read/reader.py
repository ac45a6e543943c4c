"""Reads inputs to documents, in order; a bad one is one error and the rest goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import InputError, ReadError
from detente.ingest import finder, paths
from detente.ingest.sniff import HEAD_BYTES, foreign_name
from detente.ingest.streams import Gunzip, read_all
from detente.model import Document, ErrorRecord
from detente.read import assemble, encoding, jsonl, layout, markdown, normal, tables
from detente.read.draft import Draft, Failure
from detente.read.options import ReadOptions
from detente.read.own_ids import OwnIds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.ingest.fetch import Fetcher
    from detente.ingest.items import Item
    from detente.settings import Settings

_REFUSED = {
    ".csv": "columns",
    ".tsv": "columns",
    ".parquet": "columns",
    ".zip": "unsafe_name",
}
"""Endings of names, and the code for which such a file is refused before anything is done."""

_LARGEST_CHARACTER = 4
"""Bytes; a text file larger than this many a character cannot be within the limit."""


def read(
    inputs: Sequence[str | Path],
    *,
    options: ReadOptions,
    settings: Settings,
    fetcher: Fetcher | None = None,
) -> Iterator[Document | ErrorRecord]:
    """Read files, folders, archives, addresses and feeds.

    Args:
        inputs: Paths and addresses, in the order in which they are read.
        options: What the user says of the documents.
        settings: The limits.
        fetcher: What fetches pages; one with the limits of ``settings`` by default.

    Yields:
        Documents and, for each that could not be read, an error; in input order.
    """
    for item in finder.find(inputs, settings=settings, fetcher=fetcher):
        if isinstance(item, ErrorRecord):
            yield item
        else:
            yield from read_item(item, options=options, settings=settings)


def check_inputs(inputs: Sequence[str | Path], *, settings: Settings) -> None:
    """Look at the tables and archives that are named as inputs themselves, before anything is done.

    One inside a folder or another archive is set aside when its turn comes, and the others go on.

    Args:
        inputs: Paths and addresses.
        settings: The limits.

    Raises:
        InputError: A table lacks the column ``text`` or names a column twice, or an archive holds a
            name that points outside.
    """
    for given in inputs:
        path = Path(given)
        code = _REFUSED.get(path.suffix.lower())
        if code is None or not path.is_file():
            continue
        first = next(read([path], options=ReadOptions(), settings=settings), None)
        if isinstance(first, ErrorRecord) and first.error == code:
            raise InputError(f"{path}: {first.reason}")


def read_item(
    item: Item, *, options: ReadOptions, settings: Settings
) -> Iterator[Document | ErrorRecord]:
    """Read one open item: one document, or one for each row or attachment."""
    before = paths.state(item.stream) if item.path is not None else None
    count = 0
    own_ids = OwnIds()
    try:
        for draft in _drafts(item, settings):
            count += 1
            yield from _finished(draft, item, options, settings, own_ids)
        if not count:
            raise ReadError("empty", "it holds no text")
        if before is not None and before != paths.state(item.stream):
            raise ReadError("changed", "the file changed while it was read")
    except ReadError as error:
        yield ErrorRecord(source=item.source, error=error.code, reason=error.reason)
    finally:
        own_ids.close()


def _drafts(item: Item, settings: Settings) -> Iterator[Draft | Failure]:
    """Yield what the reader of the item's format finds."""
    head = item.stream.peek(HEAD_BYTES)
    if not head:
        raise ReadError("empty", "the file is empty")
    if item.kind == "foreign":
        named = foreign_name(head)
        if named:
            raise ReadError("format", f"it is {named}, a format that is not read")
        raise ReadError(
            "format", "it is not what its name says, nor of another format that is read"
        )
    if item.kind == "ole":
        from detente.read.ole import refusal

        raise refusal(read_all(item.stream, settings.max_file_bytes))
    if item.kind == "jsonl":
        yield from jsonl.read(item.stream, settings)
    elif item.kind == "csv":
        yield from tables.read(item.stream, settings)
    elif item.kind in {"txt", "md"}:
        yield _text(item, settings)
    else:
        from detente.read import foreign

        yield from foreign.read(item, settings)


def _text(item: Item, settings: Settings) -> Draft:
    limit = min(settings.max_file_bytes, settings.max_document_characters * _LARGEST_CHARACTER)
    decoded = encoding.decode(read_all(item.stream, limit), declared=item.charset)
    flags = list(decoded.flags)
    text = normal.clean(decoded.text, flags)
    if len(text) > settings.max_document_characters:
        raise ReadError(
            "too_large", f"its text is longer than {settings.max_document_characters:,} characters"
        )
    draft = markdown.read(text) if item.kind == "md" else layout.plain(text)
    draft.flags += flags
    raw = getattr(item.stream, "raw", None)
    if isinstance(raw, Gunzip):
        draft.flags += raw.flags
    return draft


def _finished(
    draft: Draft | Failure,
    item: Item,
    options: ReadOptions,
    settings: Settings,
    own_ids: OwnIds,
) -> Iterator[Document | ErrorRecord]:
    """Yield the document of a draft, and those of a mail's attachments."""
    if isinstance(draft, Failure):
        yield ErrorRecord(
            source=f"{item.source}#{draft.where}", error=draft.code, reason=draft.reason
        )
        return
    where = str(draft.row) if draft.row is not None else None
    try:
        document = assemble.document(draft, item, options=options, settings=settings, where=where)
        if where is not None and document.external_id is not None:
            own_ids.check(document.external_id, document.id)
        yield document
    except ReadError as error:
        source = item.source if where is None else f"{item.source}#{where}"
        yield ErrorRecord(source=source, error=error.code, reason=error.reason)
    if options.attachments and draft.attachments:
        from detente.read.attachments import items

        for inner in items(draft, item):
            yield from read_item(inner, options=options, settings=settings)
