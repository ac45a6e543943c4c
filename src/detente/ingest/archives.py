"""Opens zip archives without trusting them."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from detente.errors import ReadError
from detente.ingest.streams import Budget, Metered, buffered
from detente.model import ErrorRecord

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from typing import BinaryIO

    from detente.settings import Settings

_END = b"PK\x05\x06"
_ENTRY_BYTES = 400
"""Bytes of the central directory allowed for each member; an entry has 46 and its name."""

_UNSAFE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, ValueError)
_OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "a spreadsheet (xlsx)",
    "ppt/presentation.xml": "a presentation (pptx)",
    "META-INF/container.xml": "an e-book (epub)",
    "content.xml": "an OpenDocument file",
}


def open_zip(file: BinaryIO, settings: Settings) -> zipfile.ZipFile:
    """Open an archive whose list of members is of a bearable size.

    Raises:
        ReadError: ``truncated``, ``damaged``, ``too_many_members``, or ``unsafe_name`` where the
            name of a member points outside the archive.
    """
    check_directory(file, settings.max_archive_members)
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise ReadError("damaged", "the zip archive is damaged") from error
    for info in archive.infolist():
        if _UNSAFE.search(info.orig_filename) or _UNSAFE.search(info.filename):
            archive.close()
            shown = info.orig_filename.encode("utf-8", "backslashreplace").decode("utf-8")
            raise ReadError("unsafe_name", f"the name {shown!r} points outside the archive")
    return archive


def check_directory(file: BinaryIO, most: int) -> None:
    """Refuse an archive with too many members before its list is read.

    Args:
        file: The archive, seekable.
        most: Most members.

    Raises:
        ReadError: ``truncated`` or ``too_many_members``.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        raise ReadError("truncated", "the zip archive has no end: it was cut off")
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and wide + 48 <= len(tail):
        count, length = struct.unpack("<QQ", tail[wide + 32 : wide + 48])
    if count > most or length > most * _ENTRY_BYTES:
        raise ReadError("too_many_members", f"the archive has more than {most:,} members")
    file.seek(0)


def office_kind(archive: zipfile.ZipFile) -> str | None:
    """Return ``docx``, or in words which other office format the archive is, or None."""
    names = archive.NameToInfo
    for name, words in _OFFICE.items():
        if name in names and ("mimetype" in names or "[Content_Types].xml" in names):
            return words
    return None


class Member:
    """One readable member of an archive."""

    __slots__ = ("_archive", "_info", "name", "source")

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> None:
        self._archive = archive
        self._info = info
        self.name = info.filename.rsplit("/", 1)[-1]
        self.source = source

    def open(self, budget: Budget) -> io.BufferedReader:
        """Open the member at its first byte.

        Raises:
            ReadError: ``bomb``, ``encrypted`` or ``damaged``.
        """
        budget.check_ratio(self._info.compress_size, self._info.file_size)
        if self._info.file_size > budget.left:
            budget.spend(self._info.file_size)
        if self._info.flag_bits & 1:
            raise ReadError("encrypted", "the member is protected by a password")
        try:
            stream = self._archive.open(self._info)
        except (*_DAMAGE, RuntimeError) as error:
            raise ReadError("damaged", "the member of the archive is damaged") from error
        return buffered(_Checked(stream, budget))  # type: ignore[arg-type]


class _Checked(Metered):
    """A member, whose damage is told as a ReadError."""

    def readinto(self, buffer: object) -> int:
        try:
            return super().readinto(buffer)
        except ReadError:
            raise
        except (*_DAMAGE, OSError) as error:
            raise ReadError("damaged", "the member of the archive is damaged") from error


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def members(archive: zipfile.ZipFile, source: str) -> Iterator[Member | ErrorRecord]:
    """Yield the members in the archive's order; hidden ones and folders are left out.

    Args:
        archive: The open archive.
        source: Its own source; ``#name`` is added for a member.

    Yields:
        Members, and an error for each that is no file.
    """
    seen: dict[str, int] = {}
    for info in archive.infolist():
        name = info.filename
        if info.is_dir() or _is_hidden(name):
            continue
        shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
        seen[shown] = seen.get(shown, 0) + 1
        where = f"{source}#{shown}" + (f"@{seen[shown]}" if seen[shown] > 1 else "")
        if (info.external_attr >> 28) not in {0, 8}:
            yield ErrorRecord(
                source=where, error="not_a_file", reason="the member is a link or a device"
            )
        else:
            yield Member(archive, info, where)
