"""Small parts of the writer: labels, small print, counted words, order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from detente.brief import names, wording
from detente.brief.select import YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.select import Library
    from detente.model import Actor
    from detente.registers.scales import IndexScale
    from detente.relations.incidents import Incident
    from detente.relations.trend import Comparison

_SHORT = {
    "CONSULT/visit": "Visit", "CONSULT/phone": "Call", "CONSULT": "Meeting", "AGREE": "Accord",
    "SUPPORT": "Support", "CONCEDE": "Concession", "COOPERATE": "Cooperation", "AID": "Aid",
    "RETREAT": "Step back", "REQUEST": "Demand", "ACCUSE": "Accusation", "REJECT": "Refusal",
    "THREATEN": "Threat", "PROTEST": "Protest", "SANCTION": "Sanctions", "MOBILIZE": "Mobilisation",
    "COERCE": "Coercion", "ASSAULT": "Attack", "support/sign": "Signing", "agree/invite": "Invitation",
    "cooperate/exercise": "Exercise", "sanction/expel": "Expulsion", "sanction/recall": "Recall",
}  # fmt: skip
HEADLINES = {
    "improved": "{a} and {b} have drawn closer{where}",
    "worsened": "Relations between {a} and {b} have worsened{where}",
    "unchanged": "Relations between {a} and {b} are much as they were{where}",
    "too few to say": "Too little is known to say where {a} and {b} are heading{where}",
}


def note(incident: Incident, library: Library) -> str:
    """Return the small print of an incident: domain, institutions, ranks, mentions, sources."""
    parts = [domain_name(incident.domain).capitalize()] if incident.domain != "other" else []
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
    return f"{wording.leading(text)}."


def _side(actors: Sequence[Actor]) -> str:
    """``Foreign Ministry (minister)``; a rank that only repeats the institution is left out."""
    found: dict[str, None] = {}
    for who in actors:
        if not who.institution:
            continue
        home = names.institution(f"{who.country}.{who.institution}")
        if who.institution == "IGO":
            home = names.bare(who.country)
        plain = who.rank is None or who.rank.startswith("head of") or who.rank in home
        found[home if plain else f"{home} ({who.rank})"] = None
    return ", ".join(found)


def state_words(compared: Comparison, scale: IndexScale) -> list[str]:
    """Return the sentences on count, points and verdict."""
    now, before = compared.count, compared.before_count
    count = (
        f"{incident_count(now)} between the two took place {period_words(compared)}, "
        f"against {wording.number(before, zero='none')} in the period before it, "
        f"{wording.between(compared.before_since, compared.before_until)}"
    )
    sums = (
        f"on the scale {scale.name} they sum to {wording.worth(compared.index)}, "
        f"against {wording.signed(compared.before_index)}"
    )
    return [wording.sentence(count), wording.sentence(f"{sums}; {verdict_words(compared)}")]


def verdict_words(compared: Comparison) -> str:
    """Return what a difference in points means, without a capital or a stop."""
    if compared.trend == "too few to say":
        return "that is too little to speak of a change"
    return (
        f"a difference of up to {compared.margin:.1f} points is put down to chance, "
        f"so the relation counts as {compared.trend}"
    )


def domain_words(incidents: Sequence[Incident]) -> str:
    """Return the sentence on what the incidents concern."""
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


def domain_name(domain: str | None) -> str:
    """Return a domain as words."""
    return (domain or "").replace("_", " ")


def incident_count(count: int) -> str:
    """Return a counted ``incident``."""
    return wording.counted(count, "incident")


def period_words(compared: Comparison) -> str:
    """Return the period of a comparison: ``between 1 May 2016 and 3 June 2016``."""
    return wording.between(compared.since, compared.until)


def before_words(compared: Comparison) -> str:
    """Return the period before: ``the twelve months before``."""
    days = (compared.until - compared.since).days + 1
    if abs(days - YEAR.days) <= 1:
        return "the twelve months before"
    return "the day before" if days == 1 else f"the {days:,} days before"


def headline_words(compared: Comparison) -> str:
    """Return counts and points of both periods for the headline."""
    text = incident_count(compared.count)
    if compared.count:
        text += f" worth {wording.worth(compared.index)}"
    text += (
        f" {period_words(compared)}, against {wording.number(compared.before_count, zero='none')}"
    )
    if compared.before_count:
        text += f" worth {wording.signed(compared.before_index)}"
    return f"{text} in {before_words(compared)}"


def lowered(text: str) -> str:
    """Take the capital off a preposition or article that moves inside a sentence."""
    first = text.partition(" ")[0]
    return text[0].lower() + text[1:] if first in {"On", "In", "From", "The", "A", "An"} else text


def newest_first(incidents: Sequence[Incident]) -> list[Incident]:
    """Return incidents by first day, the latest first; those without a date last."""
    return sorted(incidents, key=lambda x: (ordinal(x), x.id), reverse=True)


def last_day(incident: Incident) -> date:
    """Return the last day, the end of time where there is none."""
    return incident.end or incident.start or date.max


def ordinal(incident: Incident) -> int:
    """Return the first day as a number, 0 where there is none."""
    return incident.start.toordinal() if incident.start else 0


def short_label(incident: Incident) -> str:
    """Return a few words for the timeline: ``Meeting: Makei, Carpenter``."""
    rules = [event.rule for event in incident.mentions if event.rule in _SHORT]
    mode = f"{incident.type}/{incident.mode}"
    head = _SHORT[rules[0]] if rules else _SHORT.get(mode, _SHORT[incident.type])
    people = [a.person.split()[-1] for a in (*incident.source, *incident.target) if a.person]
    return f"{head}: {', '.join(dict.fromkeys(people[:2]))}" if people else head
