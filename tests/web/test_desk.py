"""What the desk remembers, and when it stops."""

from __future__ import annotations

import shutil
import time

import pytest

from detente.casebook.book import Casebook
from detente.web import desk as desks
from detente.web.desk import Desk


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


def ask(desk, make, parties=None):
    with desk.view() as view:
        return desk.remember(view, "question", make, parties=parties)


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
    judge(folder)
    desk.changed()
    assert ask(desk, counting(answers)) == 2


def test_what_another_process_changed_is_made_beside_and_shows_soon(desk, folder):
    answers = []
    ask(desk, counting(answers))
    judge(folder)
    assert ask(desk, counting(answers)) == 1
    for _ in range(200):
        if len(answers) == 2:
            break
        time.sleep(0.05)
    time.sleep(0.05)
    assert ask(desk, counting(answers)) == 2


def test_an_old_answer_is_not_given(desk, folder, monkeypatch):
    monkeypatch.setattr(desks, "FRESH", 0.0)
    answers = []
    ask(desk, counting(answers))
    judge(folder)
    assert ask(desk, counting(answers)) == 2


def test_every_change_of_reviews_reaches_answers_on_any_parties(desk, folder):
    answers = []
    ask(desk, counting(answers), ("VEN", "CUB"))
    judge(folder)
    desk.changed()
    assert ask(desk, counting(answers), ("VEN", "CUB")) == 2


def test_a_failing_question_is_asked_again(desk):
    def fail(view):
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            ask(desk, fail)
    assert ask(desk, counting([])) == 1
