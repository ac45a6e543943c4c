"""One text of 725 kB: time and peak memory of the coder against the whole small spaCy pipeline.

Run ``python benchmarks/long_text.py``. Two texts: one in which every paragraph is political (the
bundled case file, repeated with a number in each paragraph), and one in which one in ten is. Each
side runs in a process of its own; seconds are CPU seconds after loading.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "examples" / "minsk" / "source"
SIZE = 725_000
DULL = (
    "The bakery at the corner opens at seven. Its bread is made with rye and a little honey, and "
    "the queue is long on Saturdays. Children like the buns best, and the baker knows most names."
)


def text(share: float) -> str:
    """Return a text in which a share of the paragraphs is political."""
    paragraphs = [
        paragraph.strip()
        for path in sorted(SOURCES.glob("*.md"))
        for paragraph in path.read_text(encoding="utf-8").split("---", 2)[2].split("\n\n")
        if len(paragraph) > 100
    ]
    found: list[str] = []
    length = number = 0
    while length < SIZE:
        political = int((number + 1) * share) > int(number * share)
        paragraph = paragraphs[number % len(paragraphs)] if political else DULL
        found.append(f"{paragraph} Number {number}.")
        length += len(found[-1]) + 2
        number += 1
    return "\n\n".join(found)[:SIZE]


def run(side: str, share: float) -> None:
    """Read the text with one side and print seconds, MB and records."""
    content = text(share)
    count = 0
    if side == "coder":
        from detente.coding.pipeline import Coder
        from detente.model import Block, Document, document_id

        blocks, start = [], 0
        for part in content.split("\n\n"):
            blocks.append(Block(kind="paragraph", start=start, end=start + len(part)))
            start += len(part) + 2
        document = Document(
            id=document_id(content), source="benchmark", text=content, blocks=tuple(blocks),
            published="2018-01-15", language="en",
        )  # fmt: skip
        coder = Coder()
        coder.load()
        began, wall = time.process_time(), time.monotonic()
        [coded] = coder.code([document])
        count = len(coded.records)
    else:
        import spacy

        from detente.settings import Settings

        pipeline = spacy.load(Settings().model)
        pipeline.max_length = 2 * SIZE
        began, wall = time.process_time(), time.monotonic()
        pipeline(content)
    print(
        json.dumps(
            {
                "cpu_s": round(time.process_time() - began, 1),
                "wall_s": round(time.monotonic() - wall, 1),
                "peak_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "records": count,
            }
        )
    )


def main() -> None:
    """Print one line for each text and side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", choices=["coder", "spacy"])
    parser.add_argument("--share", type=float, default=1.0)
    given = parser.parse_args()
    if given.side:
        run(given.side, given.share)
        return
    for share in (1.0, 0.1):
        for side in ("coder", "spacy"):
            command = [sys.executable, __file__, "--side", side, "--share", str(share)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            print(f"{share:4.0%} political  {side:6}  {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
