"""What a question about a relation counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to count.

    Attributes:
        since: First day; the first incident's where None.
        until: Last day; the last incident's where None.
        domain: Only this domain.
        institution: Only acts in which this institution takes part, such as ``BLR.MFA``.
        publisher: Only what this publisher tells.
        statuses: Which statuses count.
        imported: True for imported events alone, False for coded ones alone, None for both.
        as_of: Recorded time up to which the casebook is believed.
    """

    since: date | None = None
    until: date | None = None
    domain: str | None = None
    institution: str | None = None
    publisher: str | None = None
    statuses: tuple[str, ...] = ("actual",)
    imported: bool | None = None
    as_of: datetime | None = None
