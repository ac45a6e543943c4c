"""Hedges: how sure a text says it is, one field for each kind of word."""

from __future__ import annotations

from detente.coding.hedges.fields import quantifier_of, read
from detente.coding.hedges.words import Match, find

__all__ = ["Match", "find", "quantifier_of", "read"]
