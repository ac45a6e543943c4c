"""A note is made again to the byte from what its own colophon says, whatever was recorded since."""

from __future__ import annotations

import html
import io
import re
import shlex
import zipfile

import pytest
from casebook.conftest import make_coder, make_document

from detente.casebook.book import Casebook
from detente.cli import run
from detente.coding.incidents import fold

TEXT = "BLR/MFA meets USA/MOD 2016-09-20. BLR expects USA. BLR meets USA 2016-10-02. RUS meets BLR 2016-10-03."
NOTES = {
    "brief": "brief BLR USA --from 2016-09-01 --to 2016-10-31",
    "brief, no period": "brief BLR USA --domain military --scale goldstein-1992",
    "issue": "issue BLR --with USA,RUS --from 2016-09-01 --to 2016-10-31",
}


def add(book, documents, version="1"):
    book.add(
        documents, code=make_coder(version), coder_version=version, configuration="cfg", fold=fold
    )


def words(content, format):
    """Return the text that a reader of the file sees."""
    if format == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            xml = file.read("word/document.xml").decode()
        return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml)))
    if format == "pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(content)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        return " ".join("\n".join(pages).split())
    text = content.decode()
    return (
        html.unescape(re.sub(r"<[^>]+>", "\n", text))
        if format == "html"
        else text.replace("\\", "")
    )


@pytest.mark.parametrize("format", ["md", "html", "pdf", "docx"])
@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_made_again_to_the_byte_from_its_colophon(note, format, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Casebook.create(tmp_path / "my own.casebook") as book:
        add(book, [make_document(TEXT, publisher="Wire")])
    out = tmp_path / f"first.{format}"
    assert run([*shlex.split(NOTES[note]), "--casebook", "my own.casebook", "--out", str(out)]) == 0
    made_by = re.search(
        r"detente (brief|issue) .+?--casebook '?my own\.casebook'?",
        words(out.read_bytes(), format),
        re.S,
    )
    assert made_by, words(out.read_bytes(), format)[-1500:]

    with Casebook.open(tmp_path / "my own.casebook") as book:
        add(book, [make_document("BLR meets USA 2016-09-21. BLR expects USA.", source="b.txt")])
        with book.view() as view:
            book.judge(view.records()[0].id, "reject", reviewer="ann", reason="never happened")
        add(book, [make_document(TEXT, publisher="Wire")], version="2")

    command = " ".join(made_by[0].split()).replace("- ", "-")
    again, now = tmp_path / f"again.{format}", tmp_path / f"now.{format}"
    assert run([*shlex.split(command)[1:], "--out", str(again)]) == 0
    assert again.read_bytes() == out.read_bytes()
    assert run([*shlex.split(NOTES[note]), "--casebook", "my own.casebook", "--out", str(now)]) == 0
    assert now.read_bytes() != out.read_bytes()
