"""PLOVER JSON in, and out again as it came."""

import json

import pytest

import detente.api as dt
from detente.errors import InputError

MEETING = {
    "id": "m1", "date": "2018-05-03", "event": "CONSULT", "mode": "visit",
    "context": ["military", "economic"],
    "actor": [{"code": "BLR", "sector": "GOV"}, {"code": "BLR", "sector": "MIL"}],
    "recipient": [{"code": "LVA", "sector": "MIL", "entity_text": "the Latvian army"}],
    "event_loc": [{"resolved_place": "Riga", "lat": "56.9", "lon": 24.1, "country_code": "LVA",
                   "geonameid": "456172"}],
    "text_info": {"id": "story-1", "sentence": 3},
    "cite_info": {"publisher": "Example Weekly", "published": "2018-05-04"},
    "comment": "status: planned",
}  # fmt: skip
OLD = {
    "id": "m2", "date": "2018-06-01", "event": "accuse", "context": "legal;diplomatic",
    "source": [{"code": "USA", "sector": "GOV", "identifier_id": "USA.MFA"}],
    "target": [{"code": "RUS"}], "eventText": "...", "textInfo": {"id": "story-2"},
}  # fmt: skip


def lines(tmp_path, *objects, listed=False):
    path = tmp_path / "events.json"
    text = json.dumps(objects) if listed else "".join(json.dumps(o) + "\n" for o in objects)
    path.write_text(text, encoding="utf-8")
    return path


def test_further_dates_that_are_none_are_left_out_and_told(tmp_path):
    stay = MEETING | {"id": "m3", "enddate": "2018-05-06T10:00:00Z"}
    wrong = MEETING | {"id": "m4", "enddate": "the weekend", "cite_info": {"published": "May"}}
    path = lines(tmp_path, MEETING, stay, wrong, wrong | {"id": "m5", "enddate": None})
    report = dt.import_events("plover", [path], casebook=tmp_path / "p.casebook")
    assert (report.added, report.skipped, report.undated) == (4, 0, 2)
    assert report.first_undated == f"{path}:3: enddate 'the weekend' is no day"
    with dt.view(tmp_path / "p.casebook") as view:
        found = view.events().to_pylist()
    assert [(e["date_end"], e["published"]) for e in found] == [
        (None, "2018-05-04"), ("2018-05-06", "2018-05-04"), (None, None), (None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("listed", [False, True])
def test_objects_become_events_and_go_out_as_they_came_in(tmp_path, listed):
    casebook = tmp_path / "p.casebook"
    path = lines(tmp_path, MEETING, OLD, listed=listed)
    report = dt.import_events("plover", [path], casebook=casebook)
    assert (report.added, report.skipped, report.known) == (2, 0, 0)
    with dt.view(casebook) as view:
        meeting, old = view.events().to_pylist()
    assert (meeting["source_codes"], meeting["target_codes"]) == (
        ["BLR.GOV", "BLR.MIL"],
        ["LVA.MIL"],
    )
    assert (meeting["status"], meeting["domain"], meeting["sentence"]) == ("planned", "military", 3)
    assert (meeting["publisher"], meeting["geonameid"], meeting["lat"]) == (
        "Example Weekly", 456172, 56.9,
    )  # fmt: skip
    assert (old["type"], old["source_codes"], old["target_codes"]) == (
        "ACCUSE",
        ["USA.MFA"],
        ["RUS"],
    )
    assert (old["doc"], old["contexts"]) == ("story-2", ["legal", "diplomatic"])
    out = tmp_path / "out.jsonl"
    assert dt.export_events("plover", out, casebook=casebook) == 2
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == [MEETING, OLD]
    assert dt.import_events("plover", [path], casebook=casebook).files_known == 1
    again = lines(tmp_path, MEETING, OLD | {"id": "m3"})
    report = dt.import_events("plover", [again], casebook=casebook)
    assert (report.added, report.known) == (1, 1)


def test_a_relation_counts_imported_objects(tmp_path):
    casebook = tmp_path / "p.casebook"
    done = MEETING | {"comment": None}
    dt.import_events("plover", [lines(tmp_path, done)], casebook=casebook)
    assert [one.incidents for one in dt.index("BLR", "LVA", casebook=casebook).bins] == [1]


def test_own_export_comes_in_again_with_its_actors(tmp_path):
    first, second = tmp_path / "a.casebook", tmp_path / "b.casebook"
    dt.import_events("plover", [lines(tmp_path, OLD)], casebook=first)
    out = tmp_path / "out.jsonl"
    dt.export_events("plover", out, casebook=first)
    dt.import_events("plover", [out], casebook=second)
    with dt.view(first) as one, dt.view(second) as two:
        assert one.events().drop_columns(["shard"]) == two.events().drop_columns(["shard"])


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"id": "x"}, "date is missing"),
        (OLD | {"event": "DANCE"}, "event 'DANCE' is not known"),
        (OLD | {"date": "1900-01-01"}, "is no day from 1945-01-01 on"),
        (OLD | {"event_loc": [{"lat": 95, "lon": 0}]}, "lat '95' is no place on earth"),
        ([1, 2], "no JSON object"),
    ],
)
def test_bad_objects_are_counted_and_named(tmp_path, bad, reason):
    path = lines(tmp_path, MEETING, bad)
    report = dt.import_events("plover", [path], casebook=tmp_path / "p.casebook")
    assert (report.added, report.skipped, report.bad[0].line) == (1, 1, 2)
    assert reason in report.bad[0].reason


def test_a_broken_list_is_refused(tmp_path):
    path = tmp_path / "events.json"
    path.write_text("[{", encoding="utf-8")
    with pytest.raises(InputError, match="no JSON list"):
        dt.import_events("plover", [path], casebook=tmp_path / "p.casebook")
