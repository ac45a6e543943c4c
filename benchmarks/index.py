"""The monthly index of relations from a cold process, as a ratio to importing its libraries.

Run: ``python benchmarks/index.py --graph ../shared/events/ICEWS18/train.txt [RUS-UKR USA-CHN ...]``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import detente.api as dt

ROUNDS = 5


def cost(command: list[str]) -> tuple[float, float]:
    """Return processor and wall-clock seconds, each of the cheapest of some runs."""
    found = []
    for _ in range(ROUNDS):
        before = os.times()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        found.append((
            after.children_user - before.children_user
            + after.children_system - before.children_system,
            after.elapsed - before.elapsed,
        ))  # fmt: skip
    return min(one for one, _ in found), min(one for _, one in found)


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, required=True)
    parser.add_argument("relations", nargs="*", default=["RUS-UKR"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        casebook = Path(folder) / "c.casebook"
        report = dt.import_events("tkg", [given.graph], casebook=casebook, start="2018-01-01")
        command = [sys.executable, "-m", "detente", "index", "--casebook", str(casebook), "--json"]
        taken = {name: cost([*command, *name.split("-")]) for name in given.relations}
        bare, _ = cost([sys.executable, "-c", "import duckdb, pyarrow.parquet, typer"])
    found = {"rows": report.added, "imports_cpu_s": round(bare, 2)}
    for name, (cpu, wall) in taken.items():
        found[name] = {"cpu_s": round(cpu, 2), "s": round(wall, 2), "ratio": round(cpu / bare, 2)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
