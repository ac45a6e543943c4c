"""Judgements through the pages and REST: laid over at once, undone, agreed on, exported."""

from __future__ import annotations

import re
import shutil

import pytest

from detente.casebook.book import Casebook
from detente.coding.incidents import fold

OWN = {"Origin": "http://127.0.0.1:8000"}


def judge(client, record, **form):
    return client.post(
        f"/review/{record}",
        data={"reviewer": "Ada", **form},
        headers={**OWN, "Accept": "text/html"},
    )


def numbers(client):
    found = client.get("/relation/BLR/USA.json").json()
    return found["incidents"], found["index"]


def test_a_correction_shows_what_it_changed_and_changes_every_page(writer, ids):
    before = numbers(writer)
    answer = judge(writer, ids["event"], verdict="correct", status="planned")
    assert answer.status_code == 200
    assert "What it changed" in answer.text
    assert "BLR–USA: incidents" in answer.text
    after = numbers(writer)
    assert after[0] == before[0] - 1
    assert after[1] < before[1]
    assert writer.get(f"/event/{ids['event']}.json").json()["event"]["status"] == "planned"


@pytest.mark.parametrize(
    ("form", "field", "value"),
    [
        ({"type": "ACCUSE"}, "type", "ACCUSE"),
        ({"date": "2016-02-03"}, "date", "2016-02-03"),
        ({"domain": "energy"}, "domain", "energy"),
        ({"place": "-"}, "place", None),
    ],
)
def test_each_field_can_be_corrected(writer, ids, form, field, value):
    assert judge(writer, ids["event"], verdict="correct", **form).status_code == 200
    assert writer.get(f"/api/v1/records/{ids['event']}").json()[field] == value


@pytest.mark.parametrize(
    ("text", "name", "country", "known"),
    [("Riga", "Riga", "LVA", True), ("Brest, BLR", "Brest", "BLR", True),
     ("Brest, fra", "Brest", "FRA", True), ("Nowhere at all", "Nowhere at all", None, False)],
)  # fmt: skip
def test_a_corrected_place_has_its_country_and_point(writer, ids, text, name, country, known):
    assert judge(writer, ids["event"], verdict="correct", place=text).status_code == 200
    place = writer.get(f"/api/v1/records/{ids['event']}").json()["place"]
    assert (place["name"], place["country"]) == (name, country)
    assert (place["lat"] is not None, place["geonameid"] is not None) == (known, known)
    if name == "Riga":
        assert place["geonameid"] == 456172  # the town, not the province of that name


def test_the_numbers_shown_are_those_of_the_relation(writer, ids):
    incidents, index = numbers(writer)
    answer = writer.post(
        f"/review/{ids['event']}", headers={**OWN, "Accept": "text/html"},
        data={"reviewer": "Ada", "verdict": "reject", "reason": "nobody met"},
    )  # fmt: skip
    after = numbers(writer)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", answer.text)
    shown = dict(zip(cells[::3], zip(cells[1::3], cells[2::3], strict=True), strict=True))
    assert shown["BLR–USA: incidents"] == (str(incidents), f"<b>{after[0]}</b>")
    assert float(shown["BLR–USA: index"][0]) == index


def test_a_rejected_record_still_has_its_pages_and_a_second_reader(writer, ids):
    judge(writer, ids["event"], verdict="reject", reason="nobody met")
    [waiting] = writer.get("/review.json?reader=Eve").json()["records"]
    assert waiting["id"] == ids["event"]
    for page in ("event", "review"):
        assert writer.get(f"/{page}/{ids['event']}.json").status_code == 200
    assert judge(writer, ids["event"], verdict="accept", reviewer="Eve").status_code == 200
    assert writer.get(f"/api/v1/records/{ids['event']}").status_code == 200


def test_the_name_of_who_judged_stands_in_the_next_form(writer, ids):
    form = f"/review/{ids['event']}"
    assert 'name="reviewer" required maxlength="100" value=""' in writer.get(form).text
    judge(writer, ids["event"], verdict="accept", reviewer="Zoë <b>")
    assert 'value="Zoë &lt;b&gt;"' in writer.get(form).text


def test_actors_are_corrected_by_code_and_keep_their_words(writer, ids):
    judge(writer, ids["event"], verdict="correct", source="BLR.MFA, RUS.HOS", target="POL")
    record = writer.get(f"/api/v1/records/{ids['event']}").json()
    assert [actor["code"] for actor in record["source"]] == ["BLR.MFA", "RUS.HOS"]
    assert record["source"][0]["person"] == "Ada Quill"
    assert record["target"][0]["country"] == "POL"
    assert writer.get("/relation/BLR/POL.json").json()["incidents"] == 1


