"""Trains the reader's network with torch on windows that ``prepare.py`` wrote, and exports it for numpy.

Usage: python scripts/train_reader/train.py --windows FILE... --kept FILE... --encoder FOLDER --out weights.npz

The folder of ``--encoder`` holds ``model.safetensors`` of a MiniLM (its word embeddings alone are used). See
``eval/reader/README.md``.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import pickle
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

if TYPE_CHECKING:
    from types import ModuleType


def _load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {file}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


laid = _load(Path(__file__).parents[2] / "src" / "detente" / "coding" / "reader" / "planes.py")
"""What is told of acts with mentions, as the package lays it out; it needs nothing but numpy."""

WIDTH, HEADS, SLOTS, PLANES, PAIRS, SCORE, HIDDEN, WORD = 128, 4, 16, 19, 4, 64, 192, 576
TYPES, STATUSES = 17, 7
DEPS, TAGS, ZONES, INSTITUTIONS, KINDS = 46, 53, 3, 28, 13
PATHS = 600
FEATURES = {
    "dep": DEPS,
    "tag": TAGS,
    "zone": ZONES,
    "inst": INSTITUTIONS,
    "kind": KINDS,
    "ft": TYPES,
    "fs": STATUSES,
}
"""What is told of a word besides its pieces, with the number of values."""


class Layer(nn.Module):
    """A layer of attention with offsets."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(drop)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """Return the words [N, L, D] after the layer; ``bias`` [N, H, L, L] says who sees whom."""
        count, length, _ = x.shape
        q, k, v = self.qkv(self.n1(x)).view(count, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        score = (q @ k.transpose(-1, -2)) / math.sqrt(WIDTH // HEADS) + bias
        y = (score.softmax(-1) @ v).transpose(1, 2).reshape(count, length, WIDTH)
        x = x + self.drop(self.o(y))
        return x + self.drop(self.f2(F.relu(self.f1(self.n2(x)))))


class Net(nn.Module):
    """The network of ``detente.coding.reader.network``, with the same names."""

    def __init__(self, *, layers: int, convolutions: int, drop: float, blank: float) -> None:
        super().__init__()
        self.blank = blank
        self.w, self.wh = (nn.Linear(WORD, WIDTH, bias=False) for _ in range(2))
        for name, count in FEATURES.items():
            table = nn.Embedding(count, WIDTH)
            nn.init.normal_(table.weight, std=0.3)
            setattr(self, name, table)
        self.slot = nn.Linear(SLOTS, WIDTH, bias=False)
        nn.init.normal_(self.slot.weight, std=0.5)
        self.n0, self.nf = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.conv = nn.ModuleList(nn.Linear(3 * WIDTH, 2 * WIDTH) for _ in range(convolutions))
        self.cn = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(convolutions))
        self.layers = nn.ModuleList(Layer(drop) for _ in range(layers))
        first = torch.tensor([[2.0, 3.0], [2.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
        self.ab = nn.Parameter(first.repeat(layers, 1, 1))
        self.slotb = nn.Parameter(torch.zeros(layers, HEADS))
        self.parb = nn.Parameter(torch.zeros(layers, HEADS))
        self.distb = nn.Parameter(torch.zeros(layers, HEADS, 9))
        self.drop = nn.Dropout(drop)
        self.typ = nn.Sequential(
            nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Dropout(drop), nn.Linear(WIDTH, TYPES)
        )
        self.stat = nn.Linear(WIDTH, STATUSES - 1)
        self.tf, self.sf = nn.Embedding(TYPES, TYPES), nn.Embedding(STATUSES, STATUSES - 1)
        self.tf.weight.data = 4 * torch.eye(TYPES)
        self.tf.weight.data[0] = 0
        self.sf.weight.data = torch.cat([torch.zeros(1, 6), 3 * torch.eye(6)])
        self.q, self.k = nn.Linear(WIDTH, 2 * SCORE), nn.Linear(WIDTH, 2 * SCORE)
        self.pe, self.pb = nn.Embedding(PATHS, 48), nn.Embedding(PATHS, 2)
        self.pb.weight.data.zero_()
        self.hid, self.out = nn.Linear(2 * WIDTH + 48 + PLANES, HIDDEN), nn.Linear(HIDDEN, 2)
        self.fp, self.null = nn.Linear(PLANES, 2), nn.Linear(WIDTH, 2)
        self.fp.weight.data.zero_()
        self.fp.weight.data[0, 0] = self.fp.weight.data[1, 1] = 5
        self.fp.bias.data.zero_()
        self.pair = nn.Linear(WIDTH, PAIRS)
        self.body, self.bi = (
            nn.Linear(HIDDEN, 2 * INSTITUTIONS),
            nn.Embedding(INSTITUTIONS, INSTITUTIONS),
        )
        self.bi.weight.data = 4 * torch.eye(INSTITUTIONS)

    def encode(self, b: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return what the heads read of each word of a batch, [N, L, D]."""
        e, mask = b["e"], b["mask"][..., None]
        if self.training:
            e = e * (torch.rand(e.shape[:2]) >= self.blank)[..., None]
        above = torch.gather(e, 1, b["head"][..., None].expand(-1, -1, e.shape[-1]))
        x = self.w(e) + self.wh(above) + self.slot(b["hot"])
        for name in FEATURES:
            x = x + getattr(self, name)(b[name])
        x = self.drop(self.n0(x)) * mask
        within = F.pad((b["sent"][:, 1:] == b["sent"][:, :-1]).float(), (0, 1))
        for convolution, norm in zip(self.conv, self.cn, strict=True):
            left = F.pad(x * within[..., None], (0, 0, 1, 0))[:, :-1]
            right = F.pad((x[:, 1:] * within[:, :-1, None]), (0, 0, 0, 1))
            one, other = convolution(torch.cat([left, x, right], -1)).chunk(2, -1)
            x = norm(x + self.drop(torch.maximum(one, other))) * mask
        apart = b["sent"][:, :, None] - b["sent"][:, None]
        rows = torch.arange(x.shape[1])
        link = b["head"][:, :, None] == rows
        shared = (b["hot"] @ b["hot"].transpose(1, 2)) > 0
        block = b["para"][:, :, None] == b["para"][:, None]
        told = torch.stack(
            [
                *(apart.clamp(-4, 4) == n for n in range(-4, 5)),
                link | link.transpose(1, 2),
                shared,
                block,
            ],
            -1,
        ).float()
        coefficients = torch.cat(
            [self.distb, self.ab[..., 1:], self.slotb[..., None], self.parb[..., None]], -1
        )
        near = F.pad(self.ab[..., :1], (4, told.shape[-1] - 5))
        offsets = (told @ (coefficients + near).flatten(0, 1).t()).unflatten(-1, (-1, HEADS))
        absent = (1 - b["mask"])[:, None] + b["nameless"][:, None] * (apart != 0)
        for n, layer in enumerate(self.layers):
            x = layer(x, offsets[..., n, :].permute(0, 3, 1, 2) - 1e4 * absent[:, None])
        return self.nf(x)

    def types(self, h: torch.Tensor, b: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return scores of types for each word, none first, [N, L, T]."""
        y = self.typ(h) + self.tf(b["ft"])
        return torch.cat([y[..., :1] + 2.0, y[..., 1:]], -1)

    def parties(
        self, act: torch.Tensor, some: torch.Tensor, planes: torch.Tensor, paths: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return scores of candidates as source and as target, and what tells which body of its state is meant.

        Args:
            act: The words that tell acts, [N, D].
            some: The heads of their candidates, [N, M, D].
            planes: What is told of each pair, [N, M, P].
            paths: Numbers of the ways between them, [N, M].

        Returns:
            [N, M, 2] and [N, M, 192].
        """
        n, m, _ = some.shape
        q, k = self.q(act).view(n, 1, 2, SCORE), self.k(some).view(n, m, 2, SCORE)
        joined = torch.cat([act[:, None].expand(n, m, -1), some, self.pe(paths), planes], -1)
        hidden = F.relu(self.hid(joined))
        score = self.out(self.drop(hidden)) + self.pb(paths) + self.fp(planes)
        return score + (q * k).sum(-1) / math.sqrt(SCORE), hidden


def batch(
    windows: list[dict], table: np.ndarray, *, train: bool, nameless: float = 0.0
) -> dict[str, torch.Tensor]:
    """Lay windows side by side; the slots change places, since their numbers mean nothing.

    In a share ``nameless`` of them the words of actors are not told, so that who they are by name matters less.
    """
    length, count = max(len(w["tag"]) for w in windows), len(windows)
    b = {
        name: torch.zeros(count, length, dtype=torch.long)
        for name in (*FEATURES, "head", "sent", "para")
    }
    b["sent"] -= 99
    b["para"] -= 99
    b |= {"mask": torch.zeros(count, length), "e": torch.zeros(count, length, WORD)}
    b |= {"hot": torch.zeros(count, length, SLOTS), "nameless": torch.zeros(count, length)}
    for n, w in enumerate(windows):
        size = len(w["tag"])
        for name in (*FEATURES, "head", "sent", "para"):
            b[name][n, :size] = torch.from_numpy(w[name].astype(np.int64))
        filled = np.maximum((w["pieces"] > 0).sum(1, keepdims=True), 1)
        b["e"][n, :size] = torch.from_numpy(table[w["pieces"]].sum(1) / filled)
        if random.random() < nameless:
            b["e"][n, :size][torch.from_numpy(w["hot"].any(1))] = 0
        b["mask"][n, :size], b["nameless"][n, :size] = (
            1,
            torch.from_numpy(w["nameless"].astype(np.float32)),
        )
        hot = w["hot"][:, np.random.permutation(SLOTS)] if train else w["hot"]
        b["hot"][n, :size] = torch.from_numpy(np.ascontiguousarray(hot))
    return b


def crop(w: dict) -> dict:
    """Cut one to three sentences out of a window, as a short text has them: who stands elsewhere is not told."""
    body = np.unique(w["sent"][w["zone"] == 2])
    first = random.randrange(len(body))
    kept = set(body[first : first + random.choice((1, 1, 1, 2, 3))].tolist())
    rows = np.flatnonzero(
        [
            zone == 2 and sentence in kept
            for zone, sentence in zip(w["zone"], w["sent"], strict=True)
        ]
    )
    place = np.full(len(w["tag"]), -1)
    place[rows] = np.arange(len(rows))
    some = np.flatnonzero(place[w["cand"]] >= 0)
    cut = {name: w[name][rows] for name in (*FEATURES, "pieces", "sent", "para", "nameless", "hot")}
    labels = [
        (
            int(place[row]),
            kind,
            status,
            source[some],
            target[some],
            planes[some],
            [ways[i] for i in some],
            bodies[some],
        )
        for row, kind, status, source, target, planes, ways, bodies in w["labels"]
        if place[row] >= 0
    ]
    return cut | {
        "head": place[w["head"][rows]], "cand": place[w["cand"][some]], "member": w["member"][some],
        "sides": {int(place[row]): both for row, both in w["sides"].items() if place[row] >= 0},
        "labels": labels, "ignore": [int(place[row]) for row in w["ignore"] if place[row] >= 0],
    }  # fmt: skip


def batches(windows: list[dict], words: int, *, train: bool) -> list[list[dict]]:
    """Group windows of alike length, up to a number of words."""
    ranked = sorted(windows, key=lambda w: len(w["tag"]) + (random.random() * 30 if train else 0))
    found: list[list[dict]] = [[]]
    for w in ranked:
        if found[-1] and (len(found[-1]) + 1) * len(w["tag"]) > words:
            found.append([])
        found[-1].append(w)
    if train:
        random.shuffle(found)
    return found


def loss(
    net: Net,
    windows: list[dict],
    table: np.ndarray,
    paths: dict[str, int],
    *,
    hide: float = 0.0,
    nameless: float = 0.0,
) -> tuple[torch.Tensor, np.ndarray]:
    """Return the loss of a batch, and its parts: types, statuses, parties, parties right of how many, bodies."""
    b = batch(windows, table, train=net.training, nameless=nameless)
    blind = random.random() < hide
    if blind:
        b["ft"].zero_()
        b["fs"].zero_()
    h = net.encode(b)
    kinds, rows = _types_loss(net, windows, b, h)
    if not rows:
        return kinds, np.array([kinds.item(), 0, 0, 0, 0, 0])
    acts = torch.stack([h[n, row] for n, row, *_ in rows])
    status = torch.from_numpy(np.stack([r[3] for r in rows]))
    given = torch.stack([b["fs"][n, row] for n, row, *_ in rows])
    stand = -(status * F.log_softmax(net.stat(acts) + net.sf(given), -1)).sum() / 60
    keep = [i for i, r in enumerate(rows) if len(r[4])]
    if keep:
        length = h.shape[1]
        told = _told([rows[i] for i in keep], windows, length, paths, blind=blind)
        some = h.reshape(-1, WIDTH)[told.place]
        score, hidden = net.parties(acts[keep], some, told.planes, told.numbers)
        who, right = _parties_loss(net, acts[keep], score, told)
        body = _bodies_loss(net, score, hidden, told)
        return kinds + stand + who + body, np.array(
            [kinds.item(), stand.item(), who.item(), right, 2 * len(keep), body.item()]
        )
    return kinds + stand, np.array([kinds.item(), stand.item(), 0, 0, 0, 0])


def _types_loss(
    net: Net, windows: list[dict], b: dict[str, torch.Tensor], h: torch.Tensor
) -> tuple[torch.Tensor, list[tuple]]:
    """Return the cross entropy of types, and each act: the number of its window with its label."""
    logits = net.types(h, b)
    wanted = torch.zeros(logits.shape)
    wanted[..., 0] = 1
    weight = (b["zone"] == 2).float() * b["mask"]
    rows = []
    for n, w in enumerate(windows):
        weight[n, w["ignore"]] = 0
        for label in w["labels"]:
            wanted[n, label[0]] = torch.from_numpy(label[1])
            weight[n, label[0]] = 2.0
            rows.append((n, *label))
    return (-(wanted * F.log_softmax(logits, -1)).sum(-1) * weight).sum() / 60, rows


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of N acts and their candidates, at most M.

    Attributes:
        place: Rows of the candidates' heads in all windows one after the other, [N, M].
        planes: What is told of each pair, [N, M, P].
        numbers: Of the ways through the parse, [N, M].
        member: Which candidate stands for which slot, [N, M, S].
        wanted: Whether each is source and target: 1, 0, or -1 for what does not count, [N, M, 2].
        pairs: What is told of each two slots, [N, S, S, P].
        own: Institution of each candidate, [N, M].
        bodies: Institution that is meant on either side, -1 for what does not count, [N, M, 2].
    """

    place: torch.Tensor
    planes: torch.Tensor
    numbers: torch.Tensor
    member: torch.Tensor
    wanted: torch.Tensor
    pairs: torch.Tensor
    own: torch.Tensor
    bodies: torch.Tensor


def _told(
    rows: list[tuple], windows: list[dict], length: int, paths: dict[str, int], *, blind: bool
) -> Told:
    """Lay the candidates of acts side by side; ``blind`` where the frames' acts are not told."""
    count, most = len(rows), max(len(row[4]) for row in rows)
    planes = torch.zeros(count, most, PLANES)
    numbers, place, own = (torch.zeros(count, most, dtype=torch.long) for _ in range(3))
    y, bodies = -torch.ones(count, most, 2), -torch.ones(count, most, 2, dtype=torch.long)
    member = torch.zeros(count, most, SLOTS, dtype=torch.bool)
    pairs = torch.zeros(count, SLOTS, SLOTS, PAIRS)
    for i, (n, row, _, _, source, target, told, ways, meant) in enumerate(rows):
        m, w = len(source), windows[n]
        place[i, :m] = torch.from_numpy(n * length + w["cand"])
        own[i, :m] = torch.from_numpy(w["inst"][w["cand"]].astype(np.int64))
        bodies[i, :m] = torch.from_numpy(meant.astype(np.int64))
        sides = {} if blind else w["sides"]
        told = told.copy()
        told[:, laid.BESIDE] = laid.beside(sides, row, w["member"])
        told[:, laid.NEARNESS] = laid.nearness(w["cand"], np.array([row]), w["member"])[0]
        planes[i, :m] = torch.from_numpy(told)
        if blind:
            planes[i, :, :2], planes[i, :, 5] = 0, 1
        both = laid.pairs(sides, [row], w["member"], w["inst"][w["cand"]])
        pairs[i] = torch.from_numpy(both[0])
        numbers[i, :m] = torch.tensor([paths.get(way, 1) if way else 0 for way in ways])
        y[i, :m, 0], y[i, :m, 1] = torch.from_numpy(source), torch.from_numpy(target)
        member[i, :m] = torch.from_numpy(w["member"])
    return Told(place, planes, numbers, member, y, pairs, own, bodies)


def _parties_loss(
    net: Net, acts: torch.Tensor, score: torch.Tensor, told: Told
) -> tuple[torch.Tensor, int]:
    """Cross entropy over slots and nobody, of targets given each source that is meant, and over mentions of the slot."""
    y, member = told.wanted, told.member
    low = torch.full_like(score, -1e4)
    slots = torch.logsumexp(score[:, :, None] + torch.where(member, 0.0, -1e4)[..., None], 1)
    sums = torch.cat([slots, net.null(acts)[:, None]], 1)
    shift = (told.pairs @ net.pair(acts)[:, None, :, None])[..., 0]
    first = torch.log_softmax(sums[..., 0], 1)
    second = torch.log_softmax(sums[:, None, :, 1] + F.pad(shift, (0, 1, 0, 1)), 2)
    meant = ((y > 0)[:, :, None] & member[..., None]).any(1).float()
    source = torch.cat([meant[..., 0], (meant[..., :1].sum(1) == 0).float()], 1)
    several = (meant[..., 1].sum(1) > 1).float()[:, None, None]
    others = meant[:, None, :, 1] * (1 - torch.eye(SLOTS + 1, SLOTS) * several)
    target = torch.cat([others, (others.sum(2, keepdim=True) == 0).float()], 2)
    source, target = source / source.sum(1, keepdim=True), target / target.sum(2, keepdim=True)
    lost = -(source * first).sum() - (source[..., None] * target * second).sum()
    good, other = y > 0, y < 0
    both = (good.any(1) & other.any(1)).float()
    every = torch.logsumexp(torch.where(good | other, score, low), 1)
    body = (every - torch.logsumexp(torch.where(good, score, low), 1)) * both
    marginal = (first.exp()[..., None] * second.exp()).sum(1)
    reached = torch.cat([meant[..., 1], (meant[..., 1:].sum(1) == 0).float()], 1)
    right = (torch.gather(source, 1, first.argmax(1, keepdim=True)) > 0).sum()
    right = right + (torch.gather(reached, 1, marginal.argmax(1, keepdim=True)) > 0).sum()
    return (lost + 0.5 * body.sum()) / 25, right.item()


def _bodies_loss(net: Net, score: torch.Tensor, hidden: torch.Tensor, told: Told) -> torch.Tensor:
    """Cross entropy of the body that is meant, over the likelier mentions of its state."""
    counts = told.bodies >= 0
    share = torch.where(counts, score.detach(), torch.full_like(score, -1e4)).softmax(1) * counts
    logits = net.body(net.drop(hidden)).unflatten(-1, (2, -1)) + net.bi(told.own)[:, :, None]
    chance = F.log_softmax(logits, -1)
    lost = -torch.gather(chance, -1, told.bodies.clamp(min=0)[..., None])[..., 0]
    return (lost * share).sum() / 50


def export(net: Net, table: np.ndarray, paths: dict[str, int], out: Path) -> None:
    """Write the weights; tables and matrices as whole numbers of one byte, each row with its factor."""
    arrays = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    arrays["word"], arrays["above"] = (
        table @ arrays.pop("w.weight").T,
        table @ arrays.pop("wh.weight").T,
    )
    stored: dict[str, np.ndarray] = {}
    for name, value in arrays.items():
        if name not in {"word", "above"}:
            stored[name] = value.astype(
                np.float16 if value.ndim > 1 and value.size > 2000 else np.float32
            )
            continue
        scale = np.abs(value).max(1, keepdims=True) / 127 + 1e-9
        stored[name], stored[f"{name}/scale"] = (
            np.round(value / scale).astype(np.int8),
            scale.astype(np.float16),
        )
    stored["right"] = np.zeros((3, 6), np.float32)
    names = [""] * (max(paths.values()) + 1)
    for way, number in paths.items():
        names[number] = way
    np.savez_compressed(out, paths=np.array(names), **stored)


def learn_paths(windows: list[dict]) -> dict[str, int]:
    """Number the commonest paths; 0 is for another sentence, 1 for any other path."""
    count: dict[str, int] = {}
    for w in windows:
        for label in w["labels"]:
            for way in label[6]:
                if way:
                    count[way] = count.get(way, 0) + 1
    ranked = sorted((way for way in count if count[way] > 3), key=lambda way: (-count[way], way))
    return {way: n + 2 for n, way in enumerate(ranked[: PATHS - 2])}


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=Path, nargs="+", required=True)
    parser.add_argument(
        "--kept",
        type=Path,
        nargs="*",
        default=[],
        help="windows that are measured, not learned from",
    )
    parser.add_argument("--table", type=Path, required=True, help="what ``words.py`` wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=14)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--words", type=int, default=1200)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--convolutions", type=int, default=2)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument(
        "--blank", type=float, default=0.05, help="share of words hidden in training"
    )
    parser.add_argument(
        "--hide", type=float, default=0.15, help="share of batches without the frames' acts"
    )
    parser.add_argument(
        "--nameless", type=float, default=0.25, help="share of windows without the words of actors"
    )
    parser.add_argument(
        "--crop", type=float, default=0.3, help="share of windows cut to a few sentences"
    )
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="state of a training to go on from")
    return parser.parse_args()


