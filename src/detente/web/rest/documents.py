"""REST: documents in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import MediaType, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from detente.web import uploads
from detente.web.answers import Asked, tagged
from detente.web.asked import Limit, Name, Offset, OpenDesk
from detente.web.content import document as documents
from detente.web.content import search
from detente.web.content.document import DocumentPage, DocumentsPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler


def given(request: Asked, content: msgspec.Struct) -> Response[Any]:
    """Return content as JSON with its entity tag."""
    return tagged(request, msgspec.json.encode(content), MediaType.JSON)


@get("/documents", sync_to_thread=True, tags=["documents"])
def list_documents(
    request: Asked, desk: OpenDesk, offset: Offset = 0, limit: Limit = 50
) -> Response[DocumentsPage]:
    """List the documents, the last read first."""
    return given(request, documents.listed(desk, offset=offset, limit=limit))


@get("/documents/{document:str}", sync_to_thread=True, tags=["documents"])
def get_document(request: Asked, desk: OpenDesk, document: Name) -> Response[DocumentPage]:
    """Give a document with its text and records."""
    return given(request, documents.load(desk, document))


@post("/documents", sync_to_thread=True, tags=["documents"])
def add_document(
    desk: OpenDesk,
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
    desk: OpenDesk,
    words: Annotated[str, QueryParameter(name="q", max_length=500, description="All must occur.")],
    offset: Offset = 0,
    limit: Limit = 25,
) -> Response[search.SearchPage]:
    """Find documents that hold all words, best first."""
    content = search.load(desk, words.strip(), search.Fields(), offset=offset, limit=limit)
    return given(request, content)


HANDLERS: Sequence[ControllerRouterHandler] = [
    list_documents, get_document, add_document, search_documents,
]  # fmt: skip
