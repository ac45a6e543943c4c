"""Tells a format by its first bytes; the name decides only where they do not tell."""

from __future__ import annotations

import re
from typing import Literal, get_args

Kind = Literal[
    "txt", "md", "html", "pdf", "docx", "eml", "jsonl", "csv", "parquet", "gzip", "zip", "feed",
    "ole", "foreign",
]  # fmt: skip
"""``ole``: an old or an encrypted Office file. ``foreign``: a format that is not read."""

KINDS: tuple[str, ...] = get_args(Kind)

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
)
"""Signatures from the formats' own specifications."""

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"{\\rtf", "a rich text file"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
)

_EXTENSIONS: dict[str, Kind] = {
    "md": "md", "markdown": "md", "htm": "html", "html": "html", "xhtml": "html", "eml": "eml",
    "jsonl": "jsonl", "ndjson": "jsonl", "json": "jsonl", "csv": "csv", "tsv": "csv",
}  # fmt: skip
_BINARY_EXTENSIONS = frozenset({"pdf", "docx", "parquet", "zip", "gz", "doc", "xlsx"})

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_PROLOG = re.compile(rb"\s*(?:<(?:!--|\?xml|!doctype|html|head|body|rss|feed|rdf))", re.IGNORECASE)
_MAIL = re.compile(
    rb"^(?:From|To|Subject|Message-ID|Received|MIME-Version|Return-Path|Delivered-To)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*|From [^\n]+)\n")
_ROW = re.compile(rb"\s*\{\s*\"[^\"\n]{0,200}\"\s*:")
HEAD_BYTES = 65_536
"""How much of a file is looked at."""


def kind(head: bytes, name: str) -> Kind:
    """Return the format of a file.

    Args:
        head: Its first bytes, up to ``HEAD_BYTES``.
        name: Its name, for the extension.

    Returns:
        The format; ``foreign`` where it is one that is not read (``foreign_name`` says which).
    """
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if b"%PDF-" in head[:1024]:
        return "pdf"
    extension = _extension(name)
    if foreign_name(head) is not None or extension in _BINARY_EXTENSIONS:
        return "foreign"
    return _text_kind(_plain(head), extension)


def foreign_name(head: bytes) -> str | None:
    """Return in words which format that is not read this is; None where it is none."""
    for magic, words in _FOREIGN:
        if head.startswith(magic):
            return words
    if head[257:262] == b"ustar":
        return "a tar archive"
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        return "a picture, sound or film"
    return None


def _text_kind(plain: bytes, extension: str) -> Kind:
    named = _EXTENSIONS.get(extension)
    if named in {"jsonl", "csv", "md"}:
        return named
    if _PROLOG.match(plain):
        if _FEED.search(plain[:4096]):
            return "feed"
        if _HTML.search(plain):
            return "html"
    if named is not None:
        return named
    if _is_mail(plain):
        return "eml"
    return "jsonl" if _ROW.match(plain) and b'"text"' in plain else "txt"


def _is_mail(plain: bytes) -> bool:
    """Whether the first lines are headers of a mail: at least two that only mail has."""
    end = 0
    while found := _HEADER.match(plain, end):
        end = found.end()
        while plain[end : end + 1] in {b" ", b"\t"}:
            end = plain.find(b"\n", end) + 1 or len(plain)
    return len(_MAIL.findall(plain[:end])) >= 2


def _plain(head: bytes) -> bytes:
    """Return the ASCII of a head, also of UTF-16 and UTF-32."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").replace(b"\r\n", b"\n")


def _extension(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""
