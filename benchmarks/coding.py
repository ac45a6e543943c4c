"""Words per second of the coder against the whole small spaCy pipeline, on the same text.

Two streams: one in which every document is political (the bundled case file), and a mixed one in
which nine documents of ten are about nothing that is coded. Runs alternate; the ratio is of medians.
The coder's own time is what it takes beside the parse, as a share of the parse.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from detente.coding.pipeline import Coder
from detente.model import Block, Document, document_id
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

SOURCES = Path(__file__).parents[1] / "examples" / "minsk" / "source"
RUNS = 3
DULL = (
    "The bakery opens at seven. Its bread is made with rye and a little honey, and the queue is "
    "long on Saturdays. Children like the buns best.",
    "Rain is due in the afternoon. Gardeners should cover young plants, since the nights stay "
    "cold until the end of the month.",
    "The new library has three floors. Its reading room looks over the river, and the café on "
    "the roof serves soup until six.",
)


def document(text: str) -> Document:
    """Return a document of one block for each paragraph."""
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(kind="paragraph", start=start, end=start + len(part)))
        start += len(part) + 2
    return Document(
        id=document_id(text), source="benchmark", text=text, blocks=tuple(blocks),
        published="2018-01-15", language="en",
    )  # fmt: skip


def streams() -> dict[str, list[str]]:
    """Return texts by the name of their stream."""
    political = [
        path.read_text(encoding="utf-8").split("---", 2)[2].strip()
        for path in sorted(SOURCES.glob("*.md"))
    ][:60]
    size = sum(len(text) for text in political) // len(political)
    dull = ["\n\n".join(DULL * (size // sum(map(len, DULL)) + 1)) + f" {n}" for n in range(54)]
    return {"every document political": political, "one in ten political": political[:6] + dull}


def main() -> None:
    """Print words a second and the ratio for both streams."""
    coder = Coder()
    parse = _clocked(coder)
    full = spacy.load(Settings().model)
    for name, texts in streams().items():
        words = sum(len(text.split()) for text in texts)
        documents = [document(text) for text in texts]
        runs: dict[str, Callable[[], object]] = {
            "coder": lambda documents=documents: list(coder.code(documents)),
            "spaCy": lambda texts=texts: list(full.pipe(texts, batch_size=32)),
        }
        for run in runs.values():
            run()
        taken: dict[str, list[float]] = {key: [] for key in runs}
        parse.clear()
        for _ in range(RUNS):
            for key, run in runs.items():
                started = time.process_time()
                run()
                taken[key].append(time.process_time() - started)
        speed = {key: words / statistics.median(times) for key, times in taken.items()}
        print(f"{name}: coder {speed['coder']:,.0f} words/s, spaCy {speed['spaCy']:,.0f}, "
              f"ratio {speed['coder'] / speed['spaCy']:.2f}, "
              f"own time {sum(taken['coder']) / sum(parse) - 1:.0%} of parse time")  # fmt: skip


def _clocked(coder: Coder) -> list[float]:
    """Return a list that every parse of the coder adds its seconds to."""
    seconds: list[float] = []
    plain = coder.parser.annotate

    def annotate(texts: Sequence[str], *, leads: Sequence[int | None] = ()) -> list[Doc]:
        started = time.process_time()
        docs = list(plain(texts, leads=leads))
        seconds.append(time.process_time() - started)
        return docs

    coder.parser.annotate = annotate
    return seconds


if __name__ == "__main__":
    main()
