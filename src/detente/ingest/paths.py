"""Finds files: single ones, and folders walked in the order of their names."""

from __future__ import annotations

import errno
import io
import os
import stat
from typing import TYPE_CHECKING

from detente.errors import ReadError
from detente.ingest.items import printable
from detente.model import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REASONS = {
    errno.ENOENT: ("missing", "there is no such file or folder"),
    errno.EACCES: ("permission", "permission is denied"),
    errno.EPERM: ("permission", "permission is denied"),
    errno.ELOOP: ("symlink_loop", "the link leads back to itself"),
    errno.ENAMETOOLONG: ("missing", "the name is longer than a name can be"),
    errno.ENOTDIR: ("missing", "there is no such file or folder"),
    errno.ENXIO: ("not_a_file", "it is a device, pipe or socket, not a file"),
}


def refusal(error: OSError | ValueError) -> ReadError:
    """Return what an error of the operating system means, as a code and a sentence."""
    if isinstance(error, ValueError):
        return ReadError("missing", "the name holds a NUL character")
    code, reason = _REASONS.get(error.errno or 0, ("io", ""))
    return ReadError(code, reason or f"it cannot be read: {os.strerror(error.errno or 0)}")


def walk(path: Path) -> Iterator[Path | ErrorRecord]:
    """Yield the files under a path.

    Args:
        path: A file or a folder. Folders are walked in the order of the names' bytes; names that
            begin with a dot are left out, and links to folders are not followed.

    Yields:
        Files, and an error for each thing that is neither a file nor a folder or cannot be
        listed; one error ``empty`` for a folder without any file.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _error(path, refusal(error))
        return
    if not stat.S_ISDIR(mode):
        yield path if stat.S_ISREG(mode) else _not_a_file(path)
        return
    found = False
    for entry in _walk_folder(path):
        found = True
        yield entry
    if not found:
        yield ErrorRecord(
            source=printable(path), error="empty", reason="the folder holds nothing to read"
        )


def _walk_folder(folder: Path) -> Iterator[Path | ErrorRecord]:
    """Walk without recursion: a tree may be deeper than the interpreter's stack."""
    waiting: list[Path] = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.stat().st_mode
            if path != folder and stat.S_ISDIR(mode) and path.is_symlink():
                yield ErrorRecord(
                    source=printable(path),
                    error="symlink",
                    reason="it is a link to a folder, which is not followed",
                )
            elif stat.S_ISDIR(mode):
                names = sorted(os.listdir(os.fsencode(path)), reverse=True)  # noqa: PTH208
                waiting += [path / os.fsdecode(name) for name in names if not name.startswith(b".")]
            elif stat.S_ISREG(mode):
                yield path
            else:
                yield _not_a_file(path)
        except OSError as error:
            yield _error(path, refusal(error))


def open_file(path: Path) -> io.BufferedReader:
    """Open a regular file; a pipe put in its place meanwhile does not block.

    Raises:
        ReadError: ``missing``, ``permission`` or ``not_a_file``.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise refusal(error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ReadError("not_a_file", "it is a device, pipe or socket, not a file")
    return io.BufferedReader(io.FileIO(handle, "rb"), 65_536)


def state(stream: io.BufferedReader) -> tuple[int, int]:
    """Return size and time of change of an open file, to see whether it changes."""
    found = os.fstat(stream.fileno())
    return found.st_size, found.st_mtime_ns


def _not_a_file(path: Path) -> ErrorRecord:
    return ErrorRecord(
        source=printable(path),
        error="not_a_file",
        reason="it is a device, pipe or socket, not a file",
    )


def _error(path: Path, error: ReadError) -> ErrorRecord:
    return ErrorRecord(source=printable(path), error=error.code, reason=error.reason)
