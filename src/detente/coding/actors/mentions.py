"""Finds the register's names in raw text: one Aho-Corasick pass, longest match, whole words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ahocorasick_rs
import msgspec

from detente.registers import Sense

if TYPE_CHECKING:
    from detente.registers import Register


FORMAL = re.compile(
    r"\b(?:(?:Arab|Bolivarian|Co-?operative|Democratic|Eastern|Federal|Federative|Hashemite|Independent|Islamic|"
    r"Oriental|People's|People’s|Plurinational|Popular|Sovereign|Socialist|United) )*"
    r"(?:Commonwealth|Confederation|Duchy|Emirate|Federation|Kingdom|Principality|Republic|State|Sultanate|Union)"
    r" of (?:[Tt]he )?$"
)
"""What stands before the name of a state in its formal name: "the Islamic Republic of Pakistan"."""
LONGEST_FORM = 60
"""Characters before a name that are looked at for its form."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A register name in a text.

    Attributes:
        start: First character in the document's text.
        end: One past the last character.
        surface: The words.
        senses: What they can mean, at least one.
    """

    start: int
    end: int
    surface: str
    senses: tuple[Sense, ...]


class Scanner:
    """Finds all names of a register at once.

    Args:
        register: The register; its surface forms are matched as they are written, and in capitals
            where they have four letters or more ("MINSK").
        alone: Whether the texts are phrases that stand alone, in which companies and the like count.
    """

    def __init__(self, register: Register, *, alone: bool = False) -> None:
        table = {
            surface: senses
            for surface, senses in register.surfaces.items()
            if alone or not all(sense.alone for sense in senses)
        }
        for surface, senses in tuple(table.items()):
            if len(surface) >= 4 and senses[0].kind in {"state", "capital"}:
                table.setdefault(surface.upper(), senses)
            if surface.startswith("the "):
                table.setdefault("T" + surface[1:], senses)
        self._names = list(table)
        self._senses = list(table.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def scan(self, text: str) -> tuple[Hit, ...]:
        """Return the names of a text in order, without overlap.

        Names inside longer words are left out ("Oman" in "Roman"); a longer name that is no actor
        ("Air India") hides the shorter one.

        Args:
            text: Any text; offsets count in it.
        """
        found: list[Hit] = []
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if start and text[start - 1].isalnum():
                continue
            if end < len(text) and text[end].isalnum():
                if " " in text[start:end]:
                    self._within(text, start, end, found)
                continue
            senses = self._senses[number]
            if senses[0].kind != "none":
                hit = Hit(start=start, end=end, surface=text[start:end], senses=senses)
                found.append(hit)
                if senses[0].kind == "state":
                    _formal(text, found)
        return tuple(found)

    def _within(self, text: str, start: int, end: int, found: list[Hit]) -> None:
        """Add the name that begins inside one that ends within a word: "Sudanese" in "the Sudanese"."""
        first = text.index(" ", start, end) + 1
        last = end
        while last < len(text) and text[last].isalnum():
            last += 1
        found.extend(
            Hit(
                start=hit.start + first, end=hit.end + first, surface=hit.surface,
                senses=hit.senses,
            )
            for hit in self.scan(text[first:last])
        )  # fmt: skip


def _formal(text: str, found: list[Hit]) -> None:
    """Let the last name, a state's, begin where its formal name does."""
    hit = found[-1]
    before = text[max(0, hit.start - LONGEST_FORM) : hit.start]
    form = FORMAL.search(before) if before.endswith((" of ", " of the ", " of The ")) else None
    if form is None:
        return
    start = hit.start - len(before) + form.start()
    found.pop()
    while found and found[-1].end > start:
        found.pop()
    found.append(msgspec.structs.replace(hit, start=start, surface=text[start : hit.end]))
