"""Sentence classes: ``cameo_penta`` (five-way) and ``un_quadclass`` (relevance, quad class).

A sentence's class is that of its most confident event, 0 where it has none. ``cameo_penta`` counts by
CAMEO's roots, as its own labels do: statements and appeals (01, 02) are 0, so that "called for calm" is of
class 0, and so is what is only considered (014); reduced relations (16) are verbal conflict. The figures
``cameo_penta_quad_`` take the quad class of the event's PLOVER type instead: 1 verbal cooperation,
2 material cooperation, 3 verbal conflict, 4 material conflict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.model import Event
from detente.registers import ontology
from eval.events.plv import macro_f1
from eval.events.reading import coder_for, document_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from detente.coding.pipeline import Coder

EVERY = 4
"""Every fourth sentence of ``un_quadclass`` is coded: its figures are reported, no bar is on them."""

VERBAL_TO_MATERIAL = {"CONCEDE": 2}
"""CAMEO's root 08 is material cooperation as a whole; PLOVER's CONCEDE is verbal."""


PENTA = {
    **dict.fromkeys(("01", "02"), "0"), **dict.fromkeys(("03", "04", "05"), "1"),
    **dict.fromkeys(("06", "07", "08"), "2"),
    **dict.fromkeys(("09", "10", "11", "12", "13", "16"), "3"),
    **dict.fromkeys(("14", "15", "17", "18", "19", "20"), "4"),
}  # fmt: skip
"""Class of ``cameo_penta`` by CAMEO root."""


UNITED_NATIONS = {"0": "0", "1": "4", "2": "2", "3": "3", "4": "1"}
"""Label of ``un_quadclass`` by quad class: there 1 is material conflict and 4 verbal cooperation, as reading shows."""


def penta(shared: Path) -> dict[str, float]:
    """Return five-way accuracy, macro-F1 and the F1 of class 0, by CAMEO root and by quad class."""
    pairs = _labelled(shared / "gold/cameo_penta/cameo_class_train.tsv")
    coder = coder_for("cameo_penta", [document_of(text) for text, _ in pairs])
    best = [best_of(text, coder) for text, _ in pairs]
    gold = [label for _, label in pairs]
    figures = {}
    for prefix, classify in (("cameo_penta", root_class), ("cameo_penta_quad", quad_class)):
        given = [classify(event) for event in best]
        right = sum(a == b for a, b in zip(gold, given, strict=True))
        figures |= {
            f"{prefix}_accuracy": right / len(gold),
            f"{prefix}_macro_f1": macro_f1(gold, given),
            f"{prefix}_class0_f1": f1_of("0", gold, given),
        }
    return figures


def root_class(event: Event | None) -> str:
    """Return the class of an event by its CAMEO root."""
    if event is None or event.status == "possible":
        return "0"
    return PENTA[event.cameo[:2]] if event.cameo else quad_class(event)


def united_nations(shared: Path) -> dict[str, float]:
    """Return the F1 of relevance, and four-way accuracy and macro-F1 over relevant sentences."""
    folder = shared / "gold/un_quadclass"
    gold, given = _coded("un_binary", _labelled(folder / "en_binary_dev.tsv")[1::EVERY])
    found = ["1" if label != "0" else "0" for label in given]
    figures = {"un_relevant_f1": f1_of("1", gold, found)}
    pairs = [p for p in _labelled(folder / "en_quadclass_dev.tsv")[1::EVERY] if p[1] != "0"]
    gold, given = _coded("un_quadclass", pairs)
    given = [UNITED_NATIONS[label] for label in given]
    figures["un_quad_accuracy"] = sum(a == b for a, b in zip(gold, given, strict=True)) / len(gold)
    figures["un_quad_macro_f1"] = macro_f1(gold, given)
    return figures


def _labelled(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit("\t", 1) for line in lines if "\t" in line]
    return [(text.strip().strip('"'), label.strip()) for text, label in rows]


def _coded(name: str, pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    coder = coder_for(name, [document_of(text) for text, _ in pairs])
    return [label for _, label in pairs], [quad_class(best_of(text, coder)) for text, _ in pairs]


def best_of(text: str, coder: Coder) -> Event | None:
    """Return the most confident event of a sentence, the earlier of two equals."""
    [coded] = coder.code([document_of(text)])
    events = [r for r in coded.records if isinstance(r, Event)]
    return max(events, key=lambda e: (e.confidence, -e.span[0]), default=None)


def quad_class(event: Event | None) -> str:
    """Return the quad class of an event's type, ``0`` where there is none."""
    if event is None:
        return "0"
    return str(VERBAL_TO_MATERIAL.get(event.type, ontology.quad_of(event.type)))


def f1_of(label: str, gold: Sequence[str], given: Sequence[str]) -> float:
    """Return the F1 of one class."""
    right = sum(a == b == label for a, b in zip(gold, given, strict=True))
    both = sum(a == label for a in gold) + sum(b == label for b in given)
    return 2 * right / both if both else 0.0
