import pytest

from casebook.conftest import DAY, Clock, add, make_document
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.errors import InputError

TEXT = "BLR meets USA 2016-09-20. RUS meets CHN 2016-09-21. RUS blames NATO."


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def book(tmp_path, settings, clock):
    with Casebook.create(tmp_path / "b", settings, clock=clock) as opened:
        add(opened, [make_document(TEXT)])
        clock.now += DAY
        yield opened


def events(book, **selection):
    with book.view() as view:
        return view.records(**selection)


def test_a_rejected_record_is_left_out_until_it_is_undone(book, clock):
    first, second = events(book)
    judgement = book.judge(first.id, "reject", reviewer="ann", reason="never happened")
    assert events(book) == [second]
    assert events(book, as_of=clock.now - DAY) == [first, second]
    with book.view() as view:
        [found] = view.judgements()
        assert (found.reviewer, found.reason, found.judged) == ("ann", "never happened", first)
        with pytest.raises(InputError):
            view.record(first.id)
    book.undo(judgement, reviewer="ann")
    assert events(book) == [first, second]
    with pytest.raises(InputError):
        book.undo(judgement, reviewer="ann")
    assert verify(book.path) == []


def test_a_correction_changes_what_is_found(book):
    first, _ = events(book)
    change = {"domain": "economic", "date": "2016-10-01"}
    book.judge(first.id, "correct", corrections=change, reviewer="ann")
    assert [e.date for e in events(book, parties=["USA", "BLR"])] == ["2016-10-01"]
    with book.view() as view:
        table = view.events(domain="economic")
        assert table.column("judgement").to_pylist() == ["correct"]
        assert table.column("day_from").to_pylist()[0].isoformat() == "2016-10-01"
        assert view.events(domain="military").num_rows == 1
        assert view.record(first.id).domain == "economic"


def test_corrections_add_up_and_who_accepts_a_corrected_record_accepts_its_corrections(book):
    first, _ = events(book)

    def now():
        with book.view() as view:
            record = view.record(first.id)
        return record.domain, record.date

    book.judge(first.id, "correct", corrections={"domain": "economic"}, reviewer="ann")
    book.judge(first.id, "accept", reviewer="ben")
    assert now() == ("economic", first.date)
    book.judge(first.id, "correct", corrections={"date": "2016-10-01"}, reviewer="ben")
    assert now() == ("economic", "2016-10-01")
    last = book.judge(first.id, "correct", corrections={"domain": "energy"}, reviewer="ann")
    assert now() == ("energy", "2016-10-01")
    book.undo(last, reviewer="ann")
    assert now() == ("economic", "2016-10-01")
    assert len(events(book)) == 2
    assert verify(book.path) == []


def test_corrections_of_two_reviewers_go_over_to_a_new_coding(book, clock):
    first, second = events(book)
    book.judge(first.id, "correct", corrections={"type": "ACCUSE"}, reviewer="ann")
    book.judge(first.id, "correct", corrections={"domain": "economic"}, reviewer="ben")
    clock.now += DAY
    add(book, [make_document(TEXT)], version="2")
    found = [(e.type, e.domain, e.rule) for e in events(book)]
    assert found == [("ACCUSE", "economic", "test/2"), (second.type, second.domain, "test/2")]


def test_a_rejected_record_can_be_judged_again(book):
    first, second = events(book)
    book.judge(first.id, "correct", corrections={"domain": "economic"}, reviewer="ann")
    book.judge(first.id, "reject", reviewer="ben", reason="never happened")
    assert events(book) == [second]
    with book.view() as view:
        assert view.reviewed(first.id).domain == "economic"
        with pytest.raises(InputError):
            view.reviewed("none")
    book.judge(first.id, "accept", reviewer="cora")
    assert [e.domain for e in events(book)] == ["economic", second.domain]


def test_an_accepted_record_says_so_and_claims_are_judged_too(book):
    first, _ = events(book)
    book.judge(first.id, "accept", reviewer="ann")
    with book.view() as view:
        assert view.events().column("judgement").to_pylist() == ["accept", None]
        [claim] = view.claims()
    book.judge(claim.id, "correct", corrections={"gist": "it did"}, reviewer="bob")
    with book.view() as view:
        assert [c.gist for c in view.claims()] == ["it did"]
    book.judge(claim.id, "reject", reviewer="ann")
    with book.view() as view:
        assert view.claims() == []


def test_judgements_survive_a_new_coding(book, clock):
    first, second = events(book)
    book.judge(first.id, "reject", reviewer="ann")
    book.judge(second.id, "correct", corrections={"domain": "legal"}, reviewer="ann")
    clock.now += DAY
    add(book, [make_document(TEXT)], version="2")
    [only] = events(book)
    assert (only.rule, only.domain) == ("test/2", "legal")


def test_a_correction_whose_record_is_gone_stays(book, clock):
    _, second = events(book)
    book.judge(second.id, "correct", corrections={"domain": "legal"}, reviewer="ann")

    clock.now += DAY
    document = make_document(TEXT)

    def blind(documents):
        from casebook.conftest import make_coder
        from detente.model import Coded

        for coded in make_coder("2")(documents):
            yield Coded(document=coded.document, sentences=coded.sentences)

    book.add([document], code=blind, coder_version="2", configuration="cfg")
    assert [(e.id, e.domain) for e in events(book)] == [(second.id, "legal")]


@pytest.mark.parametrize(
    ("verdict", "corrections"),
    [
        ("correct", {}),
        ("accept", {"domain": "legal"}),
        ("correct", {"id": "e1"}),
        ("correct", {"nonsense": 1}),
        ("correct", {"domain": "nonsense"}),
        ("correct", {"span": "all"}),
    ],
)
def test_a_judgement_that_does_not_fit_is_refused(book, verdict, corrections):
    first, _ = events(book)
    with pytest.raises(InputError):
        book.judge(first.id, verdict, corrections=corrections, reviewer="ann")
    with pytest.raises(InputError):
        book.judge("e0", "accept", reviewer="ann")
    with book.view() as view:
        assert view.judgements() == []
