"""Why a record stands as it does: its document is coded again, and every ground is shown."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec

from detente.api.explaining import explain_record
from detente.api.grounds import grounds
from detente.model import Event
from detente.web.uploads import loaded_coder

if TYPE_CHECKING:
    from detente.casebook.browser import Browser
    from detente.model import Record
    from detente.web.desk import Desk

_ONE_AT_A_TIME = threading.Lock()
"""Coding takes a second and more; a second asker waits for the first."""


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the explanation; the name is empty where the line before goes on."""

    name: str
    text: str


class WhyPage(msgspec.Struct, frozen=True, kw_only=True):
    """The explanation of one record.

    Attributes:
        id: Its id.
        kind: ``event``, ``claim`` or ``forecast``.
        type: PLOVER type, kind of claim or direction of a forecast.
        doc: Its document.
        title: The document's title.
        sentence: Number of the sentence.
        text: The sentence.
        note: What a reader must know, such as that another coder made the record.
        confidence: 0 to 1.
        grounds: What was decided, and by what.
    """

    id: str
    kind: str
    type: str
    doc: str
    title: str
    sentence: int
    text: str
    note: str | None
    confidence: float
    grounds: tuple[Ground, ...]


def load(desk: Desk, name: str) -> WhyPage:
    """Return the explanation of a record.

    Raises:
        InputError: There is no such record, or it was imported without its text.
    """
    with desk.view(limited=False) as view:
        return desk.remember(
            view, ("why", name), lambda found: _load(desk, found, name), parties=()
        )


def _load(desk: Desk, view: Browser, name: str) -> WhyPage:
    with _ONE_AT_A_TIME:
        explained = explain_record(name, view, loaded_coder(desk.settings))
    record = explained.record
    return WhyPage(
        id=record.id,
        kind=type(record).__name__.lower(),
        type=_type(record),
        doc=record.doc,
        title=explained.title or "Document without a title",
        sentence=record.sentence,
        text=explained.text,
        note=explained.note,
        confidence=record.confidence,
        grounds=tuple(Ground(name=title, text=text) for title, text in grounds(explained)),
    )


def _type(record: Record) -> str:
    if isinstance(record, Event):
        return record.type
    return str(getattr(record, "kind", None) or getattr(record, "direction", ""))
