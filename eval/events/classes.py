"""Sentence classes: ``cameo_penta`` (five-way) and ``un_quadclass`` (relevance, quad class).

A sentence's class is the quad class of its most confident event, 0 where it has none. Classes as in
both sets: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
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


def penta(shared: Path) -> dict[str, float]:
    """Return five-way accuracy, macro-F1 and the F1 of class 0."""
    pairs = _labelled(shared / "gold/cameo_penta/cameo_class_train.tsv")
    gold, given = _coded("cameo_penta", pairs)
    right = sum(a == b for a, b in zip(gold, given, strict=True))
    return {
        "cameo_penta_accuracy": right / len(gold),
        "cameo_penta_macro_f1": macro_f1(gold, given),
        "cameo_penta_class0_f1": f1_of("0", gold, given),
    }


def united_nations(shared: Path) -> dict[str, float]:
    """Return the F1 of relevance, and four-way accuracy and macro-F1 over relevant sentences."""
    folder = shared / "gold/un_quadclass"
    gold, given = _coded("un_binary", _labelled(folder / "en_binary_dev.tsv")[1::EVERY])
    found = ["1" if label != "0" else "0" for label in given]
    figures = {"un_relevant_f1": f1_of("1", gold, found)}
    pairs = [p for p in _labelled(folder / "en_quadclass_dev.tsv")[1::EVERY] if p[1] != "0"]
    gold, given = _coded("un_quadclass", pairs)
    figures["un_quad_accuracy"] = sum(a == b for a, b in zip(gold, given, strict=True)) / len(gold)
    figures["un_quad_macro_f1"] = macro_f1(gold, given)
    return figures


def _labelled(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit("\t", 1) for line in lines if "\t" in line]
    return [(text.strip().strip('"'), label.strip()) for text, label in rows]


def _coded(name: str, pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    coder = coder_for(name, [document_of(text) for text, _ in pairs])
    return [label for _, label in pairs], [class_of(text, coder) for text, _ in pairs]


def class_of(text: str, coder: Coder) -> str:
    """Return the class of a sentence, ``0`` to ``4``."""
    [coded] = coder.code([document_of(text)])
    events = [r for r in coded.records if isinstance(r, Event)]
    if not events:
        return "0"
    best = max(events, key=lambda e: (e.confidence, -e.span[0]))
    return str(VERBAL_TO_MATERIAL.get(best.type, ontology.quad_of(best.type)))


def f1_of(label: str, gold: Sequence[str], given: Sequence[str]) -> float:
    """Return the F1 of one class."""
    right = sum(a == b == label for a, b in zip(gold, given, strict=True))
    both = sum(a == label for a in gold) + sum(b == label for b in given)
    return 2 * right / both if both else 0.0
