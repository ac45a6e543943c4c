"""An irrelevant paragraph appended changes no event; nor does coding a long text in parts."""

import msgspec
import pytest

from detente.coding import pipeline
from detente.coding.pipeline import Coder
from detente.model import Block, Document, Event, document_id

TEXTS = (
    "On 20 September 2016 Belarusian Foreign Minister Vladimir Makei met US officials in New York. "
    "The two sides signed a joint statement.",
    "Poland expelled two Russian diplomats on 5 October. Moscow protested against the decision.",
    "The Latvian president will visit Minsk in May, his office said. Estonia did not join the talks.",
    "Lithuania imposed sanctions on Belarus. Minsk called the step unfriendly and recalled its ambassador.",
)
DULL = (
    "The bakery at the corner opens at seven. Its bread is made with rye and a little honey.",
    "Rain is due in the afternoon, and gardeners should cover young plants.",
    "The new library has three floors and a café on the roof.",
)


@pytest.fixture(scope="module")
def coder():
    return Coder()


def document(paragraphs):
    text, blocks, start = "\n\n".join(paragraphs), [], 0
    for part in paragraphs:
        blocks.append(Block(kind="paragraph", start=start, end=start + len(part)))
        start += len(part) + 2
    return Document(
        id=document_id(text), source="s", text=text, blocks=tuple(blocks),
        published="2016-11-01", language="en",
    )  # fmt: skip


def events(coder, paragraphs):
    """Events without what names the document."""
    [coded] = coder.code([document(paragraphs)])
    return [
        msgspec.structs.replace(record, id="", doc="", incident="")
        for record in coded.records
        if isinstance(record, Event)
    ]


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS)
def test_an_irrelevant_paragraph_changes_no_event(coder, text):
    found = events(coder, [text])
    assert found
    for dull in DULL:
        assert events(coder, [text, dull]) == found
        assert events(coder, [text, dull, *DULL]) == found


@pytest.mark.model
def test_parts_of_a_long_text_are_coded_as_they_stand(coder, monkeypatch):
    paragraphs = [part for text in TEXTS for part in (text, *DULL)]
    whole = events(coder, paragraphs)
    monkeypatch.setattr(pipeline, "PART", 300)
    in_parts = events(coder, paragraphs)
    assert [(e.sentence, e.span, e.type, e.status) for e in in_parts] == [
        (e.sentence, e.span, e.type, e.status) for e in whole
    ]
    [coded] = coder.code([document(paragraphs)])
    assert coded.document.sentences == len(coded.sentences)
