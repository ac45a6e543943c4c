"""The coder: documents in, records out; calls the stages in their order.

``sentences`` cuts, ``mentions`` scans, ``gate`` keeps, ``parse`` parses, ``actors`` resolves,
``dates`` and ``places`` are found, ``events`` and ``claims`` are read, ``incidents`` folds.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente import __version__
from detente.coding import ahead, claims, dates, events, gate, incidents, sentences
from detente.coding.actors import quotes, voices
from detente.coding.actors.choice import names_of
from detente.coding.actors.learned import learn
from detente.coding.actors.mentions import Scanner
from detente.coding.actors.resolver import Resolver
from detente.coding.actors.taught import Taught
from detente.coding.actors.voices import Turns
from detente.coding.acts.act import is_doubtful
from detente.coding.fingerprint import fingerprint
from detente.coding.grammar.parse import Parser, model_version
from detente.coding.portions import PART, grouped, parts, uncollected, window
from detente.coding.reader.window import NEARBY
from detente.coding.types import Reading
from detente.model import Block, Coded, Document, DocumentRecord, Event, Record, document_id
from detente.registers import frames, offices
from detente.registers import load as load_register
from detente.registers.gazetteer import load_gazetteer
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from detente.coding.actors.choice import Names
    from detente.coding.actors.learned import Learned
    from detente.coding.actors.mentions import Hit
    from detente.coding.acts.traced import Traced
    from detente.coding.grammar.tree import Doc
    from detente.coding.types import Sentence
    from detente.model import Claim, Forecast, Span

OPENER = "The ministers of Peru and Chile met in Lima on Monday and may sign a treaty next year. Talks went on."
"""A text that asks for everything that is loaded when first needed."""

LANGUAGES = frozenset({"en"})
"""Languages that are coded; documents in others are kept with ``coded: false``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was known while one document was coded.

    Attributes:
        coded: The result.
        sentences: All sentences; empty where the document was not coded.
        readings: Those that passed the gate, parsed and resolved.
        events: The events with the acts behind them.
    """

    coded: Coded
    sentences: tuple[Sentence, ...] = ()
    readings: tuple[Reading, ...] = ()
    events: tuple[Traced, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """A document's sentences, the names in it, and the sentences that passed the gate."""

    cut: tuple[Sentence, ...]
    hits: tuple[Hit, ...]
    chosen: list[Sentence]


