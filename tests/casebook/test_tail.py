"""Shards that the derived files do not cover yet are read beside them, and give the same answers."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from detente.casebook import derived
from detente.casebook.book import Casebook
from detente.casebook.browser import Browser

_SPEC = importlib.util.spec_from_file_location(
    "casebook_conftest", Path(__file__).parent / "conftest.py"
)
helpers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(helpers)


def told(view):
    events = view.events(parties=("BLR", "USA")).to_pylist()
    return [(row["id"], row["incident"], row["day_from"]) for row in events]


@pytest.fixture
def half_covered(tmp_path, settings, clock, monkeypatch):
    """Eight documents of which the derived files cover the first four."""
    monkeypatch.setattr(derived, "LARGE", 0)
    monkeypatch.setattr(derived, "NEW_SHARE", 10)
    path = tmp_path / "half.casebook"
    documents = list(helpers.numbered(8))
    with Casebook.create(path, settings, clock=clock) as book:
        helpers.add(book, documents[:4])
        helpers.add(book, documents[4:])
    return path


@pytest.mark.parametrize(
    ("covered", "new", "wanted"),
    [(100, 1, True), (100, 0, True), (1_000_000, 100, False), (1_000_000, 6_000, True)],
)
def test_a_large_casebook_waits_until_enough_has_come(covered, new, wanted):
    current = derived.Derived(head=5, folder="x", files={"keys.sqlite": ""})
    assert derived.stale(current, [(5, covered), (9, new)]) is wanted
    assert not derived.stale(current, [(5, covered)])
    assert derived.stale(None, [(5, covered)])
    assert derived.stale(derived.Derived(head=5, folder="x", files={}), [(5, covered)])


def test_new_shards_stand_beside_the_sorted_ones(half_covered):
    with Browser(half_covered) as view:
        before = told(view)
        ids = [row[0] for row in before]
        assert len(ids) == len(set(ids)) == 8
        assert [view.record(name).id for name in ids] == ids
        assert view.pairs()[0][:3] == ("BLR", "USA", 8)
        assert len(view.page(parties=["BLR"], limit=5)) == 5
    with Casebook.open(half_covered) as book:
        book.rebuild()
    with Browser(half_covered) as view:
        assert told(view) == before
        assert [view.record(name).id for name in ids] == ids


def test_a_new_shard_that_replaces_an_old_one_counts_alone(half_covered, settings):
    with Casebook.open(half_covered, settings) as book:
        helpers.add(book, helpers.numbered(8), version="2")
    with Browser(half_covered) as view:
        found = view.events(parties=("BLR", "USA")).to_pylist()
        assert len(found) == 8
        assert {row["rule"] for row in found} == {"test/2"}


def test_derived_files_stay_while_somebody_reads_them(half_covered):
    def folders():
        return {entry.name for entry in (half_covered / "derived").iterdir() if entry.is_dir()}

    with Browser(half_covered) as reader:
        snapshot = reader._snapshot(None)
        before = folders()
        with Casebook.open(half_covered) as book:
            book.rebuild()
        assert before < folders()
        assert snapshot.connection.sql("SELECT count(*) FROM incidents").fetchall()[0][0] > 0
    with Casebook.open(half_covered) as book:
        book.rebuild()
    assert len(folders()) == 1
    assert not before & folders()
