"""What the commands on a relation show: each result of ``detente.relations`` as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from detente.brief import names
from detente.brief.wording import counted, number, pause, percent, plain, sentence, signed
from detente.cli.parties import body, both, hints, pair, sorts
from detente.cli.tables import Table, period, run
from detente.relations.channels import MISSIONS

if TYPE_CHECKING:
    from detente.relations.agenda import Agenda, Substitution
    from detente.relations.ceiling import Ceiling
    from detente.relations.channels import ChannelPair, Novelty
    from detente.relations.competence import Competence, Takeover
    from detente.relations.proposals import Proposal
    from detente.relations.series import Series
    from detente.relations.shifts import Shifts

CATALOGUE = (
    "Day", "Act", "Domain", "Who acts", "On whom", "Points>", "Mentions>", "Incident",
)  # fmt: skip
CHANNELS = (
    "State", "Contacts>", "Last year>", "First", "Last", "Refusals>", "Formats", "Highest ranks",
)  # fmt: skip
_Spanned = TypeVar("_Spanned", bound=Any)


def index(parties: tuple[str, str], found: Series, unit: str) -> Table:
    """Return counts and index by period; empty periods in a row stand in one line."""
    rows = []
    for empty, bins in _runs(found.bins, lambda one: not one.incidents):
        if empty:
            when = run((bins[0].start, bins[0].end), (bins[-1].start, bins[-1].end))
            rows.append((when, "0", "", "", ""))
            continue
        rows += [
            (
                period(one.start, one.end),
                str(one.incidents),
                f"{one.low:.1f} to {one.high:.1f}",
                _points(one.index),
                _range(one.index_low, one.index_high),
            )
            for one in bins
        ]
    notes = [f"Index on {found.scale}. Intervals hold 90 %."] if found.catalogue else []
    if found.corrected and found.catalogue:
        notes.append("The index is corrected for how many documents were published in a period.")
    notes += _left_out(found)
    return Table(
        title=f"{pair(*parties)}: {_told(found)}" + (f", by {unit}" if found.catalogue else ""),
        columns=("Period", "Incidents>", "90 %>", "Index>", "90 %>"),
        rows=tuple(rows) if found.catalogue else (),
        notes=(*notes, *hints(empty=not found.catalogue)),
    )


def _points(value: float | None) -> str:
    return "not known" if value is None else signed(round(value, 1))


def _range(low: float | None, high: float | None) -> str:
    """Return an interval with one decimal, so that those of a column stand in line."""
    if low is None or high is None:
        return ""
    return f"{low:+.1f} to {high:+.1f}".replace("-", "−")


def _left_out(found: Series) -> list[str]:
    notes = sorts(len(found.catalogue), found.imported())
    if found.undated:
        what = counted(found.undated, "incident")
        stand = "stands" if found.undated == 1 else "stand"
        notes.append(sentence(f"{what} without a date {stand} in no period"))
    if found.not_covered:
        what = counted(found.not_covered, "incident")
        notes.append(sentence(f"{what} without points on this scale: counted, not in the index"))
    return notes


def catalogue(parties: tuple[str, str], found: Series) -> Table:
    """Return the incidents behind an index, one a line."""
    rows = tuple(
        (
            entry.day.isoformat() if entry.day else "",
            " ".join(part for part in (entry.type, entry.mode) if part),
            entry.domain.replace("_", " "),
            ", ".join(entry.source),
            ", ".join(entry.target),
            "" if entry.points is None else signed(entry.points),
            str(entry.mentions),
            entry.incident,
        )
        for entry in found.catalogue
    )
    return Table(
        title=f"{pair(*parties)}: {_told(found)}, points on {found.scale}",
        columns=CATALOGUE,
        rows=rows,
        notes=(*_left_out(found), *hints(empty=not rows)),
    )


def agenda(
    parties: tuple[str, str], shares: Sequence[Agenda], replaced: Sequence[Substitution]
) -> Table:
    """Return the domains of each period with their shares, and what replaced what."""
    rows: list[tuple[str, ...]] = []
    for empty, items in _runs(shares, lambda one: not one.incidents):
        if empty:
            when = run((items[0].start, items[0].end), (items[-1].start, items[-1].end))
            rows.append((when, "none", "0", "", ""))
            continue
        for one in items:
            present = [share for share in one.shares if share.incidents]
            for place, share in enumerate(sorted(present, key=lambda s: -s.incidents)):
                rows.append(
                    (
                        "" if place else period(one.start, one.end),
                        share.domain.replace("_", " "),
                        str(share.incidents),
                        percent(share.share),
                        f"{percent(share.low)} to {percent(share.high)}",
                    )
                )
    total = sum(one.incidents for one in shares)
    notes = [
        f"From {plain(one.start)}, against the period before, the share of "
        f"{one.into.replace('_', ' ')} matters rose (probability {one.sure_rise:.2f}) and that of "
        f"{one.out.replace('_', ' ')} ones fell ({one.sure_fall:.2f})."
        for one in replaced
    ]
    if total:
        notes = notes or ["Nothing shows that one domain replaced another."]
        notes.append(
            "Shares are estimates that allow for small numbers, with 90 % credible intervals."
        )
        notes += sorts(total, sum(one.imported for one in shares))
    return Table(
        title=f"{pair(*parties)}: " + (_about(total) if total else "no incidents with a date"),
        columns=("Period", "Domain", "Incidents>", "Share>", "90 %>"),
        rows=tuple(rows) if total else (),
        notes=(*notes, *hints(empty=not total)),
    )


def _about(total: int) -> str:
    return f"what {_incidents(total)} with a date {'was' if total == 1 else 'were'} about"


def competence(
    parties: tuple[str, str], held: Sequence[Competence], change: Takeover | None
) -> Table:
    """Return who spoke for the first party in each period, and a tested take-over."""
    from detente.relations.competence import FEWEST

    rows: list[tuple[str, ...]] = []
    for empty, items in _runs(held, lambda one: not one.contacts):
        if empty:
            when = run((items[0].start, items[0].end), (items[-1].start, items[-1].end))
            rows.append((when, "none named", "0", "", ""))
            continue
        for one in items:
            for place, part in enumerate(one.holdings):
                rows.append(
                    (
                        "" if place else period(one.start, one.end),
                        body(part.institution),
                        str(part.contacts),
                        percent(part.share),
                        f"{percent(part.low)} to {percent(part.high)}",
                    )
                )
    total = sum(one.contacts for one in held)
    state, other = (names.party(code) for code in parties)
    notes = [_takeover(change, total, FEWEST)] if total else []
    notes += sorts(total, sum(one.imported for one in held), "contact")
    return Table(
        title=sentence(
            f"who spoke for {state} with {other}: {counted(total, 'contact')} of a named institution"
        ).rstrip("."),
        columns=("Period", "Institution", "Contacts>", "Share>", "90 %>"),
        rows=tuple(rows) if total else (),
        notes=(*notes, *hints(empty=not total)),
    )


def _takeover(change: Takeover | None, total: int, fewest: int) -> str:
    if change is not None:
        return (
            f"{body(change.after)} took over from {body(change.before)} between "
            f"{plain(change.last)} and {plain(change.first)}: its share of contacts went from "
            f"{percent(change.share_before)} to {percent(change.share_after)} (p = {change.p:.3f})."
        )
    if total < fewest:
        return f"Too few contacts to test whether one took over from another ({fewest} are needed)."
    return "Nothing shows that one institution took over from another."


def channels(
    parties: tuple[str, str], pairs: Sequence[ChannelPair], fresh: Sequence[Novelty]
) -> Table:
    """Return who meets whom, and contacts after a long pause."""
    rows = tuple(
        (
            body(one.a, parties[0]),
            body(one.b, parties[1]),
            one.state,
            str(one.contacts),
            str(one.recent),
            one.first.isoformat(),
            one.last.isoformat(),
            str(one.refusals),
            _formats(one.formats),
            f"{one.rank_a} / {one.rank_b}".replace("None", "–") if one.rank_a or one.rank_b else "",
        )
        for one in pairs
    )
    accredited = [
        f"{body(code, code)} is told to be {one.accreditation}."
        for one in pairs
        if one.accreditation is not None
        for code in (one.a, one.b)
        if code.endswith(MISSIONS)
    ]
    notes = [
        f"{plain(one.day)}: {body(one.a)} with {body(one.b)}, the first contact for "
        f"{pause(one.months)}."
        for one in fresh
        if one.months is not None
    ]
    notes += dict.fromkeys(accredited)
    if rows:
        notes.append(
            "State at the end of the period: open, two contacts or more in the year before; thin, "
            "one; silent, none; blocked, a refusal to meet since the last one."
        )
    contacts, imported = sum(one.contacts for one in pairs), sum(one.imported for one in pairs)
    notes += sorts(contacts, imported, "contact", parted=False)
    return Table(
        title=f"{pair(*parties)}: {counted(len(rows), 'channel')}",
        columns=(names.bare(parties[0]), names.bare(parties[1]), *CHANNELS),
        rows=rows,
        notes=(*notes, *hints(empty=not rows)),
    )


def _formats(formats: Mapping[str, int]) -> str:
    """Return how contacts were held: ``bilateral 3, third-party 1``; what is not told is left out."""
    return ", ".join(f"{name} {n}" for name, n in formats.items() if name != "unknown")


def proposals(parties: tuple[str, str], found: Sequence[Proposal]) -> Table:
    """Return what was planned, proposed or possible, with its outcome."""
    rows = tuple(
        (
            one.told.isoformat() if one.told else "",
            one.incident.status,
            one.outcome,
            proposed(one),
        )
        for one in found
    )
    return Table(
        title=f"{pair(*parties)}: {counted(len(rows), 'plan or proposal', 'plans and proposals')}",
        columns=("First told", "Status", "Outcome", "What, and what became of it"),
        rows=rows,
        notes=hints(empty=not rows),
    )


def proposed(one: Proposal) -> str:
    """Return a proposal in words, as ``A was to meet B. What came of it: On 3 May, A met B.`` reads."""
    from detente.brief.realise import tell

    text = tell(one.incident, words=one.words)
    if one.follow_up is None:
        return text
    return f"{text} What came of it: {tell(one.follow_up, words=one.follow_up_words)}"


def shifts(parties: tuple[str, str], found: Shifts, unit: str) -> Table:
    """Return the changes of level in the number of incidents."""
    from detente.relations.segmentation import SHORTEST

    rows = tuple(
        (
            one.day.isoformat(),
            f"{one.earliest.isoformat()} to {one.latest.isoformat()}",
            one.direction,
            f"{one.before:.2f}",
            f"{one.after:.2f}",
            f"{one.strength:.1f}",
        )
        for one in found.shifts
    )
    fewest = 4 * SHORTEST
    notes = []
    if 0 < found.periods < fewest:
        notes = [
            f"The series has {counted(found.periods, unit)}; a shift is looked for from "
            f"{counted(fewest, unit)} on."
        ]
    elif found.periods and found.few and not rows:
        notes = [
            f"{_incidents(found.incidents).capitalize()} in {counted(found.periods, unit)} are too few "
            "to say that nothing shifted: even a doubling half way through would hardly show."
        ]
    elif found.periods:
        notes = [
            "The date interval holds the cuts that fit nearly as well as the best. In series "
            "without any shift, about 0.7 false ones are found in ten years; in shuffles of this "
            f"series, its shifts kept, {found.false_alarms:.2f} more a year."
        ]
    if found.watch is not None:
        notes.append(found.watch.words)
    notes += sorts(found.incidents, found.imported)
    return Table(
        title=f"{pair(*parties)}: {counted(len(rows), 'shift')} in the number of incidents a {unit}",
        columns=("About", "Date interval", "Direction", "Before>", "After>", "Strength>"),
        rows=rows,
        notes=(*notes, *hints(empty=not found.periods)),
    )


def ceiling(parties: tuple[str, str], found: Ceiling) -> Table:
    """Return what follows the reactions of a third party, in words."""
    third = names.party(found.third)
    facts = (
        f"{counted(found.reactions, 'reaction')} of {third}; "
        f"{counted(found.contacts, 'cooperative incident')} of {both(*parties)}, "
        f"{number(found.after, zero='none')} of them within {found.window} days after a reaction"
    )
    notes = [sentence(facts)]
    if found.ratio is not None and found.low is not None and found.high is not None:
        notes.append(
            f"Rate after reactions over the rate otherwise: {found.ratio:.2f} "
            f"(90 % interval {found.low:.2f} to {found.high:.2f})."
        )
    title = f"{pair(*parties)} after reactions of {third}: {found.verdict}"
    return Table(title=title, columns=(), rows=(), notes=tuple(notes))


def compare(party: str, found: Mapping[str, Series], unit: str) -> Table:
    """Return the index with each partner by period, the number of incidents in brackets."""
    series = list(found.values())
    several = list(zip(*(one.bins for one in series), strict=True))
    rows = []
    for empty, items in _runs(several, lambda bins: not any(one.incidents for one in bins)):
        if empty:
            (first, *_), (last, *_) = items[0], items[-1]
            when = run((first.start, first.end), (last.start, last.end))
            rows.append((when, *("" for _ in series)))
            continue
        rows += [
            (period(bins[0].start, bins[0].end), *(_cell(one.incidents, one.index) for one in bins))
            for bins in items
        ]
    totals = [
        _cell(sum(one.counts()), sum(each.index or 0.0 for each in one.bins)) for one in series
    ]
    told = any(sum(one.counts()) for one in series)
    notes = [f"Index on {series[0].scale}, in brackets the number of incidents."] if told else []
    notes += sorts(sum(len(one.catalogue) for one in series), sum(one.imported() for one in series))
    return Table(
        title=f"{names.bare(party)}: index with each partner, by {unit}",
        columns=("Period", *(f"{names.bare(code)}>" for code in found)),
        rows=(*rows, ("All", *totals)) if told else (),
        notes=(*notes, *hints(empty=not told)),
    )


def _cell(incidents: int, value: float | None) -> str:
    return f"{signed(value or 0.0)} ({incidents})" if incidents else ""


def _told(found: Series) -> str:
    days = [entry.day for entry in found.catalogue if entry.day is not None]
    count = _incidents(len(found.catalogue))
    if not days:
        return count
    if days[0] == days[-1]:
        return f"{count} on {plain(days[0])}"
    return f"{count} from {plain(days[0])} to {plain(days[-1])}"


def _incidents(number: int) -> str:
    return counted(number, "incident")


def _runs(
    items: Sequence[_Spanned], empty: Callable[[_Spanned], bool]
) -> list[tuple[bool, list[_Spanned]]]:
    """Part a sequence into stretches that are empty and stretches that are not."""
    return [(flag, list(group)) for flag, group in groupby(items, key=empty)]
