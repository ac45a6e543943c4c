"""Time and memory of importing and counting many events, as ratios to DuckDB alone.

Run: ``python benchmarks/events_at_scale.py --graph FOLDER [--rows 1000000]``. Rows are drawn from the
distribution of a temporal knowledge graph that you have (``benchmarks/events.py``). Each step runs
in a process of its own, so that its peak memory and processor seconds are its own:

- ``alone``: DuckDB reads the file as text and writes Parquet;
- ``import``: the same file into a new casebook;
- ``group``: DuckDB counts pairs of countries by month in the imported Parquet;
- ``panel``: incidents, mentions and index of all pairs by month from the casebook.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import events

STEPS = ("alone", "import", "group", "panel")


def alone(source: Path, target: Path) -> None:
    """Let DuckDB alone read the file and write Parquet."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{source}', delim = '\t', quote = '', escape = '', "
            f"header = true, all_varchar = true)) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )


def group(folder: Path) -> None:
    """Let DuckDB alone count pairs of countries by month in the imported Parquet."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE t AS SELECT source_country, target_country, date_trunc('month', day) AS "
            f"month, count(*) AS n FROM read_parquet('{folder}/imports/*/events.parquet') GROUP BY ALL"
        )


def run(step: str, source: Path, folder: Path) -> None:
    """Run one step."""
    if step == "alone":
        alone(source, folder / "alone.parquet")
    elif step == "import":
        from detente.casebook.book import Casebook
        from detente.exchange.importing import import_files

        with Casebook.create(folder / "c.casebook") as book:
            import_files(book, "icews", [source])
    elif step == "group":
        group(folder / "c.casebook")
    else:
        import detente.api as dt

        dt.panel(casebook=folder / "c.casebook")


def measured(step: str, source: Path, folder: Path) -> dict[str, float]:
    """Run one step in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--step",
        step,
        "--source",
        str(source),
        "--folder",
        str(folder),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, help="needed unless --step is given")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        before = resource.getrusage(resource.RUSAGE_SELF)
        began = time.monotonic()
        run(given.step, given.source, given.folder)
        wall = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        result = {"s": round(wall, 2), "cpu_s": round(cpu, 2), "peak_mb": after.ru_maxrss // 1024}
        sys.stdout.write(json.dumps(result) + "\n")
        return
    if given.graph is None:
        parser.error("--graph FOLDER: name the temporal knowledge graph to draw rows from")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "events.tab"
        events.generate(given.graph, given.rows, source)
        found = {step: measured(step, source, folder) for step in STEPS}
        ratios = {
            f"{one}_to_{other}_{unit}": round(found[one][unit] / found[other][unit], 2)
            for one, other in (("import", "alone"), ("panel", "group"))
            for unit in ("s", "cpu_s")
        }
        megabytes = round(source.stat().st_size / 1e6)
        sys.stdout.write(
            json.dumps({"rows": given.rows, "mb": megabytes, **found, **ratios}) + "\n"
        )


if __name__ == "__main__":
    main()