def test_an_event_is_folded_into_an_incident_and_out_again(writer, ids):
    events = writer.get("/api/v1/records?party=BLR&other=USA&type=CONSULT").json()["records"]
    one, two = events[0], events[5]
    before = numbers(writer)[0]
    judge(writer, two["id"], verdict="correct", incident=one["incident"])
    assert numbers(writer)[0] == before - 1
    page = writer.get(f"/event/{one['id']}.json").json()
    assert {mention["event"] for mention in page["mentions"]} >= {one["id"], two["id"]}
    judge(writer, two["id"], verdict="correct", incident="-")
    assert numbers(writer)[0] == before


def test_a_rejected_event_is_gone_until_the_rejection_is_undone(writer, ids):
    before = numbers(writer)
    assert judge(writer, ids["event"], verdict="reject").status_code == 422
    assert judge(writer, ids["event"], verdict="reject", reason="nobody met").status_code == 200
    assert numbers(writer)[0] == before[0] - 1
    assert writer.get(f"/api/v1/records/{ids['event']}").status_code == 404
    page = writer.get(f"/event/{ids['event']}", headers={"Accept": "text/html"})
    assert "Rejected by a reviewer" in page.text
    judgement = writer.get("/review.json").json()["judgements"][0]["judgement"]
    writer.post(f"/judgement/{judgement}/undo", data={"reviewer": "Ada"}, headers=OWN)
    assert numbers(writer) == before


def test_what_does_not_fit_is_refused(writer, ids):
    assert judge(writer, ids["event"], verdict="correct", type="DANCE").status_code == 422
    assert judge(writer, ids["event"], verdict="correct", source="a;b").status_code == 422
    assert judge(writer, ids["event"], verdict="correct").status_code == 422
    assert judge(writer, ids["event"], verdict="maybe").status_code == 422
    assert judge(writer, ids["event"], verdict="accept", reviewer=" ").status_code == 422
    assert writer.get("/review.json").json()["judged"] == 0


def test_a_second_reader_sees_what_others_judged_and_alpha_is_counted(writer, ids):
    events = writer.get("/api/v1/records?party=BLR&other=USA").json()["records"][:4]
    for number, event in enumerate(events):
        judge(writer, event["id"], verdict="accept")
        waiting = writer.get("/review.json?reader=Eve").json()
        assert event["id"] in {one["id"] for one in waiting["records"]}
        if number < 3:
            judge(writer, event["id"], verdict="accept", reviewer="Eve")
        else:
            judge(writer, event["id"], verdict="correct", domain="energy", reviewer="Eve")
    measured = {one["field"]: one for one in writer.get("/api/v1/agreement").json()}
    assert measured["kept"]["records"] == 4
    assert measured["kept"]["same"] == 1
    assert measured["domain"]["same"] == 0.75
    assert 0 < measured["domain"]["alpha"] < 1


def test_a_correction_survives_coding_again(writer, ids, tmp_path):
    judge(writer, ids["event"], verdict="correct", status="planned")
    before = numbers(writer)
    folder = tmp_path / "again.casebook"
    shutil.copytree(writer.folder, folder)
    with Casebook.open(folder) as book:
        with book.view() as view:
            kept = {d: view.records() for d in ("all",)}["all"]
        by_doc = {}
        for event in kept:
            by_doc.setdefault(event.doc, []).append(event)

        def code(documents):
            import msgspec

            from detente.model import Coded, DocumentRecord, record_id

            for document in documents:
                records = tuple(
                    msgspec.structs.replace(e, id=record_id("e", "new", e.id), status="actual")
                    for e in by_doc.get(document.id, ())
                )
                yield Coded(
                    document=DocumentRecord(id=document.id, source=document.source),
                    text=document.text, records=records,
                )  # fmt: skip

        book.recode(code=code, coder_version="2", configuration="2", fold=fold)
        with book.view() as view:
            planned = view.records(parties=("BLR", "USA"), status="planned")
            actual = view.records(parties=("BLR", "USA"), status="actual")
    assert (len(planned), len({e.incident for e in actual})) == (1, before[0])


def test_reviewed_documents_come_out_as_gold_in_the_notation(writer, ids):
    page = writer.get(f"/document/{ids['document']}.json").json()
    for record in page["records"]:
        if record["record"] == "event":
            judge(writer, record["id"], verdict="accept")
    answer = writer.get("/gold")
    assert answer.headers["content-disposition"] == 'attachment; filename="reviewed.yaml"'
    assert "CONSULT actual BLR.MFA <> USA.MOD @2016-" in answer.text
    assert "in Minsk #military | " in answer.text


def test_an_entry_is_suggested_from_a_wrong_actor(writer, ids):
    page = writer.get(f"/entry/{ids['event']}?surface=USA.MOD&code=USA.MFA").text
    assert "institution: MFA" in page
    assert "USA.MOD" in page
    none = writer.get(f"/entry/{ids['event']}?surface=USA.MOD&code=-").text
    assert "not_actors" in none
    assert writer.get(f"/entry/{ids['event']}?surface=USA.MOD&code=QQQ").status_code == 422
    assert writer.get(f"/entry/{ids['event']}?surface=nobody&code=USA").status_code == 404
