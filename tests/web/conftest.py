"""A small casebook with hostile words in it, and a client of its pages."""

from __future__ import annotations

import re
import shutil

import pytest
from litestar.testing import TestClient

from detente.casebook.book import Casebook
from detente.coding.incidents import fold
from detente.model import (
    Actor,
    Block,
    Channel,
    Coded,
    Document,
    DocumentRecord,
    Event,
    Forecast,
    Hedge,
    Horizon,
    Place,
    document_id,
    record_id,
)
from detente.settings import Settings
from detente.web.app import build
from detente.web.rules import Rules

PORT = 8000
HOST = f"127.0.0.1:{PORT}"
ORIGIN = {"Origin": f"http://{HOST}"}
HOSTILE = "<script>alert(1)</script>"
SENTENCES = (
    "Minister Ada Quill of BLR.MFA met USA.MOD in Minsk.",
    'BLR.MFA met USA.MFA <svg onload="alert(2)"> again.',
    "RUS accused BLR.MFA of a breach.",
    "BLR.MFA is likely to meet USA.MOD soon.",
)


def party(code, span, person=None):
    country, _, institution = code.partition(".")
    return Actor(
        code=code, country=country, institution=institution or None, person=person,
        role="Minister" if person else None, rank="minister" if person else None,
        surface=code, span=span, how="made",
    )  # fmt: skip


def make_document(number):
    title = f"{HOSTILE} report {number}" if number == 0 else f"Report {number}"
    filler = " ".join(f"w{number}x{n}" for n in range(30))
    text = "\n\n".join([title, " ".join(SENTENCES), f"More on it: {filler}."])
    end = len(title)
    body = end + 2 + len(" ".join(SENTENCES))
    return Document(
        id=document_id(text), source=f"made/{number}.txt", text=text, title=title,
        blocks=(
            Block(kind="headline", start=0, end=end),
            Block(kind="paragraph", start=end + 2, end=body),
            Block(kind="paragraph", start=body + 2, end=len(text)),
        ),
        publisher="=cmd|' /C calc'!A0" if number == 0 else f"Publisher {number % 3}",
        url="javascript:alert(3)" if number == 0 else f"https://news.example/{number}",
        author=f"Author {number % 2}", published=f"2016-{number % 12 + 1:02d}-10",
        published_basis="meta", language="en",
    )  # fmt: skip


def make_records(document, number):
    start = document.blocks[1].start
    spans = []
    for sentence in SENTENCES:
        at = document.text.index(sentence, start)
        spans.append((at, at + len(sentence)))
    day = document.published
    sides = (
        ("CONSULT", party("BLR.MFA", spans[0], "Ada Quill"), party("USA.MOD", spans[0])),
        ("CONSULT", party("BLR.MFA", spans[1]), party("USA.MFA", spans[1])),
        ("ACCUSE", party("RUS", spans[2]), party("BLR.MFA", spans[2])),
    )
    place = Place(name="Minsk", country="BLR", geonameid=625144, lat=53.9, lon=27.57)
    for n, (kind, source, target) in enumerate(sides):
        yield Event(
            id=record_id("e", document.id, n), doc=document.id, sentence=n + 1, span=spans[n],
            type=kind, domain="military" if n == 0 else "diplomatic", date=f"{day[:8]}{n + 1:02d}",
            date_precision="day", date_basis="text", source=(source,), target=(target,),
            channel=Channel(format="bilateral", pairing="MFA-MOD", symmetric=kind == "CONSULT"),
            place=place if n == 0 else None, confidence=0.5 + n / 10, rule=f"made/{kind.lower()}",
        )  # fmt: skip
    yield Forecast(
        id=record_id("f", document.id), doc=document.id, sentence=4, span=spans[3],
        gist="BLR.MFA is likely to meet USA.MOD soon", subject=(party("BLR", spans[3]),),
        object=(party("USA", spans[3]),), about=("BLR", "USA"), domain="military", direction="start",
        hedge=Hedge(likelihood="likely", scale="icd-203", low=0.55, high=0.8),
        horizon=Horizon(start=day, to=f"{int(day[:4]) + 1}{day[4:]}", basis="default"), rule="made",
    )  # fmt: skip


def coded(document):
    number = int(re.search(r"(\d+)", document.source)[1])
    first = document.blocks[0]
    records = tuple(make_records(document, number))
    spans = ((first.start, first.end), *(record.span for record in records))
    return Coded(
        document=DocumentRecord(
            id=document.id, source=document.source, title=document.title, language="en",
            publisher=document.publisher, published=document.published,
            characters=len(document.text), sentences=len(spans),
        ),
        text=document.text, sentences=spans, records=records,
    )  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A casebook that tests copy or only read."""
    folder = tmp_path_factory.mktemp("web") / "made.casebook"
    with Casebook.create(folder) as book:
        book.add(
            [make_document(n) for n in range(12)],
            code=lambda documents: (coded(document) for document in documents),
            coder_version="made", configuration="made", fold=fold,
        )  # fmt: skip
    return folder


@pytest.fixture(scope="session")
def rules():
    return Rules(port=PORT)


def open_client(folder, rules, **headers):
    return TestClient(
        app=build(folder, rules=rules, settings=Settings(web_seconds=30)),
        base_url=f"http://{HOST}",
        raise_server_exceptions=False,
    )


@pytest.fixture(scope="session")
def reader(made, rules):
    """A client with the Bearer token; it must not change the casebook."""
    with open_client(made, rules) as client:
        client.headers["Authorization"] = f"Bearer {rules.token}"
        yield client


@pytest.fixture(scope="session")
def stranger(made, rules):
    """A client without any secret."""
    with open_client(made, rules) as client:
        yield client


@pytest.fixture
def writer(made, rules, tmp_path):
    """A client with the Bearer token on a copy of the casebook."""
    folder = tmp_path / "copy.casebook"
    shutil.copytree(made, folder)
    with open_client(folder, rules) as client:
        client.headers["Authorization"] = f"Bearer {rules.token}"
        client.folder = folder
        yield client


@pytest.fixture(scope="session")
def ids(reader):
    """Ids of one of each."""
    events = reader.get("/api/v1/records").json()["records"]
    forecasts = reader.get("/api/v1/records?kind=forecast").json()["records"]
    met = next(e for e in events if e["type"] == "CONSULT" and e["place"])
    return {"event": met["id"], "document": met["doc"], "forecast": forecasts[0]["id"]}
