"""Documents to records, without a casebook."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from detente.api.opening import as_date
from detente.errors import DetenteError, RegisterError
from detente.settings import Settings

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from detente.casebook.supervised import CoderSpec
    from detente.coding.actors.taught import Taught
    from detente.coding.pipeline import Coder
    from detente.model import Coded, Document, ErrorRecord


def read(
    inputs: Sequence[str | Path],
    *,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Document | ErrorRecord]:
    """Read documents; one that cannot be read gives an error record, the others go on.

    Args:
        inputs: Files, folders, archives, web addresses or feeds.
        published: Publication date of all of them, where theirs is not to be looked for.
        publisher: Publisher of all of them.
        settings: Limits; from the environment where None.

    Raises:
        InputError: ``published`` is no date.
    """
    from detente.read import ReadOptions
    from detente.read import read as read_inputs

    day = as_date(published)
    options = ReadOptions(published=day.isoformat() if day else None, publisher=publisher)
    return read_inputs(inputs, options=options, settings=settings or Settings.from_environment())


def coder(
    *, settings: Settings | None = None, register: Sequence[str | Path] | None = None
) -> Coder:
    """Return a coder.

    Args:
        settings: Limits and the model; from the environment where None.
        register: The user's own register files, laid over the shipped register; that of the
            settings where None and where it exists.

    Raises:
        RegisterError: A register file is wrong; nothing of it was loaded.
    """
    from detente.coding.pipeline import Coder

    chosen = settings or Settings.from_environment()
    return Coder(settings=chosen, overlays=overlays(chosen, register))


def overlays(settings: Settings, register: Sequence[str | Path] | None) -> tuple[Path, ...]:
    """Return the register files to lay over the shipped one: those given, or the user's own.

    Raises:
        RegisterError: A file that was given is not there.
    """
    if register is not None:
        given = tuple(Path(path) for path in register)
        for path in given:
            if not path.exists():
                raise RegisterError(str(path), 0, "there is no such register file")
        return given
    own = Path(settings.register)
    return (own,) if own.is_file() else ()


def coder_spec(coder: Coder) -> CoderSpec:
    """Return how a child makes the same coder."""
    from detente.casebook.supervised import CoderSpec

    return CoderSpec(
        factory="detente.coding.pipeline:from_recipe",
        argument=coder.recipe(),
        seconds=coder.settings.code_seconds,
        megabytes=coder.settings.code_megabytes,
        states=True,
    )


def code(
    inputs: Sequence[str | Path],
    *,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    register: Sequence[str | Path] | None = None,
    settings: Settings | None = None,
) -> Iterator[Coded | ErrorRecord]:
    """Read and code documents without a casebook, in input order.

    The arguments are those of ``read`` and ``coder``.
    """
    from detente.coding.portions import TOGETHER
    from detente.model import ErrorRecord

    chosen = coder(settings=settings, register=register)
    taught = chosen.taught()
    waiting: list[Document] = []
    for item in read(inputs, published=published, publisher=publisher, settings=chosen.settings):
        if not isinstance(item, ErrorRecord):
            waiting.append(item)
            if sum(len(document.text) for document in waiting) < TOGETHER:
                continue
        yield from _each(chosen, waiting, taught)
        waiting = []
        if isinstance(item, ErrorRecord):
            yield item
    yield from _each(chosen, waiting, taught)


def _each(
    chosen: Coder, documents: Sequence[Document], taught: Taught
) -> Iterator[Coded | ErrorRecord]:
    """Code documents together; where one of them cannot be coded, one by one and that one named."""
    from detente.casebook.shards import Failure, code_one
    from detente.model import ErrorRecord

    try:
        yield from list(chosen.code(documents, taught=taught))
    except DetenteError:
        raise
    except Exception:  # noqa: BLE001 - whatever a hostile document provokes is an answer
        for document in documents:
            coded = code_one(document, partial(chosen.code, taught=taught))
            yield (
                ErrorRecord(source=coded.source, error=coded.error, reason=coded.reason)
                if isinstance(coded, Failure)
                else coded
            )
