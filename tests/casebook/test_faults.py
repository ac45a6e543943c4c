"""The n-th write, flush or rename fails as on a full or dying disk; nothing acknowledged is lost."""

import errno
import os
from pathlib import Path

import apsw
import pytest

from casebook.conftest import Clock, add, numbered
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.errors import CasebookError
from detente.settings import Settings

SETTINGS = Settings(shard_documents=4, busy_seconds=1)


class Failing:
    """Lets the n-th call fail, and all after it."""

    def __init__(self, at):
        self.at = at
        self.calls = 0

    def tick(self):
        self.calls += 1
        if self.at and self.calls >= self.at:
            raise OSError(errno.ENOSPC, "No space left on device")

    def patch(self, patch):
        for module, name in ((os, "write"), (os, "fsync"), (Path, "rename"), (Path, "replace")):
            patch.setattr(module, name, self._wrapped(getattr(module, name)))

    def _wrapped(self, real):
        def call(*values, **named):
            self.tick()
            return real(*values, **named)

        return call


def attempt(path, failing):
    with pytest.MonkeyPatch.context() as patch:
        failing.patch(patch)
        with Casebook.open(path, SETTINGS, clock=Clock()) as book:
            return add(book, numbered(10, first=2))


def test_the_failing_nth_call_loses_nothing_that_was_acknowledged(tmp_path):
    calls = Failing(0)
    whole = tmp_path / "whole"
    with Casebook.create(whole, SETTINGS, clock=Clock()) as book:
        add(book, numbered(2))
    attempt(whole, calls)
    assert calls.calls > 20
    for at in range(1, calls.calls + 1, 2):
        path = tmp_path / str(at)
        with Casebook.create(path, SETTINGS, clock=Clock()) as book:
            assert add(book, numbered(2)).added == 2
        with pytest.raises(CasebookError, match="No space left"):
            attempt(path, Failing(at))
        assert [p for p in verify(path) if p.code != "litter"] == [], at
        with Casebook.open(path, SETTINGS, clock=Clock()) as book:
            report = add(book, numbered(10, first=2))
            assert report.added + report.known == 10
            with book.view() as view:
                assert len(view.records()) == 12
        assert verify(path) == []


def test_a_disk_that_is_full_under_sqlite_is_a_clear_error(tmp_path):
    path = tmp_path / "b"
    with Casebook.create(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(4))
        pages = book._store.connection.execute("PRAGMA page_count").fetchall()[0][0]
        book._store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CasebookError, match="disk is full"):
            add(book, numbered(80, first=4))
    assert verify(path) == []
    with Casebook.open(path, SETTINGS, clock=Clock()) as book:
        assert add(book, numbered(84)).inputs == 84
        with book.view() as view:
            assert view.counts().documents == 84


def test_litter_is_reported_and_swept_by_the_next_writer(tmp_path):
    path = tmp_path / "b"
    with Casebook.create(path, SETTINGS) as book:
        add(book, numbered(2))
    (path / "codings" / ".tmp-1-x").mkdir()
    (path / ".tmp-1-head").write_bytes(b"{")
    assert [p.code for p in verify(path)] == ["litter", "litter"]
    with Casebook.open(path, SETTINGS):
        pass
    assert verify(path) == []


def test_a_newer_ledger_is_refused(tmp_path):
    path = tmp_path / "b"
    Casebook.create(path, SETTINGS).close()
    connection = apsw.Connection(str(path / "ledger.sqlite"))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (path / "ledger.sqlite").read_bytes()
    for read_only in (True, False):
        with (
            pytest.raises(CasebookError, match=r"newer version.*99"),
            Casebook.open(path, SETTINGS, read_only=read_only) as book,
        ):
            book.view()
    assert (path / "ledger.sqlite").read_bytes() == before


def test_a_migration_that_fails_leaves_the_schema_as_it_was(tmp_path, monkeypatch):
    from detente.casebook import databases

    path = tmp_path / "x.sqlite"
    steps = [(1, "0001_a.sql", "CREATE TABLE a (x)"), (2, "0002_b.sql", "CREATE TABLE b (x); NO")]
    monkeypatch.setattr(databases, "migrations", lambda kind: steps)
    connection = databases.connect(path, write=True, busy_seconds=1)
    with pytest.raises(CasebookError):
        databases.migrate(connection, "x", path)
    assert databases.version(connection) == 1
    steps[1] = (2, "0002_b.sql", "CREATE TABLE b (x)")
    databases.migrate(connection, "x", path)
    assert databases.version(connection) == 2
    assert [row[0] for row in connection.execute("SELECT number FROM migrations")] == [1, 2]
    connection.close()


def test_a_second_writer_waits_then_names_the_first(tmp_path):
    path = tmp_path / "b"
    with (
        Casebook.create(path, SETTINGS),
        pytest.raises(CasebookError, match=f"process {os.getpid()} is writing"),
    ):
        Casebook.open(path, Settings(busy_seconds=0.2))
    Casebook.open(path, SETTINGS).close()


def test_readers_read_while_one_writes(tmp_path):
    path = tmp_path / "b"
    with Casebook.create(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(4))
        with book.view() as view:
            seen = [len(view.records())]
            add(book, numbered(8), progress=lambda _: seen.append(len(view.records())))
            assert seen[0] == 4
            assert seen[-1] == len(view.records()) == 8
