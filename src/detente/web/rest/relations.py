"""REST: relations, series and forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
from litestar import Response, get, post
from litestar.params import JSONBody

from detente.api import codes
from detente.api.opening import moment
from detente.outlook import desk as forecasting
from detente.outlook.records import Outcome, Query, Resolution, Version
from detente.relations import analysis
from detente.relations.series import Series
from detente.web.answers import Asked
from detente.web.asked import AsOf, Limit, Name, Narrowed, Offset, OpenDesk, OutcomeName, Party
from detente.web.content import outlook
from detente.web.content import overview as overviews
from detente.web.content import relation as relations
from detente.web.pages.forecasts import propose_query, resolve_all
from detente.web.pages.reading import known
from detente.web.rest.documents import given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """A query taken for a forecast: the proposed one, or one's own in its place."""

    query: Query | None = None
    reason: str = ""


class Resolving(msgspec.Struct, frozen=True, kw_only=True):
    """Which forecasts to resolve, as believed on a day; all, as of today, where empty."""

    as_of: str = ""
    forecasts: tuple[str, ...] = ()


@get("/countries/{code:str}", sync_to_thread=True, tags=["relations"])
def get_overview(
    request: Asked, desk: OpenDesk, code: Party, asked: Narrowed
) -> Response[overviews.OverviewPage]:
    """Give the relations of one country: index, change, last event, alert."""
    return given(request, overviews.load(desk, code, asked))


@get("/relations/{a:str}/{b:str}", sync_to_thread=True, tags=["relations"])
def get_relation(
    request: Asked,
    desk: OpenDesk,
    a: Party,
    b: Party,
    asked: Narrowed,
    offset: Offset = 0,
    limit: Limit = relations.PAGE,
) -> Response[relations.RelationPage]:
    """Give one relation: series, shifts, agenda, channels, competence, forecasts, catalogue."""
    return given(request, relations.load(desk, a, b, asked, offset=offset, limit=limit))


@get("/relations/{a:str}/{b:str}/series", sync_to_thread=True, tags=["relations"])
def get_series(
    request: Asked, desk: OpenDesk, a: Party, b: Party, asked: Narrowed
) -> Response[Series]:
    """Give counts and index by period, with the catalogue behind them."""
    with desk.view(as_of=asked.as_of) as view:
        codes.check(view, a, b)
        found = analysis.index(view, a, b, scope=asked.scope, unit=asked.by, scale=asked.scale)
    return given(request, found)


@get("/forecasts", sync_to_thread=True, tags=["forecasts"])
def list_forecasts(
    request: Asked,
    desk: OpenDesk,
    outcome: OutcomeName = None,
    offset: Offset = 0,
    limit: Limit = outlook.PAGE,
    as_of: AsOf = None,
) -> Response[outlook.LedgerPage]:
    """List the ledger, with scores and calibration."""
    chosen = known("outcome", outcome, get_args(Outcome))
    believed = moment(as_of or None)
    found = outlook.load(desk, outcome=chosen, offset=offset, limit=limit, as_of=believed)
    return given(request, found)


@get("/forecasts/{forecast:str}", sync_to_thread=True, tags=["forecasts"])
def get_forecast(request: Asked, desk: OpenDesk, forecast: Name) -> Response[outlook.ForecastPage]:
    """Give one forecast with its queries and outcomes."""
    return given(request, outlook.one(desk, forecast))


@post("/forecasts/{forecast:str}/propose", sync_to_thread=True, tags=["forecasts"])
def propose(desk: OpenDesk, forecast: Name) -> outlook.ForecastPage:
    """Propose a query that would answer a forecast."""
    propose_query(desk, forecast)
    return outlook.one(desk, forecast)


@post("/forecasts/{forecast:str}/accept", sync_to_thread=True, tags=["forecasts"])
def accept(desk: OpenDesk, forecast: Name, data: JSONBody[Acceptance]) -> Version:
    """Take the proposed query, or another one."""
    return forecasting.accept(
        desk.folder, forecast, query=data.query, reason=data.reason, settings=desk.settings
    )


@post("/forecasts/resolve", sync_to_thread=True, tags=["forecasts"])
def resolve(desk: OpenDesk, data: JSONBody[Resolving]) -> list[Resolution]:
    """Answer every forecast that has a query."""
    return list(resolve_all(desk, data.as_of, *data.forecasts))


HANDLERS: Sequence[ControllerRouterHandler] = [
    get_overview, get_relation, get_series, list_forecasts, get_forecast, propose, accept, resolve,
]  # fmt: skip
