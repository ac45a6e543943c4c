"""Compare the project's own segmentation with ``ruptures`` on the same series and penalties.

Run: ``python eval/relations/against_ruptures.py`` with ruptures installed (it is no dependency).
Prints how many of 300 series have the same cuts, and both times.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import ruptures
from ruptures.base import BaseCost

from detente.relations.segmentation import SHORTEST, segment


class Poisson(BaseCost):  # type: ignore[misc]
    """Twice the negative Poisson log-likelihood of a segment, up to a constant."""

    model = ""
    min_size = SHORTEST

    def fit(self, signal: np.ndarray) -> Poisson:
        """Take the series."""
        self.signal = signal.reshape(-1, 1)
        self.total = np.concatenate([[0.0], np.cumsum(signal)])
        return self

    def error(self, start: int, end: int) -> float:
        """Return the cost of a segment."""
        mass = self.total[end] - self.total[start]
        return float(2 * mass * (1 - np.log(mass / (end - start)))) if mass > 0 else 0.0


def main() -> None:
    """Print one line."""
    source = np.random.default_rng(20160926)
    same, seconds = 0, [0.0, 0.0]
    for number in range(300):
        level = source.choice([1, 2, 4, 8, 16])
        steps = source.choice([1.0, 1.5, 2.0, 3.0], size=source.integers(1, 4))
        series = np.concatenate([source.poisson(level * step, 40) for step in steps]).astype(float)
        penalty = float(source.uniform(4, 14))
        began = time.process_time()
        ours = segment(series[None, :], penalty)[0]
        seconds[0] += time.process_time() - began
        began = time.process_time()
        model = ruptures.Pelt(custom_cost=Poisson(), min_size=SHORTEST, jump=1)
        theirs = model.fit(series).predict(pen=penalty)[:-1]
        seconds[1] += time.process_time() - began
        same += ours == theirs
        if ours != theirs:
            sys.stdout.write(f"series {number}: {ours} against {theirs}\n")
    sys.stdout.write(f"{same} of 300 the same; {seconds[0]:.2f} s against {seconds[1]:.2f} s\n")


if __name__ == "__main__":
    main()
