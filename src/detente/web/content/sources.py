"""The sources: who published what was read, and how reliable they are held to be.

Reliability is the Admiralty grade A to F, which people give: the file ``sources.yaml`` in the
casebook's folder holds it by publisher. A publisher without an entry stands at F, cannot be judged.
Credibility belongs to the incident: 1 where two publishers or more tell of it, else 6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
import msgspec.yaml

from detente.casebook.browser import Browser
from detente.errors import RegisterError

if TYPE_CHECKING:
    from detente.web.desk import Desk

Grade = Literal["A", "B", "C", "D", "E", "F"]
FILE = "sources.yaml"
MEANING = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One publisher.

    Attributes:
        name: The publisher; empty where documents name none.
        grade: Reliability, A to F.
        meaning: The grade in words.
        documents: Documents read.
        coded: Of these, those in a language that is coded.
        first: Earliest publication date.
        last: Latest publication date.
    """

    name: str
    grade: Grade
    meaning: str
    documents: int
    coded: int
    first: str | None
    last: str | None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input that could not be read."""

    source: str
    error: str
    reason: str
    recorded: str


class SourcesPage(msgspec.Struct, frozen=True, kw_only=True):
    """The sources of a casebook.

    Attributes:
        documents: Documents read.
        file: Where grades are edited.
        total: Publishers.
        offset: Publishers skipped.
        limit: Most publishers on the page.
        sources: Publishers, the busiest first.
        failures: The last inputs that could not be read.
    """

    documents: int
    file: str
    total: int
    offset: int
    limit: int
    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]


def load(desk: Desk, *, offset: int = 0, limit: int = 100) -> SourcesPage:
    """Return the sources, with their grades."""
    given = grades(desk)
    with desk.view() as view:
        rows = desk.remember(view, "publishers", Browser.publishers)
        failures = view.failures()
    found = [
        Source(
            name=name or "",
            grade=given.get(name or "", "F"),
            meaning=MEANING[given.get(name or "", "F")],
            documents=documents,
            coded=coded,
            first=first,
            last=last,
        )
        for name, documents, coded, first, last in rows
    ]
    return SourcesPage(
        documents=sum(one.documents for one in found),
        file=FILE,
        total=len(found),
        offset=offset,
        limit=limit,
        sources=tuple(found[offset : offset + limit]),
        failures=tuple(
            Failure(source=source, error=error, reason=reason, recorded=recorded)
            for source, error, reason, recorded in failures
        ),
    )


def grades(desk: Desk) -> dict[str, Grade]:
    """Return the grades that people gave, by publisher.

    Raises:
        RegisterError: The file does not map names to grades.
    """
    path = desk.folder / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        return msgspec.yaml.decode(content, type=dict[str, Grade])
    except msgspec.DecodeError as error:
        raise RegisterError(FILE, 0, f"publisher: grade A to F is wanted; {error}") from error


def credibility(publishers: int) -> int:
    """Return the Admiralty credibility of an incident that so many publishers tell of."""
    return 1 if publishers > 1 else 6
