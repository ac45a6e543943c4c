"""What a server counted serves the next one, as long as nothing that it rests on has changed."""

from __future__ import annotations

import shutil

import pytest

import detente.api as dt
from detente.casebook.verify import verify
from detente.relations import analysis
from detente.web import kept
from detente.web.asked import Narrowing
from detente.web.content import overview, relation
from detente.web.desk import Desk


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    monkeypatch.setattr(overview, "LARGE", 0)
    shutil.copytree(made, tmp_path / "c.casebook")
    return tmp_path / "c.casebook"


def prepared(folder):
    """Prepare as a server does; return how many relations were counted, and all told of."""
    desk, told = Desk(folder, readers=1), []
    overview.prepare(desk, lambda done, total: told.append((done, total)))
    pages = {
        (a, b): relation.load(desk, a, b, Narrowing()) for a, b in (("BLR", "USA"), ("BLR", "RUS"))
    }
    desk.beside(lambda: None)
    desk._renewer.shutdown(wait=True)
    desk.close()
    assert told[-1][0] == told[-1][1]
    return pages


@pytest.fixture
def counted(monkeypatch):
    """How often a relation was counted."""
    calls, count = [], analysis.whole

    def whole(view, a, b, **rest):
        calls.append((a, b))
        return count(view, a, b, **rest)

    monkeypatch.setattr(analysis, "whole", whole)
    return calls


def test_the_next_server_counts_nothing_again(folder, counted):
    first = prepared(folder)
    assert counted
    assert verify(folder) == []
    counted.clear()
    assert prepared(folder) == first
    assert counted == []


def test_a_review_has_its_relations_counted_again(folder, counted):
    prepared(folder)
    with dt.view(folder) as view:
        event = view.records(parties=("BLR", "USA"))[0]
    dt.judge(event.id, "reject", reviewer="Ada", reason="nobody met", casebook=folder)
    counted.clear()
    pages = prepared(folder)
    assert counted == [("BLR", "USA")]
    fresh = analysis.index(dt.view(folder), "BLR", "USA")
    assert pages["BLR", "USA"].incidents == len(fresh.catalogue)


@pytest.mark.parametrize("damage", [b"", b"x", b"detente 0 0 0\nxx", None])
def test_a_damaged_or_foreign_file_is_not_read(folder, counted, damage):
    first = prepared(folder)
    file = folder / "derived" / kept.FILE
    content = file.read_bytes()
    file.write_bytes(content[:-1] + b"\x00" if damage is None else damage)
    counted.clear()
    assert prepared(folder) == first
    assert counted
    assert kept.read(folder)


def test_a_disk_that_cannot_be_written_is_left_alone(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "write_atomically", full)
    prepared(folder)
    assert not (folder / "derived" / kept.FILE).exists()
