import datetime
import io
import re
import zipfile

import docx
import pytest

BODY = "The two foreign ministers met in the northern city on Monday and talked about trade."


def made(change=None):
    document = docx.Document()
    document.add_heading("Ministers meet", 0)
    document.add_paragraph(BODY)
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Minister"
    table.cell(0, 1).text = "Ann Lee"
    document.add_paragraph("They parted.")
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def patched(data, part, change):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.docx"


def test_heading_paragraphs_and_tables(path, read_one, blocks):
    path.write_bytes(made())
    document = read_one(path)
    assert blocks(document) == [
        ("headline", "Ministers meet"), ("paragraph", BODY), ("paragraph", "Minister"),
        ("paragraph", "Ann Lee"), ("paragraph", "They parted."),
    ]  # fmt: skip
    assert (document.author, document.published) == (None, None)


def test_properties(path, read_one):
    def change(document):
        document.core_properties.author = "Ann Lee"
        document.core_properties.title = "A weekly note"
        document.core_properties.created = datetime.datetime(2016, 9, 26, 10, tzinfo=datetime.UTC)

    path.write_bytes(made(change))
    document = read_one(path)
    assert (document.title, document.author) == ("A weekly note", "Ann Lee")
    assert (document.published, document.published_basis) == ("2016-09-26", "meta")


def test_inserted_text_is_read_and_deleted_text_is_not(path, read_one):
    mark = 'w:id="1" w:author="A"'
    inserted = f"<w:p><w:ins {mark}><w:r><w:t>New words.</w:t></w:r></w:ins>"
    deleted = f"<w:del {mark}><w:r><w:delText>Old words.</w:delText></w:r></w:del></w:p>"
    new = (inserted + deleted).encode()
    path.write_bytes(
        patched(
            made(),
            "word/document.xml",
            lambda xml: xml.replace(b"<w:sectPr", new + b"<w:sectPr", 1),
        )
    )
    text = read_one(path).text
    assert text.endswith("New words.")
    assert "Old" not in text


def test_entities_are_refused(path, fail_one):
    head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'
    path.write_bytes(
        patched(
            made(), "word/document.xml", lambda xml: re.sub(rb"<w:document", head, xml, count=1)
        )
    )
    assert fail_one(path).error == "entity"


def test_a_bomb_inside_is_refused(path, fail_one):
    path.write_bytes(patched(made(), "word/styles.xml", lambda xml: xml + b" " * 30_000_000))
    assert fail_one(path).error == "bomb"


def test_broken_parts_are_damage(path, fail_one):
    path.write_bytes(patched(made(), "word/document.xml", lambda xml: xml[:500]))
    assert fail_one(path).error == "damaged"
    path.write_bytes(made()[:3_000])
    assert fail_one(path).error == "truncated"


def test_without_text_it_is_empty(path, fail_one):
    out = io.BytesIO()
    docx.Document().save(out)
    path.write_bytes(out.getvalue())
    assert fail_one(path).error == "empty"
