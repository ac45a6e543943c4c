import pytest

from detente.errors import InputError
from detente.outlook.exchange import from_csv, from_json, to_csv, to_json
from detente.outlook.ledger import Case
from detente.outlook.records import Outlook, Query, Resolution, Version, by_hand

FORECAST = by_hand(
    Outlook(
        id="",
        text='The two sides, as "partners", will meet',
        issued="2020-03-01",
        author="=Author",
        subject=("NOR", "ISL"),
        probability=0.7,
        deadline="2020-06-01",
    )
)


def test_csv_gives_back_what_went_in():
    text = to_csv([Case(outlook=FORECAST)])
    assert "'=Author" in text
    assert from_csv(text) == (FORECAST,)


def test_json_gives_back_every_entry():
    query = Query(types=("AGREE",), parties=("NOR",), first="2020-03-01", deadline="2020-06-01")
    entries = (
        FORECAST,
        Version(forecast=FORECAST.id, number=1, query=query),
        Resolution(forecast=FORECAST.id, version=1, outcome="no", reason="", as_of="2020-07-01"),
    )
    assert from_json(to_json(entries)) == entries


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("text,issued,mood\n", "line 1: no such column: mood"),
        ("text\nTalks will fail\n", "line 1: there is no column issued"),
        ("text,issued,probability\nTalks will fail,2020-03-01,1.2\n", "line 2: probability: 1.2"),
        ("text,issued,deadline\nTalks will fail,2020-03-01,2020-02-01\n", "line 2: deadline"),
        (
            "text,issued,probability\nTalks will fail,2020-03-01,often\n",
            "line 2: probability: 'often' is no number",
        ),
    ],
)
def test_a_bad_row_is_refused_with_line_and_field(text, reason):
    with pytest.raises(InputError, match=reason):
        from_csv(text)


def test_a_bad_json_line_is_refused_with_its_number():
    with pytest.raises(InputError, match="line 2"):
        from_json(to_json([FORECAST]) + b'{"entry":"forecast"}\n')
