"""Whole sentences of own making, from text to event: status, domain, channel, who says it."""

import pytest

from detente.model import Event

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def code(events):
    def run(text: str) -> list[Event]:
        return events(text, published="2018-05-10")

    return run


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Poland signed an agreement with Latvia.", "actual"),
        ("Poland will sign an agreement with Latvia next week.", "planned"),
        ("Poland has never signed an agreement with Latvia.", "negated"),
        ("Poland may sign an agreement with Latvia.", "possible"),
        ("Poland regularly expels Latvian diplomats.", "habitual"),
        ("Chile closes its border to Peru from 1 June.", "planned"),
        ("Norway condemns Danish threats from Monday.", "actual"),
    ],
)
def test_status(code, text, status):
    [event] = code(text)
    assert event.status == status


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("The Polish defence minister met the Latvian defence minister.", "military"),
        ("Chile signed a trade agreement with India.", "economic"),
        ("The Greek foreign minister met the Turkish ambassador.", "diplomatic"),
    ],
)
def test_domain(code, text, domain):
    [event] = code(text)
    assert event.domain == domain


def test_channel_pairs_institutions(code):
    [event] = code("The Polish foreign minister met the Latvian defence minister in Riga.")
    assert (event.channel.pairing, event.channel.format) == ("MFA-MOD", "bilateral")
    assert event.channel.symmetric
    assert event.place is not None
    assert event.place.country == "LVA"


def test_a_call_is_no_meeting_in_person(code):
    [event] = code("The Japanese foreign minister spoke with the Indian foreign minister by phone.")
    assert (event.type, event.channel.medium) == ("CONSULT", "phone")


def test_who_says_it(code):
    [event] = code(
        "The Swedish foreign ministry said that Russia had expelled two Swedish diplomats."
    )
    assert [actor.code for actor in event.source] == ["RUS"]
    assert [actor.country for actor in event.attribution] == ["SWE"]


def test_the_passive_turns_the_sides(code):
    [event] = code("Two Czech diplomats were expelled by Russia.")
    assert (event.source[0].country, event.target[0].country) == ("RUS", "CZE")


def test_what_is_claimed_of_another_is_no_event(code):
    assert [event.type for event in code("Armenia accused Azerbaijan of shelling a village.")] == [
        "ACCUSE"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Poland hopes to sign an agreement with Latvia.",
        "Relations between Poland and Latvia are good.",
        "Belarus hosts two Russian bases.",
        "Poland should meet Latvia.",
        "Poland beat Latvia 3-1.",
    ],
)
def test_no_event(code, text):
    assert code(text) == []


def test_ids_depend_on_content(code):
    text = "Poland signed an agreement with Latvia."
    assert [event.id for event in code(text)] == [event.id for event in code(text)]


def test_a_date_and_its_basis(code):
    [event] = code("On 3 May 2018 Poland signed an agreement with Latvia.")
    assert (event.date, event.date_precision, event.date_basis) == ("2018-05-03", "day", "text")


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("OSLO, May 9 - ", "2018-05-09"),
        ("", "2018-05-10"),
        ("OSLO, March 9 - ", "2018-05-10"),
    ],
)
def test_an_undated_act_is_of_the_datelines_day(code, opening, day):
    text = f"{opening}Norway recalled its ambassador to Iran, officials said."
    [event] = code(text)
    assert (event.date, event.date_basis) == (day, "published")
