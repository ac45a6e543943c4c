"""An answer finds whom it answers; an attack without a named victim strikes a territory."""

import pytest

pytestmark = pytest.mark.model


def test_a_refusal_answers_the_one_who_asked(states):
    text = "Peru asked Chile to extradite the former general, but Santiago rejected the request."
    assert ("REJECT", ["CHL"], ["PER"]) in states(text)


def test_a_refusal_in_the_next_sentence_answers_too(states):
    text = "Armenia accused Azerbaijan of shelling a village. Baku denied the charge."
    assert ("REJECT", ["AZE"], ["ARM"]) in states(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a charge is answered by the one charged, to the one who made it, past other dealings
        ("Togo accused Ghana of smuggling arms. Ghana's police met traders. Mali praised Ghana. "
         "Accra denied the charge.", ("REJECT", ["GHA"], ["TGO"])),
        # what is called something was told before
        ("Laos closed its border to Thailand on Monday. The Thai foreign ministry called the step "
         "a provocation.", ("ACCUSE", ["THA"], ["LAO"])),
        # the maker of a step that is no event is the subject of the sentence before
        ("The Nepalese parliament adopted a new map. India criticised the move.",
         ("ACCUSE", ["IND"], ["NPL"])),
        # two reactions meet the same act
        ("Sudan expelled the envoy of Chad. Kenya criticised the decision; Uganda voiced regret.",
         ("ACCUSE", ["UGA"], ["SDN"])),
        # an offer is accepted from the one who made it
        ("Qatar offered to mediate. Rwanda accepted the offer.", ("AGREE", ["RWA"], ["QAT"])),
    ],
)  # fmt: skip
def test_an_answer_goes_to_the_one_who_is_answered(states, text, expected):
    assert expected in states(text)


def test_an_offer_without_a_target_goes_to_the_state_that_a_report_is_about(states):
    text = (
        "Niger's army deposed the president. Niger closed its border to Benin. Niger's generals "
        "met an envoy of Mali in Niger. Protesters in Niger praised Niger's generals, and police "
        "in Niger watched. Japan offered to mediate."
    )
    assert ("AGREE", ["JPN"], ["NER"]) in states(text)


def test_a_refusal_far_from_any_dealing_has_no_target(states):
    text = (
        "Armenia accused Azerbaijan of shelling a village. The weather was fine. Nobody came. "
        "The market was empty. Baku rejected the plan."
    )
    assert ("REJECT", ["AZE"], []) in states(text)


def test_rockets_on_a_town_strike_its_state(states):
    assert ("ASSAULT", ["PSE"], ["ISR"]) in states("Hamas fired rockets at Ashkelon.")


def test_a_decision_that_was_told_some_sentences_before_is_that_of_its_maker(states):
    text = (
        "Norway banned imports of Danish pork on Monday. The ban holds for a year. It follows a long "
        "quarrel over feed. Copenhagen called the decision a relic."
    )
    assert ("ACCUSE", ["DNK"], ["NOR"]) in states(text)


def test_a_report_from_a_capital_means_the_ministries_there(states):
    text = (
        "TALLINN, March 9 - A senior Pentagon official met the Estonian president on Tuesday. The Defence "
        "Ministry said it had agreed in principle to the American offer. The American side spoke of "
        "Washington's wishes."
    )
    assert ("AGREE", ["EST"], ["USA"]) in states(text)


def test_a_guest_s_talks_at_a_ministry_are_with_the_host_s(states):
    text = (
        "The Czech foreign minister met the Georgian prime minister on Monday. Czech firms, Czech "
        "tourists and Czech experts came along. Czech envoy Jan Novak held talks at the Foreign Ministry."
    )
    found = [e for e in states(text) if e[0] == "CONSULT"]
    assert found == [("CONSULT", ["CZE"], ["GEO"])] * 2


def test_what_two_states_agree_on_is_no_third_party(states):
    text = "Italy and Switzerland agreed to reopen the consulate in Basel."
    [(kind, source, target)] = states(text)
    assert (kind, sorted(source + target)) == ("AGREE", ["CHE", "ITA"])


def test_one_who_is_elected_has_the_office_to_come(events):
    text = "On Thursday President-elect Joe Biden phoned the Japanese prime minister."
    [event] = events(text, "2020-11-13")
    assert [(a.country, a.how) for a in event.source] == [("USA", "office to come")]


def test_the_clause_of_an_act_outranks_who_was_dealt_with_before(states):
    text = (
        "Chad met the Libyan envoy. Chad warned of grave consequences if Sudan closed the border."
    )
    assert ("THREATEN", ["TCD"], ["SDN"]) in states(text)


def test_who_leads_talks_is_not_asked_for_them(states):
    text = "Togo had rebuffed Ghana's proposal, insisting on African Union-led talks."
    assert ("REQUEST", ["TGO"], ["AU"]) not in states(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who agrees or is asked may have been told a clause before
        ("Peru said that Chile had offered two ships and that Lima had agreed.",
         ("AGREE", ["PER"], ["CHL"])),
        # what is done to others is told by its object
        ("Denmark froze forty million euros held by Libyan officials.",
         ("SANCTION", ["DNK"], ["LBY"])),
    ],
)  # fmt: skip
def test_an_act_waits_for_the_target_that_its_frame_asks_for(states, text, expected):
    assert expected in states(text)


@pytest.mark.parametrize(
    "text",
    [
        # nobody is there to share with
        "Denmark shared the secret file.",
        # who is named after the words is the reporter
        "The bridge at the border with Mali is to close, a Danish diplomat suggested.",
    ],
)
def test_an_act_whose_target_nothing_tells_is_dropped(states, text):
    assert [e for e in states(text) if e[0] in {"REQUEST", "AGREE", "COOPERATE"}] == []
