"""In which states a "leader" is the head of government.

``data/leaders.yaml`` lists them; in all others it is the head of state.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from detente.errors import RegisterError


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days between which a head of government leads a state; None where open."""

    since: str | None = None
    until: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    always: tuple[str, ...]
    periods: dict[str, Period]


@cache
def load() -> dict[str, Period]:
    """Return the states that a head of government leads, by code, read once.

    Raises:
        RegisterError: The file is broken.
    """
    text = (resources.files("detente.registers") / "data" / "leaders.yaml").read_bytes()
    try:
        read = msgspec.yaml.decode(text, type=_File)
    except msgspec.MsgspecError as error:
        raise RegisterError("data/leaders.yaml", 0, str(error)) from error
    return dict.fromkeys(read.always, Period()) | read.periods


def is_led_by_government(code: str, day: str | None) -> bool:
    """Return whether the "leader" of a state is its head of government.

    Args:
        code: The state.
        day: ISO 8601; None for today, when all open periods last.
    """
    period = load().get(code)
    if period is None:
        return False
    if day is None:
        return period.until is None
    return (period.since is None or period.since <= day) and (
        period.until is None or day <= period.until
    )
