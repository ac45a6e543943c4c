"""GDELT and ICEWS files into a casebook: exact columns, codes, bad rows, re-import."""

import gzip
import json
import zipfile

import pytest

from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.cli.exchange import summary
from detente.errors import InputError, ReadError
from detente.exchange import gdelt, icews, importing
from detente.exchange.importing import import_files
from exchange.conftest import MEETING, STATEMENT, tabbed, write


def swapped(row, **changes):
    turned = {
        name.replace("Source", "*").replace("Target", "Source").replace("*", "Target"): value
        for name, value in row.items()
        if name.startswith(("Source ", "Target "))
    }
    return {**row, **turned, **changes}


@pytest.fixture
def book(tmp_path):
    with Casebook.create(tmp_path / "test.casebook") as opened:
        yield opened


@pytest.fixture(params=[importing.AHEAD, 0], ids=["looked through first", "copied meanwhile"])
def ahead(monkeypatch, request):
    monkeypatch.setattr(importing, "AHEAD", request.param)


def imported(book):
    with book.view() as view:
        return view.events(imported=True).to_pylist()


def icews_file(tmp_path, *rows, name="events.tab"):
    return write(tmp_path, name, tabbed(icews.COLUMNS, rows, header=True))


def test_icews_row_becomes_an_event(book, tmp_path):
    report = import_files(book, "icews", [icews_file(tmp_path, MEETING)])
    assert (report.rows, report.added, report.skipped) == (1, 1, 0)
    (event,) = imported(book)
    assert event["source_codes"] == ["BLR.MFA"]
    assert event["source_countries"] == ["BLR"]
    assert event["target_codes"] == ["LVA.MIL"]
    assert (event["type"], event["cameo"], event["domain"]) == ("CONSULT", "040", "diplomatic")
    assert (event["date"], event["day_from"].isoformat()) == ("2016-09-20", "2016-09-20")
    assert (event["place"], event["place_country"]) == ("Riga", "LVA")
    assert (event["lat"], event["lon"]) == (56.9, 24.1)
    assert (event["sentence"], event["publisher"]) == (3, "Example Weekly")
    assert (event["origin"], event["pairing"], event["symmetric"]) == ("icews", "MFA-MIL", True)
    assert json.loads(event["line"])["Source Name"] == "Foreign Affairs (Belarus)"


def test_both_directions_of_a_meeting_are_one_incident(book, tmp_path):
    other = swapped(MEETING, **{"Event ID": "900002"})
    visit = {**MEETING, "Event ID": "900003", "CAMEO Code": "042"}
    host = swapped(MEETING, **{"Event ID": "900004", "CAMEO Code": "043"})
    blame = {**MEETING, "Event ID": "900005", "CAMEO Code": "112"}
    answer = swapped(MEETING, **{"Event ID": "900006", "CAMEO Code": "112"})
    import_files(book, "icews", [icews_file(tmp_path, MEETING, other, visit, host, blame, answer)])
    incidents = {event["id"]: event["incident"] for event in imported(book)}
    assert len(incidents) == 6
    one = {incidents[f"icews:{n}:2016-09-20"] for n in (900001, 900002)}
    two = {incidents[f"icews:{n}:2016-09-20"] for n in (900003, 900004)}
    assert len(one) == len(two) == 1
    assert one != two
    assert len({incidents[f"icews:{n}:2016-09-20"] for n in (900005, 900006)}) == 2


@pytest.mark.parametrize(
    ("name", "sectors", "country", "code"),
    [
        ("Poland", "NA", "Poland", "POL"),
        ("European Union", "International Government Organization,Regional", "NA", "EU"),
        ("Envoy (United Nations)", "NA", "NA", "UN.EMB"),
        ("Jan Example", "Elite,Executive,Government,Foreign Ministry", "Poland", "POL.MFA"),
        ("Border Troops Five", "Government,Military", "Russian Federation", "RUS.MIL"),
        ("Committee of Nobody", "Judicial,Government", "Czech Republic", "CZE.JUD"),
        ("Citizen (Cote d'Ivoire)", "Social", "Cote d'Ivoire", "CIV.CVL"),
    ],
)
def test_icews_names_and_sectors_are_institutions(book, tmp_path, name, sectors, country, code):
    row = {**MEETING, "Source Name": name, "Source Sectors": sectors, "Source Country": country}
    import_files(book, "icews", [icews_file(tmp_path, row)])
    assert imported(book)[0]["source_codes"] == [code]


