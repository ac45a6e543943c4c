"""The bad-input list: each gives one clear line naming the input and the reason; the rest is read."""

import codecs
import gzip
import io
import json
import os
import struct
import time
import zipfile

import pytest

from detente.model import Document, ErrorRecord
from detente.read import ReadOptions

TEXT = (
    "The two foreign ministers met in the northern city on Monday. They talked about trade and"
    " transit, and agreed to meet again in spring."
)


def ole(*names):
    """The head of an OLE container with a directory of stream names."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in names)
    )


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


BAD = {
    "empty.txt": (b"", "empty", "empty"),
    "blank.txt": (b" \n\t\n ", "empty", "no text"),
    "binary.txt": (b"\x7fELF" + bytes(range(256)) * 20, "format", "a program"),
    "noise.txt": (bytes(range(256)) * 20, "binary", "not text"),
    "noise.html": (bytes(range(256)) * 20, "binary", "not text"),
    "mojibake.txt": (
        "Встреча министров состоялась".encode().decode("latin-1").encode(), "encoding", "garbled",
    ),
    "locked.docx": (ole("EncryptionInfo", "EncryptedPackage"), "encrypted", "password"),
    "old.doc": (ole("WordDocument"), "format", "an old Word file"),
    "noword.docx": (b"not a zip", "format", "not what its name says"),
    "notgzip.gz": (b"plain", "format", "not what its name says"),
    "cut.gz": (gzip.compress(os.urandom(500))[:200], "truncated", "end mark"),
    "cut.zip": (zipped(a__txt=os.urandom(500))[:200], "truncated", "cut off"),
    "sheet.xlsx": (b"PK\x03\x04 no end", "truncated", "cut off"),
    "notext.csv": (b"id,body\n1,x\n", "columns", "no column text"),
    "notext.pdf": (b"%PDF-1.4\nnothing here", "truncated", "cut off"),
    "cut.parquet": (b"PAR1" + bytes(100), "damaged", "damaged"),
    "marked.txt": (codecs.BOM_UTF32_LE + b"abcdefgh", "encoding", "its mark says"),
}  # fmt: skip


def test_each_bad_input_is_one_error_and_the_good_ones_are_read(tmp_path, read_all):
    for name, (data, _, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "a-good.txt").write_text(TEXT)
    (tmp_path / "z-good.txt").write_text(TEXT)
    found = read_all(tmp_path)
    assert [one.source for one in found] == [str(path) for path in sorted(tmp_path.iterdir())]
    errors = {one.source.rsplit("/", 1)[1]: one for one in found if isinstance(one, ErrorRecord)}
    assert {name: one.error for name, one in errors.items()} == {
        name: code for name, (_, code, _) in BAD.items()
    }
    for name, (_, _, words) in BAD.items():
        assert words in errors[name].reason
        assert "\n" not in errors[name].reason
        assert "Traceback" not in errors[name].reason


def test_inputs_come_out_in_the_order_given(tmp_path, read_all):
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text(f"{name} {TEXT}")
    inputs = [tmp_path / "2.txt", tmp_path / "missing.txt", str(tmp_path / "1.txt"), "/dev/zero"]
    found = read_all(*inputs)
    assert [one.source for one in found] == [str(one) for one in inputs]
    assert [getattr(one, "error", "ok") for one in found] == ["ok", "missing", "ok", "not_a_file"]


def test_utf16_without_a_mark_is_read_and_flagged(tmp_path, read_one):
    (tmp_path / "a.txt").write_bytes(TEXT.encode("utf-16-le"))
    document = read_one(tmp_path / "a.txt")
    assert document.text == TEXT
    assert document.flags == ("encoding_guessed",)


def test_a_line_of_200_megabytes(tmp_path, fail_one, read_all):
    with (tmp_path / "a.txt").open("wb") as file:
        for _ in range(200):
            file.write(b"word " * 200_000)
    assert fail_one(tmp_path / "a.txt").error == "too_large"
    with (tmp_path / "b.jsonl").open("wb") as file:
        file.write(b'{"text": "' + b"x" * 60_000_000 + b'"}\n')
        file.write(json.dumps({"text": TEXT}).encode() + b"\n")
    first, second = read_all(tmp_path / "b.jsonl")
    assert (first.source, first.error) == (f"{tmp_path}/b.jsonl#1", "line_too_long")
    assert second.text == TEXT


def test_a_zip_bomb_of_10_megabytes_to_10_gigabytes(tmp_path, read_all):
    """One stored stream of zeros, 10 GB by its own list and truly so, in 10 MB."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(100_000))
        archive.writestr("note.txt", TEXT)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", 10_000_000, 0xFFFFFFF0)
    path.write_bytes(data)
    began = time.monotonic()
    bomb, note = read_all(path)
    assert (bomb.error, note.text) == ("bomb", TEXT)
    assert time.monotonic() - began < 2


def test_archives_inside_archives_end(tmp_path, read_all):
    data = TEXT.encode()
    for _ in range(3):
        data = zipped(inner__zip=data) if data[:2] == b"PK" else zipped(note__txt=data)
    (tmp_path / "three.zip").write_bytes(data)
    (tmp_path / "four.zip").write_bytes(zipped(inner__zip=data))
    four, three = read_all(tmp_path)
    assert three.source.endswith("three.zip#inner.zip#inner.zip#note.txt")
    assert (four.error, four.source.count("#")) == ("too_deep", 3)


