"""REST: documents in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import MediaType, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter

from detente.web import uploads
from detente.web.answers import Asked, tagged
from detente.web.asked import Limit, Offset
from detente.web.content import document as documents
from detente.web.content import search
from detente.web.content.document import DocumentPage, DocumentsPage
from detente.web.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler


def given(request: Asked, content: msgspec.Struct) -> Response[Any]:
    """Return content as JSON with its entity tag."""
    return tagged(request, msgspec.json.encode(content), MediaType.JSON)


@get("/documents", sync_to_thread=True, tags=["documents"])
def list_documents(
    request: Asked, desk: Desk, offset: Offset = 0, limit: Limit = 50
) -> Response[DocumentsPage]:
    """List the documents, the last read first."""
    return given(request, documents.listed(desk, offset=offset, limit=limit))


@get("/documents/{document:str}", sync_to_thread=True, tags=["documents"])
def get_document(request: Asked, desk: Desk, document: str) -> Response[DocumentPage]:
    """Give a document with its text and records."""
    return given(request, documents.load(desk, document))


@post("/documents", sync_to_thread=True, tags=["documents"])
def add_document(
    desk: Desk,
    data: Annotated[uploads.Form, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> uploads.Kept:
    """Read, code and keep a document: any format that ``detente add`` takes."""
    return uploads.keep(
        desk, data.file.filename, data.file.file.read(),
        published=data.published, publisher=data.publisher,
    )  # fmt: skip


@get("/search", sync_to_thread=True, tags=["documents"])
def search_documents(
    request: Asked,
    desk: Desk,
    words: Annotated[str, Parameter(query="q", max_length=500, description="All must occur.")],
    offset: Offset = 0,
    limit: Limit = 25,
) -> Response[search.SearchPage]:
    """Find documents that hold all words, best first."""
    content = search.load(desk, words.strip(), search.Fields(), offset=offset, limit=limit)
    return given(request, content)


HANDLERS: Sequence[ControllerRouterHandler] = [
    list_documents, get_document, add_document, search_documents,
]  # fmt: skip
