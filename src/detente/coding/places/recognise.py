"""Find the names in a text that are places, by gazetteer, capitals and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from detente.coding.places import words
from detente.registers.gazetteer import GIVEN, SURNAME, WORD, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.registers.gazetteer import Entry, Gazetteer

_NAME = re.compile(
    r"(?:(?:[A-Z]\.){2,}(?:[A-Z]\b)?|(?:St|Mt|Ft|Sts|Ste)\.|(?:al|el|ar|as)-[A-Z][\w’'-]*|"
    r"[^\W\d_][\w’'-]*)"
)
_SHORT = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|"
    r"Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo)\."
)
_JOINERS = frozenset({"of", "and", "the", "de", "del", "la", "upon", "on", "al", "el", "da", "do"})
_LONGEST = 5
_STATES = frozenset({"country", "admin1", "region", "continent"})
_CLOSED = frozenset({"continent", "region", "water", "mountain", "island", "spot"})
LARGE = 400_000
"""Inhabitants from which a town is named without its country."""
KNOWN = 100_000
"""Inhabitants from which a town may be named with a weak sign only."""
SMALL = 15_000
"""Inhabitants below which a strong sign is needed."""


class Word(msgspec.Struct, frozen=True):
    """One word of a text, with offsets."""

    text: str
    start: int
    end: int
    capital: bool
    """Whether it begins with a capital, or does so after "al-"."""


def _is_capital(word: str) -> bool:
    if word.islower():
        return False
    return (
        word[0].isupper()
        or (len(word) > 3 and word[2:4].isupper())
        or (word[2:3] == "-" and word[3:4].isupper())
    )


@dataclass(slots=True)
class Candidate:
    """A stretch that the gazetteer knows, with what speaks for it.

    Attributes:
        start: First character.
        end: One past the last character.
        text: The words.
        entries: What it may be.
        sign: 3 made sure by its container, 2 by a locative, 1 weak, 0 none, -1 against.
        inner: True inside a longer capitalised name ("Kyiv International Airport").
        container: The candidate after a comma that holds it ("Warsaw, Indiana").
        adjective: True where it can only be an adjective.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    sign: int = 0
    inner: bool = False
    container: Candidate | None = None
    adjective: bool = False


def _first(text: str) -> int:
    """Return where a text begins; of a part of a long document all before it is blank."""
    return len(text) - len(text.lstrip())


def words_of(text: str) -> list[Word]:
    """Return the words of a text; a possessive ending is cut off."""
    found = []
    for match in _NAME.finditer(text, _first(text)):
        word = match[0]
        start, end = match.span()
        if word.islower() and word[-1] not in "s'’-":
            found.append(Word(word, start, end, False))
            continue
        if text.startswith(".", end):
            short = _SHORT.match(text, start)
            if short is not None and short.end() >= end:
                word = short[0]
        if word[-1] in "s'’-":
            for ending in ("'s", "’s", "'", "’", "-"):
                if word.endswith(ending):
                    word = word[: -len(ending)]
                    break
        if word:
            found.append(Word(word, start, start + len(word), _is_capital(word)))
    return found


def candidates(text: str, gazetteer: Gazetteer, *, adjectives: bool) -> list[Candidate]:
    """Return the stretches of a text that may be places, without overlap."""
    tokens = words_of(text)
    upper = _mostly_upper(tokens)
    found: list[Candidate] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not token.capital:
            index += 1
            continue
        hit = _longest(text, tokens, index, gazetteer, adjectives=adjectives)
        if hit is None:
            index += 1
            continue
        candidate, size = hit
        _weigh(candidate, text, tokens, index, size, gazetteer, upper=upper)
        found.append(candidate)
        index += size
    _contain(text, found)
    return found


def _mostly_upper(tokens: Sequence[Word]) -> bool:
    capitals = [token for token in tokens if token.capital and token.text.isupper()]
    return len(capitals) * 2 > len(tokens)


def _longest(
    text: str, tokens: Sequence[Word], index: int, gazetteer: Gazetteer, *, adjectives: bool
) -> tuple[Candidate, int] | None:
    first = tokens[index]
    for size, end in reversed(list(_stretches(text, tokens, index))):
        surface = text[first.start : end]
        if size == 1 and _never(surface):
            continue
        folded = fold(surface)
        entries = gazetteer.lookup(folded)
        if not entries and size > 1 and first.text.lower() == "the":
            continue
        if len(surface) <= 3 and "." not in surface:
            entries = _short(surface, entries)
        if not entries:
            continue
        plain = tuple(entry for entry in entries if not entry.adjective)
        if not plain and not adjectives:
            return None
        candidate = Candidate(first.start, end, surface, plain or entries, adjective=not plain)
        return candidate, size
    return None


