"""Words in view of their neighbours: the network's own vectors, worked out from fewer rows."""

import numpy as np
import pytest
import spacy

from detente.coding.grammar.encoder import Encoder
from detente.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def layers():
    nlp = spacy.load(Settings().model)
    _, *_, layer = nlp.get_pipe("tok2vec").model.layers
    return nlp.get_pipe("tok2vec").model.layers, layer


def _vectors(*lengths):
    draw = np.random.default_rng(3)
    return [draw.standard_normal((length, 96), dtype=np.float32) for length in lengths]


@pytest.mark.parametrize("lengths", [(1,), (2, 1), (5, 0, 30), (0, 4, 0, 0, 3, 0), (40, 41, 1, 1)])
def test_vectors_are_those_of_the_layers_that_it_stands_for(layers, lengths):
    layer = layers[1]
    vectors = _vectors(*lengths)
    own, _ = Encoder(layer)(layer, vectors, False)
    assert [one.shape for one in own] == [(length, 96) for length in lengths]
    for one, other in zip(own, layer.predict(vectors), strict=True):
        assert np.allclose(one, other, atol=1e-4)


def test_nothing_is_worked_out_for_no_words(layers):
    found, _ = Encoder(layers[1])(layers[1], _vectors(0, 0), False)
    assert [one.shape for one in found] == [(0, 96), (0, 96)]


def test_only_layers_of_the_known_kind_are_stood_in_for(layers):
    every, layer = layers
    assert Encoder.fits(layer)
    assert not any(Encoder.fits(other) for other in every if other is not layer)
    pad, layer.attrs["pad"] = layer.attrs["pad"], 1
    assert not Encoder.fits(layer)
    layer.attrs["pad"] = pad


def test_the_network_cannot_be_trained(layers):
    _, back = Encoder(layers[1])(layers[1], _vectors(2), True)
    with pytest.raises(NotImplementedError, match="cannot be trained"):
        back([])
