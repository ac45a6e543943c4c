"""One brief in the making: the material of a relation, its citations, and the parts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from detente.brief import names, wording
from detente.brief.cite import MOST_MENTIONS, Citer, ranked
from detente.brief.clauses import words
from detente.brief.model import Cited, Item, Point, Section
from detente.brief.parts import (
    HEADLINES,
    domain_name,
    domain_words,
    headline_words,
    last_day,
    lowered,
    newest_first,
    note,
    ordinal,
    short_label,
    state_words,
)
from detente.brief.realise import noun, tell
from detente.brief.select import YEAR
from detente.relations.proposals import OPEN_STATUSES
from detente.relations.trend import Comparison, compare, points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from detente.brief.select import Library, Material
    from detente.model import Event
    from detente.registers.scales import IndexScale
    from detente.relations.incidents import Incident
    from detente.relations.proposals import Proposal

MOST_ITEMS = 80
"""Incidents told one by one; of more, those with most points and mentions are told."""
GROUP_FROM = 8
"""From so many incidents on, the list has a heading for each year."""

_OUTCOMES = {
    "agreed": "It was later agreed:",
    "refused": "It was refused:",
}


class Desk:
    """One brief in the making: the material, the citations, and the parts."""

    def __init__(
        self,
        found: Material,
        library: Library,
        scale: IndexScale,
        citer: Citer | None = None,
        *,
        before: tuple[date, date] | None = None,
    ) -> None:
        """Start.

        Args:
            found: The material.
            library: The documents.
            scale: Points.
            citer: Numbers on where several relations share one list of sources.
            before: Period to compare with; as long as the brief's and right before it where None.
        """
        self.before = before
        self.found = found
        self.library = library
        self.scale = scale
        self.citer = Citer(library) if citer is None else citer
        self.names = tuple(names.party(code) for code in found.parties)
        self.compared = self._compare()
        self._by_id = {incident.id: incident for incident in found.incidents}

    def _compare(self) -> Comparison | None:
        found = self.found
        if found.since is None or found.until is None:
            return None
        since = found.since
        if found.whole:
            since = max(found.since, found.until - YEAR + timedelta(days=1))
            if since == found.since:
                since = found.since + (found.until - found.since) // 2 + timedelta(days=1)
        return compare(
            found.incidents,
            self.scale,
            since=min(since, found.until),
            until=found.until,
            before=self.before,
        )

    def quotes(self, incident: Incident) -> list[str]:
        """Return the sentences that tell of an incident, best first."""
        told = ranked(incident, self.library)[:MOST_MENTIONS]
        return [self.library.quote(event.doc, event.sentence) for event in told]

    def noun(self, incident: Incident) -> str:
        """Return an incident as a noun phrase."""
        return noun(incident, self.quotes(incident))

    def best(self, incidents: Sequence[Incident]) -> list[Event]:
        """Return the best mention of each incident."""
        return [ranked(incident, self.library)[0] for incident in incidents]

    def headline(self) -> Cited:
        """Return what a reader must know first."""
        one, two = self.names
        where = f" in the {domain_name(self.found.domain)} domain" if self.found.domain else ""
        told = newest_first([x for x in self.found.inside if x.status == "actual"])
        if not self.found.incidents:
            return Cited(text=f"No document here tells of dealings between {one} and {two}{where}.")
        compared = self.compared
        if compared is None or not told:
            count = wording.counted(len(self.found.inside), "record")
            text = f"{count} concern {one} and {two}{where}, none of a dated act that took place"
            return self.citer.cite(wording.sentence(text), self.best(self.found.inside))
        basis = [self._by_id[name] for name in compared.incidents]
        text = HEADLINES[compared.trend].format(a=one, b=two, where=where)
        numbers = headline_words(compared)
        return self.citer.cite(
            wording.sentence(f"{text}: {numbers}"), self.best(newest_first(basis) or told)
        )

    def state(self) -> Section:
        """Return the section on the state of the relation."""
        compared = self.compared
        title = "State of the relation"
        if compared is None or not compared.incidents:
            return Section(key="state", title=title)
        basis = [self._by_id[name] for name in compared.incidents]
        cites = self.best(newest_first(basis))
        sentences = [self.citer.cite(text, cites) for text in state_words(compared, self.scale)]
        now = [x for x in basis if x.start and x.start >= compared.since]
        if now:
            sentences.append(self.citer.cite(domain_words(now), self.best(newest_first(now))))
        return Section(key="state", title=title, sentences=tuple(sentences))

    def happened(self) -> Section:
        """Return the incidents of the period, newest first."""
        told = [x for x in self._told() if not self._old(x)]
        shown, lead = self._chosen(told)
        grouped = len(shown) >= GROUP_FROM and len({x.start.year for x in shown if x.start}) > 1
        items = [self._item(x, grouped=grouped) for x in newest_first(shown)]
        return Section(key="happened", title="What happened", sentences=lead, items=tuple(items))

    def background(self) -> Section:
        """Return what the documents tell of the time before the file begins, newest first."""
        told = newest_first([x for x in self._told() if self._old(x)])
        items = tuple(self._item(x) for x in told)
        return Section(key="background", title="Background", items=items)

    def _told(self) -> list[Incident]:
        return [x for x in self.found.inside if x.status in {"actual", "negated"}]

    def _old(self, incident: Incident) -> bool:
        since = self.found.since
        return incident.start is not None and since is not None and last_day(incident) < since

    def habits(self) -> Section:
        """Return what the documents tell of as a habit."""
        told = [x for x in self.found.inside if x.status == "habitual"]
        sentences = [self.tell(x) for x in newest_first(told)]
        return Section(key="habits", title="Standing practice", sentences=tuple(sentences))

    def _chosen(self, told: list[Incident]) -> tuple[list[Incident], tuple[Cited, ...]]:
        if len(told) <= MOST_ITEMS:
            return told, ()
        weight = sorted(
            told,
            key=lambda x: (-abs(points(x, self.scale)), -len(x.mentions), -ordinal(x), x.id),
        )[:MOST_ITEMS]
        text = (
            f"Of {len(told):,} incidents, the {MOST_ITEMS} with most points on the scale "
            "and most mentions are told here."
        )
        return weight, (self.citer.cite(text, self.best(newest_first(weight))),)

    def _item(self, incident: Incident, *, grouped: bool = False) -> Item:
        dated = incident.start is None or incident.status not in {"actual", "negated"}
        sentences = [self.tell(incident, dated=dated), *self._differences(incident)]
        year = str(incident.start.year) if incident.start else "No date"
        return Item(
            label=wording.label(incident.start, incident.end, incident.precision),
            sentences=tuple(sentences),
            note=note(incident, self.library),
            incident=incident.id,
            group=year if grouped else "",
        )

    def tell(self, incident: Incident, *, dated: bool = True) -> Cited:
        """Return one cited sentence on an incident, with the report's words where it says little."""
        mentions = ranked(incident, self.library)[:MOST_MENTIONS]
        text = tell(
            incident, self.quotes(incident), dated=dated, words=words(incident, self.library)
        )
        return self.citer.cite(text, mentions)

    def _differences(self, incident: Incident) -> list[Cited]:
        """Say what other accounts give."""
        events = {event.id: event for event in incident.mentions}
        found = []
        for difference in incident.differences:
            for value, ids in difference.values[1:]:
                shown = wording.told(value) if difference.field == "date" else value
                verb = "dates it to" if difference.field == "date" else "places it in"
                lead = "Another account" if len(ids) == 1 else "Other accounts"
                verb = (
                    verb if len(ids) == 1 else verb.replace("dates", "date").replace("s it", " it")
                )
                found.append(self.citer.cite(f"{lead} {verb} {shown}.", [events[i] for i in ids]))
        return found

    def planned(self) -> Section:
        """Return plans and proposals with what became of them."""
        order = sorted(
            self.found.proposals,
            key=lambda p: (p.told.toordinal() if p.told else 0, p.incident.id),
            reverse=True,
        )
        items = tuple(self._proposal(proposal) for proposal in order)
        return Section(key="planned", title="Planned and proposed", items=items)

    def _proposal(self, proposal: Proposal) -> Item:
        incident = proposal.incident
        sentences = [self.tell(incident)]
        follow = proposal.follow_up
        if follow is not None:
            mentions = ranked(follow, self.library)[:MOST_MENTIONS]
            text = tell(follow, self.quotes(follow))
            if proposal.outcome == "done":
                when = wording.when(follow.start, follow.end, follow.precision)
                place = "" if follow.place is None else f"in {follow.place.name}"
                lead = noun(follow, self.quotes(follow))
                text = wording.sentence(f"What came of it was {lead} {place} {when}")
            else:
                text = f"{_OUTCOMES[proposal.outcome]} {lowered(text)}"
            sentences.append(self.citer.cite(text, mentions))
        elif proposal.outcome == "lapsed":
            sentences.append(
                self.citer.cite("No document here tells that it took place.", incident.mentions[:1])
            )
        label = f"First told on {wording.plain(proposal.told)}" if proposal.told else "No date"
        return Item(
            label=label,
            sentences=tuple(sentences),
            note=note(incident, self.library),
            incident=incident.id,
        )

    def timeline(self) -> tuple[Point, ...]:
        """Return the marks of the timeline, by day."""
        found = []
        for incident in self.found.inside:
            if incident.start is None or incident.status == "habitual" or self._old(incident):
                continue
            middle = incident.start + ((incident.end or incident.start) - incident.start) // 2
            found.append(
                Point(
                    day=middle,
                    points=points(incident, self.scale),
                    actual=incident.status == "actual",
                    label=short_label(incident),
                    title=tell(incident, self.quotes(incident)),
                    anchor=f"{'p' if incident.status in OPEN_STATUSES else 'i'}-{incident.id}",
                )
            )
        return tuple(sorted(found, key=lambda p: (p.day, p.anchor)))
