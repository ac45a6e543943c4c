"""A small real coder and documents for the casebook's tests."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from detente.model import (
    Actor,
    Block,
    Claim,
    Coded,
    Document,
    DocumentRecord,
    Event,
    Forecast,
    Hedge,
    document_id,
    record_id,
)
from detente.settings import Settings

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def make_document(text, *, source="a.txt", publisher=None, published="2016-09-26", language="en"):
    return Document(
        id=document_id(text),
        source=source,
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text)),),
        publisher=publisher,
        published=published,
        published_basis="option",
        language=language,
    )


def spans(text):
    return tuple(m.span() for m in re.finditer(r"[^.]+\.", text))


def actors(code):
    code = code.replace("/", ".")
    country, _, institution = code.partition(".")
    return (Actor(code=code, country=country, institution=institution or None, surface=code),)


def make_coder(version="1"):
    """Codes ``BLR meets USA.`` as an event, ``BLR says ...`` and ``BLR expects ...`` likewise."""

    def records(document):
        for number, (start, end) in enumerate(spans(document.text)):
            words = document.text[start:end].strip(" .\n").split()
            if len(words) < 3:
                continue
            common = {
                "doc": document.id,
                "sentence": number,
                "span": (start, end),
                "rule": f"test/{version}",
            }
            sides = actors(words[0]), actors(words[2])
            if words[1] == "meets":
                day = words[3] if len(words) > 3 else document.published
                yield Event(
                    id=record_id("e", document.id, number, version),
                    type="CONSULT",
                    domain="military",
                    date=day,
                    date_precision="day",
                    date_basis="text",
                    source=sides[0],
                    target=sides[1],
                    **common,
                )
            elif words[1] == "blames":
                yield Claim(
                    id=record_id("c", document.id, number, version),
                    kind="cause",
                    subject=sides[0],
                    object=sides[1],
                    gist="blame",
                    **common,
                )
            elif words[1] == "expects":
                yield Forecast(
                    id=record_id("f", document.id, number, version),
                    subject=sides[0],
                    object=sides[1],
                    hedge=Hedge(likelihood="likely", low=0.55, high=0.8),
                    **common,
                )

    def code(documents):
        for document in documents:
            if "POISON" in document.text:
                raise ValueError("cannot be coded")
            found = spans(document.text)
            coded = document.language == "en"
            yield Coded(
                document=DocumentRecord(
                    id=document.id,
                    source=document.source,
                    publisher=document.publisher,
                    published=document.published,
                    language=document.language,
                    characters=len(document.text),
                    sentences=len(found),
                    coded=coded,
                    reason=None if coded else "language",
                ),
                sentences=found,
                records=tuple(records(document)) if coded else (),
            )

    return code


class Clock:
    """Stands still unless it is moved."""

    def __init__(self, now=START):
        self.now = now

    def __call__(self):
        return self.now


def numbered(count, *, first=0):
    """Documents that share no sentence, with one event, one claim and one forecast each."""
    names = (
        "amber",
        "birch",
        "cedar",
        "dune",
        "ember",
        "fjord",
        "grove",
        "heath",
        "inlet",
        "jetty",
    )
    for n in range(first, first + count):
        filler = " ".join(names[int(digit)] + digit * (n % 7 + 1) for digit in f"{n * 7919:08d}")
        yield make_document(
            f"BLR meets USA 2016-{n % 12 + 1:02d}-{n % 28 + 1:02d}. BLR blames RUS for {filler}. "
            f"BLR expects NATO soon and {filler[::-1]}.",
            source=f"doc-{n}.txt",
        )


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settings():
    return Settings(shard_documents=4, busy_seconds=0.3)


def add(book, documents, *, version="1", **more):
    return book.add(
        documents,
        code=make_coder(version),
        coder_version=version,
        configuration="cfg",
        **more,
    )
