"""What the desk remembers, and when it stops."""

from __future__ import annotations

import importlib.util
import shutil
import time
from pathlib import Path

import pytest

from detente.casebook.book import Casebook
from detente.coding.incidents import fold
from detente.web import desk as desks
from detente.web.desk import Desk

_SPEC = importlib.util.spec_from_file_location(
    "web_conftest", Path(__file__).parent / "conftest.py"
)
web = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(web)


@pytest.fixture
def folder(made, tmp_path):
    path = tmp_path / "copy.casebook"
    shutil.copytree(made, path)
    return path


@pytest.fixture
def desk(folder):
    opened = Desk(folder, readers=2)
    yield opened
    opened.close()


def counting(answers):
    def make(view):
        answers.append(view.reading().documents)
        return len(answers)

    return make


def ask(desk, make, parties=None, key="question"):
    with desk.view() as view:
        return desk.remember(view, key, make, parties=parties)


def other_process_adds(folder):
    document = web.make_document(77)
    with Casebook.open(folder) as book:
        book.add(
            [document], code=lambda found: (web.coded(one) for one in found),
            coder_version="made", configuration="made", fold=fold,
        )  # fmt: skip


def judge(folder):
    with Casebook.open(folder) as book:
        with book.view() as view:
            event = view.records()[0].id
        book.judge(event, "reject", reviewer="Ada", reason="no")


def test_a_question_is_answered_once_while_nothing_changes(desk):
    answers = []
    assert [ask(desk, counting(answers)) for _ in range(3)] == [1, 1, 1]


def test_what_this_server_changed_shows_at_once(desk, folder):
    answers = []
    ask(desk, counting(answers))
    other_process_adds(folder)
    desk.changed()
    assert ask(desk, counting(answers)) == 2


def test_what_another_process_changed_is_made_beside_and_shows_soon(desk, folder):
    answers = []
    ask(desk, counting(answers))
    other_process_adds(folder)
    assert ask(desk, counting(answers)) == 1
    for _ in range(200):
        if ask(desk, counting(answers)) == 2:
            break
        time.sleep(0.05)
    assert ask(desk, counting(answers)) == 2


def test_an_old_answer_is_not_given(desk, folder, monkeypatch):
    monkeypatch.setattr(desks, "FRESH", 0.0)
    monkeypatch.setattr(desks, "PATIENCE", 0.0)
    answers = []
    ask(desk, counting(answers))
    other_process_adds(folder)
    assert ask(desk, counting(answers)) == 2


def test_a_review_shows_at_once_where_its_countries_stand_and_nowhere_else(desk, folder):
    about, other = [], []
    ask(desk, counting(about), ("BLR", "USA"), "about")
    ask(desk, counting(other), ("VEN", "CUB"), "other")
    judge(folder)
    assert ask(desk, counting(about), ("BLR", "USA"), "about") == 2
    assert ask(desk, counting(other), ("VEN", "CUB"), "other") == 1


def test_a_costly_answer_stands_longer_and_says_of_when_it_is(desk, folder):
    def slow(view):
        time.sleep(0.3)
        return "told"

    token = desks.AS_OF.set(None)
    ask(desk, slow)
    assert desks.AS_OF.get() is None
    other_process_adds(folder)
    began = time.time()
    assert ask(desk, slow) == "told"
    assert time.time() - began < 0.2
    assert desks.AS_OF.get() == pytest.approx(began, abs=5)
    desks.AS_OF.reset(token)
    assert not desk._waiting


def test_a_failing_question_is_asked_again(desk):
    def fail(view):
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            ask(desk, fail)
    assert ask(desk, counting([])) == 1
