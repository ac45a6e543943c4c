"""Kills the writer at every system call that changes the disk; the next run must finish the work."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.conftest import Clock, add, numbered
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.settings import Settings

HERE = Path(__file__).parent
COUNT = 10
SETTINGS = Settings(shard_documents=4, busy_seconds=5)

# The child counts the calls that change the disk, those of SQLite included, and dies at the n-th.
CHILD = """
import os, signal, sys
import apsw
from pathlib import Path

left = int(sys.argv[2])
names = []

def tick(name):
    global left
    names.append(name)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def counted(module, name):
    real = getattr(module, name)
    def call(*a, **k):
        tick(name)
        return real(*a, **k)
    setattr(module, name, call)

for name in ("write", "fsync", "mkdir", "unlink", "rename", "replace", "rmdir"):
    counted(os, name)

class Files(apsw.VFS):
    def __init__(self):
        super().__init__("counting", "")
    def xOpen(self, name, flags):
        return File(name, flags)
    def xDelete(self, name, sync):
        tick("xDelete")
        return super().xDelete(name, sync)

class File(apsw.VFSFile):
    def __init__(self, name, flags):
        super().__init__("", name, flags)
    def xWrite(self, data, offset):
        tick("xWrite")
        return super().xWrite(data, offset)
    def xSync(self, flags):
        tick("xSync")
        return super().xSync(flags)
    def xTruncate(self, size):
        tick("xTruncate")
        return super().xTruncate(size)

files = Files()
real = apsw.Connection
apsw.Connection = lambda *a, **k: real(*a, **{"vfs": "counting", **k})

sys.path.insert(0, sys.argv[3])
from casebook.test_kill import COUNT, SETTINGS
from casebook.conftest import Clock, add, numbered
from detente.casebook.book import Casebook

with Casebook.open(sys.argv[1], SETTINGS, create=True, clock=Clock()) as book:
    add(book, numbered(COUNT))
print(len(names))
"""


def child(path, kill_at):
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(kill_at), str(HERE.parent)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def content(path):
    """All that a casebook holds, but for the jobs: a killed run leaves one that never ended."""
    files = {
        str(p.relative_to(path)): p.read_bytes()
        for p in sorted((path / "codings").rglob("*"))
        if p.is_file()
    }
    with Casebook.open(path, SETTINGS, read_only=True) as book, book.view() as view:
        ledger = [
            view._ledger.rows(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
            for table, columns in {
                "receipts": "document, source, key, recorded",
                "shards": "shard, manifest, documents, events, last_document",
                "members": "document, (SELECT shard FROM shards WHERE seq = members.shard)",
                "quarantine": "key, source",
                "forecasts": "forecast, body",
                "supersessions": "document, old",
            }.items()
        ]
        texts = [
            view._store.rows(f"SELECT * FROM {table} ORDER BY 1, 2")
            for table in ("documents", "sentences", "bands", "twins")
        ]
        answers = view.records(), view.claims(), view.forecasts(), view.counts()
    return files, ledger, texts, answers


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "b"
    done = child(path, 0)
    assert done.returncode == 0, done.stderr
    return content(path), int(done.stdout)


def finish_and_compare(path, expected):
    with Casebook.open(path, SETTINGS, create=True, clock=Clock()) as book:
        report = add(book, numbered(COUNT))
    assert report.inputs == report.added + report.known == COUNT
    assert verify(path) == []
    assert content(path) == expected


@pytest.mark.slow
def test_killed_anywhere_the_next_run_finishes_the_work(undisturbed, tmp_path):
    expected, calls = undisturbed
    step = max(1, calls // int(os.environ.get("KILLS", "14")))
    for kill_at in range(1, calls + 1, step):
        path = tmp_path / str(kill_at)
        done = child(path, kill_at)
        assert done.returncode == -signal.SIGKILL, (kill_at, done.stderr)
        finish_and_compare(path, expected)


@pytest.mark.slow
def test_killed_twice_in_a_row(undisturbed, tmp_path):
    expected, calls = undisturbed
    path = tmp_path / "b"
    for kill_at in (calls // 3, calls // 3):
        assert child(path, kill_at).returncode == -signal.SIGKILL
    finish_and_compare(path, expected)


def test_a_finished_shard_that_was_not_committed_is_taken_up(tmp_path, monkeypatch):
    from detente.casebook.adding import Adder

    path = tmp_path / "b"
    with (
        monkeypatch.context() as patch,
        Casebook.create(path, SETTINGS, clock=Clock()) as book,
    ):
        patch.setattr(Adder, "_commit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            add(book, numbered(4))
    assert len(list((path / "codings").iterdir())) == 1
    with Casebook.open(path, SETTINGS, clock=Clock()) as book:
        report = add(book, numbered(4))
        assert (report.added, report.shards, report.resumed) == (4, 1, 1)
