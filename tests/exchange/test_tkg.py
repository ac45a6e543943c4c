"""Temporal knowledge graphs into a casebook."""

import pytest

from detente.casebook.book import Casebook
from detente.errors import InputError, ReadError
from detente.exchange.importing import import_files
from detente.exchange.rows import Choices

CHOICES = Choices(start="2018-01-01", unit="hour")


@pytest.fixture
def graph(tmp_path):
    folder = tmp_path / "Small"
    folder.mkdir()
    names = ["Belarus", "Foreign Affairs (Latvia)", "Nobody Known", "European Union"]
    lines = "".join(f"{name}\t{n}\n" for n, name in enumerate(names))
    (folder / "entity2id.txt").write_text(lines, encoding="utf-8")
    (folder / "relation2id.txt").write_text("Consult\t0\nMake a visit\t1\nWave\t2\n")
    rows = "0\t0\t1\t24\n1\t0\t0\t24\n0  \t1 \t3\t48\t-1\n"
    (folder / "train.txt").write_text(rows.replace("\t-1", ""))
    return folder


@pytest.fixture
def book(tmp_path):
    with Casebook.create(tmp_path / "test.casebook") as opened:
        yield opened


def imported(book):
    with book.view() as view:
        return view.events(imported=True).to_pylist()


def test_quadruples_become_events(book, graph):
    report = import_files(book, "tkg", [graph / "train.txt"], choices=CHOICES)
    assert (report.rows, report.added) == (3, 3)
    meeting, answer, visit = imported(book)
    assert (meeting["type"], meeting["date"], meeting["origin"]) == ("CONSULT", "2018-01-02", "tkg")
    assert (meeting["source_codes"], meeting["target_codes"]) == (["BLR"], ["LVA.MFA"])
    assert meeting["incident"] == answer["incident"] != visit["incident"]
    assert (visit["date"], visit["mode"], visit["target_codes"]) == ("2018-01-03", "visit", ["EU"])
    assert import_files(book, "tkg", [graph / "train.txt"], choices=CHOICES).added == 0


def test_unknown_names_are_kept_and_unknown_ids_are_skipped(book, graph):
    (graph / "valid.txt").write_text("2\t2\t0\t0\t-1\n9\t0\t0\t0\t-1\n0\t0\t1\tx\t-1\n")
    report = import_files(book, "tkg", [graph / "valid.txt"], choices=CHOICES)
    assert (report.added, report.skipped) == (1, 2)
    assert [row.line for row in report.bad] == [2, 3]
    (event,) = imported(book)
    assert (event["source_codes"], event["type"], event["cameo"]) == ([], None, None)
    assert "Nobody Known" in event["line"]


def test_blanks_of_names_may_be_underscores(book, graph):
    names = "Belarus\t0\nForeign_Affairs_(Latvia)\t1\nNobody_Known\t2\nEuropean_Union\t3\n"
    (graph / "entity2id.txt").write_text(names)
    import_files(book, "tkg", [graph / "train.txt"], choices=CHOICES)
    meeting, _, visit = imported(book)
    assert (meeting["target_codes"], visit["target_codes"]) == (["LVA.MFA"], ["EU"])


def test_what_is_missing_is_named(book, graph):
    with pytest.raises(InputError, match="--start"):
        import_files(book, "tkg", [graph / "train.txt"])
    (graph / "entity2id.txt").unlink()
    with pytest.raises(ReadError, match="entity2id"):
        import_files(book, "tkg", [graph / "train.txt"], choices=CHOICES)
