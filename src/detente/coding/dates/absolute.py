"""Atoms that name a day, month, season, quarter, year or decade of the calendar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from detente.coding.dates import calendar
from detente.coding.dates.atoms import Atom, Context, in_year, yearless
from detente.coding.dates.lexicon import (
    AMBIGUOUS_MONTHS,
    COUNTED,
    DECADES,
    MONTH_CAPITALS,
    ORDINALS,
    SEASON,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    month_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.model import DatePrecision

Rule = tuple[re.Pattern[str], "Callable[[re.Match[str], Context], Atom | None]"]

_NTH = r"(?P<d1>\d{1,2})(?:st|nd|rd|th)?"
_MORE = r"(?:(?:\s?[-–—/]\s?|\s(?:and|to|or|through|until)\s(?:the\s)?|,\s\d{1,2}(?:st|nd|rd|th)?(?:,\s\d{1,2}(?:st|nd|rd|th)?)*,?\sand\s)(?P<d2>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR_AFTER = rf"(?:(?:,?\s|,\s?)(?:of\s)?(?P<y>{YEAR})(?![\d%]|-\d{{3}}))?"

_DAY_FIRST = re.compile(
    rf"(?<![\d.,:$€£])\b{_NTH}{_MORE}(?:\sday)?(?:\s(?:of\s)?|-)(?P<m>{MONTH_CAPITALS})(?![a-z]){_YEAR_AFTER}"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{MONTH_CAPITALS})\s(?:the\s)?{_NTH}(?![\d%]|[.,:]\d){_MORE.replace('|until', '')}(?![\d%]|:\d){_YEAR_AFTER}"
)
_MONTH_YEAR = re.compile(
    rf"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose)(?:[-\s]|\sof\s))?(?P<m>{MONTH_CAPITALS})(?:,?\s(?:of\s)?|/)(?P<y>{YEAR})(?![\d%]|-\d{{3}})"
)
_MONTH = re.compile(
    rf"(?P<lead>\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Ff]rom|[Bb]etween|[Dd]uring|[Oo]f|[Aa]nd|[Tt]o|[Bb]efore|[Aa]fter|[Tt]hrough|[Ff]or|[Tt]hroughout|[Aa]round|[Uu]p to|[Bb]ack in|[Uu]ntil the|[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|or|this past|of this|as of|[Aa]s|mid|early|late|[-–/])\s?)?"
    rf"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose)(?:[-\s]|\sof\s))?(?P<m>{MONTH_CAPITALS})(?![A-Za-z])(?P<after>'s\b|’s\b)?(?=(?P<next>\s\S+)?)"
)
_DAY_BEFORE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?$")
_ISO = re.compile(r"(?<![\d-])(?P<y>[12]\d{3})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])")
_DOTTED = re.compile(
    r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d)(?![\d/-])"
)
_QUARTER = re.compile(
    rf"\b(?:(?:(?:fiscal\s)?(?P<q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|[Ll]ast(?=\squarter\sof\s)|1st|2nd|3rd|4th)(?:\s|-)(?:fiscal\s)?quarter|Q(?P<n>[1-4]))(?:(?:,?\sof|\sin)?(?:\sthe)?(?:\sfiscal)?(?:\syear)?[\s,]\s?(?P<y>{YEAR})\b|\sof\s(?P<rel>last|this|next|the|the same|the current)\s(?:fiscal\s)?year)?|(?P<y2>{YEAR})\s?Q(?P<n2>[1-4])\b)"
)
_HALF = re.compile(
    rf"\b(?:(?P<q>[Ff]irst|[Ss]econd|1st|2nd)\shalf|H(?P<n>[12]))(?:(?:,?\sof)?(?:\sthe)?(?:\syear)?\s(?P<y>{YEAR})\b|\sof\s(?P<rel>last|this|next|the)\s(?P<u>year|{MONTH_CAPITALS})\b(?:\s(?P<y3>{YEAR})\b)?)"
)
_FISCAL = re.compile(
    rf"\b(?:(?:[Ff]iscal|[Ff]inancial)(?:\syear)?\s|FY\s?)(?P<y>{YEAR}|\d\d(?!\d))(?:[-/–](?P<z>\d\d(?:\d\d)?))?\b"
)
_SEASON = re.compile(
    rf"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd)(?:[-\s]|\sof\s)(?:the\s)?)?(?P<s>{SEASON})(?:,?\s(?:of\s)?(?P<y>{YEAR})(?:[-/–](?P<z>\d\d(?:\d\d)?))?\b)"
)
_SEASON_BARE = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring|[Oo]ver|[Tt]hroughout|[Bb]efore|[Aa]fter|[Ff]rom|for|to|of)\s(?:the\s)?(?:(?P<part>early|mid|late)[-\s])?(?P<s>spring|summer|autumn|fall|winter)\b(?!\s(?:of|in|to|camp|school|olymp|games|palace|house|water))(?!-)"
)
_DECADE = re.compile(
    r"(?<![\d$])(?:\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle)(?:[-\s]|\sof\s)?(?:to[-\s](?:mid|late)[-\s])?(?:the\s)?)?(?:(?P<y>(?:1[5-9]|20)\d0)['’]?s\b|['’](?P<yy>[2-9]0)s\b|(?P<w>(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b)"
)
_CENTURY = re.compile(
    r"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s])?(?P<n>\d\d?)(?:st|nd|rd|th)[-\s]century\b"
)
_YEAR_RANGE = re.compile(
    rf"(?<![\d$€£.,/-])\b(?P<y>{YEAR})\s?[-–—/]\s?(?P<z>{YEAR}|\d\d)(?![\d/]|-\d|,\d|\.\d)\b"
)
_YEAR = re.compile(
    rf"(?:\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose)(?:[-\s]|\sof\s)(?:the\syear\s)?|(?<![\d$€£.,#-]))\b(?P<y>{YEAR})(?P<pos>['’]s)?(?![\d%]|-\w|[.,]\d|/\d)\b"
)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|of|until|till|by|from|for|during|before|after|early|late|mid|and|or|to|between|through|throughout|around|circa|as|year|years|the|a|an|its|their|his|her|our|in about|in around|until the|back in|as of|summer|spring|autumn|winter|fall|disputed|controversial|landmark|failed|deadly|bloody|historic)[\s-]|^|[(;]|^[\"“'‘])$",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(rf"\s(?:{COUNTED})\b", re.IGNORECASE)
_LIST_YEAR = re.compile(rf"\b{YEAR},\s$")
_WEEKDAY = re.compile(
    rf"\b(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his coming|[Tt]his past|[Cc]oming|[Ff]ollowing)\s)?(?P<w>{WEEKDAY})(?:['’]s|s\b)?(?P<t>\s(?:night|morning|afternoon|evening|noon)\b)?(?P<ago>\s(?:last|next)\sweek\b)?(?!\s(?:Times|Mail|Telegraph|Post|Independent|Express))"
)


def _atom(
    match: re.Match[str],
    precision: DatePrecision,
    form: str,
    span: tuple[calendar.Day, calendar.Day],
    year: int | None = None,
) -> Atom:
    return Atom(
        start=match.start(),
        end=match.end(),
        precision=precision,
        form=form,
        past=span,
        year=year,
    )


def _part(match: re.Match[str]) -> str | None:
    words = match["part"]
    if not words:
        return None
    lowered = words.lower()
    return {"start": "beginning", "close": "end", "middle": "mid"}.get(lowered, lowered)


def _named_day(match: re.Match[str], context: Context) -> Atom | None:
    month = month_of(match["m"])
    first = int(match["d1"])
    days = (first, int(match["d2"]) if match["d2"] else first)
    if days[1] < days[0] or not 1 <= days[0] <= 31:
        return None
    if match["y"]:
        span = in_year(month, days, int(match["y"]))
        return _atom(match, "day", "day-month-year", span, int(match["y"])) if span else None
    return yearless(match, context, month=month, days=days)


def _after_day(match: re.Match[str]) -> bool:
    """Say whether a day stands before the month: one that the month does not have."""
    start = match.start("m")
    return _DAY_BEFORE.search(match.string, max(0, start - 12), start) is not None


def _month_year(match: re.Match[str], _: Context) -> Atom | None:
    if _after_day(match):
        return None
    year = int(match["y"])
    span = in_year(month_of(match["m"]), None, year, _part(match))
    return _atom(match, "month", "month-year", span, year) if span else None


def _month(match: re.Match[str], context: Context) -> Atom | None:
    name = match["m"]
    if _after_day(match):
        return None
    if name.endswith(".") or len(name) < 3 or name.rstrip(".").lower() in {
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    }:  # fmt: skip
        return None
    lead, after = (match["lead"] or "").strip().lower(), (match["next"] or "").strip()
    if name.lower() in AMBIGUOUS_MONTHS and not match["part"]:
        if not lead or (lead in {"the", "a", "an", "and", "or"} and not after[:1].islower()):
            return None
        if lead in {"the", "a", "an"} and after.split("-")[0] in {"on", "to", "of", "in", "at"}:
            return None
        if name.lower() == "may" and lead in {"and", "or", "to", "for", "of", "its", "his", "by",
                                              "after", "before"} and after.lower() in {
            "said", "has", "had", "was", "is", "will", "would", "told", "and", "be", "have",
        }:  # fmt: skip
            return None
    found = yearless(match, context, month=month_of(name), days=None, part=_part(match))
    if found is None:
        return None
    begin = match.start("part") if match["part"] else match.start("m")
    return _moved(found, begin, match.end("m"))


def _moved(atom: Atom, start: int, end: int) -> Atom:
    return replace(atom, start=start, end=end)


def _iso(match: re.Match[str], _: Context) -> Atom | None:
    found = calendar.day(int(match["y"]), int(match["m"]), int(match["d"]))
    return _atom(match, "day", "iso", (found, found), found.year) if found else None


def _dotted(match: re.Match[str], _: Context) -> Atom | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if a <= 12 and b <= 12 and a != b:
        return None
    found = calendar.day(year, b, a) if b <= 12 else calendar.day(year, a, b)
    return _atom(match, "day", "numeric", (found, found), year) if found else None


def _relative_year(words: str | None, year: str | None, context: Context) -> int | None:
    if year:
        return int(year)
    if context.published is None:
        return None
    return context.published.year + {"last": -1, "next": 1}.get(words or "", 0)


def _quarter(match: re.Match[str], context: Context) -> Atom | None:
    number = ORDINALS[match["q"].lower()] if match["q"] else int(match["n"] or match["n2"])
    year = _relative_year(match["rel"], match["y"] or match["y2"], context)
    if year is None:
        return None
    span = calendar.months(year, 3 * number - 2, 3)
    if match["y"] or match["y2"] or match["rel"] or context.published is None:
        return _atom(match, "quarter", "quarter", span, year)
    past = span if span[0] <= context.published else calendar.months(year - 1, 3 * number - 2, 3)
    ahead = span if span[1] >= context.published else calendar.months(year + 1, 3 * number - 2, 3)
    return Atom(
        start=match.start(), end=match.end(), precision="quarter", form="quarter", past=past,
        future=ahead, anchor="published",
    )  # fmt: skip


def _half(match: re.Match[str], context: Context) -> Atom | None:
    number = ORDINALS[match["q"].lower()] if match["q"] else int(match["n"])
    if match["u"] and match["u"] != "year":
        return None
    year = _relative_year(match["rel"], match["y"], context)
    if year is None:
        return None
    return _atom(match, "quarter", "half", calendar.months(year, 6 * number - 5, 6), year)


def _two_figures(words: str, year: int) -> int:
    return int(words) if len(words) == 4 else year // 100 * 100 + int(words)


def _fiscal(match: re.Match[str], _: Context) -> Atom | None:
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    last = _two_figures(match["z"], year) if match["z"] else year
    if not year <= last <= year + 1:
        return None
    return _atom(match, "year", "fiscal", calendar.months(year, 1, 12 * (last - year + 1)), year)


def _season(match: re.Match[str], _: Context) -> Atom | None:
    span = calendar.season(match["s"].lower(), int(match["y"]))
    part = _part(match)
    if part:
        span = calendar.narrow(part, "season", span)
    return _atom(match, "season", "season", span, int(match["y"]))


def _season_bare(match: re.Match[str], context: Context) -> Atom | None:
    found = season_near(match["s"], context, match["part"])
    if found is None:
        return None
    begin = match.start("part") if match["part"] else match.start("s")
    return Atom(
        start=begin, end=match.end("s"), precision="season", form="season", past=found[0],
        future=found[1], anchor="published",
    )  # fmt: skip


def season_near(
    name: str, context: Context, part: str | None = None
) -> tuple[tuple[calendar.Day, calendar.Day], tuple[calendar.Day, calendar.Day]] | None:
    """Return the last season of that name to have begun, and the next one to begin."""
    if context.published is None:
        return None
    spans = [
        calendar.season(name.lower(), context.published.year + shift) for shift in (-2, -1, 0, 1)
    ]
    if part:
        spans = [calendar.narrow(part, "season", span) for span in spans]
    before = [span for span in spans if span[0] <= context.published]
    after = [span for span in spans if span[0] > context.published]
    return before[-1], after[0]


def _decade(match: re.Match[str], _: Context) -> Atom | None:
    if match["w"]:
        start = DECADES.get(match["w"].lower())
        if start is None:
            return None
    else:
        start = int(match["y"]) if match["y"] else 1900 + int(match["yy"])
    span = calendar.months(start, 1, 120)
    part = _part(match)
    return _atom(match, "decade", "decade", calendar.narrow(part, "decade", span) if part else span)


def _century(match: re.Match[str], _: Context) -> Atom | None:
    start = 100 * (int(match["n"]) - 1)
    if not 100 <= start <= 2900:
        return None
    return _atom(match, "vague", "century", calendar.months(start + 1, 1, 1200))


def _year_range(match: re.Match[str], _: Context) -> Atom | None:
    year = int(match["y"])
    last = _two_figures(match["z"], year)
    before = match.string[max(0, match.start() - 40) : match.start()]
    if not year < last <= year + 60 or re.search(r"(?:No\.?|Resolution|Boeing|#)\s$", before):
        return None
    return _atom(match, "year", "years", calendar.months(year, 1, 12 * (last - year + 1)), year)


def _year(match: re.Match[str], _: Context) -> Atom | None:
    text, year = match.string, int(match["y"])
    before = text[max(0, match.start("y") - 40) : match.start("y")]
    part = _part(match)
    if not (part or _BEFORE_YEAR.search(before) or _LIST_YEAR.search(before)):
        return None
    if _AFTER_YEAR.match(text, match.end()):
        return None
    span = calendar.months(year, 1, 12)
    return _atom(match, "year", "year", calendar.narrow(part, "year", span) if part else span, year)


def _weekday(match: re.Match[str], context: Context) -> Atom | None:
    published = context.published
    common = {
        "start": match.start(), "end": match.end(), "precision": "day", "form": "weekday",
        "anchor": "published",
    }  # fmt: skip
    if published is None:
        return Atom(**common)  # type: ignore[arg-type]
    number = WEEKDAYS[match["w"].lower()]
    back = calendar.add(published, "day", -((published.weekday() - number) % 7))
    ahead = calendar.add(published, "day", (number - published.weekday()) % 7)
    rel = (match["rel"] or "").lower()
    if match["ago"]:
        week = -7 if "last" in match["ago"] else 7
        back = ahead = calendar.add(published, "day", week - published.weekday() + number)
    elif rel in {"last", "this past"}:
        back = ahead = back if back < published else calendar.add(back, "day", -7)
    elif rel in {"next", "coming", "this coming", "following"}:
        back = ahead = ahead if ahead > published else calendar.add(ahead, "day", 7)
    return Atom(**common, past=(back, back), future=(ahead, ahead))  # type: ignore[arg-type]


RULES: dict[str, tuple[Rule, ...]] = {
    "digit": (
        (_ISO, _iso),
        (_DOTTED, _dotted),
        (_FISCAL, _fiscal),
        (_DECADE, _decade),
        (_CENTURY, _century),
        (_YEAR_RANGE, _year_range),
        (_YEAR, _year),
    ),
    "month": ((_DAY_FIRST, _named_day), (_MONTH_FIRST, _named_day), (_MONTH_YEAR, _month_year),
              (_MONTH, _month)),
    "weekday": ((_WEEKDAY, _weekday),),
    "season": ((_SEASON, _season), (_SEASON_BARE, _season_bare)),
    "quarter": ((_QUARTER, _quarter), (_HALF, _half)),
    "decade": ((_DECADE, _decade),),
}  # fmt: skip
"""Rules by the class of words that must stand in the text; in falling order of trust."""

GUARDS: dict[re.Pattern[str], tuple[str, ...]] = {
    _DECADE: ("0s", "0's", "0’s", "ties"),
    _CENTURY: ("century",),
    _ISO: ("-0", "-1"),
    _DOTTED: (".19", ".20", "/19", "/20", "-19", "-20"),
    _FISCAL: ("iscal", "inancial", "FY"),
    _YEAR_RANGE: ("-", "–", "—", "/"),
    _YEAR: ("15", "16", "17", "18", "19", "20"),
    _MONTH_YEAR: ("15", "16", "17", "18", "19", "20"),
    _DAY_FIRST: tuple("0123456789"),
    _MONTH_FIRST: tuple("0123456789"),
}
"""Letters of which some must stand in a text before a slow rule is tried on it."""
