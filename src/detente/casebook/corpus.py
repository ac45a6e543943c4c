"""A corpus run: documents to shards in a folder, by any backing, without a casebook.

The folder holds ``inputs/`` (what each shard was cut to, with the texts), ``codings/`` (a folder of
Parquet files for each shard), ``set_aside.jsonl`` (texts met again, and what could not be read) and
``corpus.json``, which is renamed in twice: when the plan is whole, and when every shard has been
verified. A run that is killed goes on from there; one that has nothing to do changes nothing.
``detente add --from`` takes the folder into a casebook.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import shards, supervised
from detente.casebook.files import TEMPORARY, explained, litter, remove, write_atomically
from detente.casebook.lock import WriterLock
from detente.casebook.planning import CORPUS, SET_ASIDE, Plan, Planner, read_plan
from detente.casebook.stated import Stated
from detente.engine import Serial
from detente.errors import CasebookError, InputError
from detente.model import Document, ErrorRecord

if TYPE_CHECKING:
    from detente.engine import Backend
    from detente.settings import Settings

FOLDERS = ("inputs", "codings")


class CorpusReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did: ``inputs = coded + repeated + empty + quarantined``.

    Attributes:
        inputs: Documents and failures read.
        coded: Documents of which there is a line, coded or kept with the reason why not.
        repeated: Texts that were met before in this run.
        empty: Inputs without text.
        quarantined: Inputs that could not be read or coded.
        reasons: How many of these, by code.
        events: Number of events.
        claims: Number of claims.
        forecasts: Number of forecasts.
        shards: Shards in the folder.
        resumed: Of these, how many were there before.
        seconds: Duration.
    """

    inputs: int
    coded: int
    repeated: int
    empty: int
    quarantined: int
    reasons: dict[str, int]
    events: int
    claims: int
    forecasts: int
    shards: int
    resumed: int
    seconds: float = 0.0


Inputs = Callable[[], Iterable[Document | ErrorRecord]]
Progress = Callable[[int, int], None]
"""Called with the documents that are done and those there are."""


