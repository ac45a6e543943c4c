"""Which events, claims and forecasts a question selects, as fixed SQL pieces with parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.casebook import columns, compact
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from detente.model import Actor, Claim, Event, Forecast


class Selection:
    """Conditions on events, with their parameters.

    Attributes:
        parties: None, one or two codes.
        pieces: SQL conditions on the row ``r``; all must hold.
        parameters: Their values.
        days: First and last day of the period, None where it is open.
        equal: Columns with the value that each must have.
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
        self.equal = {column: value for column, value in equal.items() if value is not None}
        self.days: tuple[date | None, date | None] = (None, None)
        self._incidents: frozenset[str] | None = None
        self.pieces: list[str] = []
        self.parameters: dict[str, Any] = {}
        for column, value in self.equal.items():
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
        self.days = (since, until)
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

    def across(self, pairs: Sequence[tuple[Collection[str], Collection[str]]]) -> None:
        """Keep events that name a country of both sets of one pair at least, on whatever side."""
        ways = []
        for number, (one, two) in enumerate(pairs):
            for name, codes in ((f"one_{number}_", one), (f"two_{number}_", two)):
                self.parameters[name] = sorted(codes)
            ways.append(
                f"(list_has_any(r.source_countries || r.target_countries, $one_{number}_) AND "
                f"list_has_any(r.source_countries || r.target_countries, $two_{number}_))"
            )
        self.pieces.append(f"({' OR '.join(ways) or 'false'})")

    def ids(self, names: Sequence[str]) -> None:
        """Keep events by id."""
        self.pieces.append("list_contains($ids, r.id)")
        self.parameters["ids"] = list(names)

    def incidents(self, names: Sequence[str]) -> None:
        """Keep events that tell of some incidents."""
        self._incidents = frozenset(names)
        self.pieces.append("list_contains($incidents, r.incident)")
        self.parameters["incidents"] = list(names)

    def pair(self) -> tuple[str, str] | None:
        """Return both parties in order, where they are whole countries or organisations."""
        if len(self.parties) != 2 or any("." in code for code in self.parties):
            return None
        first, second = sorted(self.parties)
        return (first, second) if first != second else None

    @property
    def by_key(self) -> bool:
        """Whether ``keys.sqlite`` can list what is selected: anything, a party, or two countries."""
        return len(self.parties) < 2 or self.pair() is not None

    def keyed(self) -> tuple[list[str], dict[str, Any]]:
        """Return the conditions on the columns of ``keys.sqlite`` but for the parties, with values."""
        pieces = [f"e.{column} = :{column}" for column in self.equal]
        values: dict[str, Any] = dict(self.equal)
        for name, day, test in zip(
            ("since", "until"), self.days, ("e.last >= :since", "e.first <= :until"), strict=True
        ):
            if day is not None:
                pieces.append(test)
                values[name] = day.toordinal()
        return pieces, values

    def matches(self, event: Event) -> bool:
        """Whether an event is selected: what ``sql`` says, of a record."""
        if any(getattr(event, column) != value for column, value in self.equal.items()):
            return False
        if self._incidents is not None and (event.incident or event.id) not in self._incidents:
            return False
        since, until = self.days
        if since is not None or until is not None:
            first, last = columns.days(event.date, event.date_end, event.date_precision)
            if first is None or last is None:
                return False
            if last < (since or last) or first > (until or first):
                return False
        if not self.parties:
            return True
        sides = [
            {code for code in self.parties if any(_stands(actor, code) for actor in actors)}
            for actors in (event.source, event.target)
        ]
        if len(self.parties) == 1:
            return bool(sides[0] or sides[1])
        a, b = self.parties
        source, target = sides
        if (a in source and b in target) or (b in source and a in target):
            return True
        return not event.target and event.channel.symmetric and {a, b} <= source

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


def _stands(actor: Actor, party: str) -> bool:
    """Whether an actor is a party, as ``Selection`` counts it in SQL."""
    if "." not in party:
        return actor.country == party
    return actor.code == party or actor.code.startswith(f"{party}/")


def concerns(record: Claim | Forecast, codes: Sequence[str]) -> bool:
    """Whether every one of some codes stands as subject, object or topic."""
    return set(codes) <= set(columns.parties((*record.subject, *record.object), record.about))
