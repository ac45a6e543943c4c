"""Who says "we": by title, publisher, label and quotation; and beside whom."""

import pytest

from detente.coding.actors.voices import is_spoken
from detente.model import Block, Document, Event, document_id

pytestmark = pytest.mark.model


def document(*paragraphs, title=None, publisher=None):
    text, blocks = "", []
    parts = [("headline", title)] if title else []
    for kind, part in [*parts, *(("paragraph", p) for p in paragraphs)]:
        text += "\n\n" if text else ""
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(part)))
        text += part
    return Document(
        id=document_id(text), source="t", text=text, blocks=tuple(blocks), title=title,
        publisher=publisher, published="2021-03-10", language="en",
    )  # fmt: skip


def events(coder, *paragraphs, **named):
    [coded] = coder.code([document(*paragraphs, **named)])
    return [
        (r.type, {a.code for a in r.source}, {a.code for a in r.target})
        for r in coded.records
        if isinstance(r, Event)
    ]


REMARKS = "Remarks by Croatian Foreign Minister Ana Horvat following her talks with Egyptian Foreign Minister Omar Fathy"


def test_the_title_says_who_speaks_and_beside_whom(coder):
    found = events(
        coder, "We signed a protocol on visas.", "I thanked my colleague for his frankness.",
        title=REMARKS, publisher="Adriatic Daily",
    )  # fmt: skip
    assert ("SUPPORT", {"HRV"}, {"EGY"}) in found
    assert ("SUPPORT", {"HRV.MFA"}, {"EGY.MFA"}) in found


def test_a_label_gives_the_word_and_a_question_takes_it(coder):
    found = events(
        coder, "MINISTER HORVAT: We condemn the attack by Libya.", "Question: We blame Chad for it.",
        "MINISTER FATHY: We reject the accusation of Libya.",
        title=REMARKS,
    )  # fmt: skip
    assert ("ACCUSE", {"HRV"}, {"LBY"}) in found
    assert any(kind == "REJECT" and source == {"EGY"} for kind, source, _ in found)
    assert not any("TCD" in target for _, _, target in found)


def test_a_quotation_goes_on_through_the_paragraph(coder):
    found = events(
        coder, "The Libyan foreign ministry spoke of a grave mistake.",
        '"The raid cost lives. We demand an apology from Chad," the ministry added.',
    )  # fmt: skip
    assert ("REQUEST", {"LBY.MFA"}, {"TCD"}) in found


def test_a_colon_opens_a_quotation_in_the_next_paragraph(coder):
    found = events(
        coder, "Peruvian Foreign Minister Rosa Quispe said in Lima on Monday:",
        '"We have asked Chile to withdraw the note.',
    )  # fmt: skip
    assert any(kind == "REQUEST" and source == {"PER.MFA"} for kind, source, _ in found)


def test_a_welcome_names_guest_and_host(coder):
    found = events(
        coder, "It is my pleasure to welcome Foreign Minister Rosa Quispe of Peru to Quito.",
        "We agreed on a new border crossing.", title="Press statement of the minister",
    )  # fmt: skip
    assert any(
        kind == "AGREE" and {"ECU", "PER"} <= source | target for kind, source, target in found
    )


def test_the_minister_of_a_ministry_s_statement_is_its_own(coder):
    found = events(
        coder, "We begin with the schedule. On 21 May the minister is to receive the Kenyan president in Oslo.",
        title="Weekly briefing", publisher="Ministry of Foreign Affairs of Norway",
    )  # fmt: skip
    assert any("NOR.MFA" in source | target for _, source, target in found)


def test_a_column_is_nobody_s_voice():
    assert not is_spoken(document("We all know the story.", title="A winter walk in Riga"))
    assert is_spoken(document("We met.", title="Statement by the foreign minister"))
