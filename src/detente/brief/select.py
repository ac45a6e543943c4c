"""Selecting: what a casebook holds on one relation, put in order for the writer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

import msgspec

from detente.casebook import columns
from detente.errors import InputError
from detente.relations.incidents import Incident, day, gather
from detente.relations.parties import select as between
from detente.relations.proposals import OPEN_STATUSES, Proposal, proposals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from detente.casebook.view import View
    from detente.model import Event

YEAR = timedelta(days=365)
_WITHOUT_REPORTS = frozenset({"tkg"})
"""Formats whose events name no report that they were read from."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What a citation says of a document.

    Attributes:
        id: The document's id.
        title: Its title, or its source where it has none.
        publisher: Who published it.
        published: Publication date, ISO 8601.
        source: Path or address that it was read from.
        cluster: Id of the document that it nearly repeats, else its own.
    """

    id: str
    title: str
    publisher: str | None = None
    published: str | None = None
    source: str = ""
    cluster: str = ""


class Library(Protocol):
    """Where a brief looks up documents."""

    def source(self, document: str) -> Source:
        """Return what a citation says of a document."""

    def quote(self, document: str, sentence: int) -> str:
        """Return a sentence as the document has it."""

    def passage(self, document: str, start: int, end: int) -> str:
        """Return characters of a document's text."""


class ViewLibrary:
    """The documents of a casebook, each read once, and the reports of its imported events."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._sources: dict[str, Source] = {}
        self._texts: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {}

    def events(self, parties: Sequence[str], *, as_of: datetime | None = None) -> list[Event]:
        """Return the events of a relation, coded and imported ones.

        An imported event whose CAMEO code has no PLOVER type, such as a mere statement, is left out.
        The report that it came from has no text here; what is told of it is that it was imported.
        """
        found = []
        for row in self._view.events(parties=parties, as_of=as_of).to_pylist():
            if row["origin"] == "coded":
                found.append(columns.decode_event(row["line"], row["incident"]))
            elif row["type"] is not None:
                event = columns.imported_event(row)
                report = event.id if row["origin"] in _WITHOUT_REPORTS else event.doc or event.id
                self._sources.setdefault(report, _imported(report, row))
                self._texts.setdefault(report, ("", ()))
                found.append(msgspec.structs.replace(event, doc=report))
        return found

    def source(self, document: str) -> Source:
        """Return what a citation says of a document."""
        self._read(document)
        return self._sources[document]

    def quote(self, document: str, sentence: int) -> str:
        """Return a sentence as the document has it, empty where it has no such sentence."""
        self._read(document)
        text, sentences = self._texts[document]
        if not 0 <= sentence < len(sentences):
            return ""
        start, end = sentences[sentence]
        return " ".join(text[start:end].split())

    def passage(self, document: str, start: int, end: int) -> str:
        """Return characters of a document's text."""
        self._read(document)
        return self._texts[document][0][start:end]

    def _read(self, document: str) -> None:
        if document in self._sources:
            return
        kept = self._view.document(document)
        found = kept.document
        self._sources[document] = Source(
            id=found.id,
            title=found.title or found.source,
            publisher=found.publisher,
            published=found.published,
            source=found.url or found.source,
            cluster=kept.cluster,
        )
        self._texts[document] = (found.text, kept.sentences)


