"""Parties that a text describes and no register names: "opposition parties", "prosecutors in Milan".

They are looked for where an act leaves a side open, and count as what their noun says (``data/roles.yaml``,
``data/agents.yaml``): sector and institution. A state is theirs by a place in their own phrase, else, where
people of that kind act at home, by the only state that the sentence speaks of, or by that of the
document. Without one the code is the institution alone. A name that nobody knows ("Ana Quiroga") is kept as
it stands, as one of the people or as ``UNK``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors.nearby import is_of_contact
from detente.coding.actors.phrase import HONORIFICS, in_calendar
from detente.coding.acts.crowds import Home, is_means
from detente.coding.types import Mention
from detente.model import Actor
from detente.registers import frames, roles
from detente.registers import load as load_register
from detente.registers.roles import Head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.acts.parties import Finder
    from detente.coding.grammar.tree import Token
    from detente.coding.places import PlaceMention
    from detente.coding.types import Reading

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative", "poss", "appos"})
ABROAD = frozenset({"MED", "NGO", "BUS", "UAF", "EMB"})
"""Institutions whose people may belong to any state, whatever the sentence speaks of."""
ABROAD_NOUNS = frozenset(
    "refugee migrant immigrant tourist passenger expatriate foreigner pilgrim seafarer sailor hostage "
    "contractor mercenary peacekeeper inspector observer monitor expert diplomat envoy ambassador".split()
)
"""People who are often not at home where they are told of."""
AT_HOME = "described, at home"
DESCRIBED, THING, NAMELESS = "described", "described by a thing", "unknown name"
KINDS = frozenset({DESCRIBED, AT_HOME, THING, NAMELESS})
"""How such parties were found."""
UNKNOWN = "UNK"
"""Code of a party that has a name, or words, and nothing more."""
PLACES = frozenset({"in", "of", "from", "at"})
"""Prepositions before the place that people belong to."""
WHERE = frozenset({"in", "at", "near", "around", "across", "throughout", "outside"})
"""Prepositions before names that are places, whether known or not."""
BESIDE = frozenset({"near", "outside"})
"""Prepositions before the town whose people stand there; "near the Chadian border" is no home."""
SERVING = frozenset({"work", "act", "fight", "belong", "answer"})
"""Verbs that with "for" or "to" tell whose people are."""
NO_AGENTS = frozenset(
    {"opposition", "press", "council", "order", "fellow", "mole", "daily", "anchor", "bank"}
)
"""Nouns of the lists that mean a thing as often as people, unless an article or a modifier stands with them."""
BODIES = frozenset({"opposition", "press", "council"})
"""Those of them that mean people where they act: "the opposition staged a walkout"."""
BUILDINGS = frozenset({"CVL", "BUS", "EDU", "REL", "INT"})
"""Institutions whose houses, vehicles and grounds are attacked and seized."""
NO_NAMES = frozenset(
    "islands seas mountains office commission union council treaty agreement act lake river sea mount island strait accord "
    "convention protocol resolution summit forum programme program fund plan report initiative "
    "process charter constitution law bill budget project pipeline deal airport road bridge stream "
    "covid-19 agenda declaration day week war games cup award prize parliament assembly pact "
    "ramadan christmas easter ashura nowruz passover corridor gulf bay cape valley gate square street hall avenue centre center".split()
)
"""Last or first words of names that are no party's: "Lake Chad", "the Paris Agreement"."""
OFFICIAL = frozenset("HOS HOG GOV MFA MOD MIL LEG FIN ECO ENE SEC EMB ATT IGO".split())
"""Institutions that are always some state's: without one they are not taken."""
OWN = frozenset({"its", "their", "his", "her"})
DEEP = 3
"""Words that the longest noun of a list may have beside its head."""


def find(reading: Reading, places: Sequence[PlaceMention], main: str | None) -> tuple[Mention, ...]:
    """Return the described and unknown parties of a sentence, which no actor was found for.

    Args:
        reading: The sentence.
        places: Its places.
        main: The state that the document speaks of.
    """
    taken = {m.head for m in reading.mentions}
    spots = _spots(reading, places)
    parties = []
    for token in reading.doc.tokens:
        if token.i in taken or token.dep_ not in ARGUMENTS or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        if token.i in spots or is_means(token) or is_of_contact(token):
            continue
        head = head_of(token)
        if head is not None or _is_name(token):
            parties.append((token, head))
    if not parties:
        return ()
    home = Home(reading, places, main)
    stateless = main is None and not spots
    found = []
    for token, head in parties:
        own = spots.get(_place_of(token, spots))
        if own is None and any(c.lower_ in OWN for c in token.children if c.dep_ == "poss"):
            own = _owner_before(reading, token)
        official = head is not None and head.institution in OFFICIAL
        at_home = home.whole if official else home.of(token)
        if own is not None or (head is not None and head.institution == "EMB"):
            at_home = None
        one = _mention(reading, token, head, own, at_home, stateless=stateless)
        if one is not None:
            found.append(one)
    return tuple(found)


