"""The result of a corpus run, to be taken into a casebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw
import msgspec

from detente.casebook import shards, supervised
from detente.casebook.files import explained
from detente.casebook.planning import SET_ASIDE, Aside, read_plan
from detente.errors import CasebookError, InputError, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from detente.model import Coded, Document, ErrorRecord


class Finished:
    """The result of a run, to be taken into a casebook.

    Args:
        folder: The run's folder.

    Raises:
        InputError: There is no finished run.
        CasebookError: It is damaged.
    """

    def __init__(self, folder: Path) -> None:
        plan = read_plan(folder)
        if plan is None:
            raise InputError(f"{folder}: holds no result of 'detente code --out'")
        if plan.state != "done":
            raise InputError(f"{folder}: the run is not finished; run 'detente code --out' again")
        self.folder = folder
        self.plan = plan
        self._places = apsw.Connection("")
        self._places.execute(
            "PRAGMA journal_mode = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE places (id TEXT PRIMARY KEY, shard TEXT NOT NULL) WITHOUT ROWID"
        ).fetchall()
        self._open = ""
        self._outcomes: dict[str, supervised.Outcome] = {}

    def documents(self) -> Iterator[Document | ErrorRecord]:
        """Yield what the run read: the documents in order, then what was set aside.

        Raises:
            CasebookError: A file has changed.
        """
        for name in self.plan.shards:
            path = self.folder / "inputs" / f"{name}.jsonl"
            with explained(path):
                _, documents = shards.read_input(path)
            rows = [(document.id, name) for document in documents]
            self._places.executemany("INSERT OR REPLACE INTO places VALUES (?, ?)", rows)
            yield from documents
        with explained(self.folder), (self.folder / SET_ASIDE).open("rb") as lines:
            for line in lines:
                aside = msgspec.json.decode(line, type=Aside)
                item = aside.repeated or aside.failure
                if item is not None:
                    yield item

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Yield what the run coded of documents that ``documents`` has yielded.

        Raises:
            ReadError: The run could not code it.
            CasebookError: A file has changed.
        """
        for document in documents:
            outcome = self._outcome(document.id)
            if outcome.failure is not None:
                raise ReadError(outcome.failure.error, outcome.failure.reason)
            if outcome.coded is not None:
                yield outcome.coded

    def _outcome(self, document: str) -> supervised.Outcome:
        [(name,)] = self._places.execute("SELECT shard FROM places WHERE id = ?", (document,))
        if name != self._open:
            self._open, self._outcomes = str(name), self._read(str(name))
        return self._outcomes[document]

    def _read(self, name: str) -> dict[str, supervised.Outcome]:
        place = self.folder / "codings" / name
        wrong = shards.problems(place)
        if wrong:
            raise CasebookError("; ".join(wrong))
        found = {
            item.document.id: supervised.Outcome(coded=item)
            for item in shards.read_coded(place, records=True)
        }
        for failure in shards.read_manifest(place).quarantined:
            found[failure.document] = supervised.Outcome(failure=failure)
        return found
