"""Notes and issues as files, the same that the commands ``brief`` and ``issue`` write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from litestar import Response, get
from litestar.params import FromQuery, QueryParameter

from detente.api import codes
from detente.brief import FORMATS, write
from detente.web.asked import Narrowed, OpenDesk, Party
from detente.web.content import issue as issues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler

    from detente.brief import Brief, Issue

Format = Literal["md", "html", "pdf", "docx"]
_TYPES: dict[Format, str] = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@get("/relation/{a:str}/{b:str}/note", sync_to_thread=True)
def brief(
    desk: OpenDesk, a: Party, b: Party, asked: Narrowed, format: FromQuery[Format] = "docx"
) -> Response[bytes]:
    """Give a cited brief on a relation."""
    with desk.view(counting=True, as_of=asked.as_of) as view:
        codes.check(view, a, b)
        note = write(
            view, a, b, domain=asked.domain, since=asked.since, until=asked.until,
            scale=asked.scale, as_of=asked.as_of,
        )  # fmt: skip
    return _file(note, format, f"brief-{a}-{b}")


@get("/issue/{country:str}/note", sync_to_thread=True)
def issue(
    desk: OpenDesk,
    country: Party,
    asked: Narrowed,
    partners: Annotated[list[str] | None, QueryParameter(name="with")] = None,
    format: FromQuery[Format] = "docx",
) -> Response[bytes]:
    """Give a barometer issue."""
    page = issues.load(desk, country, partners or [], asked)
    return _file(page.issue, format, f"issue-{country}-{page.issue.until}")


def _file(note: Brief | Issue, format: Format, name: str) -> Response[bytes]:
    safe = "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in name)
    return Response(
        FORMATS[format](note),
        media_type=_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{safe}.{format}"'},
    )


HANDLERS: Sequence[ControllerRouterHandler] = [brief, issue]
