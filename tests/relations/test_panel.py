"""The index of all pairs is that of each pair alone."""

import pytest

import detente.api as dt
from detente.casebook import pairs
from detente.casebook.book import Casebook
from detente.errors import InputError
from detente.model import Actor, Coded, Document, DocumentRecord, Event, document_id

HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
)


def line(number, day, source, target, code, story):
    return (
        f"{number}\t{day}\t{source}\tNA\t{source}\tx\t{code}\tNA\t{target}\tNA\t{target}\t{story}\t"
        "1\tExample Weekly\tNA\tNA\tNA\tNA\tNA\tNA\n"
    )


@pytest.fixture
def casebook(tmp_path):
    events = tmp_path / "events.tab"
    events.write_text(
        HEAD
        + line(1, "2018-01-03", "Norway", "Iceland", "040", 7)
        + line(2, "2018-01-03", "Iceland", "Norway", "040", 7)
        + line(3, "2018-01-09", "Norway", "Iceland", "112", 8)
        + line(4, "2018-02-01", "Iceland", "Norway", "057", 9)
        + line(5, "2018-02-01", "Sweden", "Finland", "163", 9)
        + line(6, "2018-02-01", "Sweden", "Sweden", "010", 9),
        encoding="utf-8",
    )
    folder = tmp_path / "north.casebook"
    dt.import_events("icews", [events], casebook=folder)
    return folder


def test_each_pair_has_the_numbers_of_its_own_index(casebook):
    whole = dt.panel(casebook=casebook).to_pylist()
    assert [(row["party_a"], row["party_b"], row["incidents"], row["mentions"]) for row in whole] == [
        ("FIN", "SWE", 1, 1), ("ISL", "NOR", 2, 3), ("ISL", "NOR", 1, 1),
    ]  # fmt: skip
    for a, b in (("FIN", "SWE"), ("ISL", "NOR")):
        bins = [one for one in dt.index(a, b, casebook=casebook).bins if one.incidents]
        mine = [row for row in whole if row["party_a"] == a]
        assert [(row["start"], row["incidents"], row["index"]) for row in mine] == [
            (one.start, one.incidents, one.index) for one in bins
        ]


@pytest.mark.parametrize("part", [pairs._PART, 1])
def test_a_meeting_counts_once_however_often_it_is_told(tmp_path, monkeypatch, part):
    monkeypatch.setattr(pairs, "_PART", part)
    events = tmp_path / "events.tab"
    lines = [
        *(line(n, "2018-01-03", "Norway", "Iceland", "042", 7) for n in (1, 2)),
        line(3, "2018-01-03", "Iceland", "Norway", "043", 7),
        *(line(n, "2018-01-09", "Norway", "Iceland", "112", 8) for n in (4, 5)),
        line(6, "2018-02-03", "Norway", "Iceland", "042", 7),
        line(7, "2018-01-04", "Norway", "Sweden", "042", 7),
    ]
    events.write_text(HEAD + "".join(lines), encoding="utf-8")
    dt.import_events("icews", [events], casebook=tmp_path / "c.casebook")
    found = dt.panel(casebook=tmp_path / "c.casebook").to_pylist()
    assert [(row["party_b"], row["start"].month, row["incidents"], row["mentions"]) for row in found] == [
        ("NOR", 1, 3, 5), ("NOR", 2, 1, 1), ("SWE", 1, 1, 1),
    ]  # fmt: skip


def test_how_many_incidents_are_imported_stands_in_each_row(casebook, tmp_path):
    assert {(r["incidents"], r["imported"]) for r in dt.panel(casebook=casebook).to_pylist()} == {
        (1, 1), (2, 2),
    }  # fmt: skip
    with Casebook.open(casebook) as book:
        text = "On 3 January 2018 Norway met Iceland."
        document = Document(
            id=document_id(text), source="n.txt", text=text, blocks=(), language="en"
        )
        told = Event(
            id="e-1", doc=document.id, sentence=0, span=(0, len(text)), type="CONSULT",
            date="2018-01-03", date_precision="day", source=(Actor(code="NOR", country="NOR"),),
            target=(Actor(code="ISL", country="ISL"),), rule="made",
        )  # fmt: skip
        made = Coded(
            document=DocumentRecord(id=document.id, source="n.txt", language="en"),
            text=text, sentences=((0, len(text)),), records=(told,),
        )  # fmt: skip
        book.add([document], code=lambda _: [made], coder_version="1", configuration="1")
    rows = {(r["party_a"], r["start"].month): r for r in dt.panel(casebook=casebook).to_pylist()}
    assert [rows["ISL", 1][name] for name in ("incidents", "imported")] == [3, 2]
    shares, _ = dt.agenda("NOR", "ISL", casebook=casebook)
    assert [(one.incidents, one.imported) for one in shares] == [(4, 3)]
    (pair,), _ = dt.channels("NOR", "ISL", casebook=casebook)
    assert (pair.contacts, pair.imported) == (3, 2)
    shifts = dt.shifts("NOR", "ISL", casebook=casebook)
    assert (shifts.incidents, shifts.imported) == (4, 3)


def test_narrowed_and_refused(casebook):
    assert dt.panel(casebook=casebook, since="2018-02-01").num_rows == 2
    assert dt.panel(casebook=casebook, by="year").num_rows == 2
    assert dt.panel(casebook=casebook, imported=False).num_rows == 0
    with pytest.raises(InputError, match="two months"):
        dt.panel(casebook=casebook, by="two months")


def test_every_answer_is_an_arrow_table(casebook):
    pair = {"casebook": casebook}
    assert dt.table(dt.index("NOR", "ISL", **pair)).column("incidents").to_pylist() == [2, 1]
    assert dt.table(dt.agenda("NOR", "ISL", **pair)).num_rows == 1
    assert dt.table(dt.shifts("NOR", "ISL", **pair)).num_rows == 0
    both = dt.table(dt.compare("NOR", ["ISL", "SWE"], **pair))
    assert set(both.column("other").to_pylist()) == {"ISL", "SWE"}


def test_frames_ask_for_polars_where_it_is_not_there(casebook):
    try:
        import polars
    except ImportError:
        with pytest.raises(InputError, match="pip install polars"):
            dt.frame(dt.panel(casebook=casebook))
    else:
        assert isinstance(dt.frame(dt.panel(casebook=casebook)), polars.DataFrame)
