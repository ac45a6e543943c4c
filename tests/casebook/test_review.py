import msgspec
import pytest

from casebook.conftest import DAY, Clock, add, make_coder, make_document
from detente.casebook.book import Casebook
from detente.casebook.browser import Browser
from detente.casebook.verify import verify
from detente.errors import InputError
from detente.model import Event

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


def make_recoder(version, **changes):
    """Codes like the coder of the tests, with some fields of every event changed."""
    make = make_coder(version)

    def code(documents):
        for coded in make(documents):
            records = tuple(
                msgspec.structs.replace(one, **changes) if isinstance(one, Event) else one
                for one in coded.records
            )
            yield msgspec.structs.replace(coded, records=records)

    return code


def recode(book, version, **changes):
    book.add(
        [make_document(TEXT)],
        code=make_recoder(version, **changes),
        coder_version=version,
        configuration="cfg",
    )


def test_judgements_before_and_after_a_new_coding_count_as_one(book):
    first, second = events(book)
    book.judge(first.id, "correct", corrections={"domain": "economic"}, reviewer="ann")
    add(book, [make_document(TEXT)], version="2")
    new, _ = events(book)
    assert new.id != first.id
    last = book.judge(new.id, "correct", corrections={"date": "2016-10-01"}, reviewer="ben")
    assert [(e.domain, e.date) for e in events(book)] == [
        (second.domain, second.date),
        ("economic", "2016-10-01"),
    ]
    add(book, [make_document(TEXT)], version="3")
    newest = events(book)[1]
    assert (newest.rule, newest.domain, newest.date) == ("test/3", "economic", "2016-10-01")
    with book.view() as view:
        [found] = view.judgements()
        assert found.record == newest.id
    with Browser(book.path) as browser:
        assert [(one.reviewer, one.record) for one in browser.readings()] == [
            ("ann", newest.id),
            ("ben", newest.id),
        ]
    book.undo(last, reviewer="ben")
    assert [(e.domain, e.date) for e in events(book)] == [
        ("economic", first.date),
        (second.domain, second.date),
    ]
    assert verify(book.path) == []


def test_a_record_rejected_after_a_new_coding_counts_no_more(book):
    first, second = events(book)
    book.judge(first.id, "correct", corrections={"domain": "economic"}, reviewer="ann")
    recode(book, "2")
    book.judge(events(book)[0].id, "reject", reviewer="ben", reason="never happened")
    assert [e.sentence for e in events(book)] == [second.sentence]
    recode(book, "3")
    assert [e.sentence for e in events(book)] == [second.sentence]


def test_a_coder_that_learns_what_a_reviewer_said_does_not_double_it(book):
    first, _ = events(book)
    book.judge(first.id, "correct", corrections={"type": "ACCUSE"}, reviewer="ann")
    recode(book, "2", type="ACCUSE")
    assert [(e.sentence, e.type) for e in events(book)] == [(0, "ACCUSE"), (1, "ACCUSE")]


def test_what_was_accepted_stands_where_a_new_coding_gives_another_type(book):
    first, second = events(book)
    book.judge(first.id, "accept", reviewer="ann")
    book.judge(second.id, "reject", reviewer="ann", reason="they did not meet")
    recode(book, "2", type="AGREE")
    assert [(e.sentence, e.type) for e in events(book)] == [(0, "CONSULT"), (1, "AGREE")]
    recode(book, "3", type="CONSULT")
    assert [(e.sentence, e.type, e.rule) for e in events(book)] == [(0, "CONSULT", "test/3")]


def test_another_act_of_the_same_sentence_is_no_heir(book):
    def two(version, days):
        def code(documents):
            for coded in make_coder(version)(documents):
                one, *rest = (r for r in coded.records if isinstance(r, Event))
                acts = [msgspec.structs.replace(one, id=f"e-{day}", date=day) for day in days]
                yield msgspec.structs.replace(coded, records=(*acts, *rest))

        return code

    def coded(version, *days):
        book.add(
            [make_document(TEXT)], code=two(version, days), coder_version=version, configuration="c"
        )

    coded("a", "2016-09-01", "2016-09-02")
    book.judge("e-2016-09-01", "reject", reviewer="ann", reason="never happened")
    coded("b", "2016-09-02")
    assert [e.date for e in events(book)] == ["2016-09-02", "2016-09-21"]
