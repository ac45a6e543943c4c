"""A copy runs beside its caller, and stops where nobody waits for it."""

import time

import pytest

from detente.casebook.book import Casebook
from detente.errors import ReadError
from detente.exchange import icews, rows
from detente.exchange.copying import Copying
from exchange.conftest import MEETING, tabbed, write


@pytest.fixture
def parts(tmp_path):
    path = write(tmp_path, "events.tab", tabbed(icews.COLUMNS, [MEETING], header=True))
    with Casebook.create(tmp_path / "test.casebook") as book:
        yield book.path, path, tmp_path / "test.casebook" / "work" / "here"


def layout(query=icews.query):
    return rows.Layout(
        form="icews", columns=icews.COLUMNS, header=1, query=query, required=(), day="", place=("", ""),
    )  # fmt: skip


def test_the_rows_are_there_once_waited_for(parts):
    folder, path, work = parts
    with Copying(folder, path, layout(), work) as copying:
        assert copying.rows() == 1
        assert copying.events.is_file()


def test_a_copy_that_nobody_waits_for_is_stopped(parts):
    folder, path, work = parts
    endless = layout(
        lambda source: f"SELECT count(*) FROM {source}, range(10_000_000_000_000) AS r"
    )
    began = time.monotonic()
    with Copying(folder, path, endless, work) as copying:
        pass
    assert copying._copied.done()
    assert time.monotonic() - began < 20


def test_what_goes_wrong_beside_is_told_to_who_waits(parts):
    folder, path, work = parts
    wrong = layout(lambda source: f"SELECT error('broken') AS n FROM {source}")
    with Copying(folder, path, wrong, work) as copying, pytest.raises(ReadError) as error:
        copying.rows()
    assert error.value.code == "damaged"
