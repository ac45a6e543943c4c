"""Reads the own gold into typed records. The notation is in ``docs/codebook.md``, section 10."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args

import msgspec

from detente.model import (
    Block,
    ClaimKind,
    Direction,
    Document,
    Domain,
    EventType,
    Hedge,
    Status,
    document_id,
)

HERE = Path(__file__).parent
SPLITS = ("dev", "test")
CLAIMS_PUBLISHED = "2019-05-15"
"""Publication day of the sentences that are coded for claims."""

Split = Literal["dev", "test"]
TYPES = frozenset(get_args(EventType))
STATUSES = frozenset(get_args(Status))
DOMAINS = frozenset(get_args(Domain))

_EVENT = re.compile(
    r"(?P<optional>\?)?(?P<type>[A-Z]+)(?:/(?P<mode>[a-z-]+))? (?P<status>[a-z]+)"
    r" (?P<source>\S+) (?P<arrow><>|>) (?P<target>\S+)"
    r"(?: @(?P<date>\S+))?(?: in (?P<place>[^#~|]+?))?(?: #(?P<domain>\w+))?(?: ~(?P<also>\S+))?"
    r" \|(?P<nth>\d?) (?P<trigger>.+)"
)


class GoldEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event coded by hand.

    Attributes:
        type: The first choice.
        status: The first choice.
        accepted: Every type with its status that counts as right, the first choice among them.
        optional: Whether it may be left out.
        source: Actor codes.
        target: Actor codes; empty where the text names none.
        symmetric: Whether either side may stand as source.
        mode: Where it is clear.
        date: ISO day, month, year, or an interval ``a..b``.
        place: Name of the place.
        domain: Where it was coded.
        trigger: Words of the text.
        offset: Where they start in the text.
    """

    type: EventType
    status: Status
    accepted: frozenset[tuple[str, str]]
    source: tuple[str, ...]
    target: tuple[str, ...]
    trigger: str
    offset: int
    optional: bool = False
    symmetric: bool = False
    mode: str | None = None
    date: str | None = None
    place: str | None = None
    domain: Domain | None = None


