"""The records of the forecast ledger; every change is an entry, nothing is overwritten."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from detente.errors import InputError
from detente.model import Direction, Domain, EventType, Forecast, Status, record_id

Outcome = Literal["yes", "no", "void", "open"]
"""``open``: the deadline has not come and nothing decides it yet."""

Comparison = Literal["at least", "at most"]


class Outlook(msgspec.Struct, frozen=True, kw_only=True, tag="forecast", tag_field="entry"):
    """A forecast as it was issued; never changed.

    Attributes:
        id: Id of the coded forecast, or one made from the content of a hand-written one.
        text: The sentence or the words of it.
        issued: Day of issue, ISO 8601.
        author: Person who wrote it.
        publisher: Who published it.
        document: Id of the document; None for one written by hand.
        sentence: Number of its sentence in the document.
        subject: Codes of the subject.
        object: Codes of the object.
        about: States, organisations and blocs that it is about.
        domain: Domain.
        direction: Where things move.
        format: ``bilateral``, ``multilateral`` or ``third-party``.
        hedge: The word that says how sure, such as ``likely``.
        scale: Scale of ``low`` and ``high``.
        low: Lower bound of the probability, 0 to 1.
        high: Upper bound of the probability, 0 to 1.
        probability: A single number that the author gave, in (0, 1).
        first: First day on which it can come true.
        deadline: Last such day.
        horizon: The words of the horizon.
        condition: What it depends on, in words.
        until: What would end it, in words.
        denied: True where it says with a plain "not" that a thing will not come about; an interval
            of likelihood is that of the thing itself, so that "probably not" is no denial here.
        origin: ``text`` or ``hand``.
    """

    id: str
    text: str
    issued: str
    author: str | None = None
    publisher: str | None = None
    document: str | None = None
    sentence: int | None = None
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    domain: Domain = "other"
    direction: Direction = "none"
    format: str | None = None
    hedge: str | None = None
    scale: str | None = None
    low: float | None = None
    high: float | None = None
    probability: float | None = None
    first: str | None = None
    deadline: str | None = None
    horizon: str | None = None
    condition: str | None = None
    until: str | None = None
    denied: bool = False
    origin: Literal["text", "hand"] = "text"

    @property
    def chance(self) -> float | None:
        """The probability that is scored: the author's number, else the interval's middle."""
        if self.probability is not None:
            return self.probability
        if self.low is None or self.high is None:
            return None
        return (self.low + self.high) / 2


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A question that the casebook can answer: how many incidents of a class, by when.

    Attributes:
        types: PLOVER types that count.
        parties: Codes; two for a relation, in either order. ``GBR|LVA`` stands for any of them,
            a bloc for its members of the day.
        modes: PLOVER modes that count; none for all.
        domain: Only incidents of this domain; None for all.
        format: Only ``bilateral`` (neutral ground included) or ``multilateral`` dealings.
        statuses: Statuses that count.
        comparison: ``at least`` or ``at most`` ``threshold`` incidents.
        threshold: Number of incidents.
        first: First day, ISO 8601.
        deadline: Last day.
        base_rate: Incidents a day of the same class before the issue; None where unknown.
        lookback: Days over which the base rate was counted.
    """

    types: tuple[EventType, ...]
    parties: tuple[str, ...]
    first: str
    deadline: str
    modes: tuple[str, ...] = ()
    domain: Domain | None = None
    format: str | None = None
    statuses: tuple[Status, ...] = ("actual",)
    comparison: Comparison = "at least"
    threshold: int = 1
    base_rate: float | None = None
    lookback: int = 0


class Version(msgspec.Struct, frozen=True, kw_only=True, tag="version", tag_field="entry"):
    """One way to make a forecast answerable.

    Attributes:
        forecast: Its id.
        number: From 1.
        query: The query.
        basis: ``proposed`` by rule, ``edited`` by a person.
        accepted: True once a person has taken it.
        reason: Why it is as it is.
    """

    forecast: str
    number: int
    query: Query
    basis: Literal["proposed", "edited"] = "proposed"
    accepted: bool = False
    reason: str = ""


