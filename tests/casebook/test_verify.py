import shutil

import apsw
import pytest

from casebook.conftest import Clock, add, numbered
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.errors import CasebookError
from detente.settings import Settings

SETTINGS = Settings(shard_documents=4, busy_seconds=1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "b"
    with Casebook.create(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(8))
        with book.view() as view:
            book.judge(view.records()[0].id, "accept", reviewer="r")
    return path


def flip(path, offset):
    content = bytearray(path.read_bytes())
    content[offset] ^= 0x40
    path.write_bytes(content)


def dump(path):
    """Everything that two SQLite files of a casebook say, and what a search finds."""
    found = []
    for name in ("ledger.sqlite", "documents.sqlite"):
        connection = apsw.Connection(str(path / name), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            tables = [
                row[0]
                for row in connection.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                    "(name NOT LIKE 'search%') ORDER BY 1"
                )
            ]
            found += [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
        finally:
            connection.close()
    return found


PLAIN = [
    "head",
    "codings/*/shard.json",
    "codings/*/events.parquet",
    "codings/*/claims.parquet",
    "codings/*/forecasts.parquet",
    "codings/*/documents.parquet",
    "derived/current.json",
    "derived/*/incidents.parquet",
    "derived/*/relations.parquet",
]


@pytest.mark.parametrize("pattern", PLAIN)
def test_a_flipped_byte_in_a_plain_file_is_found(whole, tmp_path, pattern):
    assert verify(whole) == []
    [name, *_] = sorted(p.relative_to(whole) for p in whole.glob(pattern))
    size = (whole / name).stat().st_size
    for offset in sorted({0, size // 3, size // 2, size - 1}):
        path = tmp_path / f"copy{offset}"
        shutil.copytree(whole, path)
        flip(path / name, offset)
        assert verify(path), offset


@pytest.mark.parametrize("name", ["ledger.sqlite", "documents.sqlite"])
def test_a_flipped_byte_in_a_database_is_found_or_changes_nothing(whole, tmp_path, name):
    healthy = dump(whole)
    path = tmp_path / "copy"
    shutil.copytree(whole, path)
    good = (path / name).read_bytes()
    missed = 0
    for offset in range(7, len(good), len(good) // 60):
        flip(path / name, offset)
        if not verify(path, settings=SETTINGS):
            missed += 1
            assert dump(path) == healthy, offset
        (path / name).write_bytes(good)
    assert missed < 60


def test_a_row_changed_behind_the_ledgers_back_is_found(whole, tmp_path):
    for table, column in (("receipts", "source"), ("judgements", "reviewer"), ("shards", "coder")):
        path = tmp_path / table
        shutil.copytree(whole, path)
        connection = apsw.Connection(str(path / "ledger.sqlite"))
        connection.execute(
            f"UPDATE {table} SET {column} = 'forged' WHERE seq = (SELECT min(seq) FROM {table})"
        )
        connection.close()
        assert any(p.code == "chain" for p in verify(path))


def test_a_ledger_that_lost_its_newest_entries_is_noticed(whole, tmp_path):
    path = tmp_path / "copy"
    shutil.copytree(whole, path)
    connection = apsw.Connection(str(path / "ledger.sqlite"))
    connection.execute("DELETE FROM judgements")
    connection.close()
    assert verify(path)
    with pytest.raises(CasebookError, match="-wal"):
        Casebook.open(path, SETTINGS)


def test_missing_shards_texts_and_search_entries_are_found(whole, tmp_path):
    path = tmp_path / "shard"
    shutil.copytree(whole, path)
    shutil.rmtree(sorted((path / "codings").iterdir())[0])
    assert any(p.code == "missing" for p in verify(path))
    for number, sql in enumerate(
        (
            "DELETE FROM documents WHERE n = 2",
            "UPDATE documents SET text = text || ' forged' WHERE n = 2",
            "DELETE FROM search WHERE rowid = 2",
            "UPDATE sentences SET offsets = '[]'",
        )
    ):
        path = tmp_path / str(number)
        shutil.copytree(whole, path)
        connection = apsw.Connection(str(path / "documents.sqlite"))
        connection.execute(sql)
        connection.close()
        assert verify(path), sql


def test_there_must_be_a_casebook(tmp_path):
    with pytest.raises(CasebookError, match="no casebook"):
        verify(tmp_path)
