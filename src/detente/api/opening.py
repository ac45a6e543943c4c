"""Opening a casebook for reading, and the days that questions name."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, TypedDict, cast, get_args

from detente.errors import InputError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from detente.casebook.view import View
    from detente.model import ClaimKind, Domain, ErrorRecord, Status


class Asked(TypedDict, total=False):
    """What every question about a relation may be narrowed by, as keywords.

    Attributes:
        casebook: The casebook's folder; that of the settings where not given.
        domain: Only this domain.
        since: First day.
        until: Last day.
        as_of: Day up to whose end the casebook is believed, or a moment.
    """

    casebook: str | Path | None
    domain: str | None
    since: str | datetime.date | None
    until: str | datetime.date | None
    as_of: str | datetime.date | None


class Counted(Asked, total=False):
    """What a count of incidents may be narrowed by besides, as keywords.

    Attributes:
        institution: Only acts in which this institution takes part, such as ``BLR.MFA``.
        statuses: Which statuses count; ``actual`` alone where not given.
        publisher: Only what this publisher tells.
        imported: True for imported events alone, False for coded ones alone; both where not given.
    """

    institution: str | None
    statuses: Sequence[Status] | None
    publisher: str | None
    imported: bool | None


class ReadAs(TypedDict, total=False):
    """How documents are read, as keywords.

    Attributes:
        published: Publication date of all of them, where theirs is not to be looked for.
        publisher: Publisher of all of them.
        register: The user's own register files, laid over the shipped register.
        settings: Limits; from the environment where not given.
        failed: Called with every input that could not be read or coded.
    """

    published: str | datetime.date | None
    publisher: str | None
    register: Sequence[str | Path] | None
    settings: Settings | None
    failed: Callable[[ErrorRecord], None] | None


def view(casebook: str | Path | None = None, *, as_of: str | datetime.date | None = None) -> View:
    """Open a casebook for reading.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        as_of: Day up to whose end the casebook is believed, or a moment; None is now.

    Raises:
        CasebookError: There is no casebook, or it is newer than the program.
    """
    from detente.casebook.view import View

    settings = Settings.from_environment()
    return View(casebook if casebook is not None else settings.casebook, as_of=moment(as_of))


def as_domain(name: str | None) -> Domain | None:
    """Return a domain by its name.

    Raises:
        InputError: There is no such domain.
    """
    from detente.model import Domain

    return cast("Domain | None", _one_of(name, get_args(Domain), "domain"))


def as_kind(name: str | None) -> ClaimKind | None:
    """Return a kind of claim by its name.

    Raises:
        InputError: There is no such kind.
    """
    from detente.model import ClaimKind

    return cast("ClaimKind | None", _one_of(name, get_args(ClaimKind), "kind"))


def _one_of(name: str | None, known: Sequence[str], what: str) -> str | None:
    if name is not None and name not in known:
        raise InputError(f"{name}: no such {what}; there are {', '.join(known)}")
    return name


def as_period(
    since: str | datetime.date | None, until: str | datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and the last day of a period; None leaves a side open.

    Raises:
        InputError: One is no day, or the period ends before it begins.
    """
    first, last = as_date(since), as_date(until)
    if first is not None and last is not None and last < first:
        raise InputError(f"the period ends on {last}, before it begins on {first}")
    return first, last


def as_date(value: str | datetime.date | None) -> datetime.date | None:
    """Return a day from ``YYYY-MM-DD``.

    Raises:
        InputError: It is no such day.
    """
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{value!r} is no date of the form YYYY-MM-DD") from error


def moment(value: str | datetime.date | None) -> datetime.datetime | None:
    """Return the moment up to which a casebook is believed: that given, or the end of a day.

    For instance ``moment("2016-10-01")`` and ``moment("2016-10-01T12:30:00.000000Z")``.

    Raises:
        InputError: It is neither a day nor a moment.
    """
    if isinstance(value, str) and "T" in value:
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError as error:
            raise InputError(f"{value!r} is no moment of the form YYYY-MM-DDTHH:MM:SSZ") from error
    if isinstance(value, datetime.datetime):
        try:
            return (
                value.astimezone(datetime.UTC)
                if value.tzinfo
                else value.replace(tzinfo=datetime.UTC)
            )
        except OverflowError as error:
            raise InputError(f"{value} lies outside the calendar") from error
    day = as_date(value)
    if day is None:
        return None
    end = datetime.time(23, 59, 59, 999_999)
    return datetime.datetime.combine(day, end, datetime.UTC)
