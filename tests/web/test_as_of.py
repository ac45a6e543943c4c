"""Pages as of an earlier time say what they said then, and their addresses hold the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import detente.api as dt
from detente.casebook.book import Casebook
from detente.coding.incidents import fold
from detente.web import past
from web.conftest import coded, make_document, open_client

THEN = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = "2026-01-01"
PAGES = (
    "/country/BLR", "/country/USA?to=2016-12-31", "/relation/BLR/USA",
    "/relation/BLR/USA?from=2016-02-01&to=2016-06-30&by=quarter", "/relation/BLR.MFA/USA.MOD",
    "/forecasts", "/forecasts?outcome=open", "/search?party=BLR.MFA",
    "/issue?country=BLR", "/issue/BLR?with=USA&with=RUS&from=2016-03-01&to=2016-06-30",
    "/api/v1/countries/BLR", "/api/v1/relations/BLR/USA", "/api/v1/relations/BLR/USA/series",
    "/api/v1/forecasts", "/api/v1/records?party=BLR", "/api/v1/events.csv?party=BLR",
)  # fmt: skip


def add(book, numbers):
    book.add(
        [make_document(n) for n in numbers],
        code=lambda documents: (coded(document) for document in documents),
        coder_version="made", configuration="made", fold=fold,
    )  # fmt: skip


@pytest.fixture(scope="module")
def clients(tmp_path_factory, rules):
    """The casebook of one day, and the same after another day's documents and a review."""
    found = []
    for days in (1, 2):
        folder = tmp_path_factory.mktemp(f"day{days}") / "made.casebook"
        now = [THEN]
        with Casebook.create(folder, clock=lambda now=now: now[0]) as book:
            add(book, range(5))
            if days == 2:
                now[0] = THEN + timedelta(days=1)
                add(book, range(5, 12))
                with book.view() as view:
                    [first, *_] = view.records(parties=("BLR", "USA"))
                book.judge(first.id, "reject", reviewer="Ann", reason="never happened")
        client = open_client(folder, rules)
        client.headers["Authorization"] = f"Bearer {rules.token}"
        client.folder = folder
        found.append(client.__enter__())
    yield found
    for client in found:
        client.__exit__(None, None, None)


def twin(page, **more):
    path, _, query = page.partition("?")
    form = "" if path.startswith("/api/") else ".json"
    return path + form + "?" + "&".join([query, *(f"{k}={v}" for k, v in more.items())]).strip("&")


def content(answer):
    assert answer.status_code == 200, answer.text
    if not answer.headers["content-type"].startswith("application/json"):
        return answer.text
    return {k: v for k, v in answer.json().items() if k not in {"as_of", "today"}}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_as_of_a_day_says_what_it_said_then(clients, page):
    early, late = clients
    asked = {"as-of": DAY}
    noted = page.startswith("/issue/")  # its colophon names the time
    then = content(early.get(twin(page, **(asked if noted else {}))))
    assert content(late.get(twin(page, **asked))) == then
    assert content(late.get(twin(page, **asked))) == then
    if not page.startswith("/issue?"):
        assert content(late.get(twin(page))) != then


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("/api/")])
def test_the_page_shows_the_day_and_leads_to_now(clients, page):
    _, late = clients
    address = page + ("&" if "?" in page else "?") + f"as-of={DAY}"
    answer = late.get(address, headers={"Accept": "text/html"})
    assert "As believed on" in answer.text
    assert f'<time datetime="{DAY}">1 Jan 2026</time>' in answer.text
    assert f'<a href="{page.replace("&", "&amp;")}">As believed now</a>' in answer.text
    assert late.get(twin(page, **{"as-of": DAY})).json()["as_of"] == DAY
    assert f"as-of={DAY}" in answer.text.split('class="twins"')[1].split("</p>")[0]
    assert 'id="believed"' not in late.get(page, headers={"Accept": "text/html"}).text


