"""The act between two given parties: by frames, by what is near, by the helper."""

import pytest

import detente.api as dt
from detente.coding.acts import given, helper
from detente.coding.grammar.parse import Parser
from detente.errors import InputError, RegisterError
from detente.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser():
    return Parser(Settings().model)


@pytest.fixture(scope="module")
def named(parser):
    def run(text, source, target, **options):
        spans = [(text.find(party), text.find(party) + len(party)) for party in (source, target)]
        return given.name(given.marked(parser.parse([text])[0], *spans), **options)

    return run


@pytest.mark.parametrize(
    ("text", "source", "target", "kind", "how"),
    [
        ("Oslo condemned Rome.", "Oslo", "Rome", "ACCUSE", "pair"),
        ("Rome was condemned by Oslo.", "Oslo", "Rome", "ACCUSE", "pair"),
        ("Oslo met the envoy.", "Oslo", "the envoy", "CONSULT", "pair"),
        # PLOVER: what lies ahead is AGREE, what is denied REJECT, a duty laid on another REQUEST
        ("Oslo will meet the envoy on Monday.", "Oslo", "the envoy", "AGREE", "pair"),
        ("Oslo did not sign the accord with Rome.", "Oslo", "Rome", "REJECT", "pair"),
    ],
)
def test_frames_name_the_act_first(named, text, source, target, kind, how):
    found = named(text, source, target)
    assert (found.type, found.how) == (kind, how)


def test_without_a_frame_the_helper_names_an_act_if_asked(named):
    text = "Oslo befuddled the envoy."
    assert named(text, "Oslo", "the envoy") is None
    found = named(text, "Oslo", "the envoy", learned=True)
    assert (found.how, found.rule, found.trigger) == ("learned", "helper", None)
    assert 0 < found.confidence <= 1


def test_the_helper_may_be_silent_where_it_is_not_sure(named, monkeypatch):
    text = "Oslo befuddled the envoy."
    monkeypatch.setattr(helper, "SURE", 1.1)
    assert named(text, "Oslo", "the envoy", learned=True, sure=True) is None
    monkeypatch.setattr(helper, "SURE", 0.0)
    assert named(text, "Oslo", "the envoy", learned=True, sure=True).how == "learned"


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Peru lies to the north of Chile.", "Peru", "Chile"),
        ("Kenya has more runners than Uganda.", "Kenya", "Uganda"),
        ("The Dutch minister was born in Jakarta.", "The Dutch minister", "Jakarta"),
    ],
)
def test_what_is_no_act_gets_an_answer_only_where_one_must_be_given(named, text, source, target):
    assert named(text, source, target, learned=True, sure=True) is None
    assert named(text, source, target, learned=True).how == "learned"


def test_the_path_leads_from_one_party_to_the_other(parser):
    [doc] = parser.parse(["Oslo has condemned the visit of Rome."])
    reading = given.marked(doc, (0, 4), (31, 35))
    path = given.path_of(reading)
    words = [doc[i].text for i in sorted(path, key=path.__getitem__)]
    assert words == ["Oslo", "condemned", "visit", "of", "Rome"]
    assert "<S>" in helper.features(reading, path)


def test_chances_add_up_and_follow_the_words(parser):
    [doc] = parser.parse(["Oslo condemned Rome."])
    reading = given.marked(doc, (0, 4), (15, 19))
    chances = helper.load().chances(helper.features(reading, given.path_of(reading)))
    assert sum(chances.values()) == pytest.approx(1)
    assert max(chances, key=chances.__getitem__) == "ACCUSE"
    assert len(chances) == 17
    assert helper.NOTHING in chances


def test_damaged_weights_are_refused(tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text("feature\tidf\tAID\n(bias)\t1\t0.1\nhelp\t1\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="another length"):
        helper.load(path)


def test_a_party_that_does_not_stand_in_the_text_is_refused():
    assert dt.name_act("Oslo condemned Rome.", "Oslo", (15, 19)).type == "ACCUSE"
    with pytest.raises(InputError, match="'Lima'"):
        dt.name_act("Oslo condemned Rome.", "Oslo", "Lima")
