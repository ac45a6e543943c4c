"""A new casebook of what is left of one whose ledger was lost.

Texts stand in ``documents.sqlite``, records in the folders of shards and packs, each with its hashes;
they are taken into a new casebook. What stood in the ledger alone is gone: judgements, what became of
forecasts, second receipts, what was set aside, and when all of it was recorded.
"""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import packs, shards
from detente.casebook.book import Casebook
from detente.casebook.documents import DocumentStore
from detente.casebook.files import explained
from detente.errors import CasebookError, InputError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from detente.casebook.book import Fold
    from detente.model import Coded, Document

_Place = tuple[Path, str]
"""A folder, and the shard in it."""


class RescueReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a rescue found.

    Attributes:
        folder: The new casebook.
        documents: Documents taken over, with their newest records.
        events: Coded events.
        claims: Claims.
        forecasts: Forecasts.
        imported: Imported events.
        without_records: Documents of which no records were found; they are left out.
        damaged: What could not be read, each with the reason.
    """

    folder: str
    documents: int = 0
    events: int = 0
    claims: int = 0
    forecasts: int = 0
    imported: int = 0
    without_records: int = 0
    damaged: tuple[str, ...] = ()


def rescue(
    source: Path,
    casebook: Path,
    *,
    settings: Settings | None = None,
    fold: Fold | None = None,
    clock: Callable[[], datetime] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RescueReport:
    """Take texts and records of a casebook without a ledger into a new one.

    Args:
        source: What is left of the casebook; it is only read.
        casebook: A new folder.
        settings: Limits.
        fold: Joins events to incidents over all documents.
        clock: Gives the recorded time; UTC now where None.
        progress: Called with the documents taken over, and all that have records.

    Raises:
        InputError: The ledger is there, or something stands at ``casebook``.
        CasebookError: The texts are missing or damaged too.
    """
    chosen = settings or Settings()
    if (source / "ledger.sqlite").exists():
        raise InputError(
            f"{source}: its ledger is there; see what 'detente verify' says, or restore a backup"
        )
    if casebook.exists():
        raise InputError(f"{casebook}: exists already; name a new folder")
    if not (source / "documents.sqlite").is_file():
        raise CasebookError(f"{source}: its texts are missing too; restore a backup")
    damaged: list[str] = []
    with explained(source):
        store = DocumentStore(source, write=False, busy_seconds=chosen.busy_seconds)
        try:
            places = _places(source / "codings", damaged)
            with Casebook.create(casebook, chosen, clock=clock) as book:
                lost = _add(book, store, places, fold, progress)
                _import(book, source / "imports", damaged)
                book.rebuild(fold=fold)
        finally:
            store.close()
    with Casebook.open(casebook, chosen, read_only=True) as book, book.view() as view:
        counts = view.counts()
    return RescueReport(
        folder=str(casebook),
        documents=counts.documents,
        events=counts.events - counts.imported,
        claims=counts.claims,
        forecasts=counts.forecasts,
        imported=counts.imported,
        without_records=lost,
        damaged=tuple(damaged),
    )


def _places(codings: Path, damaged: list[str]) -> dict[str, _Place]:
    """Return where the newest records of every document lie."""
    places: dict[str, _Place] = {}
    for folder in _oldest_first(codings):
        is_pack = folder.name.startswith(packs.PREFIX)
        wrong = packs.problems(folder) if is_pack else shards.problems(folder)
        if wrong:
            damaged += wrong
            continue
        for document, shard in shards.members(folder):
            places[document] = (folder, shard)
    return places


def _oldest_first(folder: Path) -> list[Path]:
    found = [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []
    return sorted(found, key=lambda entry: ((entry / shards.MANIFEST).stat().st_mtime_ns, entry))


def _made(shard: str) -> tuple[str, str]:
    """Return coder and configuration, which stand in a shard's name."""
    _, _, rest = shard.partition("-")
    coder, _, configuration = rest.rpartition("-")
    return coder, configuration


def _add(
    book: Casebook,
    store: DocumentStore,
    places: dict[str, _Place],
    fold: Fold | None,
    progress: Callable[[int, int], None] | None,
) -> int:
    """Add every document with its newest records; return how many have none."""
    kept: dict[_Place, dict[str, Coded]] = {}
    done = count(1)

    def code(documents: Iterable[Document]) -> Iterator[Coded]:
        for document in documents:
            place = places[document.id]
            if place not in kept:
                kept.clear()
                folder, shard = place
                found = shards.read_coded(folder, records=True, shard=shard)
                kept[place] = {item.document.id: item for item in found}
            yield kept[place][document.id]
            if progress is not None:
                progress(next(done), len(places))

    made = {shard: _made(shard) for _, shard in places.values()}
    for coder, configuration in dict.fromkeys(made.values()):
        mine = (
            document
            for document in store.all()
            if document.id in places and made[places[document.id][1]] == (coder, configuration)
        )
        book.add(mine, code=code, coder_version=coder, configuration=configuration, fold=fold)
    return sum(document.id not in places for document in store.all())


def _import(book: Casebook, imports: Path, damaged: list[str]) -> None:
    """Take over the folders of imported events."""
    writer = book.imports()
    for folder in _oldest_first(imports):
        wrong = shards.problems(folder)
        if wrong:
            damaged += wrong
            continue
        target = book.path / "imports" / folder.name
        shutil.copytree(folder, target)
        origin = shards.read_manifest(folder).coder
        writer.commit(target, origin=origin, source=str(folder), bad=())
