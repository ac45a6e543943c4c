"""REST: paging, filters, entity tags, documents in, forecasts, one shape of errors."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from detente.web.app import API
from detente.web.problems import PROBLEM_TYPE

RESOURCES = (
    "/documents", "/documents/{document}", "/records", "/records?kind=claim", "/records/{event}",
    "/records/{forecast}", "/events/{event}", "/countries/BLR", "/relations/BLR/USA",
    "/relations/BLR/USA/series?by=quarter", "/forecasts", "/forecasts/{forecast}", "/review",
    "/search?q=report",
)  # fmt: skip


@pytest.mark.parametrize("path", RESOURCES)
def test_every_resource_is_json_with_an_entity_tag(reader, ids, path):
    answer = reader.get(API + path.format(**ids))
    assert answer.status_code == 200, answer.text
    tag = answer.headers["etag"]
    again = reader.get(API + path.format(**ids), headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_the_description_lists_every_route_and_no_page(reader):
    found = reader.get(f"{API}/openapi.json").json()
    assert found["openapi"].startswith("3.")
    paths = set(found["paths"])
    assert {f"{API}/documents", f"{API}/records", f"{API}/review/{{record}}"} <= paths
    assert all(path.startswith(API) for path in paths)
    assert found["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_records_come_in_pages_and_by_filter(reader):
    every = reader.get(f"{API}/records?limit=1000").json()
    assert (len(every["records"]), every["more"]) == (36, False)
    pages = [reader.get(f"{API}/records?limit=10&offset={n}").json() for n in (0, 10, 20, 30)]
    assert [len(page["records"]) for page in pages] == [10, 10, 10, 6]
    assert [page["more"] for page in pages] == [True, True, True, False]
    assert [r for page in pages for r in page["records"]] == every["records"]
    accusations = reader.get(f"{API}/records?party=RUS&other=BLR&type=ACCUSE").json()["records"]
    assert {record["type"] for record in accusations} == {"ACCUSE"}
    march = reader.get(f"{API}/records?from=2016-03-01&to=2016-03-31").json()["records"]
    assert {record["date"][:7] for record in march} == {"2016-03"}
    assert reader.get(f"{API}/records?domain=energy").json()["records"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", None, 404), ("GET", "/records/x", None, 404),
        ("GET", "/records?limit=0", None, 422), ("GET", "/records?kind=poem", None, 422),
        ("GET", "/records?other=USA", None, 422), ("DELETE", "/records", None, 405),
        ("POST", "/review/x", b"{", 400), ("POST", "/review/x", b'{"verdict":"maybe"}', 422),
        ("POST", "/review/x", b"[" * 100_000, 400), ("POST", "/review/x", b'{"verdict": NaN}', 400),
        ("POST", "/documents", b"x", 400), ("POST", "/forecasts/x/propose", None, 404),
        ("POST", "/judgements/x/undo", b'{"reviewer":"a"}', 404),
    ],
)  # fmt: skip
def test_every_error_has_one_shape(reader, method, path, body, status):
    headers = {"Content-Type": "application/json"} if body else {}
    answer = reader.request(method, API + path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert set(answer.json()) == {"status", "title", "detail", "type"}
    assert answer.json()["status"] == status


STRANGE = (
    "", "null", "-1", "0", "1e18", "99999999999999999999", "\x00", "a\x00b", "\ud800", "%00", "../..",
    '"', "NEAR(a b)", "a*", "col:x", "';drop table x", "<script>", "Ω" * 300, "2016-13-45", "🙂",
)  # fmt: skip


def operations(reader):
    for path, methods in reader.get(f"{API}/openapi.json").json()["paths"].items():
        for method, told in methods.items():
            yield path, method, told


def test_every_operation_describes_its_problems(reader):
    """And each has its content type; ``scripts/fuzz_api`` asks whether others are ever met."""
    for path, method, told in operations(reader):
        codes = {"400", "401", "403", "404", "405", "409", "413", "415", "422", "503"}
        assert codes <= set(told["responses"]), (path, method)
        for code in codes:
            assert list(told["responses"][code]["content"]) == [PROBLEM_TYPE], (path, method, code)


def test_strange_values_are_answered_as_described(reader, ids):
    """No parameter of any question makes the server fail, or answer what it does not describe."""
    known = {"event": ids["event"], "document": ids["document"], "forecast": ids["forecast"]}
    known |= {"record": ids["event"], "code": "BLR", "a": "BLR", "b": "USA"}
    asked = 0
    for path, method, told in operations(reader):
        if method != "get":
            continue
        inside = [p["name"] for p in told.get("parameters", ()) if p["in"] == "path"]
        questions = [p["name"] for p in told.get("parameters", ()) if p["in"] == "query"]
        for strange in STRANGE:
            bad = quote(strange, errors="surrogatepass")
            addresses = [
                path.format(**{**{n: known[n] for n in inside}, one: bad}) for one in inside
            ]
            whole = path.format(**{n: known[n] for n in inside})
            addresses += [f"{whole}?{one}={bad}" for one in questions]
            for address in addresses:
                answer = reader.get(address)
                assert str(answer.status_code) in told["responses"], (address, answer.text)
                asked += 1
    assert asked > 500


def test_a_method_that_is_not_known_names_those_that_are(reader):
    answer = reader.request("TRACE", f"{API}/records")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert reader.options(f"{API}/documents").headers["allow"] == "GET, HEAD, POST"
    assert reader.options(f"{API}/forecasts/x/accept").headers["allow"] == "POST"
    assert reader.options(f"{API}/forecasts/resolve").headers["allow"] == "POST"
    assert reader.options("/actor/BLR.MFA/ada-quill.json").headers["allow"] == "GET, HEAD"
    answer = reader.request("PUT", f"{API}/records")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_the_whole_ledger_is_made_answerable_and_resolved_from_its_page(writer):
    own = {"Origin": "http://127.0.0.1:8000"}
    assert writer.post("/forecasts/propose", headers=own).status_code == 200
    assert any(
        one["query"] == "proposed" for one in writer.get("/forecasts.json").json()["forecasts"]
    )
    answer = writer.post("/forecasts/resolve", headers=own, data={"as_of": "2030-01-01"})
    assert answer.status_code == 200
    outcomes = {one["outcome"] for one in writer.get("/forecasts.json").json()["forecasts"]}
    assert outcomes & {"yes", "no", "void"}
    assert writer.post("/forecasts/resolve", headers=own, data={"as_of": "x"}).status_code == 422


def test_a_forecast_is_made_answerable_and_resolved(writer, ids):
    path = f"{API}/forecasts/{ids['forecast']}"
    proposed = writer.post(f"{path}/propose").json()
    assert proposed["versions"][-1]["query"]["parties"]
    assert writer.post(f"{path}/accept", json={"reason": "fits"}).json()["accepted"]
    found = writer.post(f"{API}/forecasts/resolve", json={"as_of": "2018-01-01"}).json()
    assert found[0]["outcome"] in {"yes", "no", "void"}
    page = writer.get(f"/forecast/{ids['forecast']}.json").json()
    assert page["state"]["outcome"] == found[0]["outcome"]
    assert writer.get("/forecasts.json").json()["scores"][0]["resolved"] <= 1


def test_a_judgement_by_rest(writer, ids):
    path = f"{API}/review/{ids['event']}"
    made = writer.post(
        path, json={"verdict": "correct", "reviewer": "Ada", "corrections": {"domain": "energy"}}
    )
    assert made.status_code == 201
    assert writer.get(f"{API}/records/{ids['event']}").json()["domain"] == "energy"
    undone = writer.post(
        f"{API}/judgements/{made.json()['judgement']}/undo", json={"reviewer": "Ada"}
    )
    assert undone.status_code == 201
    assert writer.get(f"{API}/records/{ids['event']}").json()["domain"] == "military"


@pytest.mark.model
@pytest.mark.slow
def test_a_document_comes_in_once(writer):
    text = b"Talks\n\nOn 20 September 2016 Poland expelled two Russian diplomats.\n"
    given = {"file": ("../../talks.txt", text)}
    first = writer.post(f"{API}/documents", files=given, data={"published": "2016-09-21"})
    assert first.status_code == 201, first.text
    kept = first.json()
    assert (kept["added"], kept["failures"]) == (1, [])
    assert kept["events"] >= 1
    page = writer.get(f"{API}/documents/{kept['documents'][0]}").json()
    assert (page["published"], page["source"]) == ("2016-09-21", "upload/talks.txt")
    again = writer.post(f"{API}/documents", files=given, data={"published": "2016-09-21"}).json()
    assert (again["added"], again["documents"]) == (0, kept["documents"])


@pytest.mark.parametrize(
    ("content", "detail"), [(b"", "empty"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture")]
)
def test_a_document_that_cannot_be_read_is_told(writer, content, detail):
    answer = writer.post(f"{API}/documents", files={"file": ("x.png", content)})
    assert answer.status_code == 422
    assert detail in answer.json()["detail"]


def test_an_uploaded_feed_fetches_nothing(writer):
    feed = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>y</title>'
        b"<link>http://127.0.0.1:1/z</link></item></channel></rss>"
    )
    answer = writer.post(f"{API}/documents", files={"file": ("feed.xml", feed)})
    assert answer.status_code == 422
