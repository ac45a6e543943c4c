"""Documents into a casebook, and what is kept there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from detente.api.coding import coder, read
from detente.api.opening import view
from detente.settings import Settings

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Sequence

    from detente.casebook.book import AddReport
    from detente.casebook.verify import Problem
    from detente.casebook.view import SearchHit
    from detente.model import Document, ErrorRecord


def add(
    inputs: Sequence[str | Path],
    *,
    casebook: str | Path | None = None,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    register: Sequence[str | Path] = (),
    settings: Settings | None = None,
    failed: Callable[[ErrorRecord], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> AddReport:
    """Read documents, code the new ones and keep them in a casebook, which is made if need be.

    Args:
        inputs: Files, folders, archives, web addresses or feeds.
        casebook: The casebook's folder; that of the settings where None.
        published: As in ``read``.
        publisher: As in ``read``.
        register: As in ``coder``.
        settings: Limits; from the environment where None.
        failed: Called with every input that could not be read.
        progress: Called with how many inputs have been dealt with.

    Raises:
        CasebookError: The casebook is damaged, newer than the program, or being written.
    """
    from detente.casebook.book import Casebook
    from detente.coding.incidents import fold

    chosen = coder(settings=settings, register=register)
    documents = read(inputs, published=published, publisher=publisher, settings=chosen.settings)
    folder = casebook if casebook is not None else chosen.settings.casebook
    with Casebook.open(folder, chosen.settings, create=True) as book:
        return book.add(
            _reporting(documents, failed),
            code=chosen.code,
            coder_version=chosen.version,
            configuration=chosen.configuration,
            fold=fold,
            progress=progress,
        )


def search(query: str, *, casebook: str | Path | None = None, limit: int = 20) -> list[SearchHit]:
    """Return the documents of a casebook that hold all words of ``query``, best first."""
    with view(casebook) as opened:
        return opened.search(query, limit=limit)


def verify(casebook: str | Path | None = None) -> list[Problem]:
    """Check every hash of a casebook.

    Returns:
        The problems found; an empty list is a healthy casebook.
    """
    from detente.casebook.verify import verify as check

    settings = Settings.from_environment()
    return check(Path(casebook if casebook is not None else settings.casebook))


def _reporting(
    documents: Iterator[Document | ErrorRecord], failed: Callable[[ErrorRecord], None] | None
) -> Iterator[Document | ErrorRecord]:
    from detente.model import ErrorRecord

    for item in documents:
        if failed is not None and isinstance(item, ErrorRecord):
            failed(item)
        yield item
