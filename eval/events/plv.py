"""The ``plv`` set: the event type between a given source and target, 15 roots.

Two settings. *Free*: the coder reads the bare sentence, and a row counts when one of its events has
the right root and touches both spans; no such event is a miss. *Given*: the pair is given and a
type must be named. Rows are also reported by parity of their place in the file: rules are written
from misses in even rows alone, odd rows are never read.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.coding.acts import given as naming
from detente.model import Event
from eval.events.reading import coder_for, document_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from detente.coding.pipeline import Coder
    from detente.model import Actor, Span

ROOTS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
NONE = "none"
_TAG = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a sentence with the offsets of both parties, None where the file lacks them."""

    number: int
    text: str
    source: Span | None
    target: Span | None
    root: str


def rows(shared: Path) -> list[Row]:
    """Return the rows that a release of the set gives for development."""
    with (shared / "gold/plv/PLV_train.tsv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter="\t"))
    return [
        Row(
            number=number,
            text=row["sentence"],
            source=_span(row["marked_sentence"], "s") or _find(row["sentence"], row["source"]),
            target=_span(row["marked_sentence"], "t") or _find(row["sentence"], row["target"]),
            root=row["gold_root"],
        )
        for number, row in enumerate(read)
    ]


def _span(marked: str, tag: str) -> Span | None:
    start, end = marked.find(f"<{tag}>"), marked.find(f"</{tag}>")
    if start < 0 or end < 0:
        return None
    first = len(_TAG.sub("", marked[:start]))
    return first, first + len(_TAG.sub("", marked[start:end]))


def _find(text: str, words: str) -> Span | None:
    at = text.find(words)
    return (at, at + len(words)) if at >= 0 else None


def root_of(event_type: str, status: str = "actual", cameo: str | None = None) -> str:
    """Return the set's root: CONCEDE and RETREAT are YIELD.

    The set was coded before PLOVER v2.0, so two more of its labels are met by the older reading:
    an intent to yield (CAMEO 035) is AGREE, and an embargo or sanctions (163) are COERCE, as in the
    ontology's own table CAMEO2PLOVER of 2021.
    """
    if cameo is not None and cameo.startswith("163"):
        return "COERCE"
    root = ROOTS.get(event_type, event_type)
    return "AGREE" if root == "YIELD" and status in {"planned", "proposed"} else root


def coder(shared: Path) -> Coder:
    """Return a coder with the whole set parsed."""
    return coder_for("plv", [document_of(row.text) for row in rows(shared)])


def free(all_rows: Sequence[Row], coder: Coder) -> list[str]:
    """Return the root that the coder gives each row's pair, ``none`` where it gives none.

    Where several events touch the pair, the right root stands if one of them has it.
    """
    named = []
    for row in all_rows:
        [coded] = coder.code([document_of(row.text)])
        events = [r for r in coded.records if isinstance(r, Event) and joins(r, row)]
        events.sort(key=lambda e: -e.confidence)
        roots = [root_of(e.type, e.status, e.cameo) for e in events]
        named.append(row.root if row.root in roots else roots[0] if roots else NONE)
    return named


def given(all_rows: Sequence[Row], coder: Coder, *, learned: bool) -> list[str]:
    """Return the root that is named for each row's pair, ``none`` where no frame names one.

    Args:
        all_rows: The rows.
        coder: Gives the parses.
        learned: Ask the helper where the frames are silent.
    """
    docs = coder.parser.parse([row.text for row in all_rows])
    named = []
    for row, doc in zip(all_rows, docs, strict=True):
        found = naming.name(naming.marked(doc, row.source, row.target), learned=learned)
        named.append(root_of(found.type, found.status, found.cameo) if found else NONE)
    return named


def joins(event: Event, row: Row) -> bool:
    """Whether an event touches both spans of a row, with different actors."""
    actors = (*event.source, *event.target)
    first, second = _touching(actors, row.source), _touching(actors, row.target)
    return any(a != b for a in first for b in second)


def _touching(actors: Iterable[Actor], span: Span | None) -> list[Span]:
    if span is None:
        return []
    return [a.span for a in actors if a.span[0] < span[1] and span[0] < a.span[1]]


def scores(all_rows: Sequence[Row], named: Sequence[str], prefix: str) -> dict[str, float]:
    """Return accuracy and macro-F1 over the gold's roots, for all rows and by parity."""
    figures = {}
    pairs = list(zip(all_rows, named, strict=True))
    for suffix, kept in (
        ("", pairs),
        ("_even", [p for p in pairs if p[0].number % 2 == 0]),
        ("_odd", [p for p in pairs if p[0].number % 2]),
    ):
        gold = [row.root for row, _ in kept]
        given = [root for _, root in kept]
        right = sum(a == b for a, b in zip(gold, given, strict=True))
        figures[f"{prefix}_root{suffix}"] = right / len(kept)
        figures[f"{prefix}_macro_f1{suffix}"] = macro_f1(gold, given)
    return figures


def macro_f1(gold: Sequence[str], given: Sequence[str]) -> float:
    """Return the mean F1 of the classes that the gold holds."""
    right = Counter(a for a, b in zip(gold, given, strict=True) if a == b)
    wanted, named = Counter(gold), Counter(given)
    values = [2 * right[c] / (wanted[c] + named[c]) for c in wanted]
    return sum(values) / len(values)
