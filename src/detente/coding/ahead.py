"""Parses the next parts of a long text in a second process while this one codes those before them.

The second process is one of ``engine.child``: a fresh interpreter that ends with this one. This process never waits
for it: a part that is not parsed there when it is needed, because the model is being loaded, the cores are busy or the
process was lost, is parsed here. What comes out is the same either way.
"""

from __future__ import annotations

import contextlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from detente.coding import dates
from detente.coding.grammar.parse import Columns, Parser
from detente.engine import child, cores, worker
from detente.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from detente.coding.grammar.tree import Doc
    from detente.coding.types import Sentence
    from detente.settings import Settings

LEAST = 10
"""Parts of a text for which a second process is started, 500,000 characters: loading the model takes as long as
parsing six parts, and on a machine whose cores are busy shorter texts took longer with it than without."""


YIELDING = 10
"""Steps by which the second process stands back: where the cores are busy, the first one goes on without it."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences to parse, as the arguments of ``Parser.parse``."""

    texts: list[str]
    leads: list[int | None]


def part_of(sentences: Sequence[Sentence]) -> Part:
    """Return what the parser is asked for some sentences."""
    texts = [sentence.text for sentence in sentences]
    return Part(texts=texts, leads=[dates.opening(text) for text in texts])


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the second process is asked for: the parts' parses, or only to load the model."""

    model: str
    parts: list[Part]


def parsed(argument: bytes) -> Iterator[bytes]:
    """Load the model, then parse; runs in the second process.

    Yields:
        Nothing, when the model is loaded; then the ``Columns`` of each part.
    """
    asked = msgspec.msgpack.decode(argument, type=_Asked)
    parser = _parser(asked.model)
    yield b""
    for part in asked.parts:
        yield msgspec.msgpack.encode(parser.columns(part.texts, leads=part.leads))


@lru_cache(maxsize=1)
def _parser(model: str) -> Parser:
    os.nice(YIELDING)
    parser = Parser(model)
    parser.columns(["The ministers met in Lima on Monday and may sign a treaty next year."])
    return parser


def parses(
    parser: Parser, parts: Sequence[Sequence[Sentence]], settings: Settings
) -> Generator[list[Doc]]:
    """Yield the parses of the sentences of each part; the iterator must be closed.

    Args:
        parser: What parses here.
        parts: The sentences of each part of a text, in order.
        settings: Whether a second process may be used, and its limits.
    """
    second = _Second(parser.model, settings) if pays(len(parts), settings) else None
    try:
        for number, sentences in enumerate(parts):
            columns = second.parsed(parts, number) if second is not None else None
            if columns is not None:
                yield parser.taken(columns)
            else:
                here = part_of(sentences)
                yield parser.parse(here.texts, leads=here.leads)
    finally:
        if second is not None:
            second.close()


def pays(parts: int, settings: Settings) -> bool:
    """Return whether a second process is worth while: the text is long, a core free, this process not one of several."""
    if not settings.parse_ahead or parts < LEAST or os.name != "posix":
        return False
    return cores() > 1 and not worker.serves()


class _Second:
    """The second process; after any failure it is not asked again."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._model = model
        self._limits = child.Limits(
            seconds=settings.code_seconds, megabytes=settings.code_megabytes, doing="parsing it"
        )
        self._running: child.Running | None = None
        self._coming: int | None = None
        """Number of the part that it is at; None as long as it loads the model."""
        self._start(())

    def _start(self, parts: Sequence[Sequence[Sentence]]) -> None:
        self.close()
        asked = _Asked(model=self._model, parts=[part_of(part) for part in parts])
        argument = msgspec.msgpack.encode(asked)
        with contextlib.suppress(OSError):
            self._running = child.start(f"{__name__}:parsed", argument, limits=self._limits)

    def parsed(self, parts: Sequence[Sequence[Sentence]], number: int) -> Columns | None:
        """Return the parses of a part, None where it must be parsed here.

        As soon as the model is loaded, the second process is given the parts behind this one.
        """
        found = None
        try:
            while found is None and self._running is not None and self._running.answered():
                if self._coming is None:
                    self._end()
                    self._coming = number + 1
                    self._start(parts[self._coming :])
                    break
                found = self._taken(number)
            if self._coming == len(parts):
                self._end()
        except ReadError:
            self.close()
        return found

    def _taken(self, number: int) -> Columns | None:
        """Take the next answer; those to parts that were parsed here are dropped."""
        assert self._running is not None
        assert self._coming is not None
        answer = next(self._running, None)
        if answer is None:
            self.close()
        if not answer:
            return None
        at, self._coming = self._coming, self._coming + 1
        return msgspec.msgpack.decode(answer, type=Columns) if at == number else None

    def _end(self) -> None:
        """Let it come to the end of what it was asked, which is near, so that it can be asked again."""
        for _ in self._running or ():
            pass
        self.close()

    def close(self) -> None:
        """Leave it to the next text, or end it in the middle of this one."""
        if self._running is not None:
            self._running.close()
            self._running = None