def measure(
    net: Net, windows: list[dict], table: np.ndarray, paths: dict[str, int], words: int
) -> np.ndarray:
    """Return the sums of the parts of ``loss`` over windows."""
    groups = batches(windows, words, train=False)
    with torch.no_grad():
        return sum((loss(net, group, table, paths)[1] for group in groups), np.zeros(6))


def train(
    a: argparse.Namespace,
    net: Net,
    table: np.ndarray,
    paths: dict[str, int],
    learned: list[dict],
    kept: list[dict],
) -> None:
    """Train, print an epoch a line, and export the averaged weights after each epoch that is best on ``kept``."""
    rule = torch.optim.AdamW(net.parameters(), lr=a.rate, weight_decay=a.decay, fused=True)
    total = int(a.epochs * len(batches(learned, a.words, train=True)))
    plan = torch.optim.lr_scheduler.LambdaLR(
        rule, lambda s: min(1, (s + 1) / (0.05 * total)) * max(0.01, 1 - s / total)
    )
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    step, began, epoch, best = 0, time.time(), 0, math.inf
    while step < total:
        net.train()
        sums = np.zeros(6)
        shown = [crop(w) if random.random() < a.crop else w for w in learned]
        for group in batches(shown, a.words, train=True)[: total - step]:
            value, parts = loss(net, group, table, paths, hide=a.hide, nameless=a.nameless)
            rule.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            rule.step()
            plan.step()
            mean.update_parameters(net)
            step += 1
            sums += parts
        epoch += 1
        smooth = mean.module.eval()
        held = measure(smooth, kept, table, paths, a.words)
        print(
            f"epoch {epoch}: learned {_shown(sums, learned)}; kept {_shown(held, kept)} {time.time() - began:.0f}s",
            flush=True,
        )
        if sum(held[[0, 1, 2, 5]]) <= best:
            best = sum(held[[0, 1, 2, 5]])
            torch.save({"net": smooth.state_dict(), "paths": paths}, a.out.with_suffix(".pt"))
            export(smooth, table, paths, a.out)


