"""What is found by key is what the files say: each question is asked of both, and compared."""

from __future__ import annotations

import random
from datetime import date

import pytest

from detente.casebook import derived
from detente.casebook.book import Casebook
from detente.casebook.browser import Browser
from detente.casebook.keys import COLUMNS
from detente.model import (
    Actor,
    Block,
    Channel,
    Coded,
    Document,
    DocumentRecord,
    Event,
    document_id,
    record_id,
)

CODES = ("BLR", "BLR.MFA", "BLR.MFA/ada-quill", "USA", "USA.MOD", "RUS", "POL.MFA", "NATO", "")
DAYS = ("2016-01-05", "2016-01-06", "2016-02-01", "2017-03-09", None)


def coded(number, version):
    chosen = random.Random(number)
    text = f"Report {number}\n\n" + " ".join(f"Sentence {number} {n}." for n in range(4))
    name, published = document_id(text), chosen.choice(("2016-03-01", "2016-04-01", None))
    head = {"title": f"Report {number}", "publisher": f"P{number % 3}", "published": published}

    def actor(code):
        country, _, rest = code.partition(".")
        institution = rest.partition("/")[0] or None
        return Actor(
            code=code, country=country, institution=institution, surface=code, span=(0, 1), how="x"
        )

    records = []
    for n in range(4):
        kind = chosen.choice(("CONSULT", "ACCUSE", "AGREE"))
        source = tuple(actor(c) for c in chosen.sample(CODES, chosen.randint(1, 2)))
        target = tuple(actor(c) for c in chosen.sample(CODES, chosen.randint(0, 2)))
        day = chosen.choice(DAYS)
        records.append(
            Event(
                id=record_id("e", name, n), doc=name, sentence=n, span=(n, n + 5), type=kind,
                domain=chosen.choice(("military", "energy")),
                status=chosen.choice(("actual", "actual", "planned")), date=day,
                date_precision="month" if day == "2016-02-01" else "day" if day else None,
                date_basis="text", source=source, target=target,
                channel=Channel(symmetric=kind != "ACCUSE"), confidence=chosen.choice((0.5, 0.7)),
                rule=f"made/{version}",
            )
        )  # fmt: skip
    document = Document(
        id=name, source=f"made/{number}.txt", text=text, language="en",
        blocks=(Block(kind="headline", start=0, end=8),), **head,
    )  # fmt: skip
    line = DocumentRecord(
        id=name, source=document.source, characters=len(text), sentences=4, **head
    )
    spans = tuple((n, n + 5) for n in range(4))
    return document, Coded(document=line, text=text, sentences=spans, records=tuple(records))


def fold(events):
    """Everything of one type on one day is one incident."""
    groups = {}
    for event in sorted(events, key=lambda e: e.id):
        groups.setdefault((event.type, event.status, event.date), event.id)
    return {e.id: f"i{groups[e.type, e.status, e.date]}" for e in events}


def add(book, numbers, version="1"):
    both = [coded(number, version) for number in numbers]
    made = {document.id: item for document, item in both}
    book.add(
        [document for document, _ in both], code=lambda found: (made[d.id] for d in found), coder_version=version,
        configuration="x", fold=fold,
    )  # fmt: skip


def answers(view):
    """Return what every keyed question says, in a form that compares."""
    selections = [
        {},
        {"parties": ["BLR"]},
        {"parties": ["BLR.MFA"]},
        {"parties": ["BLR.MFA/ada-quill"]},
        {"parties": ["BLR", "USA"]},
        {"parties": ["USA", "POL.MFA"]},
        {"parties": ["NATO", "RUS"], "type": "CONSULT"},
        {"parties": ["RUS"], "status": "planned", "domain": "energy"},
        {"since": date(2016, 1, 6), "until": date(2016, 2, 15)},
        {"parties": ["USA"], "since": date(2016, 2, 20)},
    ]
    found = {"pages": [], "told": []}
    for chosen in selections:
        whole = view.page(**chosen, limit=500)
        assert [e.id for e in view.page(**chosen, limit=3, offset=2)] == [e.id for e in whole[2:5]]
        found["pages"].append(whole)
        table = view.events(**chosen).to_pylist()
        assert {row["id"]: row["incident"] for row in table} == {e.id: e.incident for e in whole}
    everything = found["pages"][0]
    for event in everything[:40]:
        told = view.told([event.incident], since=date(2016, 1, 1))
        found["told"].append(sorted(told, key=lambda e: e.id))
    found["records"] = [view.record(event.id) for event in everything]
    found["documents"] = [view.records_of(doc) for doc in sorted({e.doc for e in everything})]
    found["pairs"] = view.pairs()
    found["unjudged"] = [view.unjudged(limit=7, offset=at) for at in (0, 5, 500)]
    found["publishers"], found["reading"] = view.publishers(), view.reading()
    narrow = (selection for selection in selections if len(selection.get("parties", ())) == 2)
    found["relations"] = [
        view.event_columns(COLUMNS, parties=chosen["parties"], since=since, until=until).to_pylist()
        for chosen in narrow
        for since, until in ((None, None), (date(2016, 1, 6), date(2016, 2, 15)))
    ]
    found["last"] = [view.stamp(pair) for pair in (("BLR", "USA"), ("RUS",), ("FRA", "RUS"))]
    return found


@pytest.fixture
def casebook(tmp_path, settings, clock):
    path = tmp_path / "keys.casebook"
    with Casebook.create(path, settings, clock=clock) as book:
        add(book, range(12))
    return path


def review(path, settings, clock):
    with Casebook.open(path, settings, clock=clock) as book:
        with book.view() as view:
            events = sorted(view.records(), key=lambda e: e.id)
        book.judge(events[0].id, "reject", reviewer="Ada")
        book.judge(events[1].id, "accept", reviewer="Ada")
        book.judge(events[2].id, "correct", reviewer="Ada", corrections={"date": "2016-01-06"})
        book.judge(events[3].id, "correct", reviewer="Ada", corrections={"incident": "i123"})
        book.judge(events[4].id, "correct", reviewer="Ada", corrections={"type": "ACCUSE"})
        book.judge(events[-1].id, "correct", reviewer="Ada", corrections={"domain": "energy"})


def compare(path, monkeypatch):
    with Browser(path) as view:
        keyed = answers(view)
        assert view.snapshot().keyed is not None
    with monkeypatch.context() as patch:
        patch.setattr("detente.casebook.snapshot.Snapshot._open_keys", lambda self: None)
        with Browser(path) as view:
            assert view.snapshot().keyed is None
            filed = answers(view)
    for name, found in keyed.items():
        assert found == filed[name], name


@pytest.mark.parametrize("reviewed", [False, True])
@pytest.mark.parametrize("tail", ["none", "new", "recoded"])
def test_keys_say_what_the_files_say(
    casebook, settings, clock, monkeypatch, reviewed, tail
):  # fmt: skip
    monkeypatch.setattr(derived, "LARGE", 0)
    monkeypatch.setattr(derived, "NEW_SHARE", 10)
    with Casebook.open(casebook, settings, clock=clock) as book:
        if tail == "new":
            add(book, range(12, 18))
        if tail == "recoded":
            add(book, range(4), version="2")
    if reviewed:
        review(casebook, settings, clock)
    compare(casebook, monkeypatch)
