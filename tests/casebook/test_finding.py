"""Full-text search over more matches than are ranked."""

from datetime import timedelta

import pytest

from casebook.conftest import Clock, add, make_document
from detente.casebook import finding
from detente.casebook.book import Casebook
from detente.casebook.browser import Browser
from detente.model import document_id

OLD = [f"Old {n} note on talks." for n in range(4)]
NEW = ["New note: talks, talks and talks.", "New note that mentions talks among many other words."]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(finding, "RANKED", 2)
    monkeypatch.setattr(finding, "AT_ONCE", 3)


@pytest.fixture
def read_in_two(tmp_path):
    """A casebook that read the old texts a day before the new ones, and when it had read the old."""
    clock = Clock()
    with Casebook.create(tmp_path / "b", clock=clock) as book:
        add(book, [make_document(text, source=f"{n}.txt") for n, text in enumerate(OLD)])
        then = clock.now
        clock.now = then + timedelta(days=1)
        add(book, [make_document(text, source=f"new{n}.txt") for n, text in enumerate(NEW)])
    return tmp_path / "b", then


def ids(texts):
    return [document_id(text) for text in texts]


def test_the_newest_matches_are_ranked_and_the_older_follow(read_in_two, few):
    with Browser(read_in_two[0]) as view:
        hits = view.search("talks", limit=10)
    assert [hit.document for hit in hits] == ids([*NEW, *OLD[::-1]])
    assert [hit.score > 0 for hit in hits] == [True, True, False, False, False, False]
    assert all("\x02talks\x03" in hit.snippet for hit in hits)


def test_pages_hold_every_match_once(read_in_two, few):
    with Browser(read_in_two[0]) as view:
        pages = [view.found("talks", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
        together = view.search("talks", limit=6)
    assert [hit for page in pages for hit in page] == together
    assert pages[3] == []


def test_as_of_a_day_only_what_was_read_by_then_is_found_and_pages_do_not_skip(read_in_two, few):
    folder, then = read_in_two
    with Browser(folder) as view:
        hits = view.search("talks", limit=3, as_of=then)
    assert [hit.document for hit in hits] == ids(OLD[:0:-1])


def test_a_few_matches_are_all_ranked(read_in_two):
    with Browser(read_in_two[0]) as view:
        hits = view.search("note talks", limit=10)
    assert len(hits) == 6
    assert all(hit.score > 0 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
