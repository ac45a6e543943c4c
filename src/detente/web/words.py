"""How values are shown: names, days, numbers and addresses, for the templates."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import product
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qsl, quote, urlencode

import msgspec
from markupsafe import Markup, escape

from detente.brief import names, wording
from detente.brief.drawings import radar, sparkline
from detente.model import Domain, EventType, Status
from detente.registers import scales

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detente.brief.issue import Issue
    from detente.model import Place
    from detente.web.content.document import DocumentPage
    from detente.web.content.relation import Channel, RelationPage

_TYPED = re.compile(r"`([^`]+)`")


def day(value: date | datetime | str | None) -> str:
    """Return a day as ``20 Sep 2016``, a dash for none."""
    if value is None or value == "":
        return "–"
    if not isinstance(value, str):
        return wording.short(value)
    try:
        return wording.short(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with its thousands parted, a dash for none."""
    return "–" if value is None else f"{value:z,.{digits}f}".replace("-", "−")


def percent(value: float | None) -> str:
    """Return a share as a percentage, a dash for none."""
    return "–" if value is None else wording.percent(value)


def points(value: float | None) -> str:
    """Return points with their sign, a dash for none."""
    return "–" if value is None else wording.signed(round(value, 2))


def worth(value: float | None) -> str:
    """Return points with their unit: ``+1 point``, ``no points`` for none."""
    return "no points" if value is None else wording.worth(round(value, 2))


def named(code: str) -> str:
    """Return the name of a country, organisation, bloc, institution or person by code."""
    body, _, person = code.partition("/")
    if person:
        return person.replace("-", " ").title()
    if "." not in body:
        return names.bare(body)
    country = body.partition(".")[0]
    return f"{names.adjective(country)} {names.institution(body)}"


def institution(code: str) -> str:
    """Return the short name of an institution, ``state`` for a country as a whole."""
    return names.institution(code) if "." in code else names.bare(code)


def either(party: str) -> str:
    """Return the party of a query, which may be one of several: ``Poland or Latvia``."""
    return " or ".join(names.party(code) for code in party.split("|"))


def label(word: str) -> str:
    """Return a code word as words: ``human_rights`` becomes ``human rights``."""
    return word.replace("_", " ")


def part(code: str) -> str:
    """Return a code as a piece of an address."""
    return quote(code, safe=":")


def path(code: str) -> str:
    """Return a code that may hold a slash as the end of an address."""
    return quote(code, safe=":/")


def data(value: Any) -> Markup:  # noqa: ANN401
    """Return a value as JSON that can stand in a script element of type application/json."""
    text = msgspec.json.encode(value).decode()
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return Markup(text)  # the three signs that could end the element are escaped


def found(snippet: str) -> Markup:
    """Return a snippet of the search with its finds marked."""
    shown = str(escape(snippet)).replace("\x02", "<mark>").replace("\x03", "</mark>")
    return Markup(shown)  # escaped above


def typed(text: str) -> Markup:
    """Return text in which what stands between backticks is shown as typed: a command, a value."""
    return Markup(_TYPED.sub(r"<code>\1</code>", str(escape(text))))  # escaped before


def spark(values: Sequence[float], title: str = "") -> Markup:
    """Return a sparkline as SVG."""
    return Markup(sparkline(values, title=title))  # numbers and an escaped title


def stretch(first: str | None, last: str | None, days: Sequence[str]) -> Markup:
    """Return a bar from a first to a last day on the line from the earliest to the latest of some days."""
    known = [date.fromisoformat(one[:10]).toordinal() for one in (first, last) if one]
    line = [date.fromisoformat(one[:10]).toordinal() for one in days if one]
    if not known or max(line) == min(line):
        return Markup("")
    scale = 100 / (max(line) - min(line))
    left, right = ((day - min(line)) * scale for day in (known[0], known[-1]))
    return Markup(  # numbers alone
        '<svg class="stretch" viewBox="0 0 104 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<line x1="0" y1="4" x2="104" y2="4"/><rect x="{left:.1f}" y="1" '
        f'width="{max(right - left, 0) + 4:.1f}" height="6" rx="2"/></svg>'
    )


def with_offset(query: str, offset: int) -> str:
    """Return a query with another ``offset``."""
    kept = [pair for pair in parse_qsl(query) if pair[0] != "offset"]
    return urlencode([*kept, ("offset", str(offset))])