def _owner_before(reading: Reading, token: Token) -> str | None:
    """Return the state of the nearest mention before "its crew"."""
    before = [m for m in reading.mentions if m.head < token.i]
    return before[-1].actors[0].country or None if before else None


def head_of(token: Token) -> Head | None:
    """Return the entry of the longest listed noun that ends at a token, None where none does."""
    book = roles.load()
    tokens, end = token.doc.tokens, token.i + 1
    starts = range(max(0, token.i - DEEP), end) if token.lower_ in book.last else ()
    for start in starts:
        words = tuple([t.lower_ for t in tokens[start:end]])
        head = book.heads.get(words)
        if head is not None:
            told = [t for t in token.lefts if t.dep_ not in {"det", "nummod", "predet"}]
            known = words[0] in BODIES and any(t.lower_ == "the" for t in token.lefts)
            acts = known and token.dep_ in {"nsubj", "nsubjpass", "poss"}
            bare = len(words) == 1 and words[0] in NO_AGENTS and not told and not acts
            return None if bare or not _is_party(head) else head
    return _listed(token.lemma_.lower()) or _listed(token.lower_.removesuffix("s"))


def _is_party(head: Head) -> bool:
    """Return whether a noun stands for people or for a body that can be a party of its own."""
    if head.needs_owner or head.institution is None:
        return False
    return not head.alone or (head.institution in BUILDINGS and head.sector != "UNK")


@cache
def _listed(word: str) -> Head | None:
    """Return an entry for people of the word classes ``crowds`` and ``gunmen``."""
    classes = frames.load().classes
    body = next((body for name, body in frames.PEOPLE.items() if word in classes[name]), None)
    return Head(words=(word,), institution=body) if body is not None else None


def _is_name(token: Token) -> bool:
    """Return whether a token ends a name that is written like one of a person or a body."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper() or in_calendar(token):
        return False
    if token.dep_ == "pobj" and token.head.lower_ in WHERE:
        return False
    first = next((t for t in token.lefts if t.dep_ == "compound"), token)
    if {token.lower_, first.lower_} & NO_NAMES:
        return False
    return token.lower_ not in HONORIFICS and len(token.text) > 2


def _spots(reading: Reading, places: Sequence[PlaceMention]) -> dict[int, str]:
    """Return the countries of the sentence's places and states by the tokens that name them."""
    found: dict[int, str] = {}
    for place in places:
        first = place.start - reading.sentence.start
        span = reading.doc.char_span(
            first, place.end - reading.sentence.start, alignment_mode="expand"
        )
        if span is not None and place.place.country is not None:
            found.update((t.i, place.place.country) for t in span)
    states = load_register().states
    for mention in reading.mentions:
        countries = {actor.country for actor in mention.actors}
        if len(countries) == 1 and countries <= states:
            found[mention.head] = mention.actors[0].country
    return found


def _place_of(noun: Token, spots: dict[int, str]) -> int:
    """Return the token of the state or place in a noun's own phrase, -1 without one."""
    for child in noun.children:
        below: Iterable[Token] = ()
        if child.dep_ == "prep" and child.lower_ in BESIDE:
            below = [c for c in child.children if c.dep_ == "pobj"]
        serving = child.dep_ == "acl" and child.lemma_ in SERVING
        behind = serving or (child.dep_ == "prep" and child.lower_ in PLACES)
        if behind or child.dep_ in {"compound", "nmod", "poss", "amod"}:
            below = child.subtree
        for token in below:
            if token.i in spots:
                return token.i
    return -1


def _mention(
    reading: Reading,
    token: Token,
    head: Head | None,
    own: str | None,
    home: str | None,
    *,
    stateless: bool,
) -> Mention | None:
    first = min((t.i for t in _modifiers(token)), default=token.i)
    start, end = reading.span_of(reading.doc[first], token)
    surface = reading.doc[first : token.i + 1].text
    institution = _institution(token, head)
    country = own
    if own is None and _at_home(token, institution):
        country = home
    if country is None and institution in OFFICIAL:
        country = home
        if country is None and not stateless:
            return None
    if head is None and country is not None:
        institution = "CVL"
    actor = Actor(
        code=".".join(part for part in (country, institution) if part) or UNKNOWN,
        country=country or "", institution=institution,
        person=surface if head is None else None,
        rank=head.rank if head is not None else None,
        sector=head.sector if head is not None else UNKNOWN,
        surface=surface, span=(start, end),
        how=_how(head, own, at_home=country is not None),
    )  # fmt: skip
    return Mention(start=start, end=end, head=token.i, actors=(actor,), kind="group")


def _institution(token: Token, head: Head | None) -> str | None:
    """Return a noun's institution; leaders are of those that they lead: "student leaders"."""
    if head is None:
        return None
    if head.institution != "HOS" or token.lemma_.lower() != "leader":
        return head.institution
    led = [c for c in token.children if c.dep_ in {"compound", "nmod", "amod"}]
    found = (roles.load().heads.get((child.lower_,)) for child in led)
    return next((one.institution for one in found if one is not None), "PTY" if led else "HOS")


