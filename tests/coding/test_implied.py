"""Parties that go without saying, and people whom the text ties to no state."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # police act against people of their country
        ("Kenyan police arrested twelve people on Monday.", ("COERCE", ["KEN.INT"], ["KEN.CVL"])),
        ("Cuban police broke up a rally in Havana.", ("COERCE", ["CUB.INT"], ["CUB"])),
        # who is sentenced is so by the authorities of the place
        ("A Swedish academic was arrested in Iran.", ("COERCE", ["IRN"], ["SWE.EDU"])),
        # an attack on a town strikes the state that it lies in
        ("Hamas fired rockets at Ashkelon.", ("ASSAULT", ["PSE.REB"], ["ISR"])),
        # people without a state act in the one that the sentence speaks of
        ("Georgia's parliament passed a law, and thousands of people protested outside.",
         ("PROTEST", ["GEO.CVL"], [])),
        ("Police in Peru fired tear gas at a crowd.", ("ASSAULT", ["PER.INT"], ["PER.CVL"])),
    ],
)  # fmt: skip
def test_who_goes_without_saying(parties, text, expected):
    assert expected in parties(text)


def test_people_between_two_states_are_nobodys(parties):
    found = parties("Chile and Peru agreed on a fence, and people protested.")
    assert "PROTEST" not in {kind for kind, _, _ in found}


def test_a_chain_of_force_has_one_victim(parties):
    found = parties("Iranian guards opened fire on a Turkish ship and detained its sailors.")
    assert ("COERCE", ["IRN"], ["TUR.MIL"]) in found


def test_an_active_sentence_with_an_unknown_doer_gets_no_authority(parties):
    found = parties("Nobody knows who detained the Chilean minister.")
    assert "COERCE" not in {kind for kind, source, _ in found if source}
