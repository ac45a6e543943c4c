"""Streams that stop at a limit: gunzip, a budget for what archives grow to."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from detente.errors import ReadError

if TYPE_CHECKING:
    from typing import BinaryIO

    from detente.settings import Settings

FREE_BYTES = 10_000_000
"""Expansion below this many bytes is never called a bomb."""

_CHUNK = 65_536


class Budget:
    """How many bytes one input may still grow to, over all that lies inside it."""

    def __init__(self, settings: Settings) -> None:
        self.left = settings.max_expanded_bytes
        self.members = settings.max_archive_members
        self._limit = settings.max_expanded_bytes
        self._ratio = settings.max_expansion_ratio

    def spend(self, count: int) -> None:
        """Take ``count`` bytes.

        Raises:
            ReadError: ``bomb``: nothing is left.
        """
        self.left -= count
        if self.left < 0:
            raise ReadError("bomb", f"it grows to more than {self._limit:,} bytes")

    def check_ratio(self, packed: int, expanded: int) -> None:
        """Refuse what grew too much.

        Raises:
            ReadError: ``bomb``: more than the ratio, above ``FREE_BYTES``.
        """
        if expanded > FREE_BYTES and expanded > self._ratio * max(packed, 1):
            raise ReadError("bomb", f"it grows to more than {self._ratio} times its size")


class Gunzip(io.RawIOBase):
    """The bytes inside a gzip file of one or more members.

    Attributes:
        flags: ``trailing_garbage`` where something else follows the last member.
    """

    def __init__(self, packed: BinaryIO, budget: Budget) -> None:
        self._packed = packed
        self._budget = budget
        self._engine = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._read = 0
        self._written = 0
        self._members = 0
        self._done = False
        self.flags: list[str] = []

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer, except at the end.

        Raises:
            ReadError: ``truncated``, ``damaged`` or ``bomb``.
        """
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        filled = 0
        while filled < len(view) and not self._done:
            piece = self._next(len(view) - filled)
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        self._written += filled
        self._budget.spend(filled)
        self._budget.check_ratio(self._read, self._written)
        return filled

    def _next(self, most: int) -> bytes:
        if self._engine.eof:
            self._next_member()
            return b""
        if not self._waiting:
            self._waiting = self._take()
            if not self._waiting:
                raise ReadError("truncated", "the gzip file ends before its end mark")
        try:
            piece = self._engine.decompress(self._waiting, most)
        except zlib.error as error:
            raise ReadError("damaged", "the gzip file is damaged") from error
        self._waiting = self._engine.unconsumed_tail or self._engine.unused_data
        return piece

    def _next_member(self) -> None:
        self._waiting = self._waiting or self._take()
        while self._waiting and not self._waiting.strip(b"\x00"):
            self._waiting = self._take()
        self._members += 1
        if len(self._waiting) == 1:
            self._waiting += self._take()
        if not self._waiting.startswith(b"\x1f\x8b"):
            if self._waiting:
                self.flags.append("trailing_garbage")
            self._done = True
        elif self._members >= self._budget.members:
            raise ReadError("too_many_members", "the gzip file has too many members")
        else:
            self._engine = zlib.decompressobj(wbits=31)

    def _take(self) -> bytes:
        data = self._packed.read(_CHUNK)
        self._read += len(data)
        return data

    def close(self) -> None:
        """Close this and the packed stream."""
        self._packed.close()
        super().close()


class Metered(io.RawIOBase):
    """Another stream, whose bytes are taken from a budget."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read once.

        Raises:
            ReadError: ``bomb``: the budget is spent.
        """
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self._budget.spend(len(data))
        return len(data)

    def close(self) -> None:
        """Close this and the other stream."""
        self._stream.close()
        super().close()


def buffered(stream: io.RawIOBase, size: int = _CHUNK) -> io.BufferedReader:
    """Return the stream with a buffer that can be peeked into."""
    return io.BufferedReader(stream, size)


def read_all(stream: BinaryIO, limit: int) -> bytes:
    """Read a whole stream.

    Args:
        stream: Where to read.
        limit: Most bytes.

    Raises:
        ReadError: ``too_large``: there is more.
    """
    parts: list[bytes] = []
    left = limit
    while data := stream.read(min(1 << 20, left + 1)):
        left -= len(data)
        if left < 0:
            raise ReadError("too_large", f"it is larger than {limit:,} bytes")
        parts.append(data)
    return b"".join(parts)
