"""What people write into the ledger: forecasts, and queries in place of proposed ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from detente.errors import InputError
from detente.model import Direction, Domain, EventType, Status
from detente.outlook.queries import deadline_of, first_day
from detente.outlook.records import Comparison, Outlook, Query, by_hand, checked
from detente.registers import hedges, parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.outlook.records import Version

DEFAULT_SCALE = "icd-203"


def written(text: str, *, issued: str, **fields: object) -> Outlook:
    """Return a forecast written by hand, checked.

    Args:
        text: Its words.
        issued: Day of issue, ISO 8601.
        **fields: Other fields of ``Outlook``; a ``hedge`` that stands on the ``scale`` gives the
            interval where neither that nor a probability is given.

    Raises:
        InputError: A field is not known or cannot be used; the message names it.
    """
    unknown = set(fields) - set(Outlook.__struct_fields__)
    if unknown:
        raise InputError(f"{', '.join(sorted(unknown))}: a forecast has no such field")
    values = {name: value for name, value in fields.items() if value is not None}
    given = {"entry": "forecast", "id": "", **values, "text": text, "issued": issued}
    try:
        made = msgspec.convert(given, Outlook)
    except msgspec.ValidationError as error:
        raise InputError(_reason(error, given)) from error
    made = _scaled(made)
    if made.document is None:
        for name in ("subject", "object", "about"):
            _check_codes(getattr(made, name), name)
    return checked(made) if made.id else by_hand(made)


def _check_codes(codes: Iterable[str], field: str) -> None:
    """Refuse parties that the register, with the user's own file over it, does not know."""
    for code in codes:
        reason = parties.refusal(parties.in_force(), code)
        if reason is not None:
            raise InputError(f"{field}: {reason}")


def _reason(error: msgspec.ValidationError, given: Mapping[str, object]) -> str:
    """Return what is wrong with a field, by its name and with the values that it may have."""
    text = str(error)
    found = re.search(r"`\$\.(\w+)", text)
    if found is None:
        return text
    field = found[1]
    known = _KNOWN.get(field)
    value = given.get(field)
    if known is None:
        return f"{field}: {value!r} cannot be used: {text.partition(' - at ')[0]}"
    values = value if isinstance(value, (list, tuple)) else (value,)
    wrong = next((one for one in values if one not in known), value)
    return f"{field}: {wrong!r} is none of {', '.join(known)}"


_KNOWN: dict[str, tuple[str, ...]] = {
    "direction": get_args(Direction), "domain": get_args(Domain), "types": get_args(EventType),
    "statuses": get_args(Status), "comparison": get_args(Comparison),
}  # fmt: skip


def _scaled(outlook: Outlook) -> Outlook:
    """Take the interval of a hedge word from its scale."""
    if not outlook.hedge and not outlook.scale:
        return outlook
    scale = hedges.scale_of(outlook.scale or DEFAULT_SCALE)
    if not outlook.hedge or outlook.low is not None or outlook.probability is not None:
        return outlook
    interval = scale.interval((str(outlook.hedge),))
    if interval is None:
        return outlook
    return msgspec.structs.replace(outlook, scale=scale.name, low=interval[0], high=interval[1])


def edited(outlook: Outlook, version: Version | None, changes: Mapping[str, object]) -> Query:
    """Return a forecast's query with changes; the base rate is left to be counted again.

    Args:
        outlook: The forecast.
        version: The version to start from; None starts from the forecast's days alone.
        changes: Fields of ``Query``; ``any`` as domain or format stands for all.

    Raises:
        InputError: A field is not known, has a wrong type, or types or parties are missing.
    """
    unknown = set(changes) - set(Query.__struct_fields__)
    if unknown:
        raise InputError(f"{', '.join(sorted(unknown))}: a query has no such field")
    deadline = deadline_of(outlook)
    start: dict[str, Any] = {
        "types": (),
        "parties": (),
        "first": first_day(outlook, deadline),
        "deadline": deadline,
    }
    if version is not None:
        start = msgspec.structs.asdict(version.query)
    given = {name: value for name, value in changes.items() if value is not None}
    values = {**start, "base_rate": None, "lookback": 0, **given}
    for name in ("domain", "format"):
        values[name] = None if values.get(name) == "any" else values.get(name)
    try:
        made = msgspec.convert(values, Query)
    except msgspec.ValidationError as error:
        raise InputError(_reason(error, values)) from error
    for party in made.parties:
        _check_codes(filter(None, party.split("|")), "parties")
    return made
