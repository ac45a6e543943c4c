"""What the commands on forecasts show: each result of ``detente.api.forecasts`` as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.brief.names import author
from detente.brief.wording import counted, percent, sentence
from detente.cli.tables import Table
from detente.outlook.exchange import told
from detente.outlook.queries import base_probability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.outlook.desk import Refused
    from detente.outlook.ledger import Case
    from detente.outlook.records import Outlook, Resolution, Version
    from detente.outlook.scoring import Score

_WIDEST = 72
_SCORES = (
    "By", "Who or what", "Forecasts>", "Scored>", "Void>", "Open>", "Brier", "Log>", "Skill",
)  # fmt: skip


def as_fields(case: Case) -> dict[str, Any]:
    """Return a forecast as what ``--json`` prints."""
    return {
        "forecast": case.outlook,
        "versions": case.versions,
        "resolutions": case.resolutions,
        "outcome": case.outcome,
    }


def listing(cases: Sequence[Case]) -> Table:
    """Return forecasts, one a line."""
    rows = tuple(
        (
            case.outlook.issued,
            case.outlook.id,
            case.outcome,
            _query_state(case),
            _sureness(case.outlook),
            case.outlook.deadline or "",
            author(case.outlook.author or case.outlook.publisher or ""),
            _short(case.outlook.text),
        )
        for case in cases
    )
    found = sum(case.outcome != "open" for case in cases)
    worded = sum(case.version is not None for case in cases)
    notes = (
        sentence(f"{worded:,} of {len(cases):,} have a query, {found:,} an outcome"),
        "Next: detente forecasts operationalise, show ID, accept ID, resolve --as-of DATE, score.",
    )
    return Table(
        title=counted(len(cases), "forecast").capitalize(),
        columns=("Issued", "Forecast", "Outcome", "Query", "Word", "Deadline", "Author", "Words"),
        rows=rows,
        notes=notes if cases else (),
    )


def one(case: Case) -> Table:
    """Return all that is known of a forecast."""
    outlook = case.outlook
    facts = [
        ("Words", outlook.text),
        ("Issued", f"{outlook.issued} by {author(outlook.author or 'no named author')}"
         + (f", {outlook.publisher}" if outlook.publisher else "")),
        ("Source", f"{outlook.document}, sentence {outlook.sentence}" if outlook.document
         else "written by hand"),
        ("Says", " ".join(x for x in (outlook.direction, outlook.format, outlook.domain) if x)),
        ("Parties", _parties(outlook)),
        ("Word", _sureness(outlook)),
        ("Days", f"{outlook.first or outlook.issued} to {outlook.deadline or 'no deadline'}"
         + (f" ({outlook.horizon})" if outlook.horizon else "")),
        ("If", outlook.condition or ""),
        ("Until", outlook.until or ""),
    ]  # fmt: skip
    for version in case.versions:
        facts.append((f"Query {version.number}", _version(version)))
        facts.append(("", version.reason))
    for number, found in enumerate(case.resolutions, 1):
        revised = f", revises outcome {found.revises}" if found.revises else ""
        facts.append((f"Outcome {number}", f"{found.outcome} as of {found.as_of}{revised}"))
        facts.append(("", f"{found.reason} (by {found.by}, query {found.version})"))
        facts += [("", f"decided by {incident}") for incident in found.incidents]
    return Table(
        title=f"Forecast {outlook.id}: {case.outcome}",
        columns=("", ""),
        rows=tuple((name, value) for name, value in facts if value),
    )


def proposals(made: Sequence[Version], refused: Sequence[Refused]) -> Table:
    """Return proposed queries and the forecasts that need a person."""
    rows = [(v.forecast, f"{v.number}", told(v.query), _chance(v)) for v in made]
    rows += [(one.forecast, "", f"none: {one.reason}", "") for one in refused]
    title = f"{counted(len(made), 'query', 'queries')} proposed, {len(refused):,} left to a person"
    notes = (
        "Base: chance of a yes if incidents go on as in the year before the issue.",
        "Next: detente forecasts accept ID, or edit ID --at-least N --deadline DATE.",
    )
    return Table(
        title=title.capitalize(),
        columns=("Forecast", "Query>", "Asks for", "Base>"),
        rows=tuple(rows),
        notes=notes if made else (),
    )


def taken(version: Version) -> str:
    """Say which query is in force now."""
    return f"{version.forecast}: query {version.number} is in force: {told(version.query)}.\n"


def outcomes(found: Sequence[Resolution], cases: Mapping[str, Case], as_of: str) -> Table:
    """Return what became of forecasts, the decided ones first."""
    order = {"yes": 0, "no": 1, "void": 2, "open": 3}
    rows = [
        (
            one.outcome,
            one.forecast,
            _query_state(cases[one.forecast]),
            f"{one.reason}; revises outcome {one.revises}" if one.revises else one.reason,
            _short(cases[one.forecast].outlook.text),
        )
        for one in sorted(found, key=lambda one: (order[one.outcome], one.forecast))
    ]
    counts = [f"{sum(one.outcome == name for one in found):,} {name}" for name in order]
    return Table(
        title=f"As of {as_of}: {', '.join(counts)}",
        columns=("Outcome", "Forecast", "Query", "Why", "Words"),
        rows=tuple(rows),
        notes=("What decided one: detente forecasts show ID.",) if rows else (),
    )


def scores(found: Sequence[Score]) -> Table:
    """Return scores, groups without any outcome left out."""
    kept = [one for one in found if one.by == "all" or one.resolved or one.void]
    rows = tuple(
        (
            one.by,
            author(one.name) if one.by == "author" else one.name,
            f"{one.forecasts:,}",
            f"{one.scored:,}",
            f"{one.void:,}",
            f"{one.open:,}",
            _interval(one.brier, one.brier_low, one.brier_high, one.scored),
            "" if one.log is None else f"{one.log:.2f}",
            _interval(one.skill, one.skill_low, one.skill_high, one.skill_n)
            + ("" if one.skill is None or one.skill_n == one.scored else f" n={one.skill_n}"),
        )
        for one in kept
    )
    whole = found[0]
    rate = "none due" if whole.void_rate is None else percent(whole.void_rate)
    notes = [
        f"Coverage {percent(whole.coverage)}: so many have an outcome and a probability. "
        f"Void of those decided: {rate}.",
        f"Brier: 0 (best) to 1. Log score in nats, probabilities kept {whole.log_clip} from 0 and "
        "1. Skill: 1 - Brier / Brier of the base rate at issue. In brackets: 95 % bootstrap.",
    ]
    if whole.proposed:
        what = counted(whole.proposed, "outcome")
        notes.append(sentence(f"{what} rest on a query that nobody accepted (--accepted)"))
    notes += [
        f"Said {percent(one.low)} to {percent(one.high)} (mean {percent(one.said)}), n={one.n}: seen "
        f"{percent(one.seen)} ({percent(one.seen_low)} to {percent(one.seen_high)})"
        for one in whole.calibration
    ]
    if whole.thin:
        notes.append("Fewer than ten are scored: too few to judge by.")
    return Table(title="How forecasts turned out", columns=_SCORES, rows=rows, notes=tuple(notes))


def _interval(value: float | None, low: float | None, high: float | None, scored: int) -> str:
    """Return a score with its interval, which one forecast alone has not."""
    if value is None:
        return ""
    alone = low is None or high is None or scored < 2
    bounds = "" if alone else f" ({low:.3f} to {high:.3f})"
    return f"{value:.3f}{bounds}"


def _query_state(case: Case) -> str:
    version = case.version
    if version is None:
        return "none"
    return version.basis if version.basis == "edited" or not version.accepted else "accepted"


def _version(version: Version) -> str:
    state = "accepted" if version.accepted and version.basis == "proposed" else version.basis
    chance = _chance(version)
    return f"{told(version.query)} ({state}{f'; base {chance}' if chance else ''})"


def _chance(version: Version) -> str:
    chance = base_probability(version.query)
    return "" if chance is None else percent(chance)


def _sureness(outlook: Outlook) -> str:
    if outlook.probability is not None:
        return percent(outlook.probability)
    word = outlook.hedge or ""
    if outlook.low is None or outlook.high is None:
        return word
    return f"{word} {percent(outlook.low)} to {percent(outlook.high)}".strip()


def _parties(outlook: Outlook) -> str:
    sides = [", ".join(side) for side in (outlook.subject, outlook.object) if side]
    about = f"about {', '.join(outlook.about)}" if outlook.about else ""
    return "; ".join(x for x in (" and ".join(sides), about) if x)


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1].rstrip()}…"
