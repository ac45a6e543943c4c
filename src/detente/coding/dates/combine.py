"""Put ranges and "since", "until", "by", "before", "after" on atoms."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from detente.coding.dates import calendar
from detente.coding.dates.atoms import UNKNOWN, Atom, in_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.dates.calendar import Interval

_DAY = datetime.timedelta(days=1)
_GLUE = re.compile(r",?\s\(?|\s?\(|,\s(?:the\s)?")
_FROM = re.compile(r"\b(?P<w>[Ff]rom|[Bb]etween)\s(?:the\s)?(?:start of\s)?$")
_TO = re.compile(r"\s(?:to|until|till|through|and|up to)\s(?:the\s)?(?:end of\s)?|\s?[-–—]\s?")
_WEEK_OF = re.compile(r"\b(?:week|weekend)\s(?P<w>of|beginning|starting|ending|from)(?:\son)?\s$")
_PART_OF = re.compile(
    r"\b(?P<n>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[Ff]inal)\s(?P<u>week|half|days)\sof\s$"
)
_LEAD = re.compile(
    r"\b(?P<w>[Ss]ince|[Ee]ver since|[Uu]ntil|[Uu]p (?:un)?til|[Tt]ill|[Tt]hrough|[Bb]y|"
    r"[Nn]o later than|[Bb]efore|[Pp]rior to|[Aa]fter|[Ff]rom|[Ss]tarting(?: in| on| from)?|"
    r"[Bb]eginning(?: in| on)|[Aa]s of|[Ii]n|[Ff]or|[Tt]he)\s(?:the\s)?(?P<edge>end of\s(?:the\s)?)?$"
)

_END = re.compile(r"\b(?:[Ee]nds?|[Cc]lose[sd]?|out|over|up)\b")
"""What makes "before" the last day of a period: "before the end of May", "before the year is out"."""


def join(text: str, atoms: Sequence[Atom]) -> list[Atom]:
    """Return atoms in order, with weekday and date, ranges and openings put together."""
    merged = _merge_days(text, atoms)
    merged = _shift_from(merged)
    merged = _ranges(text, merged)
    return [_lead(text, atom) for atom in merged]


def _merge_days(text: str, atoms: Sequence[Atom]) -> list[Atom]:
    """Join "Tuesday" and "20 September" into one atom; the calendar date counts."""
    done: list[Atom] = []
    for atom in atoms:
        last = done[-1] if done else None
        if (
            last is not None
            and last.form == "weekday"
            and atom.form in {"day-month", "day-month-year", "iso", "numeric"}
            and _GLUE.fullmatch(text, last.end, atom.start)
        ):
            done[-1] = replace(atom, start=last.start)
        else:
            done.append(atom)
    return done


def _shift_from(atoms: list[Atom]) -> list[Atom]:
    """Resolve "two days after 5 May" by what follows."""
    done: list[Atom] = []
    for atom in atoms:
        last = done[-1] if done else None
        if (
            last is not None
            and last.form == "shift-of"
            and last.shift is not None
            and atom.start - last.end <= 12
            and atom.past != UNKNOWN
        ):
            span = calendar.shifted(atom.past, *last.shift)
            done[-1] = replace(last, end=atom.end, past=span, anchor=atom.anchor, shift=None)
        else:
            done.append(atom)
    return done


def _ranges(text: str, atoms: list[Atom]) -> list[Atom]:
    done: list[Atom] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        joined = _range(text, atom, following) if following is not None else None
        if joined is not None:
            done.append(joined)
            index += 2
        else:
            done.append(atom)
            index += 1
    return done


def _range(text: str, first: Atom, last: Atom) -> Atom | None:
    glue = _TO.fullmatch(text, first.end, last.start)
    if glue is None or first.duration or last.duration:
        return None
    opening = _FROM.search(text, 0, first.start)
    words = glue[0].strip()
    if words == "and" and (opening is None or opening["w"].lower() != "between"):
        return None
    if opening is None and (first.precision != last.precision or words in {"until", "till"}):
        return None
    first = _share_year(first, last)
    if last.year is None and first.year is not None:
        last = _share_year(last, first)
    past, future = _hull(first.past, last.past), None
    if first.future is not None or last.future is not None:
        future = _hull(first.future or first.past, last.future or last.past)
        if past == UNKNOWN and future == UNKNOWN:
            return None
    elif past == UNKNOWN:
        return None
    return replace(
        last,
        start=opening.start() if opening else first.start,
        past=past,
        future=future,
        form="range",
        month=None,
        days=None,
    )


def _share_year(partial: Atom, full: Atom) -> Atom:
    """Give a date without a year the year of its neighbour in a range."""
    if partial.year is not None or full.year is None or partial.month is None:
        return partial
    year = full.year
    span = in_year(partial.month, partial.days, year)
    if span is not None and full.past[1] is not None and span[0] > full.past[1]:
        span = in_year(partial.month, partial.days, year - 1)
    if span is None:
        return partial
    return replace(partial, past=span, future=None, year=year, anchor="none")


def _hull(first: Interval, last: Interval) -> Interval:
    start, end = first[0], last[1]
    if start is None or end is None:
        return UNKNOWN
    if start <= end:
        return start, end
    for back in (7, 0):
        moved = start - back * _DAY if back else calendar.add_months(start, -12)
        if moved <= end:
            return moved, end
    return UNKNOWN


def _lead(text: str, atom: Atom) -> Atom:
    if atom.form == "range" or atom.duration:
        return atom
    week = _WEEK_OF.search(text, 0, atom.start)
    if week is not None and atom.precision == "day":
        return _week_of(atom, week)
    part = _PART_OF.search(text, 0, atom.start)
    if part is not None and atom.precision == "month":
        return _part_of(atom, part)
    match = _LEAD.search(text, max(0, atom.start - 40), atom.start)
    if match is None:
        return atom
    edge = "end" if match["edge"] else None
    word = _opening(match["w"].lower(), text[atom.start : atom.end])
    if word in _OPENINGS:
        whole = atom.past
        if atom.form == "occasion" and word.endswith("since"):
            whole = (atom.past[1], None)
        opened = replace(atom, start=match.start(), past=_open(word, whole))
        if atom.future is not None:
            opened = replace(opened, future=_open(word, atom.future))
        if word in {"by", "no later than"} and " had " not in text:
            opened = replace(opened, ahead=True)
        return opened
    if edge is None:
        return atom
    return atom


_OPENINGS = {
    "since", "ever since", "until", "up until", "up til", "till", "through", "by", "no later than",
    "before", "prior to", "after", "starting", "starting in", "starting on", "starting from",
    "beginning in", "beginning on",
}  # fmt: skip


def _opening(word: str, told: str) -> str:
    """Return "by" for the "before" of an end: "before the end of May" includes its last day."""
    return "by" if word in {"before", "prior to"} and _END.search(told) else word


def _open(word: str, span: Interval) -> Interval:
    if span == UNKNOWN:
        return span
    first, last = span
    if word in {"before", "prior to"}:
        return None, first - _DAY if first else last
    if word == "after":
        return (last + _DAY if last else first), None
    if word.startswith(("since", "ever", "starting", "beginning")):
        return first, None
    return None, last


def _part_of(atom: Atom, match: re.Match[str]) -> Atom:
    """Read "the first week of June", "the second half of June", "the last days of June"."""
    number = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(match["n"].lower())
    unit = match["u"]

    def part(span: Interval) -> Interval:
        first, last = span
        if first is None or last is None:
            return UNKNOWN
        if unit == "half":
            middle = first.replace(day=15)
            return (first, middle) if number == 0 else (middle + _DAY, last)
        if number is None:
            return last - 6 * _DAY, last
        begin = first + 7 * number * _DAY
        return begin, begin + 6 * _DAY

    return replace(
        atom,
        start=match.start(),
        precision="month" if unit == "half" else "week",
        past=part(atom.past),
        future=part(atom.future) if atom.future else None,
        form="part of",
    )


def _week_of(atom: Atom, match: re.Match[str]) -> Atom:
    def whole(span: Interval) -> Interval:
        day = span[0]
        if day is None:
            return UNKNOWN
        if match["w"] == "ending":
            return day - 6 * _DAY, day
        if match["w"] == "of":
            return calendar.unit_of("week", day)
        return day, day + 6 * _DAY

    return replace(
        atom,
        start=match.start(),
        precision="week",
        past=whole(atom.past),
        future=whole(atom.future) if atom.future else None,
        form="week of",
    )
