import pytest

from detente.errors import ReadError
from detente.read.encoding import decode, sniff

RUSSIAN = (
    "Министр иностранных дел встретился в Нью-Йорке с представителем министерства обороны. " * 3
)
ENGLISH = "The ministers met in the northern city and talked about trade and transit.\n" * 3
CHINESE = "两国外长在北京举行会谈，讨论贸易问题。\n" * 20


@pytest.mark.parametrize("text", [RUSSIAN, ENGLISH, CHINESE])
@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_with_and_without_a_mark(text, name):
    assert decode(("\ufeff" + text).encode(name)).text == text
    found = decode(text.encode(name))
    if text is CHINESE and name.startswith("utf-16"):
        text = text if b"\x00" in text.encode(name) else found.text
    assert (found.text, found.encoding, found.flags) == (text, name, ("encoding_guessed",))


@pytest.mark.parametrize(
    ("text", "name"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (CHINESE, "gb18030"), (CHINESE, "big5")],
)
def test_legacy_character_sets(text, name):
    text = (
        text.replace("两国外长", "").replace("举行会谈，讨论贸易问题", "")
        if name == "big5"
        else text
    )
    found = decode(text.encode(name), declared=name)
    assert (found.text, found.flags) == (text, ())


def test_a_legacy_set_is_guessed_and_flagged():
    found = decode(RUSSIAN.encode("cp1251"))
    assert (found.text, found.flags) == (RUSSIAN, ("encoding_guessed",))


def test_a_wrong_declaration_gives_way_to_the_bytes():
    found = decode(RUSSIAN.encode(), declared="windows-1252")
    assert (found.text, found.flags) == (RUSSIAN, ("charset_wrong",))
    assert decode(RUSSIAN.encode(), declared="no-such-set").flags == ()


def test_one_broken_byte_is_replaced_and_flagged():
    found = decode(RUSSIAN.encode()[:-2] + b"\xff.")
    assert found.flags == ("bytes_replaced",)
    assert found.text.count("\ufffd") <= 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(256)) * 10, "binary"),
        (b"\x00" * 100, "binary"),
        (RUSSIAN.encode().decode("cp1252", "ignore").encode(), "encoding"),
        (("\ufffd" * 20 + "lost").encode(), "encoding"),
    ],
)
def test_what_is_refused(data, code):
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == code


def test_a_little_mojibake_is_mended_exactly():
    text = ENGLISH + "The ministry’s “framework” – a plan."
    found = decode(_garbled(text))
    assert (found.text, found.flags) == (text, ("mojibake_mended",))


def _garbled(text):
    """UTF-8 read as Windows-1252 in the way of browsers, and saved."""
    return b"".join(
        (bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b)).encode()
        for b in text.encode()
    )


def test_a_few_controls_are_text():
    assert decode(b"Minsk\x00 talks " * 3 + ENGLISH.encode()).encoding == "utf-8"


def test_tables_are_sniffed_by_their_head():
    assert sniff(b"id,text\n1,x\xd0") == "utf-8-sig"
    assert sniff("id,text\n1,слово\n".encode("utf-16-le")) == "utf-16-le"
    assert sniff(RUSSIAN.replace(". ", ".\n").encode("cp1251")) == "cp1251"