def _how(head: Head | None, own: str | None, *, at_home: bool) -> str:
    if head is None:
        return NAMELESS if own is None else DESCRIBED
    if head.alone:
        return THING
    return AT_HOME if own is None and at_home else DESCRIBED


def _at_home(token: Token, institution: str | None) -> bool:
    return institution not in ABROAD and token.lemma_.lower() not in ABROAD_NOUNS


def _modifiers(token: Token) -> Iterator[Token]:
    """Yield what stands before a noun and belongs to it, articles and numbers aside."""
    for child in token.lefts:
        if child.dep_ in {"compound", "amod", "nmod", "poss"}:
            yield from child.subtree


def homeless(mention: Mention, kind: str) -> Mention:
    """Return a party without the state that was taken for its home, where an act need not be done there.

    Who is given asylum is a foreigner, who is freed is one of the country.
    """
    [first, *_] = mention.actors
    if first.how == NAMELESS and kind not in HOME:
        institution = None
    elif first.how == AT_HOME and kind in OUTWARD and first.institution not in OFFICIAL:
        institution = first.institution
    else:
        return mention
    actors = tuple(
        msgspec.structs.replace(
            a, code=institution or UNKNOWN, country="", institution=institution, how=DESCRIBED
        )
        for a in mention.actors
    )
    return msgspec.structs.replace(mention, actors=actors)


OUTWARD = frozenset({"AID", "AGREE", "COOPERATE", "CONSULT", "MOBILIZE"})
"""Types of act that one does to others."""
HOME = frozenset({"COERCE", "ASSAULT", "RETREAT", "CONCEDE", "PROTEST", "SANCTION", "REQUEST"})
"""Types of act in which a party without a nationality is one of the country."""
GROUPS = {
    "COERCE": "force", "ASSAULT": "force", "PROTEST": "crowd", "RETREAT": "crowd", "SANCTION": "crowd",
    "CONCEDE": "crowd", "AID": "gift", "MOBILIZE": "gift",
    "CONSULT": "contact", "AGREE": "contact", "COOPERATE": "contact",
}  # fmt: skip
"""Types of act by who may stand in them; all others are words."""
PUBLIC = frozenset({"CVL", "MED", "EDU"})
"""Institutions that one does not deal with: the minister addressed students."""


REACHED = frozenset({"force", "crowd", "gift"})
"""Groups of acts that are done to a place."""
GOALS = frozenset({"from", "to", "on", "against", "at", "into", "toward", "towards"})
"""Prepositions before a place that an act is aimed at."""


class Opened:
    """Finders that know the described parties too, by the type of act that they may stand in.

    Args:
        finder: The finder of the parties that are known.
        described: The others.
    """

    def __init__(self, finder: Finder, described: Sequence[Mention]) -> None:
        self._finder = finder
        self.doc = finder.reading.doc
        self._described = described
        self._made: dict[tuple[str, Finder], Finder] = {}

    def of(self, kind: str) -> Finder:
        """Return the finder for acts of a type."""
        group, finder = GROUPS.get(kind, "words"), self._finder.of(kind)
        made = self._made.get((group, finder))
        if made is None:
            doc = self._finder.reading.doc
            added = [m for m in self._described if _may_stand(m, group, doc[m.head])]
            if group in REACHED:
                grounds = self._finder.grounds.values()
                added += [m for m in grounds if self._is_goal(m, group)]
            made = self._made[group, finder] = finder.with_added(added)
        return made

    def _is_goal(self, ground: Mention, group: str) -> bool:
        """Return whether a town or region is what an act is aimed at: "shelled", "from Sinai"."""
        token = self._finder.reading.doc[ground.head]
        while token.dep_ in {"compound", "conj"}:
            token = token.head
        direct = token.dep_ == "dobj" and group == "force"
        return direct or (token.dep_ == "pobj" and token.head.lower_ in GOALS)


def _may_stand(mention: Mention, group: str, head: Token) -> bool:
    """Return whether a party may stand in acts of a group; the press reports, but is sued and refused."""
    [actor] = mention.actors
    if group == "force" or (actor.how != THING and group == "crowd"):
        return True
    if actor.how == THING:
        return False
    if group == "gift":
        return actor.institution != "MIL"
    if group == "contact":
        single = actor.how == NAMELESS and " " not in actor.surface
        return actor.institution not in PUBLIC and not single
    return actor.institution != "MED" or head.dep_ in {"pobj", "poss", "dobj"}


def is_stateless(mentions: Sequence[Mention]) -> bool:
    """Return whether a side holds nothing but described parties that no words tie to a state."""
    actors = [a for m in mentions for a in m.actors]
    return bool(actors) and all(a.how in KINDS and not a.country for a in actors)


def of_state(mentions: Sequence[Mention], country: str) -> tuple[Mention, ...]:
    """Return described parties as those of a state."""
    return tuple(
        msgspec.structs.replace(
            m,
            actors=tuple(
                msgspec.structs.replace(
                    a, country=country,
                    code=f"{country}.{a.institution}" if a.institution else country,
                )
                for a in m.actors
            ),
        )
        for m in mentions
    )  # fmt: skip
