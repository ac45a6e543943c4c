"""Events go out as they came in, and what comes in again is the same."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import detente.api as dt
from detente.errors import InputError
from detente.exchange import exporting, gdelt, icews
from detente.exchange.exporting import _csv_line
from detente.exchange.lines import spreadsheet_safe, without_apostrophe
from exchange.conftest import MEETING, STATEMENT, tabbed, write

BLAME = {
    **MEETING, "Event ID": "900009", "CAMEO Code": "112", "Event Text": "Accuse",
    "Target Name": "Russia", "Target Country": "Russian Federation", "Target Sectors": "NA",
    "Publisher": "=cmd()",
}  # fmt: skip


@pytest.fixture
def casebook(tmp_path):
    folder = tmp_path / "test.casebook"
    meetings = write(tmp_path, "in.tab", tabbed(icews.COLUMNS, [MEETING, BLAME], header=True))
    day = write(tmp_path, "in.csv", tabbed(gdelt.V2, [STATEMENT]))
    assert dt.import_events("icews", [meetings], casebook=folder).added == 2
    assert dt.import_events("gdelt", [day], casebook=folder).added == 1
    return folder


def exported(casebook, form, **options):
    out = io.BytesIO()
    dt.export_events(form, out, casebook=casebook, **options)
    return out.getvalue()


def events(folder, drop=("shard", "origin")):
    with dt.view(folder) as view:
        rows = view.events().to_pylist()
    return [{name: value for name, value in row.items() if name not in drop} for row in rows]


def test_icews_goes_out_as_it_came_in(casebook, tmp_path):
    text = exported(casebook, "icews", parties=["LVA"])
    assert text == tabbed(icews.COLUMNS, [MEETING], header=True)


def test_gdelt_goes_out_as_it_came_in(casebook):
    assert exported(casebook, "gdelt", parties=["ROU"]) == tabbed(gdelt.V2, [STATEMENT])


def test_the_first_gdelt_goes_out_without_what_it_lacks(tmp_path):
    day = write(tmp_path, "v1.csv", tabbed(gdelt.V1, [STATEMENT]))
    dt.import_events("gdelt", [day], casebook=tmp_path / "v1.casebook")
    lacks = {name: "" for name in gdelt.V2 if name not in gdelt.V1}
    wanted = tabbed(gdelt.V2, [{**STATEMENT, **lacks}])
    assert exported(tmp_path / "v1.casebook", "gdelt") == wanted


@pytest.mark.parametrize(
    ("form", "rows"), [("gdelt", 1), ("icews", 1), ("polecat", 1), ("plover", 2)]
)
def test_what_did_not_take_place_goes_where_it_can_be_told(tmp_path, form, rows):
    """A signing that was denied is no event to GDELT; PLOVER's comment tells its status."""
    path = write(
        tmp_path, "day.csv", tabbed(gdelt.V2, [STATEMENT, {**STATEMENT, "GLOBALEVENTID": "9"}])
    )
    dt.import_events("gdelt", [path], casebook=tmp_path / "some.casebook")
    with dt.view(tmp_path / "some.casebook") as view:
        table = view.events()
    status = pa.array(["negated", "actual"])
    table = table.set_column(table.column_names.index("status"), "status", status)
    out, told = io.BytesIO(), []
    assert exporting.export(table, form, out, omitted=told.append) == rows
    assert told == ([] if rows == 2 else [1])


@pytest.mark.parametrize("form", ["gdelt", "icews", "polecat"])
def test_each_pair_of_parties_has_a_row_that_comes_in_again(tmp_path, form):
    path = write(tmp_path, "day.csv", tabbed(gdelt.V2, [STATEMENT]))
    dt.import_events("gdelt", [path], casebook=tmp_path / "one.casebook")
    with dt.view(tmp_path / "one.casebook") as view:
        table = view.events()
    columns = {f"target_{name}": [value, value] for name, value in (
        ("codes", "LVA"), ("countries", "LVA"), ("institutions", None), ("persons", None))}  # fmt: skip
    columns |= {"origin": "coded", "id": "e1", "doc": "sha256:1"}
    for name, value in columns.items():
        field = table.schema.field(name)
        table = table.set_column(
            table.column_names.index(name), name, pa.array([value], field.type)
        )
    out = io.BytesIO()
    assert exporting.export(table, form, out) == 2
    again = write(tmp_path, "again", out.getvalue())
    report = dt.import_events(form, [again], casebook=tmp_path / "two.casebook")
    assert (report.added, report.known) == (2, 0)


@pytest.mark.parametrize("form", ["gdelt", "icews", "polecat", "plover"])
def test_what_has_no_date_goes_where_it_may_have_none(tmp_path, form):
    path = write(tmp_path, "day.csv", tabbed(gdelt.V2, [STATEMENT]))
    dt.import_events("gdelt", [path], casebook=tmp_path / "some.casebook")
    with dt.view(tmp_path / "some.casebook") as view:
        table = view.events()
    undated = pa.nulls(1, table.schema.field("date").type)
    table = table.set_column(table.column_names.index("date"), "date", undated)
    told = []
    assert exporting.export(table, form, io.BytesIO(), omitted=told.append) == 0
    assert told == [1]
    assert exporting.export(table, "csv", io.BytesIO(), omitted=told.append) == 1


