"""Inputs that the tests make themselves."""

import pytest

from detente.model import Document, ErrorRecord
from detente.read import ReadOptions, read
from detente.settings import Settings


def _read_all(*inputs, options=None, fetcher=None, **limits):
    settings = Settings(**limits)
    return list(read(inputs, options=options or ReadOptions(), settings=settings, fetcher=fetcher))


@pytest.fixture
def read_all():
    """Read inputs to a list of documents and errors; keywords are settings."""
    return _read_all


@pytest.fixture
def read_one():
    """Read one input that must give one document."""

    def one(path, **kwargs):
        found = _read_all(path, **kwargs)
        assert len(found) == 1, found
        assert isinstance(found[0], Document), found[0]
        return found[0]

    return one


@pytest.fixture
def fail_one():
    """Read one input that must give one error."""

    def one(path, **kwargs):
        found = _read_all(path, **kwargs)
        assert len(found) == 1, found
        assert isinstance(found[0], ErrorRecord), found[0]
        return found[0]

    return one


def _blocks(document):
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


@pytest.fixture
def blocks():
    """Kind and text of every block of a document."""
    return _blocks


def _pdf(pages, information="", trailer=""):
    """Write a PDF: each page is a list of (x, y, size, text), y from the bottom, 612 x 792 points."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    kids = []
    for lines in pages:
        content = "".join(
            f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}endstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    if information:
        objects.append(f"<< {information} >>")
        trailer += f" /Info {len(objects)} 0 R"
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")
    return data


@pytest.fixture
def make_pdf():
    """The bytes of a PDF from pages of placed lines."""
    return _pdf