def test_links_of_the_relation_stay_as_of_the_day(clients):
    _, late = clients
    page = late.get(f"/relation/BLR/USA?as-of={DAY}", headers={"Accept": "text/html"}).text
    for start in ("/country/BLR?", "/relation/USA/BLR?", "/relation/BLR/USA/note?format=docx&amp;"):
        assert f'href="{start}as-of={DAY}"' in page
    assert page.count(f'name="as-of" value="{DAY}"') == 2


def test_a_moment_is_as_good_as_a_day(clients):
    early, late = clients
    exact = "2026-01-01T12:00:00Z"
    page = late.get(f"/relation/BLR/USA.json?as-of={exact}").json()
    assert page["as_of"] == "2026-01-01T12:00:00.000000Z"
    assert page["incidents"] == early.get("/relation/BLR/USA.json").json()["incidents"]
    before = late.get("/relation/BLR/USA.json?as-of=2026-01-01T11:59:59Z").json()
    assert before["incidents"] == 0


@pytest.mark.parametrize("format", ["md", "html", "pdf", "docx"])
def test_a_note_as_of_a_day_is_the_note_of_then(clients, format):
    early, late = clients
    period = "from=2016-01-01&to=2016-06-30"
    asked = f"/relation/BLR/USA/note?format={format}&{period}&as-of={DAY}"
    note = dt.brief(
        "BLR", "USA", casebook=early.folder, since="2016-01-01", until="2016-06-30", as_of=DAY
    )
    assert late.get(asked).content == dt.render(note, format)
    asked = f"/issue/BLR/note?with=USA&with=RUS&{period}&format={format}&as-of={DAY}"
    issue = dt.issue(
        "BLR", ["USA", "RUS"], casebook=early.folder, since="2016-01-01", until="2016-06-30",
        as_of=DAY,
    )  # fmt: skip
    assert late.get(asked).content == dt.render(issue, format)


@pytest.mark.parametrize(
    "wrong", ["yesterday", "2026-13-01", "2026-01-01T99:00:00", "9999-12-31T23:59:59-05:00"]
)
@pytest.mark.parametrize("page", ["/country/BLR", "/forecasts", "/issue?country=BLR"])
def test_what_is_no_day_is_refused(clients, page, wrong):
    answer = clients[1].get(twin(page, **{"as-of": wrong}))
    assert answer.status_code == 422
    assert answer.json()["title"]


def test_a_large_casebook_says_where_to_ask(clients, monkeypatch):
    monkeypatch.setattr(past, "MOST", 10)
    answer = clients[1].get("/relation/BLR/POL.json?as-of=2026-01-01T13:00:00Z")
    assert answer.status_code == 422
    assert "detente index A B --as-of" in answer.json()["detail"]


def test_the_search_finds_what_was_there(clients):
    early, late = clients
    found = [
        {
            hit["document"]
            for hit in client.get(twin("/search?q=report", **asked)).json()["documents"]
        }
        for client, asked in ((early, {}), (late, {"as-of": DAY}), (late, {}))
    ]
    assert found[0] == found[1] < found[2]


def test_what_is_settled_is_folded_once(clients, monkeypatch):
    _, late = clients
    folded = []
    monkeypatch.setattr(
        "detente.coding.incidents.fold", lambda events: folded.append(1) or fold(events)
    )
    asked = {"as-of": "2026-01-01T12:30:00Z"}
    for page in ("/country/BLR", "/relation/BLR/USA", "/relation/BLR/RUS"):
        assert late.get(twin(page, **asked)).status_code == 200
    with Casebook.open(late.folder) as book:
        [first, *_] = book.view().records(parties=("BLR", "RUS"))
        book.judge(first.id, "accept", reviewer="Ann")
    assert late.get(twin("/relation/BLR/USA?by=year", **asked)).status_code == 200
    assert folded == [1]


def test_a_day_that_is_not_over_takes_in_what_is_added(writer):
    asked = f"/relation/BLR/USA.json?as-of={datetime.now(UTC).date()}"
    before = writer.get(asked)
    with Casebook.open(writer.folder) as book:
        add(book, range(20, 23))
    assert writer.get(asked).json()["mentions"] == before.json()["mentions"] + 6
