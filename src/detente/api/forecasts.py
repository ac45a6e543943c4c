"""The forecast ledger: what was expected, by whom, and how it turned out.

For instance::

    from detente.api import forecasts

    forecasts.operationalise(casebook="minsk.casebook")
    forecasts.resolve(as_of="2016-12-31", casebook="minsk.casebook")
    whole, *groups = forecasts.score(casebook="minsk.casebook")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from detente.api import codes
from detente.api.opening import as_date, view
from detente.errors import InputError
from detente.settings import Settings

if TYPE_CHECKING:
    import datetime

    from detente.outlook.desk import Refused
    from detente.outlook.ledger import Case
    from detente.outlook.records import Entry, Outcome, Outlook, Resolution, Version
    from detente.outlook.scoring import Score

    Day = str | datetime.date

Form = Literal["csv", "json"]

__all__ = [
    "accept", "add", "edit", "export", "import_", "judge", "listed", "operationalise", "resolve",
    "score", "show",
]  # fmt: skip


def listed(
    *,
    casebook: str | Path | None = None,
    party: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    outcome: Outcome | None = None,
    since: Day | None = None,
    until: Day | None = None,
) -> tuple[Case, ...]:
    """Return the forecasts of a casebook with their queries and outcomes, by day of issue.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        party: Only those that concern this code.
        author: Only those of this author.
        publisher: Only those of this publisher.
        outcome: Only those that turned out so; ``open`` for those without an outcome.
        since: First day of issue.
        until: Last day of issue.

    Raises:
        CasebookError: There is no casebook.
        InputError: A day is no date, or the party is nobody's code.
    """
    from detente.outlook import desk
    from detente.outlook.records import concerns

    first, last = as_date(since), as_date(until)
    with view(casebook) as opened:
        if party is not None:
            codes.check(opened, party)
        cases = desk.read(opened).cases.values()
    found = [
        case
        for case in cases
        if (party is None or concerns(case.outlook, party))
        and author in {None, case.outlook.author}
        and publisher in {None, case.outlook.publisher}
        and outcome in {None, case.outcome}
        and (first is None or case.outlook.issued >= first.isoformat())
        and (last is None or case.outlook.issued <= last.isoformat())
    ]
    return tuple(sorted(found, key=lambda case: (case.outlook.issued, case.outlook.id)))


def show(forecast: str, *, casebook: str | Path | None = None) -> Case:
    """Return one forecast with all its versions and outcomes.

    Args:
        forecast: Its id, or the beginning of it.
        casebook: The casebook's folder; that of the settings where None.

    Raises:
        InputError: There is no such forecast, or the beginning fits several.
    """
    from detente.outlook import desk

    with view(casebook) as opened:
        return desk.read(opened).find(forecast)


def add(
    text: str, *, issued: Day, casebook: str | Path | None = None, **fields: object
) -> Outlook | None:
    """Add a forecast written by hand.

    Args:
        text: Its words, kept as they are.
        issued: Day of issue.
        casebook: The casebook's folder; that of the settings where None.
        **fields: Other fields of ``Outlook``: ``author publisher subject object about domain
            direction hedge low high probability first deadline condition until`` and ``id``. A
            hedge word without ``low`` and ``high`` takes them from its ``scale`` (icd-203).

    Returns:
        The forecast, or None where the ledger holds it already.

    Raises:
        InputError: A field cannot be used; the message names it and the reason.
    """
    from detente.outlook import desk
    from detente.outlook.hand import written

    made = written(text, issued=_day(issued), **fields)
    return next(iter(desk.add(_folder(casebook), [made])), None)


def operationalise(
    *forecasts: str, casebook: str | Path | None = None
) -> tuple[tuple[Version, ...], tuple[Refused, ...]]:
    """Propose a query over the casebook for each forecast without one, or for those named.

    Returns:
        The proposals that were kept, and the forecasts that a person must word, with the reason.

    Raises:
        InputError: There is no such forecast.
    """
    from detente.outlook import desk

    return desk.operationalise(_folder(casebook), ids=forecasts)


def accept(forecast: str, *, reason: str = "", casebook: str | Path | None = None) -> Version:
    """Accept the last query proposed for a forecast; earlier versions are kept.

    Raises:
        InputError: There is no such forecast, or it has no query.
    """
    from detente.outlook import desk

    return desk.accept(_folder(casebook), forecast, reason=reason)


def edit(
    forecast: str,
    *,
    reason: str = "",
    casebook: str | Path | None = None,
    **changes: object,
) -> Version:
    """Word a forecast's query oneself; earlier versions are kept.

    Args:
        forecast: Its id, or the beginning of it.
        reason: Why.
        casebook: The casebook's folder; that of the settings where None.
        **changes: Fields of ``Query``, such as ``types=("CONSULT",)`` or ``threshold=2``, to
            be laid over the last version; ``any`` as domain or format stands for all.

    Raises:
        InputError: There is no such forecast, or the query can never resolve; the message names
            the field and the reason.
    """
    from detente.outlook import desk
    from detente.outlook.hand import edited

    case = show(forecast, casebook=casebook)
    made = edited(case.outlook, case.version, changes)
    return desk.accept(_folder(casebook), case.outlook.id, query=made, reason=reason)


def judge(
    forecast: str,
    outcome: Outcome,
    *,
    by: str,
    reason: str,
    as_of: Day,
    casebook: str | Path | None = None,
) -> Resolution | None:
    """Settle a forecast by a person's word, as where its condition failed; no rule overturns it.

    Args:
        forecast: Its id, or the beginning of it.
        outcome: ``yes``, ``no`` or ``void``.
        by: Who says so.
        reason: Why.
        as_of: Day up to which the world is known.
        casebook: The casebook's folder; that of the settings where None.

    Returns:
        The outcome, or None where the same was said before.

    Raises:
        InputError: There is no such forecast, or a field is empty or wrong.
    """
    from detente.outlook import desk

    return desk.judge(_folder(casebook), forecast, outcome, by=by, reason=reason, as_of=_day(as_of))


def resolve(
    *forecasts: str, as_of: Day, casebook: str | Path | None = None
) -> tuple[Resolution, ...]:
    """Answer every forecast that has a query with what was published up to a day.

    Args:
        *forecasts: Only these; all where none is named.
        as_of: The day.
        casebook: The casebook's folder; that of the settings where None.

    Returns:
        An outcome for each; those that are new were kept, with the outcome that they revise.

    Raises:
        InputError: There is no such forecast, or the day is no date.
    """
    from detente.outlook import desk

    return desk.resolve(_folder(casebook), as_of=_day(as_of), ids=forecasts)


def score(
    *, casebook: str | Path | None = None, accepted: bool = False, seed: int = 0
) -> tuple[Score, ...]:
    """Score what was resolved: the whole, then by author, publisher and hedge word.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        accepted: Count outcomes of accepted queries and of persons alone, not of proposals.
        seed: Of the random numbers behind the bootstrap intervals.
    """
    from detente.outlook import desk

    return desk.score(_folder(casebook), accepted=accepted, seed=seed)


def export(form: Form = "json", *, casebook: str | Path | None = None) -> str:
    """Return the ledger as text.

    Args:
        form: ``json``: every entry as a line, versions and outcomes included; ``csv``: one row
            for each forecast, with its query and outcome as they stand.
        casebook: The casebook's folder; that of the settings where None.

    Raises:
        InputError: There is no such form.
    """
    from detente.outlook import desk, exchange

    _check(form)
    with view(casebook) as opened:
        ledger = desk.read(opened)
    if form == "csv":
        return exchange.to_csv(ledger.cases.values())
    return exchange.to_json(ledger.entries()).decode()


def import_(
    text: str, form: Form = "json", *, casebook: str | Path | None = None
) -> tuple[Entry, ...]:
    """Add forecasts, and from JSON their versions and outcomes too; known ones are left out.

    Args:
        text: What ``export`` gives; a CSV may hold just ``text`` and ``issued``.
        form: ``json`` or ``csv``.
        casebook: The casebook's folder; that of the settings where None.

    Returns:
        What was added.

    Raises:
        InputError: A line cannot be used; the message names line, field and reason, and nothing
            was added.
    """
    from detente.outlook import desk, exchange

    _check(form)
    entries = exchange.from_csv(text) if form == "csv" else exchange.from_json(text.encode())
    return desk.import_entries(_folder(casebook), entries)


def _check(form: str) -> None:
    if form not in {"csv", "json"}:
        raise InputError(f"{form}: no such form; there are csv and json")


def _folder(casebook: str | Path | None) -> Path:
    return Path(casebook if casebook is not None else Settings.from_environment().casebook)


def _day(value: Day) -> str:
    day = as_date(value)
    if day is None:
        raise InputError("name a day of the form YYYY-MM-DD")
    return day.isoformat()
