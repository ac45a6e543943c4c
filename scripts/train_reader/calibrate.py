"""Fits how likely an act of the reader is right to what the network tells of it, on documents that it did not learn from.

Usage: python scripts/train_reader/calibrate.py --documents FILE... --weights weights.npz

Writes the coefficients into the weights as ``right``, [3, 6]: three logistic regressions (see ``weigh.chance_of``), for an event of
frames as it stands, for what takes its place, and for a new act. See ``eval/reader/README.md``.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from prepare import frames_of, score
from sklearn.linear_model import LogisticRegression

from detente.coding.acts.act import actors_of
from detente.coding.grammar.threads import one_thread
from detente.coding.pipeline import Coder
from detente.coding.reader import network, weigh
from detente.model import Channel, Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.reader.weigh import Told
    from detente.model import Span

    Case = tuple[int, Told, bool]
    """What is weighed, what is told of it, and whether it is right."""

RIGHT = 4
"""Least grade of a right event."""


def event_of(act: Act, sentence: int) -> Event:
    """Return an act as an event that can be graded."""
    return Event(
        id="", doc="", sentence=sentence, span=(0, 0), type=act.type, status=act.status,
        source=tuple(actors_of(act.source)), target=tuple(actors_of(act.target)),
        channel=Channel(symmetric=act.symmetric),
    )  # fmt: skip


def verdict(wanted: Sequence[Any], event: Event, cut: Sequence[Span]) -> bool | None:
    """Return whether an event is right; None where it counts neither way."""
    beside = [act for act in wanted if score._same_sentence(act.offset, event, cut)]
    good = [act for act in beside if score._grade(act, event) >= RIGHT]
    if good:
        return True if any(not act.optional for act in good) else None
    return None if any(score._is_part(act, event, cut) for act in beside) else False


def cases(coder: Coder, text: Any, weights: network.Weights) -> Iterator[Case]:  # noqa: ANN401
    """Yield what the reader weighs in a document, with its verdicts."""
    cut, readings, traced = frames_of(coder, text.document)
    first = text.document.blocks[0]
    body = first.end if first.kind == "headline" else 0
    for one in weigh.weigh(readings, traced, weights):
        sentence = readings[one.reading].sentence
        if sentence.start < body:
            continue
        versions = []
        if one.frame is not None and one.number is not None:
            versions.append((weigh.STANDS, one.frame, traced[one.number].event))
        if one.act is not None:
            kind = weigh.NEW if one.number is None else weigh.CHANGED
            versions.append((kind, one.told, event_of(one.act, sentence.number)))
        for kind, told, event in versions:
            right = verdict(text.events, event, cut)
            if right is not None:
                yield kind, told, right


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--weights", type=Path, required=True)
    a = parser.parse_args()
    with np.load(a.weights, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    weights = network.load(a.weights)
    coder = Coder()
    texts = [text for file in a.documents for text in score.gold.texts(file)]
    with one_thread():
        found = [case for text in texts for case in cases(coder, text, weights)]
    right = np.zeros_like(arrays["right"])
    for kind in (weigh.STANDS, weigh.CHANGED, weigh.NEW):
        told = np.array([c[1] for c in found if c[0] == kind])
        good = np.array([c[2] for c in found if c[0] == kind])
        model = LogisticRegression(fit_intercept=False, C=1.0, max_iter=1000).fit(told, good)
        right[kind] = model.coef_[0]
        print(kind, len(good), f"{good.mean():.3f} right", right[kind].round(2))
    np.savez_compressed(a.weights, **{**arrays, "right": right})


if __name__ == "__main__":
    main()
