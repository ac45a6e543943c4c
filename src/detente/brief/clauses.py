"""The report's own words for an act that a phrase tells too broadly.

``called on Belarus to act`` says little; ``(“urged Belarus to declare a moratorium on the death
penalty”)`` beside it says what was asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.brief.cite import MOST_MENTIONS, ranked
from detente.brief.phrases import phrase_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.select import Library
    from detente.model import Event
    from detente.relations.incidents import Incident

MOST = 110
"""Characters of a clause that is quoted beside a sentence."""
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?$")
FEWEST = 3
"""Words without which it says no more than the phrase."""
_NEXT = re.compile(
    r"\s*[;:]|\s*,\s+(?=(?:and|but|or|while|although|though|which|who|whose|where|when|as|after|before"
    r"|because|citing|saying|adding|acting|in response|despite|giving)\b)|\s+(?:and|but|while|after)\s+"
    r"(?=(?:then\s+|also\s+)?(?:\w+ed|said|told|called|went|gave|took|met|held|put|made|put|sent|left)\b)"
)


def words(incident: Incident, library: Library) -> str:
    """Return the words of a report of an incident, where a sentence made from its type says little."""
    return clause(incident, ranked(incident, library)[:MOST_MENTIONS], library)


def clause(incident: Incident, mentions: Sequence[Event], library: Library) -> str:
    """Return the words of the best mention from its verb on, empty where they add nothing.

    ``the licence was renewed`` begins with its subject.

    Args:
        incident: What is told.
        mentions: Its mentions, best first.
        library: The documents.
    """
    if not phrase_of(incident).broad:
        return ""
    for event in mentions:
        if event.trigger is None or event.sentence == 0:
            continue
        told = shortened(library.passage(event.doc, _start(event, library), event.span[1]))
        if len(told.split()) >= FEWEST:
            return told
    return ""


def _start(event: Event, library: Library) -> int:
    """Return where the words begin: at the verb, of a passive at what was done something to."""
    first, last = event.trigger or event.span
    before = library.passage(event.doc, event.span[0], first)
    passive = _PASSIVE.search(before) and not library.passage(event.doc, first, last).endswith(
        "ing"
    )
    return event.span[0] if passive else first


def shortened(text: str) -> str:
    """Return a clause without what follows it, of at most ``MOST`` characters.

    ``urged Minsk to sign and voiced concern`` is ``urged Minsk to sign``.
    """
    words = " ".join(text.replace("“", "'").replace("”", "'").replace('"', "'").split())
    match = _NEXT.search(words)
    if match is not None:
        words = words[: match.start()]
    if len(words) > MOST:
        words = words[: MOST - 1].rpartition(" ")[0] + " …"
    return words.strip(" ,.'")
