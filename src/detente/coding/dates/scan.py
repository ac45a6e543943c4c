"""Find date expressions in text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import ahocorasick_rs
from msgspec.structs import replace

from detente.coding.dates import absolute, combine, relative
from detente.coding.dates.atoms import UNKNOWN, Atom, Context
from detente.coding.dates.lexicon import MONTH_CAPITALS, MONTHS
from detente.coding.dates.occasions import names, occasions_in
from detente.coding.dates.records import DateMention

if TYPE_CHECKING:
    import datetime

    from detente.coding.dates.absolute import Rule

_CLASSES = re.compile(
    rf"(?P<digit>\d\d)|(?P<month>\b{MONTH_CAPITALS}(?![a-z]))|(?P<weekday>[a-z]day\b|[a-z]days\b)|"
    r"(?P<season>\b(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\b)|"
    r"(?P<quarter>[Qq]uarter|[Hh]alf|\b[QH][1-4]\b)|(?P<decade>(?:en|ir|or|if|ix|ve|gh|ne)ties\b)|"
    r"(?P<unit>\b(?:fortnight|day|week|month|year|decade|centur|night|morning|evening|afternoon))|"
    r"(?P<word>\b(?:[Yy]ester|[Tt]o(?:day|night|morrow)|[Oo]vern|[Rr]ecent|[Ll]ately|[Ss]oon|"
    r"[Ss]hort|[Ll]ong\b|near future|time|[Ff]or (?:a while|now)|[Tt]his (?=[mae])|[Ll]ast [ne]))"
)
_FUTURE = re.compile(
    r"\b(?:will|shall|would|going to|to be|is to|are to|was to|were to|plans?|planned|planning|"
    r"scheduled|expected|expects?|due|set to|set for|slated|upcoming|forthcoming|intends?|aims?|"
    r"hopes?|ahead of|must|should|until|promised|vowed|pledged|agreed to|ready to|can|"
    r"deadline|postponed|proposed|invited|could|may|might)\b|['’]ll\b|\bwon['’]t\b"
)
_THAT_YEAR = re.compile(r" (?:of|in) (?:that|the same) year\b")
_CLAUSE = re.compile(
    r"[;:]|,\s|\s(?:which|who|that|when|while|after|because|but|said|says|told|announced|"
    r"reported|wrote)\b"
)

EARLIEST, LATEST = 1200, 2999
"""Years outside of which a publication date is taken for none: a file's damage, not a date."""

RECENT = 2_048
"""Texts whose expressions are remembered: each stage that asks reads a part of a document through."""

ORDER = ("named", "month", "quarter", "season", "digit", "decade", "weekday", "unit", "word")
_RULES: dict[str, tuple[Rule, ...]] = absolute.RULES | relative.RULES
_GUARDS = absolute.GUARDS | relative.GUARDS


def find(
    text: str,
    *,
    published: datetime.date | None,
    offset: int = 0,
    previous: DateMention | None = None,
) -> tuple[DateMention, ...]:
    """Return the date expressions of a text, in order, without overlap.

    Args:
        text: A sentence or any stretch of a document.
        published: The document's publication date; what needs one stays unresolved without it.
        offset: Added to every ``start`` and ``end``.
        previous: The last date before this text, for "three days earlier".
    """
    if published is not None and not EARLIEST <= published.year <= LATEST:
        published = None
    classes, named = _classes(text)
    if not classes and not named:
        return ()
    earlier = UNKNOWN
    if previous is not None and "unit" in classes:
        earlier = previous.first, previous.last
    found: list[DateMention] = []
    for atom in _joined(text, Context(published=published, previous=earlier)):
        mention = _mention(text, atom, offset)
        if atom.shift is not None and mention.first is None and atom.form != "shift-of":
            mention = _after(found, mention)
        found.append(mention)
    return tuple(_of_that_year(text, found, offset=offset, previous=previous))


_LETTERS = (
    *(f"{number:02}" for number in range(100)), *(name[:3] for name in MONTHS if len(name) != 3),
    "may", "day", "spring", "summer", "autumn", "fall", "winter", "quarter", "half", "q1", "q2", "q3",
    "q4", "h1", "h2", "ties", "week", "month", "year", "decade", "centur", "night", "morning",
    "evening", "afternoon", "yester", "tomorrow", "overn", "recent", "lately", "soon", "short",
    "long", "near future", "time", "for a while", "for now", "this m", "this a", "this e", "last n",
    "last e",
)  # fmt: skip
"""Letters of which some stand, in lower case, in every text with a word of some class."""


