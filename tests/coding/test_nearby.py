"""Pronouns, fellows and "each other" within reach of their antecedents."""

import msgspec
import pytest

from detente.model import Event
from detente.read.assemble import text_document

pytestmark = pytest.mark.model


def events(coder, *paragraphs, title=None, publisher=None):
    document = msgspec.structs.replace(
        text_document("\n\n".join(paragraphs), published="2021-03-10"),
        title=title,
        publisher=publisher,
    )
    [coded] = coder.code([document])
    return [
        (r.type, {a.country for a in r.source}, {a.country for a in r.target})
        for r in coded.records
        if isinstance(r, Event)
    ]


def test_it_is_the_one_who_says_so(coder):
    found = events(coder, "Norway said it would send 20 howitzers to Ukraine.")
    assert ("AGREE", {"NOR"}, {"UKR"}) in found


def test_a_quotation_speaks_for_its_speaker(coder):
    text = '"We condemn the raid by Chad," said the Libyan foreign minister.'
    assert ("ACCUSE", {"LBY"}, {"TCD"}) in events(coder, text)


def test_each_side_and_the_other(coder):
    text = "Peru and Chile closed the crossing, and each side accused the other of shooting first."
    assert ("ACCUSE", {"PER"}, {"CHL"}) in events(coder, text)


def test_they_are_both_sides_of_the_meeting_before(coder):
    found = events(
        coder, "The Polish premier met the Latvian president in Riga.", "They condemned Belarus."
    )
    assert any(kind == "ACCUSE" and {"POL", "LVA"} <= source for kind, source, _ in found)


def test_his_guest_is_the_other_side(coder):
    found = events(
        coder, "The Polish premier met the Latvian president in Warsaw.",
        "The Polish premier thanked his guest.",
    )  # fmt: skip
    assert ("SUPPORT", {"POL"}, {"LVA"}) in found


def test_nobody_acts_on_himself(coder):
    text = "France and Mali met in Niamey. France invited both sides to Paris."
    for _, source, target in events(coder, text):
        assert not source & target


def test_we_of_a_ministry_is_the_ministry(coder):
    text = "Moldova works for peace on the Dniester.", "We condemn the shelling by Russia."
    found = events(coder, *text, title="Briefing of the ministry", publisher="Foreign ministry")
    assert ("ACCUSE", {"MDA"}, {"RUS"}) in found


def test_we_of_an_analyst_is_nobody(coder):
    text = "Moldova works for peace on the Dniester.", "We condemn the shelling by Russia."
    assert events(coder, *text, title="Weekly note", publisher="Dniester Review") == []


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # "the two" are the states that a text is about, not the seat of a court named last
        (["Peru and Bolivia quarrel over a lake.", "Lawyers in The Hague expect a long trial.",
          "The two governments held talks in May."], ("CONSULT", {"PER"}, {"BOL"})),
        (["Soldiers from Chad and Niger left the pass, as their commanders had agreed on Monday."],
         ("AGREE", {"TCD"}, {"NER"})),
        (["Laos and Vietnam ended a dispute.", "The foreign ministers of the two countries met."],
         ("CONSULT", {"LAO"}, {"VNM"})),
        (["The European Parliament voted on Tuesday to warn Malta.",
          "The Commission accused Valletta of selling passports."], ("ACCUSE", {"EU"}, {"MLT"})),
        (["Japanese fishermen were held by Russia. Japan protested and Japan complained.",
          "Tokyo was angry. The foreign ministry summoned the Japanese ambassador."],
         ("ACCUSE", {"RUS"}, {"JPN"})),
        (["The senior aides of the Omani and Qatari leaders met on Monday."],
         ("CONSULT", {"OMN"}, {"QAT"})),
    ],
)  # fmt: skip
def test_who_is_meant_by_what_the_text_is_about(coder, paragraphs, expected):
    assert expected in events(coder, *paragraphs)


def test_fellows_hold_the_same_office_in_each_state(coder):
    text = "Kenya's defence minister met his Ugandan and Rwandan counterparts in Kigali."
    document = text_document(text, published="2021-03-10")
    [coded] = coder.code([document])
    met = next(r for r in coded.records if isinstance(r, Event) and r.type == "CONSULT")
    assert {a.code for a in (*met.source, *met.target)} >= {"KEN.MOD", "UGA.MOD", "RWA.MOD"}


def test_a_counted_nationality_stands_for_people(coder):
    text = "Hundreds of Jordanians stormed the Danish embassy in Amman."
    document = text_document(text, published="2021-03-10")
    [coded] = coder.code([document])
    event = next(r for r in coded.records if isinstance(r, Event))
    assert [a.code for a in event.source] == ["JOR.CVL"]


def test_the_delegations_are_those_of_both_sides(coder):
    found = events(
        coder, "Kenya and Somalia opened talks on the sea border.",
        "The delegations agreed on a map.",
    )  # fmt: skip
    assert any(
        kind == "AGREE" and {"KEN", "SOM"} <= source | target for kind, source, target in found
    )


def test_both_sides_are_those_that_dealt_with_one_another(coder):
    found = events(
        coder, "Peru and Chile have quarrelled over the crossing since May.",
        "Peru proposed talks to Chile in June.", "Brazil's foreign minister urged both sides to meet.",
    )  # fmt: skip
    assert ("REQUEST", {"BRA"}, {"PER", "CHL"}) in found


def test_a_bloc_may_be_named_after_it_is_told(coder):
    found = events(
        coder, "The seven-nation bloc urged Congo to hold talks.",
        "The East African Community has sent troops since November.",
    )  # fmt: skip
    assert ("REQUEST", {"EAC"}, {"COD"}) in found


def test_a_speaker_whom_nobody_knows_ends_the_search(coder):
    text = "Ottawa turned the lower floor, she said, into the office we had asked Oslo for."
    assert ("ACCUSE", {"CAN"}, {"NOR"}) not in events(coder, text)
