"""Peak memory of ``detente code`` over few and over many documents: it must not grow.

The documents are paragraphs of the bundled case file in changing order, so that each differs. With
``--share 25`` one in 25 is, of one paragraph, and the others are about nothing that is coded, so that
``--sizes 10000 100000`` takes minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "examples" / "minsk" / "source"
SIZES = (200, 1_000)
DULL = (
    "The bakery in {n} Mill Street opens at seven. Its bread is made with rye and a little honey, and "
    "the queue is long on Saturdays."
)


def documents(count: int, share: int) -> list[str]:
    """Return JSON lines of ``count`` different documents, one in ``share`` of the case file."""
    paragraphs = [
        paragraph.strip()
        for path in sorted(SOURCES.glob("*.md"))
        for paragraph in path.read_text(encoding="utf-8").split("\n\n")[1:]
        if len(paragraph) > 150
    ]
    chance = random.Random(1)
    return [
        json.dumps(
            {
                "id": str(number),
                "text": "\n\n".join(chance.sample(paragraphs, 5 if share == 1 else 1))
                if number % share == 0
                else DULL.format(n=number),
                "published": "2018-01-15",
            }
        )
        for number in range(count)
    ]


def peak_megabytes(path: Path) -> float:
    """Code a file in a child and return the child's peak memory in MB."""
    script = (
        "import resource,sys,os\nfrom detente.cli import run\n"
        "sys.stdout=open(os.devnull,'w')\n"
        f"run(['code',{str(path)!r},'--quiet'])\n"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return int(done.stderr.split()[-1]) / 1024


def main() -> None:
    """Print the peak for each size and the ratio of the last to the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--share", type=int, default=1)
    given = parser.parse_args()
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            path = Path(folder, f"{size}.jsonl")
            path.write_text("\n".join(documents(size, given.share)) + "\n", encoding="utf-8")
            peaks.append(peak_megabytes(path))
            print(f"{size:6,} documents  {peaks[-1]:7.0f} MB")
    print(f"ratio            {peaks[-1] / peaks[0]:7.2f}")
    print(f"(this process    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB)")


if __name__ == "__main__":
    main()
