"""Score who is meant: actor phrases, the office-holder of a day, and speed.

``ngec_*``: ``gold/ngec_actor_cases``, every case that is not skipped and expects a country or a
sector. The phrase stands alone as a document; its uppermost mention in the parse counts. An expected country or
sector of None or "" is met by none. Rules may be written after looking at this set.
``holder_*``: 500 pairs of person and day drawn (seed 20) from all rows of the offices file with days of
beginning and end; ``_kept`` counts only persons whose offices the register keeps:
right when an office of that person's country on that day is found, by the name in the file and by
a second spelling (the encyclopedia's title where it differs, else a rule's). The shipped offices
come from this file: this measures the build, the closing of offices and the look-up, not coverage.
``ref_*``: the own gold ``references.yaml``: expected words whose set of actors is right, and paragraphs
with all of them right.
``scan_mb_s`` and ``resolve_share``: megabytes of text a CPU-second scanned, and resolution's time
as a share of the parse's.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from dateutil import parser as dates

from detente.coding import sentences
from detente.coding.actors.alone import PhraseAlone
from detente.coding.actors.mentions import Scanner
from detente.coding.actors.resolver import Resolver
from detente.coding.grammar.parse import Parser
from detente.model import Actor, Block, Document, document_id
from detente.registers import load, offices
from detente.registers.sectors import sectors
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.types import Mention
    from detente.registers import Register

OTHER_NAMES = {"MED": "HLH"}
"""CAMEO's name of a sector that PLOVER calls otherwise."""

BODIES = {"UN": "IGO", "UNO": "IGO", "EU": "IGO", "EUR": "IGO", "NATO": "IGO", "IGO": "IGO"}
TODAY = "2022-12-01"
"""Day of a case without one: the expectations were written in that year."""
SAMPLE = 500
SEED = 20


@cache
def stages() -> tuple[Register, Scanner, Parser]:
    """Return register, scanner and parser, made once."""
    register = load()
    return register, Scanner(register), Parser(Settings().model)


def resolve(
    text: str, day: str | None, scanner: Scanner, resolver: Resolver, parser: Parser
) -> list[Mention]:
    """Return the mentions of a text of one paragraph, in order."""
    block = Block(kind="paragraph", start=0, end=len(text))
    document = Document(
        id=document_id(text), source="text", text=text, blocks=(block,), published=day
    )
    cut = sentences.split(document)
    parses = dict(zip((s.number for s in cut), parser.parse([s.text for s in cut]), strict=True))
    found, _ = resolver.resolve(document, cut, parses, scanner.scan(text))
    return [mention for number in sorted(found) for mention in found[number]]


@cache
def alone() -> PhraseAlone:
    """Return the reader of phrases, made once."""
    return PhraseAlone(load(), stages()[2])


def sector(actor: Actor | None) -> tuple[str, ...]:
    """Return PLOVER's sectors of an actor, by CAMEO's name where that differs too; empty for none."""
    found = sectors(actor)[:1] if actor is not None else ()
    return found + tuple(OTHER_NAMES[one] for one in found if one in OTHER_NAMES)


