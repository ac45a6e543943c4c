"""Who acts on whom within one sentence, where no slot of a frame holds both sides."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the nation of what is agreed to
        ("Fiji's cabinet has agreed in principle to a Korean-built port.",
         ("AGREE", ["FJI.GOV"], ["KOR"])),
        # where what is pulled out was
        ("Washington pulled out most of its staff from its embassy in Bamako on Friday.",
         ("SANCTION", ["USA"], ["MLI"])),
        # two nations side by side
        ("Japan gave notice that it would shoot down Chinese and Russian drones over its islands.",
         ("THREATEN", ["JPN"], ["CHN.MIL", "RUS.MIL"])),
    ],
)  # fmt: skip
def test_the_only_other_state_around_an_act_is_its_target(parties, text, expected):
    assert expected in parties(text)


@pytest.mark.parametrize(
    "text",
    [
        # who reports it
        "Kigali gave way and lifted the curfew, a French diplomat said.",
        # where it is said
        "Speaking in Vienna, the Kenyan minister promised to plant more trees.",
    ],
)
def test_who_reports_and_where_it_is_said_is_no_target(parties, text):
    assert all(not target for _, _, target in parties(text))


def test_a_clause_with_which_reacts_to_who_did_it(parties):
    text = "Canada imposed a visa requirement on Romanians, which Bucharest regretted."
    assert ("ACCUSE", ["ROU"], ["CAN"]) in parties(text)


def test_a_complaint_to_a_forum_is_about_a_state(parties):
    text = "Nicosia lodged a complaint with the United Nations about Turkish drones over the coast."
    assert ("ACCUSE", ["CYP"], ["TUR.MIL"]) in parties(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Georgia's president vetoed the law.", ("REJECT", ["GEO.HOS"], ["GEO.LEG"])),
        ("Zambia's teachers walked out to press the government for their bonuses.",
         ("PROTEST", ["ZMB.EDU"], ["ZMB.GOV"])),
    ],
)  # fmt: skip
def test_people_act_against_their_own_rulers(parties, text, expected):
    assert expected in parties(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Canada joined Norway and Britain in imposing travel bans on Belarusian judges.",
         ("SANCTION", ["CAN", "NOR", "GBR"], ["BLR.JUD"])),
        ("France, together with Germany, condemned the coup in Niger.",
         ("ACCUSE", ["FRA", "DEU"], ["NER"])),
        ("Officials of both Koreas met in Kaesong.", ("CONSULT", ["KOR.GOV"], ["PRK.GOV"])),
    ],
)  # fmt: skip
def test_those_who_act_together_are_all_sources(parties, text, expected):
    assert expected in parties(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "the Sudan" is a name too, and hid the longer word
        ("The Sudanese army shot down an Ethiopian plane.", ("ASSAULT", ["SDN.MIL"], ["ETH"])),
        # a mission in a country is another's
        ("Gunmen kidnapped a Polish engineer near Kano, and the embassy in Abuja asked the Nigerian "
         "authorities for help.", ("REQUEST", ["POL.EMB"], ["NGA.GOV"])),
        ("The talks annoyed Beijing, whose embassy in Oslo accused Norway of meddling.",
         ("ACCUSE", ["CHN.EMB"], ["NOR"])),
        # a crowd is at home where the mission stands
        ("A mob stormed the Swedish embassy in Baghdad.", ("ASSAULT", ["IRQ.CVL"], ["SWE.EMB"])),
        # the police act at home, whatever border is near
        ("Eswatini's police shot at marchers near the South African border.",
         ("ASSAULT", ["SWZ.INT"], ["SWZ.CVL"])),
        ("Hackers working for Beijing broke into the mail of Czech ministries.",
         ("COERCE", ["CHN.UAF"], ["CZE.GOV"])),
    ],
)  # fmt: skip
def test_whose_a_party_is_follows_its_own_clause(parties, text, expected):
    assert expected in parties(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is summed up by a noun was done by the subject of the sentence
        ("Mali expelled the French envoy, a step that Paris condemned.",
         ("ACCUSE", ["FRA"], ["MLI"])),
        # the owner of a pact that is signed is a side of it
        ("The Solomon Islands' pact with China was signed in Honiara.",
         ("SUPPORT", ["SLB"], ["CHN"])),
        # money that belongs to somebody
        ("Washington has frozen seven billion dollars belonging to the Afghan central bank.",
         ("SANCTION", ["USA"], ["AFG.FIN"])),
        # an own adjective names nobody else
        ("The Dutch defence minister ruled out any Dutch contribution to a mission led by Canada.",
         ("REJECT", ["NLD.MOD"], ["CAN"])),
        # for whom one speaks is no target
        ("On behalf of the African Union, Kenya's minister protested to Israel's ambassador.",
         ("ACCUSE", ["KEN.GOV"], ["ISR.EMB"])),
        # those hurt by an attack are its target
        ("Militiamen in Iraq fired rockets at a base, wounding two American soldiers.",
         ("ASSAULT", ["IRQ.REB"], ["USA.MIL"])),
        # rounds of talks are talks
        ("Two rounds of talks between Athens and Tirana have brought no result.",
         ("CONSULT", ["GRC"], ["ALB"])),
        # a statesman who flies somewhere shows no force
        ("Somaliland's president flew to Nairobi over the protests of Mogadishu.",
         ("CONSULT", ["SML.HOS"], ["KEN"])),
    ],
)  # fmt: skip
def test_sides_stand_where_constructions_put_them(parties, text, expected):
    assert expected in parties(text)


def test_who_resigns_does_so_at_home(parties):
    text = "The Belgian premier has resigned, which alarmed some in Warsaw."
    told = [(kind, target) for kind, _, target in parties(text) if kind == "RETREAT"]
    assert told == [("RETREAT", [])]
