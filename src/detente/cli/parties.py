"""How the commands on a relation name its parties, and what they say where nothing is on file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief import names
from detente.brief.wording import leading

if TYPE_CHECKING:
    from collections.abc import Sequence


def pair(one: str, two: str) -> str:
    """Return two parties as a heading: ``The United States and Belarus``."""
    return leading(both(one, two))


def both(one: str, two: str) -> str:
    """Return two parties in running text: ``Belarus and the United States``."""
    return f"{names.party(one)} and {names.party(two)}"


def body(code: str, party: str | None = None) -> str:
    """Return an institution with its kind: ``Foreign Ministry (MFA)``.

    The code of the party itself, where no institution was named, gives ``not told``.
    """
    kind = code.partition(".")[2]
    if not kind:
        return "not told" if code == party else names.bare(code)
    name = names.institution(code)
    return kind if name == kind else f"{leading(name)} ({kind})"


def hints(parties: Sequence[str], *, empty: bool) -> tuple[str, ...]:
    """Say that nothing is on file, and which codes are on no register."""
    if not empty:
        return ()
    notes = ["The casebook holds nothing of the kind for these parties and this period."]
    return (*notes, *strange(parties))


def strange(parties: Sequence[str]) -> tuple[str, ...]:
    """Say which codes are on no register; nothing where all are."""
    found = [code for code in parties if not names.is_known(code)]
    if not found:
        return ()
    codes = f"code{'' if len(found) == 1 else 's'} {', '.join(found)}"
    return (
        f"No state or organisation of the register has the {codes}; codes are like BLR, USA, EU, "
        "BLR.MFA.",
    )
