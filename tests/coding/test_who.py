"""Who acts and on whom, where parses, titles, places or pronouns lead astray."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the parse gives the subject to the verb of saying
        ("Ghana's foreign ministry said Togo on Friday rejected a proposal by Benin.",
         ("REJECT", ["TGO"], ["BEN"])),
        # who is urged is the guest, not the host who urges
        ("The Thai foreign minister hosted a dinner for the Omani ambassador, urging him to work for "
         "closer ties between Oman and Thailand.", ("REQUEST", ["THA.MFA"], ["OMN.EMB"])),
        # "it" is the body that speaks of itself
        ("Kenya said it would wait, while the Danish finance ministry announced that it had imposed "
         "sanctions on two Somali officials.", ("SANCTION", ["DNK.FIN"], ["SOM.GOV"])),
        # people are no "which"
        ("Norway praised the marchers in Sudan, which recalled its ambassador from Norway.",
         ("SANCTION", ["SDN"], ["NOR"])),
        # two that a clause in the plural is about
        ("Togo and Benin, which have imposed sanctions on Niger, kept silent.",
         ("SANCTION", ["TGO", "BEN"], ["NER"])),
        # who spoke stands behind the quotation
        ("“We met the Chilean envoy,” the head of the Peruvian foreign ministry wrote.",
         ("CONSULT", ["PER.MFA"], ["CHL.EMB"])),
        # people of one nation live in another state
        ("Hungarians in the west of Ukraine rejected the Ukrainian government's decision.",
         ("REJECT", ["UKR.CVL"], ["UKR.GOV"])),
        # a body of a body
        ("Border guards of the Committee for State Security of Tajikistan arrested two Kyrgyz herders.",
         ("COERCE", ["TJK.INT"], ["KGZ.CVL"])),
        # a delegation is its leader's
        ("The delegation led by the Zambian defence minister will leave for Kenya.",
         ("AGREE", ["ZMB.MOD"], ["KEN"])),
        # the doer right before a participle
        ("Chad was angered by Libya closing the border with Chad.", ("COERCE", ["LBY"], ["TCD"])),
        # a title and a state in full before a post
        ("The Ambassador Extraordinary and Plenipotentiary of Cuba to Ghana was summoned by the "
         "Ghanaian foreign ministry.", ("ACCUSE", ["GHA.MFA"], ["CUB.EMB"])),
        # an attack without a doer is whose the strike is
        ("Two Lebanese soldiers were killed in an Israeli strike near Tyre.",
         ("ASSAULT", ["ISR"], ["LBN.MIL"])),
        # staff in the Union's seat
        ("Officials in Brussels criticised Hungary over the law.", ("ACCUSE", ["EU"], ["HUN"])),
        # of a body that is only inferred the state is told
        ("Latvia's foreign minister accused Oman's envoy of lying. Muscat rejected the charge.",
         ("REJECT", ["OMN"], ["LVA"])),
    ],
)  # fmt: skip
def test_the_parties_are_those_that_the_text_means(parties, text, expected):
    assert expected in parties(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        # a given name after a style is no statesman of a state that the text does not name
        ("Sheikh Mohammed received the Danish ambassador.", "CONSULT"),
        # a region is no target of a promise
        (
            "Eritrea and Djibouti agreed to seek peace. They promised to work for calm in Eastern Europe.",
            None,
        ),
        # who is against somebody is not that one
        ("Opponents of the Omani sultan condemned the verdict in Oman.", "ACCUSE"),
        # parts of what was told are no people
        (
            "Norway lifted sanctions on two Omani banks. It suspended part of them again.",
            "SANCTION",
        ),
        # envoys are not of the state that receives them
        (
            "Eight ambassadors accredited to Namibia presented their credentials in Windhoek.",
            "CONSULT",
        ),
        # readiness to defend oneself is no offer
        ("Oman is prepared to defend its waters against Iranian boats.", "AGREE"),
    ],
)
def test_nobody_is_taken_where_the_text_names_none(parties, text, absent):
    found = parties(text)
    assert absent not in [kind for kind, _, _ in found]
    assert not any(code.startswith("BLOC:") for _, _, targets in found for code in targets)


def test_who_bore_an_attack_is_not_condemned_for_it(parties):
    found = parties("The Afghan foreign minister condemned the attack on the Omani embassy.")
    assert found == [("ACCUSE", ["AFG.MFA"], [])]


def test_an_office_is_not_given_to_a_state_whose_holder_has_another_name(parties):
    text = "Prime Minister Lundqvist received the Kenyan president in Kenya."
    assert not any("KEN.HOG" in source + target for _, source, target in parties(text))


def test_both_countries_are_those_that_a_text_is_about(parties):
    text = (
        "Latvia's foreign ministry summoned the Belarusian envoy. Belarus denied Latvia's charge. Norway "
        "and Japan backed Latvia. The African Union urged both countries to talk."
    )
    assert ("REQUEST", ["AU"], ["LVA", "BLR"]) in parties(text)


def test_the_guest_is_who_came_whoever_met_him(parties):
    text = (
        "President Mirziyoyev of Uzbekistan arrived in Dushanbe on a visit to Tajikistan. He was met at the "
        "airport by the Tajik president. The guest praised his host."
    )
    assert ("SUPPORT", ["UZB.HOS"], ["TJK.HOS"]) in parties(text)
