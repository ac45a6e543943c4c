"""What authors say and expect: claims and forecasts, in their own words and with their source."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from detente.brief import wording
from detente.brief.model import Item, Section
from detente.relations.incidents import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.cite import Citer
    from detente.brief.select import Library
    from detente.model import Claim, Forecast

MOST = 15
"""Claims, and forecasts, that are quoted; the newest."""

_KINDS = {
    "cause": "On causes", "assessment": "Assessment", "stance": "On attitudes",
    "intent": "On intentions", "competence": "On who is in charge", "mandate": "On mandates",
    "channel": "On channels", "capacity": "On capacities", "agenda": "On the agenda",
    "rule": "On rules of contact",
}  # fmt: skip
_ORDER = tuple(_KINDS)


def said(
    claims: Sequence[Claim],
    citer: Citer,
    library: Library,
    *,
    domain: str | None,
    since: date | None,
    until: date | None,
) -> Section:
    """Return what authors claim, by kind and newest first, each sentence quoted once."""
    kept = _newest([c for c in claims if domain in {None, c.domain}], library, since, until)
    kept.sort(key=lambda c: _ORDER.index(c.kind))
    items = []
    seen: set[tuple[str, int]] = set()
    for claim in kept:
        if (claim.doc, claim.sentence) in seen:
            continue
        seen.add((claim.doc, claim.sentence))
        text = _quoted(claim, library)
        cited = citer.cite(text, [(claim.doc, claim.sentence)])
        items.append(
            Item(label=_label(claim, library), sentences=(cited,), group=_KINDS[claim.kind])
        )
    return Section(key="said", title="What authors say", items=tuple(items))


def expected(
    forecasts: Sequence[Forecast],
    citer: Citer,
    library: Library,
    *,
    domain: str | None,
    since: date | None,
    until: date | None,
) -> Section:
    """Return what authors expected, newest first, with the probability that their words stand for."""
    kept = _newest([f for f in forecasts if domain in {None, f.domain}], library, since, until)
    items = []
    seen: set[tuple[str, int]] = set()
    for forecast in kept:
        if (forecast.doc, forecast.sentence) in seen:
            continue
        seen.add((forecast.doc, forecast.sentence))
        cited = citer.cite(_quoted(forecast, library), [(forecast.doc, forecast.sentence)])
        items.append(
            Item(label=_label(forecast, library), sentences=(cited,), note=_odds(forecast))
        )
    return Section(key="expected", title="What was expected", items=tuple(items))


def _newest(
    records: Sequence[Claim] | Sequence[Forecast],
    library: Library,
    since: date | None,
    until: date | None,
) -> list:  # type: ignore[type-arg]
    def published(record: Claim | Forecast) -> date:
        return day(library.source(record.doc).published) or date.min

    inside = [
        record
        for record in records
        if (since is None or published(record) >= since)
        and (until is None or published(record) <= until)
    ]
    inside.sort(key=lambda r: (-published(r).toordinal(), r.doc, r.sentence, r.id))
    distinct: dict[tuple[str, int], int] = {}
    kept = []
    for record in inside:
        key = (library.source(record.doc).cluster or record.doc, record.sentence)
        if distinct.setdefault((record.doc, record.sentence), len(distinct)) < MOST and key:
            kept.append(record)
    return kept


def _quoted(record: Claim | Forecast, library: Library) -> str:
    """The sentence in quotation marks; those inside it become single."""
    text = library.quote(record.doc, record.sentence)
    inner = re.sub(r'"([^"]*)"', r"‘\1’", text).replace('"', "’")
    return f"“{inner.replace('“', '‘').replace('”', '’')}”"


def _label(record: Claim | Forecast, library: Library) -> str:
    source = library.source(record.doc)
    when = day(source.published)
    who = source.publisher or source.title
    return f"{who}, {wording.plain(when)}" if when is not None else who


def _odds(forecast: Forecast) -> str:
    parts = []
    hedge = forecast.hedge
    if hedge is not None and hedge.likelihood and hedge.low is not None and hedge.high is not None:
        scale = f" on the scale {hedge.scale}" if hedge.scale else ""
        parts.append(f"“{hedge.likelihood}”: {hedge.low:.0%} to {hedge.high:.0%}{scale}")
    horizon = forecast.horizon
    last = day(horizon.to) if horizon is not None else None
    if horizon is not None and last is not None:
        basis = " (a default, as the text gives none)" if horizon.basis == "default" else ""
        parts.append(f"due by {wording.plain(last)}{basis}")
    if forecast.condition:
        parts.append(f"condition: {forecast.condition}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
