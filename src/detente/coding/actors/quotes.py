"""Whose words a quotation holds, where it goes on for sentences or paragraphs.

The one who says so stands in the same sentence, in a later or an earlier one of the paragraph ("..., the
ministry added"), or before the colon that ends the paragraph before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from detente.coding.actors.nearby import SAYING
from detente.coding.grammar.subjects import subjects_of
from detente.coding.types import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.coding.types import Reading, Sentence
    from detente.model import Actor

OPENS, CLOSES, EITHER = "“«", "”»", '"'
_MARKS = re.compile(f"[{OPENS}{CLOSES}{EITHER}]")
Said = tuple["Actor", ...]


def voiced(
    cut: Sequence[Sentence], readings: Iterable[Reading], spoken: Mapping[int, Voice]
) -> tuple[Reading, ...]:
    """Return the readings of one document with who says "we" in each.

    Args:
        cut: All its sentences, in order.
        readings: The parsed ones, in order.
        spoken: Who has the word in a sentence, as ``voices`` tells.
    """
    by_number = {reading.sentence.number: reading for reading in readings}
    quoted: dict[int, tuple[bool, Said]] = {}
    before: Said = ()
    goes_on = False
    for _, group in groupby(cut, key=lambda s: s.paragraph):
        paragraph = list(group)
        inside, is_quoted = _inside(paragraph)
        told = [
            _sayer(by_number.get(s.number), within)
            for s, within in zip(paragraph, inside, strict=True)
        ]
        led = before if goes_on or not any(told) else ()
        for place, sentence in enumerate(paragraph):
            if is_quoted[place]:
                quoted[sentence.number] = inside[place], _nearest(told, place) or led
        before = next((one for one in reversed(told) if one), before if any(is_quoted) else ())
        goes_on = paragraph[-1].text.rstrip().endswith(":") or (any(is_quoted) and not any(told))
    return tuple(
        _with(reading, spoken.get(reading.sentence.number), quoted.get(reading.sentence.number))
        for reading in by_number.values()
    )


def _with(reading: Reading, voice: Voice | None, quoted: tuple[bool, Said] | None) -> Reading:
    if quoted is not None:
        inside, said = quoted
        voice = replace(voice or Voice(), quoted=said, inside=inside)
    return replace(reading, voice=voice) if voice is not None else reading


def _inside(paragraph: Sequence[Sentence]) -> tuple[list[bool], list[bool]]:
    """Return for each sentence whether it begins within a quotation, and whether any of it is quoted."""
    inside, any_quoted = [], []
    within = False
    for sentence in paragraph:
        inside.append(within)
        held = within
        for letter in _MARKS.findall(sentence.text):
            if letter in OPENS:
                within = held = True
            elif letter in CLOSES:
                within = False
            else:
                within = not within
                held = True
        any_quoted.append(held)
    return inside, any_quoted


def _sayer(reading: Reading | None, inside: bool) -> Said:  # noqa: FBT001
    """Return the subject of a verb of saying that stands outside of quotation marks."""
    if reading is None or not reading.doc.holds(SAYING):
        return ()
    mentions = {m.head: m for m in reading.mentions}
    within = inside
    for token in reading.doc:
        if token.text in {"``", "“", "«"}:
            within = True
        elif token.text in {"''", "”", "»"}:
            within = False
        elif token.text == EITHER:
            within = not within
        elif not within and token.lemma_.lower() in SAYING:
            for subject in subjects_of(token):
                if subject.i in mentions and not mentions[subject.i].place:
                    return mentions[subject.i].actors[:1]
    return ()


def _nearest(told: Sequence[Said], place: int) -> Said:
    """Return who says so in the sentence itself, in a later one, or in an earlier one."""
    return next((one for one in (*told[place:], *reversed(told[:place])) if one), ())
