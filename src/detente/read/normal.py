"""Cleans characters: one form for the same text, nothing hidden in it."""

from __future__ import annotations

import re
import unicodedata

_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\x0b\x0c]")
_PARAGRAPH_END = re.compile("\u2029")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_HIDDEN = re.compile(
    "[\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Zero width, direction and tag characters: they change what is coded, not what is seen."""

_JOINERS = re.compile(
    "(?<![\u0590-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\U0010ffff])"
)
"""Joiners outside the scripts that need them."""

_SOFT_HYPHENS = re.compile("\xad")
_SPACES = re.compile("[^\\S\n]{2,}|[^\\S\n ]")
_STACKED = re.compile("[^\\w\\s\x00-\u02ff]{31,}")
_MOST_MARKS = 30
"""Combining marks kept in a row: the limit of the Stream-Safe Text Format (Unicode UAX #15)."""

_PLAIN = re.compile("[ -~\n]*")


def clean(text: str, flags: list[str]) -> str:
    """Return the text in normal form C, with LF line ends and without hidden characters.

    Args:
        text: Any text, also with lone surrogates.
        flags: What was mended is added here: ``surrogates_replaced``, ``controls_removed``,
            ``hidden_removed``, ``marks_removed``.

    Returns:
        The text; runs of spaces are one space, a paragraph separator is a blank line.
    """
    if _PLAIN.fullmatch(text):
        return _SPACES.sub(" ", text) if "  " in text else text
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        _note(flags, "surrogates_replaced")
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _PARAGRAPH_END.sub("\n\n", text)
    text = _without(_CONTROLS, text, "controls_removed", flags)
    text = _without(_HIDDEN, text, "hidden_removed", flags)
    text = _SOFT_HYPHENS.sub("", _JOINERS.sub("", text))
    text = _STACKED.sub(lambda match: _thinned(match[0], flags), text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text))


def line(text: str | None, flags: list[str]) -> str | None:
    """Return a cleaned text on one line; None where nothing is left."""
    return " ".join(clean(text, flags).split()) or None if text else None


def _without(pattern: re.Pattern[str], text: str, flag: str, flags: list[str]) -> str:
    mended, count = pattern.subn("", text)
    if count:
        _note(flags, flag)
    return mended


def _note(flags: list[str], flag: str) -> None:
    if flag not in flags:
        flags.append(flag)


def _thinned(run: str, flags: list[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in run:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    if len(kept) < len(run):
        _note(flags, "marks_removed")
    return "".join(kept)
