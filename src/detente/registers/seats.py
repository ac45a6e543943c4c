"""Seats of organisations: where each is at home, and where nobody is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import msgspec.yaml

from detente.errors import RegisterError

PATH = Path(__file__).parent / "data" / "seats.yaml"


class Seat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one organisation has its seats.

    Attributes:
        places: The cities, each with its country.
        neutral: Those at which the state that they lie in is a member among others.
        draws: Those to which one travels for the organisation, not for the state.
    """

    places: dict[str, str]
    neutral: tuple[str, ...] = ()
    draws: tuple[str, ...] = ()


@cache
def load() -> dict[str, Seat]:
    """Return the seats by code of the organisation.

    Raises:
        RegisterError: The file does not hold what it must.
    """
    try:
        return msgspec.yaml.decode(PATH.read_bytes(), type=dict[str, Seat])
    except msgspec.MsgspecError as error:
        raise RegisterError(str(PATH), 0, str(error)) from error


def at(place: str) -> frozenset[str]:
    """Return the organisations that have a seat in a city."""
    return frozenset(code for code, seat in load().items() if place in seat.places)


def is_neutral(place: str) -> bool:
    """Whether a city is a seat at which even its own state is a member among others."""
    return place in _neutral()


def draws(place: str) -> bool:
    """Whether one travels to a city for an organisation's sake, not for the state it lies in."""
    return place in _drawing()


@cache
def _neutral() -> frozenset[str]:
    return frozenset(place for seat in load().values() for place in seat.neutral)


@cache
def _drawing() -> frozenset[str]:
    return frozenset(place for seat in load().values() for place in seat.draws)


@cache
def cities() -> frozenset[tuple[str, str]]:
    """Return the name and country of every city that is a seat."""
    return frozenset(city for seat in load().values() for city in seat.places.items())
