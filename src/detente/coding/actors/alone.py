"""Reads one phrase on its own, as an analyst types it: "Ukrainian farmers", "the DEA", "Kyiv police".

A phrase without a sentence has no verb to say what is meant, so more stands for people than in running
text: a city for those who live there, a school for its teachers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from detente.coding import sentences
from detente.coding.actors.holders import CITY, holder
from detente.coding.actors.mentions import Scanner
from detente.coding.actors.phrase import ARTICLES, HONORIFICS
from detente.coding.actors.resolver import Resolver
from detente.model import Actor, Block, Document, document_id
from detente.registers import peoples, roles
from detente.registers.gazetteer import fold, load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.actors.mentions import Hit
    from detente.coding.grammar.parse import Parser
    from detente.coding.grammar.tree import Doc
    from detente.coding.types import Mention
    from detente.registers import Register

UNKNOWN = Actor(code="", country="", sector="UNK", how="unknown")
"""Somebody of whom nothing is said."""
PRONOUNS = frozenset("he she they him her them someone somebody anyone everyone who".split())
COMMON = frozenset("international national royal general united federal central joint".split())
"""Words of bodies' names that are names of towns somewhere, too."""
TOWN = 1_000
"""Inhabitants from which a town's name alone stands for its people."""
CLEAR = 3
"""How many times larger a place must be than its namesakes in other countries."""


