"""The commands on a relation, on a small casebook of our own."""

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
from datetime import date

import pytest

import detente.api as dt
from detente.cli.tables import clean, period, run
from detente.errors import InputError

TEXTS = {
    "2016-03-04": "On 3 March 2016 Estonian Foreign Minister Marina Kaljurand met Finnish Foreign "
    "Minister Timo Soini in Tallinn.",
    "2016-06-12": "On 10 June 2016 the Estonian Defence Ministry and the Finnish Defence Ministry "
    "signed an agreement on military cooperation.",
    "2017-02-02": "On 1 February 2017 Finland condemned Estonia. Estonian President Kersti "
    "Kaljulaid plans to visit Finland on 20 March 2017.",
    "2017-03-21": "On 20 March 2017 Estonian President Kersti Kaljulaid met Finnish President "
    "Sauli Niinisto in Helsinki.",
    "2017-05-06": "On 5 May 2017 Estonia expelled two Russian diplomats.",
}


@pytest.fixture(scope="module")
def casebook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("relations")
    for day, text in TEXTS.items():
        path = folder / f"{day}.txt"
        path.write_text(f"Note of the day\n\n{text}\n", encoding="utf-8")
        dt.add([path], casebook=folder / "c.casebook", published=day, publisher="Example Weekly")
    return folder / "c.casebook"


