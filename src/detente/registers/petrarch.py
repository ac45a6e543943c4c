"""Reads actor dictionaries in the format of PETRARCH and its kin into a user's register file.

The format: an actor's name in capitals with ``_`` for a space and its codes in brackets, ``[GBRGOV]``;
``+NAME_`` lines are its synonyms; ``[CODE date]`` lines below a name date its roles (``<YYMMDD``,
``>YYMMDD``, ``YYMMDD-YYMMDD``); ``#`` and ``;`` begin comments. The first three letters of a code
are the country, the next three the first role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.errors import RegisterError
from detente.registers.entries import InstitutionEntry, PersonEntry, UserFile

if TYPE_CHECKING:
    from collections.abc import Collection

INSTITUTIONS = {
    "GOV": "GOV", "MIL": "MIL", "LEG": "LEG", "JUD": "JUD", "COP": "INT", "SPY": "SPY",
    "OPP": "OPP", "REB": "REB", "UAF": "UAF", "BUS": "BUS", "CVL": "CVL", "EDU": "EDU",
    "MED": "MED", "NGO": "NGO", "PTY": "PTY", "REL": "REL", "INT": "IGO",
}  # fmt: skip
"""Institution of DESIGN.md section 2 by CAMEO's role code."""

_CODE = re.compile(r"\[([A-Z]{3,})\s*([^\]]*)\]")
_DAY = r"(\d{6}|\d{8})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read.

    Attributes:
        file: Entries for a user's register file.
        skipped: Line numbers and reasons of what could not be used.
    """

    file: UserFile
    skipped: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Name:
    line: int
    names: list[str]
    codes: list[tuple[str, str]]


def read(text: str, *, name: str, countries: Collection[str]) -> Imported:
    """Read an actor dictionary.

    Args:
        text: The dictionary.
        name: Its name, for errors.
        countries: Codes that the register knows; others are skipped with a reason.

    Returns:
        Entries: a dated or repeated role is a person's, another an institution's name.

    Raises:
        RegisterError: A synonym or dated code stands before any name, or nothing could be read.
    """
    blocks = _blocks(text, name)
    institutions: list[InstitutionEntry] = []
    persons: list[PersonEntry] = []
    skipped: list[tuple[int, str]] = []
    for block in blocks:
        if not block.codes:
            skipped.append((block.line, "no code"))
        for code, when in block.codes:
            country, role = code[:3], code[3:6]
            since, until = _dates(when)
            if country not in countries:
                skipped.append((block.line, f"unknown code {country!r}"))
            elif role and role not in INSTITUTIONS:
                skipped.append((block.line, f"unknown role {role!r}"))
            elif when or len(block.codes) > 1 or not role:
                persons.append(
                    PersonEntry(
                        person=block.names[0],
                        names=tuple(block.names[1:]),
                        code=country,
                        institution=INSTITUTIONS.get(role),
                        since=since,
                        until=until,
                    )
                )
            else:
                institutions.append(
                    InstitutionEntry(
                        code=country, institution=INSTITUTIONS[role], names=tuple(block.names)
                    )
                )
    if not institutions and not persons:
        raise RegisterError(name, 0, "holds no actor that can be used")
    file = UserFile(institutions=tuple(institutions), persons=tuple(persons))
    return Imported(file=file, skipped=tuple(skipped))


def _blocks(text: str, name: str) -> list[_Name]:
    blocks: list[_Name] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = re.split(r"[#;]", raw, maxsplit=1)[0].strip()
        if not line:
            continue
        codes = [(code, when.strip()) for code, when in _CODE.findall(line)]
        words = _words(_CODE.sub("", line))
        if line.startswith(("+", "[")):
            if not blocks:
                raise RegisterError(name, number, "a synonym or code stands before any name")
            blocks[-1].codes += codes
            blocks[-1].names += [words] if words else []
        elif words:
            blocks.append(_Name(number, [words], codes))
    return blocks


def _words(text: str) -> str:
    """Return a name as in running text: ``UNITED_KINGDOM_`` is "United Kingdom"."""
    words = text.strip().strip("+").replace("_", " ").split()
    return " ".join(
        word.capitalize() if word.isupper() and len(word) > 1 else word for word in words
    )


def _dates(text: str) -> tuple[str | None, str | None]:
    if not text:
        return None, None
    if found := re.fullmatch(rf"<\s*{_DAY}", text):
        return None, _day(found[1])
    if found := re.fullmatch(rf">\s*{_DAY}", text):
        return _day(found[1]), None
    if found := re.fullmatch(rf"{_DAY}\s*-\s*{_DAY}", text):
        return _day(found[1]), _day(found[2])
    return None, None


def _day(digits: str) -> str:
    """Return ISO 8601; two-digit years below 50 are of this century."""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) < 50 else "19") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
