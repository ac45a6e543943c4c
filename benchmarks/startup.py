"""How long ``detente --help`` takes against ``python -c pass``: medians of alternate runs."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15


def seconds(*arguments: str) -> float:
    """Run Python with these arguments and return the time it took."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Print both medians and their ratio."""
    commands = {"python -c pass": ("-c", "pass"), "detente --help": ("-m", "detente", "--help")}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, arguments in commands.items():
            taken[name].append(seconds(*arguments))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"{name:16} {median * 1000:7.1f} ms")
    print(f"ratio            {medians['detente --help'] / medians['python -c pass']:7.1f}")


if __name__ == "__main__":
    main()
