import io

import pytest

from detente.errors import ReadError
from detente.model import ErrorRecord
from detente.read import tables
from detente.read.draft import Draft
from detente.settings import Settings


def found(data, **limits):
    stream = io.BufferedReader(
        io.BytesIO(data if isinstance(data, bytes) else data.encode()), 65_536
    )
    return [
        (" / ".join(one.paragraphs), one.flags) if isinstance(one, Draft) else (one.where, one.code)
        for one in tables.read(stream, Settings(**limits))
    ]


def test_quotes_line_ends_and_other_columns():
    assert found('id,text,other\n1,"He said ""yes"", and\nleft.",x\n\n2,They met.,y\n') == [
        ('He said "yes", and left.', []), ("They met.", []),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_delimiters(mark):
    assert found(f"ID{mark}Text\n1{mark}They met.\n") == [("They met.", [])]


def test_ragged_rows():
    assert found("text,id,url\nThey met.\nThey met, again,2,x\n") == [
        ("They met.", ["ragged_row"]), ("2", "row"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    ["", "id,body\n1,x\n", "text,text\nx,y\n", "text," + "x," * 2_000 + "\n", "x" * 2_000_000],
)
def test_headers_that_cannot_be_used(data):
    with pytest.raises(ReadError) as caught:
        found(data)
    assert caught.value.code == "columns"


def test_an_open_quote_does_not_swallow_the_memory():
    rows = 'text\nGood one.\n"open\n' + "row of words\n" * 10_000
    first, last = found(rows, max_line_bytes=200_000)
    assert first == ("Good one.", [])
    assert len(last[0]) > 100_000 or last == ("2", "row")


def test_character_sets():
    assert found("\ufefftext\nВстреча министров.\n") == [("Встреча министров.", [])]
    assert found("text\nВстреча министров.\n".encode("utf-16")) == [("Встреча министров.", [])]
    assert found(b"text\nGood one here.\n" * 1 + b"x" * 70_000 + b"\nM\xff\n")[-1] == (
        "3", "encoding",
    )  # fmt: skip


def test_a_long_line_ends_the_table():
    assert found("text\nGood one.\n" + "x" * 5_000 + "\nGood two.\n", max_line_bytes=1_000) == [
        ("Good one.", []), ("2", "line_too_long"),
    ]  # fmt: skip


def test_a_character_that_is_cut_off_is_an_error_and_no_traceback(tmp_path, read_all):
    whole = ("text,id\n" + "A row of some length.,1\n" * 20).encode("utf-16")
    (tmp_path / "a.csv").write_bytes(whole[:-1])
    (tmp_path / "b.jsonl").write_bytes('{"text": "A row."}\n'.encode("utf-16")[:-1])
    found = [item for item in read_all(tmp_path) if isinstance(item, ErrorRecord)]
    assert [item.error for item in found] == ["encoding", "encoding"]
