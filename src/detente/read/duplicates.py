"""Near-duplicates: MinHash finds candidates, the exact Jaccard ratio of word shingles decides.

An agency's story on several sites, with its tail cut or its headline changed, is one; two meetings
of the same people are two. Exact duplicates share ``Document.id``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.model import Document

THRESHOLD = 0.5
"""Jaccard ratio from which two texts are one story. Measured on the pairs of
``tests/read/test_duplicates.py``: retellings of one story with a cut tail, a changed headline, edited
words or a credit have 0.58 to 1.00; other meetings told in the same form have 0.01 to 0.15. A tail cut
by more than half is beyond it."""

SHINGLE_WORDS = 3
"""Words in a shingle: short enough that an edited word costs three shingles only."""

_PERMUTATIONS = 128
_ROWS = 4
"""Rows of a band: 32 bands of 4 find a pair of ratio 0.5 with probability 0.87, of 0.6 with 0.99."""

_SEED = 42
_WORD = re.compile(r"\w+")
SHORTEST = 8
"""Words; a shorter text is compared by its exact words only."""


class NearDuplicates:
    """Groups documents as they come.

    Args:
        threshold: Jaccard ratio from which two texts are one, 0 to 1.

    The groups are the connected parts of the graph of all pairs above the threshold, so they do not
    depend on the order of ``add``; a group is named by its smallest document id.
    """

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._shingles: dict[str, frozenset[int]] = {}
        self._buckets: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
        self._parents: dict[str, str] = {}

    def add(self, document: Document) -> str | None:
        """Add a document.

        Returns:
            The group that it falls into, named by the smallest id that is in it so far, or None
            where it is alone. An exact duplicate falls into the group of its text.
        """
        if document.id in self._parents:
            return self.group(document.id)
        shingles = shingles_of(document)
        found = self._similar(document.id, shingles)
        self._parents[document.id] = document.id
        self._shingles[document.id] = shingles
        for other in found:
            self._join(document.id, other)
        return self.group(document.id) if found else None

    def group(self, document_id: str) -> str:
        """Return the group of a document: the smallest id in it.

        Raises:
            KeyError: The document was never added.
        """
        root = document_id
        while self._parents[root] != root:
            root = self._parents[root]
        while self._parents[document_id] != root:
            self._parents[document_id], document_id = root, self._parents[document_id]
        return root

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self.group(one), self.group(other)))
        self._parents[second] = first

    def _similar(self, document_id: str, shingles: frozenset[int]) -> list[str]:
        """Return the documents above the threshold, and enter this one in the buckets."""
        if not shingles:
            return []
        candidates: dict[str, None] = {}
        for band in bands_of(shingles):
            bucket = self._buckets[band]
            candidates.update(dict.fromkeys(bucket))
            bucket.append(document_id)
        return [
            other
            for other in candidates
            if jaccard(shingles, self._shingles[other]) >= self._threshold
        ]


def clusters(documents: Iterable[Document], *, threshold: float = THRESHOLD) -> dict[str, str]:
    """Return the group of every document, by document id, whatever their order."""
    found = NearDuplicates(threshold=threshold)
    ids = []
    for document in documents:
        found.add(document)
        ids.append(document.id)
    return {document_id: found.group(document_id) for document_id in ids}


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of shingles that two texts have in common, 0 to 1."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def shingles_of(document: Document) -> frozenset[int]:
    """Return the hashes of the shingles of a document's body; a headline is often rewritten."""
    body = " ".join(
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind != "headline"
    )
    words = _WORD.findall((body or document.text).casefold())
    if len(words) < SHORTEST:
        return frozenset({_hash(" ".join(words))}) if words else frozenset()
    return frozenset(
        _hash(" ".join(words[start : start + SHINGLE_WORDS]))
        for start in range(len(words) - SHINGLE_WORDS + 1)
    )


def _hash(shingle: str) -> int:
    """Return 64 bits that are the same in every process, unlike ``hash``."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), "big")


def bands_of(shingles: frozenset[int]) -> list[tuple[int, ...]]:
    """Return the bands of a MinHash signature: two texts that share one may be near-duplicates."""
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([format(shingle, "x") for shingle in sorted(shingles)])
    digest = sketch.digest()
    return [(start, *digest[start : start + _ROWS]) for start in range(0, _PERMUTATIONS, _ROWS)]
