"""Whom people act against at home: those who rule them, where a law, a vote or a price is named.

"The opposition rejected the result" rejects no foreign state, and "teachers walked out over a cut in
their pay" press their own government.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar import rings
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.coordination import spread
from detente.coding.types import Mention
from detente.model import Actor
from detente.registers import load as load_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Reading

PEOPLE = frozenset("CVL OPP PTY EDU NGO MED BUS REL LEG JUD".split())
"""Institutions that act against their own government."""
LAWS = frozenset({"law", "bill", "act", "amendment", "budget"})
"""What a parliament makes and a head of state may turn down."""
MEASURES = LAWS | frozenset(
    "decree constitution referendum election vote result outcome ballot poll verdict tax levy reform "
    "subsidy salary wage pay pension bonus curfew lockdown government president premier parliament cabinet "
    "regime junta authority".split()
)
"""What a government decides or is."""
PRICES = frozenset({"price", "cost", "fare", "fee"})
AGAINST = frozenset({"against", "over", "at", "to", "for", "about"})
BY_MEASURE = "the rulers at home"


def whom(act: Act, reading: Reading) -> tuple[Mention, ...]:
    """Return the government or parliament that an act of its own people is directed at.

    Args:
        act: An act with a source and without a target.
        reading: Its sentence.
    """
    actors = [a for m in act.source for a in m.actors]
    countries = {a.country for a in actors}
    if len(countries) != 1 or not countries <= load_register().states:
        return ()
    [country] = countries
    kinds = {a.institution for a in actors}
    head = kinds <= {"HOS"} and act.type == "REJECT"
    if not head and not kinds <= PEOPLE:
        return ()
    wanted = LAWS if head else MEASURES | PRICES if act.type == "PROTEST" else MEASURES
    noun = next((t for t in _named(act) if t.lemma_.lower() in wanted), None)
    if noun is None or _is_of_others(noun, reading, country):
        return ()
    institution = "LEG" if head else "GOV"
    start, end = reading.span_of(noun, noun)
    actor = Actor(
        code=f"{country}.{institution}", country=country, institution=institution,
        surface=noun.text, span=(start, end), how=BY_MEASURE,
    )  # fmt: skip
    return (Mention(start=start, end=end, head=noun.i, actors=(actor,), kind="reference"),)


def _named(act: Act) -> Iterator[Token]:
    """Yield what an act is about; a protest may have its cause anywhere in its clause."""
    clause = clause_of(act.trigger)
    if act.type == "PROTEST":
        skip = {t.i for subject in clause.subjects for t in subject.subtree}
        yield from sorted((t for t in rings.own(act.trigger) if t.i not in skip), key=_order)
        return
    for noun in (*clause.objects, *act.tokens, *act.content):
        yield from spread(noun)
    for prep in act.trigger.children:
        if prep.dep_ == "prep" and prep.lower_ in AGAINST:
            yield from (c for c in prep.children if c.dep_ == "pobj")


def _order(token: Token) -> int:
    return token.i


def _is_of_others(noun: Token, reading: Reading, country: str) -> bool:
    """Return whether a measure is another state's: "protested against the Swiss vote"."""
    below = {t.i for t in noun.subtree}
    return any(
        m.head in below and any(a.country != country for a in m.actors) for m in reading.mentions
    )