class Corpus:
    """One run's folder, held by one process at a time.

    Args:
        folder: Where the result goes; made if need be.
        settings: The limits.
        coder: Version and configuration of the coder.

    Raises:
        InputError: The folder holds other things.
        CasebookError: It cannot be written, or another run holds it.
    """

    def __init__(self, folder: Path, settings: Settings, *, coder: tuple[str, str]) -> None:
        self.folder = folder
        self.settings = settings
        self.coder_version, self.configuration = coder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder and keep other runs out of it."""
        refuse_others(self.folder)
        with explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in FOLDERS:
                (self.folder / name).mkdir(exist_ok=True)
        lock = WriterLock(self.folder / "writer.lock", seconds=self.settings.busy_seconds)
        try:
            with explained(self.folder):
                for left in litter(self.folder):
                    remove(left)
            yield
        finally:
            lock.release()

    def plan(
        self,
        inputs: Inputs,
        *,
        sources: str | None,
        code: shards.Code | supervised.CoderSpec | None = None,
        backend: Backend | None = None,
        preparing: Callable[[int], None] | None = None,
    ) -> Plan:
        """Read all inputs and cut them to shards; a whole plan of the same files is taken as it is.

        Args:
            inputs: Reads them.
            sources: As in ``Plan``.
            code: As in ``run``: it reads what the documents state of persons, too. Nothing is shared
                where None.
            backend: What runs that; this process where None.
            preparing: Called with how many inputs have been read.
        """
        known = self.known(sources)
        if known is not None:
            return known
        with explained(self.folder):
            plan = self._plan(self.folder, inputs, sources, code, backend, preparing)
            before = read_plan(self.folder)
            if before == msgspec.structs.replace(plan, state="done"):
                return before
            write_atomically(self.folder / CORPUS, _json(plan))
        return plan

    def preview(
        self,
        inputs: Inputs,
        *,
        sources: str | None,
        code: shards.Code | supervised.CoderSpec | None = None,
        backend: Backend | None = None,
    ) -> Plan:
        """Return what ``plan`` would, and write nothing but temporary files elsewhere."""
        known = self.known(sources)
        if known is not None:
            return known
        with tempfile.TemporaryDirectory(prefix="detente-") as name, explained(name):
            place = Path(name)
            (place / "inputs").mkdir()
            return self._plan(place, inputs, sources, code, backend, None)

    def known(self, sources: str | None) -> Plan | None:
        """Return the folder's plan where it is one of these files by this coder."""
        plan = read_plan(self.folder)
        if plan is not None and sources is not None and self._is_of(plan, sources):
            return plan
        return None

    def _plan(
        self,
        place: Path,
        inputs: Inputs,
        sources: str | None,
        code: shards.Code | supervised.CoderSpec | None,
        backend: Backend | None,
        preparing: Callable[[int], None] | None,
    ) -> Plan:
        planner = Planner(
            place,
            coder=(self.coder_version, self.configuration),
            size=self.settings.shard_documents,
            preparing=preparing,
        )
        run = None if code is None else supervised.reader(code)
        stated = Stated(run, backend or Serial())
        try:
            return planner.run(inputs(), sources, stated)
        finally:
            stated.close()

    def _is_of(self, plan: Plan, sources: str) -> bool:
        """Whether a plan is of these files and this coder, with its inputs still there."""
        made = (self.coder_version, self.configuration)
        places = (self.folder / "inputs" / f"{name}.jsonl" for name in plan.shards)
        return (
            plan.sources == sources
            and (plan.coder, plan.configuration) == made
            and all(place.is_file() for place in places)
        )

    def finished(self, plan: Plan) -> int:
        """Return how many shards of a plan are coded."""
        return sum((self.folder / "codings" / name).is_dir() for name in plan.shards)

    def run(
        self,
        plan: Plan,
        code: shards.Code | supervised.CoderSpec,
        *,
        backend: Backend,
        progress: Progress | None = None,
    ) -> CorpusReport:
        """Code what is not coded yet, verify everything and commit.

        Raises:
            CasebookError: A shard is damaged, or the counts do not add up.
        """
        began = time.monotonic()
        codings = self.folder / "codings"
        missing = [name for name in plan.shards if shards.problems(codings / name)]
        if plan.state == "planned" or missing:
            self._code(plan, code, backend, progress)
        report = self.verify(plan)
        with explained(self.folder):
            if plan.state == "planned":
                write_atomically(
                    self.folder / CORPUS, _json(msgspec.structs.replace(plan, state="done"))
                )
            self._sweep(plan)
        return msgspec.structs.replace(
            report,
            resumed=len(plan.shards) - len(missing),
            seconds=round(time.monotonic() - began, 3),
        )

    def _code(
        self,
        plan: Plan,
        code: shards.Code | supervised.CoderSpec,
        backend: Backend,
        progress: Progress | None,
    ) -> None:
        paths = (self.folder / "inputs" / f"{name}.jsonl" for name in plan.shards)
        done = 0
        for output in backend.map(supervised.runner(code, self.folder / "codings"), paths):
            done += shards.read_manifest(output).inputs
            if progress is not None:
                progress(done, plan.documents)

    def verify(self, plan: Plan) -> CorpusReport:
        """Check every hash and count of the folder.

        Raises:
            CasebookError: Something is wrong; the message says what.
        """
        totals: Counter[str] = Counter()
        reasons = Counter(plan.reasons)
        for name in plan.shards:
            place = self.folder / "codings" / name
            wrong = shards.problems(place)
            if wrong:
                raise CasebookError("; ".join(wrong))
            manifest = shards.read_manifest(place)
            for key in ("inputs", "coded", "empty", "events", "claims", "forecasts"):
                totals[key] += getattr(manifest, key)
            reasons.update(failure.error for failure in manifest.quarantined)
            totals["quarantined"] += len(manifest.quarantined)
        if totals["inputs"] != plan.documents:
            raise CasebookError(f"{self.folder}: the shards do not hold the plan's documents")
        return CorpusReport(
            inputs=plan.inputs,
            coded=totals["coded"],
            repeated=plan.repeated,
            empty=plan.empty + totals["empty"],
            quarantined=plan.quarantined + totals["quarantined"],
            reasons=dict(sorted(reasons.items())),
            events=totals["events"],
            claims=totals["claims"],
            forecasts=totals["forecasts"],
            shards=len(plan.shards),
            resumed=0,
        )

    def failures(self, plan: Plan) -> Iterator[ErrorRecord]:
        """Yield the documents that were read and could not be coded."""
        for name in plan.shards:
            for failure in shards.read_manifest(self.folder / "codings" / name).quarantined:
                yield ErrorRecord(source=failure.source, error=failure.error, reason=failure.reason)

    def _sweep(self, plan: Plan) -> None:
        """Remove shards and inputs of earlier plans."""
        names = set(plan.shards)
        for path in (self.folder / "inputs").iterdir():
            if path.name.removesuffix(".jsonl") not in names:
                remove(path)
        for path in (self.folder / "codings").iterdir():
            if path.name not in names:
                remove(path)


def refuse_others(folder: Path) -> None:
    """Refuse a folder that holds other things than a corpus run.

    Raises:
        InputError: It does, or it is a file.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file; --out names a folder")
    ours = {CORPUS, SET_ASIDE, "writer.lock", *FOLDERS}
    others = sorted(
        entry.name
        for entry in folder.iterdir()
        if entry.name not in ours and not entry.name.startswith(TEMPORARY)
    )
    if others:
        raise InputError(f"{folder}: holds other things, such as {others[0]!r}; name a new folder")


def _json(plan: Plan) -> bytes:
    return msgspec.json.format(msgspec.json.encode(plan), indent=1) + b"\n"
