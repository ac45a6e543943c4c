"""Each bad input gives one clear line, the rest is done, exit code 3."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

GOOD = "Poland and Latvia\n\nOn 3 May 2017 Poland signed an agreement with Latvia in Riga.\n"


def empty(folder: Path) -> Path:
    path = folder / "empty.txt"
    path.write_bytes(b"")
    return path


def binary(folder: Path) -> Path:
    path = folder / "binary.txt"
    path.write_bytes(bytes(range(256)) * 40)
    return path


def truncated_pdf(folder: Path) -> Path:
    path = folder / "cut.pdf"
    path.write_bytes(
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Ty"
    )
    return path


def protected_docx(folder: Path) -> Path:
    """An OLE container is what Word writes when a password is set."""
    path = folder / "secret.docx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    )
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.txt", "w", force_zip64=True) as member,
    ):
        block = b"0" * 10_000_000
        for _ in range(120):
            member.write(block)
    return path


def long_line(folder: Path) -> Path:
    path = folder / "long.jsonl"
    with path.open("wb") as out:
        out.write(b'{"text": "')
        for _ in range(200):
            out.write(b"a" * 1_000_000)
        out.write(b'"}\n')
    return path


def missing(folder: Path) -> Path:
    return folder / "missing.txt"


BAD = [empty, binary, truncated_pdf, protected_docx, zip_bomb, long_line, missing]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_bad_input_is_named_and_the_rest_is_coded(make, tmp_path):
    bad = make(tmp_path)
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "detente", "code", bad.name, good.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        env={**os.environ, "DETENTE_READ_SECONDS": "20"},
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    assert bad.name in lines[0]
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["record"] for r in records][:2] == ["error", "document"]
    assert records[0]["reason"]
    assert any(r["record"] == "event" for r in records)
