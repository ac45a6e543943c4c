"""The issue builder: what may go into an issue, and the issue itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from detente.api import codes
from detente.brief import names, write_issue
from detente.brief.issue import Issue
from detente.casebook.browser import Browser
from detente.errors import InputError
from detente.web.asked import told_as_of

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
        as_of: Day or moment up to which the casebook is believed, None for now.
    """

    code: str
    title: str
    since: date
    until: date
    partners: tuple[Choice, ...]
    as_of: str | None


class IssuePage(msgspec.Struct, frozen=True, kw_only=True):
    """An issue.

    Attributes:
        title: Name of the country.
        issue: The issue.
        as_of: Day or moment up to which the casebook is believed, None for now.
    """

    title: str
    issue: Issue
    as_of: str | None


def choices(desk: Desk, code: str, asked: Narrowing) -> ChoicesPage:
    """Return what an issue of a country can hold.

    Raises:
        InputError: The casebook tells nothing of the country.
    """
    with desk.view(as_of=asked.as_of) as view:
        pairs = desk.remember(view, "pairs", Browser.pairs)
        told = {b if a == code else a: (n, last) for a, b, n, last in pairs if code in {a, b}}
        if not told:
            codes.check(view, code)
    if not told:
        raise InputError(f"{code}: there is no such party in this casebook")
    days = [last for _, last in told.values() if last is not None and last <= asked.today]
    until = _month_end(max(days, default=asked.today))
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
        as_of=told_as_of(asked.as_of),
    )


def period(asked: Narrowing) -> tuple[date, date]:
    """Return first and last day of an issue; the last sixty days where nothing is asked for."""
    until = asked.until or asked.today
    return asked.since or until - timedelta(days=59), until


def load(desk: Desk, state: str, partners: Sequence[str], asked: Narrowing) -> IssuePage:
    """Write an issue over the period asked for, on the scale and as of the time asked for.

    Raises:
        InputError: No partner, too many, one twice, a code that is nobody's, or a period that ends before it begins.
    """
    if not 0 < len(partners) <= MOST:
        raise InputError(f"an issue holds 1 to {MOST} partners")
    if len(set(partners)) < len(partners):
        raise InputError("a partner is named twice")
    since, until = period(asked)
    with desk.view(as_of=asked.as_of) as view:
        codes.check(view, state, *partners)
        key = ("issue", state, tuple(partners), since, until, asked.scale)
        return desk.remember(view, key, lambda found: _write(found, state, partners, asked))


def _write(view: Browser, state: str, partners: Sequence[str], asked: Narrowing) -> IssuePage:
    since, until = period(asked)
    made = write_issue(
        view, state, partners, since=since, until=until, scale=asked.scale, as_of=asked.as_of
    )
    return IssuePage(title=made.title, issue=made, as_of=told_as_of(asked.as_of))


def _month_end(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
