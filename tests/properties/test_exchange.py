"""Importers take any rows: good ones once, bad ones counted; what goes out comes in the same."""

import io
import tempfile
from pathlib import Path

import pytest
from exchange.conftest import MEETING, STATEMENT, tabbed
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import detente.api as dt
from detente.errors import InputError, ReadError
from detente.exchange import gdelt, icews

FEW = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
CELL = st.text(
    st.characters(blacklist_characters="\t\r\n", blacklist_categories=("Cs", "Cc")), max_size=8
)
DAY = st.sampled_from(["20160920", "19000101", "20160231", "x", "", "99991231", "20181231"])
NUMBER = st.sampled_from(["", "0", "53.9", "-91", "1e400", "nan", "x"])
GDELT_ROW = st.fixed_dictionaries(
    {
        "GLOBALEVENTID": st.integers(0, 5).map(str) | CELL,
        "SQLDATE": DAY,
        "Actor1CountryCode": st.sampled_from(["BLR", "USA", "EUR", ""]) | CELL,
        "Actor2CountryCode": st.sampled_from(["RUS", "LTU", ""]) | CELL,
        "EventCode": st.sampled_from(["040", "057", "1222", "190", "999", ""]) | CELL,
        "ActionGeo_Lat": NUMBER,
        "ActionGeo_Long": NUMBER,
        "AvgTone": NUMBER,
        "Actor1Name": CELL,
        "SOURCEURL": CELL,
    }
).map(lambda row: {**STATEMENT, **row})
ICEWS_ROW = st.fixed_dictionaries(
    {
        "Event ID": st.integers(0, 5).map(str) | CELL,
        "Event Date": st.sampled_from(["2016-09-20", "09/20/2016", "2016-02-31", "", "x"]),
        "Source Name": st.sampled_from(["Foreign Affairs (Belarus)", "Citizen (Poland)"]) | CELL,
        "Source Country": st.sampled_from(["Belarus", "Poland", "NA", ""]) | CELL,
        "Target Name": st.sampled_from(["Military (Latvia)", "Russia"]) | CELL,
        "CAMEO Code": st.sampled_from(["040", "112", "190", "x", ""]),
        "Latitude": NUMBER,
        "City": CELL,
    }
).map(lambda row: {**MEETING, **row})


def everything(folder):
    with dt.view(folder) as view:
        return view.events().drop_columns(["shard", "origin"]).to_pylist()


def out(folder, form):
    stream = io.BytesIO()
    dt.export_events(form, stream, casebook=folder)
    return stream.getvalue()


@pytest.mark.slow
@FEW
@given(
    form=st.sampled_from(["gdelt", "icews", "polecat", "plover"]),
    data=st.binary(max_size=300) | st.text("\t\n{}[]\"',:0123456789abcEvent ID", max_size=300).map(str.encode),
)  # fmt: skip
def test_any_bytes_are_counted_or_refused(form, data):
    with tempfile.TemporaryDirectory() as name:
        path, book = Path(name, "in"), Path(name, "b.casebook")
        path.write_bytes(data)
        try:
            report = dt.import_events(form, [path], casebook=book)
        except (InputError, ReadError):
            return
        assert report.rows == report.added + report.known + report.skipped
        assert dt.verify(book) == []


@pytest.mark.slow
@FEW
@given(
    case=st.tuples(st.just("gdelt"), st.lists(GDELT_ROW, min_size=1, max_size=6))
    | st.tuples(st.just("icews"), st.lists(ICEWS_ROW, min_size=1, max_size=6))
)
@example(case=("gdelt", [{**STATEMENT, "ActionGeo_Lat": "", "ActionGeo_Long": "nan"}]))
def test_good_rows_come_in_once_and_the_export_of_them_is_the_same(case):
    form, rows = case
    content = (
        tabbed(gdelt.V2, rows) if form == "gdelt" else tabbed(icews.COLUMNS, rows, header=True)
    )
    with tempfile.TemporaryDirectory() as name:
        path, book = Path(name, "in.csv"), Path(name, "b.casebook")
        path.write_bytes(content)
        report = dt.import_events(form, [path], casebook=book)
        assert report.rows == len(rows) == report.added + report.known + report.skipped
        before = everything(book)
        assert len(before) == report.added
        again = dt.import_events(form, [path], casebook=book)
        assert again.added == 0
        if not before:
            return
        second, copy = Path(name, "out.csv"), Path(name, "c.casebook")
        second.write_bytes(out(book, form))
        report = dt.import_events(form, [second], casebook=copy)
        assert (report.added, report.skipped) == (len(before), 0)
        assert everything(copy) == before
