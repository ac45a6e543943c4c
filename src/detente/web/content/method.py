"""How every number is made: scales, rules and versions, from where they are defined."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import msgspec

from detente import __version__
from detente.brief.tension import RULE
from detente.outlook.scoring import SHORT
from detente.registers import scales
from detente.relations import agenda, ceiling, channels, competence, series, shifts, trend

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


def _unlabelled(text: str) -> str:
    """Return a text without the title that it repeats: ``Agenda: what ...``."""
    label, _, rest = text.partition(": ")
    text = rest if len(label.split()) <= 3 else text
    return text[:1].upper() + text[1:]


_MODULES: tuple[tuple[str, str, ModuleType], ...] = (
    ("index", "Series and index", series),
    ("agenda", "Agenda", agenda),
    ("channels", "Channels", channels),
    ("competence", "Competence", competence),
    ("shifts", "Shifts", shifts),
    ("trend", "Improved or worsened", trend),
    ("ceiling", "Ceiling of a third party", ceiling),
)
_RULES = (
    ("colour", "Colour of tension", _unlabelled(RULE)),
    (
        "overview",
        "Index and change of the overview",
        "The index of a partner is the sum of points of the last twelve months up to the last day asked for, the change "
        "is against the twelve months before. An alert is Page and Hinkley's test of the monthly counts against their "
        "level in the twelve months before.",
    ),
    (
        "confidence",
        "Confidence of an event",
        "The prior of the frame that found it, lowered by a factor where its status is not actual, and where a party is "
        "described, not named, or not told. “Every step of the coder” names the frame and the factors. It orders the "
        "review queue and weighs in no count.",
    ),
    (
        "forecasts",
        "Forecasts and their scores",
        "A forecast is frozen when it is coded. Its chance is the number that the text gives, else the middle of the "
        "interval that its hedge word has on the named scale; without either it has none and is not scored. A query "
        "(incidents of a class, by a day) resolves it, looking at nothing published later; void means that the casebook "
        "cannot know.\n\n"
        "Brier score: mean of (chance − outcome)², 0 to 1, 0 is best, with a 95 % interval by bootstrap. Skill: 1 − score ÷ "
        "score of the base rate. Calibration: said against seen with its 95 % interval. Under "
        f"{SHORT} scored forecasts nothing is said of anybody.",
    ),
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
    """Return the rule as the module itself tells it, its constants as numbers."""

    def value(named: re.Match[str]) -> str:
        found = getattr(module, named[1], None)
        return f"{found:g}" if isinstance(found, (int, float)) else named[1]

    return _unlabelled(re.sub("``([^`]+)``", value, inspect.getdoc(module) or ""))
