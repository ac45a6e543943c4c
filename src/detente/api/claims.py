"""What authors claim, and which claims stand against each other.

For instance::

    from detente.api import claims

    for pair in claims.contradictions("BLR", "USA", casebook="minsk.casebook"):
        print(pair.reason, "|", pair.first.sentence, "|", pair.second.sentence)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from detente.api import codes
from detente.api.opening import Asked, as_domain, as_kind, as_period, view
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.model import ClaimKind
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
        InputError: There is no such kind or domain, a code is nobody's, or the period is impossible.
        CasebookError: There is no casebook.
    """
    from detente.relations.told import told

    domain = as_domain(asked.get("domain"))
    parties = [code for code in (party, other) if code is not None]
    if party is not None and party == other:
        raise InputError(f"{party}, {other}: a party is named twice")
    since, until = as_period(asked.get("since"), asked.get("until"))
    with view(asked.get("casebook"), as_of=asked.get("as_of")) as opened:
        codes.check(opened, *parties)
        return told(opened, parties, kind=as_kind(kind), domain=domain, since=since, until=until)


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
    from detente.relations.told import opposed

    return opposed(listed(party, other, kind=kind, **asked))