class GoldText(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or a document with its events; ``document`` is what a coder reads."""

    id: str
    split: Split
    document: Document
    events: tuple[GoldEvent, ...]
    why: str | None = None


class GoldClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One claim coded by hand; ``cause``, ``effect`` and ``rejected`` are words of the text."""

    kind: ClaimKind
    holder: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    domain: Domain | None = None
    polarity: Literal["positive", "negative", "neutral"] | None = None
    valid: Literal["past", "present", "since", "habitual"] | None = None
    cause: str | None = None
    effect: str | None = None
    rejected: str | None = None
    hedge: Hedge = Hedge()


class GoldForecast(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One forecast coded by hand."""

    direction: Direction
    holder: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    domain: Domain | None = None
    horizon: str | None = None
    condition: str | None = None
    until: str | None = None
    hedge: Hedge = Hedge()


class GoldStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with its claims and forecasts; ``why`` says why it has none."""

    id: str
    split: Split
    document: Document
    claims: tuple[GoldClaim, ...] = ()
    forecasts: tuple[GoldForecast, ...] = ()
    why: str | None = None


class _Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    split: Split
    published: str
    text: str
    events: tuple[str, ...]
    title: str | None = None
    publisher: str | None = None
    why: str | None = None


class _Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    split: Split
    text: str
    claims: tuple[GoldClaim, ...] = ()
    forecasts: tuple[GoldForecast, ...] = ()
    why: str | None = None


def sentences(split: Split) -> tuple[GoldText, ...]:
    """Read the single sentences that are coded for events."""
    return texts(HERE / split / "sentences.yaml")


def documents(split: Split) -> tuple[GoldText, ...]:
    """Read the whole documents that are coded for events."""
    return texts(HERE / split / "documents.yaml")


def statements(split: Split) -> tuple[GoldStatement, ...]:
    """Read the sentences that are coded for claims and forecasts."""
    return _statements(HERE / split / "claims.yaml")


def practice() -> tuple[GoldStatement, ...]:
    """Read the sentences that were coded for kind or direction alone while rules were written."""
    return _statements(HERE / "dev" / "practice.yaml")


def practice_events() -> tuple[GoldText, ...]:
    """Read the single sentences that were coded for events while rules were written."""
    return texts(HERE / "dev" / "practice-events.yaml")


def practice_documents() -> tuple[GoldText, ...]:
    """Read the short documents that were coded for events while rules were written."""
    return texts(HERE / "dev" / "practice-documents.yaml")


def _statements(path: Path) -> tuple[GoldStatement, ...]:
    rows = msgspec.yaml.decode(path.read_bytes(), type=list[_Statement])
    return tuple(
        GoldStatement(
            id=row.id, split=row.split, claims=row.claims, forecasts=row.forecasts, why=row.why,
            document=as_document(row.text, name=row.id, published=CLAIMS_PUBLISHED),
        )
        for row in rows
    )  # fmt: skip


def as_document(
    text: str, *, name: str, published: str, title: str | None = None, publisher: str | None = None
) -> Document:
    """Return what a coder reads: the title, where there is one, as a headline of its own."""
    blocks = []
    whole = ""
    for kind, part in [("headline", title)] * (title is not None) + [
        ("paragraph", p) for p in text.split("\n\n")
    ]:
        whole += "\n\n" if whole else ""
        start = len(whole)
        whole += str(part)
        blocks.append(Block(kind=kind, start=start, end=len(whole)))  # type: ignore[arg-type]
    return Document(
        id=document_id(whole), source=f"gold/{name}", text=whole, blocks=tuple(blocks),
        title=title, publisher=publisher, published=published, published_basis="option",
        language="en",
    )  # fmt: skip


def read_event(line: str, document: Document) -> GoldEvent:
    """Read one line of the notation.

    Raises:
        ValueError: The line does not follow the notation, or its words are not in the text.
    """
    found = _EVENT.fullmatch(line)
    if found is None:
        raise ValueError(f"not in the notation: {line}")
    kind, status = found["type"], found["status"]
    accepted = {(kind, status)}
    for other in (found["also"] or "").split(","):
        also, _, own = other.partition(":")
        if also:
            accepted.add((also, own or status))
    if not {t for t, _ in accepted} <= TYPES or not {s for _, s in accepted} <= STATUSES:
        raise ValueError(f"no such type or status: {line}")
    if found["domain"] is not None and found["domain"] not in DOMAINS:
        raise ValueError(f"no such domain: {line}")
    body = document.blocks[0].end if document.blocks[0].kind == "headline" else 0
    places = [
        m.start()
        for m in re.finditer(rf"(?<!\w){re.escape(found['trigger'])}(?!\w)", document.text)
        if m.start() >= body
    ]
    nth = int(found["nth"] or 1)
    if len(places) < nth:
        raise ValueError(f"{found['trigger']!r} is not in the text: {line}")
    return GoldEvent(
        type=kind, status=status, accepted=frozenset(accepted),  # type: ignore[arg-type]
        source=_codes(found["source"]), target=_codes(found["target"]),
        symmetric=found["arrow"] == "<>", mode=found["mode"], date=found["date"],
        place=found["place"], domain=found["domain"], trigger=found["trigger"],  # type: ignore[arg-type]
        offset=places[nth - 1], optional=found["optional"] is not None,
    )  # fmt: skip


def texts(path: Path) -> tuple[GoldText, ...]:
    """Read a file of texts that are coded for events."""
    found = []
    for row in msgspec.yaml.decode(path.read_bytes(), type=list[_Text]):
        document = as_document(
            row.text, name=row.id, published=row.published, title=row.title,
            publisher=row.publisher,
        )  # fmt: skip
        events = tuple(read_event(line, document) for line in row.events)
        found.append(
            GoldText(id=row.id, split=row.split, document=document, events=events, why=row.why)
        )
    return tuple(found)


def _codes(text: str) -> tuple[str, ...]:
    return () if text == "-" else tuple(text.split(","))