def detente(casebook, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "detente", *arguments, "--casebook", str(casebook)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def shown(casebook, *arguments):
    done = detente(casebook, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def table(casebook, *arguments):
    return list(csv.DictReader(io.StringIO(shown(casebook, *arguments, "--csv"))))


@pytest.mark.model
@pytest.mark.slow
class TestOnACasebook:
    def test_index_agrees_in_every_form(self, casebook):
        found = dt.index("EST", "FIN", casebook=casebook, by="year")
        assert [one.start.year for one in found.bins] == [2016, 2017]
        rows = table(casebook, "index", "EST", "FIN", "--by", "year")
        assert [int(row["incidents"]) for row in rows] == found.counts()
        assert [float(row["index"]) for row in rows] == [one.index for one in found.bins]
        decoded = json.loads(shown(casebook, "index", "EST", "FIN", "--by", "year", "--json"))
        assert [one["incidents"] for one in decoded["bins"]] == found.counts()
        text = shown(casebook, "index", "EST", "FIN", "--by", "year").splitlines()
        assert text[0].startswith("Estonia and Finland: ")
        assert any(line.split()[:2] == ["2016", str(found.counts()[0])] for line in text), text

    def test_empty_months_stand_in_one_line(self, casebook):
        text = shown(casebook, "index", "EST", "FIN")
        assert "2016-04 to 2016-05" in text
        assert "\n2016-04 " not in text.replace("2016-04 to", "")
        assert len(table(casebook, "index", "EST", "FIN")) == 13

    def test_catalogue_lists_what_the_index_counts(self, casebook):
        found = dt.index("EST", "FIN", casebook=casebook)
        rows = table(casebook, "index", "EST", "FIN", "--catalogue")
        assert [row["incident"] for row in rows] == [one.incident for one in found.catalogue]
        assert len(rows) == sum(found.counts()) > 2

    def test_period_and_domain_narrow(self, casebook):
        whole = dt.index("EST", "FIN", casebook=casebook)
        late = dt.index("EST", "FIN", casebook=casebook, since="2017-01-01", until="2017-12-31")
        assert 0 < len(late.catalogue) < len(whole.catalogue)
        military = dt.index("EST", "FIN", casebook=casebook, domain="military")
        assert {one.domain for one in military.catalogue} == {"military"}

    def test_institution_status_publisher_and_origin_narrow(self, casebook):
        def count(**asked):
            return sum(dt.index("EST", "FIN", casebook=casebook, **asked).counts())

        assert count() == count(imported=False) == count(publisher="Example Weekly") > 2
        assert count(imported=True) == count(publisher="Nobody") == 0
        assert count(institution="EST.MOD") == 1
        assert count(statuses=("planned",)) == 1
        assert count(statuses=("actual", "planned")) == count() + 1
        for arguments, expected in (
            (("--institution", "EST.MOD"), 1), (("--status", "planned"), 1),
            (("--publisher", "Nobody"), 0), (("--events", "imported"), 0),
        ):  # fmt: skip
            rows = table(casebook, "index", "EST", "FIN", "--by", "year", *arguments)
            assert sum(int(row["incidents"]) for row in rows) == expected, arguments
        with pytest.raises(InputError, match="no such status"):
            count(statuses=("done",))

    def test_as_of_before_anything_was_recorded_is_empty(self, casebook):
        assert not dt.index("EST", "FIN", casebook=casebook, as_of="2001-01-01").catalogue

    def test_agenda_has_shares_of_each_year(self, casebook):
        rows = table(casebook, "agenda", "EST", "FIN")
        assert {row["start"] for row in rows} == {"2016-01-01", "2017-01-01"}
        assert sum(float(row["share"]) for row in rows) == pytest.approx(2, abs=0.01)
        assert "military" in shown(casebook, "agenda", "EST", "FIN")

    def test_competence_names_institutions(self, casebook):
        text = shown(casebook, "competence", "EST", "FIN")
        assert "Foreign Ministry (MFA)" in text
        assert "Too few contacts to test" in text
        assert "EST.MFA" in {
            row["institution"] for row in table(casebook, "competence", "EST", "FIN")
        }

    def test_channels_name_both_sides(self, casebook):
        rows = table(casebook, "channels", "EST", "FIN")
        assert ("EST.MFA", "FIN.MFA") in {(row["a"], row["b"]) for row in rows}
        assert "Foreign Ministry (MFA)" in shown(casebook, "channels", "EST", "FIN")

    def test_shifts_say_when_the_series_is_short(self, casebook):
        assert "a shift is looked for from eight years on" in shown(
            casebook, "shifts", "EST", "FIN", "--by", "year"
        )
        assert dt.shifts("EST", "FIN", casebook=casebook, by="month").periods == 13

    def test_proposals_tell_what_became_of_them(self, casebook):
        (one,) = dt.proposals("EST", "FIN", casebook=casebook)
        assert one.outcome == "done"
        (row,) = table(casebook, "proposals", "EST", "FIN")
        assert (row["told"], row["outcome"]) == ("2017-02-02", "done")
        assert row["follow_up"] == one.follow_up.id
        assert "What came of it: On 20 March 2017" in shown(casebook, "proposals", "EST", "FIN")

    def test_ceiling_says_that_there_is_too_little(self, casebook):
        assert dt.ceiling("EST", "FIN", "RUS", casebook=casebook).ratio is None
        assert "too few events to say" in shown(casebook, "ceiling", "EST", "FIN", "RUS")

    def test_compare_has_a_column_for_each(self, casebook):
        text = shown(casebook, "compare", "EST", "FIN", "RUS", "--by", "year")
        head = next(line for line in text.splitlines() if line.startswith("Period"))
        assert head.split() == ["Period", "Finland", "Russia"]
        assert {row["other"] for row in table(casebook, "compare", "EST", "FIN", "RUS")} == {
            "FIN",
            "RUS",
        }

    def test_issue_in_both_forms(self, casebook, tmp_path):
        asked = ("issue", "EST", "--with", "FIN,RUS", "--from", "2017-01-01", "--to", "2017-06-30")
        assert "Finland" in shown(casebook, *asked)
        out = tmp_path / "issue.html"
        assert detente(casebook, *asked, "--format", "html", "--out", str(out)).returncode == 0
        assert out.read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_an_issue_as_json_and_its_catalogue_as_csv(self, casebook):
        asked = ("issue", "EST", "--with", "FIN,RUS", "--from", "2017-01-01", "--to", "2017-06-30")
        decoded = json.loads(shown(casebook, *asked, "--json"))
        assert [one["code"] for one in decoded["partners"]] == ["FIN", "RUS"]
        rows = table(casebook, *asked)
        assert [row["incident"] for row in rows] == [
            one["incident"] for one in decoded["catalogue"]
        ]
        assert {row["partner"] for row in rows} == {"FIN", "RUS"}
        done = detente(casebook, *asked, "--json", "--format", "md")
        assert done.returncode == 2
        assert "take one of" in done.stderr

    def test_few_incidents_are_called_few(self, casebook):
        assert "too few to say that nothing shifted" in shown(casebook, "shifts", "EST", "FIN")

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            (("--domain", "magic"), "magic: no such domain"),
            (("--from", "2017-02-01", "--to", "2017-01-01"), "before it begins"),
            (("--scale", "nowhere"), "nowhere: no such scale"),
            (("--json", "--csv"), "not both"),
        ],
    )
    def test_what_cannot_be_asked_is_refused(self, casebook, arguments, reason):
        done = detente(casebook, "index", "EST", "FIN", *arguments)
        assert done.returncode == 2
        assert reason in done.stderr

    def test_a_party_named_twice_is_refused(self, casebook):
        with pytest.raises(InputError, match="named twice"):
            dt.index("EST", "EST", casebook=casebook)
        with pytest.raises(InputError, match="FIN: named twice"):
            dt.issue(
                "EST", ["FIN", "FIN"], since="2017-01-01", until="2017-02-28", casebook=casebook
            )

    @pytest.mark.skipif(shutil.which("stty") is None, reason="there is no terminal")
    def test_on_a_terminal_the_table_is_drawn(self, casebook):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "detente", "index", "EST", "FIN", "--by", "year"]
        environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm"}
        subprocess.run(
            [*command, "--casebook", str(casebook)],
            stdout=theirs,
            env=environment,
            timeout=300,
            check=True,
        )
        os.close(theirs)
        text = os.read(ours, 65536).decode()
        os.close(ours)
        assert "─" in text
        assert "2017" in text


