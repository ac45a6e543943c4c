"""What a server counted of the busiest relations, left beside the casebook for the next one.

``derived/prepared.bin`` can be removed at any time. Its first line names the program and the hash of the
rest; an answer in it is taken only where what it rests on is as it was then.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente import __version__, registers, relations
from detente.casebook.browser import Stamp
from detente.casebook.files import write_atomically
from detente.errors import DetenteError
from detente.relations.analysis import Whole

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "prepared.bin"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of one relation.

    Attributes:
        a: Code of the first party.
        b: Code of the second party.
        stamp: What they rest on, as ``Browser.stamp`` gives it.
        cost: Seconds that counting took.
        body: The numbers, packed.
    """

    a: str
    b: str
    stamp: Stamp
    cost: float
    body: bytes

    def whole(self) -> Whole:
        """Return the numbers."""
        return msgspec.msgpack.decode(zlib.decompress(self.body), type=Whole)


def pack(a: str, b: str, whole: Whole, stamp: Stamp, cost: float) -> Kept:
    """Return the numbers of a relation as they are kept."""
    body = zlib.compress(msgspec.msgpack.encode(whole), 1)
    return Kept(a=a, b=b, stamp=stamp, cost=cost, body=body)


def read(folder: Path) -> dict[tuple[str, str], Kept]:
    """Return what was kept, by parties; nothing where it is damaged or of another program."""
    try:
        head, _, body = (folder / "derived" / FILE).read_bytes().partition(b"\n")
        if head != _head(body):
            return {}
        found = msgspec.msgpack.decode(body, type=list[Kept])
    except (OSError, msgspec.MsgspecError):
        return {}
    return {(one.a, one.b): one for one in found}


def write(folder: Path, found: Iterable[Kept]) -> None:
    """Keep numbers, in place of those kept before; a disk that cannot be written is left alone."""
    body = msgspec.msgpack.encode(list(found))
    try:
        write_atomically(folder / "derived" / FILE, b"%b\n%b" % (_head(body), body))
    except (OSError, DetenteError):
        return


def _head(body: bytes) -> bytes:
    return f"detente {__version__} {_program()} {hashlib.sha256(body).hexdigest()}".encode()


@cache
def _program() -> str:
    """Return a hash of what makes the numbers: the code of ``relations`` and the scales."""
    digest = hashlib.sha256()
    scales = Path(registers.__path__[0]) / "data" / "scales"
    for path in sorted([*Path(relations.__path__[0]).glob("*.py"), *scales.rglob("*.yaml")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