@pytest.mark.usefixtures("ahead")
def test_icews_older_dates_and_latin_1(book, tmp_path):
    row = {**MEETING, "Event Date": "9/20/2016", "City": "Liepāja".replace("ā", "à")}
    content = tabbed(icews.COLUMNS, [row], header=True).decode().encode("iso-8859-1")
    import_files(book, "icews", [write(tmp_path, "old.tab", content)])
    (event,) = imported(book)
    assert (event["date"], event["place"]) == ("2016-09-20", "Liepàja")


@pytest.mark.parametrize("columns", [gdelt.V1, gdelt.V2])
@pytest.mark.parametrize("header", [False, True])
def test_gdelt_row_becomes_an_event(book, tmp_path, columns, header):
    assert len(gdelt.V1) == 58
    assert len(gdelt.V2) == 61
    path = write(tmp_path, "day.csv", tabbed(columns, [STATEMENT], header=header))
    report = import_files(book, "gdelt", [path])
    assert (report.rows, report.added, report.skipped) == (1, 1, 0)
    (event,) = imported(book)
    assert (event["source_codes"], event["target_codes"]) == (["BLR.GOV"], ["ROU"])
    assert (event["type"], event["cameo"], event["date"]) == ("SUPPORT", "057", "2016-09-20")
    assert (event["place_country"], event["lat"]) == ("BLR", 53.9)
    assert (event["publisher"], event["published"]) == ("example.org", "2016-09-21")
    assert event["doc"] == "https://example.org/news/1"
    assert json.loads(event["line"])["NumMentions"] == "4"


def test_gdelt_regions_are_no_countries_and_groups_are_organisations(book, tmp_path):
    region = {**STATEMENT, "Actor1CountryCode": "WST", "Actor1Type1Code": "IGO"}
    union = {**STATEMENT, "GLOBALEVENTID": "411", "Actor1CountryCode": "EUR",
             "Actor1KnownGroupCode": "EEC", "Actor1Type1Code": "IGO"}  # fmt: skip
    path = write(tmp_path, "day.csv", tabbed(gdelt.V2, [region, union]))
    import_files(book, "gdelt", [path])
    assert [event["source_codes"] for event in imported(book)] == [[], ["EU"]]


