import datetime

import pytest

from detente.coding import dates
from detente.coding.types import Reading, Sentence

MONDAY = datetime.date(2016, 9, 26)


def when(parsed, text, trigger, **options):
    sentence = Sentence(number=0, start=0, end=len(text), text=text)
    doc = parsed(text)
    reading = Reading(sentence=sentence, doc=doc, mentions=())
    token = next(token for token in doc if token.text == trigger)
    found = dates.find(text, published=MONDAY, previous=options.get("previous"))
    result = dates.of(reading, token, found, published=MONDAY, **options)
    return result.date, result.date_end, result.precision, result.basis


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("On 3 May 2016 the two ministers met in Riga.", "met", ("2016-05-03", None, "day", "text")),
        ("The minister, who took office in 2012, met the envoy on Friday.", "met",
         ("2016-09-23", None, "day", "text")),
        ("The minister, who took office in 2012, met the envoy on Friday.", "took",
         ("2012-01-01", "2012-12-31", "year", "text")),
        ("Poland recalled its ambassador.", "recalled", ("2016-09-26", None, "day", "published")),
        ("Poland had recalled its ambassador.", "recalled", (None, None, None, "none")),
        ("Ties cooled in May 2016, when Tallinn recalled its envoy.", "recalled",
         ("2016-05-01", "2016-05-31", "month", "text")),
        ("They speak of the affair of last spring, when Riga arrested a Finnish reporter and each side "
         "expelled a diplomat.", "expelled", ("2016-03-01", "2016-05-31", "season", "text")),
        ("The agency announced a ban on beef, which it then postponed.", "postponed",
         (None, None, None, "none")),
        ("The visit comes a month after Oslo lifted the ban on Danish beef.", "lifted", (None, None, None, "none")),
        ("Riga protested after Oslo lifted the ban on Danish beef.", "lifted",
         ("2016-09-26", None, "day", "published")),
        ("Oslo has postponed the ban on Danish beef until 6 October.", "postponed",
         ("2016-09-26", None, "day", "published")),
        ("In 2014 the Council eased its measures, officials visited Minsk, and the two signed a plan.", "visited",
         ("2014-01-01", "2014-12-31", "year", "text")),
        ("On Friday Oslo said that Riga had expelled two diplomats.", "expelled", (None, None, None, "none")),
        ("Belarus was not invited to the Warsaw summit.", "invited",
         ("2016-07-08", "2016-07-09", "day", "occasion")),
    ],
)  # fmt: skip
def test_the_date_of_a_predicate(parsed, text, trigger, expected):
    assert when(parsed, text, trigger) == expected


@pytest.mark.model
def test_an_offer_is_of_the_day_of_the_deed_that_it_is_told_with(parsed):
    text = (
        "The envoy held talks in Minsk at the end of May and proposed that both exchange attaches."
    )
    got = when(parsed, text, "proposed", future=True, actual=False, made=True)
    assert got[0].startswith("2016-05")


@pytest.mark.model
def test_a_planned_act_takes_the_next_weekday(parsed):
    text = "Poland will recall its ambassador on Friday."
    assert when(parsed, text, "recall", future=True, actual=False)[0] == "2016-09-30"


@pytest.mark.model
def test_the_same_story_keeps_its_date(parsed):
    (previous,) = dates.find("On 3 May 2016 they met.", published=MONDAY)
    got = when(parsed, "The parties discussed trade.", "discussed", previous=previous)
    assert got == ("2016-05-03", None, "day", "context")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The Czech foreign minister ended a three-day visit to Oman on Thursday.", ("2021-03-02", "2021-03-04")),
        ("The Czech foreign minister began a two-day visit to Oman on Monday.", ("2021-03-08", "2021-03-09")),
        ("The Czech foreign minister completed his visit to Oman on Monday.", ("2021-03-08", None)),
    ],
)  # fmt: skip
def test_a_stay_that_is_begun_or_ended_has_all_its_days(events, text, days):
    (event,) = events(text)
    assert (event.date, event.date_end) == days
