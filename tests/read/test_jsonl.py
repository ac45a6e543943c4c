import io
import json

import pytest

from detente.read import jsonl
from detente.read.draft import Draft
from detente.settings import Settings

GOOD = '{"text": "The ministers met in the city."}'


def found(data, **limits):
    stream = io.BufferedReader(
        io.BytesIO(data if isinstance(data, bytes) else data.encode()), 65_536
    )
    return [
        "ok" if isinstance(one, Draft) else (one.where, one.code)
        for one in jsonl.read(stream, Settings(**limits))
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{bad", "json"),
        ('{"text": NaN}', "json"),
        ('{"text": "x", "score": Infinity}', "json"),
        ("[" * 200_000, "row"),
        ('{"text": ' + "[" * 200_000, "too_deep"),
        ('["a list"]', "row"),
        ('{"body": "x"}', "row"),
        ('{"text": 5}', "row"),
        ('{"text": "x", "title": ["y"]}', "row"),
        ('{"text": "  "}', "empty"),
        ('{"text": "cut', "json"),
    ],
)
def test_a_bad_line_is_one_error_and_the_others_are_kept(line, code):
    assert found(f"{GOOD}\n{line}\n{GOOD}\n") == ["ok", ("2", code), "ok"]


def test_the_error_names_line_and_byte():
    data = f"{GOOD}\n{{bad\n".encode()
    *_, last = jsonl.read(io.BufferedReader(io.BytesIO(data)), Settings())
    assert last.reason.startswith(f"line 2, at byte {len(GOOD) + 1}:")


def test_a_line_that_is_not_utf8():
    assert found(GOOD.encode() + b'\n{"text": "M\xc3("}\n' + GOOD.encode()) == [
        "ok", ("2", "encoding"), "ok",
    ]  # fmt: skip


def test_marks_other_character_sets_and_line_separators():
    assert found(f"\ufeff{GOOD}\n\n{GOOD}") == ["ok", "ok"]
    assert found(f"\ufeff{GOOD}\r\n{GOOD}".encode("utf-16")) == ["ok", "ok"]
    assert found(f"{GOOD}\n{GOOD}\n".encode("utf-16-le")) == ["ok", "ok"]
    assert found('{"text": "one\u2028line"}\n') == ["ok"]


def test_long_lines_are_passed_over():
    long = json.dumps({"text": "x" * 5_000})
    assert found(f"{long}\n{GOOD}\n{long}", max_line_bytes=1_000) == [
        ("1", "line_too_long"), "ok", ("3", "line_too_long"),
    ]  # fmt: skip


def test_the_last_of_two_equal_keys_counts_and_is_flagged():
    stream = io.BufferedReader(io.BytesIO(b'{"text": "first one", "text": "last one"}'))
    (draft,) = jsonl.read(stream, Settings())
    assert (draft.paragraphs, draft.flags) == (["last one"], ["duplicate_keys"])
    stream = io.BufferedReader(io.BytesIO(b'{"text": "a word: \\"text\\" and \\"text\\""}'))
    (draft,) = jsonl.read(stream, Settings())
    assert draft.flags == []


def test_a_huge_number_in_another_field():
    assert found('{"text": "x y", "n": ' + "9" * 500_000 + "}") == ["ok"]


def test_a_lone_surrogate_is_replaced():
    stream = io.BufferedReader(io.BytesIO(b'{"text": "lone \\ud800 one"}'))
    (draft,) = jsonl.read(stream, Settings())
    assert draft.paragraphs == ["lone \ufffd one"]
    assert draft.flags == ["surrogates_replaced"]


def test_an_id_that_stands_for_two_texts_is_a_conflict(tmp_path, read_all):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": "7", "text": "One."}\n{"id": "7", "text": "Two."}\n{"id": "7", "text": "One."}\n'
        '{"id": 8, "text": "Two."}\n'
    )
    first, clash, again, other = read_all(path)
    assert (first.external_id, again.id, other.external_id) == ("7", first.id, "8")
    assert (clash.error, clash.source) == ("conflict", f"{path}#2")
    assert clash.reason == "its id '7' stands for another text above"
