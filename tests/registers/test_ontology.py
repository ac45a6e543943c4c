"""Types, scores, contexts and their domains."""

from typing import get_args

import pytest

from detente.model import Domain, EventType
from detente.registers import ontology


def test_all_types_and_contexts_are_there():
    known = ontology.load()
    assert set(known.types) == set(get_args(EventType))
    assert len(known.contexts) == 37
    assert set(known.contexts.values()) == set(get_args(Domain))


@pytest.mark.parametrize(
    ("kind", "quad"), [("AGREE", 1), ("AID", 2), ("ACCUSE", 3), ("ASSAULT", 4)]
)
def test_quad(kind, quad):
    assert ontology.quad_of(kind) == quad


def test_accuse_has_its_sign_back():
    assert ontology.load().types["ACCUSE"].score == -3.0
