"""``detente recode`` codes what is kept again, and what was coded before stays askable."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

import detente.api as dt

NOTE = "Word from Warsaw\n\nOn 20 September 2016 Amber House condemned Russia.\n"
OWN = "institutions:\n- {code: POL, institution: MFA, names: [Amber House]}\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recoding")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    dt.add([folder / "note.txt"], casebook=folder / "c.casebook", published="2016-09-21")
    return folder


def recode(place, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "detente", "recode", *arguments], cwd=place, capture_output=True,
        text=True, env={**os.environ, "DETENTE_CASEBOOK": "c.casebook"}, check=False,
    )  # fmt: skip


@pytest.mark.model
@pytest.mark.slow
def test_a_register_that_knows_more_gives_other_records_and_the_old_ones_stay_askable(place):
    pair = {"casebook": place / "c.casebook"}
    assert recode(place).stdout == "Nothing to code again: c.casebook is coded so already.\n"
    then = datetime.now(UTC).isoformat()
    tried = recode(place, "--register", "own.yaml", "--dry-run")
    assert (tried.returncode, "Dry run: it was done on a copy" in tried.stderr) == (0, True)
    assert dt.index("POL", "RUS", **pair).catalogue == ()
    done = recode(place, "--register", "own.yaml")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Coded 1 document of c.casebook again in ")
    assert done.stdout.endswith(" s: 1 event, 0 claims, 0 forecasts.\n")
    (entry,) = dt.index("POL", "RUS", **pair).catalogue
    assert entry.source == ("POL.MFA",)
    assert dt.index("POL", "RUS", as_of=then, **pair).catalogue == ()
    again = json.loads(recode(place, "--register", "own.yaml", "--json").stdout)
    assert (again["inputs"], again["known"], again["recoded"]) == (1, 1, 0)
    assert dt.verify(place / "c.casebook") == []


def test_what_is_no_casebook_is_refused_and_none_is_made(place):
    done = recode(place, "--casebook", "none.casebook")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "detente: none.casebook: there is no casebook; 'detente add' makes one\n"
    assert not (place / "none.casebook").exists()


def test_a_register_file_that_is_wrong_is_refused(place):
    (place / "wrong.yaml").write_text("institutions: 3\n", encoding="utf-8")
    done = recode(place, "--register", "wrong.yaml")
    assert (done.returncode, "wrong.yaml" in done.stderr) == (2, True)
