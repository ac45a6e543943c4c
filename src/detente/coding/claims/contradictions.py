"""Claims that stand against each other, inside a document or between documents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.model import Claim

STOP = frozenset(
    "the a an of in on at to for with and or any real existing between from by its their his her "
    "this that such more most than rather as is are was were be been not no it some region".split()
)
THREATS = frozenset("threat tension tensions danger risk insecurity hostility pressure".split())
"""Words that tell the same motive: a growing tension is the threat that another denies."""
_AIMS = (
    "verbs",
    "nominal",
    "nominal_with",
    "goals",
    "motives",
    "effort",
    "keen",
    "reluctant",
    "like",
)
"""Word lists of wanting itself, which tell nothing of what is wanted."""
_STEM = 4
"""Letters by which words of one stem are known: "join", "joining"; "member", "membership"."""
LEVELS = {"negligible": 0, "low": 0, "high": 2}
"""Levels of a capacity that cannot both hold; ``medium`` is near to either."""


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
    """Return the pairs of claims that oppose each other, in the order of their documents.

    A motive that one claim gives and another one sets aside; one field given to two bodies of a
    state, or to a body that another claim denies it; an attitude, aim or judgement told with
    opposite signs of the same time; a means said to be scarce and plentiful.

    Args:
        claims: Of one document or of several. Only claims of one kind about the same party are
            compared, so that the time follows the number of such claims.
    """
    listed = sorted(claims, key=lambda c: (c.doc, c.sentence, c.span, c.id))
    place = {claim.id: number for number, claim in enumerate(listed)}
    found: dict[tuple[str, str], Contradiction] = {}
    for first, second, reason in (*_rivals(listed), *_opposites(listed)):
        if place[first.id] > place[second.id]:
            first, second = second, first
        found.setdefault(
            (first.id, second.id), Contradiction(first=first, second=second, reason=reason)
        )
    return tuple(
        sorted(found.values(), key=lambda pair: (place[pair.first.id], place[pair.second.id]))
    )


def _rivals(claims: list[Claim]) -> Iterator[tuple[Claim, Claim, str]]:
    """Yield causes that are given by one claim and set aside by another."""
    given: dict[str, list[Claim]] = defaultdict(list)
    causes = [claim for claim in claims if claim.kind == "cause"]
    for claim in causes:
        for word in frozenset().union(*(_words(e.text) for e in claim.cause)):
            given[word].append(claim)
    for denier in causes:
        for rejected in denier.rejected:
            denied = _words(rejected.text)
            rivals = {c.id: c for word in denied for c in given.get(word, ()) if c.id != denier.id}
            for giver in rivals.values():
                if denier.about and giver.about and not set(denier.about) & set(giver.about):
                    continue
                shared = max((denied & _words(e.text) for e in giver.cause), key=len)
                told = " ".join(sorted(shared))
                yield giver, denier, f"a cause that is given and set aside: {told}"


def _words(text: str | None) -> frozenset[str]:
    """Return what a motive is about; names of parties and places tell no motive."""
    plain = [w.strip(".,;:()'\"") for w in (text or "").split()]
    found = {w.lower() for w in plain if w and not w[0].isupper()} - STOP
    return frozenset("threat" if w in THREATS else w for w in found)


def _opposites(claims: list[Claim]) -> Iterator[tuple[Claim, Claim, str]]:
    """Yield claims of one kind about one party that cannot both hold."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "cause":
            continue
        for actor in claim.subject:
            party = actor.country if claim.kind == "competence" else actor.code
            groups[claim.kind, party].append(claim)
    for (kind, _), group in groups.items():
        for first, second in combinations(group, 2):
            if _same_time(first, second) and _same_object(first, second):
                reason = _reason(kind, first, second)
                if reason is not None:
                    yield first, second, reason


def _reason(kind: str, first: Claim, second: Claim) -> str | None:
    if kind == "capacity":
        levels = {LEVELS.get(first.level or ""), LEVELS.get(second.level or "")}
        same = first.institution == second.institution
        return "a means said to be scarce and plentiful" if same and levels == {0, 2} else None
    if kind == "competence":
        return _in_charge(first, second)
    if kind in {"intent", "assessment"} and not _same_thing(first, second):
        return None
    if first.domain == second.domain and {first.polarity, second.polarity} == {
        "positive", "negative",
    }:  # fmt: skip
        return f"{kind} told with opposite signs"
    return None


def _same_thing(first: Claim, second: Claim) -> bool:
    """Tell whether two claims speak of the same thing: joining a pact, the state of a road."""
    one, other = ({w[:_STEM] for w in _words(c.gist)} for c in (first, second))
    aims = {w[:_STEM] for name in _AIMS for w in words("intent", name)}
    return bool((one & other) - aims)


def _in_charge(first: Claim, second: Claim) -> str | None:
    """Return why two claims on who is in charge of a field oppose each other."""
    if first.domain != second.domain or first.domain == "other":
        return None
    bodies = {a.code for a in first.subject}, {a.code for a in second.subject}
    signs = {first.polarity, second.polarity}
    if bodies[0] & bodies[1]:
        return (
            "a competence told with opposite signs" if signs == {"positive", "negative"} else None
        )
    both = signs == {"positive"} and first.doc != second.doc
    return "a competence given to two bodies" if both else None


def _same_time(first: Claim, second: Claim) -> bool:
    return (first.valid == "past") == (second.valid == "past")


def _same_object(first: Claim, second: Claim) -> bool:
    """Tell whether two claims are about the same counterpart, or one names none."""
    one, other = {a.country for a in first.object}, {a.country for a in second.object}
    if first.kind in {"competence", "capacity"}:
        return not one or not other or bool(one & other)
    return one == other or bool(one & other)
