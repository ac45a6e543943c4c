"""A backup is whole, whatever is written meanwhile; a restored casebook says what it said."""

import threading

import pytest

from casebook.conftest import Clock, add, numbered
from casebook.test_packs import said
from detente.casebook.backup import backup, restore
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.errors import CasebookError, InputError
from detente.settings import Settings

SETTINGS = Settings(shard_documents=2, busy_seconds=1)


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "b"
    with Casebook.create(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(6))
    return path


def test_a_backup_says_the_same_and_is_a_casebook(kept, tmp_path):
    report = backup(kept, tmp_path / "saved", settings=SETTINGS)
    assert (report.documents, report.shards) == (6, 3)
    assert said(tmp_path / "saved") == said(kept)
    with Casebook.open(tmp_path / "saved", SETTINGS) as book:
        assert add(book, numbered(8)).added == 2
    assert verify(tmp_path / "saved") == []


def test_backups_while_a_writer_adds_and_compacts_are_each_whole(kept, tmp_path):
    stop = threading.Event()
    failures = []

    def write():
        first = 6
        try:
            while not stop.is_set() and first < 200:
                with Casebook.open(kept, SETTINGS, clock=Clock()) as book:
                    add(book, numbered(4, first=first))
                    book.compact()
                first += 4
        except CasebookError as error:
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [
            backup(kept, tmp_path / f"saved{n}", settings=SETTINGS).documents for n in range(4)
        ]
    finally:
        stop.set()
        writer.join()
    assert failures == []
    assert counts == sorted(counts)
    assert counts[0] >= 6
    assert verify(kept) == []


def test_a_restored_casebook_takes_the_place_and_readers_read_on(kept, tmp_path):
    backup(kept, tmp_path / "saved", settings=SETTINGS)
    before = said(kept)
    with Casebook.open(kept, SETTINGS, clock=Clock()) as book:
        add(book, numbered(10))
    with Casebook.open(kept, SETTINGS, read_only=True) as reader, reader.view() as view:
        assert view.counts().documents == 10
        with pytest.raises(InputError, match="exists already"):
            restore(tmp_path / "saved", kept, settings=SETTINGS)
        report = restore(tmp_path / "saved", kept, replace=True, settings=SETTINGS)
        assert len(view.records()) == 6
        assert view.counts().documents == 6
    assert verify(kept) == []
    assert said(kept) == before
    assert report.aside is not None
    with Casebook.open(report.aside, SETTINGS, read_only=True) as book, book.view() as view:
        assert view.counts().documents == 10


def test_a_ruined_casebook_is_restored(kept, tmp_path):
    backup(kept, tmp_path / "saved", settings=SETTINGS)
    before = said(kept)
    for name in ("ledger.sqlite", "documents.sqlite", "head"):
        (kept / name).write_bytes(b"ruin" * 3_000)
    next((kept / "codings").glob("*/events.parquet")).unlink()
    restore(tmp_path / "saved", kept, replace=True, settings=SETTINGS)
    assert verify(kept) == []
    assert said(kept) == before


def test_a_writer_is_waited_for_then_named(kept, tmp_path):
    backup(kept, tmp_path / "saved", settings=SETTINGS)
    with Casebook.open(kept, SETTINGS), pytest.raises(CasebookError, match="is writing"):
        restore(tmp_path / "saved", kept, replace=True, settings=Settings(busy_seconds=0.2))
    assert verify(kept) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "saved"]


def test_a_damaged_casebook_is_not_backed_up(kept, tmp_path):
    events = next((kept / "codings").glob("*/events.parquet"))
    events.write_bytes(events.read_bytes()[:-1] + b"?")
    with pytest.raises(CasebookError, match="is damaged"):
        backup(kept, tmp_path / "saved", settings=SETTINGS)
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_where_a_backup_may_not_go(kept, tmp_path):
    for out, message in ((kept, "exists already"), (kept / "saved", "within the casebook")):
        with pytest.raises(InputError, match=message):
            backup(kept, out, settings=SETTINGS)
    with pytest.raises(CasebookError, match="there is no casebook"):
        backup(tmp_path / "nowhere", tmp_path / "saved", settings=SETTINGS)
