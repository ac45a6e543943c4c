"""A stretch of a document as the network sees it: its words, actors and the acts that frames found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from detente.coding.reader import pieces
from detente.coding.reader.planes import slot_of, still
from detente.coding.types import Mention, MentionKind
from detente.model import EventType, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.coding.acts.traced import Traced
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Reading
    from detente.model import Actor, Event

    Numbers = NDArray[np.int32]
    Values = NDArray[np.float32]

TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
INSTITUTIONS = (
    "HOS HOG GOV MFA MOD MIL LEG JUD INT SPY FIN ECO ENE SEC EMB ATT IGO PTY OPP CVL NGO MED BUS REL EDU REB UAF"
).split()
KINDS = (*get_args(MentionKind), "frame")
"""Kinds of mentions; the last is that of an actor whom the frames alone have found."""
DEPS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass"
    " dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj"
    " poss preconj predet prep prt punct quantmod relcl xcomp"
).split()
TAGS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB"
    " RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
).split()
EMPTY = frozenset(
    "$ '' , -LRB- -RRB- . : CC CD DT EX HYPH LS MD NFP PDT POS PRP PRP$ SYM TO WDT WP WP$ WRB _SP ``".split()
)
"""Parts of speech that tell no act."""
TITLE, CONTEXT, BODY = range(3)
"""Zones of a window: the title, what went before, and what is read."""
LENGTHS = (20, 80, 300)
"""Words of each zone; a sentence is not cut, but for one beyond ``LONGEST``."""
LONGEST = 120
NEARBY = 2
"""Sentences after one that names somebody that are read though they name nobody: who acted may be told before."""
SLOTS = 16
"""Countries and bodies that a window tells apart."""

_DEP = {name: n + 1 for n, name in enumerate(DEPS)}
_TAG = {name: n + 1 for n, name in enumerate(TAGS)}
_INSTITUTION = {name: n + 1 for n, name in enumerate(INSTITUTIONS)}
_KIND = {name: n + 1 for n, name in enumerate(KINDS)}
_PLACE = len(KINDS) + 1
_TYPE = {name: n + 1 for n, name in enumerate(TYPES)}
_STATUS = {name: n + 1 for n, name in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be a party: a mention, the reading that it stands in, and the row of its head."""

    mention: Mention
    reading: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The words of a title, of some sentences before, and of the sentences that are read; L of them, M candidates.

    Attributes:
        rows: Each word with the number of its reading.
        pieces: Pieces of each word, [L, 4].
        head: Row of the word above it, itself for a root, [L].
        dep: Label of that arc, [L].
        tag: Part of speech, [L].
        zone: ``TITLE``, ``CONTEXT`` or ``BODY``, [L].
        sentence: Number of the reading, [L].
        paragraph: Number of its paragraph, [L].
        nameless: Words of sentences that name nobody, which only their own sentence sees, so that they change nothing, [L].
        slots: Which countries and bodies the word stands for, [L, 16].
        institution: Of an actor at its head, [L].
        kind: Of a mention at its head, [L].
        type: Type of the frame's act that the word tells, [L].
        status: Its status, [L].
        candidates: Who may be a party.
        member: Which candidate stands for which slot, [M, 16].
        names: The slots by name.
        acts: Rows of the frames' acts with their numbers, by row.
        sides: Which slots are source and target of the act there, [2, 16], by row; either of both sides of one between equals.
        asked: Which words may tell an act or head a party, [L].
        places: Row of each candidate's head, [M].
        readings: Number of each candidate's reading, [M].
        still: What ``planes`` tells of each candidate whatever the act, [M, 19].
    """

    rows: tuple[tuple[Token, int], ...]
    pieces: Numbers
    head: Numbers
    dep: Numbers
    tag: Numbers
    zone: Numbers
    sentence: Numbers
    paragraph: Numbers
    nameless: NDArray[np.bool_]
    slots: Values
    institution: Numbers
    kind: Numbers
    type: Numbers
    status: Numbers
    candidates: tuple[Candidate, ...]
    member: NDArray[np.bool_]
    names: Mapping[str, int]
    acts: Mapping[int, int]
    sides: Mapping[int, NDArray[np.bool_]]
    asked: NDArray[np.bool_]
    places: Numbers
    readings: Numbers
    still: Values


def windows(readings: Sequence[Reading], traced: Sequence[Traced]) -> Iterator[Window]:
    """Yield the windows of a document.

    A window ends where its words or the states and bodies of what is read in it become too many. Of the sentences that name
    nobody those just after one that does are read, but only for acts of their own.

    Args:
        readings: Its parsed sentences with their mentions.
        traced: The events of frames.
    """
    people = _candidates(readings, traced)
    named: dict[int, set[str]] = {}
    for mention, n, _ in people:
        named.setdefault(n, set()).update(slot_of(actor) for actor in mention.actors)
    lines = [list(r.doc)[:LONGEST] if n in named else [] for n, r in enumerate(readings)]
    more = _nameless(readings, named)
    first = next((n for n, r in enumerate(readings) if not r.sentence.headline), len(readings))
    title = [(t, n) for n in range(first) for t in lines[n]][: LENGTHS[TITLE]]
    start = first
    while start < len(lines):
        end, words, names = start, 0, set[str]()
        while end < len(lines):
            names |= named.get(end, set())
            if end > start and (words + len(lines[end]) > LENGTHS[BODY] or len(names) > SLOTS):
                break
            words += len(lines[end])
            end += 1
        before = [(t, n) for n in range(first, start) for t in lines[n]][-LENGTHS[CONTEXT] :]
        body = [(t, n) for n in range(start, end) for t in lines[n] or more.get(n, [])]
        zones = [TITLE] * len(title) + [CONTEXT] * len(before) + [BODY] * len(body)
        window = _window((*title, *before, *body), zones, readings, people, traced)
        if window.candidates:
            yield window
        start = end


def _nameless(readings: Sequence[Reading], peopled: Collection[int]) -> dict[int, list[Token]]:
    """Return the words of the sentences that name nobody just after one that does, by the number of the reading."""
    found: dict[int, list[Token]] = {}
    last = -NEARBY - 1
    for n, reading in enumerate(readings):
        number = reading.sentence.number
        if n in peopled:
            last = number
        elif number - last <= NEARBY:
            found[n] = list(reading.doc)[:LONGEST]
    return found


def _candidates(
    readings: Sequence[Reading], traced: Sequence[Traced]
) -> list[tuple[Mention, int, int | None]]:
    """Return the mentions with their readings and heads, and the actors whom frames alone have found."""
    found: list[tuple[Mention, int, int | None]] = [
        (mention, n, mention.head)
        for n, r in enumerate(readings)
        for mention in (*r.mentions, *r.guesses)
    ]
    numbers = {r.sentence.number: n for n, r in enumerate(readings)}
    known = {(m.start, a.code) for m, _, _ in found for a in m.actors}
    for one in traced:
        reading = readings[numbers[one.event.sentence]]
        for actor in (*one.event.source, *one.event.target):
            start, end = actor.span
            inside = reading.sentence.start <= start < end <= reading.sentence.end
            if not inside or _is_known(actor, reading) or (start, actor.code) in known:
                continue
            known.add((start, actor.code))
            span = reading.doc.char_span(
                start - reading.sentence.start,
                end - reading.sentence.start,
                alignment_mode="expand",
            )
            head = span.root.i if span is not None else 0
            mention = Mention(start=start, end=end, head=head, actors=(actor,), kind="reference")
            found.append((mention, numbers[one.event.sentence], None))
    return sorted(found, key=lambda one: (one[1], one[0].start, one[0].end))


def _is_known(actor: Actor, reading: Reading) -> bool:
    return any(
        m.start <= actor.span[0] < m.end and any(a.code == actor.code for a in m.actors)
        for m in reading.mentions
    )


def _window(
    rows: tuple[tuple[Token, int], ...],
    zones: Sequence[int],
    readings: Sequence[Reading],
    people: Sequence[tuple[Mention, int, int | None]],
    traced: Sequence[Traced],
) -> Window:
    at = {(n, t.i): row for row, (t, n) in enumerate(rows)}
    starts = {(n, readings[n].sentence.start + t.idx): row for row, (t, n) in enumerate(rows)}
    found = []
    for mention, n, head in people:
        row = starts.get((n, mention.start)) if head is None else at.get((n, head))
        if row is not None:
            found.append((Candidate(mention, n, row), head is None))
    names: dict[str, int] = {}
    for one, _ in sorted(found, key=lambda one: (-zones[one[0].row], one[0].row)):
        for actor in one.mention.actors:
            if len(names) < SLOTS:
                names.setdefault(slot_of(actor), len(names))
    length = len(rows)
    slots = np.zeros((length, SLOTS), np.float32)
    member = np.zeros((len(found), SLOTS), np.bool_)
    institution, kind, types, status = (np.zeros(length, np.int32) for _ in range(4))
    count: dict[str, int] = {}
    for place, (one, alone) in enumerate(found):
        own = [names[s] for a in one.mention.actors if (s := slot_of(a)) in names]
        member[place, own] = True
        slots[np.ix_([one.row, *([] if alone else _covered(one, rows, readings))], own)] = 1.0
        actors = one.mention.actors
        institution[one.row] = _INSTITUTION.get(actors[0].institution or "", 0) if actors else 0
        kind[one.row] = (
            _PLACE if one.mention.place else _KIND["frame" if alone else one.mention.kind]
        )
        for actor in actors:
            count[slot_of(actor)] = count.get(slot_of(actor), 0) + 1
    numbers = {r.sentence.number: n for n, r in enumerate(readings)}
    acts: dict[int, int] = {}
    sides: dict[int, NDArray[np.bool_]] = {}
    for number, told in enumerate(traced):
        event = told.event
        begin = event.trigger[0] if event.trigger is not None else event.span[0]
        row = starts.get((numbers[event.sentence], begin))
        if row is None or zones[row] != BODY or row in acts:
            continue
        acts[row] = number
        sides[row] = _sides(event, names)
        types[row], status[row] = _TYPE[event.type], _STATUS[event.status]
    return Window(
        rows=rows,
        pieces=np.array([pieces.of(t.text) for t, _ in rows], np.int32).reshape(length, pieces.MOST),
        head=np.array([at.get((n, t.head.i), row) for row, (t, n) in enumerate(rows)], np.int32),
        dep=np.array([_DEP.get(t.dep_, 0) for t, _ in rows], np.int32),
        tag=np.array([_TAG.get(t.tag_, 0) for t, _ in rows], np.int32),
        zone=np.array(zones, np.int32),
        sentence=np.array([n for _, n in rows], np.int32),
        paragraph=np.array([readings[n].sentence.paragraph for _, n in rows], np.int32),
        nameless=~np.isin([n for _, n in rows], [n for _, n, _ in people]),
        slots=slots, institution=institution, kind=kind, type=types, status=status,
        candidates=tuple(one for one, _ in found), member=member, names=names, acts=acts, sides=sides,
        asked=_asked(rows, zones, [*acts, *(c.row for c, _ in found)]),
        places=np.array([c.row for c, _ in found], np.int32),
        readings=np.array([c.reading for c, _ in found], np.int32),
        still=still(
            rows, [zone == TITLE for zone in zones], [c for c, _ in found],
            [max((count[slot_of(a)] for a in c.mention.actors), default=0) for c, _ in found],
        ),
    )  # fmt: skip


def _sides(event: Event, names: Mapping[str, int]) -> NDArray[np.bool_]:
    """Return which slots are source and target of an act, [2, 16]."""
    found = np.zeros((2, SLOTS), np.bool_)
    for side, actors in zip(found, (event.source, event.target), strict=True):
        side[[names[s] for a in actors if (s := slot_of(a)) in names]] = True
    if event.channel.symmetric:
        found[:] = found.any(0)
    return found


def _covered(
    one: Candidate,
    rows: Sequence[tuple[Token, int]],
    readings: Sequence[Reading],
) -> list[int]:
    """Return the rows of a mention's words."""
    base = readings[one.reading].sentence.start
    found = []
    for step in (-1, 1):
        row = one.row
        while 0 <= row < len(rows) and rows[row][1] == one.reading:
            token = rows[row][0]
            start = base + token.idx
            if start < one.mention.start or start + len(token.text) > one.mention.end:
                break
            found.append(row)
            row += step
    return found


def _asked(
    rows: Sequence[tuple[Token, int]], zones: Sequence[int], others: Sequence[int]
) -> NDArray[np.bool_]:
    """Return which words may tell an act, and others by their rows."""
    asked = np.array(
        [zone == BODY and t.tag_ not in EMPTY for (t, _), zone in zip(rows, zones, strict=True)],
        np.bool_,
    )
    asked[others] = True
    return asked
