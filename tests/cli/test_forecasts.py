"""The forecast ledger from the command line, on the bundled case file up to the end of 2016."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import detente.api as dt
from detente.api import forecasts
from detente.errors import InputError
from detente.model import Document

CASE_FILE = Path(__file__).parents[2] / "examples" / "minsk" / "documents"
LAST = "2016-12-31"
pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The bundled documents that were published by the end of 2016, in a casebook."""
    folder = tmp_path_factory.mktemp("forecasts")
    rows = folder / "until-2016.jsonl"
    with rows.open("w", encoding="utf-8") as out:
        for one in dt.read([CASE_FILE]):
            if isinstance(one, Document) and (one.published or "9999") <= LAST:
                fields = ("text", "title", "published", "publisher", "author")
                out.write(json.dumps({name: getattr(one, name) for name in fields}) + "\n")
    report = dt.add([rows], casebook=folder / "minsk.casebook")
    assert report.added == 21
    return folder / "minsk.casebook"


@pytest.fixture
def casebook(built, tmp_path) -> Path:
    import shutil

    return Path(shutil.copytree(built, tmp_path / "minsk.casebook"))


def detente(casebook, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "detente", "forecasts", *arguments, "--casebook", str(casebook)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def told(casebook, *arguments):
    done = detente(casebook, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def words(casebook, part):
    (found,) = [c for c in forecasts.listed(casebook=casebook) if part in c.outlook.text]
    return found


def test_the_notes_forecasts_resolve_as_counted_by_hand(casebook):
    told(casebook, "operationalise")
    halt = words(casebook, "Everything may come to a halt").outlook.id
    told(casebook, "edit", halt, "--party", "BLR", "--party", "BLOC:nato-states")
    found = {one["forecast"]: one for one in told(casebook, "resolve", "--as-of", LAST)}

    # The plan signed in Washington on 20 October, and what followed, settle it at once.
    assert found[halt]["outcome"] == "no"
    assert "2016-10-20" in days(casebook, found[halt]["incidents"])

    exercise = words(casebook, "A joint exercise on Belarusian soil")
    # hand-counts.yaml: none by October 2018; at the end of 2016 nobody can know.
    assert found[exercise.outlook.id]["outcome"] == "open"
    assert found[exercise.outlook.id]["reason"].startswith("0 found")

    hand = detente(
        casebook, "add", "A military document with the United States is likely this year",
        "--issued", "2016-10-02", "--party", "BLR", "--party", "USA", "--direction", "start",
        "--domain", "military", "--hedge", "likely", "--deadline", LAST, "--id", "f-document",
        "--author", "A. Reader",
    )  # fmt: skip
    assert hand.returncode == 0, hand.stderr
    (version,) = told(casebook, "operationalise", "f-document")["proposed"]
    assert version["query"]["types"] == ["AGREE", "SUPPORT"]
    (answer,) = told(casebook, "resolve", "f-document", "--as-of", LAST)
    assert (answer["outcome"], len(answer["incidents"])) == ("yes", 1)
    assert days(casebook, answer["incidents"]) == {"2016-10-20"}
    (strict, *_) = told(casebook, "score", "--accepted")
    assert (strict["scored"], strict["brier"]) == (0, None)
    told(casebook, "accept", "f-document")
    told(casebook, "resolve", "f-document", "--as-of", LAST)
    (strict, *groups) = told(casebook, "score", "--accepted")
    # "likely" is 55 to 80 %: (0.675 - 1)^2
    assert (strict["scored"], strict["brier"]) == (1, pytest.approx(0.105625))
    assert {"A. Reader", "likely"} <= {group["name"] for group in groups}


def days(casebook, incidents):
    """The days that texts give; mentions dated by their publication alone are left out."""
    with dt.view(casebook) as view:
        told = [e for e in view.records() if e.incident in incidents]
    return {e.date for e in told if e.date_basis != "published"}


def test_queries_are_accepted_and_edited_and_versions_stay(casebook):
    name = words(casebook, "Contacts with individual NATO members").outlook.id
    assert "no proposed query to accept" in detente(casebook, "accept", name).stderr
    told(casebook, "operationalise", name)
    told(casebook, "accept", name, "--reason", "as meant")
    edited = told(
        casebook, "edit", name, "--type", "SUPPORT", "--type", "CONSULT", "--at-least", "1",
        "--party", "BLR", "--party", "LVA|POL", "--deadline", LAST, "--reason", "narrower",
    )  # fmt: skip
    assert (edited["number"], edited["basis"], edited["query"]["lookback"]) == (3, "edited", 336)
    (answer,) = told(casebook, "resolve", name, "--as-of", LAST)
    # hand-counts.yaml: yes, because of Latvia in December 2016
    assert answer["outcome"] == "yes"
    assert days(casebook, answer["incidents"]) <= {f"2016-12-0{day}" for day in range(6, 10)}
    shown = told(casebook, "show", name[:8])
    assert [v["accepted"] for v in shown["versions"]] == [False, True, True]
    whole = told(casebook, "score", "--accepted")[0]
    assert (whole["scored"], whole["skill_n"]) == (1, 1)
    for changes, reason in (
        (("--at-least", "0"), "threshold: 'at least 0' is settled beforehand"),
        (("--deadline", "2016-01-01"), "deadline: 2016-01-01 is before the issue date"),
        (("--type", "DANCE"), "types: 'DANCE' is none of AGREE, CONSULT"),
        (("--domain", "sport"), "domain: 'sport' is none of military"),
        (("--party", "BLR", "--party", "LVA|QQQ"), "parties: QQQ: is no party's code"),
        (("--at-least", "1", "--at-most", "2"), "threshold"),
    ):
        done = detente(casebook, "edit", name, *changes)
        assert (done.returncode, reason in done.stderr) == (2, True), done.stderr
    assert len(told(casebook, "show", name)["versions"]) == 3


def test_a_late_document_changes_an_outcome_by_a_revision_alone(casebook, tmp_path):
    forecasts.add(
        "A visit of the Estonian minister is likely", issued="2016-10-02", casebook=casebook,
        subject=("EST",), object=("BLR",), direction="start", deadline="2016-11-30", id="f-est",
    )  # fmt: skip
    forecasts.operationalise("f-est", casebook=casebook)
    (first,) = forecasts.resolve("f-est", as_of=LAST, casebook=casebook)
    assert (first.outcome, "speaks of EST and BLR" in first.reason) == ("void", True)
    late = tmp_path / "late.txt"
    late.write_text(
        "Minister in Minsk\n\nOn 14 October 2016 Estonian Foreign Minister Jurgen Ligi met "
        "Belarusian Foreign Minister Vladimir Makei in Minsk.\n", encoding="utf-8",
    )  # fmt: skip
    dt.add([late], casebook=casebook, published="2017-01-05")
    assert forecasts.resolve("f-est", as_of=LAST, casebook=casebook)[0].outcome == "void"
    (second,) = forecasts.resolve("f-est", as_of="2017-01-06", casebook=casebook)
    assert (second.outcome, second.revises) == ("yes", 1)
    case = forecasts.show("f-est", casebook=casebook)
    assert [r.outcome for r in case.resolutions] == ["void", "yes"]


def test_a_person_settles_what_no_query_can(casebook):
    name = words(casebook, "The generals will have to go along").outlook.id
    done = detente(casebook, "judge", name, "void", "--by", "A. Reader", "--reason", "not told",
                   "--as-of", LAST)  # fmt: skip
    assert done.returncode == 0, done.stderr
    told(casebook, "operationalise", name)
    (answer,) = told(casebook, "resolve", name, "--as-of", "2017-12-31")
    assert (answer["outcome"], answer["by"]) == ("void", "A. Reader")


def test_the_ledger_goes_out_and_in_again(casebook, tmp_path):
    told(casebook, "operationalise")
    told(casebook, "resolve", "--as-of", LAST)
    lines = tmp_path / "ledger.jsonl"
    assert detente(casebook, "export", "json", "--out", str(lines)).returncode == 0
    assert detente(casebook, "import", "json", str(lines)).stdout == "Added 0 entries.\n"

    note = tmp_path / "empty.txt"
    note.write_text("Nothing of note.\n", encoding="utf-8")
    other = tmp_path / "other.casebook"
    dt.add([note], casebook=other, published="2016-01-01")
    added = forecasts.import_(lines.read_text("utf-8"), casebook=other)
    assert len(added) == len(lines.read_text("utf-8").splitlines())
    assert forecasts.export("json", casebook=other) == lines.read_text("utf-8")

    sheet = detente(casebook, "export", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert {row["outcome"] for row in rows} >= {"no", "open"}
    third = tmp_path / "third.casebook"
    dt.add([note], casebook=third, published="2016-01-01")
    assert len(forecasts.import_(sheet, "csv", casebook=third)) == len(rows)
    assert [c.outlook for c in forecasts.listed(casebook=third)] == [
        c.outlook for c in forecasts.listed(casebook=casebook)
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Talks will fail,2016-10-02,1.5,,", "line 2: probability: 1.5 is outside (0, 1)"),
        ("Talks will fail,2016-10-02,0,,", "line 2: probability: 0 is outside (0, 1)"),
        ("Talks will fail,2016-10-02,,2016-01-01,", "line 2: deadline: 2016-01-01 is before"),
        (",2016-10-02,,,", "line 2: text: there is none"),
        ("Talks will fail,October,,,", "line 2: issued: 'October' is no day"),
        ("Talks will fail,2016-10-02,,,war", "line 2: domain: 'war' is none of military"),
    ],
)
def test_a_bad_row_is_refused_and_nothing_is_added(casebook, tmp_path, row, reason):
    sheet = tmp_path / "bad.csv"
    sheet.write_text(f"text,issued,probability,deadline,domain\n{row}\n", encoding="utf-8")
    before = len(forecasts.listed(casebook=casebook))
    done = detente(casebook, "import", "csv", str(sheet))
    assert done.returncode == 2
    assert str(sheet) in done.stderr
    assert reason in done.stderr
    assert len(forecasts.listed(casebook=casebook)) == before


def test_a_party_that_the_register_does_not_know_is_refused(casebook):
    done = detente(
        casebook, "add", "x", "--issued", LAST, "--party", "QQQ", "--direction", "sideways"
    )
    assert (done.returncode, done.stderr) == (
        2,
        "detente: direction: 'sideways' is none of start, resume, increase, continue, decrease, stop, none\n",
    )
    done = detente(casebook, "add", "x", "--issued", LAST, "--party", "QQQ", "--party", "BLR")
    assert (done.returncode, "subject: QQQ: is no party's code" in done.stderr) == (2, True)


def test_wrong_names_are_refused(casebook):
    for arguments in (("show", "nothing"), ("accept", "f"), ("resolve", "x", "--as-of", LAST)):
        done = detente(casebook, *arguments)
        assert (done.returncode, "forecast" in done.stderr) == (2, True), arguments
    with pytest.raises(InputError, match="mood: a forecast has no such field"):
        forecasts.add("x", issued=LAST, casebook=casebook, mood="bad")


def test_the_founding_note_resolves(casebook, shared):
    """Outcomes on the public record by the end of 2016: Washington in October, Riga in December."""
    dt.add([shared / "founding-note.txt"], casebook=casebook, published="2016-09-26")
    forecasts.operationalise(casebook=casebook)
    mine = [c for c in forecasts.listed(casebook=casebook) if c.outlook.issued == "2016-09-26"]
    resume = next(c.outlook.id for c in mine if c.outlook.direction == "resume")
    both = {c.outlook.format: c.version for c in mine if c.outlook.direction == "increase"}
    assert set(both) == {"bilateral", "multilateral"}
    assert all(v.query.parties == ("BLR", "BLOC:nato-states") for v in both.values())
    found = {r.forecast: r for r in forecasts.resolve(as_of=LAST, casebook=casebook)}
    assert found[resume].outcome == "yes"
    assert days(casebook, found[resume].incidents) == {"2016-10-20"}
    assert {found[v.forecast].outcome for v in both.values()} == {"open"}
    lead = next(c for c in mine if "follow the lead" in c.outlook.text)
    assert lead.version is None
    assert found[both["multilateral"].forecast].reason.startswith("0 found")