class Coder:
    """Codes documents; holds the register, the frames and the parser.

    Everything heavy is loaded when first needed. For instance
    ``[coded] = Coder().code([document])``.

    Args:
        settings: Limits and the name of the model.
        overlays: The user's own register files, laid over the shipped register.
        gated: False parses every sentence; records are then those that the gate loses, too.
    """

    version = __version__

    def __init__(
        self,
        *,
        settings: Settings | None = None,
        overlays: Sequence[Path] = (),
        gated: bool = True,
    ) -> None:
        self.settings = settings if settings is not None else Settings()
        self.overlays = tuple(overlays)
        self.gated = gated
        self.parser = Parser(self.settings.model)

    @cached_property
    def configuration(self) -> str:
        """Hash of what records depend on besides the program: registers, overlays, model, reach of the reader.

        Raises:
            MissingExtraError: The language model is not installed.
        """
        model = f"{self.settings.model} {model_version(self.settings.model)}"
        return fingerprint(f"{model} {self.settings.reader_characters}", self.overlays)

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self._register)

    @cached_property
    def _register(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return load_register(self.overlays)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self._register)

    @cached_property
    def _triggers(self) -> frozenset[str]:
        return frames.triggers() | claims.cues()

    def load(self) -> None:
        """Load what is loaded when first needed: registers, frames, places and model."""
        offices.load()
        load_gazetteer()
        span = Block(kind="paragraph", start=0, end=len(OPENER))
        first = Document(id=document_id(OPENER), source="", text=OPENER, blocks=(span,))
        for _ in self.code([first]):
            pass

    def recipe(self) -> bytes:
        """Return what ``from_recipe`` makes the same coder of."""
        overlays = tuple(str(path.absolute()) for path in self.overlays)
        recipe = Recipe(settings=self.settings, overlays=overlays, gated=self.gated)
        return msgspec.msgpack.encode(recipe)

    def __call__(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Code documents in order, as ``code`` does."""
        return self.code(documents)

    def begin(self, roles: Iterable[Learned]) -> Callable[[Iterable[Document]], Iterator[Coded]]:
        """Return how documents are coded with what all documents of a run state of persons.

        That is read before (``stated``) and fixed: a document's records are the same in whatever
        order and company it is coded.
        """
        return partial(self.code, taught=self.taught(roles))

    def stated(self, document: Document) -> tuple[Learned, ...]:
        """Return what the words of a document state of persons, read without a parse."""
        if not _is_coded(document):
            return ()
        offsets = [(sentence.start, sentence.end) for sentence in sentences.split(document)]
        hits = self._scanner.scan(document.text)
        return learn(document, self._resolver.stated(document, hits, offsets))

    def code(
        self, documents: Iterable[Document], *, taught: Taught | None = None
    ) -> Iterator[Coded]:
        """Code documents in order, one ``Coded`` for each.

        Args:
            documents: The documents; what one states of persons fills the gaps in those after it.
            taught: What earlier calls have taught; added to. None begins anew.

        Raises:
            MissingExtraError: The language model is not installed.
        """
        taught = self.taught() if taught is None else taught
        for group in grouped(documents):
            if len(group) > 1:
                yield from self._code_together(group, taught)
                continue
            [document] = group
            long = len(document.text) > PART and _is_coded(document)
            yield (
                self._code_in_parts(document, taught)
                if long
                else self.trace(document, taught=taught).coded
            )

    def _code_together(self, documents: Sequence[Document], taught: Taught) -> Iterator[Coded]:
        """Code short documents whose sentences are parsed in one go.

        Those before one that fails are yielded before its error is raised.
        """
        done: list[Coded] = []
        failure: Exception | None = None
        with uncollected():
            try:
                done.extend(self._coded_together(documents, taught))
            except Exception as error:  # noqa: BLE001 - raised below
                failure = error
        yield from done
        if failure is not None:
            raise failure

    def _coded_together(self, documents: Sequence[Document], taught: Taught) -> Iterator[Coded]:
        prepared = [self._prepare(d) if d.text and _is_coded(d) else None for d in documents]
        docs = iter(self._parse([s for one in prepared if one for s in one.chosen]))
        for document, one in zip(documents, prepared, strict=True):
            if one is None:
                yield self.trace(document, taught=taught).coded
                continue
            parses = {sentence.number: next(docs) for sentence in one.chosen}
            readings = self._resolve(document, one.cut, parses, one.hits, taught)
            yield self._traced(document, one.cut, readings).coded
            _let_go(parses)

    @uncollected()
    def _code_in_parts(self, document: Document, taught: Taught) -> Coded:
        """Code a long text part by part, so that no more than one part's parses are held.

        Parts end where paragraphs do. What one part says is not known to the next, but for what
        the document is about; incidents are folded over all of them.
        """
        one = self._prepare(document)
        names, learned = names_of(document, one.hits), self._is_read(document)
        cut, hits, chosen = one.cut, one.hits, {s.number for s in one.chosen}
        records: list[Record] = []
        stretches = [*parts(cut)]
        wanted = [[s for s in part if s.number in chosen] for part in stretches]
        with closing(ahead.parses(self.parser, wanted, self.settings)) as parsed:
            for part, kept, docs in zip(stretches, wanted, parsed, strict=True):
                parses = _numbered(kept, docs)
                readings = self._resolve(document, part, parses, hits, taught, names)
                seen = window(document, part)
                traced, asserted = self._told(seen, readings, learned=learned)
                records += (*(one.event for one in traced), *asserted)
                _let_go(parses)
        found = _fold([record for record in records if isinstance(record, Event)])
        records = [*found, *(record for record in records if not isinstance(record, Event))]
        return Coded(
            document=_line(document, sentences=len(cut), parsed=len(chosen)),
            text=document.text,
            sentences=tuple((s.start, s.end) for s in cut),
            records=tuple(sorted(records, key=_order)),
        )

    def taught(self, roles: Iterable[Learned] | None = None) -> Taught:
        """Return a memory for what a run teaches: an empty one, or one that is fixed to ``roles``."""
        return Taught(self._register.rejected, roles=roles)

    def read(
        self, document: Document, *, taught: Taught | None = None
    ) -> tuple[tuple[Sentence, ...], tuple[Reading, ...]]:
        """Cut, gate, parse and resolve a document.

        Args:
            document: The document.
            taught: What the run has taught so far; what this document states is added.

        Returns:
            All sentences, and the readings of those that passed the gate.
        """
        one = self._prepare(document)
        parses = _numbered(one.chosen, self._parse(one.chosen))
        return one.cut, self._resolve(document, one.cut, parses, one.hits, taught)

    def _prepare(self, document: Document) -> _Prepared:
        """Cut and gate a document."""
        cut = sentences.split(document)
        hits = self._scanner.scan(document.text)
        spoken = voices.is_spoken(document)
        lacks = self._lacks(document, cut, hits, spoken=spoken) if self.gated else [None] * len(cut)
        chosen = [sentence for sentence, lack in zip(cut, lacks, strict=True) if lack is None]
        return _Prepared(cut=cut, hits=hits, chosen=chosen)

    def _parse(self, chosen: Sequence[Sentence]) -> list[Doc]:
        part = ahead.part_of(chosen)
        return self.parser.parse(part.texts, leads=part.leads)

    def code_parsed(
        self, document: Document, cut: Sequence[Sentence], parses: Mapping[int, Doc]
    ) -> Coded:
        """Code a document whose sentences another pipeline cut and parsed.

        Args:
            document: The document.
            cut: Its sentences, numbered from 0.
            parses: The parse of each sentence by its number, each a document of its own.
        """
        readings = self._resolve(document, cut, parses, self._scanner.scan(document.text))
        return self._traced(document, cut, readings).coded

    def _resolve(
        self,
        document: Document,
        cut: Sequence[Sentence],
        parses: Mapping[int, Doc],
        hits: Sequence[Hit],
        taught: Taught | None = None,
        names: Names | None = None,
    ) -> tuple[Reading, ...]:
        told = dates.told((s for s in cut if s.number in parses), document.published)
        turns = Turns(document, self._scanner.scan)
        mentions, guesses = self._resolver.resolve(
            document, cut, parses, hits, names=names, when=told, taught=taught, turns=turns
        )
        if taught is not None:
            taught.add(document, mentions)
        readings = (
            Reading(
                sentence=sentence,
                doc=parses[sentence.number],
                mentions=mentions.get(sentence.number, ()),
                guesses=guesses.get(sentence.number, ()),
            )
            for sentence in cut
            if sentence.number in parses
        )
        return quotes.voiced(cut, readings, turns.spoken)

    def lacks(self, document: Document) -> list[str | None]:
        """Say for each sentence of a document why the gate leaves it out, None where it does not."""
        cut, hits = sentences.split(document), self._scanner.scan(document.text)
        return self._lacks(document, cut, hits, spoken=voices.is_spoken(document))

    def _lacks(
        self, document: Document, cut: Sequence[Sentence], hits: Sequence[Hit], *, spoken: bool
    ) -> list[str | None]:
        names = [(hit.start, hit.end) for hit in hits]
        day, near = document.published, NEARBY if self._is_read(document) else 0
        return gate.lacks(cut, names, triggers=self._triggers, day=day, spoken=spoken, near=near)

    def trace(self, document: Document, *, taught: Taught | None = None) -> Trace:
        """Code one document and keep what was known on the way; see ``explain`` and ``whynot``.

        Args:
            document: The document.
            taught: What the run has taught so far, as in ``read``.
        """
        if not document.text:
            return Trace(coded=Coded(document=_line(document, coded=False, reason="empty")))
        if not _is_coded(document):
            reason = f"language {document.language} is not coded yet"
            cut = sentences.split(document)
            return Trace(
                coded=Coded(
                    document=_line(document, sentences=len(cut), coded=False, reason=reason),
                    text=document.text,
                    sentences=tuple((s.start, s.end) for s in cut),
                )
            )
        with uncollected():
            return self._traced(document, *self.read(document, taught=taught))

    def _traced(
        self, document: Document, cut: Sequence[Sentence], readings: Sequence[Reading]
    ) -> Trace:
        learned = self._is_read(document)
        traced, asserted = self._told(document, readings, learned=learned)
        found = _fold([one.event for one in traced])
        records = sorted((*found, *asserted), key=_order)
        coded = Coded(
            document=_line(document, sentences=len(cut), parsed=len(readings)),
            text=document.text,
            sentences=tuple((s.start, s.end) for s in cut),
            records=tuple(records),
        )
        return Trace(coded=coded, sentences=tuple(cut), readings=tuple(readings), events=traced)

    def _is_read(self, document: Document) -> bool:
        """Return whether the learned reader reads a document."""
        return len(document.text) <= self.settings.reader_characters

    def _told(
        self, document: Document, readings: Sequence[Reading], *, learned: bool
    ) -> tuple[tuple[Traced, ...], tuple[Claim | Forecast, ...]]:
        """Return the events of a document, and what it asserts and expects.

        In a sentence that asserts something an act that the learned reader alone has found must be surer.
        """
        traced = events.trace(document, readings, learned=learned)
        sure = [one for one in traced if not is_doubtful(one.act)]
        asserted = claims.read(readings, [one.event for one in sure], document=document)
        claimed = {record.sentence for record in asserted}
        ids = {one.event.id for one in sure}
        kept = (o for o in traced if o.event.id in ids or o.event.sentence not in claimed)
        return tuple(kept), asserted


def _is_coded(document: Document) -> bool:
    return document.language is None or document.language in LANGUAGES


def _numbered(chosen: Sequence[Sentence], docs: Sequence[Doc]) -> dict[int, Doc]:
    """Return the parse of each sentence by its number."""
    return {sentence.number: doc for sentence, doc in zip(chosen, docs, strict=True)}


def _let_go(parses: Mapping[int, Doc]) -> None:
    for doc in parses.values():
        doc.let_go()


def _order(record: Record) -> tuple[int, Span, str]:
    return record.sentence, record.span, record.id


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What a coder is made of, to make the same one in another process."""

    settings: Settings
    overlays: tuple[str, ...] = ()
    gated: bool = True


def from_recipe(recipe: bytes) -> Coder:
    """Return the coder of a recipe in MessagePack."""
    made = msgspec.msgpack.decode(recipe, type=Recipe)
    overlays = [Path(path) for path in made.overlays]
    return Coder(settings=made.settings, overlays=overlays, gated=made.gated)


def _line(
    document: Document,
    *,
    sentences: int = 0,
    parsed: int = 0,
    coded: bool = True,
    reason: str | None = None,
) -> DocumentRecord:
    return DocumentRecord(
        id=document.id,
        source=document.source,
        publisher=document.publisher,
        title=document.title,
        author=document.author,
        url=document.url,
        published=document.published,
        published_basis=document.published_basis,
        language=document.language,
        characters=len(document.text),
        sentences=sentences,
        sentences_parsed=parsed,
        coded=coded,
        reason=reason,
        external_id=document.external_id,
        flags=document.flags,
    )


def _fold(found: Sequence[Event]) -> list[Event]:
    incident = incidents.fold(found)
    return [msgspec.structs.replace(event, incident=incident[event.id]) for event in found]
