"""Bytes to text: marks, UTF-8, UTF-16 without a mark, then legacy character sets.

Order of trust: a byte order mark; UTF-8, which other character sets do not form by chance; the
pattern of zero bytes of UTF-16 and UTF-32; the declared character set; ``charset-normalizer``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from detente.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b") + b"\x7f"
MOST_CONTROLS = 0.05
"""Share of control bytes above which a file is binary: random bytes have 0.11, text with stray
controls below 0.01."""

_WIDE_SHARE = 0.9
"""Share of letters, digits, spaces and punctuation that text in UTF-16 must have: three quarters of
all code points below U+10000 are letters, so random bytes stay below it. In the wrong byte order a
text has neither spaces nor line ends, which is looked at first."""

_IDEOGRAPH = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_GUESS_BYTES = 200_000

_CP1252_HIGH = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x81\x8d\x8f\x90\x9d"
_TAIL = f"[{_CP1252_HIGH}\x80-\xbf]"
_MOJIBAKE = re.compile(f"[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}")
DENSE_MOJIBAKE = 0.05
"""Share of characters in garbled sequences above which a text is refused, not mended."""

_LOST_SHARE = 0.01
"""Share of replacement characters above which too much of a text is lost."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the name of its character set and what was noted."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Turn the bytes of a text file into text.

    Args:
        data: The whole file.
        declared: The character set that a server or the file itself declares.

    Raises:
        ReadError: ``binary``: it is no text. ``encoding``: its character set cannot be told, or
            it was garbled before it was saved.
    """
    found = _decoded(data, declared)
    return _mended(found)


def sniff(head: bytes) -> str:
    """Return the character set of a table by its first bytes, for reading as a stream.

    Raises:
        ReadError: ``binary`` or ``encoding``, as for ``decode``.
    """
    cut = head.rfind(b"\n") + 1
    if cut and not any(head.startswith(mark) for mark, _ in _MARKS[:2] + _MARKS[3:]):
        whole = head[:cut] if b"\x00" not in head else head[: len(head) // 4 * 4]
    else:
        whole = head[: len(head) // 4 * 4] or head
    found = _decoded(whole, None).encoding
    return "utf-8-sig" if found in {"utf-8", "ascii"} else found


def _decoded(data: bytes, declared: str | None) -> Decoded:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    known = _known(declared)
    if b"\x00" in data and (wide := _wide(data)):
        return wide
    if len(data.translate(None, _CONTROLS)) < len(data) * (1 - MOST_CONTROLS):
        raise ReadError("binary", "it holds binary data, not text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, known)
    wrong = known is not None and known not in {"utf-8", "ascii"} and not text.isascii()
    return Decoded(text, "utf-8", ("charset_wrong",) if wrong else ())


def _known(declared: str | None) -> str | None:
    """Return the character set's name in Python; browsers read Latin-1 as Windows-1252."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _strict(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        if text.count("\ufffd") > 1 + len(text) * _LOST_SHARE:
            raise ReadError("encoding", f"it is not the {name} that its mark says") from error
        return Decoded(text, name, ("bytes_replaced",))


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 or UTF-32 without a mark, where one reading gives ordinary text."""
    best: tuple[float, str, str] = (_WIDE_SHARE, "", "")
    for name, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        sample = data[: 40_000 // width * width]
        sample = sample[: len(sample) // width * width]
        try:
            text = sample.decode(name, "strict" if width == 4 else "ignore")
        except UnicodeDecodeError:
            continue
        if len(text) >= 2 and (share := _ordinary(text)) > best[0]:
            best = (share, name, text)
    if not best[1]:
        return None
    text = data.decode(best[1], "replace").rstrip("\ufffd")
    return Decoded(text, best[1], ("encoding_guessed",))


def _ordinary(text: str) -> float:
    """Return the share of characters that text is made of; text has spaces or line ends."""
    if " " not in text and "\n" not in text:
        return 0.0
    good = sum(
        1
        for char in text
        if char in "\n\r\t" or unicodedata.category(char)[0] in {"L", "N", "P", "Z"}
    )
    scripts = {ord(char) >> 8 for char in text if char.isalpha() and not _IDEOGRAPH.match(char)}
    crowded = len(scripts) > 12 and sum(1 for char in text if char == " ") < len(text) / 50
    return 0.0 if crowded else good / len(text)


def _legacy(data: bytes, declared: str | None) -> Decoded:
    if declared is not None and declared != "utf-8":
        try:
            return Decoded(data.decode(declared), declared)
        except UnicodeDecodeError:
            pass
    cut = _nearly_utf8(data)
    if cut is not None:
        return cut
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is None:
        raise ReadError("encoding", "its character set cannot be told")
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise ReadError("encoding", "it mixes character sets") from error
    return Decoded(text, best.encoding, ("encoding_guessed",))


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Read UTF-8 with a few broken bytes: far more good sequences than bad ones."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - lost
    if good >= 10 * lost:
        return Decoded(text, "utf-8", ("bytes_replaced",))
    return None


def _mended(found: Decoded) -> Decoded:
    """Undo UTF-8 that was once read as Windows-1252, where every character says so."""
    text = found.text
    if text.isascii():
        return found
    if text.count("\ufffd") > max(3, len(text) * _LOST_SHARE):
        raise ReadError(
            "encoding", "characters were lost before it was saved (it is full of \ufffd)"
        )
    garbled = sum(len(match) for match in _MOJIBAKE.findall(text))
    if not garbled:
        return found
    if garbled > max(3, len(text) * DENSE_MOJIBAKE):
        raise ReadError(
            "encoding", "it was saved in a wrong character set and is garbled (mojibake)"
        )
    try:
        whole = b"".join(_byte(char) for char in text).decode("utf-8")
    except UnicodeError:
        return Decoded(text, found.encoding, (*found.flags, "mojibake"))
    return Decoded(whole, found.encoding, (*found.flags, "mojibake_mended"))


def _byte(char: str) -> bytes:
    return (
        char.encode("latin-1")
        if char < "\x80" or "\x80" <= char <= "\x9f"
        else char.encode("cp1252")
    )
