"""Groups J and K of the hostile inputs; each test names its number."""

from __future__ import annotations

import csv
import io

import pytest
from litestar.testing import TestClient

from detente.web.app import build
from detente.web.guard import POLICY
from detente.web.rules import Rules
from detente.web.uploads import file_name

HOST = "127.0.0.1:8000"
OWN = {"Origin": f"http://{HOST}"}


def test_j90_words_of_documents_are_shown_as_text(reader):
    found = reader.get("/search.json?q=script").json()["documents"][0]["document"]
    page = reader.get(f"/document/{found}", headers={"Accept": "text/html"}).text
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript:' not in page
    for path in ("/search?q=script", "/documents", "/relation/BLR/USA"):
        html = reader.get(path, headers={"Accept": "text/html"}).text
        assert "<script>alert" not in html
        assert "<svg onload" not in html


def test_j90_json_in_a_page_cannot_end_its_element(reader):
    html = reader.get("/actor/BLR", headers={"Accept": "text/html"}).text
    data = html.partition('data-charts="actor">')[2].partition("</script>")[0]
    assert data.startswith("{")
    assert "<" not in data


def test_j90_no_inline_script_or_style_is_allowed_or_used(reader, ids):
    assert "unsafe" not in POLICY
    for path in ("/country/BLR", "/relation/BLR/USA", f"/event/{ids['event']}", "/method"):
        answer = reader.get(path, headers={"Accept": "text/html"})
        assert answer.headers["content-security-policy"] == POLICY
        assert " style=" not in answer.text
        assert "<style" not in answer.text
        assert " onclick=" not in answer.text
        assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8000", "127.0.0.1", "127.0.0.1:80", "", "localhost:8000.evil.test"],
)
def test_j91_a_host_that_is_not_ours_is_refused(reader, host):
    answer = reader.get("/sources.json", headers={"Host": host})
    assert answer.status_code == 400


def test_j91_two_hosts_and_an_absolute_address_are_refused(rules, made):
    answers = [
        ask(made, rules, headers=[(b"host", HOST.encode()), (b"host", b"evil.test")]),
        ask(made, rules, headers=[]),
        ask(made, rules, raw_path=b"http://evil.test/", path="http://evil.test/"),
    ]
    assert [status for status, _ in answers] == [400, 400, 400]


@pytest.mark.parametrize("name", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_j91_loopback_by_any_name_is_answered(reader, name):
    assert reader.get("/sources.json", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", **OWN},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null", "Content-Type": "text/plain"},
        {},
    ],
)
def test_j92_nothing_is_changed_for_another_site(made, rules, ids, headers):
    with TestClient(app=build(made, rules=rules), base_url=f"http://{HOST}") as client:
        client.cookies.set(rules.cookie, rules.session)
        answer = client.post(
            f"/review/{ids['event']}", data={"verdict": "accept", "reviewer": "x"}, headers=headers
        )
        assert answer.status_code == 403
        assert client.get("/review.json").json()["judged"] == 0


