"""What authors claim, and which claims stand against each other.

For instance::

    from detente.api import claims

    for pair in claims.contradictions("BLR", "USA", casebook="minsk.casebook"):
        print(pair.reason, "|", pair.first.sentence, "|", pair.second.sentence)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack, get_args

from detente.api.opening import Asked, as_codes, as_date, view
from detente.errors import InputError
from detente.model import ClaimKind, Domain

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.relations.told import Opposed, Told

__all__ = ["contradictions", "listed"]


def listed(
    party: str | None = None,
    other: str | None = None,
    *,
    kind: ClaimKind | None = None,
    **asked: Unpack[Asked],
) -> tuple[Told, ...]:
    """Return what authors claim, each claim with its sentence, by day of publication.

    Args:
        party: Only claims that concern this code.
        other: Only claims that concern this code too.
        kind: Only this kind, such as ``cause``.
        **asked: ``casebook``, ``domain``, ``since``, ``until`` (days of publication), ``as_of``.

    Raises:
        InputError: There is no such kind or domain, or the period is impossible.
        CasebookError: There is no casebook.
    """
    from detente.relations import told

    found: tuple[Told, ...] = _asked(told.told, party, other, kind, asked)
    return found


def contradictions(
    party: str | None = None,
    other: str | None = None,
    *,
    kind: ClaimKind | None = None,
    **asked: Unpack[Asked],
) -> tuple[Opposed, ...]:
    """Return pairs of claims that cannot both hold, inside a document or between documents.

    They are listed side by side and never merged. The arguments are those of ``listed``.
    """
    from detente.relations import told

    found: tuple[Opposed, ...] = _asked(told.opposed, party, other, kind, asked)
    return found


def _asked(
    question: Callable[..., Any],
    party: str | None,
    other: str | None,
    kind: ClaimKind | None,
    asked: Asked,
) -> Any:  # noqa: ANN401
    as_codes(*(code for code in (party, other) if code is not None))
    domain = asked.get("domain")
    for name, value, known in (
        ("kind", kind, get_args(ClaimKind)),
        ("domain", domain, get_args(Domain)),
    ):
        if value is not None and value not in known:
            raise InputError(f"{value}: no such {name}; there are {', '.join(known)}")
    if party is not None and party == other:
        raise InputError(f"{party}, {other}: a party is named twice")
    since, until = as_date(asked.get("since")), as_date(asked.get("until"))
    if since is not None and until is not None and until < since:
        raise InputError(f"the period ends on {until}, before it begins on {since}")
    parties = [code for code in (party, other) if code is not None]
    with view(asked.get("casebook"), as_of=asked.get("as_of")) as opened:
        return question(opened, parties, kind=kind, domain=domain, since=since, until=until)
