"""Plans a corpus run: inputs are read once, freed of repetitions and cut to shards."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO, Literal

import apsw
import msgspec

from detente.casebook import shards
from detente.casebook.files import TEMPORARY, sync
from detente.errors import NO_TEXT, CasebookError
from detente.model import Document, ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from detente.casebook.stated import Stated

CORPUS = "corpus.json"
SET_ASIDE = "set_aside.jsonl"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to do, and whether it is done.

    ``inputs = documents + repeated + empty + quarantined``.

    Attributes:
        state: ``planned``, or ``done`` once every shard was verified.
        sources: Hash of the names, sizes and times of the input files; None where they are not
            all files.
        coder: Version of the coder.
        configuration: Hash of its configuration.
        shards: Their names, in order.
        inputs: Documents and failures read.
        documents: Documents in the shards.
        repeated: Texts that were met before in this run.
        empty: Inputs without text.
        quarantined: Inputs that could not be read.
        reasons: How many of these, by code.
    """

    state: Literal["planned", "done"]
    sources: str | None
    coder: str
    configuration: str
    shards: tuple[str, ...]
    inputs: int
    documents: int
    repeated: int
    empty: int
    quarantined: int
    reasons: dict[str, int]


class Aside(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of ``set_aside.jsonl``: a text met again, or an input that could not be read."""

    repeated: Document | None = None
    failure: ErrorRecord | None = None


class Planner:
    """Cuts inputs to shards; memory does not grow with their number.

    Args:
        folder: The run's folder.
        coder: Version and configuration of the coder.
        size: Documents in one shard.
        preparing: Called with how many inputs have been read.
    """

    def __init__(
        self,
        folder: Path,
        *,
        coder: tuple[str, str],
        size: int,
        preparing: Callable[[int], None] | None = None,
    ) -> None:
        self._folder = folder
        self._coder, self._configuration = coder
        self._size = size
        self._preparing = preparing
        self._seen = apsw.Connection("")
        self._seen.execute(
            "PRAGMA journal_mode = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE seen (id BLOB PRIMARY KEY) WITHOUT ROWID; BEGIN"
        ).fetchall()
        self._batch: list[Document] = []
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def run(
        self, inputs: Iterable[Document | ErrorRecord], sources: str | None, stated: Stated
    ) -> Plan:
        """Return the plan of all inputs.

        Args:
            inputs: What was read, with what could not be read.
            sources: As in ``Plan``.
            stated: Gives each shard what all documents state of persons.
        """
        aside = self._folder / f"{TEMPORARY}{SET_ASIDE}"
        with aside.open("wb") as out:
            names = [
                path.stem for path in stated.read(self._drafts(inputs, out, draft=stated.shared))
            ]
            out.flush()
        self._seen.close()
        aside.replace(self._folder / SET_ASIDE)
        sync(self._folder)
        return Plan(
            state="planned",
            sources=sources,
            coder=self._coder,
            configuration=self._configuration,
            shards=tuple(names),
            inputs=self._counts["inputs"],
            documents=self._counts["documents"],
            repeated=self._counts["repeated"],
            empty=self._counts["empty"],
            quarantined=self._counts["quarantined"],
            reasons=dict(sorted(self._reasons.items())),
        )

    def _drafts(
        self, inputs: Iterable[Document | ErrorRecord], aside: BinaryIO, *, draft: bool
    ) -> Iterator[Path]:
        """Yield the input of one shard after the other; write what is set aside."""
        for item in inputs:
            self._counts["inputs"] += 1
            line = self._take(item)
            if line is not None:
                aside.write(line + b"\n")
            if len(self._batch) >= self._size:
                yield self._cut(draft=draft)
            if self._preparing is not None:
                self._preparing(self._counts["inputs"])
        if self._batch:
            yield self._cut(draft=draft)

    def _take(self, item: Document | ErrorRecord) -> bytes | None:
        """Take one input; return the line of one that is set aside."""
        if isinstance(item, Document) and not item.text.strip():
            item = ErrorRecord(source=item.source, error="empty", reason="it holds no text")
        if isinstance(item, ErrorRecord):
            self._counts["empty" if item.error in NO_TEXT else "quarantined"] += 1
            if item.error not in NO_TEXT:
                self._reasons[item.error] += 1
            return msgspec.json.encode(Aside(failure=item))
        digest = bytes.fromhex(item.id.removeprefix("sha256:"))
        self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (digest,))
        if not self._seen.changes():
            self._counts["repeated"] += 1
            return msgspec.json.encode(Aside(repeated=item))
        self._counts["documents"] += 1
        self._batch.append(item)
        return None

    def _cut(self, *, draft: bool) -> Path:
        batch, self._batch = self._batch, []
        return shards.plan(
            batch,
            coder=self._coder,
            configuration=self._configuration,
            work=self._folder / "inputs",
            draft=draft,
        )


def read_plan(folder: Path) -> Plan | None:
    """Return the plan of a folder; None where there is none yet.

    Raises:
        CasebookError: It is damaged.
    """
    path = folder / CORPUS
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CasebookError(f"{path}: damaged: {error}") from error


def fingerprint(paths: Iterable[Path | ErrorRecord], options: object) -> str:
    """Return a hash of the names, sizes and times of files and of what was asked of them."""
    digest = hashlib.sha256(msgspec.json.encode(options))
    for path in paths:
        if isinstance(path, ErrorRecord):
            digest.update(msgspec.json.encode(path))
            continue
        try:
            state = path.stat()
            seen: object = (state.st_size, state.st_mtime_ns, state.st_ino)
        except OSError as error:
            seen = error.errno
        digest.update(os.fsencode(path) + repr(seen).encode())
    return digest.hexdigest()
