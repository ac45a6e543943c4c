"""Many documents to a folder of coded shards, and from there into a casebook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from detente.api.coding import coder, coder_spec, read
from detente.api.keeping import reported
from detente.errors import InputError
from detente.read import check_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detente.api.opening import ReadAs
    from detente.casebook.book import AddReport
    from detente.casebook.corpus import Corpus, CorpusReport
    from detente.casebook.planning import Plan
    from detente.coding.pipeline import Coder
    from detente.engine import EngineName
    from detente.model import Document, ErrorRecord
    from detente.settings import Settings

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def code_corpus(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    engine: EngineName = "processes",
    jobs: int | None = None,
    address: str | None = None,
    preparing: Callable[[int], None] | None = None,
    planned: Callable[[Plan], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **reading: Unpack[ReadAs],
) -> CorpusReport:
    """Read and code many documents into a folder of Parquet shards.

    What any document states of persons is known to all. Killed at any point, the same call goes on
    where it was; a second one changes nothing. Every engine writes the same bytes, and the size of
    the shards changes no record.

    Args:
        inputs: As in ``read``.
        out: The folder; made if need be, and used for nothing else.
        engine: ``serial`` (in this process), ``processes`` or ``ray``.
        jobs: Shards at a time; as many as there are cores where None.
        address: ``HOST:PORT`` of a Ray cluster that runs already and sees ``out`` under its path.
        preparing: Called with how many inputs have been read, before any is coded.
        planned: Called once the plan stands.
        progress: Called with the documents done, and all there are.
        **reading: As in ``ReadAs``.

    Raises:
        InputError: ``out`` holds other things or lies within the inputs.
        CasebookError: The disk is full or failed, or another run holds ``out``.
        MissingExtraError: The language model or Ray is not installed.
    """
    from detente.engine import backend

    backing = backend(engine, jobs=jobs, address=address)
    corpus, chosen = _corpus(inputs, out, reading)
    code = coder_spec(chosen) if backing.supervised else chosen
    with corpus.held():
        documents, sources = _reading(corpus, inputs, reading)
        plan = corpus.plan(
            documents, sources=sources, code=code, backend=backing, preparing=preparing
        )
        if planned is not None:
            planned(plan)
        report = corpus.run(plan, code, backend=backing, progress=progress)
        failed = reading.get("failed")
        if failed is not None:
            for failure in corpus.failures(plan):
                failed(failure)
    return report


def plan_corpus(
    inputs: Sequence[str | Path], out: str | Path, **reading: Unpack[ReadAs]
) -> tuple[Plan, int]:
    """Say what ``code_corpus`` would do, and write nothing; the arguments are its.

    Returns:
        The plan, and how many of its shards are coded already.
    """
    from detente.engine import Processes

    corpus, chosen = _corpus(inputs, out, reading)
    documents, sources = _reading(corpus, inputs, reading)
    plan = corpus.preview(documents, sources=sources, code=coder_spec(chosen), backend=Processes())
    return plan, corpus.finished(plan)


def add_corpus(
    folder: str | Path,
    *,
    casebook: str | Path | None = None,
    settings: Settings | None = None,
    failed: Callable[[ErrorRecord], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> AddReport:
    """Take what ``code_corpus`` made into a casebook, which is made if need be.

    Args:
        folder: The folder of the run.
        casebook: As in ``add``.
        settings: Limits; from the environment where None.
        failed: Called with every input that could not be read.
        progress: Called with how many inputs have been dealt with.

    Raises:
        InputError: The folder holds no finished run.
        CasebookError: The casebook or the folder is damaged, or the casebook is being written.
    """
    from detente.casebook.book import Casebook
    from detente.casebook.finished import Finished
    from detente.coding.incidents import fold
    from detente.settings import Settings

    chosen = settings or Settings.from_environment()
    finished = Finished(Path(folder))
    place = casebook if casebook is not None else chosen.casebook
    with Casebook.open(place, chosen, create=True) as book:
        return book.add(
            reported(finished.documents(), failed),
            code=finished.code,
            coder_version=finished.plan.coder,
            configuration=finished.plan.configuration,
            fold=fold,
            progress=progress,
        )


def _corpus(inputs: Sequence[str | Path], out: str | Path, reading: ReadAs) -> tuple[Corpus, Coder]:
    from detente.casebook.corpus import Corpus, refuse_others

    chosen = coder(settings=reading.get("settings"), register=reading.get("register"))
    folder = _outside(Path(out), inputs)
    refuse_others(folder)
    check_inputs(inputs, settings=chosen.settings)
    made = (chosen.version, chosen.configuration)
    return Corpus(folder, chosen.settings, coder=made), chosen


def _reading(
    corpus: Corpus, inputs: Sequence[str | Path], reading: ReadAs
) -> tuple[Callable[[], Iterator[Document | ErrorRecord]], str | None]:
    """Return what reads the inputs, and their hash as in ``Plan``."""
    published, publisher = reading.get("published"), reading.get("publisher")

    def documents() -> Iterator[Document | ErrorRecord]:
        found = read(inputs, published=published, publisher=publisher, settings=corpus.settings)
        return reported(found, reading.get("failed"))

    return documents, _sources(inputs, (published, publisher))


def _outside(out: Path, inputs: Sequence[str | Path]) -> Path:
    """Return ``out``.

    Raises:
        InputError: It is or lies within one of the inputs.
    """
    place = out.resolve()
    for given in inputs:
        if isinstance(given, str) and _ADDRESS.match(given):
            continue
        source = Path(given).resolve()
        if source == place or source in place.parents:
            raise InputError(f"{out}: lies within the input {given}; name a folder elsewhere")
    return out


def _sources(inputs: Sequence[str | Path], options: object) -> str | None:
    """Return a hash of the input files; None where there are addresses among them."""
    from detente.casebook.planning import fingerprint
    from detente.ingest import paths

    if any(isinstance(given, str) and _ADDRESS.match(given) for given in inputs):
        return None
    found = (entry for given in inputs for entry in paths.walk(Path(given)))
    return fingerprint(found, options)
