from datetime import date

import pytest

from detente.brief import wording
from detente.brief.clauses import clause, shortened
from detente.brief.realise import tell
from detente.model import Actor, Event
from detente.relations.incidents import gather

EST, FIN = Actor(code="EST", country="EST"), Actor(code="FIN", country="FIN")
QUOTE = "On Monday Tallinn urged Helsinki to open the ferry line, and thanked the crew."


def told(shelf, kind="REQUEST", **values):
    shelf.add("f", "2019-04-02", "Ferries", QUOTE)
    start = " ".join(shelf.documents["f"][1]).index("urged")
    given = {
        "id": "e", "doc": "f", "sentence": 1, "span": (8, 8 + len(QUOTE) - 1), "type": kind,
        "source": (EST,), "target": (FIN,), "trigger": (start, start + 5), "rule": "request/urge",
    }  # fmt: skip
    (incident,) = gather([Event(**(given | values))])
    return incident, clause(incident, incident.mentions, shelf)


def test_a_broad_phrase_has_the_words_of_the_report_beside_it(shelf):
    assert told(shelf)[1] == "urged Helsinki to open the ferry line"


def test_what_a_phrase_says_well_and_a_headline_are_not_quoted(shelf):
    assert told(shelf, kind="CONSULT", rule="consult/meet")[1] == ""
    assert told(shelf, sentence=0)[1] == ""


def test_a_passive_begins_with_what_something_was_done_to(shelf):
    text = "In May the Year of Finnish Books was opened in Tallinn."
    shelf.add("g", "2019-06-02", "Books", text)
    whole = " ".join(shelf.documents["g"][1])
    first, verb = whole.index("the Year"), whole.index("opened")
    _, words = told(shelf, doc="g", span=(first, len(whole) - 1), trigger=(verb, verb + 6))
    assert words == "the Year of Finnish Books was opened in Tallinn"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("denied the charges and asked for proof", "denied the charges"),
        ("denied the charges and the rumours", "denied the charges and the rumours"),
        ("ordered 60 Russians to go, citing “security”", "ordered 60 Russians to go"),
        ("extended sanctions; two men were added", "extended sanctions"),
        ("called it “a relic of the past”", "called it 'a relic of the past"),
        ("asked " + "very " * 40 + "much", "asked " + "very " * 19 + "very …"),
    ],
)
def test_a_clause_ends_where_the_next_begins(text, words):
    assert shortened(text) == words


def test_an_offer_is_made_and_not_proposed(shelf):
    incident, _ = told(shelf, kind="AGREE", status="proposed", rule="agree/offer")
    assert tell(incident) == "Estonia made an offer to Finland."


def test_people_are_arrested_and_not_countries(shelf):
    press = Actor(code="POL.MED", country="POL", institution="MED")
    incident, _ = told(
        shelf, kind="COERCE", mode="arrest", rule="coerce/arrest", target=(FIN, press)
    )
    assert tell(incident) == "Estonia arrested nationals of Finland and staff of Polish media."


def test_states_hold_talks_and_people_meet(shelf):
    meeting = {"kind": "CONSULT", "rule": "consult/meet"}
    assert tell(told(shelf, **meeting)[0]) == "Estonia held talks with Finland."
    ministry = Actor(code="FIN.MFA", country="FIN", institution="MFA")
    incident, _ = told(shelf, source=(Actor(code="EST.MFA", country="EST", institution="MFA"),),
                       target=(ministry,), **meeting)  # fmt: skip
    assert tell(incident) == "The Estonian Foreign Ministry met the Finnish Foreign Ministry."


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2018, 1, 1), (2018, 2, 28), "January and February 2018"),
        ((2018, 1, 1), (2018, 3, 31), "January to March 2018"),
        ((2017, 12, 1), (2018, 1, 31), "December 2017 and January 2018"),
        ((2018, 5, 1), (2018, 5, 31), "May 2018"),
        ((2018, 1, 1), (2018, 12, 31), "2018"),
        ((2018, 1, 2), (2018, 1, 31), "2 to 31 January 2018"),
    ],
)
def test_an_issue_is_headed_by_its_months(first, last, words):
    assert wording.period(date(*first), date(*last)) == words


def test_a_date_that_accounts_give_is_spelt():
    assert wording.told("2016-03-28..2016-03-30") == "28 to 30 March 2016"
    assert (wording.told("2016-03-28"), wording.told("Riga")) == ("28 March 2016", "Riga")


def test_an_outlet_is_called_by_its_name(shelf):
    outlets = tuple(
        Actor(code=f"{code}.MED", country=code, institution="MED", person="Harbour News")
        for code in ("FIN", "POL")
    )
    meeting, _ = told(shelf, kind="CONSULT", rule="consult/meet", target=outlets)
    assert tell(meeting) == "Estonia held talks with Harbour News."
    arrest, _ = told(shelf, kind="COERCE", mode="arrest", rule="coerce/arrest", target=outlets)
    assert tell(arrest) == "Estonia arrested staff of Harbour News."