@cache
def _letters() -> tuple[ahocorasick_rs.AhoCorasick, int]:
    """Return a scanner for the letters above and the names of occasions, and how many are names."""
    found = sorted(names())
    return ahocorasick_rs.AhoCorasick([*found, *_LETTERS]), len(found)


@lru_cache(RECENT)
def _classes(text: str) -> tuple[frozenset[str | None], tuple[Atom, ...]]:
    """Return the classes of words in a text that date something, and its named occasions."""
    scanner, marked = _letters()
    lowered = " ".join(text.lower().replace("-", " ").split())
    hits = [n for n, _, _ in scanner.find_matches_as_indexes(lowered, overlapping=True)]
    if not hits:
        return frozenset(), ()
    named = occasions_in(text) if min(hits) < marked else ()
    if max(hits) < marked:
        return frozenset(), named
    classes = {match.lastgroup for match in _CLASSES.finditer(text)}
    if "season" in classes or "month" in classes:
        classes.add("named")
    if "quarter" in classes:
        classes.add("unit")
    if "weekday" in classes and re.search(r"\bdays?\b", text):
        classes.add("unit")
    return frozenset(classes), named


@lru_cache(RECENT)
def _joined(text: str, context: Context) -> tuple[Atom, ...]:
    """Return the expressions of a text, ranges and openings put together."""
    classes, named = _classes(text)
    return tuple(combine.join(text, _atoms(text, context, classes, named)))


def _of_that_year(
    text: str, found: list[DateMention], *, offset: int, previous: DateMention | None
) -> list[DateMention]:
    """Take the year named before for "October of that year"."""
    if _THAT_YEAR.search(text) is None:
        return found
    kept: list[DateMention] = []
    for mention in found:
        match = _THAT_YEAR.match(text, mention.end - offset)
        before = next((m for m in reversed([*found[: found.index(mention)]]) if m.first), previous)
        if kept and _THAT_YEAR.match(text, kept[-1].end - offset) and mention.form == "that":
            continue
        if match is None or before is None or before.first is None or mention.first is None:
            kept.append(mention)
            continue
        change = before.first.year - mention.first.year
        span = _moved(mention.first, change), _moved(mention.last, change)
        kept.append(replace(mention, first=span[0], last=span[1], past=span, future=None))
    return kept


def _moved(day: datetime.date | None, years: int) -> datetime.date | None:
    if day is None:
        return None
    last = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if last else day.day)


def _atoms(
    text: str, context: Context, classes: frozenset[str | None], named: tuple[Atom, ...]
) -> list[Atom]:
    taken = bytearray(len(text) + 1)
    atoms: list[Atom] = []
    for atom in named:
        atoms.append(atom)
        taken[atom.start : atom.end] = b"\1" * (atom.end - atom.start)
    for name in ORDER:
        if name not in classes:
            continue
        for pattern, make in _RULES[name]:
            guard = _GUARDS.get(pattern)
            if guard is not None and not any(letters in text for letters in guard):
                continue
            for match in pattern.finditer(text):
                made = make(match, context)
                if made is None or any(taken[made.start : made.end]):
                    continue
                atoms.append(_trimmed(text, made))
                taken[made.start : made.end] = b"\1" * (made.end - made.start)
    atoms.sort(key=lambda atom: atom.start)
    return atoms


def _trimmed(text: str, atom: Atom) -> Atom:
    if text[atom.start].isspace():
        return replace(atom, start=atom.start + 1)
    return atom


def _looks_ahead(text: str, atom: Atom) -> bool:
    """Say whether the clause around an expression looks ahead, by its words alone."""
    if atom.ahead or atom.near:
        return True
    start, end = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.end() <= atom.start:
            start = match.end()
        elif match.start() >= atom.end:
            end = match.start()
            break
    return _FUTURE.search(text, start, end) is not None


def _mention(text: str, atom: Atom, offset: int) -> DateMention:
    span = atom.past
    future = atom.future if atom.future != atom.past else None
    if future is not None and not atom.duration and _looks_ahead(text, atom):
        span = future
    return DateMention(
        start=offset + atom.start,
        end=offset + atom.end,
        surface=text[atom.start : atom.end],
        first=span[0],
        last=span[1],
        precision=atom.precision,
        basis=atom.basis,
        anchor=atom.anchor,
        form=atom.form,
        past=atom.past,
        future=future,
        shift=atom.shift,
        ahead=atom.ahead,
        duration=atom.duration,
    )


def _after(found: list[DateMention], mention: DateMention) -> DateMention:
    """Count an expression from the last date before it in the same text."""
    for earlier in reversed(found):
        if earlier.first is not None and not earlier.duration:
            return mention.counted_from(earlier)
    return mention