def test_gdelt_and_icews_come_in_again_the_same(casebook, tmp_path):
    for form, party in (("icews", "LVA"), ("gdelt", "ROU")):
        path = write(tmp_path, f"{form}.out", exported(casebook, form, parties=[party]))
        again = tmp_path / f"{form}.casebook"
        dt.import_events(form, [path], casebook=again)
        with dt.view(casebook) as view:
            wanted = view.events(parties=[party]).drop_columns(["shard"]).to_pylist()
        assert events(again, drop=("shard",)) == wanted


def test_ids_with_colons_come_in_and_go_out_whole(tmp_path):
    meeting = {**MEETING, "Event ID": "tkg:2014:0:16:7:0"}
    text = tabbed(icews.COLUMNS, [meeting], header=True)
    folder = tmp_path / "colons.casebook"
    assert dt.import_events("icews", [write(tmp_path, "in.tab", text)], casebook=folder).added == 1
    assert exported(folder, "icews") == text


def test_an_event_of_another_format_goes_out_too(casebook, tmp_path):
    path = write(tmp_path, "all.csv", exported(casebook, "gdelt"))
    again = tmp_path / "again.casebook"
    assert dt.import_events("gdelt", [path], casebook=again).added == 3
    keys = ("type", "cameo", "date", "source_codes", "target_codes", "place_country", "lat")
    before = sorted(str([row[key] for key in keys]) for row in events(casebook))
    after = sorted(str([row[key] for key in keys]) for row in events(again))
    # GDELT has one code for the whole government.
    assert [text.replace(".MFA", ".GOV") for text in before] == after


@pytest.mark.parametrize("form", ["plover", "polecat"])
def test_what_the_format_has_no_type_for_is_left_out_and_told(tmp_path, form):
    statement = {**STATEMENT, "GLOBALEVENTID": "77", "EventCode": "010", "EventBaseCode": "010",
                 "EventRootCode": "01"}  # fmt: skip
    path = write(tmp_path, "day.csv", tabbed(gdelt.V2, [STATEMENT, statement]))
    folder, out, told = tmp_path / "typeless.casebook", tmp_path / "out", []
    assert dt.import_events("gdelt", [path], casebook=folder).added == 2
    assert dt.export_events(form, out, casebook=folder, omitted=told.append) == 1
    assert told == [1]
    report = dt.import_events(form, [out], casebook=tmp_path / "again.casebook")
    assert (report.added, report.skipped) == (1, 0)


def test_csv_defuses_formulas(casebook):
    rows = list(csv.DictReader(io.StringIO(exported(casebook, "csv").decode())))
    assert len(rows) == 3
    assert {row["publisher"] for row in rows} == {"Example Weekly", "'=cmd()", "example.org"}
    assert {row["source_codes"] for row in rows} == {"BLR.MFA", "BLR.GOV"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\0", "'=", "''@"])
def test_k106_every_sign_that_starts_a_formula_gets_an_apostrophe(sign):
    text = f"{sign}cmd|' /C calc'!A0"
    assert spreadsheet_safe(text) == f"'{text}"
    assert without_apostrophe(spreadsheet_safe(text)) == text


@pytest.mark.parametrize("text", ["", "a=b", " =1", "'quoted'", "5", "BLR.MFA"])
def test_k106_other_text_and_numbers_stay_as_they_are(text):
    assert spreadsheet_safe(text) == text
    assert without_apostrophe(text) == text
    assert _csv_line([-3.5, 12, None, "-3.5"]) == b"-3.5,12,,'-3.5\r\n"


def test_k108_a_csv_longer_than_a_sheet_says_so(casebook, tmp_path, monkeypatch, capsys):
    from detente.cli import exchange
    from detente.cli import run as main

    command = ["export", "csv", "--casebook", str(casebook), "--out", str(tmp_path / "events.csv")]
    assert main(command) == 0
    assert "spreadsheet" not in capsys.readouterr().err
    monkeypatch.setattr(exchange, "SHEET_ROWS", 3)
    assert main(command) == 0
    assert "first 2 of these 3 rows" in capsys.readouterr().err
    with (tmp_path / "events.csv").open(newline="") as rows:
        assert len(list(csv.reader(rows))) == 4


def test_plover_has_its_required_fields(casebook):
    lines = [json.loads(line) for line in exported(casebook, "plover").splitlines()]
    assert all({"id", "date", "actor", "event"} <= set(line) for line in lines)
    meeting = next(line for line in lines if line["event"] == "CONSULT")
    assert meeting["actor"] == [{"code": "BLR", "sector": "GOV", "identifier_id": "BLR.MFA"}]
    assert meeting["quad_code"] == 1


def test_parquet_holds_every_event(casebook, tmp_path):
    out = tmp_path / "events.parquet"
    assert dt.export_events("parquet", out, casebook=casebook) == 3
    assert pq.read_table(out).num_rows == 3
    assert not list(tmp_path.glob(".*.part"))


def test_unknown_format_or_domain_is_refused(casebook, tmp_path):
    with pytest.raises(InputError, match="parquet"):
        exported(casebook, "xlsx")
    with pytest.raises(InputError, match="military"):
        exported(casebook, "csv", domain="sports")
