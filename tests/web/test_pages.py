"""Every page answers as HTML, JSON and CSV with the same content."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise
from pathlib import Path

import pytest

import detente.api as dt
from detente import web
from detente.model import Actor, Block, Channel, Claim, Event
from detente.web import words
from detente.web.content import actor
from detente.web.content.document import pieces

PAGES = (
    "/country/BLR", "/country/BLR?to=2016-12-31", "/relation/BLR/USA",
    "/relation/BLR/USA?from=2016-03-01&to=2016-06-30", "/relation/BLR.MFA/USA.MOD",
    "/relation/BLR/USA?domain=military&by=quarter&scale=goldstein-1992", "/relation/BLR/CHN",
    "/document/{document}", "/documents", "/event/{event}", "/actor/BLR", "/actor/BLR.MFA",
    "/actor/BLR.MFA/ada-quill", "/forecasts", "/forecasts?outcome=open", "/forecast/{forecast}",
    "/search", "/search?q=report", "/search?party=BLR.MFA&type=CONSULT", "/review",
    "/review?reader=Eve", "/review/{event}", "/review/{forecast}", "/issue?country=BLR",
    "/issue/BLR?with=USA&with=RUS&from=2016-05-01&to=2016-06-30", "/sources", "/method",
    "/entry/{event}?surface=USA.MOD&code=USA.MFA",
)  # fmt: skip


def twin(path, form):
    head, mark, query = path.partition("?")
    return f"{head}.{form}{mark}{query}"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_two_twins_with_its_content(reader, ids, page):
    path = page.format(**ids)
    html = reader.get(path, headers={"Accept": "text/html"})
    data = reader.get(twin(path, "json"))
    table = reader.get(twin(path, "csv"))
    assert [html.status_code, data.status_code, table.status_code] == [200, 200, 200], html.text
    assert html.headers["content-type"].startswith("text/html")
    assert data.headers["content-type"] == "application/json"
    assert table.headers["content-type"].startswith("text/csv")
    content = data.json()
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["part"] for row in rows].count("page") == 1
    for name, value in content.items():
        if isinstance(value, list):
            assert sum(row["part"] == name for row in rows) == len(value)
    assert twin(path, "json").split("?")[0] in html.text


def test_the_home_page_goes_to_the_party_told_of_most(reader):
    answer = reader.get("/", follow_redirects=False)
    assert answer.status_code in {302, 303, 307}
    assert answer.headers["location"] == "/country/BLR"


def test_a_brush_changes_the_catalogue_and_its_sum_alone(reader):
    whole = reader.get("/relation/BLR/USA.json").json()
    part = reader.get("/relation/BLR/USA.json?from=2016-03-01&to=2016-03-31").json()
    assert part["bins"] == whole["bins"]
    assert (part["incidents"], whole["incidents"]) == (2, 24)
    assert {line["day"][:7] for line in part["catalogue"]} == {"2016-03"}
    assert part["index"] == sum(line["points"] for line in part["catalogue"])


def test_pages_of_a_list_follow_each_other(reader):
    first = reader.get("/relation/BLR/USA.json?limit=10").json()
    second = reader.get("/relation/BLR/USA.json?limit=10&offset=10").json()
    told = [line["event"] for line in first["catalogue"] + second["catalogue"]]
    assert len(set(told)) == 20
    assert first["total"] == 24


def test_the_document_shows_records_where_they_stand(reader, ids):
    content = reader.get(f"/document/{ids['document']}.json").json()
    text = "".join(piece["text"] for piece in content["pieces"] if piece["block"] == 1)
    assert text.startswith("Minister Ada Quill")
    for record in content["records"]:
        covered = [p["text"] for p in content["pieces"] if record["id"] in p["records"]]
        assert "".join(covered)


def test_overview_and_relation_give_the_same_numbers(reader):
    overview = reader.get("/country/BLR.json?to=2016-12-31").json()
    usa = next(one for one in overview["partners"] if one["code"] == "USA")
    relation = reader.get("/relation/BLR/USA.json?from=2016-01-01&to=2016-12-31").json()
    assert (usa["incidents"], usa["index"]) == (relation["incidents"], relation["index"])


@pytest.mark.parametrize(
    ("format", "start"), [("md", b"# "), ("html", b"<!doctype"), ("pdf", b"%PDF"), ("docx", b"PK")]
)
def test_a_note_and_an_issue_are_saved_as_the_commands_write_them(reader, made, format, start):
    answer = reader.get(f"/relation/BLR/USA/note?format={format}&from=2016-01-01&to=2016-06-30")
    assert answer.status_code == 200, answer.text
    note = dt.brief("BLR", "USA", casebook=made, since="2016-01-01", until="2016-06-30")
    assert answer.content == dt.render(note, format)
    assert answer.content.lower().startswith(start.lower())
    assert f'filename="brief-BLR-USA.{format}"' in answer.headers["content-disposition"]
    asked = f"/issue/BLR/note?with=USA&with=RUS&from=2016-05-01&to=2016-06-30&format={format}"
    issue = dt.issue("BLR", ["USA", "RUS"], casebook=made, since="2016-05-01", until="2016-06-30")
    assert reader.get(asked).content == dt.render(issue, format)
    assert asked.partition("?")[0] in reader.get(asked.replace("/note", "")).text


def test_a_note_in_no_known_format_is_refused(reader):
    assert reader.get("/relation/BLR/USA/note?format=exe").status_code == 422


def test_a_person_has_the_counterparts_of_the_events_it_stands_in(reader):
    page = reader.get("/actor/BLR.MFA/ada-quill.json").json()
    assert {contact["country"] for contact in page["contacts"]} >= {"USA"}
    assert all(contact["code"] != "BLR.MFA" for contact in page["contacts"])
    assert {(tie["a"], tie["b"]) for tie in reader.get("/actor/BLR.json").json()["ties"]} <= {
        ("RUS", "USA")
    }


def test_names_and_words_for_one_office_are_one_role():
    events = [
        event(person="Ada Quill", role="Foreign Minister", rank="minister", date="2016-03-01"),
        event(person="Ada Quill", role="foreign minister", rank="minister", date="2016-01-01"),
        event(person="Quill", role="Minister", rank="minister", date="2016-05-01"),
        event(person="Ada Quill", role="envoy", rank="ambassador", date="2010-05-01"),
        event(person="Bo Quill", role="clerk", rank=None, date="2016-02-01"),
    ]
    told = [(r.person, r.role, r.first, r.last, r.events) for r in actor._roles("BLR.MFA", events)]
    assert told == [
        ("Ada Quill", "Foreign Minister", "2016-01-01", "2016-05-01", 3),
        ("Bo Quill", "clerk", "2016-02-01", "2016-02-01", 1),
        ("Ada Quill", "envoy", "2010-05-01", "2010-05-01", 1),
    ]


def event(*, person, role, rank, date):
    minister = Actor(
        code="BLR.MFA", country="BLR", institution="MFA", surface=person, span=(0, 4), how="name",
        person=person, role=role, rank=rank,
    )  # fmt: skip
    return Event(
        id=f"e{date}{role}", doc="d", sentence=1, span=(0, 9), type="CONSULT", domain="other",
        status="actual", date=date, source=(minister,), target=(), channel=Channel(),
        confidence=0.8, rule="r", incident="i",
    )  # fmt: skip


def test_methods_are_told_with_their_numbers(reader):
    methods = {one["key"]: one for one in reader.get("/method.json").json()["methods"]}
    assert {"index", "shifts", "forecasts", "confidence", "ceiling", "overview"} <= set(methods)
    assert "no more than 0.7 cuts" in methods["shifts"]["text"]
    for one in methods.values():
        assert not re.search(r"``|<function|[A-Z]+_[A-Z]+", one["text"]), one["key"]
        assert not one["text"].startswith(f"{one['title']}:")


def test_a_word_finds_its_plural(reader):
    one = reader.get("/search.json?q=reports").json()["documents"]
    assert one
    assert one == reader.get("/search.json?q=report").json()["documents"]


def test_an_unchanged_page_is_not_sent_twice(reader):
    first = reader.get("/relation/BLR/USA.json")
    again = reader.get("/relation/BLR/USA.json", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_grades_come_from_the_casebook_folder(writer, ids):
    (writer.folder / "sources.yaml").write_text("Publisher 1: B\n", encoding="utf-8")
    listed = {one["name"]: one["grade"] for one in writer.get("/sources.json").json()["sources"]}
    assert listed["Publisher 1"] == "B"
    assert listed["Publisher 2"] == "F"
    (writer.folder / "sources.yaml").write_text("Publisher 1: Z\n", encoding="utf-8")
    assert writer.get("/sources.json").status_code == 422


@pytest.mark.parametrize("path", ["/nothing", "/document/x", "/event/x", "/forecast/x", "/actor/ZZZ",
                                  "/country/FJI", "/review/x"])  # fmt: skip
def test_what_is_not_there_is_a_404_problem(reader, path):
    answer = reader.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"status", "title", "detail", "type"}


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/country/Belarus", 422, "Belarus: is a name; its code is BLR"),
        ("/relation/BLR/United%20States", 422, "United States: is a name; its code is USA"),
        ("/relation/XYZ/BLR/note", 422, "XYZ: is no party's code; codes are like BLR"),
        (
            "/issue/BLR?with=USE",
            422,
            "USE: is no party's code; did you mean USA (United States)",
        ),
        ("/issue?country=by", 422, "by: is no party's code; did you mean BLR (Belarus)"),
        ("/search?party=BLR.MFX", 422, "BLR.MFX: MFX is no institution; there are ATT, "),
        ("/api/v1/relations/blr/USA/series", 422, "blr: is no party's code; did you mean BLR"),
        ("/api/v1/records?party=Belarus", 422, "Belarus: is a name; its code is BLR"),
        ("/api/v1/events.csv?party=BLR&other=XYZ", 422, "XYZ: is no party's code"),
    ],
)
def test_who_is_no_party_is_answered_with_the_code(reader, path, status, detail):
    answer = reader.get(path if path.startswith("/api") else twin(path, "json"))
    assert (answer.status_code, detail in answer.json()["detail"]) == (status, True), answer.text


def test_who_a_forecast_is_about_is_named_once(reader, ids):
    page = reader.get(f"/forecast/{ids['forecast']}", headers={"Accept": "text/html"}).text
    about = page.split("<dt>About</dt>")[1].split("</dd>")[0]
    assert re.findall(r">([^<>]+)</a>", about) == ["Belarus", "United States"]


def test_numbers_have_a_minus_of_their_own():
    assert [words.number(one, 2) for one in (None, -2.82, -0.001, 1234.5)] == [
        "–", "−2.82", "0.00", "1,234.50",
    ]  # fmt: skip


def test_one_point_is_told_as_one(reader, ids):
    points = reader.get(f"/event/{ids['event']}.json").json()["points"]
    page = reader.get(f"/event/{ids['event']}", headers={"Accept": "text/html"}).text
    assert (points, "<span>+1 point on <a" in page) == (1, True)
    assert [words.worth(points) for points in (None, 2.5, -1)] == [
        "no points",
        "+2.5 points",
        "−1 point",
    ]


def test_a_browser_gets_the_problem_as_a_page(reader):
    answer = reader.get("/document/x", headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "there is no such document" in answer.text


def test_no_line_of_the_land_runs_around_the_world():
    drawing = (Path(web.__path__[0]) / "static" / "land.svg").read_text(encoding="utf-8")
    rings = re.search(r' d="([^"]+)"', drawing)[1].strip("MZ").split("ZM")
    assert len(rings) > 100
    for ring in rings:
        points = [tuple(map(float, point.split(","))) for point in ring.split("L")]
        steps = [abs(one[0] - two[0]) for one, two in pairwise([*points, points[0]])]
        around_the_pole = max(south for _, south in points) > 84
        assert max(steps) < 180 or around_the_pole, ring[:60]


def test_where_an_event_and_a_claim_cover_the_same_words_the_event_is_shown(reader, ids):
    block = Block(kind="paragraph", start=0, end=10)
    event = Event(id="e9", doc="d", sentence=0, span=(0, 10), type="CONSULT", domain="other")
    claim = Claim(id="c1", doc="d", sentence=0, span=(0, 10), kind="cause", domain="other")
    [piece] = pieces("x" * 10, [block], [claim, event])
    assert (piece.covered, piece.records) == ("event", ("e9", "c1"))
