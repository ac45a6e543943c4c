"""Documents into a casebook, and what is kept there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from detente.api.coding import coder, coder_spec, read
from detente.api.opening import view
from detente.read import check_inputs
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detente.api.opening import ReadAs
    from detente.casebook.book import AddReport
    from detente.casebook.verify import Problem
    from detente.casebook.view import SearchHit
    from detente.engine import EngineName
    from detente.model import Document, ErrorRecord


def add(
    inputs: Sequence[str | Path],
    *,
    casebook: str | Path | None = None,
    engine: EngineName = "processes",
    jobs: int = 1,
    preparing: Callable[[int], None] | None = None,
    progress: Callable[[int], None] | None = None,
    **reading: Unpack[ReadAs],
) -> AddReport:
    """Read documents, code the new ones and keep them in a casebook, which is made if need be.

    What the new documents, and those before them, state of persons is known to each of them.

    Args:
        inputs: Files, folders, archives, web addresses or feeds.
        casebook: The casebook's folder; that of the settings where None.
        engine: ``processes``, in which a document that hangs, crashes or fills memory costs that
            document alone, or ``serial``, in this process.
        jobs: Shards at a time.
        preparing: Called with how many inputs have been read, before any is coded.
        progress: Called with how many inputs have been dealt with.
        **reading: As in ``ReadAs``.

    Raises:
        CasebookError: The casebook is damaged, newer than the program, or being written.
        InputError: A table among the inputs has no column of texts.
    """
    from detente.casebook.book import Casebook
    from detente.coding.incidents import fold
    from detente.engine import backend

    backing = backend(engine, jobs=jobs)
    chosen = coder(settings=reading.get("settings"), register=reading.get("register"))
    check_inputs(inputs, settings=chosen.settings)
    documents = read(
        inputs,
        published=reading.get("published"),
        publisher=reading.get("publisher"),
        settings=chosen.settings,
    )
    folder = casebook if casebook is not None else chosen.settings.casebook
    with Casebook.open(folder, chosen.settings, create=True) as book:
        return book.add(
            reported(documents, reading.get("failed")),
            code=coder_spec(chosen) if backing.supervised else chosen,
            backend=backing,
            coder_version=chosen.version,
            configuration=chosen.configuration,
            fold=fold,
            preparing=preparing,
            progress=progress,
        )


def recode(
    casebook: str | Path | None = None,
    *,
    register: Sequence[str | Path] | None = None,
    engine: EngineName = "processes",
    jobs: int = 1,
    settings: Settings | None = None,
    preparing: Callable[[int], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> AddReport:
    """Code the documents of a casebook again that this coder, with these registers, has not coded.

    What was coded before is superseded and stays askable as of then; judgements are kept.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        register: As in ``coder``.
        engine: As in ``add``.
        jobs: Shards at a time.
        settings: Limits and the model; from the environment where None.
        preparing: Called with how many documents have been read, before any is coded.
        progress: Called with how many documents have been dealt with.

    Raises:
        CasebookError: There is no casebook, it is damaged, newer than the program, or being written.
        RegisterError: A register file is wrong.
        MissingExtraError: The language model is not installed.
    """
    from detente.casebook.book import Casebook
    from detente.coding.incidents import fold
    from detente.engine import backend

    backing = backend(engine, jobs=jobs)
    chosen = coder(settings=settings, register=register)
    folder = casebook if casebook is not None else chosen.settings.casebook
    with Casebook.open(folder, chosen.settings) as book:
        return book.recode(
            code=coder_spec(chosen) if backing.supervised else chosen,
            backend=backing,
            coder_version=chosen.version,
            configuration=chosen.configuration,
            fold=fold,
            preparing=preparing,
            progress=progress,
        )


def search(query: str, *, casebook: str | Path | None = None, limit: int = 20) -> list[SearchHit]:
    """Return the documents of a casebook that hold all words of ``query``, best first."""
    with view(casebook) as opened:
        return opened.search(query, limit=limit)


def verify(
    casebook: str | Path | None = None, *, progress: Callable[[int, int], None] | None = None
) -> list[Problem]:
    """Check every hash of a casebook.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        progress: Called with the megabytes checked, and those there are.

    Returns:
        The problems found; an empty list is a healthy casebook.
    """
    from detente.casebook.verify import verify as check

    settings = Settings.from_environment()
    return check(Path(casebook if casebook is not None else settings.casebook), progress=progress)


def reported(
    documents: Iterator[Document | ErrorRecord], failed: Callable[[ErrorRecord], None] | None
) -> Iterator[Document | ErrorRecord]:
    """Yield the documents, and call ``failed`` with those that could not be read."""
    from detente.model import ErrorRecord

    for item in documents:
        if failed is not None and isinstance(item, ErrorRecord):
            failed(item)
        yield item
