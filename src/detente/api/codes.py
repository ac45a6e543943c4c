"""Whether the codes of parties that are asked for mean anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief import names
from detente.errors import InputError
from detente.registers import parties

if TYPE_CHECKING:
    from detente.casebook.view import View


def check(opened: View, *codes: str) -> None:
    """Check that codes are of parties that the register, the user's own one or the casebook knows.

    Args:
        opened: The casebook that is asked.
        codes: What stands for parties, such as ``BLR`` or ``USA.MFA``.

    Raises:
        InputError: One is a name, as ``Belarus``, or nobody's code; the message gives the code, or
            those that are written alike.
    """
    for code in codes:
        if _is_known(code) or _is_on_file(opened, code):
            continue
        reason = parties.refusal(parties.in_force(), code)
        if reason is not None:
            raise InputError(reason)


def _is_known(code: str) -> bool:
    """Whether the shipped register knows a code; this needs no loading of it."""
    body, _, institution = code.partition("/")[0].partition(".")
    return names.is_known(body) and (not institution or parties.is_institution(institution))


def _is_on_file(opened: View, code: str) -> bool:
    return (
        opened.event_columns(("id",), parties=(code,)).num_rows > 0
        or bool(opened.claims(parties=(code,)))
        or bool(opened.forecasts(parties=(code,)))
    )
