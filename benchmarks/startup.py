"""How long ``detente`` takes to start against ``python -c pass``: medians of alternate runs."""

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
    """Print the medians and their ratios to that of bare Python."""
    commands = {
        "python -c pass": ("-c", "pass"),
        "detente --help": ("-m", "detente", "--help"),
        "detente code -h": ("-m", "detente", "code", "-h"),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, arguments in commands.items():
            taken[name].append(seconds(*arguments))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    bare = medians["python -c pass"]
    for name, median in medians.items():
        print(f"{name:16} {median * 1000:7.1f} ms  {median / bare:5.1f}")


if __name__ == "__main__":
    main()