def _imported(report: str, row: Mapping[str, Any]) -> Source:
    """Return what a citation says of a report that only an imported event is known of."""
    named = report.removeprefix(f"{row['origin']}:")
    told = named
    if row["origin"] in _WITHOUT_REPORTS:
        line = msgspec.json.decode(row["line"])
        told = ", ".join(str(line.get(name)) for name in ("subject", "relation", "object"))
        told = f"{told} ({named.partition(':')[0]})"
    return Source(
        id=report,
        title=f"Imported from {str(row['origin']).upper()}: {told}",
        publisher=row["publisher"],
        published=row["published"],
        source=named,
        cluster=report,
    )


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What a brief is written from.

    Attributes:
        parties: The two codes.
        domain: Domain asked for, None for all.
        since: First day of the brief, None where nothing is dated.
        until: Last day of the brief.
        whole: True where no period was asked for.
        incidents: All incidents of the relation in the domain, whatever their date.
        inside: Those that touch the period, or have no date where no period was asked for.
        proposals: Plans and proposals first told of or dated in the period.
    """

    parties: tuple[str, str]
    domain: str | None
    since: date | None
    until: date | None
    whole: bool
    incidents: tuple[Incident, ...]
    inside: tuple[Incident, ...]
    proposals: tuple[Proposal, ...]


def material(
    events: Sequence[Event],
    library: Library,
    parties: tuple[str, str],
    *,
    domain: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Material:
    """Put the events of one relation in order.

    Args:
        events: Events with folded incidents; those of other relations are left out.
        library: The documents.
        parties: Codes of the two parties.
        domain: Only incidents of this domain.
        since: First day; the first dated incident where None.
        until: Last day; the last dated incident that took place where None.

    Raises:
        InputError: The period ends before it begins.
    """
    if since is not None and until is not None and until < since:
        raise InputError(f"the period ends on {until}, before it begins on {since}")
    incidents = tuple(
        incident
        for incident in gather(between(list(events), *parties))
        if domain is None or incident.domain == domain
    )
    published = published_days(incidents, library)
    first, last = _period(_contemporary(incidents, published), since, until)
    told = proposals(incidents, published=published, as_of=_judged(incidents, published, last))
    whole = since is None and until is None
    inside = tuple(x for x in incidents if _touches(x, first, last, undated=whole))
    kept = {incident.id for incident in inside}
    return Material(
        parties=parties,
        domain=domain,
        since=first,
        until=last,
        whole=whole,
        incidents=incidents,
        inside=inside,
        proposals=tuple(
            p
            for p in told
            if p.incident.id in kept or (p.told and first and last and first <= p.told <= last)
        ),
    )


def published_days(incidents: Sequence[Incident], library: Library) -> dict[str, date]:
    """Return the publication day of every document that tells of an incident."""
    documents = sorted({event.doc for incident in incidents for event in incident.mentions})
    days = {document: day(library.source(document).published) for document in documents}
    return {document: found for document, found in days.items() if found is not None}


def _contemporary(incidents: Sequence[Incident], published: dict[str, date]) -> list[Incident]:
    """Incidents told within a year of their day; all where none is. The others are background."""
    kept = [
        x
        for x in incidents
        if x.start is not None
        and any(abs(published[d] - x.start) <= YEAR for d in x.documents if d in published)
    ]
    return kept or list(incidents)


def _period(
    incidents: Sequence[Incident], since: date | None, until: date | None
) -> tuple[date | None, date | None]:
    dated = [x for x in incidents if x.start is not None and x.status not in OPEN_STATUSES]
    starts = [x.start for x in dated if x.start is not None]
    ends = [x.end or x.start for x in dated]
    first = since or min(starts, default=None)
    last = until or max((end for end in ends if end is not None), default=None)
    if first is not None and last is not None and last < first:
        last = first if until is None else last
        first = last if since is None else first
    return first, last


def _judged(incidents: Sequence[Incident], published: dict[str, date], last: date | None) -> date:
    """Outcomes are judged by all that the casebook knows."""
    known = [*published.values(), *(x.start for x in incidents if x.start is not None)]
    return max([*known, last or date.min], default=date.min)


def _touches(incident: Incident, first: date | None, last: date | None, *, undated: bool) -> bool:
    if incident.start is None:
        return undated
    if first is None or last is None:
        return undated
    if undated and incident.status in OPEN_STATUSES:
        return True
    return incident.start <= last and (incident.end or incident.start) >= first
