"""Runs in the child: adds a folder to a new casebook and says what became of it."""

from __future__ import annotations

import contextlib
import re
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.coding.pipeline import Coder
from detente.model import Document, ErrorRecord
from detente.read import ReadOptions, read
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator


class Asked(msgspec.Struct):
    """What is to be added."""

    folder: str
    casebook: str
    settings: dict[str, Any] = {}


class Told(msgspec.Struct):
    """What became of it."""

    report: dict[str, Any]
    errors: list[tuple[str, str, str]]
    documents: list[tuple[str, str, list[str]]]
    events: dict[str, int]
    problems: list[str]
    seconds: float
    megabytes: float


@cache
def coder() -> Coder:
    """Return a loaded coder."""
    made = Coder()
    made.load()
    return made


def warm(_argument: bytes) -> Iterator[bytes]:
    """Load the coder, so that no case pays for it."""
    list(coder().code([]))
    yield b""


def perform(argument: bytes) -> Iterator[bytes]:
    """Add a folder; yields one ``Told``."""
    asked = msgspec.msgpack.decode(argument, type=Asked)
    settings = Settings(**asked.settings)
    before = _reset_peak()
    began = time.monotonic()
    errors: list[tuple[str, str, str]] = []
    documents: list[tuple[str, str, list[str]]] = []
    sources: dict[str, str] = {}
    events: dict[str, int] = {}

    def items() -> Iterator[Document | ErrorRecord]:
        for item in read([asked.folder], options=ReadOptions(), settings=settings):
            if isinstance(item, ErrorRecord):
                errors.append((item.source, item.error, item.reason))
            else:
                sources[item.id] = item.source
                events.setdefault(item.source, 0)
                documents.append((item.source, item.text[:20_000], list(item.flags)))
            yield item

    with Casebook.create(asked.casebook, settings) as book:
        report = book.add(items(), code=coder().code, coder_version="t", configuration="t")
        with book.view() as view:
            for record in view.records():
                events[sources[record.doc]] += 1
    problems = [str(problem) for problem in verify(asked.casebook)]
    yield msgspec.msgpack.encode(
        Told(
            report=msgspec.to_builtins(report),
            errors=errors,
            documents=documents,
            events=events,
            problems=problems,
            seconds=time.monotonic() - began,
            megabytes=max(0.0, _peak() - before),
        )
    )


def _reset_peak() -> float:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> float:
    status = Path("/proc/self/status").read_text()
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
