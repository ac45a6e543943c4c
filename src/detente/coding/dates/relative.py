"""Atoms that are counted from the publication date or from an earlier date of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.coding.dates import calendar
from detente.coding.dates.absolute import season_near
from detente.coding.dates.atoms import UNKNOWN, Atom, Context, in_year
from detente.coding.dates.lexicon import (
    FULL_MONTH,
    NUMBER,
    SOME_TIME,
    SOON,
    UNIT,
    WINDOWS,
    month_of,
    number_of,
    unit_of,
)

if TYPE_CHECKING:
    from detente.coding.dates.absolute import Rule
    from detente.coding.dates.calendar import Interval
    from detente.model import DatePrecision

_PRECISION: dict[str, DatePrecision] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "half": "quarter",
    "year": "year", "decade": "decade", "century": "vague", "season": "season",
}  # fmt: skip
_COUNT = rf"(?P<n>{NUMBER})(?:\s(?:full|long|whole|more))?[\s-](?P<u>{UNIT}|fortnight)s?['’]?"

_AGO = re.compile(
    rf"\b(?:(?:about|around|some|nearly|almost|just|over|more than|less than)\s)?(?P<half>[Hh]alf\s)?(?i:{_COUNT})\sago\b"
)
_SHIFT = re.compile(
    rf"\b(?:(?:about|around|some|nearly|almost|just|only|barely)\s)?(?i:{_COUNT})\s(?P<dir>earlier|before|previously|later|afterwards?|after|beforehand|on)\b(?P<more>\s(?:the|a|an|his|her|its|their|that|this|[A-Z0-9])\S*)?"
)
_THAT = re.compile(
    r"\b(?:(?P<rel>[Tt]he\s(?:very\s)?(?:following|next|previous|preceding|same|subsequent)|[Tt]hat\s(?:same|very)|[Tt]hat|[Tt]he\s(?:evening|morning|night)\s(?:of\s)?(?:the|that)(?:\s(?:following|next|same|previous))?)\s(?P<u>day|week|month|year|morning|evening|night|afternoon|decade)|[Tt]he\s(?P<u2>day|week|month|year|night|morning|evening)\s(?P<dir>before|after|earlier)\b(?!\syesterday|\stomorrow))(?!s)\b"
)
_UNIT = re.compile(
    r"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]arlier|[Ll]ater|[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose)(?:[-\s]|\sof\s)(?:in\s)?)?(?P<rel>[Ll]ast|[Pp]ast|[Tt]his|[Tt]his past|[Nn]ext|[Tt]he coming|[Tt]his coming|[Cc]oming|[Cc]urrent|[Tt]he current|[Tt]he past|[Tt]he)\s(?:fiscal\s|calendar\s|same\s)?(?P<u>week|month|quarter|year|decade|century|weekend)(?!s|['’]s\s(?:end|old))\b"
)
_THROUGHOUT = re.compile(r"\b[Tt]hroughout\s$|\bfor the rest of\s$")
_NAMED = re.compile(
    rf"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd)(?:[-\s]|\sof\s)(?:in\s)?)?(?P<rel>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|[Tt]he coming)\s(?:(?P<s>spring|summer|autumn|fall|winter)|(?P<m>{FULL_MONTH}))(?![a-z]|\s\d)"
)
_SPAN = re.compile(
    rf"\b(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout|[Oo]f)?\s?(?:the|its|his|her|their|these)?\s?\b(?P<rel>[Pp]ast|[Ll]ast|[Nn]ext|[Cc]oming|[Ff]ollowing|[Pp]revious|[Ff]irst)\s(?i:{_COUNT})(?=\W|$)"
)
_VAGUE = re.compile(
    rf"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or|[Oo]f)?\s?(?:the\s)?(?P<rel>[Rr]ecent|[Cc]oming|[Uu]pcoming|[Pp]ast|[Ll]ast|[Nn]ext|[Ff]uture)\s(?:(?:few|several|couple of|some)\s)?(?P<u>{UNIT})s\b(?!['’])"
)
_WITHIN = re.compile(
    rf"\b(?P<p>[Ww]ithin|[Ii]n|[Ii]nside|[Oo]ver|[Ww]ithin the)\s(?:(?:about|around|under|less than|at least)\s)?(?i:{_COUNT})(?P<time>(?:['’]\s?|\s)time)?(?!\s(?:ago|earlier|later|before|after)|-old)\b"
)
_FOR = re.compile(
    rf"\b[Ff]or\s(?:(?:about|around|nearly|almost|over|more than|at least|the first time in)\s)*(?i:{_COUNT})\b"
)
_EDGE = re.compile(
    r"\b(?P<part>[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose|[Tt]urn)\sof\sthe\s(?P<u>week|month|quarter|year|decade|century)(?!s)(?:\s(?P<y>(?:19|20)\d\d))?\b"
)
_YEAR_ENDS = re.compile(
    r"\b(?:(?P<e>year|month)[-\s]end|(?:the\s)?(?P<of>week|month|quarter|year|decade)['’]s\send|the\s(?P<it>week|month|quarter|year|decade)\s(?:ends|closes|is\s(?:out|over|up)))\b"
)
_HALF = re.compile(
    r"\b(?:(?P<p>[Ww]ithin|[Ii]n)\s(?:(?:about|around|under|less than)\s)?half\sa\syear|(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin)\sthe\s(?:next|coming)\shalf[-\s]year)(?!\s(?:ago|earlier|later|before|after))\b"
)
_WEEKEND = re.compile(r"\b(?:[Aa]t|[Oo]ver|[Oo]n|[Dd]uring)\s(?P<w>the\sweekend)\b")
_WORDS = re.compile(
    r"\b(?:(?P<dby>[Tt]he\sday\sbefore\syesterday)|(?P<dat>[Tt]he\sday\safter\stomorrow)|(?P<y>[Yy]esterday(?:\s(?:morning|afternoon|evening|night))?|[Ll]ast\s(?:night|evening))|(?P<m>[Tt]omorrow(?:\s(?:morning|afternoon|evening|night))?)|(?P<t>(?:[Ee]arlier\s|[Ll]ater\s)?[Tt]oday|[Tt]onight|[Tt]his\s(?:morning|afternoon|evening)|[Oo]vernight)|(?P<r>[Rr]ecently(?!\sas\b)|[Ll]ately|[Nn]ot\slong\sago)|(?P<s>[Ss]oon(?!er)|[Ss]hortly(?!\s(?:after|before))|[Ii]n\sthe\snear\sfuture|[Ii]n\sthe\sshort\sterm|[Bb]efore\slong)|(?P<f>[Ff]or\s(?:some|a\slong|quite\ssome|a)\stime(?!\sbeing)(?:\snow)?|[Ff]or\sthe\stime\sbeing|[Ff]or\s(?:a\s)?(?:while|now)))\b"
)
_SO_FAR = re.compile(
    r"\b(?:[Ss]o\sfar|[Ee]arlier|[Ll]ater|[Aa]lready|[Tt]hus\sfar)\s(?:in\s)?this\s(?P<u>day|week|month|quarter|year|decade|summer|spring)\b"
)


def _counted(match: re.Match[str]) -> tuple[str, int | None]:
    """Return unit and number of what ``_COUNT`` matched; a fortnight is two weeks."""
    count = number_of(match["n"])
    if match["u"].lower() == "fortnight":
        return "week", None if count is None else 2 * count
    return unit_of(match["u"]), count


def _published(
    match: re.Match[str],
    precision: DatePrecision,
    form: str,
    span: Interval,
    *,
    ahead: bool = False,
    start: int | None = None,
) -> Atom:
    return Atom(
        start=match.start() if start is None else start,
        end=match.end(),
        precision=precision,
        form=form,
        past=span,
        ahead=ahead,
        anchor="published",
    )


def _ago(match: re.Match[str], context: Context) -> Atom | None:
    unit, count = _counted(match)
    published = context.published
    if published is None:
        return _published(match, _PRECISION[unit], "ago", UNKNOWN)
    if match["half"] and unit == "year":
        return _published(
            match, "month", "ago", calendar.unit_of("month", calendar.add_months(published, -6))
        )
    if count is None:
        window = WINDOWS.get(unit, ("year", 5))
        reach = calendar.add(published, window[0], -window[1])
        return _published(match, "vague", "ago", (reach, published))
    day = calendar.add(published, unit, -count)
    return _published(match, _PRECISION[unit], "ago", calendar.unit_of(unit, day))


def _shift(match: re.Match[str], context: Context) -> Atom | None:
    unit, count = _counted(match)
    direction = match["dir"].lower()
    if direction == "on" or count is None:
        return None
    if direction in {"earlier", "before", "previously", "beforehand"}:
        count = -count
    named = match["more"] is not None and direction in {"before", "after"}
    span = UNKNOWN if named else calendar.shifted(context.previous, unit, count)
    return Atom(
        start=match.start(), end=match.end("dir"), precision=_PRECISION[unit],
        form="shift-of" if named else "shift", past=span, shift=(unit, count), anchor="previous",
    )  # fmt: skip


def _that(match: re.Match[str], context: Context) -> Atom | None:
    unit = match["u"] or match["u2"]
    unit = "day" if unit in {"morning", "evening", "night", "afternoon"} else unit
    words = (match["rel"] or "").lower()
    count = 0
    if match["dir"]:
        count = 1 if match["dir"] == "after" else -1
    elif "following" in words or "next" in words or "subsequent" in words:
        count = 1
    elif "previous" in words or "preceding" in words:
        count = -1
    span = calendar.shifted(context.previous, unit, count)
    return Atom(
        start=match.start(), end=match.end(), precision=_PRECISION[unit], form="that", past=span,
        shift=(unit, count), anchor="previous",
    )  # fmt: skip


_OVER = re.compile(r"\b(?:[Oo]ver|[Dd]uring|[Ww]ithin|[Ii]n) the $")
_PARTS = {"start": "beginning", "close": "end", "middle": "mid", "turn": "beginning"}


def _unit(match: re.Match[str], context: Context) -> Atom | None:
    published, unit = context.published, match["u"]
    rel = match["rel"].lower().removeprefix("the ").removeprefix("this ")
    part = match["part"].lower() if match["part"] else None
    if rel == "the" and part is None and not _THROUGHOUT.search(match.string, 0, match.start()):
        return None
    precision: DatePrecision = "day" if unit == "weekend" else _PRECISION[unit]
    if published is None:
        return _published(match, precision, "unit", UNKNOWN)
    count = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(rel, 0)
    if unit == "weekend":
        return _weekend_at(match, published, count)
    whole = calendar.unit_of(unit, calendar.add(published, unit, count))
    if part == "earlier":
        whole = (whole[0], min(whole[1], published))
    elif part == "later":
        whole = (max(whole[0], published), whole[1])
    elif part:
        whole = calendar.narrow(_PARTS.get(part, part), unit, whole)
    elif rel == "past" or (rel == "last" and _OVER.search(match.string, 0, match.start())):
        whole = (calendar.add(published, unit, -1), published)
    return _published(match, precision, "unit", whole, ahead=count > 0 or part == "later")


def _weekend_at(match: re.Match[str], published: calendar.Day, count: int) -> Atom:
    saturday = calendar.add(published, "day", 5 - published.weekday() + 7 * count)
    return _published(
        match, "day", "weekend", (saturday, calendar.add(saturday, "day", 1)), ahead=count > 0
    )


def _weekend(match: re.Match[str], context: Context) -> Atom | None:
    published = context.published
    if published is None:
        return None
    this = calendar.add(published, "day", 5 - published.weekday())
    last = this if this <= published else calendar.add(this, "day", -7)
    return Atom(
        start=match.start("w"), end=match.end(), precision="day", form="weekend",
        past=(last, calendar.add(last, "day", 1)), future=(this, calendar.add(this, "day", 1)),
        anchor="published",
    )  # fmt: skip


def _named(match: re.Match[str], context: Context) -> Atom | None:
    published = context.published
    precision: DatePrecision = "season" if match["s"] else "month"
    if published is None:
        return _published(match, precision, "named", UNKNOWN)
    part = match["part"].lower() if match["part"] else None
    part = _PARTS.get(part, part) if part else None
    rel = match["rel"].lower()
    direction = -1 if rel in {"last", "this past"} else 1 if rel != "this" else 0
    if match["s"]:
        span = _season_from(match["s"], context, direction)
        if span and part:
            span = calendar.narrow(part, "season", span)
    else:
        span = _month_from(month_of(match["m"]), published, direction, part)
    return _published(match, precision, "named", span or UNKNOWN, ahead=direction > 0)


def _season_from(
    name: str, context: Context, direction: int
) -> tuple[calendar.Day, calendar.Day] | None:
    published = context.published
    near = season_near(name, context)
    if near is None or published is None:
        return None
    if direction > 0:
        return near[1]
    if direction == 0:
        return calendar.season(name, published.year)
    last = near[0]
    return last if last[1] < published else calendar.season(name, last[0].year - 1)


def _month_from(
    month: int, published: calendar.Day, direction: int, part: str | None
) -> tuple[calendar.Day, calendar.Day] | None:
    year = published.year
    if direction < 0 and month >= published.month:
        year -= 1
    if direction > 0 and month <= published.month:
        year += 1
    return in_year(month, None, year, part)


def _span(match: re.Match[str], context: Context) -> Atom | None:
    unit, count = _counted(match)
    rel, published = match["rel"].lower(), context.published
    if rel == "first":
        return None
    start = match.start("rel")
    if published is None or rel in {"following", "previous"}:
        return _published(match, _PRECISION[unit], "span", UNKNOWN, start=start)
    precision = _PRECISION[unit]
    if count is None:
        window = WINDOWS.get(unit, ("year", 5))
        precision, unit, count = "vague", window[0], window[1]
    if rel in {"past", "last"}:
        return _published(
            match, precision, "span", (calendar.add(published, unit, -count), published),
            start=start,
        )  # fmt: skip
    return _published(
        match, precision, "span", (published, calendar.add(published, unit, count)), ahead=True,
        start=start,
    )  # fmt: skip


def _vague(match: re.Match[str], context: Context) -> Atom | None:
    published, rel = context.published, match["rel"].lower()
    if published is None:
        return _published(match, "vague", "vague", UNKNOWN)
    size, count = WINDOWS.get(unit_of(match["u"]), ("year", 5))
    if rel in {"recent", "past", "last"}:
        return _published(
            match, "vague", "vague", (calendar.add(published, size, -count), published)
        )
    return _published(
        match, "vague", "vague", (published, calendar.add(published, size, count)), ahead=True
    )


_FIRST_IN = re.compile(
    r"\b(?:first|only|once|twice|times|worst|best|most|highest|lowest|largest|biggest|deadliest|"
    r"time|longest|killed|died)\b[^.;]{0,30}$"
)


def _within(match: re.Match[str], context: Context) -> Atom | None:
    unit, count = _counted(match)
    words, published = match["p"].lower(), context.published
    if words == "in" and not match["time"] and _FIRST_IN.search(match.string[: match.start()]):
        return _duration(match)
    if words == "over" or (words == "in" and unit in {"decade", "century"}):
        return _duration(match)
    if published is None or count is None:
        return _published(match, "vague" if count is None else _PRECISION[unit], "within", UNKNOWN)
    last = calendar.add(published, unit, count)
    if words == "in":
        return _published(match, _PRECISION[unit], "in", calendar.unit_of(unit, last), ahead=True)
    return _published(match, _PRECISION[unit], "within", (published, last), ahead=True)


def _half(match: re.Match[str], context: Context) -> Atom | None:
    words = (match["p"] or "within").lower()
    if context.published is None:
        return _published(match, "vague", words, UNKNOWN)
    last = calendar.add(context.published, "month", 6)
    span = calendar.unit_of("month", last) if words == "in" else (context.published, last)
    return _published(match, "month", words, span, ahead=True)


def _duration(match: re.Match[str], _: Context | None = None) -> Atom:
    return Atom(
        start=match.start(), end=match.end(), precision=_PRECISION[_counted(match)[0]],
        form="for", duration=True,
    )  # fmt: skip


def _edge(match: re.Match[str], context: Context) -> Atom | None:
    if context.published is None:
        return None
    unit, part = match["u"], match["part"].lower()
    day = context.published
    if unit == "century" or part == "turn":
        first = day.year // 100 * 100
        return _published(match, "vague", "edge", calendar.months(first, 1, 12))
    if match["y"]:
        day = calendar.months(int(match["y"]), 1, 1)[0]
    whole = calendar.narrow(_PARTS.get(part, part), unit, calendar.unit_of(unit, day))
    return _published(match, _PRECISION[unit], "edge", whole)


def _year_ends(match: re.Match[str], context: Context) -> Atom | None:
    if context.published is None:
        return None
    unit = match["e"] or match["of"] or match["it"]
    whole = calendar.narrow("end", unit, calendar.unit_of(unit, context.published))
    return _published(match, _PRECISION[unit], "edge", whole)


_DAYS = {"dby": -2, "dat": 2, "y": -1, "m": 1, "t": 0}


def _words(match: re.Match[str], context: Context) -> Atom | None:
    key, published = match.lastgroup or "", context.published
    if key in _DAYS:
        if published is None:
            return _published(match, "day", "word", UNKNOWN)
        day = calendar.add(published, "day", _DAYS[key])
        if match[0].lower() == "overnight":
            return _published(match, "day", "word", (calendar.add(day, "day", -1), day))
        return _published(match, "day", "word", (day, day), ahead=_DAYS[key] > 0)
    if key == "f":
        ahead = None
        if published is not None:
            ahead = (published, calendar.add(published, *SOME_TIME))
        return Atom(
            start=match.start(), end=match.end(), precision="vague", form="some time",
            future=ahead, anchor="published", duration=True,
        )  # fmt: skip
    if published is None:
        return _published(match, "vague", "word", UNKNOWN)
    if key == "r":
        return _published(
            match, "vague", "word", (calendar.add(published, SOON[0], -SOON[1]), published)
        )
    return _published(
        match, "vague", "word", (published, calendar.add(published, *SOON)), ahead=True
    )


def _so_far(match: re.Match[str], context: Context) -> Atom | None:
    published, unit = context.published, match["u"]
    if published is None:
        return None
    if unit in {"summer", "spring"}:
        whole, precision = calendar.season(unit, published.year), "season"
    else:
        whole, precision = calendar.unit_of(unit, published), unit
    if match[0].lower().startswith("later"):
        span = (max(whole[0], published), whole[1])
        return _published(match, _PRECISION[precision], "so far", span, ahead=True)
    span = (whole[0], max(whole[0], min(whole[1], published)))
    return _published(match, _PRECISION[precision], "so far", span)


RULES: dict[str, tuple[Rule, ...]] = {
    "unit": (
        (_AGO, _ago),
        (_SO_FAR, _so_far),
        (_SHIFT, _shift),
        (_SPAN, _span),
        (_VAGUE, _vague),
        (_THAT, _that),
        (_EDGE, _edge),
        (_UNIT, _unit),
        (_YEAR_ENDS, _year_ends),
        (_WEEKEND, _weekend),
        (_WITHIN, _within),
        (_HALF, _half),
        (_FOR, _duration),
    ),
    "named": ((_NAMED, _named),),
    "word": ((_WORDS, _words),),
}
"""Rules by the class of words that must stand in the text; in falling order of trust."""

GUARDS: dict[re.Pattern[str], tuple[str, ...]] = {
    _AGO: (" ago",),
    _SHIFT: ("earlier", "later", "before", "after", "previous"),
    _SPAN: ("ast ", "ext ", "oming ", "ollowing ", "revious "),
    _VAGUE: ("ecent ", "oming ", "past ", "ast ", "ext ", "uture "),
    _NAMED: ("ast", "ext", "his", "oming"),
    _SO_FAR: ("this",),
    _EDGE: ("the",),
    _YEAR_ENDS: (
        "year-end",
        "year end",
        "month-end",
        "month end",
        "s end",
        "’s end",
        " ends",
        " closes",
        " is ",
    ),
    _HALF: ("half",),
    _WEEKEND: ("weekend",),
    _WITHIN: ("ithin", "In", "in", "nside", "ver"),
    _FOR: ("or",),
}
"""Letters of which some must stand in a text before a slow rule is tried on it."""
