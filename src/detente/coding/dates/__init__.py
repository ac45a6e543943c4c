"""Date expressions: found in text, resolved to intervals, and given to predicates.

``find`` reads text alone and is cheap; ``of`` takes a parse and chooses the expression that
dates one predicate.
"""

from __future__ import annotations

from detente.coding.dates.attach import of
from detente.coding.dates.entries import entries
from detente.coding.dates.opening import opening
from detente.coding.dates.records import DateMention, When
from detente.coding.dates.scan import find
from detente.coding.dates.stays import spread
from detente.coding.dates.told import told

__all__ = ["DateMention", "When", "entries", "find", "of", "opening", "spread", "told"]
