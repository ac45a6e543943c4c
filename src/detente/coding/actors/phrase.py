"""A role phrase, and the small words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.registers import roles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from detente.coding.actors.mentions import Hit
    from detente.coding.grammar.tree import Doc, Span, Token
    from detente.registers.roles import Head

ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
PRONOUNS = frozenset({"his", "her", "its", "their", "our", "my", "whose"})
PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "van", "von", "de", "der", "da", "di", "dos", "ben", "ter"}
)
HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss mx mx. dr dr. prof prof. gen gen. col col. lt lt. maj maj. adm adm. sir dame "
    "lord hon hon. honourable honorable h.e. h.e excellency shri smt smt.".split()
)
STYLES = frozenset(
    "sheikh shaikh sheik prince princess king queen emir sultan imam ayatollah mullah sayyid haji pope".split()
)
"""Words before a given name that is no surname: "Sheikh Mohammed"."""
BESIDE_MONTHS = frozenset("in on of since until by last next early late mid this from to".split())
CALENDAR = frozenset(
    "yesterday today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec "
    "jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.".split()
)
GIVEN = frozenset({"jan", "may", "april", "june", "august"})
"""Words of the calendar that are names of people too."""
MONEY = frozenset(
    "dollar pound franc krone krona crown ruble rouble rupee rupiah yuan yen won peso real rial riyal dinar dirham lira "
    "shilling rand naira birr cedi hryvnia zloty forint lev leu lari dram tenge som manat baht dong ringgit".split()
)
"""Currencies: "US dollars" tell of no party."""
LONGEST_NAME = 5
POSTED = frozenset({"ambassador", "envoy", "charge d'affaires", "attache"})
"""Ranks of those who are sent somewhere."""
LED = frozenset("PTY OPP CVL NGO MED BUS REL EDU REB UAF".split())
"""Institutions whose leader is no head of state."""


def in_calendar(token: Token, *, known: bool = False) -> bool:
    """Whether a token is a day or month: "in May 2018", but not "Theresa May" and "Jan Nowak".

    Args:
        token: The token.
        known: True where somebody of this name was named before.
    """
    if token.lower_ not in CALENDAR:
        return False
    if token.lower_ not in GIVEN:
        return True
    beside = [token.nbor(step) for step in (-1, 1) if 0 <= token.i + step < len(token.doc)]
    dated = any(one.like_num or one.lower_ in BESIDE_MONTHS for one in beside)
    return dated or not (known or any(one.pos_ == "PROPN" for one in beside))


def is_money(span: Span) -> bool:
    """Return whether a name only says which currency is meant: "US dollars", "US$ 5 million"."""
    after = span.root.doc[span.end : span.end + 1]
    return any(token.lemma_.lower() in MONEY or token.text.startswith("$") for token in after)


@dataclass(slots=True, kw_only=True)
class Phrase:
    """A role phrase of one sentence.

    Attributes:
        start: First token.
        end: One past the last token, name and complement included.
        at: The head noun's last token.
        head: Entry of the head noun.
        institution: Institution, from the topic where the head asks for one.
        owners: Names of the countries or bodies that the role belongs to.
        person: Name that stands with the role.
        role: The office's words.
        former: True for a former holder.
        definite: True after "the" or with capitals; None owners then mean the document's country.
        pronoun: "his", "its" and the like before the role.
        body: Entry of a body that stands before the head: "Defence Ministry representatives".
        extra: Tokens of an apposed name outside ``start`` to ``end``.
        elect: True for someone chosen who has not yet taken office.
        member: True where the role is held in a body of a state, not in the state: "president of the
            Chilean football federation".
        before: Words between owner and head noun, lower case: "deputy", "foreign".
        closed: Where the words go on after all that belongs to the phrase, an envoy's post included.
    """

    start: int
    end: int
    at: int
    head: Head
    institution: str | None
    owners: list[Hit] = field(default_factory=list)
    person: str | None = None
    role: str = ""
    former: bool = False
    definite: bool = False
    pronoun: str | None = None
    plural: bool = False
    body: Head | None = None
    extra: tuple[int, int] | None = None
    elect: bool = False
    member: bool = False
    before: frozenset[str] = frozenset()
    closed: int = 0

    @property
    def rank(self) -> str | None:
        """Protocol rank; the leader of a party, union or gang is not a head of state."""
        if self.elect:
            return None
        rank = roles.load().below.rank(self.head.rank, self.before)
        led = self.body is not None and self.body.institution in LED
        other = led or (self.member and self.head.words[0] != "ministry")
        return "director" if rank == "head of state" and other else rank

    @property
    def sector(self) -> str | None:
        """PLOVER's sector where the noun has one of its own."""
        return (self.body or self.head).sector

    def words(self, doc: Doc, hits: Mapping[int, Hit], topics: Collection[str]) -> str:
        """Return the office's own words, without its owner: "Minister of Foreign Affairs"."""
        first = self.start
        while first < self.at and (
            doc[first].lower_ in ARTICLES
            or doc[first].lower_ in PRONOUNS
            or first in hits
            or doc[first].lower_ in {"'s", "’s", "and", ","}
        ):
            first += 1
        last = self.at + 1
        if last < self.end and doc[last].lower_ in {"of", "for"} and last + 1 not in hits:
            last += 1
            while last < self.end and doc[last].lower_ in topics:
                last += 1
            while doc[last - 1].lower_ in {"of", "for", "the", "and", "&"}:
                last -= 1
        return doc[first:last].text
