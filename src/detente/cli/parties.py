"""How the commands on a relation name its parties, and what they say of what is on file."""

from __future__ import annotations

from detente.brief import names
from detente.brief.wording import leading, mixed, sentence


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


def sorts(total: int, imported: int, noun: str = "incident", *, parted: bool = True) -> list[str]:
    """Say where acts coded here stand beside imported ones.

    Args:
        total: How many acts there are.
        imported: Of these, how many are of imported data.
        noun: What they are counted as.
        parted: Whether the command can count one sort alone.
    """
    told = mixed(total - imported, imported, noun)
    how = "; --events coded or --events imported counts one sort" if parted else ""
    return [sentence(told + how)] if told else []


def hints(*, empty: bool) -> tuple[str, ...]:
    """Say where nothing is on file."""
    if not empty:
        return ()
    return ("The casebook holds nothing of the kind for these parties and this period.",)
