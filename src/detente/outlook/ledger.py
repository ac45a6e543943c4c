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
from detente.outlook.records import Outlook, Resolution, Version, checked, day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.outlook.records import Entry, Outcome, Query


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

    @property
    def outcome(self) -> Outcome:
        """How it turned out; ``open`` where nothing is recorded."""
        return self.resolution.outcome if self.resolution is not None else "open"

    @property
    def asked(self) -> Version | None:
        """The version behind the outcome, None where there is none."""
        found = self.resolution
        if found is None:
            return None
        return next((v for v in self.versions if v.number == found.version), None)

    @property
    def confirmed(self) -> bool:
        """Whether a person stands behind the outcome: by an accepted query or in person."""
        found = self.resolution
        if found is not None and found.by != "rule":
            return True
        return self.asked is not None and self.asked.accepted


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

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries, each forecast before what was said of it."""
        found: list[Entry] = []
        for case in self.cases.values():
            found += [case.outlook, *case.versions, *case.resolutions]
        return tuple(found)

    def find(self, name: str) -> Case:
        """Return a forecast by its id or by the beginning of it.

        Raises:
            InputError: There is none, or the beginning fits several.
        """
        if name in self.cases:
            return self.cases[name]
        fitting = [key for key in self.cases if name and key.startswith(name)]
        if len(fitting) > 1:
            raise InputError(f"forecast: {name!r} begins the id of {len(fitting)} forecasts")
        return self._case(fitting[0] if fitting else name)

    def _case(self, forecast: str) -> Case:
        case = self.cases.get(forecast)
        if case is None:
            raise InputError(f"{forecast}: there is no such forecast in the ledger")
        return case

    def add(self, outlook: Outlook) -> Outlook | None:
        """Return the entry for a new forecast, or None where it is known already.

        Raises:
            InputError: A field cannot be used.
        """
        return None if outlook.id in self.cases else checked(outlook)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry, or the first wording of a forecast of this id, is there already."""
        if isinstance(entry, Outlook):
            return entry.id in self.cases
        case = self.cases.get(entry.forecast)
        if case is None:
            return False
        return entry in (case.versions if isinstance(entry, Version) else case.resolutions)

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
        """Return the entry for an outcome, or None where it is not to be recorded.

        A later document can change an outcome only so: the entry names the one that it revises.
        Nothing is recorded that says nothing new, that looks back before the last outcome's day,
        or by which the rule would overturn a person; nor is a first ``open``.
        """
        case = self._case(resolution.forecast)
        last = case.resolution
        if last is None:
            return None if resolution.outcome == "open" else resolution
        if resolution.by == "rule" and (last.by != "rule" or resolution.as_of < last.as_of):
            return None
        same = (last.outcome, last.incidents, last.version, last.by) == (
            resolution.outcome, resolution.incidents, resolution.version, resolution.by,
        )  # fmt: skip
        if same:
            return None
        return msgspec.structs.replace(resolution, revises=len(case.resolutions))

    def judge(
        self, forecast: str, outcome: Outcome, *, by: str, reason: str, as_of: str
    ) -> Resolution | None:
        """Return the entry by which a person settles a forecast, as where a condition failed.

        Returns:
            The entry, or None where the same was said before.

        Raises:
            InputError: There is no such forecast, or a field is empty or wrong.
        """
        case = self._case(forecast)
        for name, value in (("by", by), ("reason", reason)):
            if not value.strip():
                raise InputError(f"{name}: there is none")
        if by == "rule":
            raise InputError("by: 'rule' is no person")
        if outcome not in {"yes", "no", "void"}:
            raise InputError(f"outcome: {outcome!r} is none of yes, no, void")
        if day(as_of, "as_of") < day(case.outlook.issued, "issued"):
            raise InputError(f"as_of: {as_of} is before the issue date {case.outlook.issued}")
        version = case.version.number if case.version is not None else 0
        made = Resolution(
            forecast=forecast, version=version, outcome=outcome, reason=reason, as_of=as_of, by=by
        )
        return self.settle(made)
