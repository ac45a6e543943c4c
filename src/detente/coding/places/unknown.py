"""Names that the gazetteer does not know, taken for places by the syntax around them.

Villages, quarters and camps are often missing from any gazetteer; "in the village of X", "the X
district" and "at X" name them all the same. Such a mention has no id and no coordinates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.places.records import PlaceMention
from detente.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Reading

SORTS = frozenset(
    "village town city district province region area camp neighbourhood neighborhood governorate "
    "locality municipality county suburb island hamlet settlement quarter township oblast state "
    "valley hill hills mountain mountains river lake port airport airbase base square street road "
    "crossing checkpoint highway junction farms fields orchards countryside coast desert plains "
    "plain heights peninsula gorge pass forest bridge stadium university hospital mosque church "
    "prison refugee outskirts commune department prefecture voivodeship zone strip islands bay "
    "station headquarters lga islet axis harbour harbor corridor front border market villages towns enclave".split()
)
"""Nouns for sorts of places."""

_PREPOSITIONS = frozenset(
    "in at near inside outside around across into toward towards above surrounding".split()
)
_REACHED = frozenset(
    "enter invade storm bomb shell patrol reach raid liberate retake recapture visit besiege "
    "bombard occupy overrun".split()
)
"""Verbs whose object is a place more often than not."""

_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest outskirts center centre heart "
    "edge slope perimeter vicinity side sides residents stronghold part parts suburbs vicinity "
    "villages neighbourhoods neighborhoods districts settlements towns".split()
)
_TIMES = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct "
    "nov dec ramadan christmas easter".split()
)
_BODIES = frozenset(
    "army force forces ministry council police party committee parliament congress senate union "
    "nations front movement brigade group agency league association corporation company inc ltd "
    "group bank court office times post news war conference summit assembly organization "
    "organisation house cabinet administration government security command commission battalion "
    "division corps guard guards cup championship olympics league dollars euros english arabic "
    "french act treaty agreement".split()
)
_ROOMS = frozenset(
    "palace hall residence mansion villa hotel embassy chamber room tower gate lobby garden terrace academy "
    "institute museum theatre theater cathedral fair".split()
)
"""Words that are no name where they stand alone: "in the Palace"."""
CONFIDENCE = 0.4


def unknown(reading: Reading, known: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Yield the places of a sentence that only its syntax shows."""
    base = reading.sentence.start
    covered = {i for mention in known for i in range(mention.start - base, mention.end - base)}
    for token in reading.doc:
        if token.pos_ != "PROPN" or not token.text[:1].isupper() or token.idx in covered:
            continue
        if not _is_place(token):
            continue
        start, end = _span(token)
        if reading.doc.text[start:end].lower() in _ROOMS:
            continue
        if start in covered or any(i in covered for i in range(start, end)):
            continue
        surface = reading.doc.text[start:end]
        covered.update(range(start, end))
        yield PlaceMention(
            start=base + start,
            end=base + end,
            surface=surface,
            place=Place(name=surface, span=(base + start, base + end)),
            kind="P",
            literal=True,
            confidence=CONFIDENCE,
        )


def _is_place(token: Token) -> bool:
    low = token.lower_
    if low in _TIMES or low in _BODIES or _islamic(token) or (token.dep_ in {"compound", "amod"} and (
        token.head.lower_ in _BODIES
    )):  # fmt: skip
        return False
    if any(child.lower_ in _TIMES for child in token.children):
        return False
    head = token.head
    if token.dep_ in {"compound", "nmod", "amod"} and head.lower_ in SORTS:
        return True
    if token.dep_ == "appos" and head.lower_ in SORTS:
        return True
    if token.dep_ == "dobj":
        return head.lemma_ in _REACHED
    if token.dep_ != "pobj":
        return token.dep_ == "conj" and head.pos_ == "PROPN" and _is_place(head)
    if head.lower_ == "of":
        return head.head.lower_ in SORTS or head.head.lower_ in _DIRECTIONS
    return head.lower_ in _PREPOSITIONS and not token.text.isupper()


def _islamic(token: Token) -> bool:
    """Say whether a token is of "Islamic State", a name of no place."""
    return any(near.lower_ == "islamic" for near in (token, *token.lefts))


def _span(token: Token) -> tuple[int, int]:
    """Return the offsets of the name around a token: it and the proper nouns before it."""
    doc = token.doc
    first = token.i
    while first > 0 and _joined(doc[first - 1], doc[first]):
        first -= 1
    last = token.i
    while last + 1 < len(doc) and _joined(doc[last], doc[last + 1]):
        last += 1
    while not doc[first].text[:1].isalpha() and first < last:
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last].text)


def _joined(left: Token, right: Token) -> bool:
    def part(token: Token) -> bool:
        return token.pos_ == "PROPN" and token.lower_ not in _TIMES

    return (part(left) or left.text == "-") and (part(right) or right.text == "-")
