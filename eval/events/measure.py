"""Measures the event coder on sets of others and what its gate loses.

``detente eval --only events`` runs all; ``python eval/events/measure.py ../shared plv`` one set:
``plv``, ``penta``, ``un``, ``satp`` or ``gate``. What each figure means stands in the modules beside
this one; ``plv_given`` is the given setting with the helper, ``plv_frames`` without. Seen while rules
were written: nothing of ``un_quadclass`` and ``satp``; of ``cameo_penta`` no sentence, but how many errors each
type and CAMEO code makes; of ``plv`` misses in even rows. Frames were tried on the news of ``geoparsing``, too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from detente.registers import frames
from eval.events import classes, gated, plv, violence


def measure(shared: Path | None, *, only: str | None = None) -> dict[str, float]:
    """Return every figure, or those of one set.

    Args:
        shared: The folder that holds ``gold/``; without it the gate's loss on own text alone.
        only: Name of a set.
    """
    figures: dict[str, float] = {"frame_entries": float(len(frames.load().entries))}
    if shared is not None and not (shared / "gold").is_dir():
        shared = None
    if only in (None, "gate"):
        figures |= gated.losses(shared)
    if shared is None:
        return figures
    if only in (None, "plv"):
        figures |= pairs(shared)
    for name, run in (
        ("penta", classes.penta), ("un", classes.united_nations), ("satp", violence.reports),
    ):  # fmt: skip
        if only in (None, name):
            figures |= run(shared)
    return figures


def pairs(shared: Path) -> dict[str, float]:
    """Return the figures of ``plv``."""
    rows, coder = plv.rows(shared), plv.coder(shared)
    figures = plv.scores(rows, plv.free(rows, coder), "plv_free")
    for prefix, learned in (("plv_frames", False), ("plv_given", True)):
        figures |= plv.scores(rows, plv.given(rows, coder, learned=learned), prefix)
    return figures


if __name__ == "__main__":
    chosen = sys.argv[2] if len(sys.argv) > 2 else None
    print(json.dumps(measure(Path(sys.argv[1]), only=chosen), indent=1))