def test_j92_no_answer_is_shared_with_other_origins(reader):
    answer = reader.get("/sources.json", headers={"Origin": "http://evil.test"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert reader.options("/sources.json", headers=OWN).status_code == 405


@pytest.mark.parametrize("path", ["/", "/sources.json", "/api/v1/records", "/api/v1/openapi.json"])
@pytest.mark.parametrize("secret", [None, "Bearer wrong", "Basic eDp5", "Bearer "])
def test_j93_without_the_token_nothing_is_told(stranger, path, secret):
    headers = {} if secret is None else {"Authorization": secret}
    answer = stranger.get(path, headers=headers, follow_redirects=False)
    assert answer.status_code == 401
    assert answer.json()["status"] == 401
    page = stranger.get("/sources", headers={"Accept": "text/html"}).text
    assert "Open the address that <code>detente serve</code> printed" in page


def test_j93_the_launch_token_becomes_a_cookie_that_scripts_cannot_read(made, rules):
    with TestClient(app=build(made, rules=rules), base_url=f"http://{HOST}") as client:
        answer = client.get(f"/sources?limit=5&token={rules.token}", follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/sources?limit=5"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert rules.token not in cookie
        assert client.get("/sources.json").status_code == 200


def test_j93_an_old_cookie_or_a_wrong_token_opens_nothing(made, rules):
    with TestClient(app=build(made, rules=rules), base_url=f"http://{HOST}") as client:
        assert client.get("/?token=wrong", follow_redirects=False).status_code == 401
        client.cookies.set(rules.cookie, Rules(port=8000).session)
        assert client.get("/sources.json").status_code == 401


def test_j93_secrets_are_long_and_new_every_time():
    one, two = Rules(port=1), Rules(port=1)
    assert len({one.token, two.token, one.session, two.session}) == 4
    assert min(map(len, (one.token, one.session))) >= 40


def test_j94_no_page_can_be_framed(reader):
    answer = reader.get("/sources")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%5c..%5capp.py",
     "/static/%00", "/document/%ff%fe", "/static/x%0d%0aSet-Cookie:a=b"],
)  # fmt: skip
def test_j95_odd_paths_are_refused(made, rules, path):
    status, body = ask(made, rules, raw_path=path.encode(), path=path)
    assert status in {400, 404}
    assert b"import" not in body


@pytest.mark.parametrize("path", ["//evil.test", "/%2fevil.test", "/\\evil.test", "/%5cevil.test"])
def test_j96_no_redirect_leaves_the_server(made, rules, path):
    status, _ = ask(
        made, rules, raw_path=path.encode(), path=path, query=f"token={rules.token}".encode()
    )
    assert status in {400, 404}


def test_j97_a_range_of_thousands_of_parts_is_answered_at_once(reader):
    parts = ",".join(f"{n}-{n}" for n in range(4000))
    answer = reader.get("/static/site.css", headers={"Range": f"bytes={parts[:30000]}"})
    assert answer.status_code in {200, 416}


def test_j98_headers_and_bodies_have_limits(reader):
    assert reader.get("/sources", headers={"X-Long": "x" * 1_000_000}).status_code == 431
    long = reader.post("/api/v1/review/x", content=b"x" * 2_000_000)
    assert long.status_code == 413
    parts = (b"x" * 100_000 for _ in range(50))
    assert reader.post("/api/v1/review/x", content=parts).status_code == 413


@pytest.mark.parametrize(
    "words",
    ['"', "NEAR(", "*", "title:x", "a AND", "^a", "a OR NOT", "'; DROP TABLE x; --", "\x00"],
)
def test_j100_syntax_in_the_search_box_is_quoted(reader, words):
    assert reader.get("/search.json", params={"q": words}).status_code == 200
    assert reader.get("/api/v1/search", params={"q": words}).status_code == 200


@pytest.mark.parametrize("path", ["/relation/BLR/USA", "/search", "/documents", "/api/v1/records"])
@pytest.mark.parametrize(
    "query", ["limit=-1", "limit=0", "limit=1000000", "offset=1000000000000000000", "offset=-1",
              "limit=x"]
)  # fmt: skip
def test_j101_limits_are_checked(reader, path, query):
    answer = reader.get(f"{path}?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    ["/relation/BLR/USA?from=2016-13-01", "/relation/BLR/USA?from=2017-01-01&to=2016-01-01",
     "/relation/BLR/USA?scale=/etc/passwd", "/relation/BLR/USA?domain=;drop",
     "/relation/BLR/USA?by=fortnight", "/relation/BLR/x'%20OR%201=1", "/search?type=;drop",
     "/search?party=BLR%27", "/forecasts?outcome=maybe", "/api/v1/records?status=;drop"],
)  # fmt: skip
def test_j101_values_that_are_none_are_refused(reader, path):
    assert reader.get(path).status_code == 422


def test_j102_a_question_that_takes_too_long_is_stopped(made, rules, monkeypatch):
    import time

    from detente.settings import Settings
    from detente.web.content import method

    def slow(desk):
        with desk.view() as view:
            view.reading()
            time.sleep(0.2)
            return (
                view._snapshot(None)
                .connection.sql("SELECT count(*) FROM range(100000000) a, range(100000) b")
                .fetchall()
            )

    monkeypatch.setattr(method, "load", slow)
    app = build(made, rules=rules, settings=Settings(web_seconds=0.3))
    with TestClient(app=app, base_url=f"http://{HOST}") as client:
        began = time.monotonic()
        answer = client.get("/method", headers={"Authorization": f"Bearer {rules.token}"})
        assert answer.status_code == 503
        assert time.monotonic() - began < 20
        assert "narrow" in answer.json()["detail"]


