"""The parser's steps, taken from Python: the same parses in half of the time.

spaCy's parser goes through its transitions with the interpreter's lock let go, and takes the lock and
gives it back several times at every word, which costs more than the steps themselves. Here the steps are
the parser's own, one for all sentences of a batch at a time, with the lock held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from spacy.language import Language
    from spacy.tokens import Doc


class Transitions:
    """Parses tagged sentences as the pipeline's parser would.

    Args:
        nlp: A pipeline that ``fits``.
    """

    def __init__(self, nlp: Language) -> None:
        self._parser: Any = nlp.get_pipe("parser")

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Return whether a pipeline's parser is of the kind of ``en_core_web_sm``: one parse, no beam."""
        if not nlp.has_pipe("parser"):
            return False
        parser: Any = nlp.get_pipe("parser")
        attrs = parser.model.attrs
        known = attrs.get("has_upper") and not attrs.get("unseen_classes")
        return bool(known) and parser.cfg["beam_width"] == 1

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set the heads and dependencies of sentences that the components before have read."""
        parser = self._parser
        filled = [doc for doc in docs if len(doc)]
        if not filled:
            return
        states = parser.moves.init_batch(filled)
        model = parser.model.predict(filled)
        self._walk(model, [state for state in states if not state.is_final()])
        model.clear_memory()
        parser.set_annotations(filled, states)

    def _walk(self, model: Any, states: list[Any]) -> None:  # noqa: ANN401 - spaCy's
        """Take the best step in every sentence until all are parsed."""
        words, hidden, move = (
            model.get_token_ids,
            model.state2vec.predict,
            self._parser.transition_states,
        )
        layer = model.vec2scores
        product, weights, bias = layer.ops.gemm, layer.get_param("W"), layer.get_param("b")
        while states:
            scores: np.ndarray[Any, Any] = product(hidden(words(states)), weights, trans2=True)
            scores += bias
            states = move(states, scores)
