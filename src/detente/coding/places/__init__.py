"""Places: toponyms found in text, resolved to GeoNames ids, and given to predicates."""

from __future__ import annotations

from detente.coding.places.attach import of
from detente.coding.places.dateline import Dateline, dateline, dateline_end
from detente.coding.places.find import find, find_text
from detente.coding.places.records import PlaceMention

__all__ = ["Dateline", "PlaceMention", "dateline", "dateline_end", "find", "find_text", "of"]
