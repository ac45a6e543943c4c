"""The ``satp`` set: reports without punctuation, a sixth of them on violent events.

Figures:
    satp_relevant_f1: A report holds an ASSAULT event or none.
    satp_action_recall: Marked action words that are the trigger of an ASSAULT event.
    satp_extra_per_100: ASSAULT events coded in 100 irrelevant reports.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from detente.model import Event
from eval.events.reading import coder_for, document_of

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 4
"""Every fourth report is coded: the figures are reported, no bar is on them."""


def reports(shared: Path) -> dict[str, float]:
    """Return the figures."""
    with (shared / "gold/satp/dev.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][::EVERY]
    coder = coder_for("satp", [document_of(row["news"]) for row in rows])
    right = coded_relevant = relevant = words = found_words = extra = 0
    for row in rows:
        [coded] = coder.code([document_of(row["news"])])
        events = [r for r in coded.records if isinstance(r, Event) and r.type == "ASSAULT"]
        wanted = row["is_relevant"] == "True"
        relevant += wanted
        coded_relevant += bool(events)
        right += wanted and bool(events)
        extra += 0 if wanted else len(events)
        if wanted:
            triggers = {row["news"][slice(*e.trigger)] for e in events if e.trigger}
            words += len(row["action"])
            found_words += sum(word in triggers for word in row["action"])
    return {
        "satp_relevant_f1": 2 * right / (relevant + coded_relevant),
        "satp_action_recall": found_words / words,
        "satp_extra_per_100": 100 * extra / (len(rows) - relevant),
    }
