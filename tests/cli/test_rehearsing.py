"""``--dry-run`` does the work on a copy and leaves everything as it was."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

import detente.api as dt
from detente.cli.app import every_command

NOTE = "Talks in Riga\n\nOn 20 September 2016 Poland expelled two Russian diplomats.\n"
FORECASTS = "id,text,issued,subject,object,direction,hedge\nf-one,A visit is likely,2016-09-26,USA,BLR,start,likely\n"
WRITING = {
    "add", "import", "export", "brief", "issue", "compact", "backup", "restore", "rescue", "review accept",
    "review correct", "review reject", "review undo", "review gold", "forecasts add",
    "forecasts operationalise", "forecasts accept", "forecasts edit", "forecasts judge",
    "forecasts resolve", "forecasts export", "forecasts import", "actors add", "actors learned",
    "actors import", "code", "recode",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rehearsing")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "further.txt").write_text(NOTE.replace("Poland", "Latvia"), encoding="utf-8")
    (folder / "forecasts.csv").write_text(FORECASTS, encoding="utf-8")
    dt.add([folder / "note.txt"], casebook=folder / "c.casebook", published="2016-09-21")
    return folder


def state(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal", "writer.lock"))
    }


def detente(place, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "detente", *arguments], cwd=place, capture_output=True, text=True,
        env={**os.environ, "DETENTE_CASEBOOK": "c.casebook"}, check=False,
    )  # fmt: skip


def test_every_command_that_writes_has_it():
    found = {
        name
        for name, command in every_command().items()
        if any("--dry-run" in one.opts for one in command.params)
    }
    assert found == WRITING


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "further.txt"], "Added 1 document"),
        (["add", "further.txt", "--casebook", "new.casebook"], "Added 1 document"),
        (["forecasts", "import", "csv", "forecasts.csv"], "Added 1 entry"),
        (["compact"], "Nothing to compact"),
        (["brief", "POL", "RUS", "--out", "brief.md"], "brief.md would hold"),
        (["export", "csv", "--out", "events.csv"], "events.csv would hold"),
        (["backup", "--out", "saved.casebook"], "saved.casebook would hold"),
        (["actors", "add", "Ada Example", "--code", "LVA", "--role", "Foreign Minister"], "1 new entry"),
    ],
)  # fmt: skip
def test_nothing_is_written(place, arguments, told):
    before = state(place)
    done = detente(place, *arguments, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert told in done.stdout + done.stderr
    assert "Dry run:" in done.stderr
    assert "detente-dry-run" not in done.stdout + done.stderr
    assert state(place) == before


@pytest.mark.slow
@pytest.mark.model
def test_a_copy_is_told_by_the_name_of_what_it_stands_for(place):
    done = detente(place, "add", "further.txt", "--dry-run")
    assert done.stdout.startswith("Added 1 document to c.casebook in ")
    (place / "damaged.casebook").mkdir(exist_ok=True)
    (place / "damaged.casebook" / "ledger.sqlite").write_bytes(b"no database" * 500)
    done = detente(place, "compact", "--casebook", "damaged.casebook", "--dry-run")
    assert (done.returncode, "detente-dry-run" in done.stderr) == (2, False)
    assert "damaged.casebook" in done.stderr


@pytest.mark.slow
@pytest.mark.model
def test_what_is_refused_is_refused_in_a_dry_run_too(place):
    before = state(place)
    done = detente(place, "review", "accept", "e-nothing", "--reviewer", "Ada", "--dry-run")
    assert done.returncode == 2
    assert "there is no such record" in done.stderr
    assert state(place) == before
