"""The network under tagger and parser: the same answers in half of the time.

Two things take most of a parse. The vector that a word has before its neighbours are looked at depends on
the word alone, so it is worked out once and kept; see ``encoder`` for those after it. The products of matrices
go to numpy's library (OpenBLAS), because thinc's own has no kernels for many processors and then takes three
times as long. They do so only where a row's product is the same whatever rows stand beside it, which is tried out
when the model is loaded: a sentence's parse must not depend on those that are parsed with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model, NumpyOps

from detente.coding.grammar.encoder import Encoder, no_learning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    Table = np.ndarray[Any, Any]

MOST = 100_000
"""Words whose vectors are kept, 40 MB; then the memory starts anew."""
LEAST = 32
"""Rows of a product; OpenBLAS multiplies a few rows by other steps than many."""
MULTIPLIED = frozenset({"maxout", "precomputable_affine", "linear", "softmax"})
"""Layers with products."""
STRETCHES = (
    (0, 1),
    (3, 5),
    (7, 20),
    (30, 55),
    (11, 42),
    (50, 83),
    (100, 177),
    (901, 1000),
    (5, 1200),
)
"""Rows of a product that are multiplied by themselves as a trial."""


def hasten(nlp: Language) -> None:
    """Put both into a pipeline, as far as its network is of the kind of ``en_core_web_sm``."""
    names = [name for name in ("tok2vec", "tagger", "parser") if nlp.has_pipe(name)]
    networks = [nlp.get_pipe(name).model for name in names]  # type: ignore[attr-defined]
    layers = [layer for network in networks for layer in network.walk()]
    multiplied = [layer for layer in layers if layer.name in MULTIPLIED]
    products = Products()
    for layer in multiplied:
        if is_exact(products, layer.get_param("W")):
            layer.ops = products
    for network in networks:
        for place, layer in enumerate(network.layers):
            if _is_by_word(layer):
                network.layers[place] = Model("kept", Vectors(layer))
            elif Encoder.fits(layer):
                network.layers[place] = Model("encoder", Encoder(layer))


class Products(NumpyOps):  # type: ignore[misc]
    """Thinc's operations with numpy's product of matrices."""

    def gemm(  # noqa: D102 - thinc's
        self,
        x: Table,
        y: Table,
        out: Table | None = None,
        trans1: bool = False,  # noqa: FBT001
        trans2: bool = False,  # noqa: FBT001
    ) -> Table:
        left, right = x.T if trans1 else x, y.T if trans2 else y
        rows = len(left)
        if rows < LEAST:
            filled = np.zeros((LEAST, left.shape[1]), dtype=left.dtype)
            filled[:rows] = left
            left = filled
        found: Table = np.matmul(left, right, out=out if rows == len(left) else None)[:rows]
        if out is None or rows == len(left):
            return found
        out[:] = found
        return out

    def maxout(self, X: Table) -> tuple[Table, Table]:  # noqa: D102 - thinc's
        best = np.maximum(X[:, :, 0], X[:, :, 1])
        for piece in range(2, X.shape[2]):
            np.maximum(best, X[:, :, piece], out=best)
        return best, _UNKNOWN


_UNKNOWN: Table = np.empty((0, 0), dtype=np.int32)
"""Stands for which piece was the largest, which only learning asks."""


def is_exact(products: NumpyOps, weights: Table) -> bool:
    """Return whether some rows times a layer's weights are the same alone and among others."""
    right = weights.reshape(-1, weights.shape[-1])
    left = np.random.default_rng(1).standard_normal((1200, right.shape[1]), dtype=np.float32)
    whole = products.gemm(left, right, trans2=True)
    return all(
        np.array_equal(whole[a:b], products.gemm(left[a:b], right, trans2=True))
        for a, b in STRETCHES
    )


def _is_by_word(layer: Model[Any, Any]) -> bool:
    """Return whether a layer works on words one by one: features, hashed, mixed."""
    names = [inner.name.partition("(")[0] for inner in layer.layers]
    return names == ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]


class Vectors:
    """The vectors of words before their neighbours are looked at, worked out when first met.

    Args:
        layer: What works them out, in the parts that ``_is_by_word`` names.
    """

    def __init__(self, layer: Model[Any, Any]) -> None:
        self._features, _, hashed, mixed, _ = layer.layers
        self._steps = (hashed.layers[0], mixed.layers[0])
        self._places: dict[bytes, int] = {}
        self._kept: Table = np.empty((0, 0), dtype=np.float32)

    def __call__(
        self,
        _model: Model[Any, Any],
        docs: Sequence[Doc],
        is_train: bool,  # noqa: ARG002, FBT001
    ) -> tuple[list[Table], Callable[[object], object]]:
        """Return the vectors of the words of each sentence; learning is not provided for."""
        features: list[Table] = self._features.predict(docs)
        rows = np.concatenate(features)
        if not len(rows):
            return features, no_learning
        keys: list[Any] = rows.view(np.dtype((np.void, rows.strides[0]))).ravel().tolist()
        if len(self._places) + len(keys) > MOST:
            self._places.clear()
        places: list[Any] = [*map(self._places.get, keys)]
        if None in places:
            new = {key: place for place, key in enumerate(keys) if places[place] is None}
            self._keep(list(new), rows[list(new.values())])
            places = [*map(self._places.get, keys)]
        vectors = self._kept[places]
        return np.split(vectors, np.cumsum([len(one) for one in features])[:-1]), no_learning

    def _keep(self, keys: list[bytes], rows: Table) -> None:
        vectors = rows
        for step in self._steps:
            vectors = step.predict(vectors)
        first, last = len(self._places), len(self._places) + len(keys)
        if last > len(self._kept):
            larger = np.empty((2 * last, vectors.shape[1]), dtype=vectors.dtype)
            larger[:first] = self._kept[:first].reshape(first, vectors.shape[1])
            self._kept = larger
        self._kept[first:last] = vectors
        self._places.update(zip(keys, range(first, last), strict=True))
