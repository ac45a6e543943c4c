import gc

import msgspec
import pytest

from casebook.conftest import DAY, Clock, add, make_coder, make_document, numbered
from detente.casebook.book import AddReport, Casebook
from detente.casebook.verify import verify
from detente.cli.coding import summary
from detente.errors import CasebookError, MissingExtraError, PipelineError
from detente.model import Document, ErrorRecord, document_id


def counted(report):
    assert report.inputs == report.added + report.known + report.empty + report.quarantined
    return report


@pytest.fixture
def book(tmp_path, settings, clock):
    with Casebook.create(tmp_path / "b", settings, clock=clock) as opened:
        yield opened


def test_add_keeps_and_codes_documents(book):
    report = counted(add(book, numbered(10)))
    expected = AddReport(
        inputs=10, added=10, events=10, claims=10, forecasts=10, shards=3, seconds=report.seconds
    )
    assert report == expected
    assert verify(book.path) == []


def test_a_second_add_adds_nothing_and_leaves_every_file_as_it_was(book):
    add(book, numbered(10))
    before = {p: p.read_bytes() for p in book.path.rglob("*") if p.is_file()}
    report = counted(add(book, numbered(10)))
    assert report == AddReport(inputs=10, known=10, seconds=report.seconds)
    after = {p: p.read_bytes() for p in book.path.rglob("*") if p.is_file()}
    assert after == before


def test_the_same_text_from_two_sources_is_one_document_with_two_receipts(book):
    text = "BLR meets USA 2016-09-20."
    report = counted(
        add(
            book,
            [
                make_document(text, source="a.txt", publisher="A"),
                make_document(text, source="b.txt", publisher="B"),
                make_document(text, source="b.txt", publisher="B"),
            ],
        )
    )
    assert (report.added, report.known, report.receipts, report.events) == (1, 2, 1, 1)
    with book.view() as view:
        kept = view.document(document_id(text))
        assert [(r.source, r.publisher) for r in kept.receipts] == [("a.txt", "A"), ("b.txt", "B")]
        assert view.counts().documents == 1
    later = counted(add(book, [make_document(text, source="c.txt", publisher="C")]))
    assert (later.added, later.known, later.receipts) == (0, 1, 1)
    with book.view() as view:
        assert len(view.document(document_id(text)).receipts) == 3


def test_near_duplicates_are_kept_coded_and_grouped_over_runs(book):
    words = " ".join(f"word{n}" for n in range(60))
    first = make_document(f"BLR meets USA 2016-09-20. {words}.")
    second = make_document(f"BLR meets USA 2016-09-20. {words} and a tail.", source="b.txt")
    other = make_document("RUS meets CHN 2017-01-01.", source="c.txt")
    assert add(book, [first, other]).near_duplicates == 0
    report = add(book, [second])
    assert (report.added, report.near_duplicates, report.events) == (1, 1, 1)
    with book.view() as view:
        group = min(first.id, second.id)
        assert view.document(first.id).cluster == group
        assert view.document(second.id).cluster == group
        assert view.document(other.id).cluster == other.id
        assert view.counts().clusters == 2
        assert {row["id"]: row["cluster"] for row in view.documents().to_pylist()} == {
            first.id: group,
            second.id: group,
            other.id: other.id,
        }


def test_empty_unreadable_and_uncodable_inputs_are_counted_and_lose_no_neighbour(book):
    bad = ErrorRecord(source="x.pdf", error="encrypted", reason="needs a password")
    inputs = [
        make_document("BLR meets USA 2016-01-01."),
        make_document("POISON meets USA.", source="poison.txt"),
        bad,
        make_document("  \n ", source="blank.txt"),
        make_document("RUS meets USA 2016-01-02.", source="c.txt"),
        make_document("Minsk.", source="be.txt", language="be"),
    ]
    report = counted(add(book, inputs))
    assert (report.added, report.empty, report.quarantined) == (3, 1, 2)
    assert report.reasons == {"coding": 1, "encrypted": 1}
    assert (report.events, report.not_coded) == (2, 1)
    again = counted(add(book, inputs))
    assert (again.added, again.known, again.empty, again.quarantined) == (0, 3, 1, 2)
    with book.view() as view:
        assert view.counts().quarantined == 2
        assert view.counts().documents == 3
    assert verify(book.path) == []


