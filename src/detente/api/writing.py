"""Briefs and issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.api import codes
from detente.api.opening import as_date, as_domain, moment, view
from detente.errors import InputError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from pathlib import Path

    from detente.brief import Brief, Issue


def brief(
    party: str,
    other: str,
    *,
    casebook: str | Path | None = None,
    domain: str | None = None,
    since: str | datetime.date | None = None,
    until: str | datetime.date | None = None,
    as_of: str | datetime.date | None = None,
    scale: str = "barometer-1",
) -> Brief:
    """Write a cited brief on the relation of two parties.

    Args:
        party: Code of a country, organisation or bloc, such as ``BLR``.
        other: The other one.
        casebook: The casebook's folder; that of the settings where None.
        domain: Only this domain.
        since: First day of the period.
        until: Last day of the period.
        as_of: Day up to whose end the casebook is believed; None is now.
        scale: Name or file of the index scale.

    Raises:
        InputError: There is no such domain, a code is nobody's, a party is named twice, or the period ends before it begins.
    """
    from detente.brief import write

    as_domain(domain)
    if party == other:
        raise InputError(f"{party}, {other}: a party is named twice")
    with view(casebook, as_of=as_of) as opened:
        codes.check(opened, party, other)
        return write(
            opened,
            party,
            other,
            domain=domain,
            since=as_date(since),
            until=as_date(until),
            as_of=moment(as_of),
            scale=scale,
        )


def issue(
    state: str,
    partners: Sequence[str],
    *,
    since: str | datetime.date,
    until: str | datetime.date,
    casebook: str | Path | None = None,
    as_of: str | datetime.date | None = None,
    scale: str = "barometer-1",
) -> Issue:
    """Write the barometer issue of one country and its partners.

    Args:
        state: Code of the country, such as ``BLR``.
        partners: Codes of its partners, in the order in which they are told.
        since: First day of the period.
        until: Last day; the issue before is as long.
        casebook: The casebook's folder; that of the settings where None.
        as_of: Day up to whose end the casebook is believed; None is now.
        scale: Name or file of the index scale.

    Raises:
        InputError: No partner, a partner twice, a code that is nobody's, or a period that ends before it begins.
    """
    from detente.brief import write_issue

    twice = sorted({code for code in partners if list(partners).count(code) > 1})
    if twice:
        raise InputError(f"{', '.join(twice)}: named twice among the partners")
    first, last = as_date(since), as_date(until)
    if first is None or last is None:
        raise InputError("an issue needs its first and its last day")
    with view(casebook, as_of=as_of) as opened:
        codes.check(opened, state, *partners)
        return write_issue(
            opened, state, partners, since=first, until=last, as_of=moment(as_of), scale=scale
        )


def render(note: Brief | Issue, format: str = "md") -> bytes:
    """Return a brief or an issue as a file; the same note gives the same bytes.

    For instance ``Path("brief.pdf").write_bytes(render(brief("BLR", "USA"), "pdf"))``.

    Args:
        note: What ``brief`` or ``issue`` wrote.
        format: ``md``, ``html``, ``pdf`` or ``docx``.

    Raises:
        InputError: There is no such format.
    """
    from detente.brief import FORMATS

    if format not in FORMATS:
        raise InputError(f"{format}: no such format; there are {', '.join(FORMATS)}")
    return FORMATS[format](note)
