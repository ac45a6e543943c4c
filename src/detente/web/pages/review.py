"""Review: the queue, a judgement, undoing one, gold, and register entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, unquote

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter
from litestar.response import Redirect

from detente import api
from detente.errors import InputError
from detente.web.answers import Asked, answer
from detente.web.asked import Limit, Name, Offset, OpenDesk
from detente.web.content import queue
from detente.web.content import review as reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler

_COOKIE = "reviewer"
_YEAR = 31_536_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoForm:
    """Who takes a judgement back, and why."""

    reviewer: str
    reason: str = ""


@get("/review", sync_to_thread=True)
def review_queue(
    request: Asked,
    desk: OpenDesk,
    reader: Annotated[str | None, QueryParameter(max_length=100)] = None,
    offset: Offset = 0,
    limit: Limit = 25,
) -> Response[Any]:
    """Show what is worth a human look first."""
    content = queue.load(desk, reader=reader, offset=offset, limit=limit)
    return answer(request, "review.html", content)


@get("/review/{record:str}", sync_to_thread=True)
def review_form(request: Asked, desk: OpenDesk, record: Name) -> Response[Any]:
    """Show one record with the form that judges it."""
    reader = unquote(request.cookies.get(_COOKIE, ""))[:100]
    return answer(request, "review_form.html", reviews.load(desk, record), reader=reader)


@post("/review/{record:str}", status_code=303, sync_to_thread=True)
def judge(
    request: Asked,
    desk: OpenDesk,
    record: Name,
    data: Annotated[reviews.ReviewForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """Note a judgement, and show what it changed in the numbers."""
    content = reviews.judge(desk, record, data)
    response = answer(request, "review_done.html", content)
    response.status_code = 200
    response.set_cookie(
        _COOKIE, quote(data.reviewer[:100]), max_age=_YEAR, httponly=True, samesite="strict"
    )
    return response


@post("/judgement/{judgement:str}/undo", status_code=303, sync_to_thread=True)
def undo(
    desk: OpenDesk,
    judgement: Name,
    data: Annotated[UndoForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Take a judgement back."""
    api.undo(judgement, reviewer=data.reviewer, reason=data.reason, casebook=desk.folder)
    return Redirect(path="/review")


@get("/gold", sync_to_thread=True)
def gold(desk: OpenDesk) -> Response[str]:
    """Give reviewed documents as gold."""
    text, _, _ = api.gold(desk.folder)
    headers = {"Content-Disposition": 'attachment; filename="reviewed.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


@get("/entry/{record:str}", sync_to_thread=True)
def entry(
    request: Asked,
    desk: OpenDesk,
    record: Name,
    surface: Annotated[str, QueryParameter(max_length=300)],
    code: Annotated[str, QueryParameter(max_length=80)] = "-",
) -> Response[Any]:
    """Suggest the register entry that would have resolved an actor rightly."""
    if not code.strip():
        raise InputError("code: say which actor is right, or a dash for none")
    text = api.suggest(record, surface, None if code == "-" else code, casebook=desk.folder)
    content = reviews.EntryPage(record=record, surface=surface, code=code, entry=text)
    return answer(request, "entry.html", content)


HANDLERS: Sequence[ControllerRouterHandler] = [
    review_queue, review_form, judge, undo, gold, entry,
]  # fmt: skip
