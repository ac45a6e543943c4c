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
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from detente.engine.worker import HEADER, Call, Failed, write_frame
from detente.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]);"
    " from detente.engine.worker import main; main(int(sys.argv[1]))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call may take.

    Attributes:
        seconds: Longest wait for each result.
        megabytes: Limit of the child's address space.
        start_seconds: Added for the first result of a new child, which must load its libraries.
        doing: What the child does, for the reason: ``reading it`` took longer than 30 seconds.
    """

    seconds: float
    megabytes: int
    start_seconds: float = 20.0
    doing: str = "reading it"


def run(function: str, argument: bytes, *, limits: Limits, fresh: bool = False) -> Iterator[bytes]:
    """Run a function of bytes to an iterator of bytes in a child.

    Args:
        function: ``module:function``. The children of one module serve that module alone, so
            that what one function loads does not count against the memory of another.
        argument: Its argument.
        limits: Of time and memory.
        fresh: Start a new child, in which nothing ran before.

    Yields:
        What the function yields.

    Raises:
        ReadError: ``timeout``, ``memory``, ``crash``, or what the function raised.
    """
    with contextlib.closing(start(function, argument, limits=limits, fresh=fresh)) as running:
        yield from running


def start(function: str, argument: bytes, *, limits: Limits, fresh: bool = False) -> Running:
    """Let a child run a function as ``run`` does, and do not wait for it.

    What it answers is asked of the result, which must be closed.

    Raises:
        OSError: No child can be started.
    """
    module = function.partition(":")[0]
    child = _new() if fresh else _idle(module)
    running = Running(child, module)
    try:
        running.answers = child.call(function, argument, limits)
    except BaseException:
        running.close()
        raise
    return running


class Running:
    """A call that a child is at; iterating yields what its function yields, with the errors of ``run``.

    Attributes:
        answers: What the child answers.
    """

    def __init__(self, child: _Child, module: str) -> None:
        self._child: _Child | None = child
        self._module = module
        self.answers: Iterator[bytes] = iter(())

    def __iter__(self) -> Iterator[bytes]:
        """Return itself."""
        return self

    def __next__(self) -> bytes:
        """Wait for an answer."""
        return next(self.answers)

    def answered(self) -> bool:
        """Return whether the next answer, the end or an error need not be waited for."""
        return self._child is None or self._child.answered()

    def close(self) -> None:
        """Leave the child to other calls if it is done, and end it if not."""
        child, self._child = self._child, None
        if child is None:
            return
        self.answers = iter(())
        with _Pool.lock:
            _Pool.busy.discard(child)
            if child.ready:
                _Pool.free.setdefault(self._module, []).append(child)
        if not child.ready:
            child.close()


class _Pool:
    """The children of the process that started them: those that wait, by module, and the others."""

    free: dict[str, list[_Child]] = {}  # noqa: RUF012
    busy: set[_Child] = set()  # noqa: RUF012
    owner = 0
    lock = threading.Lock()
    here = threading.local()


def _idle(module: str) -> _Child:
    group: Group | None = getattr(_Pool.here, "group", None)
    with _Pool.lock:
        if group is not None and group.ended:
            raise RuntimeError("the run has been stopped")
        if _Pool.owner != os.getpid():
            _Pool.owner = os.getpid()
            _Pool.free, _Pool.busy = {}, set()
        waiting = _Pool.free.get(module, [])
        while waiting:
            child = waiting.pop()
            if child.alive():
                child.group = group
                _Pool.busy.add(child)
                return child
            child.close()
    return _new()


def _new() -> _Child:
    child = _Child()
    with _Pool.lock:
        ended = child.group is not None and child.group.ended
        if not ended:
            _Pool.busy.add(child)
    if ended:
        child.close()
        raise RuntimeError("the run has been stopped")
    return child


def close_all() -> None:
    """End the children that wait; called when the interpreter ends."""
    with _Pool.lock:
        children, _Pool.free = [c for some in _Pool.free.values() for c in some], {}
    for child in children if _Pool.owner == os.getpid() else ():
        child.close()


class Group:
    """The children that some threads call, to end them together."""

    def __init__(self) -> None:
        self.ended = False


def join_group(group: Group) -> None:
    """Say that the children which this thread will call belong to a group."""
    _Pool.here.group = group


def end_group(group: Group) -> None:
    """Kill a group's children that work and start no more."""
    with _Pool.lock:
        group.ended = True
        for child in _Pool.busy:
            if child.group is group:
                child.kill()


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
        self.group: Group | None = getattr(_Pool.here, "group", None)

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """Kill the child; ``close`` is left to whoever calls it."""
        self._process.kill()

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

    def answered(self) -> bool:
        """Return whether something can be read of the child, or it has ended."""
        return bool(self._poll.poll(0))

    def call(self, function: str, argument: bytes, limits: Limits) -> Iterator[bytes]:
        """Send a call and return its results; ``ready`` says after them whether the child can serve again."""
        self.ready = False
        seconds = limits.seconds + (limits.start_seconds if self._fresh else 0.0)
        self._fresh = False
        call = Call(
            function=function,
            argument=argument,
            seconds=seconds,
            megabytes=limits.megabytes,
            doing=limits.doing,
        )
        with contextlib.suppress(BrokenPipeError):
            assert self._process.stdin is not None
            write_frame(self._process.stdin, b"c", msgspec.msgpack.encode(call))  # type: ignore[arg-type]
        return self._results(limits, time.monotonic() + seconds)

    def _results(self, limits: Limits, deadline: float) -> Iterator[bytes]:
        while True:
            kind, body = self._frame(deadline, limits)
            if kind == b"e":
                self.ready = msgspec.msgpack.decode(body, type=bool)
                return
            if kind == b"x":
                failed = msgspec.msgpack.decode(body, type=Failed)
                self.ready = failed.code != "memory"
                raise ReadError(failed.code, failed.reason)
            yield body
            deadline = time.monotonic() + limits.seconds

    def _frame(self, deadline: float, limits: Limits) -> tuple[bytes, bytes]:
        header = self._take(HEADER.size, deadline, limits)
        kind, length = HEADER.unpack(header)
        return kind, self._take(length, deadline, limits)

    def _take(self, count: int, deadline: float, limits: Limits) -> bytes:
        parts: list[bytes] = []
        while count:
            left = deadline - time.monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                reason = f"{limits.doing} took longer than {limits.seconds:g} seconds"
                raise ReadError("timeout", reason)
            data = os.read(self._answers, min(count, 1 << 20))
            if not data:
                raise self._ended(limits.doing)
            parts.append(data)
            count -= len(data)
        return b"".join(parts)

    def _ended(self, doing: str) -> ReadError:
        """Return why the child ended in the middle of a call."""
        status = self._process.wait()
        if status in {-signal.SIGKILL, -signal.SIGABRT}:
            return ReadError("memory", f"{doing} needs more memory than the limit allows")
        return ReadError("crash", f"{doing} crashed the process that did it")
