"""A coder whose parses are kept on disk, so that a second run of a measure costs no parse.

The cache (``.eval_cache/``, ignored by git) is keyed by model, pipeline and text alone: registers,
frames and rules may change between runs, the parses stay right.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from spacy import __version__ as spacy_version
from spacy.tokens import Doc, DocBin

from detente.coding import dates, sentences
from detente.coding.grammar.parse import Parser
from detente.coding.pipeline import Coder
from detente.model import Block, Document, document_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CACHE = Path(__file__).parents[2] / ".eval_cache"
Key = tuple[str, int | None]

Doc.set_extension("eval_key", default=None, force=True)


class KeptParser(Parser):
    """A parser that remembers what it parsed, on disk where ``save`` is called."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.docs: dict[Key, Doc] = {}
        self.fresh = 0

    def annotate(self, texts: Sequence[str], *, leads: Sequence[int | None] = ()) -> Iterator[Doc]:
        """Parse what is not known; yield all in order."""
        keys = list(zip(texts, leads or [None] * len(texts), strict=True))
        missing = list(dict.fromkeys(key for key in keys if key not in self.docs))
        if missing:
            parsed = super().annotate([t for t, _ in missing], leads=[lead for _, lead in missing])
            self.fresh += len(missing)
            for key, doc in zip(missing, parsed, strict=True):
                doc._.eval_key = list(key)
                self.docs[key] = doc
        for key in keys:
            yield self.docs[key]

    def load(self, name: str) -> None:
        """Read the parses that are kept under a name."""
        path = self._path(name)
        if path.exists():
            for doc in DocBin(store_user_data=True).from_disk(path).get_docs(self.nlp.vocab):
                text, lead = doc._.eval_key
                self.docs[text, lead] = doc

    def save(self, name: str) -> None:
        """Keep all parses under a name, if any is new."""
        if self.fresh:
            CACHE.mkdir(exist_ok=True)
            DocBin(docs=self.docs.values(), store_user_data=True).to_disk(self._path(name))
            self.fresh = 0

    def _path(self, name: str) -> Path:
        made_by = "|".join((spacy_version, self.version, *self.nlp.pipe_names))
        return CACHE / f"{name}-{hashlib.sha256(made_by.encode()).hexdigest()[:12]}.spacy"


def coder_for(name: str, documents: Iterable[Document], *, gated: bool = True) -> Coder:
    """Return a coder that has every sentence of the documents parsed already.

    Args:
        name: Name of the set, for the cache.
        documents: What will be coded.
        gated: False parses and codes the sentences that the gate would leave out, too.
    """
    coder = Coder(gated=gated)
    parser = KeptParser(coder.settings.model)
    parser.load(name)
    texts = [s.text for document in documents for s in sentences.split(document)]
    parser.parse(texts, leads=[dates.opening(text) for text in texts])
    parser.save(name)
    coder.parser = parser
    return coder


def document_of(text: str) -> Document:
    """Return a text of one paragraph, without a date, as a document."""
    block = Block(kind="paragraph", start=0, end=len(text))
    return Document(id=document_id(text), source="gold", text=text, blocks=(block,), language="en")
