"""The gazetteer: names of places to GeoNames ids, read from one packed file without loading it.

The file ``data/places/gazetteer.bin`` is made by ``scripts/build_gazetteer.py`` from GeoNames data
(CC BY 4.0) and is mapped into memory: a look-up is a binary search over hashed names, so that
opening costs under a millisecond. ``data/places/regions.yaml`` adds continents, seas, rivers,
mountains and regions by hand; an entry there wins over the packed file.

Layout of the packed file, little endian: 8 bytes of magic; length of the JSON header as uint32; the
header with ``counts`` and ``countries``; padding to 8 bytes; then the sections in the order of
``SECTIONS``, each padded to 8 bytes.
"""

from __future__ import annotations

import json
import mmap
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import msgspec

from detente.errors import RegisterError

FOLDER = Path(__file__).parent / "data" / "places"
MAGIC = b"DETGAZ01"
SECTIONS: tuple[tuple[str, str], ...] = (
    ("keys", "Q"), ("starts", "I"), ("flags", "B"), ("postings", "I"),
    ("ids", "I"), ("lats", "h"), ("lons", "h"), ("populations", "I"), ("country", "B"),
    ("admin1", "H"), ("kinds", "B"), ("names", "I"), ("text", "B"),
)  # fmt: skip
KINDS = ("country", "capital", "admin1", "admin2", "town", "seat", "district")
ALTERNATE = 1 << 31
"""Bit of a posting: the name is an alternative one, not the entry's main name."""
ADJECTIVE = 1 << 30
"""Bit of a posting: the name is the country's adjective."""
INDEX_BITS = ADJECTIVE - 1

WORD, GIVEN, SURNAME = 1, 2, 4
"""Flags of a name: also an English word, a given name, a family name."""

