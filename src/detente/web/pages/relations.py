"""Overview, relation and issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter
from litestar.response import Redirect

from detente.web.answers import Asked, answer
from detente.web.asked import Code, Limit, Narrowed, Offset, OpenDesk, Party
from detente.web.content import issue as issues
from detente.web.content import overview as overviews
from detente.web.content import relation as relations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler


@get("/", sync_to_thread=True)
def home(request: Asked, desk: OpenDesk) -> Response[Any]:
    """Go to the party that the casebook tells most of."""
    code = overviews.busiest(desk)
    if code is None:
        return answer(request, "empty.html", overviews.empty(desk))
    return Redirect(path=f"/country/{code}")


@get("/country/{code:str}", sync_to_thread=True)
def overview(request: Asked, desk: OpenDesk, code: Party, asked: Narrowed) -> Response[Any]:
    """Show the relations of one country."""
    return answer(request, "overview.html", overviews.load(desk, code, asked))


@get("/relation/{a:str}/{b:str}", sync_to_thread=True)
def relation(
    request: Asked,
    desk: OpenDesk,
    a: Party,
    b: Party,
    asked: Narrowed,
    offset: Offset = 0,
    limit: Limit = relations.PAGE,
) -> Response[Any]:
    """Show one relation."""
    content = relations.load(desk, a, b, asked, offset=offset, limit=limit)
    return answer(request, "relation.html", content)


@get("/issue", sync_to_thread=True)
def issue_form(
    request: Asked, desk: OpenDesk, asked: Narrowed, country: Code = None
) -> Response[Any]:
    """Ask what an issue should hold."""
    chosen = country or overviews.busiest(desk)
    if chosen is None:
        return answer(request, "empty.html", overviews.empty(desk))
    return answer(request, "issue_form.html", issues.choices(desk, chosen, asked))


@get("/issue/{country:str}", sync_to_thread=True)
def issue(
    request: Asked,
    desk: OpenDesk,
    country: Party,
    asked: Narrowed,
    partners: Annotated[list[str] | None, QueryParameter(name="with")] = None,
) -> Response[Any]:
    """Show a barometer issue."""
    return answer(request, "issue.html", issues.load(desk, country, partners or [], asked))


HANDLERS: Sequence[ControllerRouterHandler] = [home, overview, relation, issue_form, issue]
