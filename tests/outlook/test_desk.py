import pytest

from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.errors import CasebookError, InputError
from detente.model import (
    Actor,
    Block,
    Coded,
    Document,
    DocumentRecord,
    Event,
    Forecast,
    Hedge,
    Horizon,
    document_id,
    record_id,
)
from detente.outlook import desk
from detente.outlook.records import Outlook


def document(text, published):
    return Document(
        id=document_id(text),
        source=f"{published}.txt",
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text)),),
        author="A. Writer",
        publisher="The Note",
        published=published,
        language="en",
    )


def actor(code):
    return (Actor(code=code, country=code[:3]),)


def code(documents):
    """Codes "meet DAY" as a meeting and "talks will resume" as a forecast."""
    for one in documents:
        records = []
        common = {"doc": one.id, "sentence": 0, "span": (0, len(one.text)), "rule": "test"}
        if one.text.startswith("meet"):
            records.append(
                Event(
                    id=record_id("e", one.id),
                    type="CONSULT",
                    date=one.text.split()[1],
                    source=actor("NOR"),
                    target=actor("ISL"),
                    **common,
                )
            )
        else:
            records.append(
                Forecast(
                    id=record_id("f", one.id),
                    gist=one.text,
                    subject=actor("NOR"),
                    object=actor("ISL"),
                    about=("NOR", "ISL"),
                    direction="resume" if "resume" in one.text else "none",
                    hedge=Hedge(likelihood="likely", scale="icd-203", low=0.55, high=0.8),
                    horizon=Horizon(start=one.published, to="2020-08-28"),
                    **common,
                )
            )
        yield Coded(
            document=DocumentRecord(id=one.id, source=one.source),
            text=one.text,
            sentences=((0, len(one.text)),),
            records=tuple(records),
        )


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "north.casebook"
    documents = [
        document("talks will likely resume", "2020-03-01"),
        document("nothing in particular is likely", "2020-03-02"),
        document("meet 2020-02-10", "2020-02-11"),
        document("meet 2020-07-10", "2020-07-11"),
        document("meet 2020-12-01", "2020-12-02"),
    ]
    with Casebook.create(path) as casebook:
        casebook.add(documents, code=code, coder_version="1", configuration="c")
    return path


def test_a_forecast_goes_from_text_to_score(book):
    made, refused = desk.operationalise(book)
    assert [(v.query.threshold, v.query.lookback) for v in made] == [(1, 19)]
    assert [r.reason.split(":")[0] for r in refused] == ["direction"]
    assert desk.operationalise(book)[0] == ()

    (early,) = desk.resolve(book, as_of="2020-06-01")
    assert early.outcome == "open"
    (late,) = desk.resolve(book, as_of="2020-12-31")
    assert (late.outcome, len(late.incidents)) == ("yes", 1)

    whole = desk.score(book)[0]
    assert (whole.forecasts, whole.scored) == (2, 1)
    assert whole.brier == pytest.approx((0.675 - 1) ** 2)
    assert {s.name for s in desk.score(book)} == {"all", "A. Writer", "The Note", "likely"}
    assert verify(book) == []


def test_an_accepted_query_is_asked_and_a_new_outcome_revises(book):
    desk.operationalise(book)
    (case, *_) = desk.load(book).cases.values()
    name = case.outlook.id
    desk.resolve(book, as_of="2020-12-31")
    query = case.version.query
    changed = desk.accept(
        book, name, query=type(query)(types=("SANCTION",), parties=("NOR", "ISL"),
                                      first="2020-03-01", deadline="2020-08-28")
    )  # fmt: skip
    assert (changed.number, changed.basis) == (2, "edited")
    (found,) = desk.resolve(book, as_of="2020-12-31")
    assert (found.outcome, found.revises) == ("no", 1)
    assert [r.outcome for r in desk.load(book).cases[name].resolutions] == ["yes", "no"]


def test_a_forecast_written_by_hand_goes_in_once(book):
    hand = desk.by_hand(
        Outlook(id="", text="Norway and Iceland will quarrel", issued="2020-03-05", probability=0.2)
    )
    assert desk.add(book, [hand]) == (hand,)
    assert desk.add(book, [hand]) == ()
    assert desk.load(book).cases[hand.id].outlook == hand
    with pytest.raises(InputError, match="probability"):
        desk.add(book, [Outlook(id="f2", text="x", issued="2020-01-01", probability=2)])


def test_a_missing_casebook_is_named(tmp_path):
    with pytest.raises(CasebookError, match="there is no casebook"):
        desk.load(tmp_path / "none.casebook")
