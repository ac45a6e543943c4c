"""From bytes to documents: formats, metadata, language, near-duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.read.options import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from detente.ingest.fetch import Fetcher
    from detente.model import Document, ErrorRecord
    from detente.settings import Settings

__all__ = ["ReadOptions", "check_inputs", "read"]


def read(
    inputs: Sequence[str | Path],
    *,
    options: ReadOptions,
    settings: Settings,
    fetcher: Fetcher | None = None,
) -> Iterator[Document | ErrorRecord]:
    """Read files, folders, archives, addresses and feeds; see ``detente.read.reader.read``."""
    from detente.read.reader import read as read_inputs

    return read_inputs(inputs, options=options, settings=settings, fetcher=fetcher)


def check_inputs(inputs: Sequence[str | Path], *, settings: Settings) -> None:
    """Refuse tables and archives that are wrong; see ``detente.read.reader.check_inputs``."""
    from detente.read.reader import check_inputs as check

    check(inputs, settings=settings)
