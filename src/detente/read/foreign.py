"""Reads foreign formats in a child that is killed when it takes too long or too much memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from detente.engine import child
from detente.ingest.limits import reading
from detente.ingest.streams import read_all
from detente.read.formats import ANSWERS, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.ingest.items import Item
    from detente.read.draft import Draft, Failure
    from detente.settings import Settings


def read(item: Item, settings: Settings) -> Iterator[Draft | Failure]:
    """Yield what the reader of an item's format finds.

    Args:
        item: An item whose kind is one of ``formats.Foreign``.
        settings: The limits.

    Raises:
        ReadError: ``timeout``, ``memory``, ``crash``, or what the format's reader raised.
    """
    path = _path(item)
    request = Request(
        kind=item.kind,  # type: ignore[arg-type]
        data=b"" if path else read_all(item.stream, settings.max_file_bytes),
        path=path,
        charset=item.charset,
        url=item.url,
        max_pages=settings.max_pages,
        max_expanded_bytes=settings.max_expanded_bytes,
        max_expansion_ratio=settings.max_expansion_ratio,
        max_depth=settings.max_archive_depth,
    )
    argument = msgspec.msgpack.encode(request)
    for answer in child.run("detente.read.formats:read", argument, limits=reading(settings)):
        yield ANSWERS.decode(answer)


def _path(item: Item) -> str | None:
    """Return the path of a table that the child can open itself."""
    if item.kind != "parquet" or item.path is None:
        return None
    path = os.fspath(item.path.absolute())
    return path if path.isprintable() and path.encode("utf-8", "replace").decode() == path else None