def _short(surface: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return what three letters may stand for: a state in capitals ("UAE"), a large town else."""
    if surface.isupper():
        known = surface in {"NYC", "LA"}
        return tuple(e for e in entries if known or e.kind in {"country", "region"})
    if len(surface) < 3:
        return ()
    return tuple(e for e in entries if e.feature == "P" and e.population >= KNOWN)


def _never(surface: str) -> bool:
    return len(surface) < 2 or (surface.lower() in words.NOT_PLACES and surface != "US")


def _stretches(text: str, tokens: Sequence[Word], index: int) -> Iterator[tuple[int, int]]:
    """Yield sizes and ends of the stretches of names from a word on."""
    for size in range(1, _LONGEST + 1):
        if index + size > len(tokens):
            return
        last = tokens[index + size - 1]
        if size > 1:
            gap = text[tokens[index + size - 2].end : last.start]
            if gap not in {" ", "-", "\u00a0"}:
                return
        if last.capital:
            yield size, last.end
        elif last.text not in _JOINERS:
            return


def _weigh(
    candidate: Candidate,
    text: str,
    tokens: Sequence[Word],
    index: int,
    size: int,
    gazetteer: Gazetteer,
    *,
    upper: bool,
) -> None:
    """Set the sign of a candidate from the words before and after it."""
    before = tokens[index - 1] if index else None
    after = tokens[index + size] if index + size < len(tokens) else None
    gap_before = text[before.end : candidate.start] if before else ""
    gap_after = text[candidate.end : after.start] if after else ""
    near = before is not None and gap_before in {" ", ' "', " “", " the ", "-"}
    left = before.text if before is not None and near else ""
    if left.lower() == "the" and index > 1:
        left = tokens[index - 2].text
    right = after.text if after is not None and gap_after in {" ", "-"} else ""
    candidate.sign = _sign(candidate, left, right, gazetteer, upper=upper)
    candidate.inner = bool(right) and right[:1].isupper() and not upper
    sentence_start = before is None or "." in gap_before or "\n" in gap_before
    word = not candidate.adjective and _flagged(candidate, gazetteer, WORD)
    if sentence_start and candidate.sign == 0 and word:
        candidate.sign = -1


def _flagged(candidate: Candidate, gazetteer: Gazetteer, flag: int) -> bool:
    return bool(gazetteer.flags(fold(candidate.text)) & flag)


def _sign(candidate: Candidate, left: str, right: str, gazetteer: Gazetteer, *, upper: bool) -> int:
    low, next_low = left.lower().rstrip("."), right.lower()
    state = any(entry.kind in _STATES for entry in candidate.entries)
    if next_low in words.PRESS and right[:1].isupper():
        return -1
    if next_low in words.SPORT and right[:1].isupper() and next_low != "city":
        return -1
    if right[:1].isupper() and not upper and not _goes_with(candidate, right, gazetteer):
        return -1
    if left[:1].isupper() and not upper:
        sign = _after_capital(candidate, left, gazetteer)
        if sign is not None:
            return sign
    if low in words.TITLES and not state and not upper:
        return -1
    if low in words.LOCATIVE:
        return 2
    if low in words.WEAK:
        return 1
    if next_low in words.SAYS and not state and _person(candidate, gazetteer):
        return -1
    return 0


def _person(candidate: Candidate, gazetteer: Gazetteer) -> bool:
    return _flagged(candidate, gazetteer, GIVEN | SURNAME)


def _goes_with(candidate: Candidate, right: str, gazetteer: Gazetteer) -> bool:
    """Say whether a capitalised word after a name leaves it a place."""
    if right.lower() in words.GENERIC or right.isupper():
        return True
    if _flagged(candidate, gazetteer, GIVEN) and not right[:2].isupper():
        return any(entry.kind == "country" for entry in candidate.entries) and not (
            gazetteer.flags(fold(right)) & SURNAME
        )
    kinds = {entry.kind for entry in candidate.entries}
    large = max(entry.population for entry in candidate.entries) >= LARGE
    return bool(kinds & (_STATES | _CLOSED)) or large


def _after_capital(candidate: Candidate, left: str, gazetteer: Gazetteer) -> int | None:
    """Weigh a name that follows a capitalised word without a comma; None leaves it open."""
    low = left.lower().rstrip(".")
    if low in words.DIRECTION or low in words.LOCATIVE:
        return 2
    if low in words.WEAK:
        return 1
    if low in words.NOT_PLACES or len(low) < 2:
        return -1 if len(low) == 1 else None
    if any(entry.kind == "country" for entry in candidate.entries):
        return -1 if gazetteer.flags(fold(left)) & GIVEN else 0
    if low in words.TITLES:
        return -1
    if low in words.GENERIC or low in {"city", "town", "lake", "mount", "port", "fort"}:
        return 0
    return -1


def _contain(text: str, found: list[Candidate]) -> None:
    """Tie "Warsaw" to "Indiana" in "Warsaw, Indiana"."""
    for first, second in pairwise(found):
        gap = text[first.end : second.start]
        if gap not in {", ", " (", ","}:
            continue
        inside = tuple(entry for entry in first.entries if _lies_in(entry, second.entries))
        if inside:
            first.container = second
            first.sign = max(first.sign, 3) if first.sign >= 0 or gap == ", " else first.sign
            second.sign = max(second.sign, 2)


def _lies_in(entry: Entry, holders: Sequence[Entry]) -> bool:
    for holder in holders:
        if holder.kind == "country" and holder.country == entry.country and entry.kind != "country":
            return True
        if holder.kind == "admin1" and entry.admin1 == holder.id and entry.kind != "admin1":
            return True
        if holder.kind == "region" and holder.country is not None and (
            holder.country == entry.country and entry.kind not in _STATES
        ):  # fmt: skip
            return True
    return False


def accepted(found: Sequence[Candidate], text: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the candidates of one document that are taken for places.

    A name that is surely a place once is so everywhere in the document, unless the words around
    it speak against it; a family name that a full name in the document carries needs a locative.
    """
    sure = {fold(c.text) for c in found if c.sign >= 2 and _plausible(c, gazetteer)}
    persons = _family_names(text, gazetteer)
    kept = []
    for candidate in found:
        folded = fold(candidate.text)
        if candidate.sign < 0:
            continue
        if folded in persons and candidate.sign < 2 and not _is_state(candidate):
            continue
        if candidate.adjective or folded in sure or _stands_alone(candidate, gazetteer):
            kept.append(candidate)
    return kept


def _is_state(candidate: Candidate) -> bool:
    return any(entry.kind in {"country", "continent"} for entry in candidate.entries)


def _plausible(candidate: Candidate, gazetteer: Gazetteer) -> bool:
    """Say whether a name with a strong sign is a place."""
    if candidate.sign >= 3:
        return True
    largest = max(entry.population for entry in candidate.entries)
    kinds = {entry.kind for entry in candidate.entries}
    if kinds & (_STATES | _CLOSED) or "capital" in kinds:
        return True
    main = any(not entry.alternate for entry in candidate.entries)
    if _flagged(candidate, gazetteer, WORD | GIVEN | SURNAME):
        return largest >= SMALL and main
    return main or largest >= KNOWN


def _stands_alone(candidate: Candidate, gazetteer: Gazetteer) -> bool:
    """Say whether a name is a place without a strong sign."""
    if candidate.sign >= 2:
        return _plausible(candidate, gazetteer)
    kinds = {entry.kind for entry in candidate.entries if not entry.alternate}
    flagged = _flagged(candidate, gazetteer, WORD)
    if kinds & {"country", "continent", "region", "water", "mountain", "island", "spot"}:
        return True
    largest = max(entry.population for entry in candidate.entries)
    main = max((e.population for e in candidate.entries if not e.alternate), default=0)
    person = _person(candidate, gazetteer)
    if "admin1" in kinds and not flagged and not (person and largest < LARGE):
        return True
    if flagged:
        return False
    if person:
        return main >= LARGE
    if "capital" in kinds:
        return True
    return main >= (SMALL if candidate.sign == 1 else KNOWN) or largest >= 2 * LARGE


_FULL = re.compile(r"\b([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?:\s[A-Z]\.)?\s([A-Z][A-Za-z'’-]+)\b")


def _family_names(text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the folded family names of the full names in a text."""
    return frozenset(
        fold(match[2])
        for match in _FULL.finditer(text, _first(text))
        if gazetteer.flags(fold(match[1])) & GIVEN and not gazetteer.lookup(fold(match[0]))
    )
