"""Claims that stand against each other, inside a document or between documents."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.model import Claim

STOP = frozenset(
    "the a an of in on at to for with and or any real existing between from by its their his her "
    "this that such more most than rather as is are was were be been not no it some region".split()
)
THREATS = frozenset("threat tension tensions danger risk insecurity hostility pressure".split())
"""Words that tell the same motive: a growing tension is the threat that another denies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two claims that cannot both hold; both are kept.

    Attributes:
        first: The claim that stands first.
        second: The other one.
        reason: In what they oppose each other.
    """

    first: Claim
    second: Claim
    reason: str


def find(claims: Iterable[Claim]) -> tuple[Contradiction, ...]:
    """Return the pairs of claims that oppose each other.

    A motive that one claim gives and another one sets aside; the same body said to hold a
    competence and not to; an attitude or judgement told with opposite signs by different voices,
    of the same time; an aim that is affirmed and denied.

    Args:
        claims: Of one document or of several.
    """
    listed = sorted(claims, key=lambda c: (c.doc, c.sentence, c.span, c.id))
    found: list[Contradiction] = []
    for first, second in combinations(listed, 2):
        reason = next(_reasons(first, second), None)
        if reason is not None:
            found.append(Contradiction(first=first, second=second, reason=reason))
    return tuple(found)


def _reasons(first: Claim, second: Claim) -> Iterator[str]:
    if first.kind != second.kind:
        return
    if first.kind == "cause":
        for one, other in ((first, second), (second, first)):
            shared = _rival(one, other)
            if shared:
                yield f"a cause that is given and set aside: {shared}"
    elif _same_people(first, second) and _opposed(first, second):
        yield f"{first.kind} told with opposite signs"


def _rival(one: Claim, other: Claim) -> str:
    """Return the words of a cause given by one claim that another one rejects."""
    if one.about and other.about and not set(one.about) & set(other.about):
        return ""
    for given in one.cause:
        for rejected in other.rejected:
            words = _words(given.text) & _words(rejected.text)
            if words:
                return " ".join(sorted(words))
    return ""


def _words(text: str | None) -> frozenset[str]:
    found = {w.strip(".,;:()'\"").lower() for w in (text or "").split()} - STOP
    return frozenset("threat" if w in THREATS else w for w in found if w)


def _same_people(first: Claim, second: Claim) -> bool:
    subjects = {a.code for a in first.subject} & {a.code for a in second.subject}
    objects = {a.country for a in first.object}, {a.country for a in second.object}
    return bool(subjects) and (objects[0] == objects[1] or bool(objects[0] & objects[1]))


def _opposed(first: Claim, second: Claim) -> bool:
    if {first.polarity, second.polarity} != {"positive", "negative"}:
        return False
    if first.valid == "past" != second.valid or second.valid == "past" != first.valid:
        return False
    return first.domain == second.domain
