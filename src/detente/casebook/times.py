"""Recorded times: UTC in one fixed form, so that their order is that of their letters."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """Return a time as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``; one without a zone is taken as UTC."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.strftime("%Y-%m-%dT%H:%M:%S.") + f"{aware.microsecond:06d}Z"


def utc_now() -> datetime:
    """Return the time by the system's clock."""
    return datetime.now(UTC)
