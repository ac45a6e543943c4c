"""What an act about an act is about: "called for talks" appeals to meet, "refused aid" refuses aid.

The table is ``registers/data/frames/contents.yaml``; it turns a frame's general CAMEO code into the
exact one and gives the PLOVER mode that the frame alone cannot tell.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import msgspec.yaml

from detente.errors import RegisterError
from detente.registers.frames import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.grammar.tree import Token
    from detente.model import EventType
    from detente.registers.frames import Frame

BELOW = frozenset(
    {"compound", "amod", "nmod", "dobj", "nsubj", "nsubjpass", "attr", "pobj", "conj"}
)
DEPTH = 3


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the table: what the content holds, and the code and mode that this gives."""

    types: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    codes: dict[str, str] = {}
    modes: dict[str, str] = {}


class Outer(NamedTuple):
    """A type with mode and general code, where no frame gives them."""

    type: EventType
    mode: str | None
    cameo: str


@cache
def table() -> tuple[Line, ...]:
    """Return the lines of ``contents.yaml`` in order.

    Raises:
        RegisterError: The file cannot be read.
    """
    path = DATA / "contents.yaml"
    try:
        return tuple(msgspec.yaml.decode(path.read_bytes(), type=list[Line]))
    except msgspec.MsgspecError as error:
        raise RegisterError(str(path), 0, str(error)) from error


def refine(
    frame: Frame | Outer, heads: Iterable[Token], inner: Frame | None
) -> tuple[str | None, str | None]:
    """Return mode and CAMEO code of an act by what it is about.

    Args:
        frame: The act's frame, or a type with its general code.
        heads: Head tokens of its content or, where it has none, of its target.
        inner: The frame of the act that is its content, if one matched.
    """
    words = {lemma for head in heads for lemma in _words(head, DEPTH)}
    kinds = {inner.type, f"{inner.type}/{inner.mode}"} if inner is not None else set()
    mode, code = frame.mode, frame.cameo
    lines = _lines(frame.type, frame.cameo)
    for line in (
        *(x for x in lines if not x.words.isdisjoint(words)),
        *(x for x in lines if not x.types.isdisjoint(kinds)),
    ):
        return mode or line.modes.get(frame.type), line.codes.get(code or "", code)
    return mode, code


@cache
def _lines(kind: EventType, code: str | None) -> tuple[Line, ...]:
    """Return the lines that say something of a type or a general code."""
    return tuple(line for line in table() if code in line.codes or kind in line.modes)


def _words(token: Token, depth: int) -> set[str]:
    """Return the lemmas at and just below a head; a pair such as ``war-crime`` is joined."""
    lemma = token.lemma_.lower()
    found = {lemma, token.lower_}
    for child in token.children:
        if child.dep_ in {"compound", "amod"}:
            found.add(f"{child.lemma_.lower()}-{lemma}")
        if depth and child.dep_ in BELOW:
            found |= _words(child, depth - 1)
        elif depth and child.dep_ == "prep" and child.lower_ in {"of", "for", "on", "to", "in"}:
            for below in child.children:
                found |= _words(below, depth - 2) if depth > 1 else set()
    return found
