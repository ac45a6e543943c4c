"""The parser's steps, taken from Python: the same parses in less than half of the time.

spaCy's parser goes through its transitions with the interpreter's lock let go, and takes the lock and
gives it back several times at every word, which costs more than the steps themselves. Here the steps are
the parser's own, one for all sentences of a batch at a time, with the lock held, and the sums over the words
that a step looks at are numpy's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    Table = np.ndarray[Any, Any]


class Transitions:
    """Parses tagged sentences as the pipeline's parser would.

    Args:
        nlp: A pipeline that ``fits``.
    """

    def __init__(self, nlp: Language) -> None:
        parser: Any = nlp.get_pipe("parser")
        self._parser = parser
        embedding, self._summed, self._scored = parser.model.layers
        self._layers = [embedding, _unsummed(self._summed), self._scored]

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Return whether a pipeline's parser is of the kind of ``en_core_web_sm``: one parse, no beam."""
        if not nlp.has_pipe("parser"):
            return False
        parser: Any = nlp.get_pipe("parser")
        attrs = parser.model.attrs
        known = attrs.get("has_upper") and not attrs.get("unseen_classes")
        pieces = len(parser.model.layers) == 3 and parser.model.layers[1].maybe_get_dim("nP")
        return bool(known and pieces and pieces > 1) and parser.cfg["beam_width"] == 1

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set the heads and dependencies of sentences that the components before have read."""
        from spacy.ml.parser_model import ParserStepModel

        parser = self._parser
        filled = [doc for doc in docs if len(doc)]
        if not filled:
            return
        states = parser.moves.init_batch(filled)
        model: Any = ParserStepModel(filled, self._layers, has_upper=True, train=False)
        parts = self._summed.predict(model.tokvecs)
        self._walk(model.get_token_ids, parts, [state for state in states if not state.is_final()])
        model.clear_memory()  # it refers to itself in circles
        parser.set_annotations(filled, states)

    def _walk(self, words: Any, parts: Table, states: list[Any]) -> None:  # noqa: ANN401 - spaCy's
        """Take the best step in every sentence until all are parsed.

        Args:
            words: Gives the words that the next steps look at, -1 for none.
            parts: What each word adds to a step's sums, for each place that it may be looked at in;
                first what no word adds.
            states: The sentences with what was done to them.
        """
        _, places, width, pieces = parts.shape
        parts = parts.reshape(-1, width * pieces)
        offsets = np.arange(places, 2 * places, dtype=np.int32)
        largest, bias = self._summed.ops.maxout, self._summed.get_param("b").reshape(-1)
        product, move = self._scored.ops.gemm, self._parser.transition_states
        weights, start = self._scored.get_param("W"), self._scored.get_param("b")
        while states:
            rows = words(states)
            rows *= places
            rows += offsets
            sums = parts.take(rows, axis=0).sum(axis=1)
            sums += bias
            best, _ = largest(sums.reshape(-1, width, pieces))
            scores = product(best, weights, trans2=True)
            scores += start
            states = move(states, scores)


def _unsummed(layer: Model[Any, Any]) -> Model[Any, Any]:
    """Return what spaCy's own sums are made of in place of a layer: nothing, since they are not asked for."""
    dims: dict[str, int | None] = {n: layer.get_dim(n) for n in ("nO", "nF", "nP", "nI")}
    shape = [layer.get_dim(n) for n in ("nF", "nO", "nP")]
    nothing = np.zeros((1, *shape), dtype=np.float32)

    def forward(_model: Model[Any, Any], _vectors: Table, is_train: bool) -> tuple[Table, Any]:  # noqa: ARG001, FBT001
        return nothing, None

    return Model("unsummed", forward, dims=dims, params={"b": layer.get_param("b")})
