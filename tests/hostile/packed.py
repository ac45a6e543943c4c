"""E: archives and compression."""

from __future__ import annotations

import gzip
import io
import re
import stat
import struct
import tarfile
import zipfile

from hostile.case import Input
from hostile.texts import EVENT


def zipped(members):
    """Return a zip archive of (name, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def _bombs(folder):
    (folder / "a.txt.gz").write_bytes(gzip.compress(b"a" * 60_000_000, mtime=0))
    (folder / "b.zip").write_bytes(zipped([("b.txt", b"b" * 60_000_000)]))
    (folder / "c.txt.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"\x00" * 200)


def _nested(folder):
    inner = zipped([("x.txt", EVENT)])
    for _ in range(6):
        inner = zipped([("inner.zip", inner)])
    (folder / "deep.zip").write_bytes(inner)
    one = zipped([("a.txt", EVENT + " One."), ("b.txt", EVENT + " Two.")])
    # Both entries of the list point to the first member's bytes.
    first, second = (m.start() for m in re.finditer(b"PK\x01\x02", one))
    broken = bytearray(one)
    broken[second + 42 : second + 46] = broken[first + 42 : first + 46]
    (folder / "overlap.zip").write_bytes(bytes(broken))


def _links(folder):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("l")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (folder / "a.tar").write_bytes(out.getvalue())
    info = zipfile.ZipInfo("l")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (folder / "b.zip").write_bytes(out.getvalue())


def _cut(folder):
    whole = gzip.compress((EVENT * 50).encode(), mtime=0)
    (folder / "a.txt.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "b.txt.gz").write_bytes(whole[:-4])


def _members(folder):
    parts = gzip.compress(EVENT.encode(), mtime=0) + gzip.compress(b" It rained.", mtime=0)
    (folder / "c.txt.gz").write_bytes(parts)
    (folder / "d.txt.gz").write_bytes(
        gzip.compress((EVENT + " Again.").encode(), mtime=0) + b"garbage"
    )


def _twins(folder):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("a.txt", EVENT + " One.")
            archive.writestr("a.txt", EVENT + " Two.")
            archive.writestr("A.TXT", EVENT + " Three.")
    (folder / "b.zip").write_bytes(out.getvalue())


def _password(folder):
    data = bytearray(zipped([("a.txt", EVENT)]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        data[place : place + 2] = struct.pack("<H", 1)
    (folder / "b.zip").write_bytes(bytes(data))


def _many(folder):
    (folder / "b.zip").write_bytes(zipped([(f"{n}.txt", b"x") for n in range(2_000)]))


E = (
    Input(number=42, title="gzip and zip bombs; zstd is not read", make=_bombs, codes=frozenset({"bomb", "format"}), coded=0),
    Input(number=43, title="archives in archives, overlapping entries", make=_nested, codes=frozenset({"too_deep", "damaged"}), coded=1),
    Input(number=45, title="links in archives", make=_links, codes=frozenset({"format", "not_a_file"}), coded=0),
    Input(number=46, title="gzip files that were cut", make=_cut, codes=frozenset({"truncated"}), coded=0),
    Input(number=47, title="two gzip members, and garbage after the last", make=_members, coded=2, flags=frozenset({"trailing_garbage"})),
    Input(number=48, title="two members of one name", make=_twins, coded=3),
    Input(number=49, title="a zip archive with a password", make=_password, codes=frozenset({"encrypted"}), coded=0),
    Input(number=50, title="too many members", make=_many, codes=frozenset({"too_many_members"}), coded=0, settings={"max_archive_members": 1_000}),
)  # fmt: skip
