"""Trains the reader's network with torch on windows that ``prepare.py`` wrote, and exports it for numpy.

Usage: python scripts/train_reader/train.py --windows FILE... --kept FILE... --encoder FOLDER --out weights.npz

The folder of ``--encoder`` holds ``model.safetensors`` of a MiniLM (its word embeddings alone are used). See
``eval/reader/README.md``.
"""

from __future__ import annotations

import argparse
import math
import pickle
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

WIDTH, HEADS, SLOTS, PLANES, SCORE = 128, 4, 16, 10, 64
TYPES, STATUSES = 17, 7
DEPS, TAGS, ZONES, INSTITUTIONS, KINDS = 46, 53, 3, 28, 12
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
        self.w, self.wh = (nn.Linear(384, WIDTH, bias=False) for _ in range(2))
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
        self.hid, self.out = nn.Linear(2 * WIDTH + 48 + PLANES, 96), nn.Linear(96, 2)
        self.fp, self.null = nn.Linear(PLANES, 2), nn.Linear(WIDTH, 2)
        self.fp.weight.data.zero_()
        self.fp.weight.data[0, 0] = self.fp.weight.data[1, 1] = 5
        self.fp.bias.data.zero_()

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
        same = (apart == 0).float()[:, None]
        rows = torch.arange(x.shape[1])
        link = (b["head"][:, :, None] == rows).float()
        link = torch.maximum(link, link.transpose(1, 2))[:, None]
        shared = ((b["hot"] @ b["hot"].transpose(1, 2)) > 0).float()[:, None]
        absent = (1 - b["mask"])[:, None, None] + b["nameless"][:, None, None] * (1 - same)
        absent = absent * -1e4
        distance = apart.clamp(-4, 4) + 4
        for n, layer in enumerate(self.layers):
            near, linked = self.ab[n, :, 0].view(1, -1, 1, 1), self.ab[n, :, 1].view(1, -1, 1, 1)
            bias = absent + self.distb[n].t()[distance].permute(0, 3, 1, 2)
            bias = bias + near * same + linked * link + self.slotb[n].view(1, -1, 1, 1) * shared
            x = layer(x, bias)
        return self.nf(x)

    def types(self, h: torch.Tensor, b: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return scores of types for each word, none first, [N, L, T]."""
        y = self.typ(h) + self.tf(b["ft"])
        return torch.cat([y[..., :1] + 2.0, y[..., 1:]], -1)

    def parties(
        self, act: torch.Tensor, some: torch.Tensor, planes: torch.Tensor, paths: torch.Tensor
    ) -> torch.Tensor:
        """Return scores of candidates as source and as target.

        Args:
            act: The words that tell acts, [N, D].
            some: The heads of their candidates, [N, M, D].
            planes: What is told of each pair, [N, M, P].
            paths: Numbers of the ways between them, [N, M].

        Returns:
            [N, M, 2].
        """
        n, m, _ = some.shape
        q, k = self.q(act).view(n, 1, 2, SCORE), self.k(some).view(n, m, 2, SCORE)
        joined = torch.cat([act[:, None].expand(n, m, -1), some, self.pe(paths), planes], -1)
        score = self.out(self.drop(F.relu(self.hid(joined)))) + self.pb(paths) + self.fp(planes)
        return score + (q * k).sum(-1) / math.sqrt(SCORE)


def batch(
    windows: list[dict], table: np.ndarray, *, train: bool, nameless: float = 0.0
) -> dict[str, torch.Tensor]:
    """Lay windows side by side; the slots change places, since their numbers mean nothing.

    In a share ``nameless`` of them the words of actors are not told, so that who they are by name matters less.
    """
    length, count = max(len(w["tag"]) for w in windows), len(windows)
    b = {name: torch.zeros(count, length, dtype=torch.long) for name in (*FEATURES, "head", "sent")}
    b["sent"] -= 99
    b |= {"mask": torch.zeros(count, length), "e": torch.zeros(count, length, 384)}
    b |= {"hot": torch.zeros(count, length, SLOTS), "nameless": torch.zeros(count, length)}
    for n, w in enumerate(windows):
        size = len(w["tag"])
        for name in (*FEATURES, "head", "sent"):
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
    cut = {name: w[name][rows] for name in (*FEATURES, "pieces", "sent", "nameless", "hot")}
    labels = [
        (
            int(place[row]),
            kind,
            status,
            source[some],
            target[some],
            planes[some],
            [ways[i] for i in some],
        )
        for row, kind, status, source, target, planes, ways in w["labels"]
        if place[row] >= 0
    ]
    return cut | {
        "head": place[w["head"][rows]], "cand": place[w["cand"][some]], "member": w["member"][some],
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
    """Return the loss of a batch, and its parts: types, statuses, parties, and parties right of how many."""
    b = batch(windows, table, train=net.training, nameless=nameless)
    hidden = random.random() < hide
    if hidden:
        b["ft"].zero_()
        b["fs"].zero_()
    h = net.encode(b)
    kinds, rows = _types_loss(net, windows, b, h)
    if not rows:
        return kinds, np.array([kinds.item(), 0, 0, 0, 0])
    acts = torch.stack([h[n, row] for n, row, *_ in rows])
    status = torch.from_numpy(np.stack([r[3] for r in rows]))
    given = torch.stack([b["fs"][n, row] for n, row, *_ in rows])
    stand = -(status * F.log_softmax(net.stat(acts) + net.sf(given), -1)).sum() / 60
    keep = [i for i, r in enumerate(rows) if len(r[4])]
    who, right = torch.zeros(()), 0
    if keep:
        length = h.shape[1]
        told = _told([rows[i] for i in keep], windows, length, paths, hidden=hidden)
        some = h.reshape(-1, WIDTH)[told.place]
        score = net.parties(acts[keep], some, told.planes, told.numbers)
        who, right = _parties_loss(net, acts[keep], score, told.member, told.wanted)
    return kinds + stand + who, np.array(
        [kinds.item(), stand.item(), who.item(), right, 2 * len(keep)]
    )


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
    """

    place: torch.Tensor
    planes: torch.Tensor
    numbers: torch.Tensor
    member: torch.Tensor
    wanted: torch.Tensor


def _told(
    rows: list[tuple], windows: list[dict], length: int, paths: dict[str, int], *, hidden: bool
) -> Told:
    """Lay the candidates of acts side by side; ``hidden`` where the frames' acts are."""
    count, most = len(rows), max(len(row[4]) for row in rows)
    planes = torch.zeros(count, most, PLANES)
    numbers, place = (torch.zeros(count, most, dtype=torch.long) for _ in range(2))
    y = -torch.ones(count, most, 2)
    member = torch.zeros(count, most, SLOTS, dtype=torch.bool)
    for i, (n, _, _, _, source, target, told, ways) in enumerate(rows):
        m, w = len(source), windows[n]
        place[i, :m] = torch.from_numpy(n * length + w["cand"])
        planes[i, :m] = torch.from_numpy(told)
        if hidden:
            planes[i, :, :2], planes[i, :, 5] = 0, 1
        numbers[i, :m] = torch.tensor([paths.get(way, 1) if way else 0 for way in ways])
        y[i, :m, 0], y[i, :m, 1] = torch.from_numpy(source), torch.from_numpy(target)
        member[i, :m] = torch.from_numpy(w["member"])
    return Told(place, planes, numbers, member, y)


def _parties_loss(
    net: Net, acts: torch.Tensor, score: torch.Tensor, member: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, int]:
    """Cross entropy over slots and nobody, and over the mentions of the slot that is meant."""
    low = torch.full_like(score, -1e4)
    slots = torch.logsumexp(score[:, :, None] + torch.where(member, 0.0, -1e4)[..., None], 1)
    chance = torch.log_softmax(torch.cat([slots, net.null(acts)[:, None]], 1), 1)
    meant = ((y > 0)[:, :, None] & member[..., None]).any(1).float()
    wanted = torch.cat([meant, (meant.sum(1, keepdim=True) == 0).float()], 1)
    wanted = wanted / wanted.sum(1, keepdim=True)
    good, other = y > 0, y < 0
    both = (good.any(1) & other.any(1)).float()
    every = torch.logsumexp(torch.where(good | other, score, low), 1)
    body = (every - torch.logsumexp(torch.where(good, score, low), 1)) * both
    right = (torch.gather(wanted, 1, chance.argmax(1, keepdim=True)) > 0).sum().item()
    return (-(wanted * chance).sum() + 0.5 * body.sum()) / 25, right


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
            for way in label[-1]:
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
    parser.add_argument("--encoder", type=Path, required=True)
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


def embeddings(folder: Path) -> np.ndarray:
    """Return the word embeddings of an encoder, each of length 4, that of the filling piece 0."""
    stored = safetensors.torch.load_file(folder / "model.safetensors")
    table = next(v for k, v in stored.items() if k.endswith("word_embeddings.weight")).float()
    table = (4 * table / table.norm(dim=-1, keepdim=True).clamp(min=1e-6)).numpy()
    table[0] = 0
    return table


def measure(
    net: Net, windows: list[dict], table: np.ndarray, paths: dict[str, int], words: int
) -> np.ndarray:
    """Return the sums of the parts of ``loss`` over windows."""
    groups = batches(windows, words, train=False)
    with torch.no_grad():
        return sum((loss(net, group, table, paths)[1] for group in groups), np.zeros(5))


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
        sums = np.zeros(5)
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
        if sum(held[:3]) <= best:
            best = sum(held[:3])
            torch.save({"net": smooth.state_dict(), "paths": paths}, a.out.with_suffix(".pt"))
            export(smooth, table, paths, a.out)


def _shown(sums: np.ndarray, windows: list[dict]) -> str:
    """Return losses for 100 acts, and the share of sides whose party is right."""
    acts = sum(len(w["labels"]) for w in windows) or 1
    return f"{sums[:3].round(1) / acts * 100} parties {sums[3] / max(sums[4], 1):.3f}"


def main() -> None:
    """Train and export."""
    a = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    np.random.seed(a.seed)
    table = embeddings(a.encoder)
    learned, kept = (
        [w for p in paths for w in pickle.loads(p.read_bytes())] for paths in (a.windows, a.kept)
    )
    net = Net(layers=a.layers, convolutions=a.convolutions, drop=a.drop, blank=a.blank)
    paths = learn_paths(learned)
    if a.start:
        state = torch.load(a.start)
        net.load_state_dict(state["net"])
        paths = state["paths"]
    words, acts = (sum(len(w[part]) for w in learned) for part in ("tag", "labels"))
    print(f"{len(learned)} windows, {words} words, {acts} acts", flush=True)
    train(a, net, table, paths, learned, kept)


if __name__ == "__main__":
    main()
