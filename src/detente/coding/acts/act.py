"""One matched predicate, and who takes part in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention
    from detente.model import Actor, EventType, Status
    from detente.registers.frames import Frame

LEARNED = "reader/"
"""How the rule of an act begins that the learned reader found, not a frame."""
VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types whose content is told, not done."""


@dataclass(slots=True, kw_only=True)
class Act:
    """One matched predicate.

    Attributes:
        trigger: The token that the frame matched.
        frame: The frame.
        type: PLOVER type after the act's status was weighed (a future visit is AGREE).
        mode: PLOVER mode.
        cameo: CAMEO code.
        source: Mentions of the source, in order.
        target: Mentions of the target, in order.
        symmetric: True where either side may stand as source.
        status: How the act stands.
        evidence: Why it stands so.
        reporters: Verbs of saying above it.
        slots: Role to the head tokens that filled it.
        content: Head tokens of the act's content (a complement, or a topic).
        tokens: Other tokens that the frame asked for, such as the object noun.
        aim: Why the target was taken that its own words leave out; one of ``offers.RANKING``.
        waiting: Whether its frame asks for a target that its own sentence does not give.
        own: Targets that were left out because the source is of the same state.
        doerless: Whether a passive tells it without its doer.
        chance: How likely the learned reader holds what it made of the act; None where frames alone made it.
    """

    trigger: Token
    frame: Frame
    type: EventType
    mode: str | None = None
    cameo: str | None = None
    source: tuple[Mention, ...] = ()
    target: tuple[Mention, ...] = ()
    symmetric: bool = False
    status: Status = "actual"
    evidence: tuple[str, ...] = ()
    reporters: tuple[Token, ...] = ()
    slots: dict[str, list[Token]] = field(default_factory=dict)
    content: list[Token] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    waiting: bool = False
    own: tuple[Mention, ...] = ()
    doerless: bool = False
    aim: str | None = None
    chance: float | None = None


DOUBTFUL = 0.6
"""Chance below which a new act of the learned reader does not stand beside a claim of its sentence."""


def is_doubtful(act: Act) -> bool:
    """Return whether the learned reader alone has found an act, and is not sure of it."""
    return act.frame.id.startswith(LEARNED) and (act.chance or 0.0) < DOUBTFUL


def actors_of(mentions: Iterable[Mention]) -> list[Actor]:
    """Return the actors of some mentions, in order."""
    return [a for m in mentions for a in m.actors]


def has_both(act: Act) -> bool:
    """Return whether the source of an act between equals already holds both sides."""
    return (act.symmetric or act.type == "AGREE") and sum(len(m.actors) for m in act.source) > 1


ONE_WAY = ("/promise", "/offer", "/invite", "/assure")
"""Groups of frames by which several states together promise somebody else."""


def agrees_jointly(act: Act) -> bool:
    """Return whether several states agree with each other, though no other side is told: "the parties agreed"."""
    states = {actor.country for actor in actors_of(act.source)}
    return act.type == "AGREE" and not act.frame.id.endswith(ONE_WAY) and len(states) > 1


def explain(act: Act) -> dict[str, Any]:
    """Return why an act matched: frame, tokens in its slots, evidence of its status."""
    return {
        "rule": act.frame.id,
        "pattern": act.frame.pattern,
        "file": f"{act.frame.file}:{act.frame.line}",
        "trigger": act.trigger.text,
        "slots": {role: [t.text for t in tokens] for role, tokens in act.slots.items()},
        "tokens": [t.text for t in act.tokens],
        "status": act.status,
        "evidence": list(act.evidence),
    }
