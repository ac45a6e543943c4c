"""A brief and an issue from a casebook on disk; the coder is replaced by records written by hand."""

from datetime import date

import pytest

from detente.brief import to_html, to_markdown, write, write_issue
from detente.casebook.book import Casebook
from detente.exchange.importing import import_files
from detente.model import Actor, Block, Coded, Document, DocumentRecord, Event, document_id

TEXT = "Tallinn and Helsinki signed a plan on ferries. The plan <b>starts</b> in May."
EST, FIN = Actor(code="EST", country="EST"), Actor(code="FIN", country="FIN")


def code(documents):
    for document in documents:
        event = Event(
            id="e1", doc=document.id, sentence=0, span=(0, 46), type="SUPPORT", rule="support/sign",
            date="2019-04-02", date_precision="day", date_basis="text", source=(EST,), target=(FIN,),
            incident="i1", confidence=0.9, domain="economic",
        )  # fmt: skip
        record = DocumentRecord(
            id=document.id, source=document.source, publisher=document.publisher,
            published=document.published, title=document.title,
        )  # fmt: skip
        yield Coded(document=record, sentences=((0, 46), (47, len(TEXT))), records=(event,))


@pytest.fixture
def book(tmp_path):
    document = Document(
        id=document_id(TEXT), source="ferries.txt", text=TEXT, title="Ferries", publisher="Harbour",
        published="2019-04-03", language="en",
        blocks=(Block(kind="paragraph", start=0, end=len(TEXT)),),
    )  # fmt: skip
    with Casebook.create(tmp_path / "sea.casebook") as book:
        book.add([document], code=code, coder_version="test", configuration="none")
        yield book


@pytest.fixture
def view(book):
    with book.view() as view:
        yield view


def test_a_brief_from_a_casebook(view):
    brief = write(view, "FIN", "EST")
    (section,) = [s for s in brief.sections if s.key == "happened"]
    assert section.items[0].sentences[0].text == "Estonia signed a plan with Finland."
    (citation,) = brief.citations
    assert (citation.publisher, citation.title, citation.sentence, citation.quote) == (
        "Harbour", "Ferries", 0, "Tallinn and Helsinki signed a plan on ferries.",
    )  # fmt: skip
    assert to_html(brief) == to_html(write(view, "FIN", "EST"))


def test_an_issue_from_a_casebook(view):
    made = write_issue(view, "EST", ["FIN"], since=date(2019, 4, 1), until=date(2019, 4, 30))
    assert (made.partners[0].compared.index, made.partners[0].colour) == (2, "green")
    assert "| 2 April 2019 | FIN | Estonia signed a plan with Finland. [1] | +2 | 1 |" in (
        to_markdown(made)
    )


ROW = """Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude
77\t2019-04-09\tForeign Affairs (Finland)\tForeign Ministry,Government\tFinland\tMake a visit\t042\t1.9\tEstonia\tNA\tEstonia\t5001\t3\tBaltic Gazette\tTallinn\tNA\tHarju\tEstonia\t59.4\t24.7
"""


def test_imported_events_are_told_and_marked(book, view, tmp_path):
    path = tmp_path / "april.tab"
    path.write_text(ROW, encoding="utf-8")
    import_files(book, "icews", [path])
    made = write_issue(view, "EST", ["FIN"], since=date(2019, 4, 1), until=date(2019, 4, 30))
    assert [(line.label, line.points) for line in made.catalogue] == [
        ("9 April 2019", 2), ("2 April 2019", 2),
    ]  # fmt: skip
    assert "In Tallinn, the Finnish Foreign Ministry visited Estonia." in to_markdown(made)
    assert "Imported from ICEWS: 5001 (Baltic Gazette, 9 Apr 2019)." in to_markdown(made)
    assert "Imported from ICEWS: 5001</cite>, Baltic Gazette, 9 Apr 2019.</li>" in to_html(made)
    brief = write(view, "FIN", "EST")
    assert [one.title for one in brief.citations if not one.quote] == ["Imported from ICEWS: 5001"]
