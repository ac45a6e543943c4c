"""REST: review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, QueryParameter

from detente import api
from detente.casebook.agreement import Agreement
from detente.casebook.review import Verdict
from detente.web.answers import Asked
from detente.web.asked import Limit, Name, Offset, OpenDesk
from detente.web.content import queue
from detente.web.rest.documents import given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler


class Judging(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement; ``corrections`` are fields of the line format with their right values."""

    verdict: Verdict
    reviewer: Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S")]
    reason: str = ""
    corrections: dict[str, Any] = {}


class Undoing(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes a judgement back, and why."""

    reviewer: Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S")]
    reason: str = ""


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """Id of what was noted."""

    judgement: str


@get("/review", sync_to_thread=True, tags=["review"])
def get_queue(
    request: Asked,
    desk: OpenDesk,
    reader: Annotated[str | None, QueryParameter(max_length=100)] = None,
    offset: Offset = 0,
    limit: Limit = 25,
) -> Response[queue.QueuePage]:
    """Give the review queue, the last judgements and the agreement of reviewers."""
    return given(request, queue.load(desk, reader=reader, offset=offset, limit=limit))


@post("/review/{record:str}", sync_to_thread=True, tags=["review"])
def judge(desk: OpenDesk, record: Name, data: JSONBody[Judging]) -> Noted:
    """Accept, correct or reject a record."""
    made = api.judge(
        record,
        data.verdict,
        reviewer=data.reviewer,
        reason=data.reason,
        corrections=data.corrections,
        casebook=desk.folder,
    )
    return Noted(judgement=made)


@post("/judgements/{judgement:str}/undo", sync_to_thread=True, tags=["review"])
def undo(desk: OpenDesk, judgement: Name, data: JSONBody[Undoing]) -> Noted:
    """Take a judgement back."""
    made = api.undo(judgement, reviewer=data.reviewer, reason=data.reason, casebook=desk.folder)
    return Noted(judgement=made)


@get("/agreement", sync_to_thread=True, tags=["review"])
def agreement(desk: OpenDesk) -> list[Agreement]:
    """Give Krippendorff's alpha of records that two or more people judged, field by field."""
    return list(api.agreement(desk.folder))


@get(
    "/gold", sync_to_thread=True, tags=["review"], media_type="application/yaml",
    responses={
        200: ResponseSpec(
            list[dict[str, Any]], description="Documents with events in the notation of the codebook.",
            media_type="application/yaml", generate_examples=False,
        )
    },
)  # fmt: skip
def gold(desk: OpenDesk) -> Response[str]:
    """Give reviewed documents as gold that ``detente eval --gold`` reads."""
    return Response(api.gold(desk.folder)[0], media_type="application/yaml")


HANDLERS: Sequence[ControllerRouterHandler] = [get_queue, judge, undo, agreement, gold]
