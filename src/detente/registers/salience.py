"""What makes a state the one that a word without a state means: ``data/salience.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from detente.errors import RegisterError

KINDS = ("office", "body", "envoy", "country", "doer", "bearer")
"""Kinds of word that are asked for, in the order of the table's columns."""


@cache
def load() -> dict[str, dict[str, float]]:
    """Return by kind of word what each circumstance weighs.

    Raises:
        RegisterError: The file cannot be read, or a row does not hold one weight for each kind.
    """
    text = (resources.files("detente.registers") / "data" / "salience.yaml").read_bytes()
    try:
        rows = msgspec.yaml.decode(text, type=dict[str, tuple[float, ...]])
    except msgspec.MsgspecError as error:
        raise RegisterError("data/salience.yaml", 0, str(error)) from error
    for name, row in rows.items():
        if len(row) != len(KINDS):
            raise RegisterError("data/salience.yaml", 0, f"{name!r} needs {len(KINDS)} weights")
    return {
        kind: {name: row[at] for name, row in rows.items()} for at, kind in enumerate(KINDS)
    }
