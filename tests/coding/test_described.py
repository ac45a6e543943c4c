"""Parties that a text describes and no register names."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        # at home where the sentence speaks of one state
        ("The Vietnamese authorities outlawed opposition parties.", "COERCE", "VNM.GOV", "VNM.OPP"),
        ("Chad's government freed student leaders on Monday.", "RETREAT", "TCD.GOV", "TCD.EDU"),
        ("Kenya accused aid workers of spying.", "ACCUSE", "KEN", "NGO"),
        # by the place in the party's own phrase
        ("Prosecutors in Milan charged a Libyan officer with murder.", "ACCUSE", "ITA.JUD", "LBY.MIL"),
        # a name that nobody knows is kept as it stands
        ("Syria released Nadim Haddad on Tuesday.", "RETREAT", "SYR", "SYR.CVL"),
        ("Iceland granted asylum to Nadim Haddad.", "AID", "ISL", "UNK"),
        # who is given something need not be of the giver's state
        ("Japan gave the hospital ten million dollars.", "AID", "JPN", "CVL"),
        # what is dealt with tells whose it is
        ("The Bolivian court rejected the final appeal of two Chilean journalists.", "REJECT",
         "BOL.JUD", "CHL.MED"),
    ],
)  # fmt: skip
def test_described_parties_stand_where_a_frame_takes_them(events, text, kind, source, target):
    found = [e for e in events(text) if e.type == kind]
    assert [(e.source[0].code, e.target[0].code) for e in found] == [(source, target)]


@pytest.mark.parametrize(
    "text",
    [
        "Observers say that Niger should free the minister.",  # who is quoted does not demand
        "The Danish minister met students.",  # an audience is no other side
        "Poland sent tanks.",
    ],
)
def test_they_do_not_stand_for_an_audience_or_a_thing(events, text):
    parties = [a for e in events(text) for a in (*e.source, *e.target)]
    assert all(a.country for a in parties)


def test_a_described_party_lowers_the_confidence(events):
    [named] = [e for e in events("Chad freed Nigerian soldiers.") if e.type == "RETREAT"]
    [described] = [e for e in events("Chad freed two aid workers.") if e.type == "RETREAT"]
    assert described.confidence < named.confidence


def test_words_and_place_of_a_described_party_are_kept(events):
    [event] = events("The Vietnamese authorities outlawed opposition parties.")
    [party] = event.target
    assert (party.surface, party.how) == ("opposition parties", "described, at home")
