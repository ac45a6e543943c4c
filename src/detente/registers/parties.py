"""Whether a code is a party's, and which one was meant where it is not."""

from __future__ import annotations

import csv
import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from detente.registers import describe, ontology, register
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.registers.register import Register

MOST = 3
"""Codes that are suggested in the place of an unknown one."""
EXAMPLES = "codes are like BLR, USA, EU, BLR.MFA; a name such as Belarus is answered with its code"
_COUNTRIES = Path(__file__).parent / "data" / "exchange" / "countries.csv"


def in_force() -> Register:
    """Return the shipped register with the user's own file of the settings, where it is, over it.

    Raises:
        RegisterError: The file is wrong.
    """
    own = Path(Settings.from_environment().register)
    return register.load((own,) if own.is_file() else ())


def is_institution(code: str) -> bool:
    """Whether an institution is one of those that are coded, such as ``MFA``."""
    return code in ontology.load().institutions


def refusal(book: Register, code: str) -> str | None:
    """Return why a code is no party's, with what is meant or written alike; None for a party's.

    For instance ``"Belarus: is a name; its code is BLR"``.

    Args:
        book: The register, with the user's own file laid over it.
        code: A code such as ``BLR``, ``BLOC:west``, ``BLR.MFA`` or ``BLR.MFA/vladimir-makei``.
    """
    body, _, institution = code.partition("/")[0].partition(".")
    if body in book.names:
        if not institution or is_institution(institution):
            return None
        kinds = ", ".join(sorted(ontology.load().institutions))
        return f"{code}: {institution} is no institution; there are {kinds}"
    meant = _codes(book, code)
    if meant:
        return f"{code}: is a name; its code is {' or '.join(meant)}"
    alike = list(dict.fromkeys(_alike(book, code)))[:MOST]
    hint = f"did you mean {', '.join(alike)}?" if alike else EXAMPLES
    return f"{code}: is no party's code; {hint}"


def _codes(book: Register, name: str) -> tuple[str, ...]:
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    bare = name.removeprefix("the ")
    return describe.codes(book, name, day=today) or describe.codes(book, bare, day=today)


def _alike(book: Register, code: str) -> Iterator[str]:
    """Yield the code that one is in capitals or of ISO's two letters, else those written like it, with names."""
    body, _, institution = code.upper().partition("/")[0].partition(".")
    body = _of_two_letters().get(body, body)
    if body in book.names:
        known = is_institution(institution)
        yield f"{body}.{institution}" if known else f"{body} ({book.names[body]})"
        return
    for found in describe.like(book, code.partition(".")[0]):
        for one in (found,) if found in book.names else _codes(book, found):
            if one in book.names:
                yield f"{one} ({book.names[one]})"


@cache
def _of_two_letters() -> dict[str, str]:
    """Return the code of each country by ISO's code of two letters."""
    with _COUNTRIES.open(encoding="utf-8", newline="") as handle:
        return {row["iso2"]: row["iso3"] for row in csv.DictReader(handle)}
