"""Choose the place of a predicate, by the parse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from detente.coding.places.records import PlaceMention
    from detente.coding.types import Reading
    from detente.model import Place

LIMIT = 6.0
"""The highest cost at which a place is still taken for the predicate's."""

_LOCATIVE = frozenset(
    "in at near inside outside around across into toward towards through throughout on along "
    "within over between off by to against".split()
)
_FAR = re.compile(
    r"(?:\bkm|kilomet(?:er|re)s?|miles?|mi|kms|meters|metres|yards)(?:\s?\([^)]*\))?\s"
    r"(?:(?:to the\s)?(?:north|south|east|west)[\w-]*\s(?:of|from)|from|outside|off|away from)\s"
    r"(?:the\s)?(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_ARGUMENTS = {"dobj": 1.0, "pobj": 0.5, "nsubjpass": 1.0, "attr": 1.5, "oprd": 1.5}
_CLAUSES = {
    "ccomp": 4.0, "relcl": 4.0, "advcl": 2.5, "acl": 2.0, "parataxis": 4.0, "conj": 2.0,
    "xcomp": 1.0, "pcomp": 0.5, "csubj": 2.0,
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
    base = reading.sentence.start
    text = reading.doc.text
    for mention in found:
        if not base <= mention.start < reading.sentence.end:
            continue
        start = mention.start - base
        if _FAR.search(text, max(0, start - 60), start):
            continue
        span = reading.doc.char_span(start, mention.end - base, alignment_mode="expand")
        if span is None or not len(span):
            continue
        cost = _cost(span.root, trigger)
        if cost is None or cost > LIMIT:
            continue
        if mention.place.country in countries:
            cost -= 0.1
        if mention.kind in {"A", "L"}:
            cost += 0.3
        key = (cost, start)
        if best is None or key < best:
            best, chosen = key, mention
    return chosen.place if chosen is not None else None


def _cost(place: Token, trigger: Token) -> float | None:
    """Return the cost of a place for a predicate, or None where they do not belong together."""
    above = [trigger, *trigger.ancestors]
    climb = 0.0
    step = 0.0
    chain = {token.i: n for n, token in enumerate([place, *place.ancestors])}
    path = [place, *place.ancestors]
    for anchor in above:
        if anchor.i in chain:
            down = _down(path[: chain[anchor.i]], anchor, trigger)
            return None if down is None else climb + down
        step = _up(anchor)
        climb += step
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
        return 0.0 if anchor is not trigger else None
    cost = 0.0
    top = path[-1]
    for token in path:
        step = _link(token)
        if step is None:
            return None
        cost += step
    if top.dep_ in {"nsubj", "agent"} and (anchor is trigger or anchor.pos_ in {"VERB", "AUX"}):
        cost += 1.0 if len(path) > 1 else 6.0
    return cost


def _link(token: Token) -> float | None:
    """Return the cost of one link upwards."""
    dep = token.dep_
    if dep == "prep":
        if token.lower_ in _LOCATIVE:
            return 0.0
        return {"from": 2.0, "of": 0.5}.get(token.lower_, 1.5)
    if dep in _CLAUSES:
        return _CLAUSES[dep] if token.pos_ in {"VERB", "AUX"} else 0.5
    if dep in {"poss", "nmod", "compound", "amod", "appos"}:
        return {"appos": 0.5, "compound": 0.7, "nmod": 0.7, "amod": 1.0, "poss": 1.0}[dep]
    return _ARGUMENTS.get(dep, 0.5)
