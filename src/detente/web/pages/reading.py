"""Documents, events, actors, search, sources and methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter
from litestar.response import Redirect

from detente.errors import InputError
from detente.model import EventType, Status
from detente.web import uploads
from detente.web.answers import Asked, answer
from detente.web.asked import Code, Limit, Name, Narrowed, Offset, OpenDesk, ScaleName
from detente.web.content import actor as actors
from detente.web.content import document as documents
from detente.web.content import event as events
from detente.web.content import method, search, sources, why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler

Words = Annotated[str, QueryParameter(name="q", max_length=500)]
Word = Annotated[str | None, QueryParameter(max_length=40)]


@get("/document/{document:str}", sync_to_thread=True)
def document(request: Asked, desk: OpenDesk, document: Name) -> Response[Any]:
    """Show a document with what is coded from it."""
    return answer(request, "document.html", documents.load(desk, document))


@get("/event/{event:str}", sync_to_thread=True)
def event(
    request: Asked, desk: OpenDesk, event: Name, scale: ScaleName = "barometer-1"
) -> Response[Any]:
    """Show an event."""
    return answer(request, "event.html", events.load(desk, event, scale=scale))


@get("/why/{record:str}", sync_to_thread=True)
def explanation(request: Asked, desk: OpenDesk, record: Name) -> Response[Any]:
    """Show why a record was coded so, step by step."""
    return answer(request, "why.html", why.load(desk, record))


@get("/actor/{code:path}", sync_to_thread=True)
def actor(request: Asked, desk: OpenDesk, code: Name) -> Response[Any]:
    """Show an actor."""
    return answer(request, "actor.html", actors.load(desk, code.strip("/")))


@get("/search", sync_to_thread=True)
def find(
    request: Asked,
    desk: OpenDesk,
    asked: Narrowed,
    words: Words = "",
    party: Code = None,
    other: Code = None,
    type: Word = None,
    status: Word = None,
    offset: Offset = 0,
    limit: Limit = 25,
) -> Response[Any]:
    """Search texts by words and events by fields."""
    fields = search.Fields(
        party=party,
        other=other,
        type=known("type", type, get_args(EventType)),
        status=known("status", status, get_args(Status)),
        domain=asked.domain,
        since=asked.since,
        until=asked.until,
    )
    content = search.load(
        desk, words.strip(), fields, offset=offset, limit=limit, as_of=asked.as_of
    )
    return answer(request, "search.html", content)


@get("/sources", sync_to_thread=True)
def source_list(
    request: Asked, desk: OpenDesk, offset: Offset = 0, limit: Limit = 100
) -> Response[Any]:
    """Show who published what was read."""
    return answer(request, "sources.html", sources.load(desk, offset=offset, limit=limit))


@get("/method", sync_to_thread=True)
def methods(request: Asked, desk: OpenDesk) -> Response[Any]:
    """Show how every number is made."""
    return answer(request, "method.html", method.load(desk))


@get("/documents", sync_to_thread=True)
def document_list(
    request: Asked, desk: OpenDesk, offset: Offset = 0, limit: Limit = 50
) -> Response[Any]:
    """Show the documents, and take new ones."""
    return answer(request, "documents.html", documents.listed(desk, offset=offset, limit=limit))


@post("/documents", status_code=303, sync_to_thread=True)
def upload(
    desk: OpenDesk,
    data: Annotated[uploads.Form, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Redirect:
    """Read, code and keep an uploaded document."""
    kept = uploads.keep(
        desk,
        data.file.filename,
        data.file.file.read(),
        published=data.published,
        publisher=data.publisher,
    )
    return Redirect(path=f"/document/{kept.documents[0]}" if kept.documents else "/documents")


def known(field: str, value: str | None, values: Sequence[str]) -> str | None:
    """Return a value that is one of some words, None for none.

    Raises:
        InputError: It is none of them.
    """
    if value is not None and value not in values:
        raise InputError(f"{field}: {value!r} is none of {', '.join(values)}")
    return value


HANDLERS: Sequence[ControllerRouterHandler] = [
    document, event, explanation, actor, find, source_list, methods, document_list, upload,
]  # fmt: skip
