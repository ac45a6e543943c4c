"""Parses sentences with spaCy: tags, lemmas and dependencies, without named entities.

Each sentence is parsed as a document of its own, so that a parse depends on its sentence alone, never
on what was read beside it.
"""

from __future__ import annotations

from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from detente.coding.grammar.mending import mend
from detente.coding.grammar.retagging import retag
from detente.coding.grammar.tagging import STEPS, Finisher
from detente.coding.grammar.threads import one_thread
from detente.coding.grammar.transitions import Transitions
from detente.coding.grammar.tree import COLUMNS, Doc, Reader
from detente.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc as SpacyDoc

BATCH = 64
"""Sentences in one batch: at 256 memory is three times higher and speed lower (STACK.md)."""

NAMED = [COLUMNS.index(name) for name in ("ORTH", "TAG", "DEP", "LEMMA", "ENT_TYPE")]
"""Columns whose keys stand for strings of the vocabulary; those of ``POS`` are the same everywhere."""

FIRST = ("tok2vec", "tagger")
"""Components before the parser."""

TITLES = ("Hon.", "Amb.", "Smt.")
"""Titles before a name that the tokeniser cuts the full stop off, which ends a sentence to the parser."""


def model_version(model: str) -> str:
    """Return the version of an installed spaCy pipeline, without loading it.

    Raises:
        MissingExtraError: The pipeline is not installed.
    """
    name = model.replace("_", "-")
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError as error:
        raise MissingExtraError(
            f"the language model {model!r} is not installed: pip install {name}"
        ) from error


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What a parser found in some sentences, to be sent to another process.

    Attributes:
        texts: The sentences, as the parser was shown them.
        lengths: Words of each.
        words: The strings behind the keys in ``rows``.
        rows: For each word ``tree.COLUMNS``, 8 bytes each.
    """

    texts: list[str]
    lengths: list[int]
    words: list[str]
    rows: bytes


class Parser:
    """An English dependency parser that is loaded when first used.

    Args:
        model: Name of an installed spaCy pipeline of the kind of ``en_core_web_sm``.
    """

    def __init__(self, model: str) -> None:
        self.model = model

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline: tagger, parser, attribute ruler, lemmatizer.

        Raises:
            MissingExtraError: The pipeline is not installed.
        """
        import spacy

        from detente.coding.grammar.network import hasten

        model_version(self.model)
        nlp = spacy.load(self.model, exclude=["ner", "senter"])
        for title in TITLES:
            nlp.tokenizer.add_special_case(title, [{"ORTH": title}])  # type: ignore[union-attr]
        _mend_lemmas(nlp)
        with one_thread():
            hasten(nlp)
        return nlp

    @property
    def version(self) -> str:
        """Name and version of the model, such as ``core_web_sm 3.8.0``."""
        meta = self.nlp.meta
        return f"{meta['name']} {meta['version']}"

    def parse(self, texts: Sequence[str], *, leads: Sequence[int | None] = ()) -> list[Doc]:
        """Parse sentences.

        Args:
            texts: One sentence each; those of one document.
            leads: For each text the offset of the space that ends an opening date without a
                comma ("On 3 May 2017 Poland ..."), or None. The parser is shown a comma there,
                because without one it takes the subject for a part of the date.

        Returns:
            One parse for each text; ``token.idx`` counts from the start of the sentence.
        """
        return [mend(retag(self._reader(doc))) for doc in self.annotate(texts, leads=leads)]

    def columns(self, texts: Sequence[str], *, leads: Sequence[int | None] = ()) -> Columns:
        """Parse sentences as ``parse`` does and return what ``taken`` makes the same of in another process."""
        docs = [*self.annotate(texts, leads=leads)]
        tables = [doc.to_array(COLUMNS) for doc in docs]
        table = np.concatenate(tables) if tables else np.empty((0, len(COLUMNS)), dtype=np.uint64)
        strings = self.nlp.vocab.strings
        return Columns(
            texts=[doc.text for doc in docs],
            lengths=[len(doc) for doc in docs],
            words=[strings[int(key)] for key in np.unique(table[:, NAMED])],
            rows=table.tobytes(),
        )

    def taken(self, columns: Columns) -> list[Doc]:
        """Return the parses of ``columns``, of a parser of the same model."""
        for word in columns.words:
            self.nlp.vocab.strings.add(word)
        table = np.frombuffer(columns.rows, dtype=np.uint64).reshape(-1, len(COLUMNS)).tolist()
        docs, first = [], 0
        for text, length in zip(columns.texts, columns.lengths, strict=True):
            docs.append(mend(retag(self._reader.read(text, table[first : first + length]))))
            first += length
        return docs

    def annotate(
        self, texts: Sequence[str], *, leads: Sequence[int | None] = ()
    ) -> Iterator[SpacyDoc]:
        """Yield spaCy's own parse of each sentence; see ``parse``.

        Those of like length are parsed together, because a batch takes as many steps as its longest.
        """
        if not texts:
            return
        ends = leads or [None] * len(texts)
        docs = [self._tokens(text, end) for text, end in zip(texts, ends, strict=True)]
        order = sorted(range(len(docs)), key=lambda place: len(docs[place]))
        for first in range(0, len(docs), BATCH):
            places = order[first : first + BATCH]
            with one_thread():
                parsed = self._piped([docs[place] for place in places])
            for place, doc in zip(places, parsed, strict=True):
                docs[place] = doc
        yield from docs

    def _piped(self, batch: Sequence[SpacyDoc]) -> list[SpacyDoc]:
        """Return a batch with all that the pipeline's components tell of it."""
        if self._steps is None:
            return list(self.nlp.pipe(batch, batch_size=BATCH))
        first, parse, finish = self._steps
        for component in first:
            component.set_annotations(batch, component.predict(batch))
        parse(batch)
        finish(batch)
        return [*batch]

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.nlp.vocab)

    @cached_property
    def _steps(self) -> tuple[list[Any], Transitions, Finisher] | None:
        """The first components and what does the work of the others faster; None for another kind of pipeline."""
        nlp = self.nlp
        if tuple(nlp.pipe_names) != (*FIRST, "parser", *STEPS) or not Transitions.fits(nlp):
            return None
        return [nlp.get_pipe(name) for name in FIRST], Transitions(nlp), Finisher(nlp)

    def _tokens(self, text: str, lead: int | None) -> SpacyDoc:
        """Tokenise; the comma takes the place of the space, so that offsets stay."""
        if lead is None:
            return self.nlp.make_doc(text)
        from spacy.tokens import Doc as SpacyDoc

        before, after = self.nlp.make_doc(text[:lead]), self.nlp.make_doc(text[lead + 1 :])
        words = [*(t.text for t in before), ",", *(t.text for t in after)]
        spaces = [*(bool(t.whitespace_) for t in before), False]
        return SpacyDoc(self.nlp.vocab, words, [*spaces, *(bool(t.whitespace_) for t in after)])


_MISREAD = frozenset(
    {"hop", "fin", "rout", "cod", "wad", "scop", "grip", "spar", "scar", "wan", "cop"}
)
"""Verbs that the lemmatiser takes the forms of longer ones for: "hopes" for "hop", not "hope"."""


def _mend_lemmas(nlp: Language) -> None:
    """Strike the misread verbs from the lemmatiser's index, and make sets of its long lists."""
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    for pos in tuple(index):
        index[pos] = frozenset(index[pos])
    index["verb"] -= _MISREAD
