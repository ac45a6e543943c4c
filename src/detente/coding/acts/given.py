"""The given setting: two parties are marked, and the act between them must be named.

Three readings, the surest first: an act that joins both parties; an act of one of them; the predicate
nearest to the path between them in the parse, whose frame fits but for where its parties stand. Where
all three are silent, a learned helper may be asked.
PLOVER's rules for what is announced or denied hold for all: announced cooperation is AGREE,
announced conflict THREATEN, denied cooperation REJECT, a duty that is laid on somebody REQUEST.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from detente.coding.acts import helper, matching, predicates, status
from detente.coding.acts.parties import Finder
from detente.coding.types import Mention, Reading, Sentence
from detente.model import Actor
from detente.registers import frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Doc, Token
    from detente.model import EventType, Span, Status
    from detente.registers.frames import Frame

How = Literal["pair", "one", "near", "learned"]

COOPERATION = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
YIELDING = frozenset({"AGREE", "CONCEDE", "RETREAT"})
CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
LIGHT = frozenset("be have do make take give get put go come say tell set".split())
"""Verbs that name no act by themselves; they count with their object alone."""
DUTY = ("modal must", "modal should", "modal ought")
ONE, NEAR = 0.8, 0.65
"""Factors on a frame's confidence where it holds one party alone, or none."""

AHEAD = frozenset({"planned", "proposed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The act between two given parties.

    Attributes:
        type: PLOVER type.
        how: ``pair``, ``one`` or ``near`` (see the module), or ``learned``.
        rule: The frame behind it, or the helper's name.
        status: How it is told; ``actual`` where its words do not make it an event at all.
        cameo: CAMEO code of the frame, None where it has none.
        trigger: The word that tells it, None for a learned answer.
        confidence: From 0 to 1.
    """

    type: EventType
    how: How
    rule: str
    status: Status = "actual"
    cameo: str | None = None
    trigger: str | None = None
    confidence: float = 0.5


def marked(doc: Doc, source: Span | None, target: Span | None) -> Reading:
    """Return a reading in which the given spans, and nothing else, are actors.

    Args:
        doc: The parsed sentence.
        source: First character and end of the source in it; None where unknown.
        target: The same of the target.
    """
    mentions: dict[int, Mention] = {}
    for code, span in (("S", source), ("T", target)):
        found = doc.char_span(*span, alignment_mode="expand") if span is not None else None
        if found is None or span is None:
            continue
        actor = Actor(code=code, country=code, surface=found.text, span=span)
        mentions.setdefault(
            found.root.i,
            Mention(start=span[0], end=span[1], head=found.root.i, actors=(actor,), kind="name"),
        )
    sentence = Sentence(number=0, start=0, end=len(doc.text), text=doc.text)
    return Reading(
        sentence=sentence, doc=doc, mentions=tuple(sorted(mentions.values(), key=lambda m: m.start))
    )


def name(reading: Reading, *, learned: bool = False, sure: bool = False) -> Named | None:
    """Return the act between the parties of a ``marked`` sentence, None where no word tells one.

    Args:
        reading: The sentence.
        learned: Ask the helper where the frames are silent, which always names an act.
        sure: Let the helper be silent below ``helper.SURE``: there may be no act at all.
    """
    found = _by_frames(reading)
    if found is not None or not learned:
        return found
    kind, chance = helper.name(reading, path_of(reading))
    if sure and chance < helper.SURE:
        return None
    return Named(type=kind, how="learned", rule="helper", confidence=round(chance, 3))


def _by_frames(reading: Reading) -> Named | None:
    acts = predicates.find(reading)
    joint = [act for act in acts if _codes(act) == {"S", "T"}]
    if joint or acts:
        act = (joint or acts)[0]
        how: How = "pair" if joint else "one"
        return Named(
            type=_standing(act.type, act.trigger), how=how, rule=act.frame.id, status=act.status, cameo=act.cameo,
            trigger=act.trigger.text, confidence=round(act.frame.confidence * (1.0 if joint else ONE), 3),
        )  # fmt: skip
    for token, frame in nearest(reading):
        return Named(
            type=_standing(frame.type, token), how="near", rule=frame.id, trigger=token.text,
            status=status.standing(token).status or "actual", cameo=frame.cameo,
            confidence=round(frame.confidence * NEAR, 3),
        )  # fmt: skip
    return None


def _codes(act: Act) -> set[str]:
    return {a.code for m in (*act.source, *act.target) for a in m.actors}


def _standing(kind: EventType, trigger: Token) -> EventType:
    """Return the type after PLOVER's rules for what is announced, denied or demanded."""
    stands = status.standing(trigger)
    if stands.status is None:
        duty = any(word in evidence for evidence in stands.evidence for word in DUTY)
        return "REQUEST" if duty else kind
    if stands.status in AHEAD:
        if kind in COOPERATION:
            return "AGREE"
        return "THREATEN" if kind in CONFLICT else "CONCEDE" if kind == "RETREAT" else kind
    if stands.status == "negated" and kind in COOPERATION | YIELDING:
        return "REJECT"
    return kind


def nearest(reading: Reading) -> list[tuple[Token, Frame]]:
    """Return the predicates of a sentence with a frame that fits but for the places of its parties.

    Those on the path between the two parties come first, then those that hang closest to it.
    """
    finder = Finder(reading)
    path = path_of(reading)
    found = []
    for token in reading.doc:
        frame = matching.first_of(token, _loose(token), finder)
        if frame is not None:
            steps, step = _distance(token, path)
            found.append(((steps > 0, steps, step, token.i), token, frame))
    return [(token, frame) for _, token, frame in sorted(found, key=lambda one: one[0])]


def _loose(token: Token) -> Sequence[Frame]:
    known, lemma = frames.load(), token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
        listed = known.verbs.get(lemma, ())
    else:
        listed = known.nouns.get(lemma, ()) if token.pos_ in {"NOUN", "PROPN"} else ()
    return [
        replace(
            frame, acted=False, slots=tuple(replace(slot, required=False) for slot in frame.slots)
        )
        for frame in listed
        if lemma not in LIGHT or frame.objects
    ]


def path_of(reading: Reading) -> dict[int, int]:
    """Return the tokens on the path between two parties, by index, with their steps from the first.

    With one party alone, what stands above it.
    """
    heads = [reading.doc[m.head] for m in reading.mentions]
    if len(heads) < 2:
        return {t.i: n for head in heads for n, t in enumerate((head, *head.ancestors))}
    up, down = ([head, *head.ancestors] for head in heads)
    shared = {t.i for t in down}
    path = []
    for token in up:
        path.append(token)
        if token.i in shared:
            break
    top = path[-1].i
    path += reversed(list(_until(down, top)))
    return {token.i: step for step, token in enumerate(path)}


def _until(chain: Sequence[Token], top: int) -> Iterator[Token]:
    for token in chain:
        if token.i == top:
            return
        yield token


def _distance(token: Token, path: dict[int, int]) -> tuple[int, int]:
    """Return how many steps a token hangs below the path, and where on it."""
    current, steps = token, 0
    while current.i not in path and current.head != current:
        current, steps = current.head, steps + 1
    return steps, path.get(current.i, 99)
