"""Peoples and regions within one state, by their adjectives (``data/peoples.yaml``)."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from detente.errors import RegisterError


@cache
def load() -> dict[str, str]:
    """Return the state's code by adjective, as in running text: ``{"Tibetan": "CHN"}``.

    Raises:
        RegisterError: The file is wrong, or an adjective stands twice.
    """
    text = (resources.files("detente.registers") / "data" / "peoples.yaml").read_bytes()
    try:
        read = msgspec.yaml.decode(text, type=dict[str, tuple[str, ...]])
    except msgspec.MsgspecError as error:
        raise RegisterError("data/peoples.yaml", 0, str(error)) from error
    found: dict[str, str] = {}
    for code, adjectives in read.items():
        for adjective in adjectives:
            if adjective in found:
                raise RegisterError("data/peoples.yaml", 0, f"{adjective!r} stands twice")
            found[adjective] = code
    return found
