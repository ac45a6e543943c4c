import pytest

from detente.coding.grammar.tree import Reader
from detente.coding.pipeline import Coder
from detente.model import Event
from detente.read.assemble import text_document
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
    """A coder with the register and the settings that the program has, whose frames alone find events."""
    pytest.importorskip("spacy")
    return Coder(settings=Settings(reader_characters=0))


@pytest.fixture(scope="package")
def events(coder):
    """A function from a text, and the day it speaks from, to its events."""

    def run(text: str, published: str = "2021-03-10") -> list[Event]:
        [coded] = coder.code([text_document(text, published=published)])
        return [record for record in coded.records if isinstance(record, Event)]

    return run


Told = tuple[str, list[str], list[str]]
"""An event's type, who acts and on whom."""


@pytest.fixture(scope="package")
def parties(events):
    """A function from a text, and the day it speaks from, to its events by the codes of their parties."""

    def run(text: str, published: str = "2021-03-10") -> list[Told]:
        return [
            (e.type, [a.code for a in e.source], [a.code for a in e.target])
            for e in events(text, published)
        ]

    return run


@pytest.fixture(scope="package")
def states(events):
    """A function from a text to its events by the states of their parties."""

    def run(text: str) -> list[Told]:
        return [
            (e.type, [a.country for a in e.source], [a.country for a in e.target])
            for e in events(text)
        ]

    return run
