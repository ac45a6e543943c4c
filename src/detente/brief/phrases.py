"""The table of verb phrases, loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import msgspec.yaml

from detente.errors import RegisterError

if TYPE_CHECKING:
    from detente.relations.incidents import Incident

TABLE = Path(__file__).parent / "phrases.yaml"
_MEET, _TALKS = "consult/meet", "consult/talks"


class Phrase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an act is told.

    Attributes:
        verb: Base form, past and participle, parted by ``/``.
        rest: What follows the verb; ``{t}`` is the target, ``{paper}`` an instrument.
        alone: Verb where there is no target, as ``verb``.
        alone_rest: What follows that verb.
        noun: The act as a noun phrase; ``{s}`` source, ``{t}`` target.
        noun_alone: The same without a target.
        noun_plural: True where the noun phrase takes a plural verb.
        paper: What ``{paper}`` is where the text names none.
        visit: True where the target is only the country visited.
        people: True where the target is told as people: ``nationals of Estonia``, ``staff of ...``.
        broad: True where the phrase says little without the report's own words.
        placeless: True where a place in the report is that of the post, not of the act.
        met: True where people meet, so that a state beside people is told by its representatives.
        offered: True where to propose the act is the act itself: an offer, an invitation.
    """

    verb: str
    rest: str
    alone: str
    alone_rest: str
    noun: str
    noun_alone: str
    noun_plural: bool = False
    paper: str = ""
    visit: bool = False
    people: bool = False
    broad: bool = False
    offered: bool = False
    placeless: bool = False
    met: bool = False


@cache
def table() -> dict[str, Phrase]:
    """Return the table by key: a rule, ``TYPE/mode`` or ``TYPE``."""
    try:
        found = msgspec.yaml.decode(TABLE.read_bytes(), type=dict[str, Phrase])
    except msgspec.DecodeError as error:
        raise RegisterError(str(TABLE), 0, str(error)) from error
    for key, phrase in found.items():
        if phrase.verb.count("/") != 2 or phrase.alone.count("/") != 2:
            raise RegisterError(str(TABLE), 0, f"{key}: a verb needs three forms")
    return found


def phrase_of(incident: Incident, *, met: bool = True) -> Phrase:
    """Return the phrase of an incident: by its surest mention's rule, else by type and mode.

    Of the accounts of a visit those that tell it as one go before those of the talks within it.

    Args:
        incident: What is told.
        met: False where no person or body of one side is named: two states meet in talks.
    """
    phrase = _phrase_of(incident)
    return table()[_TALKS] if phrase == table()[_MEET] and not met else phrase


def _phrase_of(incident: Incident) -> Phrase:
    phrases = table()
    told = sorted(
        (event for event in incident.mentions if event.rule in phrases),
        key=lambda e: (
            incident.mode == "visit" and not phrases[e.rule].visit, -e.confidence, e.id,
        ),
    )  # fmt: skip
    if told:
        return phrases[told[0].rule]
    to_meet = any(event.rule.startswith("consult/") for event in incident.mentions)
    kind = "CONSULT" if incident.type == "AGREE" and to_meet else incident.type
    return phrases.get(f"{kind}/{incident.mode}") or phrases[kind]
