"""The forecast ledger: what was expected, when it falls due, and how good the authors are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from detente.errors import InputError
from detente.outlook import desk as forecasting
from detente.outlook import scoring
from detente.outlook.records import Outlook, Resolution, Version
from detente.outlook.scores.calibration import Bin
from detente.web.asked import told_as_of
from detente.web.words import short

if TYPE_CHECKING:
    from detente.casebook.browser import Browser
    from detente.outlook.ledger import Case, Ledger
    from detente.outlook.scoring import Score
    from detente.web.desk import Desk

PAGE = 50
"""Forecasts on one page."""


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """One forecast of the ledger.

    Attributes:
        forecast: Its id.
        text: Its words.
        author: Who made it.
        publisher: Who published it.
        issued: Day of issue.
        deadline: Last day on which it can come true.
        hedge: The word that says how sure.
        low: Lower bound of the probability.
        high: Upper bound.
        chance: Probability that is scored.
        query: Whether a query answers it: ``accepted``, ``proposed`` or ``none``.
        outcome: ``yes``, ``no``, ``void`` or ``open``.
        due: Whether its deadline has passed without an outcome.
        doc: Its document.
    """

    forecast: str
    text: str
    author: str | None
    publisher: str | None
    issued: str
    deadline: str | None
    hedge: str | None
    low: float | None
    high: float | None
    chance: float | None
    query: str
    outcome: str
    due: bool
    doc: str | None


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """How good a group of forecasts was; fields of ``outlook.scoring.Score``."""

    by: str
    name: str
    forecasts: int
    resolved: int
    scored: int
    brier: float | None
    brier_low: float | None
    brier_high: float | None
    skill: float | None
    thin: bool


class LedgerPage(msgspec.Struct, frozen=True, kw_only=True):
    """The forecast ledger.

    Attributes:
        today: The day by which forecasts are due.
        outcome: Only this outcome, None for all.
        total: Forecasts that fit.
        offset: Forecasts skipped.
        limit: Most forecasts on the page.
        forecasts: The forecasts, those due first.
        scores: Scores of all, of authors, publishers and hedge words.
        calibration: Said against seen, over all.
        as_of: Day or moment up to which the casebook is believed, None for now.
    """

    today: str
    outcome: str | None
    total: int
    offset: int
    limit: int
    forecasts: tuple[Foreseen, ...]
    scores: tuple[Grade, ...]
    calibration: tuple[Bin, ...]
    as_of: str | None


class ForecastPage(msgspec.Struct, frozen=True, kw_only=True):
    """One forecast.

    Attributes:
        title: Its words, cut.
        today: The day by which it can be resolved.
        state: How it stands in the ledger.
        outlook: As it was issued, frozen.
        versions: The queries that would answer it.
        resolutions: Its outcomes, oldest first.
    """

    title: str
    today: str
    state: Foreseen
    outlook: Outlook
    versions: tuple[Version, ...]
    resolutions: tuple[Resolution, ...]


def ledger(desk: Desk, view: Browser) -> Ledger:
    """Return the forecast ledger, remembered until the casebook changes."""
    return desk.remember(view, "ledger", forecasting.read)


def load(
    desk: Desk,
    *,
    outcome: str | None = None,
    offset: int = 0,
    limit: int = PAGE,
    as_of: datetime | None = None,
) -> LedgerPage:
    """Return a page of the ledger, as the casebook is believed up to a recorded time."""
    now = today(as_of)
    with desk.view(as_of=as_of) as view:
        kept = ledger(desk, view)
        scores = desk.remember(view, "scores", lambda _: scoring.score(kept))
    found = [foreseen(case, now) for case in kept.cases.values()]
    if outcome is not None:
        found = [one for one in found if one.outcome == outcome]
    found.sort(key=lambda one: (not one.due, one.deadline or "9999", one.forecast))
    return LedgerPage(
        today=now,
        outcome=outcome,
        total=len(found),
        offset=offset,
        limit=limit,
        forecasts=tuple(found[offset : offset + limit]),
        scores=tuple(_grade(score) for score in scores),
        calibration=scores[0].calibration if scores else (),
        as_of=told_as_of(as_of),
    )


def one(desk: Desk, forecast: str) -> ForecastPage:
    """Return the page of one forecast.

    Raises:
        InputError: There is no such forecast.
    """
    with desk.view() as view:
        case = ledger(desk, view).cases.get(forecast)
    if case is None:
        raise InputError(f"{forecast}: there is no such forecast")
    return ForecastPage(
        title=short(case.outlook.text, 80),
        today=today(),
        state=foreseen(case, today()),
        outlook=case.outlook,
        versions=tuple(case.versions),
        resolutions=tuple(case.resolutions),
    )


def today(as_of: datetime | None = None) -> str:
    """Return the day in UTC: that of ``as_of``, else of now."""
    return (as_of or datetime.now(UTC)).date().isoformat()


def foreseen(case: Case, now: str) -> Foreseen:
    """Return how a forecast stands on a day."""
    outlook, version = case.outlook, case.version
    outcome = case.resolution.outcome if case.resolution is not None else "open"
    return Foreseen(
        forecast=outlook.id,
        text=outlook.text,
        author=outlook.author,
        publisher=outlook.publisher,
        issued=outlook.issued,
        deadline=outlook.deadline,
        hedge=outlook.hedge,
        low=outlook.low,
        high=outlook.high,
        chance=outlook.chance,
        query="none" if version is None else "accepted" if version.accepted else "proposed",
        outcome=outcome,
        due=outcome == "open" and outlook.deadline is not None and outlook.deadline < now,
        doc=outlook.document,
    )


def _grade(score: Score) -> Grade:
    return Grade(**{name: getattr(score, name) for name in Grade.__struct_fields__})
