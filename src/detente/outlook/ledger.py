"""The forecast ledger: a fold over entries that are only ever added.

A ledger is what its entries say in their order. ``add``, ``propose``, ``accept`` and ``settle``
return the entries to write; nothing here touches a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from detente.errors import InputError
from detente.outlook.queries import check
from detente.outlook.records import Outlook, Resolution, Version, checked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.outlook.records import Entry, Query


@dataclass(slots=True, kw_only=True)
class Case:
    """One forecast with its versions and resolutions, in the order in which they came."""

    outlook: Outlook
    versions: list[Version] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)

    @property
    def version(self) -> Version | None:
        """The version in force: the last accepted one, else the last proposed."""
        accepted = [v for v in self.versions if v.accepted]
        kept = accepted or self.versions
        return kept[-1] if kept else None

    @property
    def resolution(self) -> Resolution | None:
        """The outcome believed now."""
        return self.resolutions[-1] if self.resolutions else None


class Ledger:
    """Forecasts by id, folded from entries.

    Args:
        entries: In the order in which they were recorded.

    Raises:
        InputError: An entry speaks of a forecast that is not there.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.cases: dict[str, Case] = {}
        for entry in entries:
            self.apply(entry)

    def apply(self, entry: Entry) -> None:
        """Take in one entry; the first wording of a forecast stays, later ones are ignored.

        Raises:
            InputError: It speaks of a forecast that is not there.
        """
        if isinstance(entry, Outlook):
            self.cases.setdefault(entry.id, Case(outlook=entry))
            return
        case = self._case(entry.forecast)
        if isinstance(entry, Version):
            case.versions.append(entry)
        else:
            case.resolutions.append(entry)

    def _case(self, forecast: str) -> Case:
        case = self.cases.get(forecast)
        if case is None:
            raise InputError(f"forecast: the ledger holds no {forecast!r}")
        return case

    def add(self, outlook: Outlook) -> Outlook | None:
        """Return the entry for a new forecast, or None where it is known already.

        Raises:
            InputError: A field cannot be used.
        """
        return None if outlook.id in self.cases else checked(outlook)

    def accept(self, forecast: str, *, query: Query | None = None, reason: str = "") -> Version:
        """Return the entry by which a person takes the proposed query, or their own.

        Raises:
            InputError: There is nothing to accept, or the query can never resolve.
        """
        case = self._case(forecast)
        last = case.versions[-1] if case.versions else None
        if query is None:
            if last is None:
                raise InputError(f"forecast: {forecast!r} has no proposed query to accept")
            return msgspec.structs.replace(
                last, number=last.number + 1, accepted=True, reason=reason or last.reason
            )
        return Version(
            forecast=forecast,
            number=(last.number if last is not None else 0) + 1,
            query=check(query, issued=case.outlook.issued),
            basis="edited",
            accepted=True,
            reason=reason,
        )

    def propose(self, version: Version) -> Version:
        """Return the entry for a proposed query, numbered after those before it."""
        case = self._case(version.forecast)
        number = (case.versions[-1].number if case.versions else 0) + 1
        checked_query = check(version.query, issued=case.outlook.issued)
        return msgspec.structs.replace(version, number=number, query=checked_query)

    def settle(self, resolution: Resolution) -> Resolution | None:
        """Return the entry for an outcome, or None where it says nothing new.

        A later document can change an outcome only so: the entry names the one that it revises.
        """
        case = self._case(resolution.forecast)
        last = case.resolution
        if last is None:
            return resolution
        same = (last.outcome, last.incidents, last.version) == (
            resolution.outcome, resolution.incidents, resolution.version,
        )  # fmt: skip
        if same:
            return None
        return msgspec.structs.replace(resolution, revises=len(case.resolutions))