def _shown(sums: np.ndarray, windows: list[dict]) -> str:
    """Return losses for 100 acts (types, statuses, parties, bodies), and the share of sides whose party is right."""
    acts = sum(len(w["labels"]) for w in windows) or 1
    lost = (sums[[0, 1, 2, 5]] / acts * 100).round(3)
    return f"{lost} parties {sums[3] / max(sums[4], 1):.3f}"


def main() -> None:
    """Train and export."""
    a = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    np.random.seed(a.seed)
    table = np.load(a.table).astype(np.float32)
    learned, kept = (
        [w for p in paths for w in pickle.loads(p.read_bytes())] for paths in (a.windows, a.kept)
    )
    net = Net(layers=a.layers, convolutions=a.convolutions, drop=a.drop, blank=a.blank)
    paths = learn_paths(learned)
    if a.start:
        state = torch.load(a.start)
        grown = net.state_dict()
        for name, value in state["net"].items():
            grown[name][tuple(slice(size) for size in value.shape)] = value
        net.load_state_dict(grown)
        paths = state["paths"]
    words, acts = (sum(len(w[part]) for w in learned) for part in ("tag", "labels"))
    print(f"{len(learned)} windows, {words} words, {acts} acts", flush=True)
    train(a, net, table, paths, learned, kept)


if __name__ == "__main__":
    main()
