"""The frozen records that cross a border: documents and what is coded from them.

The JSON form of each record is the line format of ``detente code``; ``to_line`` writes it.
Character offsets are Unicode code points into ``Document.text``, ``[start, end)``.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

Span = tuple[int, int]
"""Start and end offset, half open."""

PublishedBasis = Literal["option", "meta", "url", "text", "file", "none"]
"""How a publication date was found, in falling order of trust."""

BlockKind = Literal["headline", "paragraph"]

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""The 16 types of PLOVER v2.0 (manual of 4 February 2024)."""

Status = Literal["actual", "planned", "proposed", "possible", "negated", "habitual"]

Domain = Literal[
    "military", "diplomatic", "economic", "energy", "human_rights", "legal", "political",
    "humanitarian", "other",
]  # fmt: skip

DatePrecision = Literal["day", "week", "month", "quarter", "season", "year", "decade", "vague"]

ClaimKind = Literal[
    "cause", "assessment", "stance", "intent", "competence", "mandate", "channel", "capacity",
    "agenda", "rule",
]  # fmt: skip

Direction = Literal["start", "resume", "increase", "continue", "decrease", "stop", "none"]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One headline or paragraph of a document.

    Attributes:
        kind: ``headline`` or ``paragraph``.
        start: First character in ``Document.text``.
        end: One past the last character.
    """

    kind: BlockKind
    start: int
    end: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One text with where it came from.

    Attributes:
        id: ``sha256:`` and the hash of ``text`` (see ``document_id``).
        source: Path or address that it was read from; ``#name`` or ``#row`` follows for a
            member of an archive or a row of a table.
        text: Normalised text: NFC, no control characters, blocks parted by a blank line.
        blocks: Headline (at most one, first) and paragraphs, in order, without overlap.
        published: Publication date, ISO 8601 ``YYYY-MM-DD``.
        published_basis: How ``published`` was found.
        language: BCP 47 primary tag, such as ``en``.
        external_id: The row's own ``id`` where the document came from a table.
        flags: What was mended while reading, such as ``controls_removed``.
    """

    id: str
    source: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "none"
    language: str | None = None
    external_id: str | None = None
    flags: tuple[str, ...] = ()


class DocumentRecord(msgspec.Struct, frozen=True, kw_only=True, tag="document", tag_field="record"):
    """The line that stands before the records of one document.

    Attributes:
        id: ``sha256:`` and the hash of the document's normalised text.
        source: Path or address that it was read from; ``#name`` or ``#row`` follows for a
            member of an archive or a row of a table.
        publisher: Who published it.
        title: Its title.
        author: Who wrote it.
        url: The address that the document gives for itself.
        published: Publication date, ISO 8601.
        published_basis: How it was found, in falling order of trust.
        language: BCP 47 primary tag, such as ``en``.
        characters: Length of the text.
        sentences: How many sentences it has.
        sentences_parsed: How many of them could hold a record and were parsed.
        coded: False where no coder reads its language, or there is no text.
        reason: Why it was not coded.
        external_id: The row's own ``id`` where the document came from a table.
        flags: What was mended while reading, such as ``controls_removed``.
    """

    id: str
    source: str
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "none"
    language: str | None = None
    characters: int = 0
    sentences: int = 0
    sentences_parsed: int = 0
    coded: bool = True
    reason: str | None = None
    external_id: str | None = None
    flags: tuple[str, ...] = ()


class ErrorRecord(msgspec.Struct, frozen=True, kw_only=True, tag="error", tag_field="record"):
    """A document that could not be read.

    Attributes:
        source: Path or address.
        error: Stable code, such as ``encrypted``, ``truncated`` or ``timeout``.
        reason: One sentence for a person.
    """

    source: str
    error: str
    reason: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An actor as it stands in one place of a text.

    Attributes:
        code: ``BLR``, ``BLR.MFA``, ``NATO``, ``BLOC:west``, or a group's code.
        country: ISO 3166-1 alpha-3, or the organisation's or bloc's code.
        institution: One of the institutions of DESIGN.md section 2, or None for the state.
        person: Full name where known.
        role: The office as worded or as registered, such as ``Foreign Minister``.
        rank: Protocol rank, a key of ``registers/actors/ranks.yaml``.
        sector: PLOVER's sector where it says more than the institution: ``AGR`` of farmers.
        surface: The words in the text.
        span: Where they stand in the document.
        how: How the mention was resolved, such as ``name``, ``role phrase``, ``office-holder``,
            ``apposition``, ``coreference: the parties``.
    """

    code: str
    country: str
    institution: str | None = None
    person: str | None = None
    role: str | None = None
    rank: str | None = None
    sector: str | None = None
    surface: str = ""
    span: Span = (0, 0)
    how: str | None = None


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """The path of a contact.

    Attributes:
        format: ``bilateral``, ``multilateral`` or ``third-party``.
        pairing: Both institutions in the order source-target, such as ``MFA-MOD``.
        symmetric: True where either side may stand as source.
        medium: ``in person``, ``phone``, ``video``, ``letter`` or None.
        occasion: On the margins of what, in the text's words.
        host: Country that receives a visit.
    """

    format: Literal["bilateral", "multilateral", "third-party"] | None = None
    pairing: str | None = None
    symmetric: bool = False
    medium: str | None = None
    occasion: str | None = None
    host: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the earth.

    Attributes:
        name: Its name.
        country: ISO 3166-1 alpha-3.
        geonameid: Its id in GeoNames.
        lat: Latitude, WGS 84, in degrees.
        lon: Longitude, WGS 84, in degrees.
        span: Where it is named in the document.
    """

    name: str
    country: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    span: Span | None = None


