"""Builds ``registers/data/offices.tsv.gz`` from a table of dated offices (Wikidata, CC0).

The table has the columns catalog, position, person, wikidata_id, start, end, dob, dod, enwiki. Kept are
offices of the state and of international bodies, with country code, institution and protocol rank
read from the office's words by ``data/roles.yaml``. An office without an end is closed by rule and
marked so: at the next holder's start, at the holder's death, or after ``LONGEST`` years.

``scripts/offices_added.csv`` adds what the table lacks; such offices are marked ``added`` and end the open
office of whoever held the same post before.

usage: python scripts/build_offices.py ../shared/actors/offices.csv.gz [--check]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

from detente.registers import load, offices

TARGET = Path(__file__).parents[1] / "src" / "detente" / "registers" / "data" / "offices.tsv.gz"
ADDED = Path(__file__).parent / "offices_added.csv"
LONGEST = 8
"""Years after which an open office is taken to have ended, unless the table ends before."""
LONGEST_AT_THE_TOP = 30
"""The same for heads of government and ministers; heads of state stay until a successor or death."""
TOP = frozenset({"head of state", "head of government", "minister"})
LAST = "2022-12-31"
CABINET = frozenset({"deputy head of government", "minister", "deputy minister"})
"""Ranks whose open offices end where an added line begins a new government."""
POST = r"prime minister|premier|chancellor|federal chancellor|taoiseach"
CHIEF = {
    "MFA": ("minister of foreign", "minister for foreign", "minister of europe and foreign",
            "minister of external", "secretary of foreign", "secretary for foreign",
            "secretary of state for foreign", "minister of international relations",
            "federal minister of foreign"),
    "MOD": ("minister of defence", "minister for defence", "minister of national defence",
            "minister for national defence", "secretary of national defence", "secretary of defence",
            "secretary of state for defence", "minister of the armed forces"),
}  # fmt: skip
"""How the roles of the ministers begin who lead their ministry."""
CATALOGS = {
    "Congo-Kinshasa": "COD", "Congo-Brazzaville": "COG", "Ivory Coast": "CIV", "Burma": "MMR",
    "Cape Verde": "CPV", "East Timor": "TLS", "Swaziland": "SWZ", "Macedonia": "MKD",
    "Palestine": "PSE", "Vatican": "VAT", "Holy See": "VAT", "Micronesia": "FSM",
    "Sao Tome and Principe": "STP", "Bosnia and Herzegovina": "BIH",
}  # fmt: skip


def main() -> int:
    """Write the file, or with ``--check`` compare it with what would be written."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("table", type=Path)
    options.add_argument("--check", action="store_true")
    given = options.parse_args()
    content = build(given.table)
    if given.check:
        same = TARGET.read_bytes() == content
        print("the shipped file reproduces" if same else "the shipped file differs")
        return 0 if same else 1
    TARGET.write_bytes(content)
    print(f"{TARGET.name}: {len(content):,} bytes")
    return 0


