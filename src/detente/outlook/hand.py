"""What people write into the ledger: forecasts, and queries in place of proposed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import InputError
from detente.outlook.queries import deadline_of, first_day
from detente.outlook.records import Outlook, Query, by_hand, checked
from detente.registers import hedges

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        raise InputError(str(error)) from error
    made = _scaled(made)
    return checked(made) if made.id else by_hand(made)


def _scaled(outlook: Outlook) -> Outlook:
    """Take the interval of a hedge word from its scale."""
    scale = hedges.scale_of(outlook.scale or DEFAULT_SCALE) if outlook.hedge else None
    if scale is None or outlook.low is not None or outlook.probability is not None:
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
        return msgspec.convert(values, Query)
    except msgspec.ValidationError as error:
        raise InputError(str(error)) from error
