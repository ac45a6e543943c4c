"""The parser's steps taken from Python give the parses that its own loop gives."""

import gc

import pytest
import spacy

from detente.coding.grammar.parse import Parser
from detente.coding.grammar.transitions import Transitions
from detente.settings import Settings

pytestmark = pytest.mark.model

TEXTS = [
    "Talks between Chad and Niger ended.", "", "Yes.", "  ", "Is it? It is: the envoy left, he said",
    "Of the three ministers whom the court had summoned, two came and one, it was told, had fled.",
    "The ministry said that it would not withdraw its troops from the border before the vote.",
] * 30  # fmt: skip


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(Settings().model)


def _told(docs):
    return [[(t.text, t.tag_, t.dep_, t.head.i, t.lemma_, t.pos_) for t in doc] for doc in docs]


def test_parses_are_those_of_the_parsers_own_loop(parser, monkeypatch):
    own = _told(parser.annotate(TEXTS))
    monkeypatch.setattr(parser, "_steps", None)
    assert own == _told(parser.annotate(TEXTS))


def test_nothing_is_parsed_where_there_are_no_words(parser):
    Transitions(parser.nlp)([])
    assert _told(parser.annotate(["", ""])) == [[], []]


def test_a_parser_of_another_kind_keeps_its_own_loop():
    assert not Transitions.fits(spacy.blank("en"))
    nlp = spacy.load(Settings().model)
    assert Transitions.fits(nlp)
    nlp.get_pipe("parser").cfg["beam_width"] = 4
    assert not Transitions.fits(nlp)


def test_a_batch_leaves_nothing_for_the_collector(parser):
    list(parser.annotate(TEXTS))
    gc.collect()
    gc.disable()
    try:
        list(parser.annotate(TEXTS))
        left = [one for one in gc.get_objects() if type(one).__name__ == "ParserStepModel"]
        held = [one for one in left if hasattr(one, "tokvecs")]
    finally:
        gc.enable()
    assert held == []
