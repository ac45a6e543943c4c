import io
import os
import struct
import warnings
import zipfile

import pytest

from detente.errors import ReadError
from detente.ingest import archives
from detente.ingest.streams import Budget
from detente.model import ErrorRecord
from detente.settings import Settings


def made(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def listed(data):
    with archives.open_zip(io.BytesIO(data), Settings()) as archive:
        return [
            (one.source, one.error if isinstance(one, ErrorRecord) else "member")
            for one in archives.members(archive, "a.zip")
        ]


OUTSIDE = ["../b.txt", "/etc/c", "C:/d.txt", "x/../../e", "..\\f.txt", "\\\\host\\g"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_an_archive_with_a_name_that_leaves_it_is_refused(name):
    with pytest.raises(ReadError, match="points outside") as caught:
        listed(made([("ok/a.txt", "x"), (name, "x")]))
    assert caught.value.code == "unsafe_name"


def test_a_name_with_a_nul_is_refused():
    data = made([("good.txt", "x"), ("aXb.txt", "x")]).replace(b"aXb.txt", b"a\x00b.txt")
    with pytest.raises(ReadError) as caught:
        listed(data)
    assert caught.value.code == "unsafe_name"


def test_two_members_of_one_name_are_both_kept():
    data = made([("a.txt", "one"), ("a.txt", "two"), ("A.txt", "three")])
    assert listed(data) == [
        ("a.zip#a.txt", "member"),
        ("a.zip#a.txt@2", "member"),
        ("a.zip#A.txt", "member"),
    ]


def test_links_hidden_files_and_folders():
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    data = made([("dir/", ""), (".hidden", "x"), ("__MACOSX/a", "x"), (link, "/etc/passwd")])
    assert listed(data) == [("a.zip#link", "not_a_file")]


def opened(data, **limits):
    settings = Settings(**limits)
    with archives.open_zip(io.BytesIO(data), settings) as archive:
        return [one.open(Budget(settings)).read() for one in archives.members(archive, "a")]


def test_a_bomb_is_refused_by_its_own_list():
    data = made([("zeros.txt", b"\x00" * 30_000_000)])
    with pytest.raises(ReadError) as caught:
        opened(data)
    assert caught.value.code == "bomb"


def test_a_member_that_hides_its_size_gives_no_more_than_it_says():
    data = bytearray(made([("zeros.txt", b"\x00" * 30_000_000)]))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(ReadError) as caught:
        opened(bytes(data))
    assert caught.value.code == "damaged"


def test_a_password_a_changed_byte_and_a_cut():
    data = bytearray(made([("a.txt", os.urandom(500))]))
    locked = data.copy()
    locked[data.rfind(b"PK\x01\x02") + 8] |= 1
    changed = data.copy()
    changed[100] ^= 0xFF
    for bad, code in ((locked, "encrypted"), (changed, "damaged"), (data[:-30], "truncated")):
        with pytest.raises(ReadError) as caught:
            opened(bytes(bad))
        assert caught.value.code == code


def test_too_many_members_are_refused_before_the_list_is_read():
    data = made([(f"{number}", "") for number in range(60)])
    with pytest.raises(ReadError) as caught:
        opened(data, max_archive_members=50)
    assert caught.value.code == "too_many_members"


def test_office_formats_are_told_apart():
    def kind(*names):
        with zipfile.ZipFile(io.BytesIO(made([(name, "x") for name in names]))) as archive:
            return archives.office_kind(archive)

    assert kind("[Content_Types].xml", "word/document.xml") == "docx"
    assert kind("[Content_Types].xml", "xl/workbook.xml") == "a spreadsheet (xlsx)"
    assert kind("mimetype", "content.xml") == "an OpenDocument file"
    assert kind("word/document.xml", "note.txt") is None