class PhraseAlone:
    """Reads phrases that stand alone.

    Args:
        register: The register of actors.
        parser: The parser.
    """

    def __init__(self, register: Register, parser: Parser) -> None:
        self.register = register
        self.parser = parser
        self._scanner = Scanner(register, alone=True)
        self._resolver = Resolver(register, unowned=True)

    def read(self, phrase: str, *, day: str | None = None, about: str = "") -> Actor | None:
        """Return who a phrase means.

        Args:
            phrase: The words, such as ``"a former CIA official"``.
            day: ISO 8601; the office is that of this day.
            about: Names of countries that the talk is of.

        Returns:
            The actor; its country is empty where the phrase names none; None for no actor.
        """
        phrase = " ".join(phrase.split())
        if phrase.isupper() and " " in phrase and phrase not in self.register.surfaces:
            phrase = phrase.title()
        words = [w for w in phrase.lower().split() if w not in ARTICLES]
        if len(words) == 1 and words[0] in PRONOUNS and phrase != phrase.upper():
            return UNKNOWN
        named = self._named(phrase, day, about)
        if named is not None:
            return named
        docs, mentions, hits = self._resolve(phrase, day, about)
        actor = self._uppermost(docs, mentions)
        if actor is None or (actor.how == "role alone" and self._is_place(phrase)):
            actor = self._otherwise(phrase, docs, day) or actor
        if actor is None and hits:
            sense = hits[0].senses[0]
            return Actor(code=sense.code, country=sense.code, sector="UNK", how="country only")
        if actor is not None and not actor.country:
            return self._placed(actor, phrase, hits)
        return actor

    def _named(self, phrase: str, day: str | None, about: str) -> Actor | None:
        """Return the body or group whose name the whole phrase is, though the name be a common one."""
        senses = self.register.surfaces.get(self._bare(phrase), ())
        near = {s.code for surface in (about,) for s in self.register.surfaces.get(surface, ())}
        fitting = [s for s in senses if s.kind in {"institution", "group"} and s.on(day)]
        fitting = [s for s in fitting if s.code in near] or fitting
        if not fitting or len({s.code for s in fitting}) > 1:
            return None
        sense = fitting[0]
        return Actor(
            code=f"{sense.code}.{sense.institution}", country=sense.code,
            institution=sense.institution, sector=sense.sector, how=sense.kind,
        )  # fmt: skip

    def _resolve(
        self, phrase: str, day: str | None, about: str
    ) -> tuple[list[Doc], list[tuple[int, Mention]], Sequence[Hit]]:
        text = f"{phrase}\n\n{about}" if about else phrase
        block = Block(kind="paragraph", start=0, end=len(phrase))
        blocks = (block, Block(kind="paragraph", start=len(phrase) + 2, end=len(text)))
        document = Document(
            id=document_id(text), source="phrase", text=text,
            blocks=blocks if about else blocks[:1], published=day,
        )  # fmt: skip
        cut = [s for s in sentences.split(document) if s.start < len(phrase)]
        docs = self.parser.parse([s.text for s in cut])
        parses = dict(zip((s.number for s in cut), docs, strict=True))
        hits = self._scanner.scan(text)
        found, _ = self._resolver.resolve(document, cut, parses, hits)
        mentions = [(number, m) for number in sorted(found) for m in found[number]]
        return docs, mentions, [hit for hit in hits if hit.start < len(phrase)]

    def _uppermost(
        self, docs: Sequence[Doc], mentions: Sequence[tuple[int, Mention]]
    ) -> Actor | None:
        """Return the actor of the mention that stands highest in the parse."""
        ranked = sorted(
            (_vague(m), number, *_height(docs[number], m), index)
            for index, (number, m) in enumerate(mentions)
            if number < len(docs)
        )
        if not ranked:
            return None
        _, number, *_, index = ranked[0]
        mention = mentions[index][1]
        actor = mention.actors[0]
        root = docs[number][mention.head]
        modifies = mention.kind == "adjective" or mention.place or root.dep_ in {"pobj", "poss"}
        if (
            modifies
            and actor.institution is None
            and len(docs[number]) > 1
            and root.head is not root
        ):
            return msgspec.structs.replace(actor, sector="UNK", how="country only")
        return actor

    def _otherwise(self, phrase: str, docs: Sequence[Doc], day: str | None) -> Actor | None:
        """Read a name that the parser did not take for one, a noun inside a phrase, or a place."""
        bare = self._bare(phrase)
        if bare[:1].isupper() and not self._is_place(phrase):
            actor, how = holder(bare, day=day, about=(), register=self.register, surname=True)
            if actor is not None:
                return msgspec.structs.replace(actor, how=how)
        for doc in docs:
            for institution, sector in _nouns(doc):
                return Actor(
                    code=institution or "", country="", institution=institution, sector=sector,
                    how="role alone",
                )  # fmt: skip
        country = self._place(bare)
        if country is not None:
            return Actor(
                code=f"{country}.CVL", country=country, institution="CVL", how="place",
            )  # fmt: skip
        return None

    def _bare(self, phrase: str) -> str:
        words = phrase.split()
        while words and words[0].lower() in ARTICLES | HONORIFICS:
            words = words[1:]
        return " ".join(words)

    def _is_place(self, phrase: str) -> bool:
        return self._place(self._bare(phrase)) is not None

    def _place(self, name: str, *, least: int = TOWN) -> str | None:
        """Return the country of a place, where one stands out among its namesakes."""
        if not name[:1].isupper():
            return None
        largest: dict[str, int] = {}
        found = load_gazetteer().lookup(fold(name))
        main = [entry for entry in found if not entry.alternate and entry.population >= least]
        for entry in main or found:
            if entry.country is not None and entry.feature in {"P", "A"}:
                size = max(entry.population, largest.get(entry.country, 0))
                largest[entry.country] = max(size, least) if entry.kind == "admin1" else size
        ranked = sorted(largest.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < least:
            return None
        clear = len(ranked) == 1 or ranked[0][1] >= CLEAR * ranked[1][1]
        return ranked[0][0] if clear else None

    def _placed(self, actor: Actor, phrase: str, hits: Sequence[Hit]) -> Actor:
        """Give an actor without a country that of a country or place in the phrase."""
        for hit in hits:
            sense = hit.senses[0]
            if sense.kind in {"state", "adjective", "demonym", "capital"}:
                return _of(actor, sense.code)
        words = re.findall(r"[^\W\d_][\w.'-]*", phrase)
        of_people = [peoples.load()[word] for word in words if word in peoples.load()]
        if of_people:
            led = actor.institution in {"HOS", "HOG"}
            inner = msgspec.structs.replace(actor, institution="GOV", rank="governor")
            return _of(inner if led else actor, of_people[0])
        plain = {*roles.load().first, *(w for key in roles.load().topics for w in key)} | COMMON
        body = actor.institution in {"EDU", "INT", "GOV", "LEG", "JUD"}
        for size in range(min(3, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                run = words[start : start + size]
                if size == 1 and run[0].lower() in plain:
                    continue
                if all(word[:1].isupper() for word in run):
                    least = TOWN if size > 1 or body else CITY
                    country = self._place(" ".join(run), least=least)
                    if country is not None:
                        return _of(actor, country)
        return actor


def _vague(mention: Mention) -> int:
    """Rank what says little behind a name: "a group of tourists" are tourists, "SANDF members" SANDF."""
    actor = mention.actors[0]
    state = actor.institution is None and actor.country != ""
    if mention.kind == "adjective" or mention.place or (state and mention.kind != "reference"):
        return 1
    return 2 if actor.sector == "UNK" else 1 if not actor.country else 0


def _height(doc: Doc, mention: Mention) -> tuple[int, int, int]:
    """Rank mentions: the last one before a preposition is the phrase's head; then by the parse."""
    ends = (t.i for t in doc if t.tag_ in {"IN", "TO", "WDT", "WP"} or t.text in {",", "("})
    if mention.head < next(ends, len(doc)):
        return 0, -mention.head, 0
    return 1, len(list(doc[mention.head].ancestors)), mention.start


def _of(actor: Actor, country: str) -> Actor:
    code = f"{country}.{actor.institution}" if actor.institution else country
    return msgspec.structs.replace(actor, code=code, country=country)


def _nouns(doc: Doc) -> Iterator[tuple[str | None, str | None]]:
    """Yield institution and sector of every noun for people, the last one first."""
    book = roles.load()
    low = [token.lower_ for token in doc]
    for end in range(len(low), 0, -1):
        for size in range(min(book.longest, end), 0, -1):
            head = book.heads.get(tuple(low[end - size : end]))
            if head is not None and not head.needs_owner:
                yield head.institution, head.sector
