"""Roles that texts state, kept as learned entries with evidence, dates and support.

"Belarusian Foreign Minister Vladimir Makei" in a text of 26 September 2016 teaches that he was in
that office on that day. Entries are data: they never override the register; where both speak of one
person on one day and disagree, ``conflicts`` lists it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.model import Claim, Event, record_id
from detente.registers import offices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from detente.coding.types import Mention
    from detente.model import Actor, Document, Record

TAUGHT = frozenset({"role phrase", "apposition", "title", "city"})
"""How a mention must have been resolved to teach: its role and country stand in the text."""
Key = tuple[str, str, str | None, str | None]
"""What makes two statements one entry: the name's key, code, institution and rank."""
SINGLE = frozenset({"head of state", "head of government", "minister"})
"""Ranks that one person at a time holds in an institution."""
KEPT = 5
"""Evidences kept for one entry."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where a role is stated: document, offsets, the words, publication date."""

    doc: str
    span: tuple[int, int]
    surface: str
    date: str | None = None


class Learned(msgspec.Struct, frozen=True, kw_only=True):
    """A person in an office, as texts tell it.

    Attributes:
        person: Name as first written.
        code: Country or body.
        institution: Institution of DESIGN.md section 2.
        role: The office in the text's words.
        rank: Protocol rank.
        first: Earliest publication date that tells it, ISO 8601.
        last: Latest.
        support: Number of documents that tell it.
        evidence: The first mentions, at most ``KEPT``.
    """

    person: str
    code: str
    institution: str | None = None
    role: str | None = None
    rank: str | None = None
    first: str | None = None
    last: str | None = None
    support: int = 0
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> Key:
        """What makes two statements one entry: the name's key, code, institution and rank."""
        return name_key(self.person), self.code, self.institution, self.rank

    @property
    def id(self) -> str:
        """Id that depends on the key alone."""
        return record_id("l", *self.key)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A learned entry and the registered office that contradicts it on a day."""

    learned: Learned
    code: str
    institution: str | None
    role: str
    date: str


def name_key(name: str) -> str:
    """Return a spelling-blind form of a full name."""
    return " ".join(offices.key_of(word) for word in name.replace(".", " ").split())


def learn(document: Document, mentions: Mapping[int, Iterable[Mention]]) -> tuple[Learned, ...]:
    """Return what one document teaches, each entry once, in the order of the text.

    Args:
        document: The document.
        mentions: Its resolved mentions by sentence.
    """
    found: dict[Key, Learned] = {}
    for number in sorted(mentions):
        for mention in mentions[number]:
            if len(mention.actors) != 1:
                continue
            entry = stated(mention.actors[0], document.id, document.published)
            if entry is not None:
                found.setdefault(entry.key, entry)
    return tuple(found.values())


def stated(actor: Actor, document: str, published: str | None) -> Learned | None:
    """Return the entry that one mention of a person teaches, if its words state the office.

    Args:
        actor: The person as resolved in one place.
        document: Id of the document.
        published: Its publication date, ISO 8601.
    """
    if not (actor.person and actor.rank and actor.country) or actor.how not in TAUGHT:
        return None
    if len(actor.person.split()) < 2:
        return None
    if actor.person not in actor.surface and actor.how != "apposition":
        return None
    evidence = Evidence(doc=document, span=actor.span, surface=actor.surface, date=published)
    return Learned(
        person=actor.person, code=actor.country, institution=actor.institution, role=actor.role,
        rank=actor.rank, first=published, last=published, support=1, evidence=(evidence,),
    )  # fmt: skip


def of_records(
    records: Iterable[Record], published: Mapping[str, str | None]
) -> Iterator[tuple[Learned, ...]]:
    """Yield what each coded record teaches by the words of its parties and holders.

    Args:
        records: Events, claims and forecasts.
        published: Publication date of each document, by id.
    """
    for record in records:
        if isinstance(record, Event):
            actors = (*record.source, *record.target, *record.attribution)
        elif isinstance(record, Claim):
            actors = (*record.holder, *record.subject, *record.object)
        else:
            actors = (*record.subject, *record.object)
        found = (stated(actor, record.doc, published.get(record.doc)) for actor in actors)
        yield tuple(entry for entry in found if entry is not None)


def merge(*parts: Iterable[Learned]) -> tuple[Learned, ...]:
    """Join entries of several documents; a document's evidence counts once.

    The result does not depend on the order of the parts, up to the spelling of names and roles.
    """
    table: dict[Key, Learned] = {}
    heard: dict[Key, set[str]] = {}
    for part in parts:
        for entry in part:
            before, told = table.get(entry.key), heard.setdefault(entry.key, set())
            fresh = {evidence.doc for evidence in entry.evidence} - told
            told |= fresh
            if before is None or fresh or entry.support > len(entry.evidence):
                table[entry.key] = entry if before is None else _join(before, entry)
    return tuple(
        sorted(table.values(), key=lambda entry: (entry.code, entry.person, entry.key[2:]))
    )


def _join(one: Learned, two: Learned) -> Learned:
    seen = {evidence.doc for evidence in one.evidence}
    fresh = tuple(evidence for evidence in two.evidence if evidence.doc not in seen)
    same = two.support if fresh or not two.evidence else 0
    days = sorted(day for day in (one.first, one.last, two.first, two.last) if day is not None)
    evidence = sorted((*one.evidence, *fresh), key=lambda e: (e.date or "", e.doc))
    return msgspec.structs.replace(
        one,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        support=one.support + same,
        evidence=tuple(evidence[:KEPT]),
    )


def conflicts(learned: Iterable[Learned]) -> Iterator[Conflict]:
    """Yield entries whose person holds another country's or institution's office by the register."""
    for entry in learned:
        for day in sorted({day for day in (entry.first, entry.last) if day is not None}):
            office = offices.lookup(entry.person, day=day, countries=(entry.code,))
            if office is None or not office.until:
                continue
            if (office.code, office.institution) != (entry.code, entry.institution):
                yield Conflict(
                    learned=entry, code=office.code, institution=office.institution,
                    role=office.role, date=day,
                )  # fmt: skip
                break


def contradictions(entries: Sequence[Learned]) -> dict[Key, tuple[str, ...]]:
    """Return what each entry contradicts, in words: the register, or another entry.

    Two people in one leading office of a state at one time contradict each other.
    """
    found: dict[Key, list[str]] = {}
    for conflict in conflicts(entries):
        where = ".".join(part for part in (conflict.code, conflict.institution) if part)
        text = f"the register has {conflict.role} ({where}) on {conflict.date}"
        found.setdefault(conflict.learned.key, []).append(text)
    posts: dict[tuple[str, str | None, str | None], list[Learned]] = {}
    for entry in entries:
        if entry.rank in SINGLE and entry.institution is not None:
            posts.setdefault(entry.key[1:], []).append(entry)
    for group in posts.values():
        for one in group:
            for other in group:
                if one.key[0] != other.key[0] and _overlap(one, other):
                    text = f"{other.person} is told of in the same office at the same time"
                    found.setdefault(one.key, []).append(text)
    return {key: tuple(texts) for key, texts in found.items()}


def _overlap(one: Learned, other: Learned) -> bool:
    first = max(one.first or "", other.first or "")
    return first <= min(one.last or "9", other.last or "9")
