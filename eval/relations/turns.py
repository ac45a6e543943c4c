"""How many well-known turns of 2018 the shifts of ICEWS18 find from the data alone.

Weekly counts of all events between two countries, their bodies and people included. A turn counts as
found where a shift of the right direction has a date interval that comes within two weeks of it.

Run: ``python eval/relations/turns.py ../shared/events/ICEWS18``
"""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.registers import scales
from detente.relations.rows import Row
from detente.relations.series import series
from detente.relations.shifts import shifts

if TYPE_CHECKING:
    from collections.abc import Iterator

START = date(2018, 1, 1)
SLACK = timedelta(days=14)
HERE = Path(__file__).parent


def countries(folder: Path) -> dict[int, str]:
    """Country of each entity id: the name, or what stands in its last brackets."""
    found = {}
    for line in (folder / "entity2id.txt").read_text(encoding="utf-8").splitlines():
        name, _, number = line.rpartition("\t")
        inside = re.search(r"\(([^()]*)\)\s*$", name)
        found[int(number)] = (inside.group(1) if inside else name).replace("_", " ").strip()
    return found


def events(folder: Path) -> Iterator[tuple[int, int, int, int]]:
    """Ids of subject, relation and object, and the day, from 0, of every event."""
    for part in ("train.txt", "valid.txt", "test.txt"):
        if (folder / part).is_file():
            for line in (folder / part).read_text(encoding="utf-8").splitlines():
                a, relation, b, hour = (int(x) for x in line.split("\t")[:4])
                yield a, relation, b, hour // 24


def main(folder: Path) -> int:
    """Print one line for each turn and the total."""
    turns = msgspec.yaml.decode((HERE / "turns-2018.yaml").read_bytes())
    wanted = {frozenset((turn["a"], turn["b"])): [] for turn in turns}
    names = countries(folder)
    seen = 0
    for a, _, b, day in events(folder):
        pair = frozenset((names[a], names[b]))
        seen += 1
        if pair in wanted:
            wanted[pair].append(START + timedelta(days=day))
    last = max(day for days in wanted.values() for day in days)
    sys.stdout.write(f"{seen:,} events to {last}\n")
    found = 0
    alarms = []
    for turn in turns:
        days = wanted[frozenset((turn["a"], turn["b"]))]
        rows = [_row(n, day) for n, day in enumerate(days)]
        until = last - timedelta(days=last.weekday() + 1)
        one = series(rows, scales.load("goldstein-1992"), unit="week", since=START, until=until)
        told = shifts(one, per="week")
        around = turn["around"]
        hits = [
            s for s in told.shifts
            if s.direction == ("rose" if turn["rises"] else "fell")
            and s.earliest - SLACK <= around <= s.latest + SLACK
        ]  # fmt: skip
        found += bool(hits)
        alarms.append(told.false_alarms)
        mark = "found " if hits else "missed"
        what = "; ".join(s.words for s in hits or told.shifts) or "no shift"
        sys.stdout.write(
            f"{mark} {around} {turn['a']} - {turn['b']} ({len(days)} events, "
            f"{told.false_alarms:.2f} false alarms a year): {what}\n"
        )
    mean = sum(alarms) / len(alarms)
    sys.stdout.write(
        f"{found} of {len(turns)} turns found; {mean:.2f} false alarms a year on average\n"
    )
    return 0


def _row(number: int, day: date) -> Row:
    return Row(str(number), str(number), "", 0, day, day, "CONSULT", None, None, "actual", "other",
               ("A",), ("B",), (None, None), None, None, "tkg")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