def without(query: str, name: str) -> str:
    """Return a query without a parameter, with its question mark; empty where nothing is left."""
    kept = urlencode([pair for pair in parse_qsl(query) if pair[0] != name])
    return "?" + kept if kept else ""


def and_as_of(as_of: str | None, sign: str = "&") -> str:
    """Return what an address takes to be as of the same time; empty for now."""
    return f"{sign}{urlencode({'as-of': as_of})}" if as_of else ""


def believed(as_of: str) -> str:
    """Return a day as ``20 Sep 2016``, a moment with its time."""
    return day(as_of) if len(as_of) == 10 else f"{day(as_of)}, {as_of[11:19]} UTC"


def globe(place: Place) -> Markup:
    """Return a map with one point: the outline of the land and a graticule around it."""
    lat, lon = place.lat or 0.0, place.lon or 0.0
    wide, tall = 72.0, 30.0
    left = min(max(lon - wide / 2, -180.0), 180.0 - wide)
    top = min(max(-lat - tall / 2, -90.0), 90.0 - tall)
    lines = [
        f'<line x1="{x}" y1="-90" x2="{x}" y2="90" stroke-width=".15"/>'
        for x in range(-180, 181, 10)
    ] + [
        f'<line x1="-180" y1="{y}" x2="180" y2="{y}" stroke-width=".15"/>'
        for y in range(-90, 91, 10)
    ]
    name = str(escape(place.name))
    side = "end" if lon > left + wide * 0.75 else "start"
    shift = -1.2 if side == "end" else 1.2
    return Markup(  # numbers, and a name that is escaped
        f'<svg class="map" viewBox="{left:.1f} {top:.1f} {wide:.0f} {tall:.0f}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{name}</title>'
        '<image href="/static/land.svg" x="-180" y="-90" width="360" height="180"/>'
        f'{"".join(lines)}<circle class="place" cx="{lon:.3f}" cy="{-lat:.3f}" r=".6" '
        f'stroke-width=".2"/><text x="{lon + shift:.2f}" y="{-lat + 0.5:.2f}" font-size="1.5" '
        f'text-anchor="{side}">{name}</text></svg>'
    )


def radar_of(issue: Issue) -> Markup:
    """Return the radar of an issue."""
    partners = issue.partners
    drawn = radar(
        [partner.name for partner in partners],
        [partner.compared.index for partner in partners],
        [partner.compared.before_index for partner in partners],
    )
    return Markup(drawn)  # numbers, and names that are escaped


def conflicts(page: DocumentPage) -> frozenset[str]:
    """Return the ids of the acts of conflict of a document."""
    return frozenset(one.id for one in page.records if one.conflict)


def short_names(page: RelationPage) -> dict[str, str]:
    """Return the short names of the institutions on the charts, by code."""
    held = {one.institution for year in page.competence for one in year.holdings}
    met = {code for cell in page.channels for code in (cell.a, cell.b)}
    return {code: institution(code) for code in sorted(held | met)}


def cells(page: RelationPage) -> dict[tuple[str, str], Channel | None]:
    """Return the cells of the matrix of channels by institutions, None for no contact."""
    found: dict[tuple[str, str], Channel | None] = dict.fromkeys(
        product({cell.a for cell in page.channels}, {cell.b for cell in page.channels})
    )
    return found | {(cell.a, cell.b): cell for cell in page.channels}


def short(text: str | None, most: int = 120) -> str:
    """Return text cut to a length, at a blank."""
    text = " ".join((text or "").split())
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + " …"


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "number": number,
    "counted": wording.figures,
    "percent": percent,
    "party": names.party,
    "either": either,
    "author": names.author,
    "pause": wording.pause,
    "points": points,
    "worth": worth,
    "named": named,
    "institution": institution,
    "words": label,
    "part": part,
    "path": path,
    "data": data,
    "found": found,
    "typed": typed,
    "inner": wording.inner,
    "with_offset": with_offset,
    "without": without,
    "and_as_of": and_as_of,
    "believed": believed,
    "short": short,
}
GLOBALS: dict[str, Any] = {
    "spark": spark,
    "stretch": stretch,
    "globe": globe,
    "radar": radar_of,
    "cells": cells,
    "short_names": short_names,
    "conflicts": conflicts,
    "domains": get_args(Domain),
    "types": get_args(EventType),
    "statuses": get_args(Status),
    "scale_names": scales.names(),
}
