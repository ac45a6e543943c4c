"""Classes of incidents that a forecast's words ask for, from ``data/outlook/classes.yaml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from detente.errors import RegisterError
from detente.model import Domain, EventType

_FILE = Path(__file__).parent / "data" / "outlook" / "classes.yaml"


class EventClass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of incidents.

    Attributes:
        name: Name, such as ``visit``.
        types: PLOVER types that count.
        words: Lower-case words that ask for the class; none for the class that takes the rest.
        modes: PLOVER modes that count; none for all.
        relief: Types that count where the matter is forecast to stop or decrease; none where it
            is counted down instead.
        domain: Domain to ask for, ``any`` for none; None for that of the forecast.
    """

    name: str
    types: tuple[EventType, ...]
    words: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    relief: tuple[EventType, ...] = ()
    domain: Domain | Literal["any"] | None = None


def read_classes(file: Path) -> tuple[EventClass, ...]:
    """Read a file of classes.

    Raises:
        RegisterError: It does not hold a list of classes, or another than the last has no words.
    """
    try:
        classes = msgspec.yaml.decode(file.read_bytes(), type=tuple[EventClass, ...])
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise RegisterError(str(file), 0, str(error)) from error
    for number, one in enumerate(classes, 1):
        if bool(one.words) == (number == len(classes)) or not one.types:
            raise RegisterError(
                str(file), 0, f"{one.name}: types are needed, and words in all classes but the last"
            )
    return classes


@cache
def load() -> tuple[EventClass, ...]:
    """Return the shipped classes."""
    return read_classes(_FILE)


def of_text(text: str) -> EventClass:
    """Return the class of the first word in a text that asks for one; the last class without any.

    "A visit is likely after the talks" asks for ``visit``. What stands in a reason or a condition
    asks only where nothing before it does.
    """
    classes = load()
    for part in (_ASIDE.split(text, maxsplit=1)[0], text):
        found = _asked(part, classes)
        if found is not None:
            return found
    return classes[-1]


_ASIDE = re.compile(r"\b(?<!^)(?:because|since|although|though|unless|if|while|given)\b", re.I)


def _asked(text: str, classes: tuple[EventClass, ...]) -> EventClass | None:
    for word in re.findall(r"[a-z]+", text.lower()):
        for one in classes:
            if word in one.words:
                return one
    return None
