"""Words in view of their neighbours: the same vectors as the network's, without what no word depends on.

The network looks at a word with the one before and the one after it, layer upon layer. spaCy puts blank
rows between sentences and works all of them out in every layer, though a word depends on few of them:
in the last layer on none. Here each layer works out the rows that a word of the last one depends on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thinc.api import Model

    Table = np.ndarray[Any, Any]

STEPS = ["expand_window", "maxout", "layernorm", "dropout"]
"""What a layer of the kind of ``en_core_web_sm`` consists of."""
BESIDE = np.array([-1, 0, 1])
TINY = 1e-08
"""Thinc's addition to a variance."""


class Encoder:
    """Stands in for the layers of a network that look at neighbours; learning is not provided for.

    Args:
        layer: A layer that ``fits``.
    """

    def __init__(self, layer: Model[Any, Any]) -> None:
        self._layers = [_Layer(one) for one in layer.layers[0].layers]
        self._pad: int = layer.attrs["pad"]
        blank = np.zeros((3, self._layers[0].width), dtype=np.float32)
        self._blanks = [blank[0]]
        for one in self._layers[:-1]:
            blank = np.repeat(one(blank, np.array([1])), 3, axis=0)
            self._blanks.append(blank[0])

    @staticmethod
    def fits(layer: Model[Any, Any]) -> bool:
        """Return whether a layer consists of such that look one word far, with room between sentences."""
        if not layer.name.startswith("with_array") or "pad" not in layer.attrs:
            return False
        inner = layer.layers[0].layers
        added = all(one.name.startswith("residual") for one in inner)
        known = added and all([step.name for step in _steps(one)] == STEPS for one in inner)
        near = known and all(_steps(one)[0].attrs["window_size"] == 1 for one in inner)
        return near and 1 < len(inner) <= layer.attrs["pad"]

    def __call__(
        self,
        _model: Model[Any, Any],
        vectors: Sequence[Table],
        is_train: bool,  # noqa: ARG002, FBT001
    ) -> tuple[list[Table], Callable[[object], object]]:
        """Return the vectors of the words of each sentence in view of their neighbours."""
        if not any(len(one) for one in vectors):
            return [*vectors], no_learning
        lengths = np.array([len(one) for one in vectors])
        away, words = _distances(lengths, self._pad)
        rows = np.zeros((len(away), self._layers[0].width), dtype=np.float32)
        rows[words] = np.concatenate(vectors)
        depth = len(self._layers)
        for number, layer in enumerate(self._layers[:-1], 1):
            places = np.flatnonzero(away <= min(number, depth - number))
            found = layer(rows, places)
            rows = np.empty_like(rows)
            rows[:] = self._blanks[number]
            rows[places] = found
        last = self._layers[-1](rows, words)
        return np.split(last, np.cumsum(lengths)[:-1]), no_learning


def _distances(lengths: Table, pad: int) -> tuple[Table, Table]:
    """Return how far each row lies from the next word, with blank rows between sentences, and the words' rows."""
    ends = np.cumsum(lengths + pad)
    starts = ends - lengths
    away = np.full(ends[-1] + pad, pad)
    for distance in range(pad // 2, 0, -1):
        away[starts - distance] = distance
        away[ends - 1 + distance] = distance
    steps = np.zeros(len(away) + 1, dtype=np.int64)
    np.add.at(steps, starts, 1)
    np.add.at(steps, ends, -1)
    words = np.flatnonzero(np.cumsum(steps[:-1]))
    away[words] = 0
    return away, words


class _Layer:
    """A layer: the largest of some sums over a word and its neighbours, scaled, added to the word's own vector."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        _, largest, scaled, _ = _steps(layer)
        weights: Table = largest.get_param("W")
        sums: Table = largest.get_param("b")
        self.width, pieces, size = weights.shape
        self._product = largest.ops.gemm
        # The sums that are compared stand in blocks, so that they are read in one go.
        self._weights = weights.transpose(1, 0, 2).reshape(pieces * self.width, size).copy()
        self._sums = sums.T.reshape(pieces * self.width).copy()
        self._factor, self._shift = scaled.get_param("G"), scaled.get_param("b")

    def __call__(self, rows: Table, places: Table) -> Table:
        """Return some rows as the layer leaves them."""
        beside = rows.take((places[:, None] + BESIDE).ravel(), axis=0)
        sums = self._product(beside.reshape(len(places), -1), self._weights, trans2=True)
        sums += self._sums
        width = self.width
        best: Table = np.maximum(sums[:, :width], sums[:, width : 2 * width])
        for first in range(2 * width, len(self._sums), width):
            np.maximum(best, sums[:, first : first + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.square(best).sum(axis=1, keepdims=True)
        spread /= width
        spread += TINY
        best *= spread ** (-1.0 / 2.0)
        best *= self._factor
        best += self._shift
        best += rows[places]
        return best


def _steps(layer: Model[Any, Any]) -> list[Any]:
    """Return what a layer consists of, in order."""
    return [step for step in layer.walk(order="dfs_pre") if not step.layers]


def no_learning(gradient: object) -> object:
    """Stand in for the way back that learning would take.

    Raises:
        NotImplementedError: Always.
    """
    raise NotImplementedError("a network whose vectors are kept cannot be trained")
