"""One writer at a time: a lock on a file that the system releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

from detente.errors import CasebookError

if TYPE_CHECKING:
    from pathlib import Path

_PAUSE = 0.05


class WriterLock:
    """The right to write a casebook, held until ``release``.

    Args:
        path: The lock file; made if need be, and never removed.
        seconds: How long to wait for another holder.

    Raises:
        CasebookError: Another process holds it; the message names its process id.
    """

    def __init__(self, path: Path, *, seconds: float) -> None:
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise CasebookError(f"{path}: {error.strerror}") from error
        deadline = time.monotonic() + seconds
        while not self._try():
            if time.monotonic() >= deadline:
                holder = os.pread(self._handle, 32, 0).decode("ascii", "replace").strip()
                os.close(self._handle)
                raise CasebookError(
                    f"{path.parent}: process {holder or 'unknown'} is writing this casebook; "
                    f"waited {seconds:g} s"
                )
            time.sleep(_PAUSE)
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode("ascii"), 0)

    def _try(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let others write."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
