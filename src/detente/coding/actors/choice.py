"""Chooses what an ambiguous register name means in a document, and which countries it is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from detente.coding.sentences import datelines
from detente.registers import roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.actors.mentions import Hit
    from detente.model import Document
    from detente.registers import Sense

TERRITORIES = frozenset({"state", "capital"})
TITLE_WEIGHT = 3
"""How many names in the text one in the headline counts for."""
FILED = 0.25
"""Least share of the mentions of the country told of most for one where a report is filed from."""
STATE = 3
"""Length of a state's code."""
WINDOW = 40
"""Characters beside a name that are looked at."""
BODIES = frozenset({"office", "committee", "commission", "bureau", "council", "senate", "congress"})
"""Last words of names that bodies of several states bear."""
_OFFICE = re.compile(
    r"\b(?:ministry|office of the (?:president|prime minister|government|spokes\w+)|(?:president|prime minister|chancellor)[’']s office|"
    r"government|embassy|presidency|chancellery|cabinet|parliament|senate|armed forces|general staff|permanent mission|"
    r"department of|foreign office|presidential)\b",
    re.IGNORECASE,
)
"""Words in the name of an office that publishes what it did."""
SPEAKS_FOR = {"Brussels": ("EU", "European Union")}
"""Capitals that stand for an organisation seated there where their own state is not named."""
_SENT = re.compile(
    r"\b(?:pressure|requests?|demands?|calls?|orders?|letters?|proposals?|offers?|appeals?|warnings?|criticism|"
    r"money|funds|aid|help|answers?|reply|approval|rebukes?|threats?|sanctions|apologies|apology) from\s+$"
)
"""Words before a capital that speaks or gives, though "from" stands before it."""
_LOCATIVE = re.compile(r"\b(?:in|at|to|from|near|outside|for|of|into)\s+$")
_LOCAL = re.compile(
    r"(?:['’]s)? (?:police|prosecutors?|courts?|mayor|airport|metro|residents|firefighters)\b"
)
_CAPITAL_BEFORE = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+ $")
_CAPITAL_AFTER = re.compile(r" [A-Z][a-z]+")
_AMERICAN_WORDS = ("Atlanta", "Savannah", "Ga.", "state senator", "U.S. state")
_AMERICAN = re.compile(r"\b(?:Atlanta|Savannah|Ga\.|state senators?|U\.S\. state)\b")


class Names(NamedTuple):
    """The names of a document with what they mean there, and what they tell of it.

    Attributes:
        senses: Each name with its sense, in order.
        starts: First character of each.
        about: The countries that the document is about.
        bodies: The organisations that it names, in order.
        share: The part of its names of states that each state has.
        filed: The states that its datelines name.
    """

    senses: list[tuple[Hit, Sense]]
    starts: list[int]
    about: tuple[str, ...]
    bodies: list[str]
    share: dict[str, float]
    filed: frozenset[str]


def names_of(document: Document, hits: Sequence[Hit]) -> Names:
    """Return what the register's names mean in a document; see ``choose`` and ``about``."""
    senses = choose(document, hits)
    return Names(
        senses=senses,
        starts=[hit.start for hit, _ in senses],
        about=about(document, senses),
        bodies=[sense.code for _, sense in senses if sense.kind == "organisation"],
        share=_share_of(senses),
        filed=_filed_from(document, senses),
    )


def choose(document: Document, hits: Sequence[Hit]) -> list[tuple[Hit, Sense]]:
    """Return each hit with the sense that holds on the day; doubtful ones need support."""
    day = document.published
    sure = Counter(hit.senses[0].code for hit in hits if not hit.senses[0].ambiguous)
    owned = frozenset(roles.load().heads)
    told = any(word in document.text for word in _AMERICAN_WORDS)
    american = told and bool(_AMERICAN.search(document.text))
    chosen = []
    beside = zip((None, *hits), hits, (*hits[1:], None), strict=False)
    for before, hit, after in beside:
        if _owned(document.text, before, hit, after, owned):
            continue
        senses = [sense for sense in hit.senses if sense.on(day)] or list(hit.senses)
        plain = [sense for sense in senses if not sense.ambiguous]
        supported = any(sure[sense.code] for sense in senses)
        if (
            not plain
            and not supported
            and _doubtful(document.text, hit, senses[0], american=american)
        ):
            continue
        best = max(plain or senses, key=lambda sense: sure[sense.code])
        chosen.append((hit, _spoken_for(document.text, hit, best, sure)))
    return chosen


def _spoken_for(text: str, hit: Hit, sense: Sense, sure: Counter[str]) -> Sense:
    """Return the organisation that a capital stands for: "Brussels welcomed the vote"."""
    body = SPEAKS_FOR.get(hit.surface)
    before = text[max(0, hit.start - WINDOW) : hit.start]
    placed = _LOCATIVE.search(before) and not (_SENT.search(before) or _STAFF.search(before))
    if body is None or sure[sense.code] or placed:
        return sense
    if _LOCAL.match(text[hit.end : hit.end + WINDOW]):
        return sense
    return replace(sense, code=body[0], kind="organisation", name=body[1])


