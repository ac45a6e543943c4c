"""Dates that stand alone before what they date."""

from datetime import date

import pytest

from detente.coding import dates
from detente.coding.pipeline import Coder
from detente.model import Event
from detente.read.assemble import text_document


def dated(text, published="2022-06-15"):
    document = text_document(text, published=published)
    return [
        (document.text[start:end].strip(), mention.date)
        for start, end, mention in dates.entries(document, date.fromisoformat(published))
    ]


def test_each_entry_has_its_date():
    assert dated("Monday, 6 June. Peru met Chile.\n\nTuesday, 7 June 2022: Peru left.") == [
        ("Monday, 6 June. Peru met Chile.", "2022-06-06"),
        ("Tuesday, 7 June 2022: Peru left.", "2022-06-07"),
    ]


def test_an_entry_ends_where_the_next_begins():
    assert dated("6 June. Peru met Chile. 7 June. Peru left.") == [
        ("6 June. Peru met Chile.", "2022-06-06"),
        ("7 June. Peru left.", "2022-06-07"),
    ]


def test_a_date_alone_heads_the_paragraphs_that_follow():
    assert dated("8 June\n\nPeru met Chile.\n\nPeru left.\n\n9 June\n\nPeru slept.") == [
        ("Peru met Chile.", "2022-06-08"),
        ("Peru left.", "2022-06-08"),
        ("Peru slept.", "2022-06-09"),
    ]


@pytest.mark.parametrize("text", ["Peru met Chile on 6 June. It left.", "In June 2022. Peru left.", "6 June was mild."])  # fmt: skip
def test_a_date_in_a_sentence_heads_nothing(text):
    assert dated(text) == []


@pytest.mark.model
def test_acts_of_an_entry_have_its_date():
    document = text_document(
        "Wednesday, 8 June. Kenya expelled a Chilean attaché.\n\nChile protested on 10 June.",
        published="2022-06-15",
    )
    (coded,) = Coder().code([document])
    days = {e.type: (e.date, e.date_basis) for e in coded.records if isinstance(e, Event)}
    assert days["SANCTION"] == ("2022-06-08", "context")
    assert days["ACCUSE"][0] == "2022-06-10"
