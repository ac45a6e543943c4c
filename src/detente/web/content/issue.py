"""The issue builder: what may go into an issue, and the issue itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from detente.brief import names, write_issue
from detente.brief.issue import Issue
from detente.casebook.browser import Browser
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.web.asked import Narrowing
    from detente.web.desk import Desk

CHOICES = 24
CHOSEN = 5
MOST = 12


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A partner that can be chosen."""

    code: str
    name: str
    mentions: int
    chosen: bool


class ChoicesPage(msgspec.Struct, frozen=True, kw_only=True):
    """What an issue can hold.

    Attributes:
        code: Code of the country.
        title: Its name.
        since: First day proposed: two whole months up to the last event.
        until: Last day proposed.
        partners: Partners, the busiest first.
    """

    code: str
    title: str
    since: date
    until: date
    partners: tuple[Choice, ...]


class IssuePage(msgspec.Struct, frozen=True, kw_only=True):
    """An issue.

    Attributes:
        title: Name of the country.
        issue: The issue.
    """

    title: str
    issue: Issue


def choices(desk: Desk, code: str) -> ChoicesPage:
    """Return what an issue of a country can hold.

    Raises:
        InputError: The casebook tells nothing of the country.
    """
    with desk.view() as view:
        pairs = desk.remember(view, "pairs", Browser.pairs)
    told = {b if a == code else a: (n, last) for a, b, n, last in pairs if code in {a, b}}
    if not told:
        raise InputError(f"{code}: there is no such party in this casebook")
    today = date.today()  # noqa: DTZ011  # a day of the user
    days = [last for _, last in told.values() if last is not None and last <= today]
    until = _month_end(max(days, default=today))
    since = (until.replace(day=1) - timedelta(days=1)).replace(day=1)
    busy = sorted(told, key=lambda other: (-told[other][0], other))[:CHOICES]
    return ChoicesPage(
        code=code,
        title=names.bare(code),
        since=since,
        until=until,
        partners=tuple(
            Choice(
                code=other, name=names.bare(other), mentions=told[other][0], chosen=number < CHOSEN
            )
            for number, other in enumerate(busy)
        ),
    )


def period(asked: Narrowing) -> tuple[date, date]:
    """Return first and last day of an issue; the last sixty days where nothing is asked for."""
    until = asked.until or date.today()  # noqa: DTZ011  # a day of the user
    return asked.since or until - timedelta(days=59), until


def load(
    desk: Desk, state: str, partners: Sequence[str], *, since: date, until: date, scale: str
) -> IssuePage:
    """Write an issue.

    Raises:
        InputError: No partner, too many, one twice, or a period that ends before it begins.
    """
    if not 0 < len(partners) <= MOST:
        raise InputError(f"an issue holds 1 to {MOST} partners")
    if len(set(partners)) < len(partners):
        raise InputError("a partner is named twice")
    with desk.view() as view:
        key = ("issue", state, tuple(partners), since, until, scale)
        return desk.remember(
            view, key, lambda found: _write(found, state, partners, since, until, scale)
        )


def _write(
    view: Browser, state: str, partners: Sequence[str], since: date, until: date, scale: str
) -> IssuePage:
    made = write_issue(view, state, partners, since=since, until=until, scale=scale)
    return IssuePage(title=made.title, issue=made)


def _month_end(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
