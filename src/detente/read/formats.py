"""The child's side of reading: one function from a request to drafts for every foreign format."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.read.draft import Draft, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

Foreign = Literal["html", "pdf", "docx", "eml", "parquet"]

_MODULES: dict[str, str] = {
    "html": "html",
    "pdf": "pdf",
    "docx": "word",
    "eml": "mail",
    "parquet": "parquet",
}


class Request(msgspec.Struct, kw_only=True):
    """What the child is to read.

    Attributes:
        kind: The format.
        data: The bytes; empty where ``path`` is given.
        path: A file on disk, for tables that are read piece by piece.
        charset: The character set that a server declared.
        url: The page's address.
        max_pages: Most pages that are read of a PDF.
        max_expanded_bytes: Most bytes that a packed format may grow to.
        max_expansion_ratio: Largest ratio of expanded to packed bytes.
        max_depth: How deep mails may lie inside each other.
    """

    kind: Foreign
    data: bytes = b""
    path: str | None = None
    charset: str | None = None
    url: str | None = None
    max_pages: int = 2_000
    max_expanded_bytes: int = 1_000_000_000
    max_expansion_ratio: int = 100
    max_depth: int = 3


_REQUESTS = msgspec.msgpack.Decoder(Request)
_ENCODER = msgspec.msgpack.Encoder()
ANSWERS = msgspec.msgpack.Decoder(Draft | Failure)
"""Reads what ``read`` yields."""


def read(argument: bytes) -> Iterator[bytes]:
    """Read one request.

    Args:
        argument: A ``Request`` in MessagePack.

    Yields:
        Drafts and failures in MessagePack.
    """
    request = _REQUESTS.decode(argument)
    module = importlib.import_module(f"detente.read.{_MODULES[request.kind]}")
    for found in module.read(request):
        yield _ENCODER.encode(found)
