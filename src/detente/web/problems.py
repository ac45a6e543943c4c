"""One shape for everything that goes wrong: a problem as of RFC 9457, as JSON or as a page."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, NotFoundException, ValidationException

from detente.errors import DetenteError, InputError

if TYPE_CHECKING:
    from litestar.types import ExceptionHandlersMap

ANSWERED = ("GET", "HEAD", "POST")
"""The methods that any path takes."""
PROBLEM_TYPE = "application/problem+json"
_LOG = logging.getLogger("detente.web")


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong with a request.

    Attributes:
        status: HTTP status.
        title: The status in words.
        detail: One sentence for a person.
        type: Always ``about:blank``: the status says the kind.
    """

    status: int
    title: str
    detail: str
    type: str = "about:blank"


def problem(status: int, detail: str = "") -> Problem:
    """Return a problem; the detail is the status in words where none is given."""
    title = HTTPStatus(status).phrase
    return Problem(status=status, title=title, detail=" ".join(detail.split()) or title)


def handlers() -> ExceptionHandlersMap:
    """Return what turns exceptions into answers."""
    return {DetenteError: _own, HTTPException: _http, Exception: _unexpected}


def answer_problem(
    request: Request[Any, Any, Any], found: Problem, *, allow: str | None = None
) -> Response[Any]:
    """Return a problem as the asker wants it: a page for a browser, JSON for everyone else.

    Args:
        request: What was asked.
        found: What is wrong with it.
        allow: The methods that the path takes, where it was asked by another one.
    """
    from detente.web.answers import page, twin, wants_fragment

    accepts = request.headers.get("accept", "")
    if twin(request) == "html" and "text/html" in accepts and not wants_fragment(request):
        body = page("problem.html", problem=found)
        return Response(
            body,
            status_code=found.status,
            media_type=MediaType.HTML,
            headers=_headers(found, allow),
        )
    return Response(
        msgspec.json.encode(found),
        status_code=found.status,
        media_type=PROBLEM_TYPE,
        headers=_headers(found, allow),
    )


def _headers(found: Problem, allow: str | None) -> dict[str, str]:
    """Return when to ask again, where that helps, and by which methods."""
    headers = {"Retry-After": "3"} if found.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return headers | ({"Allow": allow} if allow else {})


def _own(request: Request[Any, Any, Any], error: DetenteError) -> Response[Any]:
    status = error.status
    if isinstance(error, InputError):
        missing = "there is no such" in str(error)
        status = 404 if missing else 422 if error.status == 400 else error.status
    return answer_problem(request, problem(status, str(error)))


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    status = 422 if isinstance(error, ValidationException) else error.status_code
    detail = error.detail
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        parts = [f"{one.get('key', '')}: {one.get('message', '')}" for one in error.extra]
        detail = "; ".join(parts) or detail
    if isinstance(error, NotFoundException):
        detail = "There is no such page."
    told = (error.headers or {}).get("allow", "").split(", ")
    allow = ", ".join(method for method in told if method in ANSWERED)
    return answer_problem(request, problem(status, detail), allow=allow)


def _unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    if isinstance(error, RecursionError):
        return answer_problem(request, problem(400, "the body is nested too deeply"))
    _LOG.error("%s %r failed", request.method, request.url.path, exc_info=error)
    return answer_problem(
        request, problem(500, "A fault in Détente; the server's output tells it.")
    )
