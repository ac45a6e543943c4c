"""Which events, claims and forecasts a question selects, as fixed SQL pieces with parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.casebook import compact
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from detente.model import Claim, Forecast


class Selection:
    """Conditions on events, with their parameters.

    Attributes:
        parties: None, one or two codes.
        pieces: SQL conditions on the row ``r``; all must hold.
        parameters: Their values.
        coded_alone: Whether imported events are left out.
    """

    def __init__(self, parties: Sequence[str], **equal: str | None) -> None:
        """Select by parties and by columns that equal a value, None for any value.

        Raises:
            InputError: There are more than two parties.
        """
        if isinstance(parties, str) or len(parties) > 2:
            raise InputError("name at most two parties, as a list of codes")
        self.parties = tuple(parties)
        self.coded_alone = False
        self.pieces: list[str] = []
        self.parameters: dict[str, Any] = {}
        for column, value in equal.items():
            if value is not None:
                self.pieces.append(f"r.{column} = ${column}")
                self.parameters[column] = value
        for name, code in zip("ab", self.parties, strict=False):
            self.parameters[name] = code
        if len(self.parties) == 1:
            self.pieces.append(f"({self._side('a', 'source')} OR {self._side('a', 'target')})")
        elif len(self.parties) == 2:
            self.pieces.append(self._between())

    def period(self, since: date | None, until: date | None) -> None:
        """Keep events whose days touch the period."""
        if since is not None:
            self.pieces.append("r.day_to >= $since")
            self.parameters["since"] = since
        if until is not None:
            self.pieces.append("r.day_from <= $until")
            self.parameters["until"] = until

    def origin(self, imported: bool | None) -> None:  # noqa: FBT001
        """Keep imported events alone, coded ones alone, or both."""
        self.coded_alone = imported is False
        if imported is not None:
            self.pieces.append(f"r.origin {'<>' if imported else '='} 'coded'")

    def ids(self, names: Sequence[str]) -> None:
        """Keep events by id."""
        self.pieces.append("list_contains($ids, r.id)")
        self.parameters["ids"] = list(names)

    def incidents(self, names: Sequence[str]) -> None:
        """Keep events that tell of some incidents."""
        self.pieces.append("list_contains($incidents, r.incident)")
        self.parameters["incidents"] = list(names)

    def pair(self) -> tuple[str, str] | None:
        """Return both parties in order, where they are whole countries or organisations."""
        if len(self.parties) != 2 or any("." in code for code in self.parties):
            return None
        first, second = sorted(self.parties)
        return (first, second) if first != second else None

    def imported(self) -> str:
        """Return what all conditions let through of imported events, on their columns on disk."""
        pieces = [compact.between(self.parties)] if self.parties else []
        if "since" in self.parameters:
            pieces.append("day >= $since")
        if "until" in self.parameters:
            pieces.append("day <= $until")
        return " AND ".join(pieces)

    def sql(self) -> str:
        """Return all conditions as one."""
        return " AND ".join(self.pieces) or "true"

    def _side(self, name: str, side: str) -> str:
        """Return the condition that a party stands on a side of the event."""
        if "." not in self.parameters[name]:
            return f"list_contains(r.{side}_countries, ${name})"
        return (
            f"len(list_filter(r.{side}_codes, "
            f"lambda c: c = ${name} OR starts_with(c, ${name} || '/'))) > 0"
        )

    def _between(self) -> str:
        there = f"{self._side('a', 'source')} AND {self._side('b', 'target')}"
        back = f"{self._side('b', 'source')} AND {self._side('a', 'target')}"
        both = (
            'len(r.target_codes) = 0 AND r."symmetric" AND '
            f"{self._side('a', 'source')} AND {self._side('b', 'source')}"
        )
        return f"(({there}) OR ({back}) OR ({both}))"


def concerns(record: Claim | Forecast, codes: Sequence[str]) -> bool:
    """Whether every one of some codes stands as subject, object or topic."""
    from detente.casebook.columns import parties

    return set(codes) <= set(parties((*record.subject, *record.object), record.about))
