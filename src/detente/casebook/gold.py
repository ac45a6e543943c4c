"""Reviewed documents as gold: what people accepted and corrected, in the notation of the codebook.

A document goes out where every one of its events was judged; what was rejected is left out. Events
that the coder missed are not known, so gold from reviews measures precision better than recall.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from detente.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.casebook.browser import Browser
    from detente.model import Actor, Document

NOTE = (
    "# Documents whose events were all reviewed. Notation: docs/codebook.md, section 10.\n"
    "# Events that the coder missed do not stand here.\n"
)


def gold(view: Browser) -> tuple[str, int, int]:
    """Return reviewed documents as YAML that ``detente eval --gold`` reads.

    Args:
        view: The casebook.

    Returns:
        The YAML, how many documents it holds, and how many documents still have events that nobody
        judged.
    """
    import yaml

    judged = {one.record for one in view.judgements()}
    rows: list[dict[str, Any]] = []
    waiting = 0
    for name in sorted({one.judged.doc for one in view.judgements()}):
        events = [one for one in view.records_of(name) if isinstance(one, Event)]
        if any(event.id not in judged for event in events):
            waiting += 1
            continue
        rows.append(_row(view.document(name).document, events))
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000) if rows else "[]\n"
    return NOTE + text, len(rows), waiting


def _row(document: Document, events: Iterable[Event]) -> dict[str, Any]:
    head = [b for b in document.blocks if b.kind == "headline"]
    body = [b for b in document.blocks if b.kind == "paragraph"]
    row: dict[str, Any] = {
        "id": document.id.removeprefix("sha256:")[:12],
        "split": "dev",
        "published": document.published or "1970-01-01",
    }
    if document.publisher:
        row["publisher"] = document.publisher
    if head:
        row["title"] = document.text[head[0].start : head[0].end]
    row["text"] = "\n\n".join(document.text[block.start : block.end] for block in body)
    start = body[0].start if body else 0
    row["events"] = [line(event, document, start) for event in events if event.span[0] >= start]
    if not row["events"]:
        row["why"] = "nothing of it stood after review"
    return row


def line(event: Event, document: Document, start: int) -> str:
    """Return an event in the notation of the codebook.

    Args:
        event: The event.
        document: Its document.
        start: Where the text begins that the trigger is counted in.
    """
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    arrow = "<>" if event.channel.symmetric else ">"
    parts = [kind, event.status, _codes(event.source), arrow, _codes(event.target)]
    if event.date:
        until = f"..{event.date_end}" if event.date_end and event.date_end != event.date else ""
        parts.append(f"@{_date(event)}{until}")
    if event.place is not None and not re.search(r"[#~|]", event.place.name):
        parts.append(f"in {event.place.name}")
    parts.append(f"#{event.domain}")
    begin, end = event.trigger or event.span
    words = document.text[begin:end].split("\n")[0].strip()
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    before = [m.start() for m in re.finditer(pattern, document.text) if start <= m.start() <= begin]
    nth = str(len(before)) if len(before) > 1 else ""
    return f"{' '.join(parts)} |{nth} {words}"


def _date(event: Event) -> str:
    size = {"month": 7, "year": 4}.get(event.date_precision or "", 10)
    return (event.date or "")[: size if event.date_end is None else 10]


def _codes(actors: Iterable[Actor]) -> str:
    codes = dict.fromkeys(actor.code.partition("/")[0] for actor in actors)
    return ",".join(code for code in codes if code and " " not in code) or "-"
