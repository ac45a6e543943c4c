import time
import unicodedata

import pytest

from detente.read.normal import clean, line


@pytest.mark.parametrize(
    ("raw", "text", "flags"),
    [
        ("a\r\nb\rc\x85d\u2028e\x0bf", "a\nb\nc\nd\ne\nf", []),
        ("a\u2029b", "a\n\nb", []),
        ("Mi\x00n\x07sk\x9b", "Minsk", ["controls_removed"]),
        ("Mi\u200bns\u202ek\U000e0041", "Minsk", ["hidden_removed"]),
        ("\ufeffMinsk", "Minsk", []),
        ("co\xadoperate", "cooperate", []),
        ("Minko\u0301", "Mink\u00f3", []),
        ("lone \ud800 one", "lone \ufffd one", ["surrogates_replaced"]),
        ("pair \ud83d\ude00", "pair \U0001f600", ["surrogates_replaced"]),
        ("a\xa0\t  b", "a b", []),
        ("plain  text", "plain text", []),
        ("می\u200cخواهم", "می\u200cخواهم", []),
        ("a\u200db", "ab", []),
    ],
)
def test_characters(raw, text, flags):
    found = []
    assert clean(raw, found) == text
    assert found == flags
    assert clean(text, []) == text


def test_a_stack_of_marks_is_cut_and_quick():
    flags = []
    began = time.monotonic()
    text = clean("a" + "\u0301\u0316" * 500_000 + "b", flags)
    assert time.monotonic() - began < 2
    assert flags == ["marks_removed"]
    assert sum(map(bool, map(unicodedata.combining, text))) <= 30
    assert text.endswith("b")


def test_one_line():
    assert line(" Talks\n in  Minsk ", []) == "Talks in Minsk"
    assert line(" \n", []) is None
    assert line(None, []) is None
