"""Markdown to plain paragraphs: the marks go, the words stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.read import layout

if TYPE_CHECKING:
    from detente.read.draft import Draft

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_TABLE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*")
_MARKER = re.compile(
    r"[ \t]*(?:(?:>[ \t]?)+)?(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)(?:\[[ xX]\][ \t]+)?"
)
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S.*")

_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,200}\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,50}\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,1000})>")
_HTML = re.compile(r"<!--.{0,2000}?-->|</?[A-Za-z][^<>\n]{0,500}>", re.DOTALL)
_HIDDEN_HTML = re.compile(
    r"<(script|style|noscript)\b[^<>]{0,500}>[^<]{0,100000}</\1[ \t]*>", re.IGNORECASE
)
_CODE = re.compile(r"(`{1,3})([^`\n]{1,500})\1")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000})(?<=\S)\1")
_STARRED = re.compile(r"(?<!\\)\*(?=\S)([^*\n]{1,1000})(?<=[^\s\\])\*")
_UNDERLINED = re.compile(r"(?<!\w)_(?=\S)([^_\n]{1,1000})(?<=\S)_(?!\w)")
_STRUCK = re.compile(r"~~([^~\n]{1,1000})~~")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(text: str) -> Draft:
    """Turn Markdown into a draft.

    Args:
        text: The file, cleaned (LF line ends). Front matter or ``Key: value`` lines at its top
            are metadata.

    Returns:
        The draft; its headline is a first-level heading that comes first, or the title.
    """
    found, lines = layout.header(text.split("\n"))
    blocks = _blocks(_HIDDEN_HTML.sub("", "\n".join(lines)).split("\n"))
    draft = layout.described([], found)
    for number, (is_heading, block) in enumerate(blocks):
        stripped = strip_marks(block).strip()
        if number == 0 and is_heading and stripped:
            draft.headline = " ".join(stripped.split())
        elif stripped:
            draft.paragraphs += [stripped] if is_heading else layout.paragraphs(stripped)
    layout.shape(draft)
    return draft


def strip_marks(text: str) -> str:
    """Return a block without emphasis, links, images, code marks and HTML tags."""
    text = _IMAGE.sub("", text)
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    text = _HTML.sub("", _AUTOLINK.sub(r"\1", text))
    text = _CODE.sub(r"\2", text)
    text = _STARRED.sub(r"\1", _STRONG.sub(r"\2", text))
    text = _STRUCK.sub(r"\1", _UNDERLINED.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", text)


def _blocks(lines: list[str]) -> list[tuple[bool, str]]:
    """Cut lines into blocks: whether each is a heading, and its text."""
    found: list[tuple[bool, str]] = []
    open_lines: list[str] = []
    fence: str | None = None

    def close(*, heading: bool = False) -> None:
        if open_lines:
            found.append((heading, "\n".join(open_lines)))
            open_lines.clear()

    for line in lines:
        mark = _FENCE.match(line)
        if mark and (fence is None or mark[1].startswith(fence)):
            fence = mark[1] if fence is None else None
            close()
        elif fence is not None:
            open_lines.append(line)
        else:
            _take(line, open_lines, found, close)
    close()
    return found


def _take(line: str, open_lines: list[str], found: list[tuple[bool, str]], close: object) -> None:
    """Add one line outside a code fence to the blocks."""
    assert callable(close)
    if (underline := _UNDERLINE.fullmatch(line)) and len(open_lines) == 1:
        close(heading=True)
        del underline
    elif heading := _HEADING.fullmatch(line):
        close()
        found.append((True, heading[2]))
    elif not line.strip() or _RULE.fullmatch(line) or _TABLE_RULE.fullmatch(line):
        close()
    elif _DEFINITION.fullmatch(line):
        pass
    elif line.lstrip().startswith("|"):
        close()
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        found.append((False, ", ".join(cell for cell in cells if cell)))
    else:
        if marker := _MARKER.match(line):
            close()
            line = line[marker.end() :]
        elif quote := _QUOTE.match(line):
            line = line[quote.end() :]
            if not line.strip():
                close()
        open_lines.append(line)
