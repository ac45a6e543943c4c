"""Finds inputs and opens them: files, folders, archives, pages and feeds, in order."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import FetchError, ReadError
from detente.ingest import archives, paths, sniff
from detente.ingest.items import Hints, Item, printable
from detente.ingest.streams import Budget, Gunzip, Metered, buffered
from detente.model import ErrorRecord

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence

    from detente.ingest.feeds import Entry
    from detente.ingest.fetch import Fetcher
    from detente.settings import Settings

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SPOOL_BYTES = 10_000_000
"""An archive inside another one is kept in memory up to this size, beyond it in a file."""

File = Any
"""An object of a library without types."""


def find(
    inputs: Sequence[str | Path], *, settings: Settings, fetcher: Fetcher | None = None
) -> Iterator[Item | ErrorRecord]:
    """Yield what lies at the inputs, each opened, in the order of the inputs.

    Args:
        inputs: Files, folders and addresses (``http://``, ``https://``).
        settings: The limits.
        fetcher: What fetches pages; one with the limits of ``settings`` by default.

    Yields:
        Items, whose stream is valid until the next one is asked for, and errors.
    """
    finder = _Finder(settings, fetcher)
    for given in inputs:
        if isinstance(given, str) and _ADDRESS.match(given):
            yield from finder.page(given, Hints(), feeds=True)
            continue
        for found in paths.walk(Path(given)):
            if isinstance(found, ErrorRecord):
                yield found
            else:
                yield from finder.file(found)


class _Finder:
    def __init__(self, settings: Settings, fetcher: Fetcher | None) -> None:
        self.settings = settings
        self._fetcher = fetcher

    def file(self, path: Path) -> Iterator[Item | ErrorRecord]:
        source = printable(path)
        try:
            stream = paths.open_file(path)
        except ReadError as error:
            yield _error(source, error)
            return
        item = self._item(source, printable(path.name), stream, path=path)
        yield from self._opened(item, Budget(self.settings), 0)

    def page(self, address: str, hints: Hints, *, feeds: bool) -> Iterator[Item | ErrorRecord]:
        try:
            page = self.fetcher().get(address)
        except FetchError as error:
            reason = str(error).removeprefix(f"{address}: ")
            yield ErrorRecord(source=address, error="fetch", reason=reason)
            return
        item = Item(
            source=address,
            name=page.name,
            kind=_page_kind(page.body, page.media_type, page.name),
            stream=buffered(io.BytesIO(page.body)),  # type: ignore[arg-type]
            url=page.url,
            charset=page.charset,
            hints=hints,
        )
        if item.kind == "feed" and not feeds:
            yield ErrorRecord(source=address, error="format", reason="the page is another feed")
            return
        yield from self._opened(item, Budget(self.settings), 0)

    def fetcher(self) -> Fetcher:
        if self._fetcher is None:
            from detente.ingest.fetch import Fetcher

            self._fetcher = Fetcher(self.settings)
        return self._fetcher

    def _item(
        self, source: str, name: str, stream: io.BufferedReader, *, path: Path | None = None
    ) -> Item:
        kind = sniff.kind(stream.peek(sniff.HEAD_BYTES), name)
        return Item(source=source, name=name, kind=kind, stream=stream, path=path)

    def _opened(self, item: Item, budget: Budget, depth: int) -> Iterator[Item | ErrorRecord]:
        """Yield an open item, or what lies inside it, and close it."""
        try:
            if item.kind == "gzip":
                yield from self._gunzipped(item, budget, depth)
            elif item.kind == "zip":
                yield from self._unzipped(item, budget, depth)
            elif item.kind == "feed":
                yield from self._feed(item)
            else:
                yield item
        except ReadError as error:
            yield _error(item.source, error)
        finally:
            item.stream.close()

    def _gunzipped(self, item: Item, budget: Budget, depth: int) -> Iterator[Item | ErrorRecord]:
        self._check_depth(depth)
        stream = Gunzip(item.stream, budget)
        name = re.sub(r"\.gz$", "", item.name, flags=re.IGNORECASE)
        inner = self._item(item.source, name, buffered(stream))
        yield from self._opened(inner, budget, depth + 1)

    def _unzipped(self, item: Item, budget: Budget, depth: int) -> Iterator[Item | ErrorRecord]:
        with self._seekable(item, budget) as file:
            with archives.open_zip(file, self.settings) as archive:
                office = archives.office_kind(archive)
                if office is None:
                    self._check_depth(depth)
                    yield from self._members(archive, item.source, budget, depth)
                    return
            if office != "docx":
                raise ReadError("format", f"it is {office}, a format that is not read")
            file.seek(0)
            yield Item(
                source=item.source,
                name=item.name,
                kind="docx",
                stream=buffered(file),
                path=item.path,
                url=item.url,
                hints=item.hints,
            )

    def _seekable(self, item: Item, budget: Budget) -> File:
        """Return the bytes of an item as a file in which one can seek."""
        if item.path is not None:
            return io.FileIO(item.path)
        spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # noqa: SIM115
        stream = Metered(item.stream, budget)
        while data := stream.read(1 << 20):
            spool.write(data)
        spool.seek(0)
        return spool

    def _members(
        self, archive: zipfile.ZipFile, source: str, budget: Budget, depth: int
    ) -> Iterator[Item | ErrorRecord]:
        for member in archives.members(archive, source):
            if isinstance(member, ErrorRecord):
                yield member
                continue
            budget.members -= 1
            if budget.members < 0:
                raise ReadError("too_many_members", "the archives in it have too many members")
            try:
                item = self._item(member.source, member.name, member.open(budget))
            except ReadError as error:
                yield _error(member.source, error)
                continue
            yield from self._opened(item, budget, depth + 1)

    def _check_depth(self, depth: int) -> None:
        if depth >= self.settings.max_archive_depth:
            raise ReadError("too_deep", "too many archives lie inside each other")

    def _feed(self, item: Item) -> Iterator[Item | ErrorRecord]:
        from detente.ingest import feeds

        feed = feeds.parse(item, self.settings)
        for entry in feed.entries:
            yield from self._entry(item, entry, feed.flags)
        if not feed.entries:
            raise ReadError("empty", "the feed has no entries")

    def _entry(
        self, item: Item, entry: Entry, flags: tuple[str, ...]
    ) -> Iterator[Item | ErrorRecord]:
        """Yield the page of a feed's entry, or its own words where the page cannot be had."""
        if item.url is not None and entry.link is not None:
            page = None
            for page in self.page(entry.link, entry.hints, feeds=False):
                if not isinstance(page, ErrorRecord):
                    yield page
            if page is not None and not isinstance(page, ErrorRecord):
                return
            flags = (*flags, "page_not_fetched")
        if not entry.html.strip():
            yield ErrorRecord(
                source=f"{item.source}#{entry.key}",
                error="empty",
                reason="the feed's entry has no text and its page was not fetched",
            )
            return
        yield Item(
            source=f"{item.source}#{entry.key}",
            name="",
            kind="html",
            stream=buffered(io.BytesIO(entry.html.encode("utf-8", "replace"))),  # type: ignore[arg-type]
            url=entry.link,
            charset="utf-8",
            hints=entry.hints,
            flags=(*flags, "feed_entry"),
        )


def _page_kind(body: bytes, media_type: str | None, name: str) -> sniff.Kind:
    """Return the format of a page: by its bytes, then by what the server calls it."""
    known = {
        "text/html": "page.html",
        "application/xhtml+xml": "page.html",
        "text/markdown": "page.md",
        "text/csv": "page.csv",
        "message/rfc822": "page.eml",
        "application/jsonl": "page.jsonl",
        "application/x-ndjson": "page.jsonl",
    }
    return sniff.kind(body[: sniff.HEAD_BYTES], known.get(media_type or "", name))


def _error(source: str, error: ReadError) -> ErrorRecord:
    return ErrorRecord(source=source, error=error.code, reason=error.reason)
