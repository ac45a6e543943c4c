"""What every operation of the API may answer besides its content: problems of one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from detente.web.problems import PROBLEM_TYPE, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from litestar.types import ControllerRouterHandler

_WORDS = {
    400: "The request cannot be read.",
    401: "No token, or a wrong one.",
    403: "A change that another site asked for.",
    404: "There is no such thing.",
    405: "The path takes another method.",
    409: "Another process is writing the casebook.",
    413: "The body is too long.",
    415: "The body is of another type.",
    422: "A value cannot be used; the detail names it.",
    503: "The question takes too long, or the casebook is busy; ask again.",
}
PROBLEMS: Mapping[int, ResponseSpec] = {
    status: ResponseSpec(
        data_container=Problem, description=words, media_type=PROBLEM_TYPE, generate_examples=False
    )
    for status, words in _WORDS.items()
}
"""Every problem by status."""


def documented(handlers: Iterable[ControllerRouterHandler]) -> list[ControllerRouterHandler]:
    """Return route handlers whose description names the problems that they may answer with."""
    found = list(handlers)
    for handler in found:
        if isinstance(handler, HTTPRouteHandler):
            handler.responses = {**PROBLEMS, **(handler.responses or {})}
    return found