class Hedge(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says of how sure it is, one field for each kind of word.

    Attributes:
        likelihood: A word of a probability scale, such as ``likely``.
        modal: ``may``, ``might``, ``could``, ``should``, ``will``, ``would``.
        evidential: ``apparently``, ``reportedly``.
        quantifier: ``most``, ``some``.
        frequency: ``often``, ``rarely``.
        approximator: ``about``, ``nearly``.
        scale: Name of the scale that gave ``low`` and ``high``.
        low: Lower bound of the probability, 0 to 1.
        high: Upper bound of the probability, 0 to 1.
        negated: True where the hedged words are denied.
    """

    likelihood: str | None = None
    modal: str | None = None
    evidential: str | None = None
    quantifier: str | None = None
    frequency: str | None = None
    approximator: str | None = None
    scale: str | None = None
    low: float | None = None
    high: float | None = None
    negated: bool = False


class Event(msgspec.Struct, frozen=True, kw_only=True, tag="event", tag_field="record"):
    """Who did what to whom, from one sentence; the codebook says how hard cases are decided.

    Attributes:
        id: Depends on the content alone: the same text and coder give the same id.
        doc: Id of the document.
        sentence: Number of the sentence, from 0; a headline is sentence 0.
        span: The clause that tells the event.
        type: PLOVER type.
        mode: PLOVER mode, such as ``visit``.
        contexts: PLOVER contexts, such as ``military``.
        domain: The group of the contexts.
        cameo: CAMEO code, as text.
        status: Whether it happened, is fixed, offered, possible, denied, or a habit.
        date: First day, ISO 8601.
        date_end: Last day, where it is not the first.
        date_precision: How exact the text is.
        date_basis: ``text``, or ``published`` where the text gives no date.
        source: Who acts; either side of a symmetric event.
        target: On whom.
        channel: The path of the contact.
        place: Where it happened.
        attribution: Who says so, the outermost speaker first.
        hedge: How sure the text is.
        confidence: From 0 to 1; where the learned reader found or changed it, the reader's own chance.
        rule: The frame that found it, such as ``consult/meet``; ``reader/consult`` where no frame did, but
            the learned reader.
        incident: Id that all tellings of the same event share.
        trigger: The word that tells the act.
    """

    id: str
    doc: str
    sentence: int
    span: Span
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    domain: Domain = "other"
    cameo: str | None = None
    status: Status = "actual"
    date: str | None = None
    date_end: str | None = None
    date_precision: DatePrecision | None = None
    date_basis: str | None = None
    source: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    channel: Channel = Channel()
    place: Place | None = None
    attribution: tuple[Actor, ...] = ()
    hedge: Hedge | None = None
    confidence: float = 0.5
    rule: str = ""
    incident: str = ""
    trigger: Span | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text that a claim points to.

    Attributes:
        span: Where it stands in the document.
        text: Its words.
    """

    span: Span
    text: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True, tag="claim", tag_field="record"):
    """A coded assertion that is not an event.

    Attributes:
        id: Depends on the content alone.
        doc: Id of the document.
        sentence: Number of the sentence, from 0.
        span: The words that make the claim.
        kind: What it asserts.
        holder: Who asserts it, the outermost speaker first; empty for the author.
        subject: Whom it is about.
        object: Towards whom.
        about: Codes of the parties that it concerns.
        domain: Domain of its topic.
        polarity: Whether it is friendly, hostile or neither.
        gist: What is asserted, in the text's words.
        cause: The causes that it gives, one or several.
        effect: What they bring about.
        rejected: Causes that it denies.
        stated: False where it is inferred ("i.e.", "apparently").
        valid: When it holds.
        cause_ids: Earlier records that the cause stands for ("Hence").
        effect_ids: Records that the effect stands for ("such a strategy is due to").
        weight: How much a cause counts for, such as ``mainly``.
        direction: Where a stance or relation moves.
        institution: Of a channel, a capacity or a rule, such as ``ATT``.
        accreditation: Of a channel's envoys.
        level: Of a capacity.
        out: Domain of the subject that leaves an agenda.
        into: Domain of the subject that enters it; ``in`` in the line format.
        details: Wordings that only one kind has, such as ``scope`` of a mandate.
        hedge: How sure its holder is.
        confidence: From 0 to 1.
        rule: The rule that found it.
    """

    id: str
    doc: str
    sentence: int
    span: Span
    kind: ClaimKind
    holder: tuple[Actor, ...] = ()
    subject: tuple[Actor, ...] = ()
    object: tuple[Actor, ...] = ()
    about: tuple[str, ...] = ()
    domain: Domain = "other"
    polarity: Literal["positive", "negative", "neutral"] = "neutral"
    gist: str = ""
    cause: tuple[Evidence, ...] = ()
    effect: Evidence | None = None
    rejected: tuple[Evidence, ...] = ()
    stated: bool = True
    valid: Literal["past", "present", "since", "habitual"] | None = None
    cause_ids: tuple[str, ...] = ()
    effect_ids: tuple[str, ...] = ()
    weight: str | None = None
    direction: Direction | None = None
    institution: str | None = None
    accreditation: Literal["resident", "concurrent"] | None = None
    level: Literal["negligible", "low", "medium", "high"] | None = None
    out: Domain | None = None
    into: Domain | None = msgspec.field(default=None, name="in")
    details: dict[str, Any] = {}
    hedge: Hedge | None = None
    confidence: float = 0.5
    rule: str = ""