def cases(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield phrase, day and expectations of every case that is used."""
    for line in (folder / "actor_cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        args, expect = case["args"], case["expect"]
        country = (expect.get("country") or expect.get("cc") or {}).get("value", "none")
        code = (expect.get("code_1") or expect.get("code") or {}).get("value", "none")
        if case["skipped"] or not args or not args[0] or (country == "none" and code == "none"):
            continue
        written = case["kwargs"].get("query_date") or (args[2] if len(args) > 2 else None)
        day = TODAY
        if written and written != "today":
            day = dates.parse(written).date().isoformat()
        context = args[1] if len(args) > 1 and args[1] else ""
        context = " ".join((context, case["kwargs"].get("known_country") or "")).strip()
        yield {
            "text": args[0], "context": context, "day": day, "country": country, "sector": code,
            "other": (expect.get("country") or {}).get("op") == "NotEq",
        }  # fmt: skip


def same_country(actor: Actor | None, expected: str | None) -> bool:
    """Whether the country agrees; international bodies are one, and a state that few recognise its parent."""
    register = stages()[0]
    got = actor.country if actor is not None else ""
    if not expected:
        return not got or got not in register.states
    if expected in BODIES:
        return got in register.members
    return register.within.get(got, got) == expected


def ngec(folder: Path, *, show: bool = False) -> dict[str, float]:
    """Score the actor cases."""
    right = {"country": 0, "sector": 0}
    of = {"country": 0, "sector": 0}
    for case in cases(folder):
        actor = alone().read(case["text"], day=case["day"], about=case["context"])
        results = {}
        if case["country"] != "none":
            results["country"] = same_country(actor, case["country"]) is not case["other"]
        if case["sector"] != "none":
            expected = case["sector"] or ""
            options = expected if isinstance(expected, list) else [expected]
            results["sector"] = bool(set(sector(actor) or ("",)) & set(options))
        for name, good in results.items():
            of[name] += 1
            right[name] += good
        if show and not all(results.values()):
            print(
                json.dumps(case["text"]), case["day"], "want", case["country"], case["sector"],
                "got", actor.code if actor else None, sector(actor), actor.how if actor else "",
            )  # fmt: skip
    return {f"ngec_{name}": right[name] / of[name] for name in right} | {
        f"ngec_{name}_n": of[name] for name in of
    }


def references(*, show: bool = False) -> dict[str, float]:
    """Score the own gold: expected words one by one, and paragraphs with all of them right."""
    items = msgspec.yaml.decode((Path(__file__).parent / "references.yaml").read_bytes())
    register, scanner, parser = stages()
    resolver = Resolver(register)
    words = right = whole = 0
    for item in items:
        mentions = resolve(item["t"], str(item.get("day", "2018-05-01")), scanner, resolver, parser)
        wrong = 0
        for phrase, codes in item["e"].items():
            start = item["t"].index(phrase)
            end = start + len(phrase)
            inside = [
                m for m in mentions if m.start < end and start < m.end and m.kind != "adjective"
            ]
            exact = [m for m in inside if start <= m.start and m.end <= end] or inside
            acting = [m for m in exact if codes or not m.place][:1]
            got = sorted({actor.code for mention in acting for actor in mention.actors})
            words += 1
            if got != sorted(codes):
                wrong += 1
                if show:
                    print("ref", repr(phrase), "want", sorted(codes), "got", got, "|", item["t"])
            else:
                right += 1
        whole += not wrong
    return {
        "ref_right": right / words, "ref_paragraphs": whole / len(items), "ref_n": len(items)
    }  # fmt: skip


def second_spelling(person: str, title: str) -> str:
    """Return another spelling of a name: the encyclopedia's, else one by rule."""
    title = re.sub(r"\s*\(.*\)", "", title)
    if title and title != person:
        return title
    for old, new in (("ei", "ey"), ("Sergey", "Sergei"), ("enko", "enka"), ("sky", "ski")):
        if re.search(old + r"\b", person):
            return re.sub(old + r"\b", new, person)
    return person


def holders(file: Path, *, show: bool = False) -> dict[str, float]:
    """Score the office-holder of the day."""
    codes = {(office.wikidata, office.code) for office in offices.every()}
    kept = {office.wikidata for office in offices.every()}
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        rows = [
            row
            for row in csv.DictReader(stream)
            if len(row["start"]) == 10 and len(row["end"]) == 10
            and row["start"] < row["end"]
        ]  # fmt: skip
    chosen = random.Random(SEED).sample(rows, SAMPLE)
    right = {"listed": 0, "second": 0}
    covered = {"listed": 0, "second": 0}
    size = sum(row["wikidata_id"] in kept for row in chosen)
    for row in chosen:
        names = {"listed": row["person"], "second": second_spelling(row["person"], row["enwiki"])}
        for key, name in names.items():
            found = offices.lookup(name, day=row["start"])
            countries = [code for qid, code in codes if qid == row["wikidata_id"]]
            good = found is not None and found.code in countries and found.held_on(row["start"])
            right[key] += good
            covered[key] += good and row["wikidata_id"] in kept
            if show and not good:
                print(key, name, row["start"], row["catalog"], row["position"], found)
    return {
        **{f"holder_{key}": count / SAMPLE for key, count in right.items()},
        **{f"holder_{key}_kept": count / size for key, count in covered.items()},
        "holder_kept_n": size,
    }


def speed(text: str) -> dict[str, float]:
    """Measure the scan in MB a CPU-second and resolution as a share of the parse."""
    register, scanner, parser = stages()
    resolver = Resolver(register)
    many = "\n\n".join([text] * 100)
    start = time.process_time()
    for _ in range(5):
        scanner.scan(many)
    scan = 5 * len(many.encode()) / 1e6 / (time.process_time() - start)
    block = Block(kind="paragraph", start=0, end=len(text))
    document = Document(id=document_id(text), source="speed", text=text, blocks=(block,))
    cut = sentences.split(document)
    texts = [s.text for s in cut]
    parser.parse(texts)
    start = time.process_time()
    for _ in range(5):
        parses = dict(zip((s.number for s in cut), parser.parse(texts), strict=True))
    parse = time.process_time() - start
    hits = scanner.scan(text)
    resolver.resolve(document, cut, parses, hits)
    start = time.process_time()
    for _ in range(5):
        resolver.resolve(document, cut, parses, hits)
    return {"scan_mb_s": scan, "resolve_share": (time.process_time() - start) / parse}


def measure(shared: Path | None, *, show: bool = False) -> dict[str, float]:
    """Return all figures; without the shared folder, those of the own gold."""
    if shared is None:
        return references(show=show)
    return {
        **references(show=show),
        **ngec(shared / "gold" / "ngec_actor_cases", show=show),
        **holders(shared / "actors" / "offices.csv.gz", show=show),
        **speed((shared / "minsk-file.md").read_text(encoding="utf-8")),
    }


def main() -> None:
    """Print the figures, and with ``--show`` what went wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=Path(__file__).parents[3] / "shared")
    options.add_argument("--show", action="store_true")
    given = options.parse_args()
    for name, value in measure(given.shared, show=given.show).items():
        print(f"{name:24} {value:.4f}")


if __name__ == "__main__":
    main()
