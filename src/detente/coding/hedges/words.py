"""Words of doubt in a sentence: every hedge phrase with its place and its kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from detente.coding.hedges.numbers import share_at
from detente.registers import hedges as register
from detente.registers.hedges import Entry, HedgeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.grammar.tree import Doc, Token


class Match(msgspec.Struct, frozen=True):
    """A hedge phrase in a sentence: token offsets, its kind and its entry.

    ``share`` is the probability, 0 to 1, where the text gives it as a number.
    """

    start: int
    end: int
    kind: HedgeKind
    entry: Entry
    words: str
    share: float | None = None


_Phrase = tuple[tuple[str, ...], HedgeKind, Entry]
"""The words of a phrase, its kind and its entry."""


@cache
def _phrases() -> dict[str, dict[str | None, tuple[_Phrase, ...]]]:
    """Return the phrases by first and by second word, longest first; those of one word by None."""
    found: dict[str, dict[str | None, list[_Phrase]]] = {}
    for kind, entries in register.words().items():
        for entry in entries:
            for words in entry.words:
                first, *rest = tokens = tuple(_split(words))
                begun = found.setdefault(first, {})
                begun.setdefault(rest[0] if rest else None, []).append((tokens, kind, entry))
    return {
        first: {
            second: tuple(sorted(begun, key=lambda phrase: -len(phrase[0])))
            for second, begun in by_second.items()
        }
        for first, by_second in found.items()
    }


def _split(words: str) -> Iterator[str]:
    """Cut a phrase as the tokeniser of the parser does."""
    for word in words.replace("-", " - ").split():
        if word == "cannot":
            yield from ("can", "not")
        elif word == "can't":
            yield from ("ca", "n't")
        else:
            yield word


def find(doc: Doc) -> tuple[Match, ...]:
    """Return the hedge phrases of a sentence, longest match, in order."""
    lower = [token.lower_ for token in doc.tokens]
    phrases = _phrases()
    if phrases.keys().isdisjoint(lower) and _CHANCES.isdisjoint(lower):
        return ()
    found: list[Match] = []
    numbers = {m.start: m for m in numbered(doc, lower)}
    end = 0
    for at in [n for n, word in enumerate(lower) if word in phrases or n in numbers]:
        if at < end:
            continue
        begun = phrases.get(lower[at])
        match = numbers.get(at) or (_match_at(doc, lower, at, begun) if begun else None)
        if match is not None:
            found.append(match)
            end = match.end
    return tuple(found)


def numbered(doc: Doc, lower: Sequence[str]) -> Iterator[Match]:
    """Yield the chances that a sentence gives as numbers: "a probability of 70 percent"."""
    if _CHANCES.isdisjoint(lower):
        return
    at = 0
    while at < len(lower):
        found = share_at(lower, at)
        if found is None:
            at += 1
            continue
        length, share = found
        start, end = _with_chance(lower, at, at + length)
        if end > start:
            words = doc[at : at + length].text.lower()
            yield Match(start, end, "likelihood", _NUMBER, words, share)
        at += length


_CHANCES = frozenset("chance chances probability likelihood odds likely probable certain".split())
_NUMBER = register.Entry(words=("number",))


def _with_chance(lower: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the span of a number with the chance that it measures; an empty one without."""
    if end < len(lower) and lower[end] in _CHANCES:
        return start, end + 1
    for first in range(start - 1, max(-1, start - 6), -1):
        if lower[first] in _CHANCES:
            between = set(lower[first + 1 : start])
            return (first, end) if between <= _LINKS else (start, start)
    return start, start


_LINKS = frozenset(
    "of at is are was were put estimated about roughly around some over more than only a as the".split()
)


def _match_at(
    doc: Doc, lower: list[str], at: int, begun: dict[str | None, tuple[_Phrase, ...]]
) -> Match | None:
    after = lower[at + 1] if at + 1 < len(lower) else None
    longer = begun.get(after, ()) if after is not None else ()
    for tokens, kind, entry in (*longer, *begun.get(None, ())):
        end = at + len(tokens)
        if tuple(lower[at:end]) == tokens and _allowed(doc, at, end, kind, entry):
            return Match(at, end, kind, entry, doc[at:end].text.lower())
    return None


def _allowed(doc: Doc, at: int, end: int, kind: HedgeKind, entry: Entry) -> bool:
    token = doc[at]
    if entry.tags and token.tag_ not in entry.tags:
        return False
    if entry.number and not (end < len(doc) and is_counted(doc[end])):
        return False
    if kind == "quantifier" and token.dep_ == "advmod" and end - at == 1:
        return False
    if kind == "likelihood" and end - at == 1 and token.lower_ in {"danger", "risk"}:
        after = doc[end] if end < len(doc) else None
        if after is None or after.lower_ not in {"of", "that", "to"} or after.tag_ == "WDT":
            return False
    if kind == "frequency" and at and doc[at - 1].lower_ in {"more", "less"}:
        return False
    aside = token.dep_ in {"advcl", "acl", "npadvmod"} or (
        token.pos_ == "ADJ" and token.dep_ == "advmod"
    )
    if kind == "likelihood" and aside and any(c.lower_ == "of" for c in token.children):
        return False
    return not (entry.modal and token.tag_ != "MD")


def is_counted(token: Token) -> bool:
    """Tell whether a word is a number or a fraction: "300", "half", "a third" by its "a"."""
    after = token.i + 1 < len(token.doc) and token.nbor(1).lower_ in _FRACTIONS
    return token.like_num or token.lower_ in _SHARES or (token.lower_ == "a" and after)


_FRACTIONS = frozenset({"third", "quarter", "fifth", "tenth", "half"})
_SHARES = frozenset({"half", "twice", "double", "one-third", "two-thirds"})


def is_hedge_word(token: Token) -> bool:
    """Tell whether a word belongs to a phrase of likelihood or evidence."""
    return any(
        token.lower_ in phrase[0] and phrase[1] in {"likelihood", "evidential"}
        for phrase in _by_any_word().get(token.lower_, ())
    )


@cache
def _by_any_word() -> dict[str, tuple[tuple[tuple[str, ...], HedgeKind], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], HedgeKind]]] = {}
    every = (phrases for begun in _phrases().values() for phrases in begun.values())
    for tokens, kind, _ in (phrase for phrases in every for phrase in phrases):
        for token in tokens:
            found.setdefault(token, []).append((tokens, kind))
    return {token: tuple(items) for token, items in found.items()}


def likelihood_words() -> frozenset[str]:
    """Return the first words of every likelihood phrase, for the gate."""
    return frozenset(_words_of(("likelihood", "evidential")))


def _words_of(kinds: Iterable[HedgeKind]) -> Iterator[str]:
    table = register.words()
    for kind in kinds:
        for entry in table[kind]:
            for words in entry.words:
                yield from _split(words)