def build(table: Path) -> bytes:
    """Return the compressed file."""
    register = load()
    rows, unknown = [], defaultdict(int)
    with gzip.open(table, "rt", encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            code = CATALOGS.get(row["catalog"]) or code_of(row["catalog"], register)
            if row["catalog"] == "World" and "United Nations" in row["position"]:
                code = "UN"
            if code is None:
                unknown[row["catalog"]] += 1
                continue
            institution, rank = offices.classify(row["position"], body=code not in register.states)
            if institution in {None, "GOV", "HOS"}:
                institution = named(row["position"], code, register) or institution
            if rank == "head of state" and not of_the_state(row["position"], code, register):
                institution, rank = "GOV", "director"
            if institution == "LEG" and rank == "head of state":
                rank = "speaker"
            if rank is not None:
                rows.append([code, institution or "", rank, row["position"], row["person"],
                             row["wikidata_id"], row["start"], row["end"], row["dod"],
                             other_name(row)])  # fmt: skip
    rows += added(rows)
    for name, count in sorted(unknown.items(), key=lambda item: -item[1])[:12]:
        print(f"no code for {name} ({count} rows)", file=sys.stderr)
    lines = ["\t".join(line) for line in sorted(closed(rows))]
    text = (
        "code\tinstitution\trank\trole\tperson\twikidata\tsince\tuntil\tclosed\talso\tkeys\n"
        + "\n".join(lines)
        + "\n"
    )
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def added(rows: list[list[str]]) -> list[list[str]]:
    """Return the offices of ``offices_added.csv``; persons of the table keep their Wikidata id."""
    ids = defaultdict(set)
    for row in rows:
        ids[row[4]].add(row[5])
    known = {name: min(found) for name, found in ids.items() if len(found) == 1}
    lines = [line for line in ADDED.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    found = []
    for row in csv.DictReader(lines):
        institution, rank = row["institution"], row["rank"]
        if not rank:
            read = offices.classify(row["role"])
            institution, rank = read[0] or "", read[1]
        if rank is None:
            raise ValueError(f"{ADDED.name}: {row['role']!r} has no rank; write one")
        own = "+" + "-".join(row["person"].lower().split())
        found.append([row["code"], institution, rank, row["role"], row["person"],
                      known.get(row["person"], own), row["since"], row["until"],
                      "added", row["also"]])  # fmt: skip
    return found


def post(row: list[str]) -> str:
    """Return what makes an office one post, for those that one person at a time holds in a state."""
    institution, rank, role = row[1], row[2], row[3].lower()
    if rank == "head of government" and re.fullmatch(POST, role):
        return "head of government"
    if rank == "minister" and institution in {"MFA", "MOD"} and role.startswith(CHIEF[institution]):
        return institution
    return role


def other_name(row: dict[str, str]) -> str:
    """Return the encyclopedia's spelling of a name, without what tells namesakes apart."""
    title = re.sub(r"\s*\(.*\)|,.*", "", row["enwiki"]).strip()
    return "" if title == row["person"] else title


def of_the_state(position: str, code: str, register) -> bool:  # noqa: ANN001
    """Say whether an office of a head of state is the whole state's: not "of the Sakha Republic"."""
    found = re.search(r" of (?:the )?(.+)", position)
    if found is None or code not in register.states:
        return True
    rest = found[1].strip()
    senses = (*register.surfaces.get(rest, ()), *register.surfaces.get(f"the {rest}", ()))
    known = any(sense.code == code for sense in senses)
    return known or rest.lower() in {
        "republic",
        "state",
        "nation",
        "union",
        "confederation",
        "presidency",
    }


def named(position: str, code: str, register) -> str | None:  # noqa: ANN001
    """Return the institution whose own name stands in an office's words: "Director of the CIA"."""
    words = position.split()
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            for sense in register.surfaces.get(" ".join(words[start : start + size]), ()):
                if sense.kind == "institution" and sense.code == code:
                    return sense.institution
    return None


def code_of(catalog: str, register) -> str | None:  # noqa: ANN001
    """Return the code of a state or body by its name."""
    for sense in register.surfaces.get(catalog, ()):
        if sense.kind in {"state", "organisation"}:
            return sense.code
    return None


def closed(rows: list[list[str]]) -> list[list[str]]:
    """Return rows with every office ended; the last column says how an open one was closed."""
    starts = defaultdict(list)
    governed = {row[0] for row in rows if row[2] == "head of government" and not row[7]}
    for row in rows:
        if row[6]:
            starts[row[0], row[3]].append(row[6])
        if row[8] == "added":
            starts[row[0], post(row)].append(row[6])
            starts[row[5]].append(row[6])
            top = "head of government" if row[0] in governed else "head of state"
            if row[2] == top:
                starts[row[0], "cabinet"].append(row[6])
    done = set()
    for row in rows:
        found = finished(row, starts)
        if found is not None:
            done.add(found)
    return [list(row) for row in done]


def finished(row: list[str], starts: dict) -> tuple[str, ...] | None:
    """Return a row with its end and how it was found; None for an office without a sound day."""
    code, institution, rank, role, person, qid, since, until, died, also = row
    how = "added" if died == "added" else ""
    if not since and not until:
        return None
    if not until and not how:
        keys = [(code, role), (code, post(row)), qid] + [(code, "cabinet")] * (rank in CABINET)
        later = [day for key in keys for day in starts[key] if day > since]
        years = LONGEST_AT_THE_TOP if rank in TOP else LONGEST
        year = str(int(since[:4]) + years) + since[4:]
        choices = [(min(later), "next")] if later else []
        choices += [(died, "death")] if died else []
        if year < LAST and rank != "head of state":
            choices.append((year, "years"))
        until, how = min(choices) if choices else ("", "open")
    if until and since and until < since:
        return None
    keys_of = " ".join(offices.keys_of(person, also))
    return (
        code,
        institution,
        rank,
        role.strip(' "'),
        person,
        qid,
        since,
        until,
        how,
        also,
        keys_of,
    )


if __name__ == "__main__":
    sys.exit(main())
