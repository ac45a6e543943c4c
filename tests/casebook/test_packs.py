"""Compaction changes where rows lie, and nothing that a casebook says, now or as of a day."""

import shutil

import pytest

from casebook.conftest import DAY, Clock, add, numbered
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.errors import CasebookError
from detente.settings import Settings

SETTINGS = Settings(shard_documents=2, busy_seconds=1)


def said(path, *, as_of=None):
    with Casebook.open(path, SETTINGS, read_only=True) as book, book.view() as view:
        found = (
            view.records(as_of=as_of),
            view.counts(as_of=as_of),
            view.events(as_of=as_of).to_pylist(),
            [hit.document for hit in view.search("amber")],
        )
        return found


@pytest.fixture
def grown(tmp_path):
    """Five days of two documents each; on the fourth, one is coded anew."""
    path, clock = tmp_path / "b", Clock()
    times = []
    for day in range(5):
        with Casebook.open(path, SETTINGS, create=True, clock=clock) as book:
            add(book, numbered(2, first=2 * day))
            if day == 3:
                add(book, numbered(1), version="2")
        times.append(clock.now)
        clock.now += DAY
    return path, clock, times


def test_answers_stay_now_and_as_of_every_day(grown):
    path, clock, times = grown
    before = [said(path), *(said(path, as_of=time) for time in times)]
    with Casebook.open(path, SETTINGS, clock=clock) as book:
        report = book.compact()
    assert (report.shards, report.packs) == (6, 1)
    assert (report.files_before, report.files_after) == (24, 4)
    assert [said(path), *(said(path, as_of=time) for time in times)] == before
    assert verify(path) == []
    # The next writer removes what lies twice.
    with Casebook.open(path, SETTINGS, clock=clock) as book:
        assert book.compact().shards == 0
    assert [folder.name[:5] for folder in (path / "codings").iterdir()] == ["pack-"]
    assert verify(path) == []
    assert [said(path), *(said(path, as_of=time) for time in times)] == before


def test_a_packed_casebook_grows_and_is_packed_again(grown):
    path, clock, _ = grown
    with Casebook.open(path, SETTINGS, clock=clock) as book:
        book.compact()
        assert add(book, numbered(14)).added == 4
        report = book.compact()
        assert report.packs == 1
        book.judge(book.view().records()[0].id, "reject", reviewer="r")
    assert verify(path) == []
    with Casebook.open(path, SETTINGS, clock=clock) as book, book.view() as view:
        assert view.counts().documents == 14
        assert add(book, numbered(14)).added == 0


def test_large_shards_are_left_alone(grown):
    path, clock, _ = grown
    with Casebook.open(path, SETTINGS, clock=clock) as book:
        assert book.compact(largest=4).shards == 0
    assert verify(path) == []


def test_a_flipped_byte_in_a_pack_is_found(grown, tmp_path):
    path, clock, _ = grown
    with Casebook.open(path, SETTINGS, clock=clock) as book:
        book.compact()
        book.compact()
    [pack] = (path / "codings").iterdir()
    for file in sorted(pack.iterdir()):
        copy = tmp_path / f"copy-{file.name}"
        shutil.copytree(path, copy)
        damaged = copy / file.relative_to(path)
        content = bytearray(damaged.read_bytes())
        content[len(content) // 2] ^= 0x40
        damaged.write_bytes(bytes(content))
        assert verify(copy), file.name


def test_a_damaged_shard_is_not_packed(grown):
    path, clock, _ = grown
    first = min((path / "codings").iterdir())
    events = first / "events.parquet"
    whole = events.read_bytes()
    events.write_bytes(whole[:-1])
    with (
        Casebook.open(path, SETTINGS, clock=clock) as book,
        pytest.raises(CasebookError, match="content has changed"),
    ):
        book.compact()
    events.write_bytes(whole)
    assert verify(path) == []
