"""Choose the place of a predicate, by the parse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.coding.places.unknown import SORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.places.records import PlaceMention
    from detente.coding.types import Reading
    from detente.model import Place

LIMIT = 5.0
"""The highest cost at which a place is still taken for the predicate's.

Measured on 2,000 sentences of ``event_location``: F1 0.70 at 4, 0.725 at 5, 0.72 at 5.5.
"""

WIDE = 1.0
"""Added to the cost of a country or a province, so that the town in it comes first."""

_LOCATIVE = frozenset(
    "in at near inside outside around across into toward towards through throughout on along "
    "within over between off above surrounding beyond".split()
)
_FAR = re.compile(
    r"(?:\bkm|kilomet(?:er|re)s?|miles?|mi|kms|meters|metres|yards)(?:\s?\([^)]*\))?\s"
    r"(?:(?:to the\s)?(?:north|south|east|west)[\w-]*\s(?:of|from)|from|outside|off|away from)\s"
    r"(?:the\s)?(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_PREPOSITIONS = {"to": 1.5, "from": 2.5, "by": 2.5}
MODIFIER = 4.0
WIDE_MODIFIER = 2.0
BEARING = 1.5
FRONTED = 1.0
"""Added for a phrase before the predicate: "In Hama, rebels shelled the town of X"."""
_MODIFIERS = frozenset({"compound", "nmod", "amod", "poss"})
_BEARINGS = frozenset(
    "north south east west northeast northwest southeast southwest border borders".split()
)
_ARGUMENTS = {"dobj": 1.0, "pobj": 0.5, "nsubjpass": 1.0, "attr": 1.5, "oprd": 1.5}
_CLAUSES = {
    "ccomp": 4.0, "relcl": 4.0, "advcl": 2.5, "acl": 2.0, "parataxis": 4.0, "conj": 2.0,
    "xcomp": 0.5, "pcomp": 0.5, "csubj": 2.0,
}  # fmt: skip
_SAYS = frozenset(
    "say tell report announce add state quote claim write describe warn note confirm declare".split()
)


def of(
    reading: Reading,
    trigger: Token,
    found: Sequence[PlaceMention],
    *,
    countries: Sequence[str] = (),
) -> Place | None:
    """Return where the predicate at ``trigger`` took place, or None.

    Every place of the sentence is given a cost: how far and by what links the parse leads from it
    to the predicate. A locative phrase on the predicate costs least, then its object and what
    stands in it ("captured the town of X"), then places of the clauses above ("attacked X,
    killing ..."); an origin ("from X"), a place that acts ("Minsk said") and a bearing ("90 km
    west of X") cost too much. The cheapest within ``LIMIT`` is taken, the finer before the wider.

    Args:
        reading: The parsed sentence.
        trigger: The predicate's head token.
        found: The places of the document or of the sentence.
        countries: Countries of the predicate's parties; a place there wins a draw.
    """
    best: tuple[float, int] | None = None
    chosen = None
    rest: list[PlaceMention] = []
    base = reading.sentence.start
    for mention in found:
        root = _root(reading, mention)
        if root is None or _where_told(root, trigger):
            continue
        cost = _cost(root, trigger)
        if cost is None or cost > LIMIT:
            if mention.literal and _stands_in(root):
                rest.append(mention)
            continue
        cost += _extra(mention, root, trigger)
        if mention.place.country in countries:
            cost -= 0.1
        key = (cost, mention.start - base)
        if best is None or key < best:
            best, chosen = key, mention
    if chosen is None and len(rest) == 1:
        chosen = rest[0]
    return chosen.place if chosen is not None else None


def _root(reading: Reading, mention: PlaceMention) -> Token | None:
    """Return the head token of a place of this sentence that is no bearing's origin."""
    base = reading.sentence.start
    if not base <= mention.start < reading.sentence.end:
        return None
    start = mention.start - base
    if _FAR.search(reading.doc.text, max(0, start - 60), start):
        return None
    span = reading.doc.char_span(start, mention.end - base, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _extra(mention: PlaceMention, root: Token, trigger: Token) -> float:
    """Return what is added for a wide place, a fronted phrase and a mere direction."""
    cost = 0.0
    if mention.kind in {"A", "L"}:
        cost += WIDE + (WIDE_MODIFIER if root.dep_ in _MODIFIERS else 0.0)
    if root.i < trigger.i and root.head.head == trigger:
        cost += FRONTED
    return cost + (BEARING if _bearing(root) else 0.0)


def _stands_in(place: Token) -> bool:
    """Say whether a place is named as where something is, however far the parse puts it."""
    while place.dep_ in {"compound", "nmod", "appos"} or (
        place.dep_ == "pobj" and place.head.lower_ == "of"
    ):
        place = place.head.head if place.dep_ == "pobj" else place.head
    return place.dep_ == "pobj" and place.head.lower_ in {"in", "at", "near"}


def _where_told(place: Token, trigger: Token) -> bool:
    """Say whether a place is where a report of the act was made: "..., the ministry said in Oslo"."""
    verb = place.head.head
    return (
        place.dep_ == "pobj"
        and verb.lemma_ in _SAYS
        and verb.i > trigger.i
        and place.head.i > verb.i
        and verb in trigger.ancestors
    )


def _bearing(place: Token) -> bool:
    """Say whether a place only gives a direction ("south of Baghdad")."""
    head = place.head
    return head.lower_ in {"of", "with"} and head.head.lower_ in _BEARINGS


def _cost(place: Token, trigger: Token) -> float | None:
    """Return the cost of a place for a predicate, or None where they do not belong together."""
    above = [trigger, *trigger.ancestors]
    climb = 0.0
    chain = {token.i: n for n, token in enumerate([place, *place.ancestors])}
    path = [place, *place.ancestors]
    for anchor in above:
        if anchor.i in chain:
            down = _down(path[: chain[anchor.i]], anchor, trigger)
            return None if down is None else climb + down
        climb += _up(anchor)
        if climb > LIMIT:
            return None
    return None


def _up(token: Token) -> float:
    """Return the cost of going from a predicate to what it hangs on."""
    if token.dep_ in {"ccomp", "parataxis"}:
        return 3.0 if token.head.lemma_ in _SAYS else 2.0
    if token.dep_ in {"relcl", "acl"}:
        return 0.5
    if token.dep_ in {"advcl", "conj", "xcomp", "pcomp"}:
        return 1.5
    return 1.0


def _down(path: Sequence[Token], anchor: Token, trigger: Token) -> float | None:
    """Return the cost of the links from a place up to the predicate or its clause."""
    if not path:
        return 0.0 if anchor != trigger else None
    cost = 0.0
    top = path[-1]
    for token in path:
        step = _link(token)
        if step is None:
            return None
        cost += step
    if top.dep_ in {"nsubj", "agent"} and (anchor == trigger or anchor.pos_ in {"VERB", "AUX"}):
        cost += 1.0 if len(path) > 1 else 6.0
    return cost


def _link(token: Token) -> float | None:
    """Return the cost of one link upwards."""
    dep = token.dep_
    if dep == "prep":
        if token.lower_ in _LOCATIVE:
            return 0.0
        if token.lower_ == "of":
            head = token.head
            body = head.pos_ == "PROPN" and head.lower_ not in SORTS
            if body:
                return 3.0
            named = any(child.pos_ == "PROPN" for child in head.lefts)
            return 1.0 if named else 0.1
        return _PREPOSITIONS.get(token.lower_, 2.5)
    if dep in _CLAUSES:
        return _CLAUSES[dep] if token.pos_ in {"VERB", "AUX"} else 0.5
    if dep in _MODIFIERS:
        return 0.2 if token.head.lower_ in SORTS else MODIFIER
    if dep == "appos":
        return 0.5
    return _ARGUMENTS.get(dep, 0.5)
