import pytest

from detente.coding.pipeline import Coder
from detente.coding.tree import Reader
from detente.settings import Settings


@pytest.fixture(scope="package")
def parsed():
    """A function from a sentence to the parse that the whole pipeline gives it."""
    spacy = pytest.importorskip("spacy")
    nlp = spacy.load(Settings().model, exclude=["ner"])
    read = Reader(nlp.vocab)
    return lambda text: read(nlp(text))


@pytest.fixture(scope="package")
def coder():
    """A coder with the register and the settings that the program has."""
    pytest.importorskip("spacy")
    return Coder()