_STAFF = re.compile(
    r"\b(?:officials?|diplomats?|envoys?|leaders?|sources?) (?:in|from) $", re.IGNORECASE
)
"""Who in Brussels is the Union's: "officials in Brussels said"."""


def _doubtful(text: str, hit: Hit, sense: Sense, *, american: bool) -> bool:
    """Whether an ambiguous name stands beside a capital ("Michael Jordan") or is no state's."""
    before = text[max(0, hit.start - WINDOW) : hit.start]
    after = text[hit.end : hit.end + WINDOW]
    beside = _CAPITAL_BEFORE.search(before) or _CAPITAL_AFTER.match(after)
    named = sense.kind in TERRITORIES
    return not named or bool(beside) or (sense.code == "GEO" and american)


def _owned(
    text: str,
    before: Hit | None,
    hit: Hit,
    after: Hit | None,
    heads: frozenset[tuple[str, ...]],
) -> bool:
    """Whether a body's name is a common one and a country's stands before it, or after "of".

    "Chile's Defense Department" and "the National Security Council of Chile" are Chile's though
    "Defense Department" and "National Security Council" alone are America's.
    """
    own = hit.senses[0]
    words = tuple(hit.surface.lower().split())
    if own.kind not in {"institution", "organisation"}:
        return False
    common = any(words[start:] in heads for start in range(len(words)))
    if not common and words[-1] not in BODIES:
        return False
    if before is not None and text[before.end : hit.start] in {" ", "'s ", "’s "}:
        other = before.senses[0]
        if other.kind in {"state", "adjective", "capital"} and other.code != own.code:
            return True
    if after is not None and text[hit.end : after.start] in {" of ", " of the "}:
        other = after.senses[0]
        return other.kind == "state" and other.code != own.code
    return False


def about(document: Document, chosen: Sequence[tuple[Hit, Sense]]) -> tuple[str, ...]:
    """Return the countries of a document, the main one first; those of the headline weigh more.

    Where a report is filed from leads, if it is told of often enough: "the Foreign Ministry" in a report
    from Minsk is that of Belarus.
    """
    filed = list(datelines(document))
    home: set[str] = set()
    weight: Counter[str] = Counter()
    order: dict[str, int] = {}
    headline = next((b.end for b in document.blocks if b.kind == "headline"), 0)
    for hit, sense in chosen:
        if _is_of_state(sense):
            weight[sense.code] += TITLE_WEIGHT if hit.start < headline else 1
            order.setdefault(sense.code, len(order))
            if any(start <= hit.start < end for start, end in filed):
                home.add(sense.code)
    most = max(weight.values(), default=0)
    return tuple(
        sorted(
            weight,
            key=lambda code: (
                not (code in home and weight[code] >= FILED * most),
                -weight[code],
                order[code],
            ),
        )
    )


def _share_of(chosen: Sequence[tuple[Hit, Sense]]) -> dict[str, float]:
    """Return the part of a document's names of states that each state has."""
    count = Counter(sense.code for _, sense in chosen if _is_of_state(sense))
    return {code: times / count.total() for code, times in count.items()}


def _filed_from(document: Document, chosen: Sequence[tuple[Hit, Sense]]) -> frozenset[str]:
    """Return the states that the datelines of a document name."""
    filed = list(datelines(document))
    return frozenset(
        sense.code
        for hit, sense in chosen
        if any(start <= hit.start < end for start, end in filed) and _is_of_state(sense)
    )


def issuer_of(name: str, publisher: Sequence[Hit]) -> str | None:
    """Return the state whose office publishes a document: "Office of the President of Lithuania"; None for a paper or an agency."""
    if not _OFFICE.search(name) or any(h.senses[0].kind == "organisation" for h in publisher):
        return None
    states = {hit.senses[0].code for hit in publisher if _is_of_state(hit.senses[0])}
    return states.pop() if len(states) == 1 else None


def home_of(filed: frozenset[str], publisher: Sequence[Hit]) -> frozenset[str]:
    """Return the states that a document is filed from, as its datelines tell, or is published in."""
    bodies = {h.senses[0].code for h in publisher if h.senses[0].kind == "organisation"}
    if bodies:
        return filed | bodies
    places = [hit.senses[0] for hit in publisher if _is_of_state(hit.senses[0])]
    firm = [sense for sense in places if sense.kind != "capital"] or places
    return filed | {sense.code for sense in firm[:1]}


def _is_of_state(sense: Sense) -> bool:
    return len(sense.code) == STATE and sense.code.isupper() and sense.kind != "organisation"
