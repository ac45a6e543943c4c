"""What the gate loses: records that the coder finds only where every sentence is parsed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from eval.events import plv
from eval.events.reading import coder_for, document_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.model import Document


def losses(shared: Path | None) -> dict[str, float]:
    """Return the share of records that the gate loses, on own dev texts and on ``plv``."""
    figures = {"gate_lost_own": lost("own_dev", own_documents())}
    if shared is not None:
        texts = [document_of(row.text) for row in plv.rows(shared)]
        figures["gate_lost_plv"] = lost("plv", texts)
    return figures


def own_documents() -> list[Document]:
    """Return the documents, sentences and statements of the own gold's dev part."""
    gold = _gold()
    found = []
    for read in (gold.documents, gold.sentences, gold.statements):
        found += [text.document for text in read("dev")]
    return found


def lost(name: str, documents: Sequence[Document]) -> float:
    """Return the share of the records of an ungated coder that a gated one does not give.

    Records are compared by kind, sentence and what they say, not by the actors that a reference
    to an unparsed sentence may have lost.
    """
    found: list[set[tuple[object, ...]]] = []
    for gated in (True, False):
        coder = coder_for(name, documents, gated=gated)
        found.append(
            {
                (coded.document.id, r.sentence, type(r).__name__, getattr(r, "type", None), r.rule)
                for coded in coder.code(documents)
                for r in coded.records
            }
        )
    gated_records, all_records = found
    return len(all_records - gated_records) / len(all_records)


def _gold():  # noqa: ANN202
    name = "detente_gold_load"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / "gold" / "load.py"
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
