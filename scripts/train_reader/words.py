"""Chooses whole words for the reader's vocabulary, and lays out what a sentence encoder tells of each of its words.

Usage: python scripts/train_reader/words.py --encoder FOLDER --out table.npy [--documents FOLDER]

Writes an array [V, 576]: 384 numbers from the encoder's own table of word pieces (for a word that this lacks the mean of its
pieces), and 192 principal components of what the encoder makes of the word as a text of its own, so that words of like
meaning lie close. With ``--documents`` the words behind the 30,522 of WordPiece are chosen anew. Needs sentence-transformers and the pipeline of spaCy. See
``eval/reader/README.md``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import safetensors.torch
import spacy
from sentence_transformers import SentenceTransformer

from detente.coding.reader import pieces
from detente.registers import frames
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

WORDPIECES = 30_522
TOGETHER = 192
"""Principal components that are kept."""
LENGTH = 4.0
"""Length of either part of a word's numbers."""
WORD = re.compile(r"[a-z]{4,24}")
ENDS = ("ing", "ed", "es", "s", "er", "ers", "ly", "ion", "ions", "ment", "ments", "able", "ness", "al", "ity")  # fmt: skip
BEGINNINGS = ("re", "un", "dis", "mis", "over", "non", "pre", "co", "out", "under", "counter", "anti", "inter")  # fmt: skip


def bases(word: str) -> Iterator[str]:
    """Yield what a word may be made from: "ejecting" from "eject", "ejecte"."""
    for end in ENDS:
        if word.endswith(end) and len(word) - len(end) > 2:
            base = word.removesuffix(end)
            yield from (base, base + "e")
            if base[-1] == base[-2]:
                yield base[:-1]
            if base.endswith("i"):
                yield base[:-1] + "y"
    for beginning in BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) > 3:
            yield word.removeprefix(beginning)


def choose(documents: Path, known: Collection[str]) -> list[str]:
    """Return words that WordPiece cuts up: twice in the documents, told by frames, or made from words that are known.

    Args:
        documents: Folder of coded documents.
        known: The words of WordPiece.
    """
    texts = " ".join(file.read_text(encoding="utf-8") for file in documents.glob("*.yaml"))
    count = Counter(re.findall(r"(?<![A-Za-z])[a-z]{4,24}(?![A-Za-z])", texts))
    told = {word for word, times in count.items() if times > 1}
    told |= {
        word
        for file in frames.DATA.rglob("*.yaml")
        for word in WORD.findall(file.read_text(encoding="utf-8"))
    }
    some = {
        s for s in spacy.load(Settings().model).vocab.strings if re.fullmatch(r"[a-z]{4,18}", s)
    }
    every = {*known, *told, *some}
    made = {word for word in some if any(base in every for base in bases(word))}
    roots = {
        base for word in made if re.search(r"(ing|ed|ion|ment)$", word) for base in bases(word)
    }
    return sorted((told | made | roots & some) - set(known))


def even(rows: np.ndarray) -> np.ndarray:
    """Return rows of one length; rows of nothing stay."""
    size = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(size > 0, LENGTH * rows / np.maximum(size, 1e-6), 0)


def own_pieces(folder: Path, words: Sequence[str]) -> np.ndarray:
    """Return the encoder's numbers of its word pieces, and for further words the mean of theirs, [V, 384]."""
    stored = safetensors.torch.load_file(folder / "model.safetensors")
    table = even(
        next(v for k, v in stored.items() if k.endswith("word_embeddings.weight")).float().numpy()
    )
    table[pieces.NOTHING] = 0
    known = {word: n for n, word in enumerate(words[:WORDPIECES])}
    means = [table[pieces.cut(word, known)[: pieces.MOST]].mean(0) for word in words[WORDPIECES:]]
    return np.concatenate([table, np.array(means).reshape(-1, table.shape[1])])


def meanings(folder: Path, words: Sequence[str]) -> np.ndarray:
    """Return what the encoder makes of each word alone, [V, 192]; nothing for parts of words."""
    asked = [n for n, word in enumerate(words) if word and not word.startswith(("##", "["))]
    encoder = SentenceTransformer(str(folder), device="cpu")
    told = encoder.encode([words[n] for n in asked], batch_size=256, normalize_embeddings=True)
    told = even(told - told.mean(0))
    axes = np.linalg.svd(told.T @ told / len(told))[0][:, :TOGETHER]
    table = np.zeros((len(words), TOGETHER), np.float32)
    table[asked] = told @ axes
    return even(table)


def main() -> None:
    """Choose words if asked, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of a sentence encoder")
    parser.add_argument(
        "--documents", type=Path, help="folder of coded documents to choose words from"
    )
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    words = pieces.PATH.read_text(encoding="utf-8").split("\n")
    if a.documents:
        words = words[:WORDPIECES]
        words += choose(a.documents, {word for word in words if word.isalpha()})
        pieces.PATH.write_text("\n".join(words), encoding="utf-8")
    table = np.concatenate([own_pieces(a.encoder, words), meanings(a.encoder, words)], 1)
    np.save(a.out, table.astype(np.float16))
    print(len(words), "words")


if __name__ == "__main__":
    main()
