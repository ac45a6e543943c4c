"""A copy runs beside its caller, and stops where nobody waits for it."""

import time

import pytest

from detente.casebook.book import Casebook
from detente.errors import ReadError
from detente.exchange import gdelt, icews, polecat, rows
from detente.exchange.copying import Copying, reading
from detente.exchange.scan import glance
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


@pytest.mark.parametrize("form", rows.LAYOUTS)
def test_no_query_crosses_its_tables(tmp_path, form):
    first = {"icews": icews.COLUMNS, "gdelt": gdelt.V2, "polecat": polecat.COLUMNS, "tkg": "0000"}
    path = write(tmp_path, "events.txt", tabbed(first[form], [], header=True))
    (tmp_path / "entity2id.txt").write_text("Norway\t0\nIceland\t1\n")
    (tmp_path / "relation2id.txt").write_text("Consult\t0\n")
    seen = glance(path, least=0)
    made = rows.LAYOUTS[form](seen, rows.Choices(start="2018-01-01"))
    with Copying(tmp_path, path, made, tmp_path / "work") as copying:
        copying.rows()
        sql = f"EXPLAIN {made.query(reading(path, made))}"
        plan = str(copying.connection.execute(sql).fetchall()).casefold().replace("_", " ")
    assert "hash join" in plan
    assert not [name for name in ("cross product", "nested loop", "blockwise") if name in plan]
