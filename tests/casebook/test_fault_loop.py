"""Every change to a casebook, with its n-th system call failing, those of SQLite included.

After each failure ``verify`` finds nothing, what was acknowledged is there, and the same change made
again succeeds. ``FAULTS=all`` fails every call; without it a sample of each change's calls.
"""

import errno
import os
import shutil
from pathlib import Path

import apsw
import pytest

from casebook.conftest import Clock, add, numbered
from detente.casebook.backup import backup
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.errors import CasebookError
from detente.exchange import gdelt
from detente.exchange.importing import import_files
from detente.settings import Settings

SETTINGS = Settings(shard_documents=3, busy_seconds=1)
SAMPLE = 12
CALLS = ((os, "open"), (os, "write"), (os, "fsync"), (Path, "rename"), (Path, "replace"))


class Failing:
    """Counts calls; from the ``at``-th on, each fails as on a disk that has gone bad."""

    def __init__(self, at=0, code=errno.EIO):
        self.at = at
        self.code = code
        self.calls = 0
        self.real = apsw.Connection

    def tick(self):
        self.calls += 1
        return bool(self.at) and self.calls >= self.at

    def patch(self, patch, *, sqlite=True):
        for module, name in CALLS:
            patch.setattr(module, name, self._wrapped(getattr(module, name), name))
        if not sqlite:
            return
        outer = self

        class File(apsw.VFSFile):
            def xWrite(self, data, offset):
                if outer.tick():
                    raise apsw.IOError
                return super().xWrite(data, offset)

            def xSync(self, flags):
                if outer.tick():
                    raise apsw.IOError
                return super().xSync(flags)

        class Files(apsw.VFS):
            def __init__(self):
                super().__init__("failing", "")

            def xOpen(self, name, flags):
                return File("", name, flags)

        self.files = Files()
        patch.setattr(apsw, "Connection", lambda *a, **k: self.real(*a, **{"vfs": "failing", **k}))

    def _wrapped(self, real, name):
        def call(*values, **named):
            writes = name != "open" or values[1] & (os.O_WRONLY | os.O_RDWR)
            if writes and self.tick():
                raise OSError(self.code, os.strerror(self.code))
            return real(*values, **named)

        return call


def adding(path, _folder):
    with Casebook.open(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(8))


def coding_anew(path, _folder):
    with Casebook.open(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(5), version="2")


def judging(path, _folder):
    with Casebook.open(path, SETTINGS, clock=Clock()) as book:
        with book.view() as view:
            record = view.records()[0].id
        book.judge(record, "accept", reviewer="r")


def importing(path, folder):
    with Casebook.open(path, SETTINGS, clock=Clock()) as book:
        import_files(book, "gdelt", [folder / "day.csv"])


def compacting(path, _folder):
    with Casebook.open(path, SETTINGS, clock=Clock()) as book:
        book.compact()


def migrating(path, _folder):
    Casebook.open(path, SETTINGS).close()


def saving(path, folder):
    backup(path, folder / "saved", settings=SETTINGS)


CHANGES = {
    f.__name__: f for f in (adding, coding_anew, judging, importing, compacting, migrating, saving)
}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    path = tmp_path_factory.mktemp("base") / "b"
    with Casebook.create(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(2))
        add(book, numbered(5))
    return path


def set_up(base, folder, name):
    path = folder / "b"
    shutil.copytree(base, path)
    fields = dict.fromkeys(gdelt.V1, "")
    rows = [
        {**fields, "GLOBALEVENTID": str(n), "SQLDATE": "20160920", "EventCode": "040"}
        for n in range(5)
    ]
    (folder / "day.csv").write_text("".join("\t".join(row.values()) + "\n" for row in rows))
    if name == "migrating":
        connection = apsw.Connection(str(path / "ledger.sqlite"))
        connection.execute(
            "DROP TABLE packs; DELETE FROM migrations WHERE number = 3; PRAGMA user_version = 2"
        ).fetchall()
        connection.close()
    return path


def acknowledged(path):
    with Casebook.open(path, SETTINGS, read_only=True) as book, book.view() as view:
        return {d["id"] for d in view.documents().to_pylist()}, len(view.judgements())


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_whose_nth_call_fails_loses_nothing(base, tmp_path, name):
    change = CHANGES[name]
    # apsw's online copy does not bear an error raised in a file system written in Python.
    sqlite = name != "saving"
    counting = Failing()
    first = tmp_path / "0"
    first.mkdir()
    path = set_up(base, first, name)
    with pytest.MonkeyPatch.context() as patch:
        counting.patch(patch, sqlite=sqlite)
        change(path, first)
    assert counting.calls > 3, name
    step = 1 if os.environ.get("FAULTS") == "all" else max(1, counting.calls // SAMPLE)
    before, _ = acknowledged(base)
    failed = 0
    for at in range(1, counting.calls + 1, step):
        folder = tmp_path / str(at)
        folder.mkdir()
        path = set_up(base, folder, name)
        failing = Failing(at, errno.ENOSPC if at % 2 else errno.EIO)
        with pytest.MonkeyPatch.context() as patch:
            failing.patch(patch, sqlite=sqlite)
            try:
                change(path, folder)
            except CasebookError:
                failed += 1
        Casebook.open(path, SETTINGS).close()
        assert verify(path) == [], (name, at)
        assert before <= acknowledged(path)[0], (name, at)
        shutil.rmtree(folder / "saved", ignore_errors=True)
        change(path, folder)
        assert [p for p in verify(path) if p.code != "litter"] == [], (name, at)
        shutil.rmtree(folder)
    assert failed
