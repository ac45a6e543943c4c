"""The hastened network gives what spaCy's own gives, and a sentence's vectors whatever stands beside it."""

import numpy as np
import pytest
import spacy

from detente.coding.grammar import network
from detente.coding.grammar.network import Products, is_exact
from detente.coding.grammar.parse import Parser
from detente.settings import Settings

pytestmark = pytest.mark.model

TEXTS = [
    "Talks between Chad and Niger ended.", "The envoy left Riga on Monday, and his aides stayed.",
    "Yes.", "", "Two  spaces and a\ttab, it ain't over.",
    "The ministry said that it would not withdraw its troops from the border before the vote.",
]  # fmt: skip


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(Settings().model)


def _told(docs):
    return [[(t.text, t.tag_, t.dep_, t.head.i) for t in doc] for doc in docs]


def test_parses_are_those_of_the_plain_network(parser):
    plain = spacy.load(Settings().model, exclude=["ner", "senter"])
    own = list(parser.nlp.pipe(TEXTS))
    other = list(plain.pipe(TEXTS))
    assert _told(own) == _told(other)
    for one, two in zip(own, other, strict=True):
        assert np.allclose(one.tensor, two.tensor, atol=1e-4)


def test_vectors_are_the_same_to_the_bit_alone_and_together(parser):
    together = list(parser.annotate([*TEXTS, *reversed(TEXTS)] * 20))
    for place in (0, 1, 2, 5, 100):
        [alone] = parser.annotate([together[place].text])
        assert np.array_equal(alone.tensor, together[place].tensor)


def test_a_full_memory_starts_anew(parser, monkeypatch):
    before = _told(parser.annotate(TEXTS))
    monkeypatch.setattr(network, "MOST", 10)
    assert _told(parser.annotate(TEXTS)) == before
    assert _told(parser.annotate(TEXTS[:1])) == before[:1]


def test_products_that_depend_on_their_neighbours_are_not_used():
    class Blurred(Products):
        def gemm(self, x, y, out=None, trans1=False, trans2=False):
            return super().gemm(x, y, trans1=trans1, trans2=trans2) + np.float32(len(x)) * 1e-3

    weights = np.random.default_rng(2).standard_normal((96, 3, 288), dtype=np.float32)
    assert not is_exact(Blurred(), weights)
