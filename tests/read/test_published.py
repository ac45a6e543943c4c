import datetime

import pytest

from detente.read.published import WHY, from_name, from_url, parse


@pytest.mark.parametrize(
    "text",
    [
        "2016-09-26", "2016-9-26", "2016/09/26", "20160926", "26 September 2016", "26th of Sept. 2016",
        "September 26, 2016", "Monday, September 26th, 2016", "Mon, 26 Sep 2016 10:00:00 GMT",
        "2016-09-26T23:30:00-05:00", "2016-09-26 10:00", "2016-09-26T10:00:00.000Z", "26.09.2016",
        "26/09/2016", "09/26/2016", "D:20160926103000+02'00'", "26-Sep-2016",
        "Mon, 26 Sep 2016 10:00:00 +0300 (MSK)",
    ],
)  # fmt: skip
def test_forms_with_one_reading(text):
    assert parse(text).date == "2016-09-26"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("03/04/2016", "date_ambiguous"),
        ("31 February 2016", "date_impossible"),
        ("2016-13-01", "date_impossible"),
        ("0000-01-01", "date_impossible"),
        ("9999-01-01", "date_future"),
        ("1474848000", "date_unparsed"),
        ("1474848000000", "date_unparsed"),
        ("September 2016", "date_unparsed"),
        ("26 September", "date_unparsed"),
        ("26.09.16", "date_unparsed"),
        ("last week", "date_unparsed"),
        ("x" * 10_000, "date_unparsed"),
    ],
)
def test_what_is_no_date_is_flagged_and_never_guessed(text, flag):
    found = parse(text)
    assert flag in WHY
    assert (found.date, found.flag) == (None, flag)


def test_equal_day_and_month_are_clear():
    assert parse("03/03/2016").date == "2016-03-03"


def test_the_day_after_tomorrow_is_the_future():
    day = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=2)
    assert parse(day.isoformat()).flag == "date_future"


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.example/2016/09/26/talks", "2016-09-26"),
        ("https://a.example/news/2016-09-26-talks.html", "2016-09-26"),
        ("https://a.example/20160926/talks", "2016-09-26"),
        ("https://a.example/2016/sep/26/talks", "2016-09-26"),
        ("https://a.example/2016/09/talks", None),
        ("https://a.example/2016/13/45/talks", None),
        ("https://a.example/id/12016092699", None),
        ("https://a.example/x?d=/2016/09/26/", None),
    ],
)
def test_dates_in_addresses(url, date):
    assert from_url(url).date == date


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2016-09-26-note.txt", "2016-09-26"),
        ("note_20160926.txt", "2016-09-26"),
        ("note 26.09.2016.txt", "2016-09-26"),
        ("26-09-2016.txt", "2016-09-26"),
        ("03-04-2016.txt", None),
        ("120160926.txt", None),
        ("note-2016.txt", None),
    ],
)
def test_dates_in_file_names(name, date):
    assert from_name(name).date == date
