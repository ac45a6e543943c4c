"""What authors claim about a relation, each claim with its sentence, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.coding.claims import contradictions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from detente.casebook.kept import KeptDocument
    from detente.casebook.view import View
    from detente.model import Claim, ClaimKind, Domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim as a reader finds it.

    Attributes:
        claim: The claim.
        sentence: Its sentence.
        title: Of the document.
        publisher: Of the document.
        published: Publication date, ISO 8601.
        source: Path or address of the document.
    """

    claim: Claim
    sentence: str
    title: str | None
    publisher: str | None
    published: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposed:
    """Two claims that cannot both hold, side by side.

    Attributes:
        first: The one that was published, or stands, first.
        second: The other one.
        reason: In what they oppose each other.
    """

    first: Told
    second: Told
    reason: str


def told(
    view: View,
    parties: Sequence[str],
    *,
    kind: ClaimKind | None = None,
    domain: Domain | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Told, ...]:
    """Return the claims that concern all parties, by publication date and place in the text.

    Args:
        view: The casebook.
        parties: Codes; none for every claim.
        kind: Only this kind.
        domain: Only this domain.
        since: First day of publication.
        until: Last day of publication; a claim without one is left out where either is given.
    """
    found = view.claims(parties=parties, kind=kind, domain=domain)
    return tuple(sorted(_placed(view, found, since, until), key=_order))


def opposed(claims: Sequence[Told]) -> tuple[Opposed, ...]:
    """Return the pairs among claims that oppose each other."""
    by_id = {one.claim.id: one for one in claims}
    pairs = []
    for pair in contradictions.find(one.claim for one in claims):
        sides = sorted((by_id[pair.first.id], by_id[pair.second.id]), key=_order)
        pairs.append(Opposed(first=sides[0], second=sides[1], reason=pair.reason))
    return tuple(sorted(pairs, key=lambda p: (_order(p.first), _order(p.second))))


def _order(one: Told) -> tuple[str, str, int, tuple[int, int], str]:
    claim = one.claim
    return (one.published or "", claim.doc, claim.sentence, claim.span, claim.id)


def _placed(
    view: View, claims: Iterable[Claim], since: date | None, until: date | None
) -> Iterator[Told]:
    documents: dict[str, KeptDocument] = {}
    for claim in claims:
        if claim.doc not in documents:
            documents[claim.doc] = view.document(claim.doc)
        kept = documents[claim.doc]
        document = kept.document
        day = document.published
        if (since is not None or until is not None) and day is None:
            continue
        if since is not None and day is not None and day < since.isoformat():
            continue
        if until is not None and day is not None and day > until.isoformat():
            continue
        start, end = kept.sentences[claim.sentence]
        yield Told(
            claim=claim, sentence=document.text[start:end], title=document.title,
            publisher=document.publisher, published=day, source=document.source,
        )  # fmt: skip
