"""A corpus run: plan, run, verify, commit; resumed after a kill, and nothing the second time."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from casebook.conftest import Clock, make_document, numbered
from casebook.hostile_coder import CONFIGURATION, HostileCoder
from casebook.test_supervised import spec
from detente.casebook.book import Casebook
from detente.casebook.corpus import Corpus
from detente.casebook.finished import Finished
from detente.casebook.planning import read_plan
from detente.casebook.verify import verify
from detente.engine import Processes, Serial
from detente.errors import CasebookError, InputError
from detente.model import ErrorRecord
from detente.settings import Settings

HERE = Path(__file__).parent
SETTINGS = Settings(shard_documents=4, busy_seconds=0.3)
MADE = ("1", CONFIGURATION)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE.parent))


def inputs():
    """Eleven documents, one of them poisonous, one met twice, one empty, one unreadable."""
    yield from numbered(6)
    yield make_document("BLR meets POISON.", source="bad.txt")
    yield ErrorRecord(source="locked.pdf", error="encrypted", reason="it is protected")
    yield make_document("BLR meets USA.", source="twice.txt")
    yield ErrorRecord(source="void.txt", error="empty", reason="it holds no text")
    yield make_document("BLR meets USA.", source="again.txt", publisher="Other")
    yield from numbered(3, first=6)


def perform(folder, *, backend=None, given=inputs, sources="s", code=None, settings=SETTINGS):
    corpus = Corpus(folder, settings, coder=MADE)
    with corpus.held():
        plan = corpus.plan(given, sources=sources)
        return corpus.run(
            plan, HostileCoder("").code if code is None else code, backend=backend or Serial()
        )


def content(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "writer.lock"
    }


def test_every_input_is_counted_once(tmp_path):
    report = perform(tmp_path / "run")
    assert report.inputs == report.coded + report.repeated + report.empty + report.quarantined
    assert (report.inputs, report.coded, report.repeated, report.empty) == (14, 10, 1, 1)
    assert report.reasons == {"coding": 1, "encrypted": 1}
    assert (report.shards, report.resumed) == (3, 0)


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_same_bytes_from_processes(tmp_path, jobs):
    perform(tmp_path / "serial")
    perform(tmp_path / "processes", backend=Processes(jobs), code=spec())
    assert content(tmp_path / "serial") == content(tmp_path / "processes")


def test_a_second_run_changes_nothing_and_reads_nothing(tmp_path):
    perform(tmp_path / "run")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "run").rglob("*.*")}

    def unread():
        raise AssertionError

    again = perform(tmp_path / "run", given=unread, code=unread)
    assert (again.shards, again.resumed, again.coded) == (3, 3, 10)
    after = {p: p.stat().st_mtime_ns for p in (tmp_path / "run").rglob("*.*")}
    assert {k: v for k, v in after.items() if k.name != "writer.lock"} == {
        k: v for k, v in before.items() if k.name != "writer.lock"
    }


def test_changed_inputs_code_what_is_new_and_forget_what_is_gone(tmp_path):
    perform(tmp_path / "run")

    def more():
        yield from inputs()
        yield from numbered(2, first=9)

    report = perform(tmp_path / "run", given=more, sources="t")
    assert (report.shards, report.resumed, report.coded) == (4, 2, 12)
    perform(tmp_path / "fresh", given=more, sources="t")
    assert content(tmp_path / "run") == content(tmp_path / "fresh")


def test_a_missing_or_damaged_shard_is_made_again(tmp_path):
    perform(tmp_path / "run")
    whole = content(tmp_path / "run")
    first, second, _ = sorted((tmp_path / "run" / "codings").iterdir())
    for path in first.iterdir():
        path.unlink()
    first.rmdir()
    perform(tmp_path / "run")
    assert content(tmp_path / "run") == whole
    events = second / "events.parquet"
    events.write_bytes(events.read_bytes()[:-1] + b"x")
    perform(tmp_path / "run")
    assert content(tmp_path / "run") == whole


RUNNER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from casebook.test_corpus import perform
from casebook.test_supervised import spec
from detente.engine import Processes
perform(Path(sys.argv[1]), backend=Processes(2), code=spec())
"""


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(tmp_path):
    perform(tmp_path / "whole")
    seen = set()
    for step in range(8):
        folder = tmp_path / str(step)
        runner = subprocess.Popen(
            [sys.executable, "-c", RUNNER, str(folder), str(HERE.parent)], env=dict(os.environ)
        )
        time.sleep(0.35 + 0.15 * step)
        runner.send_signal(signal.SIGKILL)
        runner.wait()
        plan = read_plan(folder)
        seen.add(plan.state if plan else None)
        perform(folder)
        assert content(folder) == content(tmp_path / "whole")
    assert len(seen) > 1, "every kill came at the same stage"


@pytest.mark.parametrize("size", [4, 3, 100])
def test_a_result_taken_into_a_casebook_is_what_adding_gives(tmp_path, size):
    perform(tmp_path / "run")
    settings = Settings(shard_documents=size)
    finished = Finished(tmp_path / "run")
    reports = []
    for name, given, code in (
        ("direct", inputs(), HostileCoder("").code),
        ("from", finished.documents(), finished.code),
    ):
        with Casebook.create(tmp_path / name, settings, clock=Clock()) as book:
            report = book.add(given, code=code, coder_version=MADE[0], configuration=MADE[1])
            reports.append(msgspec.structs.replace(report, seconds=0.0))
            assert report.inputs == report.added + report.known + report.empty + report.quarantined
        assert verify(tmp_path / name) == []
    assert reports[0] == reports[1]
    assert content(tmp_path / "direct" / "codings") == content(tmp_path / "from" / "codings")


def test_taking_it_twice_adds_nothing(tmp_path):
    perform(tmp_path / "run")
    for added in (10, 0):
        finished = Finished(tmp_path / "run")
        with Casebook.open(tmp_path / "book", SETTINGS, create=True) as book:
            report = book.add(
                finished.documents(), code=finished.code, coder_version="1",
                configuration=CONFIGURATION,
            )  # fmt: skip
        assert report.added == added


def test_an_unfinished_run_is_not_taken(tmp_path):
    with pytest.raises(InputError, match="holds no result"):
        Finished(tmp_path)
    corpus = Corpus(tmp_path / "run", SETTINGS, coder=MADE)
    with corpus.held():
        corpus.plan(inputs, sources="s")
    with pytest.raises(InputError, match="not finished"):
        Finished(tmp_path / "run")


def test_a_changed_input_of_a_shard_is_noticed(tmp_path):
    perform(tmp_path / "run")
    path = min((tmp_path / "run" / "inputs").iterdir())
    path.write_bytes(path.read_bytes().replace(b"amber", b"ambre", 1))
    with pytest.raises(CasebookError, match="changed"):
        list(Finished(tmp_path / "run").documents())


def test_a_folder_with_other_things_is_refused(tmp_path):
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(InputError, match=r"thesis\.docx"):
        perform(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_second_run_at_the_same_time_waits_then_says_so(tmp_path):
    corpus = Corpus(tmp_path / "run", SETTINGS, coder=MADE)
    with corpus.held(), pytest.raises(CasebookError, match=f"process {os.getpid()}"):
        perform(tmp_path / "run")
