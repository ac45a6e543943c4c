"""Temporal knowledge graphs (ICEWS14, ICEWS18 and their like): quadruples of ids as events.

``train.txt``, ``valid.txt`` and ``test.txt`` hold subject, relation, object and time, parted by
tabs; ``entity2id.txt`` and ``relation2id.txt`` beside them name the ids.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from detente.errors import InputError, ReadError
from detente.exchange import mapping

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ("subject", "relation", "object", "time")
UNITS = {"minute": 1, "hour": 60, "day": 1440}
"""Minutes in each unit of time."""

_LONGEST = 50_000_000


class Graph(msgspec.Struct, frozen=True, kw_only=True):
    """What the ids of a graph mean.

    Attributes:
        name: Name of the folder, which stands in the ids of events.
        entities: Id, name, country, institution and person of each entity.
        relations: Id, name and CAMEO code of each relation.
    """

    name: str
    entities: tuple[tuple[str | None, ...], ...]
    relations: tuple[tuple[str | None, ...], ...]


def graph(folder: Path) -> Graph:
    """Read the names of a graph.

    Raises:
        ReadError: ``entity2id.txt`` or ``relation2id.txt`` is missing or damaged.
    """
    codes = {row["key"]: row["code"] for row in mapping.rows("cameo_labels")}
    entities = [(key, name, *_actor(name)) for name, key in _ids(folder / "entity2id.txt")]
    relations = [
        (key, name, codes.get(label_key(name))) for name, key in _ids(folder / "relation2id.txt")
    ]
    return Graph(
        name=re.sub(r"[^A-Za-z0-9._-]+", "_", folder.resolve().name),
        entities=tuple(entities),
        relations=tuple(relations),
    )


def label_key(label: str) -> str:
    """Return the key of a CAMEO label in ``cameo_labels.csv``: a hash, so that no label is kept."""
    letters = re.sub(r"[^a-z0-9]", "", label.lower())
    return hashlib.md5(letters.encode(), usedforsecurity=False).hexdigest()[:16]


def _ids(path: Path) -> list[tuple[str, str]]:
    try:
        if path.stat().st_size > _LONGEST:
            raise ReadError("too_large", "is too large for a list of names", source=str(path))
        lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    except OSError as error:
        raise ReadError("missing", f"is needed and cannot be read: {error.strerror}",
                        source=str(path)) from error  # fmt: skip
    found = []
    for line in lines:
        name, _, key = line.rpartition("\t")
        if name and key.strip().isdecimal():
            found.append((name.split("\t")[0].strip(), str(int(key))))
    return found


def _actor(name: str) -> tuple[str | None, str | None, str | None]:
    """Return country, institution and person of an entity; office-holders by the register.

    Some graphs write ``_`` for the blanks of names: ``Foreign_Affairs_(Ukraine)``.
    """
    named, roles = _names(), _roles()
    name = name if " " in name else name.replace("_", " ")
    if name in named:
        return named[name], None, None
    role, _, place = name.partition(" (")
    if place.endswith(")"):
        return named.get(name.rpartition(" (")[2].rstrip(")")), roles.get(role), None
    country = _holders().get(name.casefold())
    return country, None, name if country else None


@cache
def _names() -> dict[str, str]:
    found = {row["name"]: row["iso3"] for row in mapping.rows("countries")}
    return found | {row["name"]: row["code"] for row in mapping.rows("names")}


@cache
def _roles() -> dict[str, str]:
    return {row["role"]: row["institution"] for row in mapping.rows("icews_roles")}


@cache
def _holders() -> dict[str, str | None]:
    """Return the country of each person in the register of offices, None for a shared name."""
    found: dict[str, str | None] = {}
    path = mapping.DATA.parent / "offices.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            name = row["person"].casefold()
            if found.setdefault(name, row["code"]) != row["code"]:
                found[name] = None
    return found


def checked(start: str | None, unit: str) -> tuple[str, int]:
    """Return the first day and the minutes in a unit of time.

    Raises:
        InputError: One of them is missing or wrong.
    """
    if start is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", start):
        raise InputError("tkg: name the day of time 0, such as --start 2018-01-01")
    if unit not in UNITS:
        raise InputError(f"{unit}: no such unit; the units are {', '.join(UNITS)}")
    return start, UNITS[unit]


def query(source: str, *, name: str, start: str, minutes: int) -> str:
    """Return SQL that gives ``columns.EVENTS`` for the good rows of ``source``.

    Args:
        source: SQL of a table whose first columns are ``HEAD``, all text.
        name: Name of the graph.
        start: The day of time 0.
        minutes: Minutes in one unit of time.
    """
    pair = ("least(s.name, t.name)", "greatest(s.name, t.name)")
    values = {
        "key": f"'{name}:' || subject || ':' || relation || ':' || object || ':' || moment",
        "story": f"'{name}'", "cameo": "r.code", "day": "day",
        "meeting": mapping.meeting(f"'{name}'", "moment", "k.kind", *pair),
        **mapping.KIND, **mapping.SIDES,
    }  # fmt: skip
    kept = "struct_pack(subject := s.name, relation := r.name, object := t.name)"
    return (
        "WITH raw AS (SELECT TRY_CAST(trim(subject) AS INTEGER) AS subject, "
        "TRY_CAST(trim(relation) AS INTEGER) AS relation, TRY_CAST(trim(object) AS INTEGER) "
        f"AS object, TRY_CAST(trim(time) AS INTEGER) AS moment FROM {source}), dated AS (SELECT *, "
        f"DATE '{start}' + CAST(floor(moment * {minutes} / 1440.0) AS INTEGER) AS day FROM raw "
        "WHERE moment >= 0) SELECT "
        f"{mapping.projection(values, given=kept)} FROM dated AS d "
        "JOIN (SELECT *, CAST(key AS INTEGER) AS n, country AS s_country, institution AS "
        "s_institution, person AS s_person FROM entities) AS s ON s.n = subject "
        "JOIN (SELECT *, CAST(key AS INTEGER) AS n, country AS t_country, institution AS "
        "t_institution, person AS t_person FROM entities) AS t ON t.n = object "
        "JOIN (SELECT *, CAST(key AS INTEGER) AS n FROM relations) AS r ON r.n = relation "
        "LEFT JOIN kinds AS k ON k.key = r.code"
    )