def test_j103_the_csv_of_events_comes_in_batches(reader, monkeypatch):
    from detente.web.rest import records

    monkeypatch.setattr(records, "BATCH", 5)
    rows = list(csv.DictReader(io.StringIO(reader.get("/api/v1/events.csv").text)))
    assert len(rows) == len({row["id"] for row in rows}) == 36


def test_j104_a_port_that_is_taken_is_told():
    from detente.errors import InputError
    from detente.web.serve import bind

    taken = pytest.raises(InputError, match="another server may hold the port")
    with bind("127.0.0.1", 0) as first, taken:
        bind("127.0.0.1", first.getsockname()[1])


def test_j104_a_casebook_that_is_being_written_is_told(writer, monkeypatch, ids):
    from detente.casebook.lock import WriterLock

    monkeypatch.setenv("DETENTE_BUSY_SECONDS", "0.1")
    lock = WriterLock(writer.folder / "writer.lock", seconds=1)
    try:
        answer = writer.post(
            f"/api/v1/review/{ids['event']}", json={"verdict": "accept", "reviewer": "x"}
        )
    finally:
        lock.release()
    assert answer.status_code == 503
    assert "is writing this casebook" in answer.json()["detail"]


def test_j105_no_line_of_a_log_is_forged(made, rules, caplog, monkeypatch):
    from detente.web.content import document

    monkeypatch.setattr(document, "load", lambda *_: 1 / 0)
    with TestClient(
        app=build(made, rules=rules), base_url=f"http://{HOST}", raise_server_exceptions=False
    ) as client:
        answer = client.get(
            "/document/a%1b%5b31m%c2%85b", headers={"Authorization": f"Bearer {rules.token}"}
        )
    assert answer.status_code in {400, 500}
    assert not any("\x1b" in record.getMessage() for record in caplog.records)


def test_k106_cells_cannot_start_a_formula(reader):
    rows = list(csv.reader(io.StringIO(reader.get("/sources.csv").text)))
    names = {cell for row in rows for cell in row if "calc" in cell}
    assert names == {"'=cmd|' /C calc'!A0"}
    text = reader.get("/api/v1/events.csv").text
    for row in csv.reader(io.StringIO(text)):
        assert not [c for c in row if c.startswith(("=", "+", "@", "\t", "\r"))]


def test_k106_numbers_stay_numbers(reader):
    rows = csv.DictReader(io.StringIO(reader.get("/relation/BLR/RUS.csv").text))
    points = [row["points"] for row in rows if row["part"] == "catalogue"]
    assert points
    assert all(float(value) < 0 for value in points)


def test_k107_a_cell_with_quotes_lines_and_commas_comes_back_whole(reader):
    from detente.web.answers import csv_rows

    value = 'a "b",\r\nc;\td\u2028'
    assert list(csv.reader(io.StringIO(csv_rows(["x"], [{"x": value}]).decode(), newline="")))[
        1
    ] == [value]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\a b.txt", "a b.txt"), ("..", "upload"), ("", "upload"),
     ("a\nb\x00.txt", "a-b-.txt"), ("-rf.txt", "-rf.txt"), ("x" * 300 + ".txt", "x" * 116 + ".txt")],
)  # fmt: skip
def test_k109_names_of_files_are_made_safe(given, kept):
    assert file_name(given) == kept


def test_k109_a_download_is_named_plainly(reader):
    name = reader.get("/relation/BLR/USA.csv").headers["content-disposition"]
    assert name == 'attachment; filename="detente-relation-BLR-USA.csv"'


def ask(folder, rules, *, headers=None, raw_path=b"/sources", path="/sources", query=b""):
    """Ask the application without a client that would mend the request."""
    import asyncio

    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    given = [(b"host", HOST.encode())] if headers is None else headers
    given = [*given, (b"authorization", f"Bearer {rules.token}".encode())]
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": raw_path, "headers": given,
        "query_string": query, "http_version": "1.1", "scheme": "http", "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    asyncio.run(build(folder, rules=rules)(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], body
