import gzip

import pytest

from detente.ingest.sniff import foreign_name, kind


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.4 ...", "a.txt", "pdf"),
        (b"junk\n%PDF-1.4", "a.pdf", "pdf"),
        (b"PK\x03\x04...", "a.txt", "zip"),
        (gzip.compress(b"x", mtime=0), "a.txt", "gzip"),
        (b"PAR1....", "a.bin", "parquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "ole"),
        (b"<!DOCTYPE html><p>x", "a.txt", "html"),
        ("<html><body>".encode("utf-16"), "a", "html"),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', "news.xml", "feed"),
        (b"<p>no frame", "a.html", "html"),
        (b"From: a@b.example\nSubject: Talks\nDate: today\n\nText", "a", "eml"),
        (b"Title: Talks\nDate: 2016-09-26\nAuthor: Ann\n\nText", "a.txt", "txt"),
        (b'{"text": "Talks"}\n', "a.txt", "jsonl"),
        (b"text\nTalks\n", "a.csv", "csv"),
        (b"text\nTalks\n", "a.txt", "txt"),
        (b"# Talks\n", "a.md", "md"),
        (b"Talks\n", "a.pdf", "foreign"),
        (b"Talks\n", "a.parquet", "foreign"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "foreign"),
        (b"Talks about <html> pages\n", "a.txt", "txt"),
    ],
)
def test_kind_by_bytes_then_by_name(head, name, expected):
    assert kind(head, name) == expected


def test_foreign_formats_have_names():
    assert foreign_name(b"\x89PNG\r\n\x1a\n") == "a PNG picture"
    assert foreign_name(b"\x00" * 257 + b"ustar\x0000") == "a tar archive"
    assert foreign_name(b"Talks") is None
