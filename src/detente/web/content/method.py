"""How every number is made: scales, rules and versions, from where they are defined."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import msgspec

from detente import __version__
from detente.brief.tension import RULE
from detente.registers import scales
from detente.relations import agenda, channels, competence, series, shifts, trend

if TYPE_CHECKING:
    from types import ModuleType

    from detente.web.desk import Desk


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of number is made."""

    key: str
    title: str
    text: str


class ScaleRow(msgspec.Struct, frozen=True, kw_only=True):
    """Points of one type or mode on one scale."""

    scale: str
    version: int
    key: str
    points: float


class MethodPage(msgspec.Struct, frozen=True, kw_only=True):
    """How every number is made.

    Attributes:
        version: Version of Détente.
        coder: Coder of the last reading.
        configuration: Hash of registers, frames and model of the last reading.
        methods: The methods, in the words of the code that applies them.
        scales: Points.
    """

    version: str
    coder: str
    configuration: str
    methods: tuple[Method, ...]
    scales: tuple[ScaleRow, ...]


_MODULES: tuple[tuple[str, str, ModuleType], ...] = (
    ("index", "Series and index", series),
    ("agenda", "Agenda", agenda),
    ("channels", "Channels", channels),
    ("competence", "Competence", competence),
    ("shifts", "Shifts", shifts),
    ("trend", "Improved or worsened", trend),
)
_RULES = (
    ("colour", "Colour of tension", RULE),
    (
        "incident",
        "Incidents",
        "Events that tell the same happening fold into one incident and count once: same type, "
        "status and countries, dates that meet, institutions, people and places that do not "
        "contradict each other. A reviewer may fold and unfold.",
    ),
    (
        "grade",
        "Grades of sources",
        "Reliability A to F is the publisher's and is given by people in sources.yaml of the "
        "casebook; F is unknown, not middling. Credibility 1 to 6 is the incident's: 1 where two "
        "publishers or more tell of it, else 6, unknown.",
    ),
    (
        "review",
        "Reviews",
        "A judgement stands beside the machine's record and is laid over it when numbers are made. "
        "Agreement of two readers is Krippendorff's alpha for nominal values.",
    ),
)


def load(desk: Desk) -> MethodPage:
    """Return the page."""
    with desk.view() as view:
        coder, configuration = view.coder()
    return MethodPage(
        version=__version__,
        coder=coder,
        configuration=configuration,
        methods=tuple(
            [Method(key=key, title=title, text=_told(module)) for key, title, module in _MODULES]
            + [Method(key=key, title=title, text=text) for key, title, text in _RULES]
        ),
        scales=tuple(
            ScaleRow(scale=table.name, version=table.version, key=key, points=points)
            for table in map(scales.load, scales.names())
            if table.key == "type"
            for key, points in table.points.items()
        ),
    )


def _told(module: ModuleType) -> str:
    """Return the rule as the module itself tells it."""
    text = inspect.getdoc(module) or ""
    return text.replace("``", "")
