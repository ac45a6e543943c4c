"""What makes a state the one that a word without a state means: ``data/salience.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from detente.errors import RegisterError


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights by circumstance, one for each kind of word.

    Attributes:
        kinds: Kinds of word, in the order of the weights.
        weights: Circumstance to its weight for each kind.
    """

    kinds: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]


@cache
def load() -> dict[str, dict[str, float]]:
    """Return by kind of word what each circumstance weighs.

    Raises:
        RegisterError: The file cannot be read, or a row does not hold one weight for each kind.
    """
    text = (resources.files("detente.registers") / "data" / "salience.yaml").read_bytes()
    try:
        tables = msgspec.yaml.decode(text, type=tuple[Table, ...])
    except msgspec.MsgspecError as error:
        raise RegisterError("data/salience.yaml", 0, str(error)) from error
    found: dict[str, dict[str, float]] = {}
    for table in tables:
        for name, row in table.weights.items():
            if len(row) != len(table.kinds):
                raise RegisterError(
                    "data/salience.yaml", 0, f"{name!r} needs {len(table.kinds)} weights"
                )
        found |= {
            kind: {name: row[at] for name, row in table.weights.items()}
            for at, kind in enumerate(table.kinds)
        }
    return found
