"""The forecast ledger: list, one forecast, and what people do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_args

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter
from litestar.response import Redirect

from detente import api
from detente.api.opening import moment
from detente.errors import InputError
from detente.outlook import desk as forecasting
from detente.outlook.records import Outcome, day
from detente.web.answers import Asked, answer
from detente.web.asked import AsOf, Limit, Name, Offset, OpenDesk
from detente.web.content import outlook
from detente.web.pages.reading import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler

    from detente.web.desk import Desk

Wanted = Annotated[str | None, QueryParameter(max_length=10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveForm:
    """Resolve forecasts as believed on a day; today where none is given."""

    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryForm:
    """A query as a person words it; types and parties are parted by commas, empty fields stay.

    Attributes:
        types: PLOVER types that count.
        parties: Codes of the parties.
        comparison: ``at least`` or ``at most``.
        threshold: Number of incidents.
        domain: Only this domain; ``any`` for all.
        format: ``bilateral`` or ``multilateral``; ``any`` for all.
        first: First day.
        deadline: Last day.
        reason: Why it is so worded.
    """

    types: str = ""
    parties: str = ""
    comparison: str = ""
    threshold: str = ""
    domain: str = ""
    format: str = ""
    first: str = ""
    deadline: str = ""
    reason: str = ""


@get("/forecasts", sync_to_thread=True)
def ledger(
    request: Asked,
    desk: OpenDesk,
    outcome: Wanted = None,
    offset: Offset = 0,
    limit: Limit = outlook.PAGE,
    as_of: AsOf = None,
) -> Response[Any]:
    """Show the ledger."""
    chosen = known("outcome", outcome or None, get_args(Outcome))
    believed = moment(as_of or None)
    content = outlook.load(desk, outcome=chosen, offset=offset, limit=limit, as_of=believed)
    return answer(request, "forecasts.html", content)


@post("/forecasts/propose", status_code=303, sync_to_thread=True)
def propose_every(desk: OpenDesk) -> Redirect:
    """Propose a query for every forecast that has none."""
    forecasting.operationalise(desk.folder, settings=desk.settings)
    return Redirect(path="/forecasts")


@post("/forecasts/resolve", status_code=303, sync_to_thread=True)
def resolve_every(
    desk: OpenDesk,
    data: Annotated[ResolveForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Ask the casebook whether every forecast that has a query came true."""
    resolve_all(desk, data.as_of)
    return Redirect(path="/forecasts")


@get("/forecast/{forecast:str}", sync_to_thread=True)
def one(request: Asked, desk: OpenDesk, forecast: Name) -> Response[Any]:
    """Show one forecast."""
    return answer(request, "forecast.html", outlook.one(desk, forecast))


@post("/forecast/{forecast:str}/propose", status_code=303, sync_to_thread=True)
def propose(desk: OpenDesk, forecast: Name) -> Redirect:
    """Propose a query that would answer a forecast."""
    propose_query(desk, forecast)
    return Redirect(path=f"/forecast/{forecast}")


@post("/forecast/{forecast:str}/accept", status_code=303, sync_to_thread=True)
def accept(desk: OpenDesk, forecast: Name) -> Redirect:
    """Take the proposed query."""
    forecasting.accept(desk.folder, forecast, settings=desk.settings)
    return Redirect(path=f"/forecast/{forecast}")


@post("/forecast/{forecast:str}/edit", status_code=303, sync_to_thread=True)
def edit(
    desk: OpenDesk,
    forecast: Name,
    data: Annotated[QueryForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Put an own query in place of the proposed one; earlier versions are kept."""
    edit_query(desk, forecast, data)
    return Redirect(path=f"/forecast/{forecast}")


@post("/forecast/{forecast:str}/resolve", status_code=303, sync_to_thread=True)
def resolve(
    desk: OpenDesk,
    forecast: Name,
    data: Annotated[ResolveForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Ask the casebook whether a forecast came true."""
    resolve_all(desk, data.as_of, forecast)
    return Redirect(path=f"/forecast/{forecast}")


def propose_query(desk: OpenDesk, forecast: str) -> None:
    """Propose a query for one forecast.

    Raises:
        InputError: There is no such forecast, or a person must word the query.
    """
    outlook.one(desk, forecast)
    _, refused = forecasting.operationalise(desk.folder, ids=[forecast], settings=desk.settings)
    if refused:
        raise InputError(refused[0].reason)
    desk.changed()


def edit_query(desk: Desk, forecast: str, form: QueryForm) -> None:
    """Accept an own query for a forecast.

    Raises:
        InputError: There is no such forecast, or the query can never resolve; the message names the
            field and the reason.
    """
    changes: dict[str, object] = {
        name: getattr(form, name).strip()
        for name in ("comparison", "domain", "format", "first", "deadline")
        if getattr(form, name).strip()
    }
    for name, text in (("types", form.types.upper()), ("parties", form.parties)):
        words = tuple(part.strip() for part in text.split(",") if part.strip())
        if words:
            changes[name] = words
    if form.threshold.strip():
        if not form.threshold.strip().isdigit():
            raise InputError(f"threshold: {form.threshold!r} is no number of incidents")
        changes["threshold"] = int(form.threshold)
    api.forecasts.edit(forecast, reason=form.reason, casebook=desk.folder, **changes)
    desk.changed()


def resolve_all(desk: OpenDesk, as_of: str, *forecasts: str) -> tuple[Any, ...]:
    """Resolve forecasts as believed on a day, today where none is given.

    Raises:
        InputError: It is no day, or a forecast has no query to resolve it by.
    """
    when = day(as_of, "as_of").isoformat() if as_of else outlook.today()
    found = forecasting.resolve(desk.folder, as_of=when, ids=forecasts, settings=desk.settings)
    if forecasts and not found:
        raise InputError("there is no query to resolve it by yet, or it was issued later")
    return found


HANDLERS: Sequence[ControllerRouterHandler] = [
    ledger, propose_every, resolve_every, one, propose, accept, edit, resolve,
]  # fmt: skip
