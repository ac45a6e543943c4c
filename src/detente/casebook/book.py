"""Writing a casebook: create, add, judge, compact.

One process writes at a time; it holds the lock of the folder while a ``Casebook`` is open for
writing. Any number of ``View`` objects may read meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from detente.model import Coded, Document, ErrorRecord, Event

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from detente.casebook.view import View
    from detente.settings import Settings

Code = Callable[[Iterable[Document]], Iterator[Coded]]
"""Codes documents, in order, one ``Coded`` for each."""

Fold = Callable[[Sequence[Event]], Mapping[str, str]]
"""Gives every event id the id of the incident that it tells of."""


class AddReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one ``add`` did; every input is counted once.

    ``inputs = added + known + empty + quarantined``.

    Attributes:
        inputs: Documents and error records handed in.
        added: New documents, kept and coded.
        known: Texts that the casebook had already, or met twice in this run.
        receipts: New receipts for known texts (another source or publisher of the same text).
        near_duplicates: Of the added, how many nearly repeat an earlier document.
        empty: Documents without text.
        quarantined: Documents that could not be read or coded.
        reasons: How many of the quarantined, by code.
        not_coded: Of the added, how many are kept but were not coded (another language).
        recoded: Known documents coded again by a new coder or configuration.
        events: Events coded.
        claims: Claims coded.
        forecasts: Forecasts coded.
        shards: Shards committed.
        resumed: Of these shards, how many an interrupted run had finished already.
        seconds: Duration.
    """

    inputs: int = 0
    added: int = 0
    known: int = 0
    receipts: int = 0
    near_duplicates: int = 0
    empty: int = 0
    quarantined: int = 0
    reasons: dict[str, int] = {}
    not_coded: int = 0
    recoded: int = 0
    events: int = 0
    claims: int = 0
    forecasts: int = 0
    shards: int = 0
    resumed: int = 0
    seconds: float = 0.0


class Casebook:
    """A casebook open for writing, or with ``read_only`` for its ``view`` alone.

    For instance ``with Casebook.create("minsk.casebook") as book: book.add(documents, ...)``.
    """

    @classmethod
    def create(
        cls,
        path: Path | str,
        settings: Settings | None = None,
        *,
        clock: Callable[[], datetime] | None = None,
    ) -> Casebook:
        """Make a new casebook in folder ``path`` and open it for writing.

        Raises:
            CasebookError: The folder exists and is not empty, or cannot be written.
        """
        raise NotImplementedError

    @classmethod
    def open(
        cls,
        path: Path | str,
        settings: Settings | None = None,
        *,
        read_only: bool = False,
        create: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> Casebook:
        """Open a casebook; a writer waits ``settings.busy_seconds`` for another one.

        Args:
            path: The casebook's folder.
            settings: Limits; the defaults where None.
            read_only: Take no lock and write nothing.
            create: Make it where there is none.
            clock: Gives the recorded time; UTC now where None.

        Raises:
            CasebookError: It is missing, damaged, newer than the program, or another process is
                writing (the message names its process id).
        """
        raise NotImplementedError

    def add(
        self,
        documents: Iterable[Document | ErrorRecord],
        *,
        code: Code,
        coder_version: str,
        configuration: str,
        fold: Fold | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> AddReport:
        """Keep documents and code the new ones, in shards of ``settings.shard_documents``.

        Documents are taken as they come and memory stays flat. A text that is known adds no
        document, at most a receipt. Killed at any point, the next ``add`` of the same documents
        finishes the work.

        Args:
            documents: What was read, with what could not be read.
            code: The coder.
            coder_version: Its version; another one codes known documents again.
            configuration: Hash of what else the records depend on (registers, frames, model).
            fold: Joins events to incidents over all documents; each event keeps its own where
                None.
            progress: Called with how many inputs have been dealt with so far.
        """
        raise NotImplementedError

    def rebuild(self, *, fold: Fold | None = None) -> None:
        """Build ``derived/`` again from the records and swap it in."""
        raise NotImplementedError

    def view(self, *, as_of: datetime | None = None) -> View:
        """Return a reader of this casebook."""
        raise NotImplementedError

    def close(self) -> None:
        """Release the lock and the files."""
        raise NotImplementedError
