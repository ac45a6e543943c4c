"""Entries of the register's files, and how they are read.

Shipped: ``data/states/*.yaml``, ``data/institutions/*.yaml``, ``data/organisations.yaml``,
``data/blocs.yaml``, ``data/groups/*.yaml`` and ``data/not_actors.yaml``, each a list. A user's own
file is one mapping with any of the keys ``states institutions organisations blocs groups persons
not_actors rejected``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from detente.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

T = TypeVar("T")


class Former(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that a state had until a date."""

    name: str
    until: str
    adjective: bool = False


class StateEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state or territory; keys are explained in ``data/states/europe.yaml``.

    Attributes:
        within: The state whose territory it is by most others' view, for states that few recognise.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    seats: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    within: str | None = None
    note: str | None = None


class InstitutionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Proper names of one institution of one state.

    Attributes:
        sector: PLOVER's sector where it is not the institution's.
        alone: True for companies, media and the like, which are read where a phrase stands alone and
            are no party to what texts tell.
    """

    code: str
    institution: str
    names: tuple[str, ...]
    alone: bool = False
    since: str | None = None
    until: str | None = None
    ambiguous: tuple[str, ...] = ()
    sector: str | None = None
    note: str | None = None


class Following(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Membership that is defined by another body's: nearly all UN members are in the WHO.

    Attributes:
        body: The body whose members are members here too.
        since: Day from which that holds.
        without: Members of that body that are none here.
    """

    body: str
    since: str
    without: tuple[str, ...] = ()


class BodyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation or a bloc, with members that join and leave on dates.

    Attributes:
        code: ``NATO``, ``BLOC:west``.
        name: Main name.
        aliases: Other names.
        adjectives: Adjectives of a bloc, such as ``Western``.
        nouns: Common nouns that can stand for it once it was named, such as ``alliance``.
        unnamed: Words that mean it after "the" though nothing has named it, capitalised as they stand here, where it has most
            members among the states of the text: ``Union``, ``regional bloc``.
        members: Members whose dates are not recorded; may name another body.
        joined: Members by the day they joined.
        left: Members by the day they left.
        follows: A body whose other members are members here too, from the later of the two days.
        parent: The body that it is an organ of.
        institution: ``IGO`` where None; ``NGO`` for bodies that no treaty founded.
        sector: PLOVER's sector where it is not the institution's, such as ``JUD`` of a court.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    joined: dict[str, tuple[str, ...]] = {}
    left: dict[str, tuple[str, ...]] = {}
    follows: Following | None = None
    parent: str | None = None
    institution: str | None = None
    sector: str | None = None
    definition: str | None = None
    note: str | None = None

    def dated_members(self) -> list[tuple[str, str | None, str | None]]:
        """Return (member, since, until) for every membership that the entry itself tells."""
        ends: dict[str, list[str]] = {}
        for day in sorted(self.left):
            for code in self.left[day]:
                ends.setdefault(code, []).append(day)
        found: list[tuple[str, str | None, str | None]] = []
        for code in self.members:
            days = ends.get(code)
            found.append((code, None, days.pop(0) if days else None))
        for day in sorted(self.joined):
            for code in self.joined[day]:
                later = [end for end in ends.get(code, ()) if end > day]
                found.append((code, day, later[0] if later else None))
        return found


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a group was for a time: the Taliban governed from August 2021."""

    institution: str
    since: str | None = None
    until: str | None = None


class GroupEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An armed group, movement, party or other group.

    Attributes:
        institution: What it is outside the periods.
        sector: PLOVER's sector where it is not the institution's.
        periods: When it was something else, without overlap.
    """

    code: str
    name: str
    institution: str = "REB"
    country: str | None = None
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    parent: str | None = None
    sector: str | None = None
    periods: tuple[Period, ...] = ()
    note: str | None = None

    def stages(self) -> list[tuple[str, str | None, str | None]]:
        """Return (institution, since, until) for every stretch of time, the first one first."""
        found: list[tuple[str, str | None, str | None]] = []
        start: str | None = None
        for period in sorted(self.periods, key=lambda one: one.since or ""):
            if period.since is not None and period.since != start:
                found.append((self.institution, start, period.since))
            found.append((period.institution, period.since, period.until))
            start = period.until
        if start is not None or not self.periods:
            found.append((self.institution, start, None))
        return found


class PersonEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person in an office, from a user's own file."""

    person: str
    code: str
    names: tuple[str, ...] = ()
    institution: str | None = None
    role: str | None = None
    rank: str | None = None
    since: str | None = None
    until: str | None = None
    note: str | None = None


class RejectedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role that texts state and the user does not believe; it is not learned again."""

    person: str
    code: str
    institution: str | None = None
    note: str | None = None


class UserFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A user's own register file."""

    states: tuple[StateEntry, ...] = ()
    institutions: tuple[InstitutionEntry, ...] = ()
    organisations: tuple[BodyEntry, ...] = ()
    blocs: tuple[BodyEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    not_actors: tuple[str, ...] = ()
    rejected: tuple[RejectedEntry, ...] = ()

    def entries(self, source: Source) -> Entries:
        """Return the file's entries, with itself as their source."""
        return Entries(
            states=self.states, institutions=self.institutions, organisations=self.organisations,
            blocs=self.blocs, groups=self.groups, persons=self.persons, others=self.not_actors,
            rejected=self.rejected, sources=(source,),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that entries came from, to name it in an error."""

    name: str
    text: str

    def line_of(self, *needles: str) -> int:
        """Return the number of the first line that holds all needles, from 1; 0 for none."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if all(needle in line for needle in needles):
                return number
        return self.line_of(needles[0]) if len(needles) > 1 else 0

    def error(self, reason: str, *needles: str) -> RegisterError:
        """Return an error at the line that holds the needles."""
        return RegisterError(self.name, self.line_of(*needles) if needles else 0, reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """All entries of the register, each kind in the order of its files."""

    states: tuple[StateEntry, ...] = ()
    institutions: tuple[InstitutionEntry, ...] = ()
    organisations: tuple[BodyEntry, ...] = ()
    blocs: tuple[BodyEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    others: tuple[str, ...] = ()
    rejected: tuple[RejectedEntry, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def named(self) -> tuple[StateEntry | BodyEntry | GroupEntry, ...]:
        """States, organisations, blocs and groups."""
        return (*self.states, *self.organisations, *self.blocs, *self.groups)

    @property
    def nested(self) -> tuple[BodyEntry | GroupEntry, ...]:
        """Entries that may have a parent."""
        return (*self.organisations, *self.blocs, *self.groups)

    @property
    def dated(self) -> tuple[InstitutionEntry | PersonEntry, ...]:
        """Entries that may begin and end."""
        return (*self.institutions, *self.persons)

    def plus(self, other: Entries) -> Entries:
        """Return these entries with another's after them; equal codes are merged."""
        return Entries(
            states=_merge(self.states, other.states),
            institutions=self.institutions + other.institutions,
            organisations=_merge(self.organisations, other.organisations),
            blocs=_merge(self.blocs, other.blocs),
            groups=_merge(self.groups, other.groups),
            persons=self.persons + other.persons,
            others=self.others + other.others,
            rejected=self.rejected + other.rejected,
            sources=self.sources + other.sources,
        )


def _merge(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Lay entries over others: tuples are joined, single values replaced where given."""
    table = {entry.code: entry for entry in old}
    for entry in new:
        before = table.get(entry.code)
        if before is None:
            table[entry.code] = entry
            continue
        changes = {}
        for name in entry.__struct_fields__:
            was, now = getattr(before, name), getattr(entry, name)
            if isinstance(now, tuple):
                changes[name] = was + tuple(one for one in now if one not in was)
            elif isinstance(now, dict):
                changes[name] = {**was, **now}
            else:
                changes[name] = was if now is None else now
        table[entry.code] = type(entry)(**changes)
    return tuple(table.values())


def shipped() -> Entries:
    """Read the shipped files.

    Raises:
        RegisterError: A file is wrong.
    """
    data = resources.files("detente.registers") / "data"
    sources: list[Source] = []

    def read(names: Iterable[str], kind: type[T]) -> tuple[T, ...]:
        found: list[T] = []
        for name in names:
            source = Source(name=name, text=(data / name).read_text(encoding="utf-8"))
            sources.append(source)
            found += decode(source, tuple[kind, ...])  # type: ignore[valid-type]
        return tuple(found)

    def folder(name: str) -> list[str]:
        return sorted(
            f"{name}/{file.name}" for file in (data / name).iterdir() if file.name.endswith(".yaml")
        )

    return Entries(
        states=read(folder("states"), StateEntry),
        institutions=read(folder("institutions"), InstitutionEntry),
        organisations=read(["organisations.yaml"], BodyEntry),
        blocs=read(["blocs.yaml"], BodyEntry),
        groups=read(folder("groups"), GroupEntry),
        others=read(["not_actors.yaml"], str),
        sources=tuple(sources),
    )


def overlay(path: Path) -> Entries:
    """Read a user's own file.

    Raises:
        RegisterError: The file is missing or wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(str(path), 0, f"cannot be read: {error}") from error
    source = Source(name=str(path), text=text)
    file = decode(source, UserFile) if text.strip() else UserFile()
    return file.entries(source)


def decode(source: Source, kind: type[T]) -> T:
    """Decode YAML into structs.

    Raises:
        RegisterError: The text is no YAML, or an entry has a wrong key or type.
    """
    try:
        return msgspec.yaml.decode(source.text.encode(), type=kind)
    except msgspec.ValidationError as error:
        raise RegisterError(source.name, _line(source.text, str(error)), str(error)) from error
    except msgspec.DecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 0
        reason = " ".join(str(error).split())
        raise RegisterError(source.name, line, f"no valid YAML: {reason}") from error


def _line(text: str, message: str) -> int:
    """Find the line of a path such as ``$[3].names[0]`` or ``$.states[2]`` in YAML text."""
    import yaml

    found = re.search(r"at `\$([^`]*)`", message)
    try:
        node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:  # the two scanners do not agree on every tab
        return 1
    if found is None or node is None:
        return 1
    line: int
    steps: list[tuple[str, str]] = re.findall(r"\.(\w+)|\[(\d+)\]", found[1])
    line = node.start_mark.line + 1
    for key, index in steps:
        if index and isinstance(node.value, list) and int(index) < len(node.value):
            node = node.value[int(index)]
        elif key:
            below = [value for name, value in node.value if getattr(name, "value", "") == key]
            if not below:
                break
            node = below[0]
        line = node.start_mark.line + 1
    return line