def test_periods_are_told_short():
    day = date(2016, 9, 5)
    assert period(day, day) == "2016-09-05"
    assert period(day, date(2016, 9, 11)) == "2016-09-05 to 2016-09-11"
    assert period(date(2016, 9, 1), date(2016, 9, 30)) == "2016-09"
    assert period(date(2016, 9, 1), date(2016, 10, 31)) == "2016-09 to 2016-10"
    assert period(date(2016, 7, 1), date(2016, 9, 30)) == "2016 Q3"
    assert period(date(2016, 1, 1), date(2016, 12, 31)) == "2016"
    week = (day, date(2016, 9, 11))
    assert run(week, (date(2016, 9, 12), date(2016, 9, 18))) == "2016-09-05 to 2016-09-18"
    assert run(week, week) == "2016-09-05 to 2016-09-11"


def test_text_of_documents_cannot_steer_a_terminal():
    assert clean("a\x1b[31mb\nc") == "a [31mb c"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("index", "Estonia", "FIN"), "detente: Estonia: is a name; its code is EST\n"),
        (("brief", "EST", "Finland"), "detente: Finland: is a name; its code is FIN\n"),
        (("claims", "Estonia"), "detente: Estonia: is a name; its code is EST\n"),
        (("brief", "EST", "EST"), "detente: EST, EST: a party is named twice\n"),
    ],
)
def test_a_name_in_the_place_of_a_code_is_refused_with_the_code(casebook, command, reason):
    done = detente(casebook, *command)
    assert (done.returncode, done.stderr) == (2, reason)


