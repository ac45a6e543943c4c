"""``detente code --out``: many documents to a folder of shards."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.brief.wording import figures
from detente.cli import OK, PARTIAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from detente.api.opening import ReadAs
    from detente.casebook.corpus import CorpusReport
    from detente.casebook.planning import Plan
    from detente.engine import EngineName


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the shards are to be run."""

    engine: EngineName
    jobs: int | None
    address: str | None


def run(
    inputs: Sequence[str],
    out: Path,
    asked: Asked,
    reading: ReadAs,
    *,
    dry_run: bool,
    json: bool,
    quiet: bool,
) -> int:
    """Plan, code, verify and commit; return the exit code."""
    from detente import api
    from detente.cli.coding import report_failure
    from detente.cli.progress import measuring

    reading["failed"] = report_failure
    if dry_run:
        plan, done = api.plan_corpus(inputs, out, **reading)
        _write(plan if json else _planned(plan, done, out))
        return PARTIAL if plan.quarantined else OK
    with measuring("Reading", "Coding", quiet=quiet) as (prepare, advance):
        report = api.code_corpus(
            inputs,
            out,
            engine=asked.engine,
            jobs=asked.jobs,
            address=asked.address,
            preparing=prepare,
            progress=advance,
            **reading,
        )
    _write(report if json else _summary(report, out))
    return PARTIAL if report.quarantined else OK


def _write(answer: object) -> None:
    import msgspec

    text = answer if isinstance(answer, str) else msgspec.json.encode(answer).decode()
    sys.stdout.write(text + "\n")


def _planned(plan: Plan, done: int, out: Path) -> str:
    head = (
        f"Would code {figures(plan.documents, 'document')} in {figures(len(plan.shards), 'shard')} "
        f"into {out}; {done:,} of the shards {'is' if done == 1 else 'are'} there already."
    )
    return "\n".join([head, *_rest(plan.repeated, plan.empty, plan.quarantined)])


def _summary(report: CorpusReport, out: Path) -> str:
    if report.shards == report.resumed:
        held = "the document" if report.coded == 1 else f"all {report.coded:,} documents"
        head = f"Nothing to do: {out} holds {held} already."
    else:
        head = (
            f"Coded {figures(report.coded, 'document')} in {figures(report.shards, 'shard')} into "
            f"{out} in {report.seconds:,.0f} s: {figures(report.events, 'event')}, "
            f"{figures(report.claims, 'claim')}, {figures(report.forecasts, 'forecast')}."
        )
        if report.resumed:
            were = "was" if report.resumed == 1 else "were"
            head += f" {report.resumed:,} of the shards {were} there already."
    return "\n".join([head, *_rest(report.repeated, report.empty, report.quarantined)])


def _rest(repeated: int, empty: int, quarantined: int) -> list[str]:
    parts = [
        (repeated, figures(repeated, "repeated text")),
        (empty, figures(empty, "empty input")),
        (quarantined, f"{figures(quarantined, 'input')} could not be read"),
    ]
    found = ", ".join(text for number, text in parts if number)
    return [f"Also: {found}."] if found else []
