"""What was expected, with the probability that its words stand for, and how it turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief import wording
from detente.brief.model import Cited, Item, Section
from detente.brief.voices import MOST, label, published, quote
from detente.relations.incidents import day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.brief.cite import Citer
    from detente.brief.select import Library
    from detente.model import Event, Forecast
    from detente.outlook.ledger import Case

_OUTCOMES = {
    "yes": "It came true", "no": "It did not come true", "void": "It cannot be told",
}  # fmt: skip


_BY_DEFAULT = " (a default, as the text gives none)"


def expected(
    forecasts: Sequence[Forecast],
    citer: Citer,
    library: Library,
    *,
    cases: Mapping[str, Case] | None = None,
    events: Sequence[Event] = (),
) -> Section:
    """Return what authors expected, newest first, and how it turned out.

    Args:
        forecasts: The forecasts; each sentence is quoted once.
        citer: Numbers.
        library: Documents.
        cases: The forecast ledger by id.
        events: Among which the deciding incidents are looked for.
    """
    order = sorted(
        forecasts, key=lambda f: (-published(f, library).toordinal(), f.doc, f.sentence, f.id)
    )
    groups: dict[tuple[str, int], list[Forecast]] = {}
    for forecast in order:
        groups.setdefault((forecast.doc, forecast.sentence), []).append(forecast)
    items = []
    for group in list(groups.values())[:MOST]:
        sentences = [quote(group[0], citer, library)]
        told = {
            text.text: text
            for forecast in group
            for text in _turned_out((cases or {}).get(forecast.id), forecast, events, citer)
        }
        sentences += told.values()
        notes = dict.fromkeys(_odds(forecast) for forecast in group)
        items.append(
            Item(
                label=label(group[0], library),
                sentences=tuple(sentences),
                note=" ".join(note for note in notes if note),
            )
        )
    return Section(
        key="expected", title="What was expected and how it turned out", items=tuple(items)
    )


def _turned_out(
    case: Case | None, forecast: Forecast, events: Sequence[Event], citer: Citer
) -> list[Cited]:
    """The outcome in one sentence, cited by the forecast and by what decided it."""
    found = case.resolution if case is not None else None
    if case is None or found is None or found.outcome not in _OUTCOMES:
        return []
    deciding = [event for event in events if event.incident in found.incidents]
    shown: dict[str, Event] = {}
    for event in deciding:
        shown.setdefault(event.incident, event)
    of = f" ({forecast.format})" if forecast.format else ""
    as_of = day(found.as_of)
    when = f", as of {wording.plain(as_of)}" if as_of is not None else ""
    by = "" if found.by == "rule" else f", says {found.by}"
    basis = "" if case.confirmed else "; by a query that nobody has accepted"
    text = f"{_OUTCOMES[found.outcome]}{of}: {found.reason}{by}{when}{basis}"
    mentions: list[Event | tuple[str, int]] = [*shown.values()]
    return [citer.cite(wording.sentence(text), mentions or [(forecast.doc, forecast.sentence)])]


def _odds(forecast: Forecast) -> str:
    parts = []
    hedge = forecast.hedge
    if hedge is not None and hedge.likelihood and hedge.low is not None and hedge.high is not None:
        scale = f" on the scale {hedge.scale}" if hedge.scale else ""
        parts.append(
            f"“{hedge.likelihood}”: {wording.percent(hedge.low)} to {wording.percent(hedge.high)}{scale}"
        )
    horizon = forecast.horizon
    last = day(horizon.to) if horizon is not None else None
    if horizon is not None and last is not None:
        basis = ""
        if horizon.basis == "default":
            basis = f" (a default for “{horizon.text}”)" if horizon.text else _BY_DEFAULT
        parts.append(f"due by {wording.plain(last)}{basis}")
    if forecast.condition:
        parts.append(f"condition: {forecast.condition}")
    if forecast.until:
        parts.append(f"until: {forecast.until}")
    text = "; ".join(parts)
    return f"{wording.leading(text)}." if text else ""
