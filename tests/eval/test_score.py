import importlib.util
from pathlib import Path

import pytest

from detente.model import Actor, Coded, DocumentRecord, Forecast, Hedge

EVAL = Path(__file__).parents[2] / "eval"


@pytest.fixture(scope="module")
def score():
    spec = importlib.util.spec_from_file_location("score", EVAL / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TEXT = "Quito will pay in May, and Lima may follow."


def forecast(subject, direction, span, hedge=None):
    actor = Actor(code=subject, country=subject, span=span)
    return Forecast(
        id=subject, doc="d", sentence=0, span=span, gist=TEXT[slice(*span)], subject=(actor,),
        direction=direction, hedge=hedge,
    )  # fmt: skip


ECUADOR = forecast("ECU", "start", (0, 21), Hedge(modal="will"))
PERU = forecast("PER", "increase", (27, 42), Hedge(modal="may"))


def tally(score, wanted, records):
    document = score.gold.as_document(TEXT, name="x", published="2019-05-15")
    statement = score.gold.GoldStatement(id="x", split="dev", document=document, forecasts=wanted)
    line = DocumentRecord(id=document.id, source=document.source)
    coded = Coded(document=line, text=TEXT, sentences=((0, len(TEXT)),), records=records)
    return score.compare_statement(statement, coded)


def gold(score, subject, direction="none", **fields):
    return score.gold.GoldForecast(subject=(subject,), direction=direction, **fields)


@pytest.mark.parametrize("by_state", [True, False])
def test_a_code_of_state_and_institution_is_the_state(score, by_state):
    finland, sweden = (Actor(code=code, country=code) for code in ("FIN", "SWE"))
    ministers = Actor(code="FIN", country="", institution="FIN")
    assert score.agree(("FIN",), (finland,), by_state=by_state)
    assert not score.agree(("FIN",), (sweden,), by_state=by_state)
    assert not score.agree(("FIN",), (), by_state=by_state)
    assert not score.agree(("FIN",), (ministers,), by_state=by_state)
    assert score.agree(("GOV",), (ministers,), by_state=by_state)


def test_no_other_code_is_a_state_and_an_institution(score):
    assert sorted(score.INSTITUTIONS & score.STATES) == ["FIN"]


def test_a_code_of_state_and_armed_group_is_the_state(score):
    assert not score.GROUPS.keys() & score.STATES
    brunei, thailand = (Actor(code=code, country=code) for code in ("BRN", "THA"))
    assert score.agree(("BRN",), (brunei,), by_state=True)
    assert not score.agree(("BRN",), (thailand,), by_state=True)


def test_a_forecast_is_judged_by_the_coded_one_about_the_same_parties(score):
    found = tally(score, (gold(score, "PER", "increase"),), (ECUADOR, PERU))
    assert (found["forecast_matched"], found["direction"], found["parties"]) == (1, 1, 1)


def test_a_right_direction_draws_no_forecast_to_the_parties_of_another(score):
    found = tally(score, (gold(score, "PER", "start"),), (ECUADOR, PERU))
    assert (found["forecast_matched"], found["direction"], found["parties"]) == (1, 0, 1)


def test_a_hedge_draws_no_forecast_to_the_parties_of_another(score):
    wanted = gold(score, "PER", "increase", hedge=Hedge(modal="will"))
    found = tally(score, (wanted,), (ECUADOR, PERU))
    assert (found["direction"], found["hedge_fields"], found["hedges"]) == (1, 1, 0)


def test_words_of_the_time_tell_two_forecasts_about_the_same_parties_apart(score):
    later = forecast("ECU", "increase", (27, 42))
    wanted = gold(score, "ECU", "start", horizon="in May")
    assert tally(score, (wanted,), (ECUADOR, later))["direction"] == 1
    assert tally(score, (wanted,), (later, ECUADOR))["direction"] == 1


def test_two_of_the_gold_share_no_coded_forecast(score):
    wanted = (gold(score, "PER", "start"), gold(score, "PER", "increase"))
    found = tally(score, wanted, (PERU,))
    assert (found["forecast_matched"], found["direction"]) == (1, 0)


def test_forecasts_that_nothing_tells_apart_are_matched_in_the_order_of_the_text(score):
    assert tally(score, (gold(score, "BOL", "start"),), (PERU, ECUADOR))["direction"] == 1


def test_as_many_as_in_the_gold_are_matched_in_the_order_of_the_text(score):
    wanted = (gold(score, "PER", "start"), gold(score, "ECU", "increase"))
    assert tally(score, wanted, (PERU, ECUADOR))["direction"] == 2
