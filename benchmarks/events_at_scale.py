"""Time and memory of importing many events, as a ratio to DuckDB alone on the same file.

Run: ``python benchmarks/events_at_scale.py --icews FILE [--rows 1000000]``. Rows are drawn with
replacement from an ICEWS file that you have, each with an event id and a story of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from detente.casebook.book import Casebook
from detente.exchange.importing import import_files


def generate(given: Path, rows: int, target: Path) -> None:
    """Write ``rows`` rows drawn from ``given`` with a fixed seed."""
    header, *known = given.read_text(encoding="utf-8").splitlines()
    split = [line.split("\t") for line in known]
    chosen = random.Random(20160920)
    with target.open("w", encoding="utf-8") as out:
        out.write(header + "\n")
        for number in range(rows):
            fields = chosen.choice(split).copy()
            fields[0], fields[11] = str(number), str(number // 3)
            fields[1] = f"20{chosen.randrange(10, 20)}-{fields[1][5:]}"
            out.write("\t".join(fields) + "\n")


def alone(source: Path, target: Path) -> float:
    """Return the seconds that DuckDB alone needs to read the file and write Parquet."""
    import duckdb

    began = time.monotonic()
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{source}', delim = '\t', quote = '', escape = '', "
            f"header = true, all_varchar = true)) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return time.monotonic() - began


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--icews", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "events.tab"
        generate(given.icews, given.rows, source)
        base = min(alone(source, folder / "alone.parquet") for _ in range(3))
        seconds = []
        for number in range(3):
            with Casebook.create(folder / f"{number}.casebook") as book:
                began = time.monotonic()
                report = import_files(book, "icews", [source])
                seconds.append(time.monotonic() - began)
            assert report.rows == given.rows
        result = {
            "rows": given.rows,
            "megabytes": round(source.stat().st_size / 1e6),
            "duckdb_alone_s": round(base, 2),
            "import_s": round(min(seconds), 2),
            "ratio": round(min(seconds) / base, 2),
            "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
