"""Measures the ledger: are the proposed queries the right ones, and are their outcomes those of a reader?

Figures:
    found: Of the forecasts counted by hand in the bundled case file, the share that the coder finds.
    proposed: Of those found, the share for which a query is proposed.
    outcome: Of those found, the share whose proposed query, unedited, turns out as the reader says. A forecast
        that denies ("will not confirm anyone") may be frozen with the chance of the thing itself: its outcome is
        then the reader's the other way round.
    query_class, query_parties, query_asks, query_deadline: ``queries.yaml``: share of its forecasts whose proposal
        has the class, the parties, the comparison and the deadline.
    query: Share with all four.

Seen while rules were written: the whole case file; ``queries.yaml`` after its first figures.

Run ``python eval/outlook/measure.py`` for a line on each forecast that differs.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.outlook.ledger import Case
    from detente.outlook.records import Query

HERE = Path(__file__).parent
CASE_FILE = HERE.parents[1] / "examples" / "minsk"
AS_OF = "2020-12-31"
_WANTED = {True: "yes", False: "no", "void": "void"}
_TURNED = {"yes": "no", "no": "yes"}


def measure(shared: Path | None) -> dict[str, float]:  # noqa: ARG001
    """Return the figures."""
    rows = list(case_file())
    found = [row for row in rows if row[1] is not None]
    right = [row for row in found if row[3]]
    checks = [check for _, _, check in queries()]
    shares = {
        f"query_{name}": sum(check[name] for check in checks) / len(checks) for name in checks[0]
    }
    return {
        "found": len(found) / len(rows),
        "proposed": sum(case is not None and case.version is not None for _, case, _, _ in found)
        / len(found),
        "outcome": len(right) / len(found),
        **shares,
        "query": sum(all(check.values()) for check in checks) / len(checks),
    }


def case_file() -> Iterator[tuple[dict[str, Any], Case | None, str, bool]]:
    """Yield each forecast counted by hand, the ledger's case, its outcome and whether it is right."""
    import detente.api as dt
    from detente.api import forecasts

    hand = msgspec.yaml.decode((CASE_FILE / "hand-counts.yaml").read_bytes())["forecasts"]
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "minsk.casebook"
        dt.add([CASE_FILE / "documents"], casebook=book)
        forecasts.operationalise(casebook=book)
        forecasts.resolve(as_of=AS_OF, casebook=book)
        cases = forecasts.listed(casebook=book)
        with dt.view(book) as view:
            table = view.documents().select(["id", "source"]).to_pydict()
    sources = dict(zip(table["id"], table["source"], strict=True))
    for one in hand:
        case = _told(one, cases, sources)
        if case is None:
            yield one, None, "", False
            continue
        wanted = _WANTED[one["outcome"]]
        if _is_turned(one, case):
            wanted = _TURNED.get(wanted, wanted)
        outcome = case.outcome if case.version is not None else "no query"
        yield one, case, outcome, outcome == wanted


def _told(one: dict[str, Any], cases: Sequence[Case], sources: dict[str, str]) -> Case | None:
    """Return the case whose words are nearest to those counted by hand."""
    words = _plain(one["words"])
    fitting = [
        case
        for case in cases
        if words in (text := _plain(case.outlook.text)) or (len(text) > 20 and text in words)
    ]
    exact = [c for c in fitting if one["document"] in sources.get(c.outlook.document or "", "")]
    return min(
        exact or fitting,
        key=lambda case: abs(len(_plain(case.outlook.text)) - len(words)),
        default=None,
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def _is_turned(one: dict[str, Any], case: Case) -> bool:
    """Whether the ledger holds the chance of the thing that the words deny."""
    from detente.registers import hedges

    interval = (
        hedges.scale_of("icd-203").interval((one["likelihood"],)) if one["likelihood"] else None
    )
    low = case.outlook.low
    return interval is not None and low is not None and abs(1 - interval[1] - low) < 1e-6


def queries() -> Iterator[tuple[dict[str, Any], Query | None, dict[str, bool]]]:
    """Yield each forecast of ``queries.yaml``, the proposed query and what of it is right."""
    import detente.api as dt
    from detente.errors import InputError
    from detente.model import Forecast
    from detente.outlook.queries import operationalise
    from detente.outlook.records import from_forecast
    from detente.registers import classes

    known = {kind.name: kind for kind in classes.load()}
    for one in msgspec.yaml.decode((HERE / "queries.yaml").read_bytes()):
        issued = str(one["published"])
        with tempfile.TemporaryDirectory() as folder:
            note = Path(folder) / "note.txt"
            note.write_text(f"{one['before']} {one['text']}\n".lstrip(), encoding="utf-8")
            (coded,) = dt.code([note], published=issued)
        mine = [r for r in coded.records if isinstance(r, Forecast)]
        query = None
        if mine:
            outlook = from_forecast(mine[-1], issued=issued)
            try:
                query = operationalise(outlook, ()).query
            except InputError:
                query = None
        yield one, query, _checked(one, query, known[one["class"]])


def _checked(one: dict[str, Any], query: Query | None, kind: Any) -> dict[str, bool]:  # noqa: ANN401
    sides = [frozenset(side.split("|")) for side in one["parties"]]
    asked = (
        [frozenset(c.partition(".")[0] for c in p.split("|")) for p in query.parties]
        if query
        else []
    )
    return {
        "class": query is not None and query.types in (kind.types, kind.relief),
        "parties": sorted(map(sorted, sides)) == sorted(map(sorted, asked)),
        "asks": query is not None and query.comparison == one["asks"],
        "deadline": query is not None and query.deadline == str(one["by"]),
    }


def main() -> int:
    """Print what differs, then the figures."""
    for one, case, outcome, right in case_file():
        if not right:
            told = "not found" if case is None else f"{outcome}, by hand {_WANTED[one['outcome']]}"
            sys.stdout.write(f"{one['document']}: {one['words']}\n    {told}: {one['because']}\n")
            if case is not None and case.version is not None:
                sys.stdout.write(
                    f"    {case.version.reason}; {' and '.join(case.version.query.parties)}\n"
                )
    for one, query, check in queries():
        wrong = [name for name, right in check.items() if not right]
        if wrong:
            sys.stdout.write(f"{one['text']}\n    wrong: {', '.join(wrong)}; {query}\n")
    for name, value in measure(None).items():
        sys.stdout.write(f"{name:20} {value:.3f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
