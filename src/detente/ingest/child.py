"""Runs a function in a child process that can be killed: for whatever foreign code parses.

One child serves many calls; it is replaced when a call is over its limits or crashes it. A child is
a fresh interpreter, not a fork, and needs no ``if __name__ == "__main__"`` in the user's script.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import msgspec

from detente.errors import ReadError
from detente.ingest.worker import HEADER, Call, Failed, write_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.settings import Settings

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]);"
    " from detente.ingest.worker import main; main(int(sys.argv[1]))"
)
_START_SECONDS = 20.0
"""Added to the limit of a child's first call: the interpreter and the libraries must load."""


def run(function: str, argument: bytes, *, settings: Settings) -> Iterator[bytes]:
    """Run a function of bytes to an iterator of bytes in a child.

    Args:
        function: ``module:function``.
        argument: Its argument.
        settings: ``read_seconds`` limits the wait for each result, ``read_megabytes`` the memory.

    Yields:
        What the function yields.

    Raises:
        ReadError: ``timeout``, ``memory``, ``crash``, or what the function raised.
    """
    child = _idle()
    try:
        yield from child.call(function, argument, settings)
    finally:
        if child.ready:
            _Pool.free.append(child)
        else:
            child.close()


class _Pool:
    """The children that wait for work, for the process that started them."""

    free: list[_Child] = []  # noqa: RUF012
    owner = 0
    lock = threading.Lock()


def _idle() -> _Child:
    with _Pool.lock:
        if _Pool.owner != os.getpid():
            _Pool.owner = os.getpid()
            _Pool.free = []
        while _Pool.free:
            child = _Pool.free.pop()
            if child.alive():
                return child
            child.close()
    return _Child()


def close_all() -> None:
    """End the children that wait; called when the interpreter ends."""
    with _Pool.lock:
        children, _Pool.free = _Pool.free, []
    for child in children if _Pool.owner == os.getpid() else ():
        child.close()


atexit.register(close_all)


class _Child:
    def __init__(self) -> None:
        answers, theirs = os.pipe()
        try:
            environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, str(theirs), json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs,),
                env={**environment, "MALLOC_ARENA_MAX": "2"},
            )
        finally:
            os.close(theirs)
        self._answers = answers
        self._poll = select.poll()
        self._poll.register(answers, select.POLLIN)
        self._fresh = True
        self.ready = True

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Kill the child and wait for its end."""
        self._process.kill()
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._process.wait()
        if self._answers >= 0:
            os.close(self._answers)
            self._answers = -1

    def call(self, function: str, argument: bytes, settings: Settings) -> Iterator[bytes]:
        """Yield results; ``ready`` says afterwards whether the child can serve again."""
        self.ready = False
        seconds = settings.read_seconds + (_START_SECONDS if self._fresh else 0.0)
        self._fresh = False
        deadline = time.monotonic() + seconds
        call = Call(
            function=function,
            argument=argument,
            seconds=seconds,
            megabytes=settings.read_megabytes,
        )
        with contextlib.suppress(BrokenPipeError):
            assert self._process.stdin is not None
            write_frame(self._process.stdin, b"c", msgspec.msgpack.encode(call))  # type: ignore[arg-type]
        while True:
            kind, body = self._frame(deadline, settings.read_seconds)
            if kind == b"e":
                self.ready = msgspec.msgpack.decode(body, type=bool)
                return
            if kind == b"x":
                failed = msgspec.msgpack.decode(body, type=Failed)
                self.ready = failed.code != "memory"
                raise ReadError(failed.code, failed.reason)
            yield body
            deadline = time.monotonic() + settings.read_seconds

    def _frame(self, deadline: float, seconds: float) -> tuple[bytes, bytes]:
        header = self._take(HEADER.size, deadline, seconds)
        kind, length = HEADER.unpack(header)
        return kind, self._take(length, deadline, seconds)

    def _take(self, count: int, deadline: float, seconds: float) -> bytes:
        parts: list[bytes] = []
        while count:
            left = deadline - time.monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                raise ReadError("timeout", f"reading it took longer than {seconds:g} seconds")
            data = os.read(self._answers, min(count, 1 << 20))
            if not data:
                raise self._ended()
            parts.append(data)
            count -= len(data)
        return b"".join(parts)

    def _ended(self) -> ReadError:
        """Return why the child ended in the middle of a call."""
        status = self._process.wait()
        if status in {-signal.SIGKILL, -signal.SIGABRT}:
            return ReadError("memory", "reading it needs more memory than the limit allows")
        return ReadError("crash", "it made its reader crash")