class Resolution(msgspec.Struct, frozen=True, kw_only=True, tag="resolution", tag_field="entry"):
    """How a forecast turned out, as believed on a day.

    Attributes:
        forecast: Its id.
        version: Number of the version that was asked.
        outcome: ``yes``, ``no``, ``void`` or ``open``.
        reason: One sentence.
        incidents: The incidents that decided.
        as_of: The day up to which the casebook was believed.
        by: ``rule`` or a person's name.
        revises: Number of the resolution that this one replaces, from 1; None for the first.
    """

    forecast: str
    version: int
    outcome: Outcome
    reason: str
    as_of: str
    incidents: tuple[str, ...] = ()
    by: str = "rule"
    revises: int | None = None


Entry = Outlook | Version | Resolution
"""One line of the ledger."""


def concerns(outlook: Outlook, party: str) -> bool:
    """Whether a forecast's subject, object or topic is a party or lies under it."""
    return any(
        code == party or code.startswith((f"{party}.", f"{party}/"))
        for code in (*outlook.subject, *outlook.object, *outlook.about)
    )


def day(text: str | None, field: str) -> datetime.date:
    """Return a day.

    Raises:
        InputError: The text is no ISO 8601 day; the message names the field.
    """
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError as error:
        raise InputError(f"{field}: {text!r} is no day such as 2016-09-26") from error


def from_forecast(
    forecast: Forecast, *, issued: str, author: str | None = None, publisher: str | None = None
) -> Outlook:
    """Freeze a coded forecast.

    Args:
        forecast: The record.
        issued: Publication day of its document.
        author: Author of the document; a named holder takes his place.
        publisher: Publisher of the document.

    Raises:
        InputError: Its horizon ends before it was issued.
    """
    hedge, horizon = forecast.hedge, forecast.horizon
    holder = ", ".join(a.person or a.code for a in forecast.holder)
    made = Outlook(
        id=forecast.id,
        text=forecast.gist,
        issued=issued,
        author=holder or author,
        publisher=publisher,
        document=forecast.doc,
        sentence=forecast.sentence,
        subject=tuple(a.code for a in forecast.subject),
        object=tuple(a.code for a in forecast.object),
        about=forecast.about,
        domain=forecast.domain,
        direction=forecast.direction,
        format=forecast.format,
        hedge=(hedge.likelihood or hedge.modal or hedge.evidential) if hedge else None,
        scale=hedge.scale if hedge else None,
        low=hedge.low if hedge else None,
        high=hedge.high if hedge else None,
        first=horizon.start if horizon else None,
        deadline=horizon.to if horizon else None,
        horizon=horizon.text if horizon else None,
        condition=forecast.condition,
        until=forecast.until,
        denied=hedge is not None and hedge.negated and hedge.likelihood is None,
    )
    return checked(made)


def by_hand(outlook: Outlook) -> Outlook:
    """Return a hand-written forecast with an id made from its content, checked.

    Raises:
        InputError: A field cannot be used; the message names it.
    """
    parts = msgspec.structs.asdict(outlook)
    parts.pop("id")
    if not outlook.denied:
        parts.pop("denied")
    return checked(msgspec.structs.replace(outlook, id=record_id("f", parts), origin="hand"))


def checked(outlook: Outlook) -> Outlook:
    """Return a forecast that can be kept.

    Raises:
        InputError: A deadline before the issue date, a probability outside (0, 1), an interval
            the wrong way round, or no text; the message names the field.
    """
    if not outlook.text.strip():
        raise InputError("text: there is none")
    issued = day(outlook.issued, "issued")
    if outlook.deadline is not None and day(outlook.deadline, "deadline") < issued:
        raise InputError(f"deadline: {outlook.deadline} is before the issue date {outlook.issued}")
    first, deadline = outlook.first, outlook.deadline
    if first and deadline and day(first, "first") > day(deadline, "deadline"):
        raise InputError(f"first: {first} is after the deadline {deadline}")
    probability = outlook.probability
    if probability is not None and not 0 < probability < 1:
        raise InputError(f"probability: {probability:g} is outside (0, 1)")
    low, high = outlook.low, outlook.high
    if (low is None) != (high is None):
        raise InputError("low, high: one is given without the other")
    if low is not None and high is not None and not 0 <= low <= high <= 1:
        raise InputError(f"low, high: {low:g}-{high:g} is no interval within 0-1")
    return outlook
