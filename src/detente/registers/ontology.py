"""PLOVER's types, modes, contexts and sectors, with the grouping of contexts to domains.

The codes and scores are PLOVER v2.0's (manual of 4 February 2024, CC BY-SA 4.0); the grouping of its
37 contexts to nine domains is Détente's own. All of it stands in ``data/ontology/*.yaml``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import msgspec.yaml

from detente.errors import RegisterError
from detente.model import Domain, EventType

DATA = Path(__file__).parent / "data" / "ontology"


class TypeEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One PLOVER type.

    Attributes:
        score: Base score on PLOVER's scale, -10 to 10.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        root: CAMEO roots that it takes over, two digits each.
        modes: Score of each mode.
    """

    score: float
    quad: int
    root: tuple[str, ...]
    modes: dict[str, float] = {}


class Ontology(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole ontology.

    Attributes:
        types: The 16 types by name.
        contexts: PLOVER's 37 contexts, each with its domain.
        sectors: PLOVER's sectors and what they stand for.
        institutions: PLOVER sector of each institution of the house.
    """

    types: dict[EventType, TypeEntry]
    contexts: dict[str, Domain]
    sectors: dict[str, str]
    institutions: dict[str, str]


@cache
def load() -> Ontology:
    """Return the ontology, read once.

    Raises:
        RegisterError: The file does not hold what it must.
    """
    path = DATA / "plover.yaml"
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Ontology)
    except msgspec.MsgspecError as error:
        raise RegisterError(str(path), 0, str(error)) from error


def domain_of(context: str) -> Domain:
    """Return the domain that a PLOVER context belongs to, ``other`` if there is none.

    ``domain_of("cbrn")`` is ``"military"``.
    """
    return load().contexts.get(context, "other")


def quad_of(kind: EventType) -> int:
    """Return the quad class of a type, 1 to 4."""
    return load().types[kind].quad


def is_conflict(kind: EventType) -> bool:
    """Whether a type is one of conflict, in words or in deeds."""
    return quad_of(kind) > 2
