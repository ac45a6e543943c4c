"""Marked sentences: text with the actors written in, for tests and examples.

``"{BLR.MFA|The Foreign Ministry} met {USA|American} envoys"`` marks two actors; ``{BLR@|Minsk}``
marks a territory that may be meant as a place, ``{A+B|The parties}`` two actors at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.coding.types import Mention, Reading, Sentence
from detente.model import Actor, Block, Document, document_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.coding.grammar.parse import Parser
    from detente.coding.grammar.tree import Doc

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return the text without marks, and start, end and codes of each mark."""
    text: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        before = marked[at : match.start()]
        text.append(before)
        length += len(before)
        spans.append((length, length + len(match[2]), match[1]))
        text.append(match[2])
        length += len(match[2])
        at = match.end()
    text.append(marked[at:])
    return "".join(text), tuple(spans)


def actor(code: str, *, surface: str = "") -> Actor:
    """Return an actor of a code such as ``BLR.MFA`` or ``BLOC:west``."""
    country, _, institution = code.partition(".")
    person = None
    if "/" in institution:
        institution, _, person = institution.partition("/")
    return Actor(
        code=code, country=country, institution=institution or None, person=person, surface=surface
    )


def reading(doc: Doc, sentence: Sentence, spans: Iterable[tuple[int, int, str]]) -> Reading:
    """Return a reading whose mentions are headed as the parse heads them."""
    found: dict[int, Mention] = {}
    for start, end, codes in spans:
        place = codes.endswith("@")
        words = doc.char_span(start, end, alignment_mode="expand")
        if words is None:
            raise ValueError(f"no tokens at {start}-{end} of {doc.text!r}")
        named = tuple(
            actor(code, surface=doc.text[start:end]) for code in codes.rstrip("@").split("+")
        )
        found[words.root.i] = Mention(
            start=sentence.start + start,
            end=sentence.start + end,
            head=words.root.i,
            actors=named,
            kind="name",
            place=place,
        )
    return Reading(sentence=sentence, doc=doc, mentions=tuple(found[i] for i in sorted(found)))


def document(
    marked: Sequence[str],
    parser: Parser,
    *,
    published: str | None = "2020-06-01",
    paragraphs: Sequence[int] | None = None,
) -> tuple[Document, tuple[Reading, ...]]:
    """Return a document and its readings from marked sentences, one for each string."""
    parts = [unmark(one) for one in marked]
    text = " ".join(plain for plain, _ in parts)
    readings: list[Reading] = []
    at = 0
    docs = parser.parse([plain for plain, _ in parts])
    for number, ((plain, spans), doc) in enumerate(zip(parts, docs, strict=True)):
        sentence = Sentence(
            number=number,
            start=at,
            end=at + len(plain),
            text=plain,
            paragraph=paragraphs[number] if paragraphs is not None else 0,
        )
        readings.append(reading(doc, sentence, spans))
        at += len(plain) + 1
    made = Document(
        id=document_id(text),
        source="example",
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text)),),
        published=published,
        language="en",
    )
    return made, tuple(readings)