def test_a_gzipped_table_is_a_table(tmp_path, read_all):
    lines = "".join(json.dumps({"text": f"{n}. {TEXT}", "id": n}) + "\n" for n in range(3))
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    found = read_all(tmp_path)
    assert [one.source for one in found] == [f"{tmp_path}/rows.jsonl.gz#{n}" for n in (1, 2, 3)]
    assert [one.external_id for one in found] == ["0", "1", "2"]


def test_a_file_that_changes_while_it_is_read_is_found(tmp_path):
    from detente.read import read
    from detente.settings import Settings

    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"text": f"{n}. {TEXT}"}) + "\n" for n in range(1_000)))
    found = read([path], options=ReadOptions(), settings=Settings())
    assert isinstance(next(found), Document)
    with path.open("a") as file:
        file.write(json.dumps({"text": TEXT}) + "\n")
    *_, last = found
    assert (last.source, last.error) == (str(path), "changed")


def test_an_endless_page_is_ended_and_the_next_is_read(tmp_path, read_all):
    attributes = " ".join(f'a{n}="x"' for n in range(300_000))
    (tmp_path / "a.html").write_text(f"<html><body><p {attributes}>{TEXT}</p></body></html>")
    (tmp_path / "b.html").write_text(f"<html><body><p>{TEXT}</p></body></html>")
    slow, good = read_all(tmp_path, read_seconds=8.0)
    assert getattr(slow, "error", "read") in {"timeout", "read"}
    assert TEXT in good.text


def test_dates_in_falling_order_of_trust(tmp_path, read_one):
    path = tmp_path / "2016-01-05-note.txt"
    path.write_text(f"MINSK, 4 January 2016 - {TEXT}")
    assert (read_one(path).published, read_one(path).published_basis) == ("2016-01-04", "text")
    path.write_text(f"URL: https://a.example/2016/01/03/x\n\nMINSK, 4 January 2016 - {TEXT}")
    assert (read_one(path).published, read_one(path).published_basis) == ("2016-01-03", "url")
    path.write_text(f"Date: 2 January 2016\nURL: https://a.example/2016/01/03/x\n\n{TEXT}")
    assert (read_one(path).published, read_one(path).published_basis) == ("2016-01-02", "meta")
    document = read_one(path, options=ReadOptions(published="2016-01-01"))
    assert (document.published, document.published_basis) == ("2016-01-01", "option")
    path.write_text(TEXT)
    assert (read_one(path).published, read_one(path).published_basis) == ("2016-01-05", "file")
    path.rename(tmp_path / "note.txt")
    assert read_one(tmp_path / "note.txt").published_basis == "none"


def test_the_same_text_in_two_normal_forms_is_one_document(tmp_path, read_one):
    (tmp_path / "c.txt").write_text(f"Mink\u00f3 said: {TEXT}")
    (tmp_path / "d.txt").write_text(f"Minko\u0301 said: {TEXT}\r\n\r\n")
    assert read_one(tmp_path / "c.txt").id == read_one(tmp_path / "d.txt").id


def test_importing_the_package_loads_nothing_heavy():
    import subprocess
    import sys

    code = (
        "import sys, detente.read, detente.ingest;"
        "print([m for m in ('trafilatura', 'pyarrow', 'docx', 'lxml', 'fasttext', 'feedparser',"
        " 'ssl', 'pypdfium2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_founding_note(shared, read_one, blocks):
    document = read_one(shared / "founding-note.txt")
    found = blocks(document)
    assert [kind for kind, _ in found] == ["headline"] + ["paragraph"] * 6
    assert found[0][1] == document.title
    assert found[-1][1] == "Belarus in focus"


def test_a_wrong_publication_date_is_refused_before_anything_is_read():
    with pytest.raises(ValueError, match="no publication date"):
        ReadOptions(published="31 February 2016")


def test_a_gzip_bomb_of_truly_10_megabytes_to_10_gigabytes(tmp_path, fail_one):
    with (tmp_path / "bomb.txt.gz").open("wb") as file:
        member = gzip.compress(bytes(100_000_000), 6)
        for _ in range(100):
            file.write(member)
    assert 9_000_000 < (tmp_path / "bomb.txt.gz").stat().st_size < 11_000_000
    began = time.monotonic()
    assert fail_one(tmp_path / "bomb.txt.gz").error == "bomb"
    assert time.monotonic() - began < 2


def test_memory_does_not_grow_with_a_table(tmp_path):
    """A fresh interpreter reads 20 times as many rows within 10 MB more."""
    import subprocess
    import sys

    code = (
        "import resource, sys; from detente.read import read, ReadOptions;"
        "from detente.settings import Settings;"
        "n = sum(1 for _ in read([sys.argv[1]], options=ReadOptions(), settings=Settings()));"
        "print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    peaks = []
    for count in (200, 4_000):
        path = tmp_path / f"{count}.jsonl"
        with path.open("w") as file:
            for number in range(count):
                file.write(json.dumps({"text": f"{number}. {TEXT * 40}"}) + "\n")
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        read_rows, peak = map(int, done.stdout.split())
        assert read_rows == count
        peaks.append(peak)
    assert peaks[1] < peaks[0] + 10
