"""What authors say: claims in their own words, with rivals, holders and source."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from detente.brief import names, wording
from detente.brief.model import Cited, Item, Section
from detente.coding.claims import contradictions
from detente.outlook.incidents import members
from detente.relations.incidents import day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from detente.brief.cite import Citer
    from detente.brief.select import Library
    from detente.model import Claim, Forecast

MOST = 15
"""Sentences that a section quotes; the newest."""

_KINDS = {
    "cause": "On causes", "assessment": "Assessments", "stance": "On attitudes",
    "intent": "On intentions", "capacity": "On capacities", "agenda": "On the agenda",
}  # fmt: skip
_ORDER = tuple(_KINDS)
IN_CHARGE = frozenset({"competence", "mandate"})
CONTACT = frozenset({"channel", "rule"})


def relevant(
    claims: Sequence[Claim], parties: tuple[str, str], *, told: Collection[str] = ()
) -> list[Claim]:
    """Return the claims that a brief on two parties tells.

    Both must be named, by themselves or as members of a bloc that is. Of claims on who is in charge
    and on channels one is enough, where no third state is named and the document speaks of both. A
    cause of what such a claim tells belongs to it: "such a strategy is due to the economy".

    Args:
        claims: All claims.
        parties: Codes of both.
        told: Ids of the documents that tell of incidents between the two.
    """
    about = {claim.doc for claim in claims if all(_named(claim, parties))} | set(told)
    kept = {
        claim.id
        for claim in claims
        if all(_named(claim, parties)) or (claim.doc in about and _speaks(claim, parties))
    }
    return [
        claim
        for claim in claims
        if claim.id in kept or not kept.isdisjoint((*claim.cause_ids, *claim.effect_ids))
    ]


def concerned(forecasts: Iterable[Forecast], parties: tuple[str, str]) -> list[Forecast]:
    """Return the forecasts that name both parties, by themselves or as members of a bloc."""
    return [one for one in forecasts if all(_named(one, parties))]


def _speaks(claim: Claim, parties: tuple[str, str]) -> bool:
    if not any(_named(claim, parties)) or claim.kind not in IN_CHARGE | CONTACT:
        return False
    homes = {code.partition(".")[0] for code in parties}
    return all(code in homes or code.startswith("BLOC:") for code in _countries(claim))


def _countries(record: Claim | Forecast) -> set[str]:
    codes = {actor.country for actor in (*record.subject, *record.object)}
    return codes | {code.partition(".")[0] for code in record.about}


def _named(record: Claim | Forecast, parties: tuple[str, str]) -> list[bool]:
    codes = _countries(record)
    found = []
    for party in parties:
        home = party.partition(".")[0]
        found.append(
            home in codes
            or any(home in members(code, None)[0] for code in codes if code.startswith("BLOC:"))
        )
    return found


def said(claims: Sequence[Claim], citer: Citer, library: Library) -> Section:
    """Return what analysts say, by kind and newest first, each sentence quoted once.

    Claims that oppose each other stand side by side at the end.
    """
    kept = [claim for claim in claims if claim.kind in _KINDS]
    kept = newest(kept, library)
    kept.sort(key=lambda c: _ORDER.index(c.kind))
    items = quoted_items(kept, citer, library, group=lambda claim: _KINDS[claim.kind])
    items += [_opposed(pair, citer, library) for pair in contradictions.find(kept)]
    return Section(key="said", title="What analysts say", items=tuple(items))


def quoted_items(
    claims: Iterable[Claim], citer: Citer, library: Library, *, group: object = None
) -> list[Item]:
    """Return one entry for each sentence that makes a claim, with what was read from it.

    Args:
        claims: In the order in which they are told.
        citer: Numbers.
        library: Documents.
        group: Gives the heading that a claim stands under; none where None.
    """
    items: list[Item] = []
    seen: set[tuple[str, int]] = set()
    for claim in claims:
        if (claim.doc, claim.sentence) in seen:
            continue
        seen.add((claim.doc, claim.sentence))
        items.append(
            Item(
                label=label(claim, library),
                sentences=(quote(claim, citer, library),),
                note=_reading(claim),
                group=group(claim) if callable(group) else "",
            )
        )
    return items


def _opposed(pair: contradictions.Contradiction, citer: Citer, library: Library) -> Item:
    first, second = pair.first, pair.second
    return Item(
        label=f"{label(first, library)} against {label(second, library)}",
        sentences=(quote(first, citer, library), quote(second, citer, library)),
        note=wording.sentence(pair.reason),
        group="Where they differ",
    )


def newest(records: Iterable[Claim], library: Library) -> list[Claim]:
    """Return records by publication, the newest first, of the ``MOST`` newest sentences."""
    order = sorted(
        records, key=lambda r: (-published(r, library).toordinal(), r.doc, r.sentence, r.id)
    )
    seen: dict[tuple[str, int], int] = {}
    return [r for r in order if seen.setdefault((r.doc, r.sentence), len(seen)) < MOST]


def published(record: Claim | Forecast, library: Library) -> date:
    """Return the publication day of a record's document, the beginning of time where unknown."""
    return day(library.source(record.doc).published) or date.min


def quote(record: Claim | Forecast, citer: Citer, library: Library) -> Cited:
    """Return the sentence in quotation marks, cited; those inside it become single."""
    shown = f"“{wording.inner(library.quote(record.doc, record.sentence))}”"
    return citer.cite(shown, [(record.doc, record.sentence)])


def label(record: Claim | Forecast, library: Library) -> str:
    """Return who published a record and when."""
    source = library.source(record.doc)
    when = day(source.published)
    who = source.publisher or source.title
    return f"{who}, {wording.plain(when)}" if when is not None else who


def _reading(claim: Claim) -> str:
    """Say what was read from the sentence: holder, cause, rivals, weight, whether it is stated."""
    parts = []
    holders = list(dict.fromkeys(a.person or names.party(a.code) for a in claim.holder))
    if holders:
        parts.append(f"held by {', '.join(holders)}")
    causes = [_words(one.text) for one in claim.cause if one.text and " " in one.text.strip()]
    if causes:
        lead = "cause" if len(causes) == 1 else "causes"
        weight = f" ({claim.weight})" if claim.weight else ""
        parts.append(f"{lead}{weight}: {' and '.join(causes)}")
    rivals = [_words(one.text) for one in claim.rejected if one.text]
    if rivals:
        parts.append(f"set aside: {' and '.join(rivals)}")
    if claim.polarity == "negative" and claim.kind in {"stance", "assessment"}:
        parts.append("negative")
    if claim.valid == "past" and claim.kind in IN_CHARGE | CONTACT:
        parts.append("of the past")
    if not claim.stated:
        parts.append("inferred, not stated")
    text = "; ".join(parts)
    return f"{wording.leading(text)}." if text else ""


def _words(text: str | None) -> str:
    return f"“{' '.join((text or '').split())}”"
