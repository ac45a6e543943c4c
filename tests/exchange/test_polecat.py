"""POLECAT in and out, on rows in our own words."""

import pytest

import detente.api as dt
from detente.errors import InputError
from detente.exchange import polecat
from exchange.conftest import tabbed, write

ROW = {
    "Event ID": "x-1", "Event Date": "2018-02-23", "Event Type": "SANCTION",
    "Event Mode": "discontinue", "Intensity": "-6.0", "Quad Code": "4",
    "Contexts": "military;economic", "Actor Name": "European Union", "Actor Country": "None",
    "Actor COW": "None", "Primary Actor Sector": "IGO", "Actor Sectors": "IGO",
    "Actor Title": "None", "Actor Name Raw": "the EU", "Wikipedia Actor ID": "None",
    "Recipient Name": "Jan Example", "Recipient Country": "BLR", "Recipient COW": "370",
    "Primary Recipient Sector": "MIL", "Recipient Sectors": "MIL", "Recipient Title": "General",
    "Recipient Name Raw": "General Example", "Wikipedia Recipient ID": "None",
    "Placename": "Brussels", "City": "Brussels", "District": "None", "Province": "None",
    "Country": "Belgium", "Latitude": "50.85", "Longitude": "4.35", "GeoNames ID": "2800866",
    "Raw Placename": "Brussels", "Feature Type": "PPLC", "Source": "Example Weekly",
    "Publication Date": "2018-02-24", "Story People": "None", "Story Organizations": "None",
    "Story Locations": "None", "Language": "en", "Version": "NGEC_2",
}  # fmt: skip
MEETING = ROW | {
    "Event ID": "x-2", "Event Type": "CONSULT", "Event Mode": "visit", "Contexts": "None",
    "Actor Name": "Belarus", "Actor Country": "BLR", "Primary Actor Sector": "GOV",
    "Recipient Name": "Latvia", "Recipient Country": "LVA", "Primary Recipient Sector": "GOV",
    "Recipient Title": "None", "Latitude": "None", "Longitude": "None", "GeoNames ID": "None",
}  # fmt: skip
BACK = MEETING | {"Event ID": "x-3"} | {
    f"{side} {name}": MEETING[f"{other} {name}"]
    for side, other in (("Actor", "Recipient"), ("Recipient", "Actor"))
    for name in ("Name", "Country")
}  # fmt: skip


def read(tmp_path, rows, columns=polecat.COLUMNS, encoding="utf-8"):
    content = tabbed(columns, rows, header=True).decode().encode(encoding)
    path = write(tmp_path, "events.txt", content)
    casebook = tmp_path / "p.casebook"
    return dt.import_events("polecat", [path], casebook=casebook), casebook


def test_a_row_becomes_an_event_and_goes_out_as_it_came_in(tmp_path):
    report, casebook = read(tmp_path, [ROW])
    assert (report.added, report.skipped) == (1, 0)
    with dt.view(casebook) as view:
        (event,) = view.events().to_pylist()
    assert (event["id"], event["type"], event["mode"]) == ("polecat:x-1", "SANCTION", "discontinue")
    assert (event["source_codes"], event["target_codes"]) == (["EU"], ["BLR.MIL"])
    assert (event["target_persons"], event["domain"]) == (["Jan Example"], "military")
    assert (event["geonameid"], event["place_country"]) == (2800866, "BEL")
    assert event["contexts"] == ["military", "economic"]
    out = tmp_path / "out.txt"
    assert dt.export_events("polecat", out, casebook=casebook) == 1
    assert out.read_bytes() == tabbed(polecat.COLUMNS, [ROW], header=True)


def test_a_date_of_publication_that_is_none_is_told(tmp_path):
    odd = [
        ROW | {"Event ID": name, "Publication Date": day}
        for name, day in (("x-4", "2018-2-4"), ("x-5", "None"), ("x-6", "24.02.2018"))
    ]
    report, casebook = read(tmp_path, [ROW, *odd])
    assert (report.added, report.undated) == (4, 1)
    assert report.first_undated.endswith("events.txt:5: Publication Date '24.02.2018' is no day")
    with dt.view(casebook) as view:
        assert view.events().column("published").to_pylist() == [
            "2018-02-24", "2018-02-04", None, None,
        ]  # fmt: skip


def test_both_directions_of_a_meeting_are_one_incident(tmp_path):
    _, casebook = read(tmp_path, [MEETING, BACK])
    found = dt.index("BLR", "LVA", casebook=casebook)
    assert [one.incidents for one in found.bins] == [1]
    assert found.bins[0].mentions == 2


@pytest.mark.parametrize("name", ["Event Intensity", None])
def test_the_intensity_may_have_another_name_or_be_absent(tmp_path, name):
    columns = [name if c == "Intensity" else c for c in polecat.COLUMNS]
    columns = [c for c in columns if c]
    row = ROW | {"Event Intensity": "-6.0", "Actor Name Raw": "caf\u00e9"}
    report, _ = read(tmp_path, [row], columns, encoding="iso-8859-1")
    assert report.added == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Event Type": "DANCE"}, "Event Type 'DANCE' is not known"),
        ({"Event Date": "1900-01-01"}, "is no day from 1945-01-01 on"),
        ({"Latitude": "91", "Longitude": "0"}, "are no place on earth"),
        ({"Event ID": ""}, "Event ID is empty"),
    ],
)
def test_bad_rows_are_counted_and_named(tmp_path, changes, reason):
    report, _ = read(tmp_path, [ROW, ROW | {"Event ID": "x-9"} | changes])
    assert (report.added, report.skipped) == (1, 1)
    assert reason in report.bad[0].reason


def test_another_file_is_refused(tmp_path):
    path = write(tmp_path, "events.txt", b"Event ID\tEvent Date\n1\t2018-01-01\n")
    with pytest.raises(InputError, match="no header of POLECAT"):
        dt.import_events("polecat", [path], casebook=tmp_path / "p.casebook")
