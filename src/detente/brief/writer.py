"""Writing a brief: select, tell, cite. The same records give the same bytes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from detente.brief import names, wording
from detente.brief.cite import MOST_MENTIONS, Citer, ranked
from detente.brief.model import Brief, Cited, Item, Point, Section
from detente.brief.questions import questions
from detente.brief.realise import noun, tell
from detente.brief.select import YEAR, Library, Material, ViewLibrary, material
from detente.brief.voices import expected, said
from detente.registers import scales
from detente.relations.proposals import OPEN_STATUSES
from detente.relations.trend import Comparison, compare, points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from detente.casebook.view import View
    from detente.model import Claim, Event, Forecast
    from detente.registers.scales import IndexScale
    from detente.relations.incidents import Incident
    from detente.relations.proposals import Proposal

MOST_ITEMS = 80
"""Incidents told one by one; of more, those with most points and mentions are told."""
GROUP_FROM = 8
"""From so many incidents on, the list has a heading for each year."""

_SHORT = {
    "CONSULT/visit": "Visit", "CONSULT/phone": "Call", "CONSULT": "Meeting", "AGREE": "Accord",
    "SUPPORT": "Support", "CONCEDE": "Concession", "COOPERATE": "Cooperation", "AID": "Aid",
    "RETREAT": "Step back", "REQUEST": "Demand", "ACCUSE": "Accusation", "REJECT": "Refusal",
    "THREATEN": "Threat", "PROTEST": "Protest", "SANCTION": "Sanctions", "MOBILIZE": "Mobilisation",
    "COERCE": "Coercion", "ASSAULT": "Attack", "support/sign": "Signing", "agree/invite": "Invitation",
    "cooperate/exercise": "Exercise", "sanction/expel": "Expulsion", "sanction/recall": "Recall",
}  # fmt: skip
_OUTCOMES = {
    "agreed": "It was later agreed:",
    "refused": "It was refused:",
}


def write(
    view: View,
    party_a: str,
    party_b: str,
    *,
    domain: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: datetime | None = None,
    scale: str = "barometer-1",
) -> Brief:
    """Write a brief on one relation from a casebook.

    Args:
        view: The casebook.
        party_a: Code of a country, organisation, bloc or institution, such as ``BLR``.
        party_b: The other one.
        domain: Only incidents of this domain.
        since: First day; the first dated incident where None.
        until: Last day; the last dated incident where None.
        as_of: Recorded time up to which the casebook is believed.
        scale: Name or file of the index scale.

    Raises:
        InputError: The period ends before it begins, or there is no such scale.
    """
    parties = (party_a, party_b)
    return compose(
        view.records(parties=parties, as_of=as_of),
        ViewLibrary(view),
        parties,
        domain=domain,
        since=since,
        until=until,
        scale=scales.load(scale),
        claims=view.claims(parties=parties, as_of=as_of),
        forecasts=view.forecasts(parties=parties, as_of=as_of),
        colophon=_about(view, as_of),
    )


def compose(  # noqa: PLR0913
    events: Sequence[Event],
    library: Library,
    parties: tuple[str, str],
    *,
    domain: str | None = None,
    since: date | None = None,
    until: date | None = None,
    scale: IndexScale | None = None,
    claims: Sequence[Claim] = (),
    forecasts: Sequence[Forecast] = (),
    colophon: Sequence[tuple[str, str]] = (),
) -> Brief:
    """Write a brief from events whose incidents are folded, and from claims and forecasts.

    Arguments are those of ``write``; ``library`` looks documents up.
    """
    table = scales.load() if scale is None else scale
    found = material(events, library, parties, domain=domain, since=since, until=until)
    desk = Desk(found, library, table)
    compared = desk.compared
    headline = desk.headline()
    sections = (
        desk.state(),
        desk.happened(),
        desk.habits(),
        desk.planned(),
        desk.background(),
        said(claims, desk.citer, library, domain=domain, since=since, until=until),
        expected(forecasts, desk.citer, library, domain=domain, since=since, until=until),
        questions(found, desk.citer, library, quotes=desk.quotes),
    )
    return Brief(
        title=f"{names.bare(parties[0])} and {names.bare(parties[1])}",
        headline=headline,
        parties=parties,
        domain=domain,
        since=found.since,
        until=found.until,
        comparison=compared,
        sections=tuple(s for s in sections if s.sentences or s.items),
        citations=desk.citer.citations(),
        timeline=desk.timeline(),
        scale=table.label,
        colophon=(*_period_words(found), ("Scale", table.label), *colophon),
    )


class Desk:
    """One brief in the making: the material, the citations, and the parts."""

    def __init__(self, found: Material, library: Library, scale: IndexScale) -> None:
        self.found = found
        self.library = library
        self.scale = scale
        self.citer = Citer(library)
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
            found.incidents, self.scale, since=min(since, found.until), until=found.until
        )

    def quotes(self, incident: Incident) -> list[str]:
        """Return the sentences that tell of an incident, best first."""
        told = ranked(incident, self.library)[:MOST_MENTIONS]
        return [self.library.quote(event.doc, event.sentence) for event in told]

    def best(self, incidents: Sequence[Incident]) -> list[Event]:
        """Return the best mention of each incident."""
        return [ranked(incident, self.library)[0] for incident in incidents]

    def headline(self) -> Cited:
        """Return what a reader must know first."""
        one, two = self.names
        where = f" in the {_domain(self.found.domain)} domain" if self.found.domain else ""
        told = _newest_first([x for x in self.found.inside if x.status == "actual"])
        if not self.found.incidents:
            return Cited(text=f"No document here tells of dealings between {one} and {two}{where}.")
        compared = self.compared
        if compared is None or not told:
            count = wording.counted(len(self.found.inside), "record")
            text = f"{count} concern {one} and {two}{where}, none of a dated act that took place"
            return self.citer.cite(wording.sentence(text), self.best(self.found.inside))
        basis = [self._by_id[name] for name in compared.incidents]
        text = _HEADLINES[compared.trend].format(a=one, b=two, where=where)
        numbers = f"{_incidents(compared.count)} {_between(compared)}"
        numbers += (
            f", against {wording.number(compared.before_count, zero='none')} in {_before(compared)}"
        )
        return self.citer.cite(
            wording.sentence(f"{text}: {numbers}"), self.best(_newest_first(basis) or told)
        )

    def state(self) -> Section:
        """Return the section on the state of the relation."""
        compared = self.compared
        title = "State of the relation"
        if compared is None or not compared.incidents:
            return Section(key="state", title=title)
        basis = [self._by_id[name] for name in compared.incidents]
        cites = self.best(_newest_first(basis))
        sentences = [self.citer.cite(text, cites) for text in _state(compared, self.scale)]
        now = [x for x in basis if x.start and x.start >= compared.since]
        if now:
            sentences.append(self.citer.cite(_domains(now), self.best(_newest_first(now))))
        return Section(key="state", title=title, sentences=tuple(sentences))

    def happened(self) -> Section:
        """Return the incidents of the period, newest first."""
        told = [x for x in self._told() if not self._old(x)]
        shown, lead = self._chosen(told)
        grouped = len(shown) >= GROUP_FROM and len({x.start.year for x in shown if x.start}) > 1
        items = [self._item(x, grouped=grouped) for x in _newest_first(shown)]
        return Section(key="happened", title="What happened", sentences=lead, items=tuple(items))

    def background(self) -> Section:
        """Return what the documents tell of the time before the file begins, newest first."""
        told = _newest_first([x for x in self._told() if self._old(x)])
        items = tuple(self._item(x) for x in told)
        return Section(key="background", title="Background", items=items)

    def _told(self) -> list[Incident]:
        return [x for x in self.found.inside if x.status in {"actual", "negated"}]

    def _old(self, incident: Incident) -> bool:
        since = self.found.since
        return incident.start is not None and since is not None and _last(incident) < since

    def habits(self) -> Section:
        """Return what the documents tell of as a habit."""
        told = [x for x in self.found.inside if x.status == "habitual"]
        sentences = [self.tell(x) for x in _newest_first(told)]
        return Section(key="habits", title="Standing practice", sentences=tuple(sentences))

    def _chosen(self, told: list[Incident]) -> tuple[list[Incident], tuple[Cited, ...]]:
        if len(told) <= MOST_ITEMS:
            return told, ()
        weight = sorted(
            told,
            key=lambda x: (-abs(points(x, self.scale)), -len(x.mentions), -_ordinal(x), x.id),
        )[:MOST_ITEMS]
        text = (
            f"Of {len(told):,} incidents, the {MOST_ITEMS} with most points on the scale "
            "and most mentions are told here."
        )
        return weight, (self.citer.cite(text, self.best(_newest_first(weight))),)

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
        """Return one cited sentence on an incident."""
        mentions = ranked(incident, self.library)[:MOST_MENTIONS]
        return self.citer.cite(tell(incident, self.quotes(incident), dated=dated), mentions)

    def _differences(self, incident: Incident) -> list[Cited]:
        """Say what other accounts give."""
        from detente.relations.incidents import day

        events = {event.id: event for event in incident.mentions}
        found = []
        for difference in incident.differences:
            for value, ids in difference.values[1:]:
                when = day(value) if difference.field == "date" else None
                shown = wording.plain(when) if when is not None else value
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
                text = wording.sentence(f"What followed was {lead} {place} {when}")
            else:
                text = f"{_OUTCOMES[proposal.outcome]} {_lower(text)}"
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
                    label=_short(incident),
                    title=tell(incident, self.quotes(incident)),
                    anchor=f"{'p' if incident.status in OPEN_STATUSES else 'i'}-{incident.id}",
                )
            )
        return tuple(sorted(found, key=lambda p: (p.day, p.anchor)))


_HEADLINES = {
    "improved": "{a} and {b} have drawn closer{where}",
    "worsened": "Relations between {a} and {b} have worsened{where}",
    "unchanged": "Relations between {a} and {b} are much as they were{where}",
    "too few to say": "Too little is known to say where {a} and {b} are heading{where}",
}


def note(incident: Incident, library: Library) -> str:
    """Return the small print of an incident: domain, institutions, ranks, mentions, sources."""
    parts = [_domain(incident.domain).capitalize()] if incident.domain != "other" else []
    sides = [_side(side) for side in (incident.source, incident.target)]
    if all(sides):
        parts.append(" – ".join(sides))
    if incident.channel.format:
        parts.append(incident.channel.format.replace("third-party", "on neutral ground"))
    if incident.channel.occasion:
        parts.append(f"on the margins of {incident.channel.occasion}")
    count = len(incident.mentions)
    sources = len({library.source(doc).cluster or doc for doc in incident.documents})
    told = {1: "told once", 2: "told twice"}.get(count, f"told {wording.number(count)} times")
    parts.append(f"{told} in {wording.counted(sources, 'source')}")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "."


def _side(actors: Sequence[object]) -> str:
    from detente.model import Actor

    found: dict[str, None] = {}
    for who in actors:
        if isinstance(who, Actor) and who.institution:
            rank = f" ({who.rank})" if who.rank else ""
            found[f"{names.institution(f'{who.country}.{who.institution}')}{rank}"] = None
    return ", ".join(found)


def _state(compared: Comparison, scale: IndexScale) -> list[str]:
    now, before = compared.count, compared.before_count
    count = (
        f"{_incidents(now)} between the two took place {_between(compared)}, "
        f"against {wording.number(before, zero='none')} in the period of the same length before it, "
        f"{wording.between(compared.before_since, compared.before_until)}"
    )
    sums = (
        f"on the scale {scale.name} they sum to {wording.signed(compared.index)} points, "
        f"against {wording.signed(compared.before_index)}"
    )
    if compared.trend == "too few to say":
        verdict = "that is too little to speak of a change"
    else:
        verdict = (
            f"a difference of up to {compared.margin:.1f} points is put down to chance, "
            f"so the relation counts as {compared.trend}"
        )
    return [wording.sentence(count), wording.sentence(f"{sums}; {verdict}")]


def _domains(incidents: Sequence[Incident]) -> str:
    counts: dict[str, int] = {}
    for incident in incidents:
        counts[incident.domain] = counts.get(incident.domain, 0) + 1
    order = sorted(counts.items(), key=lambda item: (item[0] == "other", -item[1], item[0]))
    shares = [f"{wording.number(n)} {_MATTERS.get(name, 'other matters')}" for name, n in order]
    joined = shares[0] if len(shares) == 1 else f"{', '.join(shares[:-1])} and {shares[-1]}"
    lead = "Of the incidents of the later period," if len(incidents) > 1 else "Of these,"
    verb = "concerns" if order[0][1] == 1 else "concern"
    first, _, rest = joined.partition(" ")
    return wording.sentence(f"{lead} {first} {verb} {rest}")


_MATTERS = {
    "military": "military matters", "diplomatic": "diplomacy", "economic": "the economy",
    "energy": "energy", "human_rights": "human rights", "legal": "law",
    "political": "politics", "humanitarian": "humanitarian matters", "other": "other matters",
}  # fmt: skip


def _domain(domain: str | None) -> str:
    return (domain or "").replace("_", " ")


def _incidents(count: int) -> str:
    return wording.counted(count, "incident")


def _between(compared: Comparison) -> str:
    return wording.between(compared.since, compared.until)


def _before(compared: Comparison) -> str:
    days = (compared.until - compared.since).days + 1
    if abs(days - YEAR.days) <= 1:
        return "the twelve months before"
    return f"the {days:,} days before"


def _lower(text: str) -> str:
    """Take the capital off a preposition or article that moves inside a sentence."""
    first = text.partition(" ")[0]
    return text[0].lower() + text[1:] if first in {"On", "In", "From", "The", "A", "An"} else text


def _newest_first(incidents: Sequence[Incident]) -> list[Incident]:
    return sorted(incidents, key=lambda x: (_ordinal(x), x.id), reverse=True)


def _last(incident: Incident) -> date:
    return incident.end or incident.start or date.max


def _ordinal(incident: Incident) -> int:
    return incident.start.toordinal() if incident.start else 0


def _short(incident: Incident) -> str:
    rules = [event.rule for event in incident.mentions if event.rule in _SHORT]
    mode = f"{incident.type}/{incident.mode}"
    head = _SHORT[rules[0]] if rules else _SHORT.get(mode, _SHORT[incident.type])
    people = [a.person.split()[-1] for a in (*incident.source, *incident.target) if a.person]
    return f"{head}: {', '.join(dict.fromkeys(people[:2]))}" if people else head


def _period_words(found: Material) -> tuple[tuple[str, str], ...]:
    if found.since is None or found.until is None:
        return (("Period", "none asked for, and no incident has a date"),)
    text = wording.between(found.since, found.until)
    basis = " (no period was asked for: from the first to the last incident told within a year of its day)"
    return (("Period", text + (basis if found.whole else "")),)


def _about(view: View, as_of: datetime | None) -> tuple[tuple[str, str], ...]:
    """Say what the brief was made from; nothing that changes from run to run."""
    import detente

    path = getattr(view, "path", None)
    counts = view.counts(as_of=as_of)
    found = [("Casebook", path.name)] if path is not None else []
    found.append(("Documents read", f"{counts.documents:,}"))
    found.append(("Coder", f"detente {detente.__version__}"))
    found.append(("As of", as_of.isoformat() if as_of is not None else "all that is recorded"))
    return tuple(found)
