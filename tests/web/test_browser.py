"""The pages in a real browser (Debian's Chromium) against a real server on the bundled case file.

Skipped where there is no Chromium; ``make test`` installs it as root on Debian.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import detente.api as dt

HERE = Path(__file__).parent
CASE_FILE = HERE.parents[1] / "examples" / "minsk" / "documents"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = HERE / "vendor" / "axe" / "axe.min.js"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.model,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium here: apt-get install chromium (scripts/browser does)"
    ),
]


@pytest.fixture(scope="module")
def casebook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser") / "minsk.casebook"
    dt.add([CASE_FILE], casebook=folder)
    return folder


@pytest.fixture(scope="module")
def address(casebook):
    command = [sys.executable, "-m", "detente", "serve", "--casebook", str(casebook), "--port", "0"]
    patient = {**os.environ, "DETENTE_WEB_SECONDS": "30"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=patient) as server:
        yield server.stdout.readline().split()[-1]
        server.terminate()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser, address):
    """A tab that came in by the printed address; fails where the console shows an error."""
    context = browser.new_context(reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(60_000)
    page = context.new_page()
    wrong = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda r: (
            wrong.append(r.url) if not r.url.startswith(("http://127.0.0.1", "data:")) else None
        ),
    )
    page.goto(address)
    page.home = address.partition("/?")[0]
    yield page
    context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def ids(casebook):
    with dt.view(casebook) as view:
        events = view.records(parties=("BLR", "USA"), status="actual")
        met = next(e for e in events if e.date == "2016-09-20" and e.place is not None)
        return {"event": met.id, "document": met.doc, "forecast": view.forecasts()[0].id}


PAGES = (
    "/country/BLR", "/country/BLR?as-of=2100-01-01", "/relation/BLR/USA",
    "/relation/BLR/USA?as-of=2100-01-01", "/document/{document}", "/documents", "/event/{event}",
    "/actor/BLR.MFA", "/forecasts", "/forecast/{forecast}", "/search?q=attache", "/review",
    "/review/{event}", "/why/{event}", "/issue?country=BLR",
    "/issue/BLR?with=RUS&with=USA&with=EU&from=2016-09-01&to=2016-10-31", "/sources", "/method",
    "/document/none",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_without_a_serious_fault(browser, address, ids, scheme):
    """Axe-core finds no serious or critical fault, at the width of a desk and of a phone."""
    home = address.partition("/?")[0]
    found, wrong = [], []
    for width in (1200, 390):
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce",
            bypass_csp=True,
        )  # fmt: skip
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        for path in PAGES:
            page.goto(home + path.format(**ids), wait_until="load")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            result = page.evaluate("axe.run({resultTypes: ['violations']})")
            for fault in result["violations"]:
                if fault["impact"] in {"serious", "critical"}:
                    nodes = [node["html"][:120] for node in fault["nodes"][:3]]
                    found.append((path, width, fault["id"], nodes))
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append((path, width, "wider than the screen", wide))
        context.close()
    assert found == []
    assert wrong == []


@pytest.mark.parametrize("page", [p for p in PAGES if not p.endswith("none")])
def test_every_page_opens_without_a_word_on_the_console(tab, ids, page):
    answer = tab.goto(tab.home + page.format(**ids), wait_until="networkidle")
    assert answer.status == 200
    assert tab.locator("h1").count() == 1
    for chart in tab.locator(".chart").all():
        assert chart.get_attribute("data-drawn") == "true"


def test_a_brush_chooses_a_period_and_the_catalogue_follows(tab):
    tab.goto(f"{tab.home}/relation/BLR/USA", wait_until="networkidle")
    whole = int(tab.locator("#incidents").inner_text())
    box = tab.locator("#index-chart canvas").bounding_box()
    middle = box["y"] + box["height"] * 0.3
    tab.mouse.move(box["x"] + box["width"] * 0.7, middle)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=8)
    tab.mouse.up()
    tab.wait_for_url(re.compile(r"from=\d{4}-\d\d-\d\d&to="))
    tab.wait_for_function(f"Number(document.querySelector('#incidents').textContent) < {whole}")
    part = int(tab.locator("#incidents").inner_text())
    assert 0 < part < whole
    since, until = re.search(r"from=([\d-]+)&to=([\d-]+)", tab.url).groups()
    twin = tab.request.get(f"{tab.home}/relation/BLR/USA.json?from={since}&to={until}").json()
    assert twin["incidents"] == part
    assert all(since <= line["day"] <= until for line in twin["catalogue"])


def test_text_and_record_light_each_other(tab, ids):
    tab.goto(f"{tab.home}/document/{ids['document']}")
    piece = tab.locator(".text a.event").first
    name = piece.get_attribute("href").removeprefix("#r-")
    piece.click()
    assert "lit" in tab.locator(f"#r-{name}").get_attribute("class")
    tab.locator(f"#r-{name} a[href='#t-{name}']").click()
    assert tab.locator(".text a.lit").count() >= 1


def test_a_corrected_event_changes_the_number_and_undoing_brings_it_back(tab, ids):
    def incidents():
        tab.goto(f"{tab.home}/relation/BLR/USA")
        return int(tab.locator("#incidents").inner_text())

    before = incidents()
    mentions = tab.request.get(f"{tab.home}/event/{ids['event']}.json").json()["mentions"]
    tab.goto(f"{tab.home}/review/{ids['event']}")
    tab.locator("#judge [name=reviewer]").fill("Ada")
    tab.locator("#judge [name=source]").fill("LVA.MFA")
    tab.get_by_role("button", name="Correct", exact=True).click()
    assert tab.locator("h1").inner_text() == "Noted"
    assert "BLR–USA: mentions" in tab.locator("main").inner_text()
    after = incidents()
    assert after == before - (len(mentions) == 1)
    told = tab.request.get(f"{tab.home}/relation/LVA/USA.json").json()
    assert told["incidents"] >= 1
    tab.goto(f"{tab.home}/review")
    tab.get_by_role("button", name="Undo").first.click()
    assert incidents() == before


def test_a_rejected_event_is_gone_from_the_number(tab, casebook):
    with dt.view(casebook) as view:
        event = next(
            e for e in view.records(parties=("BLR", "USA"), status="actual")
            if len(view.mentions(e.incident)) == 1 and e.date
        )  # fmt: skip
    tab.goto(f"{tab.home}/relation/BLR/USA")
    before = int(tab.locator("#incidents").inner_text())
    tab.goto(f"{tab.home}/review/{event.id}")
    tab.locator("#judge [name=reviewer]").fill("Ada")
    tab.locator("#judge [name=reason]").fill("nobody met")
    tab.get_by_role("button", name="Reject").click()
    tab.get_by_role("link", name="See the relation").click()
    assert int(tab.locator("#incidents").inner_text()) == before - 1


def test_unfolding_and_folding_change_the_count_and_undoing_brings_it_back(tab, ids):
    def incidents():
        tab.goto(f"{tab.home}/relation/BLR/USA")
        return int(tab.locator("#incidents").inner_text())

    def judge(choice):
        tab.goto(f"{tab.home}/review/{ids['event']}")
        tab.locator("#judge [name=reviewer]").fill("Ada")
        tab.locator(f"#judge [name=incident][value='{choice}']").check()
        tab.get_by_role("button", name="Correct", exact=True).click()
        assert tab.locator("h1").inner_text() == "Noted"
        row = tab.locator("tr", has_text="BLR–USA: incidents").first.inner_text()
        return [float(number.replace("+", "")) for number in re.findall(r"[+-]?\d[\d.]*", row)][:2]

    before = incidents()
    event = tab.request.get(f"{tab.home}/event/{ids['event']}.json").json()
    assert len(event["mentions"]) > 1
    others = {one["event"] for one in event["mentions"]} - {ids["event"]}
    assert judge("-") == [before, before + 1]
    assert incidents() == before + 1
    alone = tab.request.get(f"{tab.home}/event/{ids['event']}.json").json()
    assert len(alone["mentions"]) == 1
    with_it = tab.request.get(f"{tab.home}/event/{min(others)}.json").json()["incident"]
    assert judge(with_it) == [before + 1, before]
    assert incidents() == before
    for _ in range(2):
        tab.goto(f"{tab.home}/review")
        tab.get_by_role("button", name="Undo").first.click()
    assert incidents() == before
    assert len(tab.request.get(f"{tab.home}/event/{ids['event']}.json").json()["mentions"]) > 1


def test_as_of_a_day_is_chosen_shown_and_kept_in_the_address(tab):
    early = tab.request.get(f"{tab.home}/country/BLR.json?as-of=2016-10-01")
    assert early.json()["detail"] == "BLR: there is no such party in this casebook as of 2016-10-01"
    tomorrow = "2100-01-01"
    tab.goto(f"{tab.home}/country/BLR")
    tab.locator("[name=as-of]").fill(tomorrow)
    tab.get_by_role("button", name="Show").click()
    assert "As believed on" in tab.locator("#believed").inner_text()
    tab.get_by_role("link", name="United States").first.click()
    tab.wait_for_url(re.compile(f"/relation/BLR/USA.as-of={tomorrow}"))
    tab.locator("#narrow [name=from]").fill("2016-01-01")
    tab.wait_for_url(re.compile(f"from=2016-01-01.*as-of={tomorrow}"))
    tab.locator("#believed").get_by_role("link", name="As believed now").click()
    tab.wait_for_url(lambda url: "as-of" not in url)
    assert tab.locator("#believed").count() == 0


def test_a_document_is_uploaded_and_shown(tab, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text(
        "Talks in Riga\n\nOn 20 September 2016 Poland expelled two Russian diplomats.\n",
        encoding="utf-8",
    )
    tab.goto(f"{tab.home}/documents")
    tab.locator("input[type=file]").set_input_files(note)
    tab.locator("[name=published]").fill("2016-09-21")
    tab.get_by_role("button", name="Read and code it").click()
    tab.wait_for_url(re.compile("/document/sha256"))
    assert "Talks in Riga" in tab.locator("h1").inner_text()
    assert tab.locator(".cards li.event").count() >= 1


def test_a_forecast_is_resolved(tab, casebook):
    forecasts = tab.request.get(f"{tab.home}/api/v1/forecasts").json()["forecasts"]
    for one in forecasts:
        if one["chance"] is None or one["outcome"] != "open":
            continue
        tab.goto(f"{tab.home}/forecast/{one['forecast']}")
        proposed = tab.request.post(
            f"{tab.home}/forecast/{one['forecast']}/propose", headers={"Origin": tab.home}
        )
        if proposed.status == 200:
            break
    tab.goto(f"{tab.home}/forecast/{one['forecast']}")
    tab.get_by_role("button", name="Accept the last query").click()
    tab.get_by_role("button", name="Resolve").click()
    assert tab.locator("#outcome").inner_text() in {"yes", "no", "void"}
    tab.goto(f"{tab.home}/forecasts", wait_until="networkidle")
    assert "resolved" in tab.locator(".facts").inner_text()


def test_a_query_is_worded_by_hand_and_every_version_kept(tab):
    one = tab.request.get(f"{tab.home}/api/v1/forecasts").json()["forecasts"][-1]
    tab.goto(f"{tab.home}/forecast/{one['forecast']}")
    tab.get_by_text("Word the query yourself").click()
    tab.locator("[name=types]").fill("consult, agree")
    tab.locator("[name=parties]").fill("BLR, USA")
    tab.locator("[name=threshold]").fill("2")
    tab.locator("[name=reason]").fill("two meetings would show it")
    tab.get_by_role("button", name="Accept this query").click()
    tab.wait_for_load_state()
    assert (
        "at least 2 incidents of Belarus and the United States (consult, agree)"
        in tab.locator("main").inner_text()
    )
    told = tab.request.get(f"{tab.home}/forecast/{one['forecast']}.json").json()
    assert told["versions"][-1]["accepted"]
    assert told["versions"][-1]["basis"] == "edited"
    tab.get_by_text("Word the query yourself").click()
    tab.locator("[name=threshold]").fill("3")
    tab.get_by_role("button", name="Accept this query").click()
    tab.wait_for_load_state()
    later = tab.request.get(f"{tab.home}/forecast/{one['forecast']}.json").json()
    assert [v["query"]["threshold"] for v in later["versions"][-2:]] == [2, 3]


def test_every_step_of_the_coder_is_shown(tab, ids):
    tab.goto(f"{tab.home}/event/{ids['event']}")
    tab.get_by_role("link", name="Every step of the coder").click()
    tab.wait_for_load_state()
    names = tab.locator("tbody th").all_inner_texts()
    assert {
        "Frame",
        "Confidence",
        "Source",
        "Target",
        "Date",
        "Place",
        "Status",
        "Incident",
    } <= set(names)
    told = tab.request.get(f"{tab.home}/why/{ids['event']}.json").json()
    assert told["note"] is None
    assert [ground["name"] for ground in told["grounds"]] == names


def test_an_issue_is_built_and_printed(tab):
    tab.goto(f"{tab.home}/issue?country=BLR")
    tab.locator("[name=from]").fill("2016-09-01")
    tab.locator("[name=to]").fill("2016-10-31")
    tab.get_by_role("button", name="Write the issue").click()
    assert "barometer" in tab.locator("h1").inner_text()
    assert tab.locator("ol.sources li").count() > 3
    tab.emulate_media(media="print")
    assert not tab.locator("header.bar").is_visible()
    paper = tab.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000


def test_the_agenda_of_one_year_has_bars_and_that_of_several_flows(tab):
    kind = "echarts.getInstanceByDom(document.getElementById('agenda-chart')).getOption().series[0].type"
    years = {}
    for pair in ("BLR/USA", "BLR/ITA"):
        tab.goto(f"{tab.home}/relation/{pair}", wait_until="networkidle")
        told = tab.request.get(f"{tab.home}/relation/{pair}.json").json()["agenda"]
        years[pair] = (len(told), tab.evaluate(kind))
    assert {kind for n, kind in years.values() if n > 1} == {"themeRiver"}, years
    assert {kind for n, kind in years.values() if n == 1} == {"bar"}, years


def test_charts_are_whole_and_light_on_paper(tab):
    tab.set_viewport_size({"width": 1200, "height": 900})
    tab.emulate_media(color_scheme="dark")
    tab.goto(f"{tab.home}/relation/BLR/USA", wait_until="networkidle")
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"
    assert tab.evaluate(ink) == "#e6e4df"
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate(ink) == "#1c1f23"
    tab.emulate_media(media="print", color_scheme="dark")
    tab.set_viewport_size({"width": 680, "height": 900})
    for chart in tab.locator(".chart").all():
        place, drawing = chart.bounding_box(), chart.locator("canvas").first.bounding_box()
        assert drawing["width"] <= place["width"] + 1
        assert drawing["height"] <= place["height"] + 1
        assert drawing["height"] > 100
    tab.emulate_media(media="screen", color_scheme="dark")
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(ink) == "#e6e4df"


def test_the_pages_are_usable_by_keyboard(tab):
    tab.goto(f"{tab.home}/country/BLR")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    tab.goto(f"{tab.home}/relation/BLR/USA")
    tab.locator("#narrow [name=from]").fill("2016-01-01")
    tab.get_by_role("button", name="Show the period").press("Enter")
    tab.wait_for_url(re.compile("from=2016-01-01"))


def test_a_tab_without_the_token_is_shut_out(browser, address):
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(address.partition("/?")[0] + "/country/BLR")
    assert answer.status == 401
    context.close()
