"""Measures the coder on the own gold; ``dev_`` stands before the figures of the dev part."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def measure_file(path: Path) -> dict[str, float]:
    """Return the figures of the coder on a file of gold, such as one made of reviews."""
    from detente.coding.pipeline import Coder

    coder = Coder()
    return _score().measure_file(lambda document: next(iter(coder.code([document]))), path)


def measure(shared: Path | None) -> dict[str, float]:  # noqa: ARG001
    """Return the totals of the test part and, with ``dev_`` before them, all figures of dev.

    What is right by kind of claim is shown for dev alone: nobody shall write rules for the test part.
    """
    from detente.coding.pipeline import Coder

    coder = Coder()

    def code(document):  # noqa: ANN001, ANN202
        return next(iter(coder.code([document])))

    score = _score()
    by_kind = {f"claims_{kind}" for kind in score.CLAIM_KINDS}
    test = score.measure(code, splits=("test",))
    totals = {name: value for name, value in test.items() if name not in by_kind}
    dev = score.measure(code, splits=("dev",))
    practice = score.measure_practice(code)
    events = score.measure_practice_events(code)
    documents = score.measure_practice_documents(code)
    return (
        totals
        | {f"dev_{name}": value for name, value in dev.items()}
        | {f"practice_{name}": value for name, value in practice.items()}
        | {f"practice_events_{name}": value for name, value in events.items()}
        | {f"practice_documents_{name}": value for name, value in documents.items()}
    )


def _score():  # noqa: ANN202
    name = "detente_gold_score"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / "score.py"
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


if __name__ == "__main__":
    for figure, value in measure(None).items():
        print(f"{figure:40} {value:.3f}")
