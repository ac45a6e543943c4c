import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import dates
from detente.coding.dates import DateMention
from detente.coding.dates.calendar import add_months, narrow, season, unit_of

MONDAY = datetime.date(2016, 9, 26)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def read(
    text: str, published: datetime.date | None = MONDAY
) -> list[tuple[str, str | None, str | None, str]]:
    return [
        (m.surface, m.first and m.first.isoformat(), m.last and m.last.isoformat(), m.precision)
        for m in dates.find(text, published=published)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Signed on 3 May 2015.", [("3 May 2015", "2015-05-03", "2015-05-03", "day")]),
        ("It fell on 31 February 2015.", []),
        ("The note of 04/05/2016 is lost.", []),
        ("The note of 24.05.2016 is kept.", [("24.05.2016", "2016-05-24", "2016-05-24", "day")]),
        ("They met last week.", [("last week", "2016-09-19", "2016-09-25", "week")]),
        ("They will meet on Friday.", [("Friday", "2016-09-30", "2016-09-30", "day")]),
        ("They met on Friday.", [("Friday", "2016-09-23", "2016-09-23", "day")]),
        ("They met this Friday.", [("this Friday", "2016-09-23", "2016-09-23", "day")]),
        ("June 10: they met.", [("June 10", "2016-06-10", "2016-06-10", "day")]),
        ("From 28 to 30 March 2016.", [("28 to 30 March 2016", "2016-03-28", "2016-03-30", "day")]),
        ("He has led it since 2014.", [("since 2014", "2014-01-01", None, "year")]),
        ("Due before the end of May 2017.", [
            ("before the end of May 2017", None, "2017-05-31", "month")]),
        ("Due before the end of the year.", [
            ("before the end of the year", None, "2016-12-31", "year")]),
        ("Due before the year is out.", [("before the year is out", None, "2016-12-31", "year")]),
        ("Due before year’s end.", [("before year’s end", None, "2016-12-31", "year")]),
        ("Due before 2018.", [("before 2018", None, "2017-12-31", "year")]),
        ("Due within half a year.", [("within half a year", "2016-09-26", "2017-03-26", "month")]),
        ("It lasts throughout the year.", [("the year", "2016-01-01", "2016-12-31", "year")]),
        ("The best of the year.", []),
        ("He may march in a second.", []),
        ("Resolution 1701 cost 2000 troops.", []),
    ],
)  # fmt: skip
def test_expressions(text, expected):
    assert read(text) == expected


def test_without_a_publication_date_relative_expressions_stay_open():
    assert read("They met last week.", None) == [("last week", None, None, "week")]


def test_offsets_count_from_the_offset():
    (found,) = dates.find("On 3 May 2015 they met.", published=None, offset=100)
    assert (found.start, found.end, found.date, found.date_end) == (103, 113, "2015-05-03", None)


def test_anaphora_counts_from_the_last_date_of_the_same_text():
    first, second = dates.find("On 3 May 2015 it began; two days later it ended.", published=None)
    assert (first.date, second.date) == ("2015-05-03", "2015-05-05")


def test_anaphora_is_counted_when_the_earlier_date_is_known():
    (found,) = dates.find("The following day they left.", published=MONDAY)
    assert found.date is None
    earlier = DateMention(
        start=0, end=0, surface="", first=day("2016-01-31"), last=day("2016-01-31"), precision="day"
    )
    assert found.counted_from(earlier).date == "2016-02-01"


def test_an_occasion_shared_by_several_years_needs_its_year():
    assert read("At the NATO summit in Brussels nothing was signed.") == []
    ((_, first, last, precision),) = read("At the 2018 NATO summit in Brussels it was signed.")
    assert (first, last, precision) == ("2018-07-11", "2018-07-12", "day")


@given(st.text(max_size=200), st.none() | st.dates())
def test_any_text_gives_ordered_mentions_inside_it(text, published):
    end = 0
    for mention in dates.find(text, published=published):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        if mention.first is not None and mention.last is not None:
            assert mention.first <= mention.last
        end = mention.end


def test_months_are_added_within_the_shorter_month():
    assert add_months(day("2016-01-31"), 1) == day("2016-02-29")
    assert add_months(day("2016-01-31"), -2) == day("2015-11-30")


def test_units_and_seasons():
    assert unit_of("week", day("2016-09-28")) == (day("2016-09-26"), day("2016-10-02"))
    assert season("winter", 2015) == (day("2015-12-01"), day("2016-02-29"))
    assert narrow("late", "month", unit_of("month", day("2016-02-01"))) == (
        day("2016-02-21"), day("2016-02-29"),
    )  # fmt: skip


def test_a_damaged_publication_date_counts_as_none():
    assert read("They met in December.", day("9999-12-31")) == [("December", None, None, "month")]


def test_a_fortnight_is_two_weeks():
    day = datetime.date(2018, 5, 16)
    (one,) = dates.find("A fortnight ago they met.", published=day)
    (other,) = dates.find("Two weeks ago they met.", published=day)
    assert (one.first, one.last, one.precision) == (other.first, other.last, other.precision)
