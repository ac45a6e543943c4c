"""Notes as PDF and Word files."""

import io
import re
import shlex
import zipfile
from datetime import date

import docx
import pypdfium2
import pytest

import detente.api as dt
from detente.brief import FORMATS, compose, compose_issue, to_docx, to_pdf
from detente.brief.model import Brief, Citation, Cited, Item, Section
from detente.brief.pdf import to_png
from detente.errors import InputError

HOSTILE = '#panic("run") ] $x$ *b* @c1 "quoted" <b>&amp; \\u{41} =1+1 \x00\x1b'
BRIEF = Brief(
    title="Oslo and Reykjavik " + HOSTILE,
    headline=Cited(text="They met. " + HOSTILE, cites=(1, 2, 3, 5)),
    parties=("NOR", "ISL"),
    since=date(2016, 9, 1),
    until=date(2016, 9, 30),
    sections=(
        Section(
            key="happened",
            title="What happened",
            items=(
                Item(
                    label="20 September 2016",
                    sentences=(Cited(text=HOSTILE, cites=(5,)),),
                    note=HOSTILE,
                    incident="i1",
                    group="2016",
                ),
            ),
        ),
        Section(key="questions", title="Questions", sentences=(Cited(text=HOSTILE),)),
    ),
    citations=tuple(
        Citation(number=n, document="d", sentence=n, title=HOSTILE, quote=f"Quote {n}. {HOSTILE}")
        for n in (1, 2, 3, 5)
    ),
    colophon=(("Coder", "detente"),),
)


def pdf_text(content):
    pdf = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text.replace("\r", "")


@pytest.mark.parametrize("format", FORMATS)
def test_what_documents_say_is_text_and_the_same_note_gives_the_same_bytes(format):
    made = dt.render(BRIEF, format)
    assert made
    assert made == dt.render(BRIEF, format)


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(InputError, match=r"rtf: no such format; there are md, html, pdf, docx"):
        dt.render(BRIEF, "rtf")


def test_a_pdf_holds_the_note_and_its_citations_lead_to_the_sources():
    made = to_pdf(BRIEF)
    text = pdf_text(made)
    assert '#panic("run")' in text
    assert "1–3, 5" in text
    assert "Quote 5." in text
    assert made.count(b"/Subtype/Link") + made.count(b"/Subtype /Link") >= 4
    assert b"/StructTreeRoot" in made


def test_a_word_file_holds_the_note_and_its_citations_lead_to_the_sources():
    made = to_docx(BRIEF)
    document = docx.Document(io.BytesIO(made))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Oslo and Reykjavik" in text
    assert document.tables[0].rows[0].cells[0].text == "20 September 2016"
    xml = document.element.xml
    assert set(re.findall(r'w:anchor="(c\d+)"', xml)) <= set(re.findall(r'w:name="(c\d+)"', xml))
    assert re.findall(r'w:anchor="(c\d+)"', xml) == ["c1", "c3", "c5", "c5"]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_issue_is_drawn_in_print(shelf):
    issue = compose_issue(
        {"USA": [], "RUS": [], "CHN": []}, shelf, "BLR",
        since=date(2018, 1, 1), until=date(2018, 2, 28),
    )  # fmt: skip
    text = pdf_text(to_pdf(issue))
    assert "Belarus: barometer" in text
    assert "Russia 0" in text  # a label of the radar
    pictures = docx.Document(io.BytesIO(to_docx(issue))).inline_shapes
    assert len(pictures) == 4  # the radar, and a sparkline for each partner


def test_a_drawing_becomes_a_picture():
    made = to_png(
        '<svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>'
    )
    assert made.startswith(b"\x89PNG")


def test_an_empty_brief_can_be_printed(shelf):
    empty = compose([], shelf, ("NOR", "ISL"))
    for render in (to_pdf, to_docx):
        assert render(empty)


@pytest.mark.slow
def test_the_colophon_gives_the_command_that_makes_the_note_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    note = "Norwegian Foreign Minister Ole Berg met Icelandic President Jon Jonsson in Oslo on {}."
    for name, day in (("a", "Monday"), ("b", "Friday")):
        (tmp_path / f"{name}.txt").write_text(note.format(day), encoding="utf-8")
    dt.add(["a.txt"], casebook="my.casebook", published="2016-09-20")
    first = dt.brief("NOR", "ISL", casebook="my.casebook")
    command = dict(first.colophon)["Made by"]
    assert command.startswith("detente brief NOR ISL --scale barometer-1 --as-of 20")
    dt.add(["b.txt"], casebook="my.casebook", published="2016-09-30")
    assert dt.brief("NOR", "ISL", casebook="my.casebook") != first
    words = shlex.split(command)
    options = dict(zip(words[4::2], words[5::2], strict=True))
    again = dt.brief(
        words[2], words[3], casebook=options["--casebook"], as_of=options["--as-of"],
        scale=options["--scale"],
    )  # fmt: skip
    assert dt.render(again, "pdf") == dt.render(first, "pdf")