FeatureClass = Literal["A", "P", "L", "H", "T", "S"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place.

    Attributes:
        id: GeoNames id, 0 where none is known.
        name: Main name.
        kind: One of ``KINDS``, or ``region``, ``continent``, ``water``, ``mountain``, ``spot``.
        feature: GeoNames feature class.
        country: ISO 3166-1 alpha-3, or None for what lies in several countries.
        admin1: GeoNames id of the first-order division it lies in, 0 where unknown.
        lat: Degrees north.
        lon: Degrees east.
        population: Inhabitants, 0 where unknown.
        alternate: True where it was found by an alternative name.
        adjective: True where it was found by a country's adjective.
    """

    id: int
    name: str
    kind: str
    feature: FeatureClass
    country: str | None
    admin1: int = 0
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    alternate: bool = False
    adjective: bool = False


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of ``regions.yaml``."""

    name: str
    id: int | None = None
    kind: Literal["continent", "region", "water", "mountain", "island", "spot"]
    lat: float
    lon: float
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    country: str | None = None


_FEATURES: dict[str, FeatureClass] = {
    "continent": "L", "region": "L", "water": "H", "mountain": "T", "island": "T", "spot": "S",
    "country": "A", "admin1": "A", "admin2": "A", "district": "P", "town": "P", "seat": "P",
    "capital": "P",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Return a name without case, accents, stops, apostrophes and hyphens, for look-up."""
    if name.isascii():
        plain = name
    else:
        split = unicodedata.normalize("NFKD", name)
        plain = "".join(c for c in split if not unicodedata.combining(c))
        plain = plain.translate(_PLAIN)
    return " ".join(plain.translate(_DROP).casefold().split())


_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss",
                        "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe"})  # fmt: skip
_DROP = str.maketrans({".": None, "'": None, "’": None, "‘": None, "ʻ": None, "ʼ": None, "`": None,
                       "-": " ", "–": " ", ",": " "})  # fmt: skip


def key_of(folded: str) -> int:
    """Return the 64-bit key of a folded name."""
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "little")


def read_regions(file: Path) -> tuple[Region, ...]:
    """Read a file of regions.

    Raises:
        RegisterError: The file does not hold a list of regions, or two have one name.
    """
    try:
        regions = msgspec.yaml.decode(file.read_bytes(), type=list[Region])
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise RegisterError(str(file), 0, str(error)) from error
    seen: dict[str, str] = {}
    for region in regions:
        for name in (region.name, *region.names, *region.adjectives):
            folded = fold(name)
            if seen.get(folded, region.name) != region.name:
                raise RegisterError(str(file), 0, f"{name} stands for {seen[folded]} already")
            seen[folded] = region.name
    return tuple(regions)


class Gazetteer:
    """Look-up of place names.

    Args:
        file: The packed file.
        regions: Places added by hand; each wins over the packed entries of its names.
    """

    def __init__(self, file: Path, regions: tuple[Region, ...] = ()) -> None:
        with file.open("rb") as handle:
            self._map = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        view = memoryview(self._map)
        if bytes(view[:8]) != MAGIC:
            raise RegisterError(str(file), 0, "is no gazetteer of this version")
        length = int.from_bytes(view[8:12], "little")
        header = json.loads(bytes(view[12 : 12 + length]))
        self.countries: tuple[str, ...] = tuple(header["countries"])
        self._sections: dict[str, Any] = {}
        start = _padded(12 + length)
        for name, code in SECTIONS:
            size = header["counts"][name] * _SIZES[code]
            self._sections[name] = view[start : start + size].cast(code)  # type: ignore[call-overload]
            start = _padded(start + size)
        self._keys = self._sections["keys"]
        self._regions: dict[str, tuple[Entry, ...]] = {}
        for region in regions:
            entry = _region_entry(region)
            for name in (region.name, *region.names):
                self._regions[fold(name)] = (entry,)
            for name in region.adjectives:
                self._regions[fold(name)] = (replace(entry, adjective=True),)
        self.lookup = lru_cache(maxsize=20_000)(self._lookup)
        self.flags = lru_cache(maxsize=20_000)(self._flags)

    def _find(self, folded: str) -> int:
        """Return the index of a name, or -1."""
        keys, wanted = self._keys, key_of(folded)
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high) // 2
            if keys[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(keys) and keys[low] == wanted else -1

    def _lookup(self, folded: str) -> tuple[Entry, ...]:
        """Return the places of a folded name, most populous first."""
        named = self._regions.get(folded)
        if named is not None:
            return named
        index = self._find(folded)
        if index < 0:
            return ()
        starts, postings = self._sections["starts"], self._sections["postings"]
        return tuple(self._entry(postings[i]) for i in range(starts[index], starts[index + 1]))

    def _flags(self, folded: str) -> int:
        """Return the flags ``WORD``, ``GIVEN`` and ``SURNAME`` of a folded name."""
        index = self._find(folded)
        return int(self._sections["flags"][index]) if index >= 0 else 0

    def _entry(self, posting: int) -> Entry:
        get, i = self._sections, posting & INDEX_BITS
        kind = KINDS[get["kinds"][i]]
        start, end = get["names"][i], get["names"][i + 1]
        return Entry(
            id=get["ids"][i],
            name=bytes(get["text"][start:end]).decode(),
            kind=kind,
            feature=_FEATURES[kind],
            country=self.countries[get["country"][i]],
            admin1=self._admin1(i),
            lat=get["lats"][i] / 100,
            lon=get["lons"][i] / 100,
            population=get["populations"][i],
            alternate=bool(posting & ALTERNATE),
            adjective=bool(posting & ADJECTIVE),
        )

    def _admin1(self, index: int) -> int:
        division = self._sections["admin1"][index]
        return int(self._sections["ids"][division - 1]) if division else 0


_SIZES = {"Q": 8, "I": 4, "H": 2, "h": 2, "B": 1}


def _padded(offset: int) -> int:
    return (offset + 7) // 8 * 8


def _region_entry(region: Region) -> Entry:
    return Entry(
        id=region.id or 0,
        name=region.name,
        kind=region.kind,
        feature=_FEATURES[region.kind],
        country=region.country,
        lat=region.lat,
        lon=region.lon,
    )


@cache
def load_gazetteer() -> Gazetteer:
    """Return the shipped gazetteer.

    Raises:
        RegisterError: The packed file or ``regions.yaml`` is missing or damaged.
    """
    file = FOLDER / "gazetteer.bin"
    if not file.exists():
        raise RegisterError(str(file), 0, "is missing")
    return Gazetteer(file, read_regions(FOLDER / "regions.yaml"))
