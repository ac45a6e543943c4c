"""Adding documents: cut to shards, run, verified, committed.

Where the coder shares what documents state of persons (``stated.py``), all are read before the first
is coded; what belongs to a shard waits on the disk until its turn comes.

A commit has three steps in this order: the shard's files are renamed in, the texts are kept in
``documents.sqlite``, and one transaction of the ledger makes both visible. A run that is killed
between them leaves files and texts that nobody sees and that the next run takes up.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import shards, supervised
from detente.casebook.batches import Batch, Waiting, without_documents
from detente.casebook.files import explained, remove, sha256
from detente.casebook.stated import Stated
from detente.engine import Serial
from detente.errors import NO_TEXT, CasebookError, PipelineError
from detente.model import Coded, Document, ErrorRecord, Forecast, document_id, record_id
from detente.read import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from detente.casebook.documents import DocumentStore
    from detente.casebook.ledger import Entry, Ledger
    from detente.engine import Backend


class Tally(msgspec.Struct, kw_only=True):
    """Counts of a running ``add``; the names are those of ``AddReport``."""

    inputs: int = 0
    added: int = 0
    known: int = 0
    receipts: int = 0
    near_duplicates: int = 0
    empty: int = 0
    quarantined: int = 0
    not_coded: int = 0
    undated: int = 0
    first_undated: str | None = None
    recoded: int = 0
    events: int = 0
    claims: int = 0
    forecasts: int = 0
    shards: int = 0
    resumed: int = 0


class Adder:
    """One run of ``Casebook.add``.

    Args:
        folder: The casebook's folder.
        ledger: Its ledger, open for writing.
        documents: Its texts, open for writing.
        coder_version: Version of the coder.
        configuration: Hash of its configuration.
        size: Documents in one shard.
        now: Gives the recorded time, ISO 8601 in UTC.
    """

    def __init__(
        self,
        folder: Path,
        ledger: Ledger,
        documents: DocumentStore,
        *,
        coder: tuple[str, str],
        size: int,
        now: Callable[[], str],
    ) -> None:
        self.folder = folder
        self.ledger = ledger
        self.store = documents
        self.coder_version, self.configuration = coder
        self.size = size
        self.now = now
        self.tally = Tally()
        self.reasons: Counter[str] = Counter()
        self._failed: set[str] = set()
        self._there: deque[bool] = deque()
        self._waiting = Waiting()
        self._dealt = 0
        self._job = ""

    def run(
        self,
        inputs: Iterable[Document | ErrorRecord],
        code: shards.Code | supervised.CoderSpec,
        *,
        backend: Backend | None = None,
        preparing: Callable[[int], None] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Take up all inputs; the counts are in ``tally`` and ``reasons`` afterwards."""
        runs = backend or Serial()
        coded = supervised.runner(code, self.folder / "codings")
        with explained(self.folder):
            stated = Stated(supervised.reader(code), runs, self.store)
            try:
                drafts = self._plan(inputs, draft=stated.shared, preparing=preparing)
                for output in runs.map(coded, self._deal(stated.read(drafts))):
                    self._commit_next(output, stated, progress)
                while (batch := self._waiting.pop()) is not None:
                    self._commit_without(batch, progress)
                self._finish()
            finally:
                stated.close()
                self._waiting.close()

    def _plan(
        self,
        inputs: Iterable[Document | ErrorRecord],
        *,
        draft: bool,
        preparing: Callable[[int], None] | None,
    ) -> Iterator[Path]:
        """Yield the input path of one shard after the other; what goes with it waits."""
        batch, documents = Batch(), list[Document]()
        for item in inputs:
            self.tally.inputs += 1
            batch.inputs += 1
            self._take(item, batch, documents)
            if len(documents) >= self.size:
                yield self._queue(batch, documents, draft=draft)
                batch, documents = Batch(), []
            elif len(batch.receipts) + len(batch.quarantine) >= 20 * self.size:
                self._waiting.push(without_documents(batch))
            if preparing is not None and draft:
                preparing(self.tally.inputs)
        if documents:
            yield self._queue(batch, documents, draft=draft)
        elif batch.receipts or batch.quarantine or batch.inputs:
            self._waiting.push(batch)

    def _queue(self, batch: Batch, documents: list[Document], *, draft: bool) -> Path:
        self._waiting.push(batch)
        return shards.plan(
            documents,
            coder=self.coder_version,
            configuration=self.configuration,
            work=self.folder / "work",
            draft=draft,
        )

    def _deal(self, paths: Iterable[Path]) -> Iterator[Path]:
        """Yield the inputs of shards and note which are coded already."""
        for path in paths:
            self._there.append((self.folder / "codings" / path.stem).is_dir())
            yield path

    def _commit_next(
        self, output: Path, stated: Stated, progress: Callable[[int], None] | None
    ) -> None:
        """Commit a coded shard's batch, and what waited before it."""
        while (batch := self._waiting.pop()) is not None:
            if batch.documents:
                self._commit(batch, output, stated)
                self._advance(batch, progress)
                return
            self._commit_without(batch, progress)

    def _commit_without(self, batch: Batch, progress: Callable[[int], None] | None) -> None:
        """Note what needs no coding."""
        self._commit_entries(batch)
        self._advance(batch, progress)

    def _advance(self, batch: Batch, progress: Callable[[int], None] | None) -> None:
        self._dealt += batch.inputs
        if progress is not None:
            progress(self._dealt)

    def _take(self, item: Document | ErrorRecord, batch: Batch, documents: list[Document]) -> None:
        if isinstance(item, ErrorRecord):
            self._set_aside(item, batch)
            return
        if not item.text.strip():
            reason = "the document holds no text"
            self._set_aside(ErrorRecord(source=item.source, error="empty", reason=reason), batch)
            return
        if item.id != document_id(item.text):
            raise PipelineError(f"{item.source}: the id is not that of the text")
        batch.receipts.append(msgspec.structs.replace(item, text="", blocks=()))
        coding = self.ledger.made_by(item.id)
        made = coding == (self.coder_version, self.configuration)
        if made or not self._waiting.meet(item.id):
            self.tally.known += 1
            return
        if coding is not None:
            self.tally.known += 1
            item = self.store.get(item.id) or item
        batch.documents[item.id] = coding is not None
        documents.append(item)

    def _set_aside(self, item: ErrorRecord, batch: Batch) -> None:
        if item.error in NO_TEXT:
            self.tally.empty += 1
        else:
            self.tally.quarantined += 1
            self.reasons[item.error] += 1
        batch.quarantine.append(item)

    def _commit(self, batch: Batch, output: Path, stated: Stated) -> None:
        wrong = shards.problems(output)
        if wrong:
            raise CasebookError("; ".join(wrong))
        manifest, coded = shards.read_manifest(output), shards.read_coded(output)
        path = self.folder / "work" / f"{manifest.shard}.jsonl"
        _, documents = shards.read_input(path)
        failed = {failure.document for failure in manifest.quarantined}
        known = batch.documents.keys() - failed
        if {item.document.id for item in coded} != known:
            raise CasebookError(f"{output}: does not hold the documents of its input")
        self._failed |= failed
        new = [d for d in documents if d.id in known and not batch.documents[d.id]]
        told = {one: found for one in known if (found := stated.of_document(one)) is not None}
        last, twins = self.store.put(new, coded, told)
        self.tally.near_duplicates += twins
        self._commit_entries(batch, Done(manifest, output, coded, last))
        self._count(batch, manifest, coded, new)
        remove(path)

    def _count(
        self,
        batch: Batch,
        manifest: shards.Manifest,
        coded: list[Coded],
        new: list[Document],
    ) -> None:
        tally, ids = self.tally, {document.id for document in new}
        tally.added += len(new)
        tally.recoded += sum(batch.documents.values())
        tally.not_coded += sum(not c.document.coded for c in coded if c.document.id in ids)
        unread = [why for one in new if (why := published.unread(one)) is not None]
        tally.undated += len(unread)
        tally.first_undated = tally.first_undated or next(iter(unread), None)
        for failure in manifest.quarantined:
            if batch.documents[failure.document]:
                tally.known -= 1
                tally.recoded -= 1
            tally.quarantined += 1
            self.reasons[failure.error] += 1
        tally.events += manifest.events
        tally.claims += manifest.claims
        tally.forecasts += manifest.forecasts
        tally.shards += 1
        tally.resumed += self._there.popleft()

    def _commit_entries(self, batch: Batch, done: Done | None = None) -> None:
        """Make a batch visible: one transaction of the ledger."""
        with self.ledger.transaction(self.now()) as entry:
            self._add_receipts(entry, batch)
            for item in batch.quarantine:
                self._add_quarantine(entry, "read", item.source, None, (item.error, item.reason))
            if done is not None:
                self._add_shard(entry, done)

    def _begin(self, entry: Entry) -> str:
        """Enter the job with its first change, so that a run that changes nothing leaves no trace."""
        if not self._job:
            self._job = f"j{entry.head.seq + 1}"
            self._add_job(entry, "begin", "{}")
        return self._job

    def _add_job(self, entry: Entry, state: str, body: str) -> None:
        entry.add(
            "jobs",
            job=self._job,
            state=state,
            coder=self.coder_version,
            configuration=self.configuration,
            body=body,
        )

    def _add_receipts(self, entry: Entry, batch: Batch) -> None:
        for document in batch.receipts:
            if document.id in self._failed:
                continue
            place = (document.source, document.url, document.publisher, document.published)
            key = record_id("r", document.id, *place)
            if entry.execute("SELECT 1 FROM receipts WHERE key = ?", (key,)):
                continue
            known = batch.documents.get(document.id, True)
            repeated = entry.execute("SELECT 1 FROM receipts WHERE document = ?", (document.id,))
            self.tally.receipts += bool(known or repeated)
            entry_job = self._begin(entry)
            entry.add(
                "receipts",
                key=key,
                job=entry_job,
                document=document.id,
                source=document.source,
                url=document.url,
                publisher=document.publisher,
                published=document.published,
                title=document.title,
                external_id=document.external_id,
            )

    def _add_quarantine(
        self, entry: Entry, stage: str, source: str, document: str | None, error: tuple[str, str]
    ) -> None:
        key = record_id("q", stage, source, document, *error)
        if entry.execute("SELECT 1 FROM quarantine WHERE key = ?", (key,)):
            return
        job = self._begin(entry)
        entry.add(
            "quarantine",
            key=key,
            job=job,
            stage=stage,
            source=source,
            document=document,
            error=error[0],
            reason=error[1],
        )

    def _add_shard(self, entry: Entry, done: Done) -> None:
        manifest = done.manifest
        for failure in manifest.quarantined:
            error = (failure.error, failure.reason)
            self._add_quarantine(entry, "code", failure.source, failure.document, error)
        if not done.coded:
            return
        seq = entry.add(
            "shards",
            job=self._begin(entry),
            shard=manifest.shard,
            kind="coded",
            coder=self.coder_version,
            configuration=self.configuration,
            manifest=done.digest,
            documents=len(done.coded),
            events=manifest.events,
            claims=manifest.claims,
            forecasts=manifest.forecasts,
            last_document=done.last,
        )
        for item in done.coded:
            self._add_member(entry, item.document.id, seq)
        for forecast in done.forecasts():
            if not entry.execute("SELECT 1 FROM forecasts WHERE forecast = ?", (forecast.id,)):
                body = msgspec.json.encode(forecast).decode()
                entry.add("forecasts", forecast=forecast.id, document=forecast.doc, body=body)

    def _add_member(self, entry: Entry, document: str, seq: int) -> None:
        older = entry.execute("SELECT max(shard) FROM members WHERE document = ?", (document,))
        entry.execute("INSERT INTO members VALUES (?, ?)", (document, seq))
        if older and older[0][0] is not None:
            entry.add("supersessions", document=document, old=older[0][0], new=seq)

    def _finish(self) -> None:
        if self._job:
            body = msgspec.json.encode(self.tally).decode()
            with self.ledger.transaction(self.now()) as entry:
                self._add_job(entry, "end", body)


class Done:
    """A verified shard that is about to be committed."""

    def __init__(
        self, manifest: shards.Manifest, folder: Path, coded: list[Coded], last: int
    ) -> None:
        self.manifest = manifest
        self.folder = folder
        self.coded = coded
        self.last = last
        self.digest = sha256(folder / shards.MANIFEST)

    def forecasts(self) -> Iterator[Forecast]:
        """Yield the forecasts of the shard."""
        import pyarrow.parquet as pq

        if self.manifest.forecasts:
            table = pq.read_table(self.folder / "forecasts.parquet", columns=["line"])
            for line in table.column("line").to_pylist():
                yield msgspec.json.decode(line, type=Forecast)