def test_dates_that_could_not_be_read_are_counted_and_the_first_named(book):
    plain = list(numbered(4))
    undated = [
        msgspec.structs.replace(one, published=None, source=f"rows.csv#{n}", flags=(flag,))
        for n, (one, flag) in enumerate(
            zip(plain, ("controls_removed", "date_ambiguous", "date_future"), strict=False), 1
        )
    ]
    kept = msgspec.structs.replace(plain[3], flags=("date_unparsed",))  # its address has the date
    report = add(book, [*undated, kept])
    assert (report.added, report.undated) == (4, 2)
    assert report.first_undated == "rows.csv#2: the date may have the day or the month first"
    told = summary(report, "c.casebook")
    assert f"the date of 2 documents could not be read (the first: {report.first_undated})" in told
    assert add(book, [*undated, kept]).undated == 0


def test_a_missing_model_stops_the_run_instead_of_quarantining_everything(book):
    def code(documents):
        raise MissingExtraError("install the model")
        yield

    with pytest.raises(MissingExtraError):
        book.add(numbered(2), code=code, coder_version="1", configuration="c")
    assert add(book, numbered(2)).added == 2


def test_a_coder_that_skips_documents_is_refused(book):
    code = make_coder()
    with pytest.raises(PipelineError):
        book.add(
            numbered(3), code=lambda d: iter(list(code(d))[1:]), coder_version="1", configuration=""
        )


def test_a_document_whose_id_is_not_its_text_is_refused(book):
    wrong = Document(id=document_id("other"), source="x", text="text", blocks=())
    with pytest.raises(PipelineError):
        add(book, [wrong])


def test_a_new_coder_supersedes_and_the_old_answer_stays_askable(book, clock):
    add(book, numbered(6))
    then = clock.now
    clock.now += DAY
    report = counted(add(book, numbered(6), version="2"))
    assert (report.added, report.known, report.recoded, report.events) == (0, 6, 6, 6)
    with book.view() as view:
        assert {e.rule for e in view.records()} == {"test/2"}
        assert {e.rule for e in view.records(as_of=then)} == {"test/1"}
        assert {c.rule for c in view.claims(as_of=then)} == {"test/1"}
        assert len(view.records()) == len(view.records(as_of=then)) == 6
    clock.now += DAY
    assert add(book, numbered(6), version="1").recoded == 6
    with book.view() as view:
        assert {e.rule for e in view.records()} == {"test/1"}
        assert {e.rule for e in view.records(as_of=then + DAY)} == {"test/2"}
    assert verify(book.path) == []


def test_recoding_a_part_of_a_shard_supersedes_that_part_alone(book, clock):
    add(book, numbered(4))
    clock.now += DAY
    add(book, numbered(1), version="2")
    with book.view() as view:
        assert sorted(e.rule for e in view.records()) == ["test/1", "test/1", "test/1", "test/2"]


def test_recode_codes_the_kept_texts(book, clock):
    add(book, numbered(6))
    clock.now += DAY
    report = book.recode(code=make_coder("2"), coder_version="2", configuration="cfg")
    assert (report.recoded, report.receipts) == (6, 0)
    with book.view() as view:
        assert {e.rule for e in view.records()} == {"test/2"}


def test_a_clock_set_back_keeps_the_recorded_order(tmp_path, settings):
    clock = Clock()
    with Casebook.create(tmp_path / "b", settings, clock=clock) as book:
        add(book, numbered(2))
        first = clock.now
        clock.now -= 10 * DAY
        add(book, numbered(2, first=2))
        with book.view() as view:
            assert view.counts(as_of=first).documents == 4
            assert view.counts(as_of=clock.now).documents == 0
    assert verify(tmp_path / "b") == []


def test_progress_counts_inputs(book):
    seen = []
    add(book, numbered(10), progress=seen.append)
    assert seen == [4, 8, 10]


def test_long_runs_of_known_inputs_do_not_pile_up(book):
    add(book, numbered(3))
    many = (d for _ in range(60) for d in numbered(3))
    report = counted(add(book, many))
    assert (report.known, report.receipts) == (180, 0)
    gc.collect()


def test_create_refuses_a_folder_with_other_files(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(CasebookError, match="not empty"):
        Casebook.create(tmp_path)
    with pytest.raises(CasebookError, match="other files"):
        Casebook.open(tmp_path, create=True)
    with pytest.raises(CasebookError, match="no casebook"):
        Casebook.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_casebook_with_a_strange_name_works(tmp_path, settings):
    path = tmp_path / "it's [a] *book*? «ü»"
    with Casebook.create(path, settings) as book:
        add(book, numbered(2))
        with book.view() as view:
            assert len(view.records()) == 2
    assert verify(path) == []


def test_read_only_takes_no_lock_and_refuses_to_write(book, settings):
    add(book, numbered(2))
    with Casebook.open(book.path, settings, read_only=True) as reader:
        with reader.view() as view:
            assert len(view.records()) == 2
        with pytest.raises(CasebookError, match="not open for writing"):
            add(reader, numbered(1))
