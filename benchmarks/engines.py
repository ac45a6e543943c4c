"""Serial, processes and Ray over the same short documents: time, bytes and memory.

Run ``python benchmarks/engines.py --documents 20000 --jobs 2`` (``--engines serial,processes`` leaves
Ray out). The plan is made once and is not timed; each engine then codes the same shards into a folder
of its own, after one small run that loads its workers. Reported are wall seconds, CPU seconds of the
driver and of everything it started, peak memory of the driver, whether the bytes are those of the
first engine, and ``ideal``: how much faster than serial on free cores, where wall time is bounded by
the driver's CPU time and by all CPU time over the number of jobs. On a busy machine the wall figures say
little and ``ideal`` is what to read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import tempfile
import time
from pathlib import Path

from detente.api.coding import coder, coder_spec
from detente.casebook.corpus import Corpus
from detente.engine import Backend, Processes, Serial
from detente.model import Block, Document, document_id
from detente.settings import Settings

SOURCES = Path(__file__).parents[1] / "examples" / "minsk" / "source"
DULL = "The bakery opens at seven, and its bread is made with rye. Children like the buns best."


def documents(count: int) -> list[Document]:
    """Return short documents of two paragraphs, one of three political, each different."""
    chance = random.Random(5)
    political = [
        paragraph.strip()
        for path in sorted(SOURCES.glob("*.md"))
        for paragraph in path.read_text(encoding="utf-8").split("---", 2)[2].split("\n\n")
        if 100 < len(paragraph) < 400
    ]
    found = []
    for number in range(count):
        first = chance.choice(political) if number % 3 == 0 else DULL
        text = f"{first}\n\nThis is note {number} of the series."
        blocks = (
            Block(kind="paragraph", start=0, end=len(first)),
            Block(kind="paragraph", start=len(first) + 2, end=len(text)),
        )
        found.append(
            Document(
                id=document_id(text), source=f"{number}.txt", text=text, blocks=blocks,
                published="2018-01-15", language="en",
            )
        )  # fmt: skip
    return found


def started_cpu(skip: set[int]) -> float:
    """Return CPU seconds of all processes that this one started, living and dead."""
    ticks = os.sysconf("SC_CLK_TCK")
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = sum(map(int, fields[11:15])) / ticks
    total, me = 0.0, os.getpid()
    for process in used:
        above = process
        while above in parents and above != me:
            above = parents[above]
        if above == me and process != me and process not in skip:
            total += used[process]
    return total


def digest(folder: Path) -> str:
    """Return one hash of all coded bytes."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def measure(name: str, backend: Backend, folder: Path, items: list[Document], size: int) -> dict:
    """Run one engine over a fresh folder and return what it took."""
    chosen = coder(settings=Settings(shard_documents=size))
    code = coder_spec(chosen) if backend.supervised else chosen
    made = (chosen.version, chosen.configuration)
    warm = Corpus(folder / "warm", chosen.settings, coder=made)
    with warm.held():
        warm.run(warm.plan(lambda: items[: 4 * size], sources="w"), code, backend=backend)
    corpus = Corpus(folder / "run", chosen.settings, coder=made)
    with corpus.held():
        plan = corpus.plan(lambda: items, sources="s")
        before, wall, own = started_cpu(set()), time.monotonic(), time.process_time()
        report = corpus.run(plan, code, backend=backend)
        result = {
            "engine": name,
            "wall_s": round(time.monotonic() - wall, 1),
            "driver_cpu_s": round(time.process_time() - own, 1),
            "workers_cpu_s": round(started_cpu(set()) - before, 1),
        }
    assert report.coded == len(items)
    result["bytes"] = digest(folder / "run" / "codings")[:12]
    return result


def main() -> None:
    """Print one JSON line for each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shard", type=int, default=500)
    parser.add_argument("--engines", default="serial,processes,ray")
    given = parser.parse_args()
    items = documents(given.documents)
    serial = 0.0
    for name in given.engines.split(","):
        folder = Path(tempfile.mkdtemp(prefix="engines-"))
        if name == "ray":
            from detente.engine.cluster import Ray

            backend: Backend = Ray(jobs=given.jobs)
            import ray

            backend._join()  # type: ignore[attr-defined]
        else:
            backend = Serial() if name == "serial" else Processes(given.jobs)
        result = measure(name, backend, folder, items, given.shard)
        if name == "ray":
            ray.shutdown()
        total = result["driver_cpu_s"] + result["workers_cpu_s"]
        serial = serial or total
        bound = total if name == "serial" else max(result["driver_cpu_s"], total / given.jobs)
        result["ideal"] = round(serial / bound, 2)
        print(json.dumps(result), flush=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
