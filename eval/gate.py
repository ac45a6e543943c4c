"""Runs every measure and holds the figures against ``floors.json``.

A measure is a file ``eval/NAME/measure.py`` with ``measure(shared) -> dict[str, float]``; its figures are
named ``NAME/figure``. A figure that needs the gold data beside the checkout is absent where that
folder is.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
MAXIMA = ("extra", "lost", "share", "brier")
"""A figure whose name holds one of these words must not rise; all others must not fall."""


def names() -> list[str]:
    """Return the names of all measures."""
    return sorted(path.parent.name for path in HERE.glob("*/measure.py"))


def measures(shared: Path | None, *, only: str | None = None) -> Iterator[tuple[str, float]]:
    """Yield figure after figure.

    Args:
        shared: Folder with the gold data, or None.
        only: Run this measure alone.

    Raises:
        ValueError: There is no measure of that name.
    """
    if only is not None and only not in names():
        raise ValueError(f"no measure is called {only!r}; there are {', '.join(names())}")
    for name in names():
        if only in (None, name):
            for figure, value in _load(name)(shared).items():
                yield f"{name}/{figure}", value


def measure_gold(path: Path) -> dict[str, float]:
    """Return the figures of the coder on a file of gold in the notation of the codebook."""
    figures = sys.modules[_load("gold").__module__].measure_file(path)
    return {f"{path.stem}/{figure}": value for figure, value in figures.items()}


def failures(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return a line for every figure that is worse than its floor."""
    found = []
    for name, floor in sorted(floors.items()):
        value = figures.get(name)
        if value is None:
            continue
        highest = any(word in name for word in MAXIMA)
        if value > floor if highest else value < floor:
            found.append(
                f"{name} is {value:.4g}; it must be {'at most' if highest else 'at least'} {floor:.4g}"
            )
    return found


def floors() -> dict[str, float]:
    """Return the pinned figures."""
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def _load(name: str):  # noqa: ANN202
    path = HERE / name / "measure.py"
    sys.path.insert(0, str(HERE.parent))
    try:
        spec = importlib.util.spec_from_file_location(f"eval_{name}", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.pop(0)
    return module.measure
