"""Documents that come in through the browser or REST: read, coded and kept like any other."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec
from litestar.datastructures import UploadFile

from detente.errors import FetchError, InputError, ReadError
from detente.model import Document, ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.coding.pipeline import Coder
    from detente.settings import Settings
    from detente.web.desk import Desk

MOST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An uploaded file.

    Attributes:
        file: The file.
        published: Publication date, where the file's own is not to be looked for.
        publisher: Publisher likewise.
    """

    file: UploadFile
    published: str | None = None
    publisher: str | None = None


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an upload.

    Attributes:
        documents: Ids of the documents in it, new and known.
        added: How many were new.
        events: Events coded.
        claims: Claims coded.
        forecasts: Forecasts coded.
        failures: What could not be read.
    """

    documents: tuple[str, ...]
    added: int
    events: int
    claims: int
    forecasts: int
    failures: tuple[ErrorRecord, ...]


class _Offline:
    """Stands where a fetcher would: an uploaded feed fetches nothing."""

    def get(self, address: str) -> NoReturn:
        raise FetchError(f"{address}: an uploaded feed is not followed; add it on the command line")


def keep(
    desk: Desk,
    name: str,
    content: bytes,
    *,
    published: str | None = None,
    publisher: str | None = None,
) -> Kept:
    """Read, code and keep an uploaded file.

    Args:
        desk: The casebook.
        name: The file's name, which says nothing about where it is kept.
        content: Its bytes.
        published: Publication date of what is in it.
        publisher: Publisher of what is in it.

    Raises:
        InputError: There is nothing in it, or the date is none.
        ReadError: Nothing in it could be read.
        CasebookError: Another process is writing the casebook.
    """
    from detente.casebook.book import Casebook
    from detente.coding.incidents import fold

    if not content:
        raise InputError("the file is empty")
    failures: list[ErrorRecord] = []
    documents: list[Document] = []
    for item in _read(
        desk.settings, file_name(name), content, published or None, publisher or None
    ):
        if isinstance(item, ErrorRecord):
            failures.append(item)
        else:
            documents.append(item)
    if not documents:
        first = failures[0] if failures else ErrorRecord(source=name, error="empty", reason="empty")
        raise ReadError(first.error, first.reason, source=first.source)
    coder = loaded_coder(desk.settings)
    with Casebook.open(desk.folder, desk.settings) as book:
        report = book.add(
            _both(documents, failures),
            code=coder,
            coder_version=coder.version,
            configuration=coder.configuration,
            fold=fold,
        )
    return Kept(
        documents=tuple(document.id for document in documents),
        added=report.added,
        events=report.events,
        claims=report.claims,
        forecasts=report.forecasts,
        failures=tuple(failures),
    )


def file_name(name: str) -> str:
    """Return a name that is safe as the last part of a path: ``../a b.txt`` becomes ``a b.txt``."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c if c.isprintable() and c not in ':*?"<>|' else "-" for c in last)
    return kept.strip(". ")[-MOST_NAME:] or "upload"


def _read(
    settings: Settings, name: str, content: bytes, published: str | None, publisher: str | None
) -> Iterator[Document | ErrorRecord]:
    from detente.read import ReadOptions, read

    if published is not None:
        try:
            date.fromisoformat(published)
        except ValueError as error:
            raise InputError(f"published: {published!r} is no day such as 2016-09-26") from error
    options = ReadOptions(published=published, publisher=publisher)
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        for item in read([path], options=options, settings=settings, fetcher=_Offline()):  # type: ignore[arg-type]
            source = item.source.replace(str(path), f"upload/{name}")
            yield msgspec.structs.replace(item, source=source)


def _both(
    documents: Iterable[Document], failures: Iterable[ErrorRecord]
) -> Iterator[Document | ErrorRecord]:
    yield from documents
    yield from failures


@cache
def loaded_coder(settings: Settings) -> Coder:
    """Return the coder; loading it takes seconds, so it stays."""
    from detente.coding.pipeline import Coder as Made

    return Made(settings=settings)
