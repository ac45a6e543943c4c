from datetime import date

import pytest

from casebook.conftest import Clock, add, make_document
from detente.casebook.book import Casebook
from detente.casebook.columns import days
from detente.casebook.view import View
from detente.coding.incidents import fold
from detente.errors import CasebookError, InputError
from detente.model import document_id
from detente.settings import Settings

TEXTS = [
    "BLR/MFA meets USA/MOD 2016-09-20. RUS blames NATO. NATO expects BLR to stay.",
    "USA meets BLR 2016-10-20.",
    "RUS meets BLR 2015-01-01. CHN meets USA 2016-10-01.",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("view") / "b"
    with Casebook.create(folder, Settings(shard_documents=2), clock=Clock()) as book:
        add(book, [make_document(t, source=f"{n}.txt") for n, t in enumerate(TEXTS)])
    return folder


@pytest.fixture
def view(path):
    with View(path) as opened:
        yield opened


def found(view, **selection):
    return [(e.source[0].code, e.target[0].code, e.date) for e in view.records(**selection)]


FIRST, SECOND = ("BLR.MFA", "USA.MOD", "2016-09-20"), ("USA", "BLR", "2016-10-20")
RUSSIA, CHINA = ("RUS", "BLR", "2015-01-01"), ("CHN", "USA", "2016-10-01")


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({}, [RUSSIA, FIRST, CHINA, SECOND]),
        ({"parties": ["BLR", "USA"]}, [FIRST, SECOND]),
        ({"parties": ["USA", "BLR"]}, [FIRST, SECOND]),
        ({"parties": ["BLR"]}, [RUSSIA, FIRST, SECOND]),
        ({"parties": ["BLR.MFA"]}, [FIRST]),
        ({"parties": ["BLR.MFA", "USA"]}, [FIRST]),
        ({"parties": ["BLR.MFA", "USA.MFA"]}, []),
        ({"parties": ["BLR", "USA"], "since": date(2016, 10, 1)}, [SECOND]),
        ({"until": date(2016, 9, 20)}, [RUSSIA, FIRST]),
        ({"domain": "economic"}, []),
        ({"status": "actual", "type": "CONSULT", "parties": ["CHN"]}, [CHINA]),
        ({"parties": ["'; DROP TABLE events; --"]}, []),
    ],
)
def test_events_are_selected(view, selection, expected):
    assert found(view, **selection) == expected


def test_without_the_sorted_copy_the_answers_are_the_same(path, view, tmp_path):
    import shutil

    copy = tmp_path / "b"
    shutil.copytree(path, copy)
    shutil.rmtree(copy / "derived")
    (copy / "derived").mkdir()
    with View(copy) as bare:
        for parties in ([], ["BLR"], ["BLR", "USA"], ["USA", "CHN"]):
            one, other = view.events(parties=parties), bare.events(parties=parties)
            assert one.column_names == other.column_names
            assert one.to_pylist() == other.to_pylist()


def test_more_than_two_parties_are_refused(view):
    for parties in ("BLR", ["A", "B", "C"]):
        with pytest.raises(InputError):
            view.events(parties=parties)


def test_claims_forecasts_and_records_by_id(view):
    [claim] = view.claims(parties=["NATO", "RUS"])
    assert (claim.kind, claim.gist) == ("cause", "blame")
    assert view.claims(kind="intent") == view.claims(parties=["USA"]) == []
    [forecast] = view.forecasts(parties=["BLR"])
    assert forecast.hedge.likelihood == "likely"
    for record in (claim, forecast, view.records()[0]):
        assert view.record(record.id).id == record.id
    with pytest.raises(InputError):
        view.record("e0")


def test_sentences_and_documents(view):
    doc = document_id(TEXTS[0])
    sentence = view.sentence(doc, 1)
    assert sentence.text.strip() == "RUS blames NATO."
    assert sentence.before == "BLR/MFA meets USA/MOD 2016-09-20."
    assert sentence.after.strip() == "NATO expects BLR to stay."
    for bad in (-1, 99):
        with pytest.raises(InputError):
            view.sentence(doc, bad)
    with pytest.raises(InputError):
        view.document("sha256:0")
    assert view.document(doc).document.text == TEXTS[0]
    assert view.documents().column("source").to_pylist() == ["0.txt", "1.txt", "2.txt"]


@pytest.mark.parametrize(
    "query", ['"', "NEAR(", "*", "title:x", "a AND", "(", "^", "-", "'", "\x00", "x" * 10_000, "{}"]
)
def test_no_search_text_is_syntax(view, query):
    assert view.search(query) == []


def test_search_finds_all_words_and_shows_them(view):
    [hit] = view.search("expects stay")
    assert hit.document == document_id(TEXTS[0])
    assert "\x02expects\x03" in hit.snippet
    assert len(view.search("meets", limit=2)) == 2
    assert view.search("") == []
    with pytest.raises(InputError):
        view.search("meets", limit=0)


def test_counts(view):
    counts = view.counts()
    assert (counts.documents, counts.events, counts.incidents, counts.claims, counts.forecasts) == (
        3, 4, 4, 1, 1,
    )  # fmt: skip


def test_incidents_fold_across_documents_and_over_runs(tmp_path):
    clock = Clock()
    with Casebook.create(tmp_path / "b", clock=clock) as book:
        add(book, [make_document("BLR meets USA 2016-09-20.")], fold=fold)
        then = clock.now
        clock.now = then.replace(year=2027)
        again = make_document("Late news of the day. BLR meets USA 2016-09-20.", source="b.txt")
        add(book, [again], fold=fold)
        with book.view() as view:
            assert len({e.incident for e in view.records()}) == 1
            assert len(view.records()) == 2
            assert len(view.records(as_of=then)) == 1
            assert view.counts().incidents == 1


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2016-09-20", None, "day", (date(2016, 9, 20), date(2016, 9, 20))),
        ("2016-09-01", None, "month", (date(2016, 9, 1), date(2016, 9, 30))),
        ("2016-12-01", None, "month", (date(2016, 12, 1), date(2016, 12, 31))),
        ("2015-01-01", None, "year", (date(2015, 1, 1), date(2015, 12, 31))),
        ("2016-09-01", "2016-09-14", "vague", (date(2016, 9, 1), date(2016, 9, 14))),
        ("2016-02-31", None, "day", (None, None)),
        ("9999-12-01", None, "month", (date(9999, 12, 1), date(9999, 12, 1))),
        (None, None, None, (None, None)),
    ],
)
def test_days_that_a_date_may_mean(start, end, precision, expected):
    assert days(start, end, precision) == expected


def test_there_must_be_a_casebook(tmp_path):
    with pytest.raises(CasebookError, match="no casebook"):
        View(tmp_path)
