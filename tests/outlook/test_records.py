import pytest

from detente.errors import InputError
from detente.model import Actor, Forecast, Hedge, Horizon
from detente.outlook.records import Outlook, by_hand, checked, from_forecast


def hand(**changes):
    values = {"id": "", "text": "The talks will fail", "issued": "2020-03-01"} | changes
    return Outlook(**values)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"deadline": "2020-02-01"}, "deadline: 2020-02-01 is before the issue date 2020-03-01"),
        ({"probability": 1.0}, r"probability: 1 is outside \(0, 1\)"),
        ({"probability": 0.0}, r"probability: 0 is outside \(0, 1\)"),
        ({"low": 0.8, "high": 0.2}, "low, high: 0.8-0.2 is no interval"),
        ({"low": 0.8}, "low, high: one is given without the other"),
        ({"issued": "1 March"}, "issued: '1 March' is no day"),
        ({"text": "  "}, "text: there is none"),
        ({"first": "2020-06-01", "deadline": "2020-05-01"}, "first: 2020-06-01 is after"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_field(changes, reason):
    with pytest.raises(InputError, match=reason):
        checked(hand(**changes))


def test_the_authors_number_goes_before_the_middle_of_the_interval():
    assert hand(low=0.55, high=0.8).chance == pytest.approx(0.675)
    assert hand(low=0.55, high=0.8, probability=0.6).chance == 0.6
    assert hand().chance is None


def test_a_hand_written_forecast_gets_an_id_from_its_content():
    first, second = by_hand(hand()), by_hand(hand())
    assert first == second
    assert first.id.startswith("f")
    assert first.origin == "hand"
    assert by_hand(hand(text="The talks will go on")).id != first.id


def test_a_coded_forecast_is_frozen_with_author_and_interval():
    forecast = Forecast(
        id="f1",
        doc="sha256:1",
        sentence=2,
        span=(0, 10),
        gist="Trade is likely to shrink",
        subject=(Actor(code="NOR", country="NOR"),),
        about=("NOR", "ISL"),
        domain="economic",
        direction="decrease",
        hedge=Hedge(likelihood="likely", scale="icd-203", low=0.55, high=0.8),
        horizon=Horizon(start="2020-03-01", to="2020-08-29"),
    )
    found = from_forecast(forecast, issued="2020-03-01", author="A. Writer", publisher="The Note")
    assert found == Outlook(
        id="f1",
        text="Trade is likely to shrink",
        issued="2020-03-01",
        author="A. Writer",
        publisher="The Note",
        document="sha256:1",
        sentence=2,
        subject=("NOR",),
        about=("NOR", "ISL"),
        domain="economic",
        direction="decrease",
        hedge="likely",
        scale="icd-203",
        low=0.55,
        high=0.8,
        first="2020-03-01",
        deadline="2020-08-29",
    )
