"""The reader's network: words of a window to chances of acts, types, statuses and parties.

Each word is the sum of what is told of it: its own pieces and those of the word above it, its label
and part of speech, the actor that it stands for, the frame's act that it tells. Two convolutions over
neighbours and some layers of attention (Vaswani and others 2017), which see the sentence, the parse and who is who through
learned offsets, give what the heads read. It runs on numpy alone; ``scripts/train_reader`` trains the same with torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from detente import registers
from detente.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.coding.reader.window import Numbers, Values, Window

PATH = Path(registers.__file__).parent / "data" / "reader" / "weights.npz"
HEADS = 4
NEAR = 4
"""Sentences from which on another one is equally far."""
DISTANCES = 2 * NEAR + 1
UNSEEN = 8 * DISTANCES
_TINY = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What was learned.

    Attributes:
        arrays: The weights by name, as the training script names them.
        paths: Numbers of the paths through the parse that it knows.
        layers: Number of layers of attention.
        convolutions: Number of convolutions.
        right: Coefficients of the chance of being right, [3, 6]; see ``weigh.chance_of``.
    """

    arrays: Mapping[str, Values]
    paths: Mapping[str, int]
    layers: int
    convolutions: int
    right: Values


@cache
def load(path: Path = PATH) -> Weights:
    """Return the weights, read once; whole numbers are scaled back, each row by its own factor.

    Raises:
        RegisterError: The file cannot be read or lacks a part.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            raw = {name: stored[name] for name in stored.files}
        paths = {text: n for n, text in enumerate(raw.pop("paths").tolist()) if text}
        arrays = {
            name: value.astype(np.float32) * raw[f"{name}/scale"].astype(np.float32)
            if f"{name}/scale" in raw
            else value.astype(np.float32)
            for name, value in raw.items()
            if not name.endswith("/scale")
        }
        right = arrays.pop("right")
        layers = sum(name.endswith(".o.weight") for name in arrays)
        convolutions = sum(name.startswith("conv.") and name.endswith(".bias") for name in arrays)
    except (OSError, ValueError, KeyError) as error:
        raise RegisterError(str(path), 0, str(error)) from error
    return Weights(
        arrays=arrays, paths=paths, layers=layers, convolutions=convolutions, right=right
    )


def encode(window: Window, weights: Weights) -> Values:
    """Return what the heads read of each word that is asked for, [L, D]."""
    w = weights.arrays
    filled = np.maximum((window.pieces > 0).sum(1, keepdims=True), 1).astype(np.float32)
    own = w["word"][window.pieces].sum(1) / filled
    above = w["above"][window.pieces].sum(1) / filled
    x = own + above[window.head] + window.slots @ w["slot.weight"].T
    for name, values in (
        ("dep", window.dep), ("tag", window.tag), ("zone", window.zone), ("inst", window.institution),
        ("kind", window.kind), ("ft", window.type), ("fs", window.status),
    ):  # fmt: skip
        x += w[f"{name}.weight"][values]
    x = _normal(x, w, "n0")
    ends = np.flatnonzero(np.diff(window.sentence))
    for n in range(weights.convolutions):
        left, right = np.zeros_like(x), np.zeros_like(x)
        left[1:], right[:-1] = x[:-1], x[1:]
        left[ends + 1] = right[ends] = 0
        wide = np.concatenate([left, x, right], 1)
        both = _linear(wide, w, f"conv.{n}")
        x = _normal(x + np.maximum(*np.split(both, 2, axis=1)), w, f"cn.{n}")
    return _attend(x, window, weights)


def _attend(x: Values, window: Window, weights: Weights) -> Values:
    """Return what the last layer gives for the words that are asked for; zeros for the others."""
    w = weights.arrays
    length, width = x.shape
    relation = _relations(window)
    scale = np.float32((width // HEADS) ** -0.5)
    asked = np.flatnonzero(window.asked)
    for n in range(weights.layers):
        table = _offsets(w, n)
        y = _normal(x, w, f"layers.{n}.n1")
        q, k, v = (
            _linear(y, w, f"layers.{n}.qkv").reshape(length, 3, HEADS, -1).transpose(1, 2, 0, 3)
        )
        if n == weights.layers - 1:
            x, q, relation = x[asked], q[:, asked], relation[asked]
        q = q * scale
        told = np.empty((len(x), HEADS, width // HEADS), np.float32)
        score = np.empty((len(x), length), np.float32)
        offset = np.empty_like(score)
        for head in range(HEADS):
            np.matmul(q[head], k[head].T, out=score)
            np.take(table[head], relation, out=offset, mode="clip")
            score += offset
            score -= score.max(1, keepdims=True)
            np.exp(score, out=score)
            told[:, head] = (score @ v[head]) / score.sum(1, keepdims=True)
        x = x + _linear(told.reshape(len(x), width), w, f"layers.{n}.o")
        y = np.maximum(_linear(_normal(x, w, f"layers.{n}.n2"), w, f"layers.{n}.f1"), 0)
        x = x + _linear(y, w, f"layers.{n}.f2")
    whole = np.zeros((length, width), np.float32)
    whole[asked] = _normal(x, w, "nf")
    return whole


def _relations(window: Window) -> Numbers:
    """Return a number for how each two words stand to each other: apart in sentences, linked in the parse, of one slot, in one paragraph.

    The last is for a word that the other does not see.
    """
    distance = np.clip(window.sentence[:, None] - window.sentence[None], -NEAR, NEAR) + NEAR
    relation: Numbers = distance.astype(np.intp)
    rows = np.arange(len(window.head))
    linked = np.zeros(relation.shape, np.bool_)
    linked[rows, window.head] = linked[window.head, rows] = True
    relation[linked] += DISTANCES
    relation[window.slots @ window.slots.T > 0] += 2 * DISTANCES
    relation[window.paragraph[:, None] == window.paragraph[None]] += 4 * DISTANCES
    relation[window.nameless & (distance != NEAR)] = UNSEEN
    return relation


def _offsets(w: Mapping[str, Values], layer: int) -> Values:
    """Return what a layer adds for each such number, [heads, 73]."""
    near = w["distb"][layer].copy()
    near[:, NEAR] += w["ab"][layer][:, 0]
    linked, shared = w["ab"][layer][:, 1:], w["slotb"][layer][:, None]
    both = np.concatenate([near, near + linked, near + shared, near + linked + shared], 1)
    unseen = np.full_like(shared, -1e4)
    return np.concatenate([both, both + w["parb"][layer][:, None], unseen], 1)


def types(x: Values, window: Window, weights: Weights) -> Values:
    """Return the chances of no act and of each type for each word, [L, 17]; none for words that are not asked for."""
    w = weights.arrays
    asked = window.asked
    y = _linear(np.maximum(_linear(x[asked], w, "typ.0"), 0), w, "typ.3")
    y += w["tf.weight"][window.type[asked]]
    y[:, 0] += 2.0
    chances = np.zeros((len(x), y.shape[1]), np.float32)
    chances[:, 0] = 1.0
    chances[asked] = _softmax(y)
    return chances


def statuses(x: Values, window: Window, rows: Sequence[int], weights: Weights) -> Values:
    """Return the chances of each status for some words, [n, 6]."""
    w = weights.arrays
    return _softmax(_linear(x[rows], w, "stat") + w["sf.weight"][window.status[rows]])


def parties(
    x: Values,
    window: Window,
    rows: Sequence[int],
    told: tuple[Values, Numbers],
    pairs: Values,
    weights: Weights,
) -> tuple[Values, Values, Values]:
    """Return who is a party of some acts.

    Args:
        x: What ``encode`` gave.
        window: The window.
        rows: The n words that tell the acts.
        told: What ``planes.planes`` tells of them and every candidate.
        pairs: What ``planes.pairs`` tells of them and every two slots.
        weights: The weights.

    Returns:
        Scores of the candidates as source and target, [n, M, 2]; chances of each two slots as source and target, the last
        of either for nobody, [n, 17, 17]; of the body that is meant where a candidate stands for its state, none first, [n, M, 2, 28].
    """
    w = weights.arrays
    planes, numbers = told
    acts, some = x[rows], x[[one.row for one in window.candidates]]
    n, m, width = len(acts), len(some), x.shape[1]
    q = _linear(acts, w, "q").reshape(n, 2, -1).transpose(1, 0, 2)
    k = _linear(some, w, "k").reshape(m, 2, -1).transpose(1, 2, 0)
    score = (q @ k).transpose(1, 2, 0) * np.float32(q.shape[2] ** -0.5)
    hidden = w["hid.weight"]
    way = w["pe.weight"] @ hidden[:, 2 * width : -planes.shape[2]].T
    joined = way[numbers] + planes @ hidden[:, -planes.shape[2] :].T + w["hid.bias"]
    joined += (acts @ hidden[:, :width].T)[:, None]
    joined += some @ hidden[:, width : 2 * width].T
    score += _linear(np.maximum(joined, 0, out=joined), w, "out")
    score += w["pb.weight"][numbers] + _linear(planes, w, "fp")
    low = np.where(window.member.T[None, :, :, None], score[:, None], np.float32(-1e4))
    top = low.max(2, keepdims=True)
    slots = top[:, :, 0] + np.log(np.exp(low - top).sum(2))
    slots[:, ~window.member.any(0)] = -1e4
    sums = np.concatenate([slots, _linear(acts, w, "null")[:, None]], 1)
    first = _softmax(sums[:, :, 0])
    second = np.repeat(sums[:, None, :, 1], sums.shape[1], 1)
    second[:, :-1, :-1] += (pairs @ _linear(acts, w, "pair")[:, None, :, None])[..., 0]
    own = w["bi.weight"][window.institution[window.places]][:, None]
    bodies = _linear(joined, w, "body").reshape(n, m, 2, -1) + own
    return score, first[:, :, None] * _softmax(second), _softmax(bodies)


def _linear(x: Values, w: Mapping[str, Values], name: str) -> Values:
    y: Values = x @ w[f"{name}.weight"].T
    y += w[f"{name}.bias"]
    return y


def _normal(x: Values, w: Mapping[str, Values], name: str) -> Values:
    y: Values = x - x.mean(-1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", y, y) / x.shape[1] + np.float32(_TINY))
    y /= spread[:, None]
    y *= w[f"{name}.weight"]
    y += w[f"{name}.bias"]
    return y


def _softmax(x: Values) -> Values:
    powers = np.exp(x - x.max(-1, keepdims=True))
    y: Values = powers / powers.sum(-1, keepdims=True)
    return y
