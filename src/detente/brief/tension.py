"""The colour of tension of a relation in one period, by a stated rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from detente.relations.trend import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.registers.scales import IndexScale
    from detente.relations.incidents import Incident

Colour = Literal["green", "yellow", "orange", "red", "grey"]
COLOURS: tuple[tuple[float, Colour], ...] = ((0.2, "green"), (0.4, "yellow"), (0.6, "orange"))
"""Highest share of conflict in all points for each colour; above the last it is red."""
RULE = (
    "Colour of tension: the share of points below zero in all points of the period without their "
    "signs; green up to 20 %, yellow up to 40 %, orange up to 60 %, red above; grey without points."
)


def tension(incidents: Sequence[Incident], scale: IndexScale) -> float | None:
    """Return the share of conflict in the points of incidents, None without points."""
    values = [points(incident, scale) for incident in incidents]
    weight = sum(abs(value) for value in values)
    return sum(-value for value in values if value < 0) / weight if weight else None


def colour(share: float | None) -> Colour:
    """Return the colour of a share of conflict: ``colour(0.25)`` is yellow."""
    if share is None:
        return "grey"
    return next((name for limit, name in COLOURS if share <= limit), "red")
