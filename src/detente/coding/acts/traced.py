"""An event with what it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.coding.acts.act import Act
    from detente.coding.dates import When
    from detente.model import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """An event with the act behind it and the expression that dated it."""

    event: Event
    act: Act
    when: When