class Horizon(msgspec.Struct, frozen=True, kw_only=True):
    """When a forecast falls due.

    Attributes:
        text: The words of the text.
        start: First day; ``from`` in the line format.
        to: Last day.
        basis: ``text``, or ``default`` where the text gives no term.
    """

    text: str | None = None
    start: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    basis: str = "default"


class Forecast(msgspec.Struct, frozen=True, kw_only=True, tag="forecast", tag_field="record"):
    """A claim about the future.

    Attributes:
        id: Depends on the content alone.
        doc: Id of the document.
        sentence: Number of the sentence, from 0.
        span: The words that make the forecast.
        gist: What is expected, in the text's words.
        holder: Who expects it, the outermost speaker first; empty for the author.
        subject: Whose dealings.
        object: With whom.
        about: Codes of the parties that it concerns.
        domain: Domain of what is expected.
        direction: Whether it starts, resumes, grows, goes on, falls or stops.
        format: Format of the contacts that are expected.
        hedge: How likely, in words and on a scale.
        horizon: When it falls due.
        condition: What it depends on, in the text's words.
        until: What would end it, in the text's words.
        veto: Who could stop it.
        confidence: That the sentence is a forecast, from 0 to 1.
        rule: The rule that found it.
    """

    id: str
    doc: str
    sentence: int
    span: Span
    gist: str = ""
    holder: tuple[Actor, ...] = ()
    subject: tuple[Actor, ...] = ()
    object: tuple[Actor, ...] = ()
    about: tuple[str, ...] = ()
    domain: Domain = "other"
    direction: Direction = "none"
    format: Literal["bilateral", "multilateral", "third-party"] | None = None
    hedge: Hedge | None = None
    horizon: Horizon | None = None
    condition: str | None = None
    until: str | None = None
    veto: tuple[Actor, ...] = ()
    confidence: float = 0.5
    rule: str = ""


Record = Event | Claim | Forecast
"""What is coded from a sentence."""

Line = DocumentRecord | Event | Claim | Forecast | ErrorRecord
"""One line of the output of ``detente code``."""


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """One document with its records, in the order of the text.

    Attributes:
        document: The document's own line.
        text: The document's text, which the offsets count in.
        sentences: Offsets of every sentence, by number.
        records: Events, claims and forecasts.
    """

    document: DocumentRecord
    text: str = ""
    sentences: tuple[Span, ...] = ()
    records: tuple[Record, ...] = ()


def document_id(text: str) -> str:
    """Return the id of a normalised text: ``sha256:`` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def record_id(prefix: str, *parts: object) -> str:
    """Return a short id that depends on the content alone.

    Args:
        prefix: One letter: ``e`` event, ``c`` claim, ``f`` forecast, ``i`` incident.
        parts: What makes the record what it is; written as JSON and hashed.

    Returns:
        The prefix and 16 hexadecimal digits (64 bits of SHA-256).
    """
    digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    return prefix + digest[:16]


_ENCODER = msgspec.json.Encoder()


def to_line(record: Line) -> bytes:
    """Return one JSON line of the line format, without the line end."""
    return _ENCODER.encode(record)
