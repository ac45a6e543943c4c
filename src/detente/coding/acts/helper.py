"""The learned helper of the given setting: names an act for which no frame has a word.

A linear model over the words on and around the path between the two parties in the parse. Its weights
stand in ``registers/data/given/weights.tsv``, one feature a line, written by ``scripts/train_given``
from own-written sentences alone (``eval/given/README.md`` is its data card). The coder of documents
never asks it: where frames end, too few sentences hold an act (``docs/decisions/0014``).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

from detente import registers
from detente.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.types import Reading
    from detente.model import EventType

PATH = Path(registers.__file__).parent / "data" / "given" / "weights.tsv"
BIAS = "(bias)"
NOTHING = "NONE"
"""Name of the chance that there is no act between the two."""
SURE = 0.6
"""Least chance of an answer that need not be given: over five folds of own sentences 82 % of such answers are
right, those to sentences without an act counted as wrong; 35 % of the sentences with an act get one and
5 % of those without (``scripts/train_given``)."""
_BESIDE = frozenset("dobj prt neg aux auxpass acomp attr xcomp prep oprd ccomp advmod".split())
_BELOW = frozenset("pobj dobj pcomp prep neg aux".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The weights.

    Attributes:
        types: The types that it can name, and ``NOTHING``.
        bias: One for each type.
        idf: How rare each feature is.
        weights: One for each type, by feature.
    """

    types: tuple[str, ...]
    bias: tuple[float, ...]
    idf: Mapping[str, float]
    weights: Mapping[str, tuple[float, ...]]

    def chances(self, found: Sequence[str]) -> dict[str, float]:
        """Return the probability of every type and of ``NOTHING`` from a sentence's features."""
        counts = Counter(one for one in found if one in self.weights)
        values = {one: (1 + math.log(n)) * self.idf[one] for one, n in counts.items()}
        norm = math.sqrt(sum(value * value for value in values.values())) or 1.0
        sums = list(self.bias)
        for one, value in values.items():
            for place, weight in enumerate(self.weights[one]):
                sums[place] += weight * value / norm
        top = max(sums)
        powers = [math.exp(value - top) for value in sums]
        total = sum(powers)
        return {t: p / total for t, p in zip(self.types, powers, strict=True)}


@cache
def load(path: Path = PATH) -> Model:
    """Return the model, read once.

    Raises:
        RegisterError: The file does not hold what it must.
    """
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [line for line in lines if not line[0].startswith("#")]
    head, body = rows[0], rows[1:]
    try:
        read = {row[0]: tuple(float(cell) for cell in row[1:]) for row in body}
    except ValueError as error:
        raise RegisterError(str(path), 0, str(error)) from error
    if BIAS not in read or any(len(values) != len(head) - 1 for values in read.values()):
        raise RegisterError(str(path), 0, "a row is missing or has another length than the first")
    bias = read.pop(BIAS)
    return Model(
        types=tuple(head[2:]), bias=bias[1:],
        idf={name: values[0] for name, values in read.items()},
        weights={name: values[1:] for name, values in read.items()},
    )  # fmt: skip


def name(reading: Reading, path: Mapping[int, int]) -> tuple[EventType, float]:
    """Return the likeliest type for a ``given.marked`` sentence, with its probability.

    What speaks for no act at all lowers the probability; a type is named nevertheless.

    Args:
        reading: The sentence with its two parties.
        path: The tokens between them in the parse, as ``given.path_of`` gives them.
    """
    chances = load().chances(features(reading, path))
    del chances[NOTHING]
    best = max(chances, key=lambda kind: chances[kind])
    return cast("EventType", best), chances[best]


def features(reading: Reading, path: Mapping[int, int]) -> list[str]:
    """Return the words that tell the act: lemmas on the path and beside it, alone and in pairs."""
    doc = reading.doc
    party = {m.head: f"<{m.actors[0].code}>" for m in reading.mentions}
    keep = {i for token in map(doc.__getitem__, path) for i in _around(token)}
    for mention in reading.mentions:
        span = doc.char_span(
            mention.start - reading.sentence.start, mention.end - reading.sentence.start,
            alignment_mode="expand",
        )  # fmt: skip
        keep -= {token.i for token in span or () if token.i not in party}
    words = [party.get(i, doc[i].lemma_.lower()) for i in sorted(keep)]
    steps = [f"{party.get(i, doc[i].lemma_.lower())}/{doc[i].dep_}" for i in sorted(path)]
    return [*words, *(f"{a} {b}" for a, b in pairwise(words)), *steps]


def _around(token: Token) -> set[int]:
    """Return a token on the path with what completes it: object, particle, negation, phrases."""
    found = {token.i}
    if token.pos_ not in {"VERB", "AUX", "NOUN"}:
        return found
    for child in token.children:
        if child.dep_ in _BESIDE:
            found.add(child.i)
            if child.dep_ in {"prep", "xcomp", "ccomp"}:
                found |= {below.i for below in child.children if below.dep_ in _BELOW}
    return found