def test_packed_and_plain_files_hold_the_same(book, tmp_path):
    content = tabbed(gdelt.V2, [STATEMENT])
    with zipfile.ZipFile(tmp_path / "day.CSV.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("day.CSV", content)
    packed = write(tmp_path, "day.CSV.gz", gzip.compress(content, mtime=0))
    plain = write(tmp_path, "a [day]*'s.csv", content)
    report = import_files(book, "gdelt", [tmp_path / "day.CSV.zip", packed, plain])
    assert (report.added, report.files_known) == (1, 2)
    assert not verify(book.path)


@pytest.mark.usefixtures("ahead")
def test_bad_rows_are_counted_listed_and_skipped(book, tmp_path):
    rows = [
        MEETING,
        {**MEETING, "Event ID": "2", "Event Date": "1900-01-01"},
        {**MEETING, "Event ID": "3", "Event Date": "2016-02-30"},
        {**MEETING, "Event ID": "4", "Latitude": "95"},
        {**MEETING, "Event ID": "5", "Longitude": "east"},
        {**MEETING, "Event ID": "6", "Latitude": "NA", "Longitude": "NA"},
        {**MEETING, "Event ID": ""},
    ]
    content = tabbed(icews.COLUMNS, rows, header=True) + b"one\ttwo\n\n"
    path = write(tmp_path, "bad.tab", content)
    report = import_files(book, "icews", [path])
    assert (report.rows, report.added, report.skipped) == (8, 2, 6)
    assert [row.line for row in report.bad] == [3, 4, 5, 6, 8, 9]
    assert "1900" in report.bad[0].reason
    assert "2 columns instead of 20" in report.bad[-1].reason
    assert len(imported(book)) == 2
    with book.view() as view:
        assert view.counts().quarantined == 6
    assert not verify(book.path)


@pytest.mark.usefixtures("ahead")
def test_a_date_of_publication_that_is_none_is_counted_and_the_first_named(book, tmp_path):
    rows = [
        STATEMENT,
        {**STATEMENT, "GLOBALEVENTID": "411", "DATEADDED": "20161301"},
        {**STATEMENT, "GLOBALEVENTID": "412", "DATEADDED": ""},
        {**STATEMENT, "GLOBALEVENTID": "413", "DATEADDED": "soon"},
        {**STATEMENT, "GLOBALEVENTID": "414", "SQLDATE": "19000101", "DATEADDED": "soon"},
    ]
    path = write(tmp_path, "undated.csv", tabbed(gdelt.V2, rows))
    report = import_files(book, "gdelt", [path])
    assert (report.added, report.skipped, report.undated) == (4, 1, 2)
    assert report.first_undated == f"{path}:2: DATEADDED '20161301' is no day"
    assert [event["published"] for event in imported(book)] == ["2016-09-21", None, None, None]
    told = summary(report, book.path)
    assert f"a date of 2 rows could not be read (the first: {path}:2: DATEADDED '20161301'" in told
    assert import_files(book, "gdelt", [path]).undated == 0


def test_only_twenty_bad_rows_are_listed(book, tmp_path):
    rows = [{**STATEMENT, "SQLDATE": "19000101", "GLOBALEVENTID": str(n)} for n in range(30)]
    path = write(tmp_path, "bad.csv", tabbed(gdelt.V1, [STATEMENT, *rows]))
    report = import_files(book, "gdelt", [path])
    assert (report.skipped, len(report.bad)) == (30, 20)


def test_a_file_that_cannot_be_read_keeps_no_other_out(book, tmp_path):
    narrow = write(tmp_path, "narrow.csv", tabbed(gdelt.V2[:60], [STATEMENT]))
    cut = write(tmp_path, "cut.gz", gzip.compress(tabbed(gdelt.V2, [STATEMENT] * 99))[:-20])
    whole = write(tmp_path, "day.csv", tabbed(gdelt.V2, [STATEMENT]))
    report = import_files(book, "gdelt", [narrow, cut, whole])
    assert (report.files, report.added) == (3, 1)
    assert [one.file for one in report.refused] == [str(narrow), str(cut)]
    assert "60 columns" in report.refused[0].reason
    assert "cut short" in report.refused[1].reason
    assert not verify(book.path)
    with pytest.raises(InputError, match="60 columns"):
        import_files(book, "gdelt", [narrow, cut])


@pytest.mark.usefixtures("ahead")
def test_importing_again_adds_nothing(book, tmp_path):
    later = {**MEETING, "Event ID": "900010"}
    first = icews_file(tmp_path, MEETING, MEETING)
    second = icews_file(tmp_path, MEETING, later, name="second.tab")
    report = import_files(book, "icews", [first])
    assert (report.added, report.known) == (1, 1)
    again = import_files(book, "icews", [first])
    assert (again.added, again.files_known) == (0, 1)
    overlap = import_files(book, "icews", [second])
    assert (overlap.added, overlap.known, overlap.skipped) == (1, 1, 0)
    assert len(imported(book)) == 2


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize(
    ("content", "form", "error"),
    [
        (b"\t".join([b"x"] * 60) + b"\n", "gdelt", "60 columns"),
        (b"", "gdelt", "empty"),
        (b"a\tb\n" + b"x" * 3_000_000, "icews", "line 2 is longer"),
        (gzip.compress(b"a\tb\n" * 9000, mtime=0)[:-20], "gdelt", "cut short"),
        (b"PK\x03\x04 and nothing more", "gdelt", "cut short"),
    ],
)
def test_what_is_no_event_file_is_refused(book, tmp_path, content, form, error):
    with pytest.raises(InputError, match=error):
        import_files(book, form, [write(tmp_path, "wrong", content)])
    assert imported(book) == []
    assert not verify(book.path)


def test_missing_file_and_unknown_format(book, tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        import_files(book, "icews", [tmp_path / "nowhere.tab"])
    with pytest.raises(InputError, match="gdelt"):
        import_files(book, "acled", [tmp_path / "nowhere.tab"])


def test_imported_event_is_read_and_judged_as_a_record(book, tmp_path):
    import_files(book, "icews", [icews_file(tmp_path, MEETING)])
    with book.view() as view:
        record = view.record("icews:900001:2016-09-20")
    assert (record.type, record.source[0].code, record.place.name) == ("CONSULT", "BLR.MFA", "Riga")
    book.judge(record.id, "reject", reviewer="ana", reason="wrong town")
    assert imported(book) == []


@pytest.mark.parametrize("step", [1, 10_000_000_000])
def test_events_are_told_apart_by_their_numbers_whether_close_together_or_far_apart(
    book, tmp_path, step
):
    rows = [{**MEETING, "Event ID": str(5 + number * step)} for number in (0, 1, 2, 2)]
    report = import_files(book, "icews", [icews_file(tmp_path, *rows)])
    assert (report.added, report.known, report.skipped) == (3, 1, 0)
