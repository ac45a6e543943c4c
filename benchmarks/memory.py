"""Peak memory of ``detente code`` over 200 and over 1,000 documents: it must not grow.

The documents are paragraphs of the bundled case file in changing order, so that each differs.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "examples" / "minsk" / "source"
SIZES = (200, 1_000)


def documents(count: int) -> list[str]:
    """Return JSON lines of ``count`` different documents of five paragraphs."""
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
                "text": "\n\n".join(chance.sample(paragraphs, 5)),
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
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder, f"{size}.jsonl")
            path.write_text("\n".join(documents(size)) + "\n", encoding="utf-8")
            peaks.append(peak_megabytes(path))
            print(f"{size:6,} documents  {peaks[-1]:7.0f} MB")
    print(f"ratio            {peaks[-1] / peaks[0]:7.2f}")
    print(f"(this process    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB)")


if __name__ == "__main__":
    main()
