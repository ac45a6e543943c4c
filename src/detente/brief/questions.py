"""Open questions: what a careful reader of the file would ask next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief import wording
from detente.brief.cite import ranked
from detente.brief.model import Cited, Section
from detente.brief.realise import noun, the

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detente.brief.cite import Citer
    from detente.brief.select import Library, Material
    from detente.relations.incidents import Incident

MOST = 12
"""Questions of one kind that are asked one by one."""


def questions(
    found: Material,
    citer: Citer,
    library: Library,
    *,
    quotes: Callable[[Incident], Sequence[str]],
) -> Section:
    """Return the section: unfinished proposals, conflicting accounts, single sources, no dates."""
    sentences = [
        *_unfinished(found, citer, library, quotes),
        *_conflicting(found, citer, library, quotes),
        *_single(found, citer, library),
        *_undated(found, citer, library),
    ]
    return Section(key="questions", title="Open questions", sentences=tuple(sentences))


def _unfinished(
    found: Material,
    citer: Citer,
    library: Library,
    quotes: Callable[[Incident], Sequence[str]],
) -> list[Cited]:
    asked = []
    for proposal in [p for p in found.proposals if p.outcome in {"open", "lapsed"}][-MOST:]:
        incident = proposal.incident
        what = noun(incident, quotes(incident))
        words = {"planned": "planned", "proposed": "proposed", "possible": "spoken of"}
        verb = words[incident.status]
        told = f", told of as {verb} on {wording.plain(proposal.told)}" if proposal.told else ""
        text = f"what became of {the(what)}{told or f', once {verb}'}?"
        asked.append(citer.cite(wording.leading(text), ranked(incident, library)[:2]))
    return asked


def _conflicting(
    found: Material,
    citer: Citer,
    library: Library,
    quotes: Callable[[Incident], Sequence[str]],
) -> list[Cited]:
    asked = []
    for incident in [x for x in found.inside if x.differences][-MOST:]:
        for difference in incident.differences:
            given = difference.values
            values = [_shown(difference.field, value) for value, _ in given]
            lead = "On which day was" if difference.field == "date" else "Where was"
            between = f"{', '.join(values[:-1])} or {values[-1]}"
            ids = {name for _, names in given for name in names}
            mentions = [event for event in ranked(incident, library) if event.id in ids]
            text = f"{lead} {the(noun(incident, quotes(incident)))}: {between}?"
            asked.append(citer.cite(text, mentions))
    return asked


def _shown(field: str, value: str) -> str:
    return wording.told(value) if field == "date" else value


def _single(found: Material, citer: Citer, library: Library) -> list[Cited]:
    told = [x for x in found.inside if x.status == "actual"]
    single = [x for x in told if len({library.source(d).cluster or d for d in x.documents}) == 1]
    if not single:
        return []
    mentions = [ranked(incident, library)[0] for incident in reversed(single)]
    if len(told) == 1:
        return [citer.cite("The one incident is known from a single source.", mentions)]
    be = "is" if len(single) == 1 else "are"
    share = f"{wording.number(len(single)).capitalize()} of the {wording.number(len(told))}"
    if len(single) == len(told):
        share = f"All {wording.number(len(told))}"
    text = f"{share} incidents {be} known from a single source."
    return [citer.cite(text, mentions)]


def _undated(found: Material, citer: Citer, library: Library) -> list[Cited]:
    undated = [x for x in found.inside if x.start is None and x.status == "actual"]
    if not undated:
        return []
    verb = "has" if len(undated) == 1 else "have"
    text = f"{wording.counted(len(undated), 'incident')} {verb} no date in any document."
    mentions = [ranked(incident, library)[0] for incident in undated]
    return [citer.cite(wording.leading(text), mentions)]