@pytest.mark.parametrize(
    "command",
    [
        ("index", "XYZ", "EST"), ("agenda", "EST", "XYZ"), ("competence", "XYZ", "EST"),
        ("channels", "EST", "XYZ"), ("shifts", "XYZ", "EST"), ("proposals", "EST", "XYZ"),
        ("ceiling", "EST", "FIN", "XYZ"), ("compare", "EST", "FIN", "XYZ"), ("brief", "EST", "XYZ"),
        ("issue", "EST", "--with", "FIN,XYZ", "--from", "2016-01-01", "--to", "2016-12-31"),
        ("claims", "XYZ"), ("export", "csv", "--party", "XYZ"), ("forecasts", "list", "--party", "XYZ"),
        ("forecasts", "add", "x", "--issued", "2016-01-01", "--party", "XYZ"),
        ("index", "EST", "FIN", "--institution", "XYZ.MFA"),
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_code_of_nobody_is_refused_by_every_command(casebook, command):
    done = detente(casebook, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no party's code; codes are like BLR" in done.stderr


ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
    "7\t2016-03-03\tForeign Affairs (Estonia)\tGovernment,Foreign Ministry\tEstonia\tx\t040\tNA\t"
    "Finland\tNA\tFinland\t1\t1\tExample Weekly\tNA\tNA\tNA\tNA\tNA\tNA\n"
)


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(
    "command", ["index", "agenda", "competence", "channels", "shifts", "compare"]
)
def test_an_act_that_is_imported_and_coded_is_said_to_count_twice(casebook, tmp_path, command):
    shutil.copytree(casebook, tmp_path / "both.casebook")
    (tmp_path / "events.tab").write_text(ICEWS, encoding="utf-8")
    assert "an act told in both" not in shown(casebook, command, "EST", "FIN")
    dt.import_events("icews", [tmp_path / "events.tab"], casebook=tmp_path / "both.casebook")
    text = " ".join(shown(tmp_path / "both.casebook", command, "EST", "FIN").split())
    assert "coded here and one imported: an act told in both counts twice" in text
    assert ("--events coded or --events imported" in text) == (command != "channels")


def test_a_body_of_ones_own_register_and_one_on_file_are_parties(casebook, tmp_path, monkeypatch):
    register = tmp_path / "own.yaml"
    monkeypatch.setenv("DETENTE_REGISTER", str(register))
    with pytest.raises(InputError, match="LEAGUE: is no party's code"):
        dt.index("EST", "LEAGUE", casebook=casebook)
    dt.actors.add("the Amber League", code="LEAGUE", kind="organisation", members=("EST",))
    assert dt.index("EST", "LEAGUE", casebook=casebook).catalogue == ()
    register.unlink()
    read = tmp_path / "own.casebook"
    dt.actors.add("the Amber League", code="LEAGUE", kind="organisation", members=("EST",))
    note = tmp_path / "note.txt"
    note.write_text("On 5 May 2017 Estonia condemned the Amber League.\n", encoding="utf-8")
    dt.add([note], casebook=read, published="2017-05-06")
    register.unlink()
    assert len(dt.index("EST", "LEAGUE", casebook=read).catalogue) == 1


def test_a_wrong_word_is_told_in_plain_words(casebook):
    done = detente(casebook, "index", "EST", "FIN", "--by", "yr")
    assert done.stderr.startswith("detente: Invalid value for '--by': 'yr' is not one of 'day', ")


def test_nothing_on_file_is_said_without_a_period(casebook):
    assert shown(casebook, "index", "EST", "JPN").startswith("Estonia and Japan: no incidents\n")
    assert shown(casebook, "agenda", "EST", "JPN").startswith(
        "Estonia and Japan: no incidents with a date\n"
    )


def test_no_agreement_is_one_sentence(casebook):
    assert shown(casebook, "review", "agreement") == (
        "No record was judged by two people or more.\n"
    )


def test_coded_and_imported_incidents_side_by_side_are_told_as_such(casebook, tmp_path):
    both = tmp_path / "both.casebook"
    shutil.copytree(casebook, both)
    graph = tmp_path / "train.txt"
    graph.write_text("0\t0\t1\t0\t0\n", encoding="utf-8")
    for name, entries in (("entity2id", ["Estonia", "Finland"]), ("relation2id", ["Consult"])):
        lines = "".join(f"{entry}\t{n}\n" for n, entry in enumerate(entries))
        (tmp_path / f"{name}.txt").write_text(lines, encoding="utf-8")
    (tmp_path / "stat.txt").write_text("2\t1\n", encoding="utf-8")
    dt.import_events("tkg", [graph], casebook=both, start="2017-03-20")
    told = shown(both, "index", "EST", "FIN")
    assert "one imported: an act told in both counts twice" in told
    assert "counts twice" not in shown(both, "index", "EST", "FIN", "--events", "coded")
    assert "counts twice" not in shown(both, "index", "EST", "FIN", "--events", "imported")
    assert "counts twice" in shown(both, "compare", "EST", "FIN", "RUS")
