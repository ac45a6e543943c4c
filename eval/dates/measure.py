"""Score the date finder on the project's own gold.

An expected expression is right when a found one overlaps its words and has the same first day,
last day and precision. A trap is right when nothing is found. Found expressions that no gold
expression overlaps are extra; they are counted, and they make a trap wrong.
"""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Any

import msgspec

from detente.coding import dates
from detente.coding.dates import DateMention

HERE = Path(__file__).parent
HALVES = ("before", "after")


def read(half: str) -> list[dict[str, Any]]:
    """Return the items of one half of the gold."""
    return msgspec.yaml.decode((HERE / f"gold_{half}.yaml").read_bytes())


def check(item: dict[str, Any]) -> tuple[int, int, int, list[str]]:
    """Return right, expected, extra and what is wrong, for one item."""
    text = item["t"]
    previous = None
    if "v" in item:
        day = item["v"]
        previous = DateMention(start=0, end=0, surface="", first=day, last=day, precision="day")
    found = dates.find(text, published=item["p"], previous=previous)
    expected = item["e"]
    if not expected:
        wrong = [f"trap {text!r}: {m.surface!r} ({m.form})" for m in found]
        return int(not found), 1, len(found), wrong
    right, wrong, used = 0, [], set()
    for words, first, last, precision in expected:
        start = text.lower().index(words.lower())
        end = start + len(words)
        hits = [i for i, m in enumerate(found) if m.start < end and start < m.end]
        used.update(hits)
        best = any(
            (found[i].first, found[i].last, found[i].precision) == (first, last, precision)
            for i in hits
        )
        right += best
        if not best:
            got = [(m.surface, m.form, str(m.first), str(m.last), m.precision) for m in found]
            wrong.append(f"{item['p']} {text!r}: {words!r} {first} {last} {precision}; got {got}")
    extra = [m for i, m in enumerate(found) if i not in used]
    wrong += [f"extra in {text!r}: {m.surface!r} ({m.form})" for m in extra]
    return right, len(expected), len(extra), wrong


def measure(shared: Path | None) -> dict[str, float]:  # noqa: ARG001
    """Return the shares of expressions with the right value and precision."""
    scores: dict[str, float] = {}
    total_right = total = total_extra = 0
    for half in HALVES:
        if not (HERE / f"gold_{half}.yaml").exists():
            continue
        right = count = 0
        for item in read(half):
            r, n, x, _ = check(item)
            right, count, total_extra = right + r, count + n, total_extra + x
        scores[f"dates_{half}"] = right / count
        total_right, total = total_right + right, total + count
    scores["dates"] = total_right / total
    scores["dates_count"] = total
    scores["dates_extra"] = total_extra
    return scores


def main() -> None:
    """Print the scores, and what is wrong with ``--errors``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    for name, value in measure(None).items():
        print(f"{name:20} {value:.4f}")
    if arguments.errors:
        for half in HALVES:
            if (HERE / f"gold_{half}.yaml").exists():
                for item in read(half):
                    for line in check(item)[3]:
                        print(line)


if __name__ == "__main__":
    assert datetime.date.min.year == 1
    main()
