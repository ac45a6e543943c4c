"""The child's side: runs one function at a time under limits and writes what it yields.

Frames in both directions: one letter, the length in 8 bytes, the body in MessagePack. The parent
sends ``c`` (call); the child answers ``r`` (one result) any number of times, then ``e`` (end, with
whether the child should be replaced) or ``x`` (failed, with code and reason).
"""

from __future__ import annotations

import importlib
import os
import re
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from detente.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADER = struct.Struct(">cQ")

GRACE_SECONDS = 5.0
"""After the limit and this much more the child ends itself, should its parent have died."""

_RECYCLE_SHARE = 0.5
"""Share of the memory limit above which a child is replaced after a document."""


class _Here:
    """What this process is."""

    serves = False


def serves() -> bool:
    """Return whether this process is a child that serves calls: it is one of several and starts none itself."""
    return _Here.serves


class Call(msgspec.Struct, kw_only=True):
    """What the parent asks for.

    Attributes:
        function: ``module:function`` of a function from bytes to an iterator of bytes.
        argument: The argument.
        seconds: Time limit for each result.
        megabytes: Limit of the child's address space.
        doing: What the function does, for reasons.
    """

    function: str
    argument: bytes
    seconds: float
    megabytes: int
    doing: str


class Failed(msgspec.Struct, kw_only=True):
    """Why a call failed."""

    code: str
    reason: str


def write_frame(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    """Write one frame."""
    stream.write(HEADER.pack(kind, len(body)))
    stream.write(body)
    stream.flush()


def main(answers: int) -> None:
    """Serve calls from standard input until it ends.

    Args:
        answers: File descriptor to which results are written.
    """
    _Here.serves = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    calls = sys.stdin.buffer
    decoder = msgspec.msgpack.Decoder(Call)
    with os.fdopen(answers, "wb") as out:
        while header := calls.read(HEADER.size):
            _, length = HEADER.unpack(header)
            call = decoder.decode(calls.read(length))
            if not _serve(call, out):
                break


def _serve(call: Call, out: BinaryIO) -> bool:
    """Answer one call; False where the child should end."""
    _limit(call.megabytes)
    _arm(call.seconds + GRACE_SECONDS)
    try:
        for result in _function(call.function)(call.argument):
            _arm(0)
            write_frame(out, b"r", result)
            _arm(call.seconds + GRACE_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever a hostile document provokes is an answer
        _arm(0)
        failed = _failed(error, call.doing)
        write_frame(out, b"x", msgspec.msgpack.encode(failed))
        return failed.code != "memory"
    _arm(0)
    stays = _peak_megabytes() < call.megabytes * _RECYCLE_SHARE
    write_frame(out, b"e", msgspec.msgpack.encode(stays))
    return stays


def _peak_megabytes() -> float:
    """Return this process's own peak memory in MB.

    ``ru_maxrss`` is not asked where ``/proc`` is there: a child inherits it from a large parent.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _failed(error: Exception, doing: str) -> Failed:
    if isinstance(error, ReadError):
        return Failed(code=error.code, reason=error.reason)
    if isinstance(error, MemoryError) or "emory" in str(error)[:200]:
        return Failed(code="memory", reason=f"{doing} needs more memory than the limit allows")
    if isinstance(error, RecursionError):
        return Failed(code="too_deep", reason="it is nested too deeply")
    return Failed(code="damaged", reason=f"it is damaged or malformed ({type(error).__name__})")


def _function(name: str) -> Callable[[bytes], Iterator[bytes]]:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)  # type: ignore[no-any-return]


def _limit(megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _arm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)
