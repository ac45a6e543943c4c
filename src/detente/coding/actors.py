"""Resolves who is meant: register names, role phrases, office-holders, and what refers back.

``Resolver.resolve`` works through a document sentence by sentence and remembers who was named: roles
read from the text win over the register of offices, which fills in what the text leaves out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.coding.choice import TERRITORIES, about, choose
from detente.coding.holders import city_country, holder
from detente.coding.memory import Memory
from detente.coding.phrases import CALENDAR, PhraseReader
from detente.coding.references import References
from detente.coding.types import Mention
from detente.model import Actor
from detente.registers import offices

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Span

    from detente.coding.mentions import Hit
    from detente.coding.phrases import Phrase
    from detente.coding.types import MentionKind, Sentence
    from detente.model import Document
    from detente.registers import Register, Sense

KINDS: dict[str, MentionKind] = {
    "state": "name", "adjective": "adjective", "demonym": "name", "capital": "metonym",
    "institution": "institution", "organisation": "name", "bloc": "bloc", "group": "group",
    "person": "person",
}  # fmt: skip
WHERE = frozenset(
    "in at near inside within across throughout around outside over above into through off along".split()
)
_SPORT = re.compile(
    r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b.*\b(?:beat|beats|win|wins|won|draw|drew|lost|defeat\w*|match|goal\w*|"
    r"final|semi-?final|cup|league|qualif\w+|set|sets|inning\w*)\b|\b(?:beat|beats|win|wins|won|draw|drew|lost|"
    r"defeat\w*|thrash\w*)\b.*\b\d{1,3}\s?[-–]\s?\d{1,3}\b|\b(?:striker|midfielder|goalkeeper|World Cup|Olympic\w*|"
    r"Grand Slam|batsman|wicket\w*|grand prix|Eurovision)\b"
    r"|\b(?:meet|meets|met|play|plays|played|face|faces|faced|host|hosts|hosted)\b.*\b(?:opening match|friendly|"
    r"qualifier|semi-?final|quarter-?final|group stage|tournament|stadium|play-?off)\b"
)
OWNERS_FIRST = frozenset({("HOS", "LEG"), ("UAF", "REB"), ("MIL", "REB"), ("REB", "UAF")})
"""Pairs of a role's institution and its owner's where the owner's stands: "president of the Seimas"."""


class Resolver:
    """Resolves the mentions of documents.

    Args:
        register: The register of actors.
        unowned: Whether a role that belongs to nobody known ("gunmen", a bare "president") is an
            actor with an empty country; so where one phrase is coded on its own.
    """

    def __init__(self, register: Register, *, unowned: bool = False) -> None:
        self.register = register
        self.unowned = unowned

    def resolve(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        parses: Mapping[int, Doc],
        hits: Sequence[Hit],
        *,
        when: Mapping[int, datetime.date] | None = None,
    ) -> dict[int, tuple[Mention, ...]]:
        """Return the mentions of every parsed sentence.

        Args:
            document: The document.
            sentences: All its sentences, in order.
            parses: Parses by sentence number.
            hits: Register names in the document's text, in order.
            when: Day that a sentence tells of, where it is known; the publication date elsewhere.
        """
        chosen = choose(document, hits)
        memory = Memory(about=about(document, chosen))
        found: dict[int, tuple[Mention, ...]] = {}
        position = 0
        for sentence in sentences:
            inside: list[tuple[Hit, Sense]] = []
            while position < len(chosen) and chosen[position][0].start < sentence.end:
                if chosen[position][0].start >= sentence.start:
                    inside.append(chosen[position])
                position += 1
            doc = parses.get(sentence.number)
            if doc is None or _SPORT.search(sentence.text):
                continue
            day = (when or {}).get(sentence.number)
            stamp = day.isoformat() if day is not None else document.published
            one = SentenceResolver(self.register, memory, sentence, doc, inside, stamp)
            one.unowned = self.unowned
            found[sentence.number] = one.mentions()
            memory.close(found[sentence.number])
        return found


class SentenceResolver:
    """Resolves one sentence with what the document told before."""

    def __init__(
        self,
        register: Register,
        memory: Memory,
        sentence: Sentence,
        doc: Doc,
        hits: Sequence[tuple[Hit, Sense]],
        day: str | None,
    ) -> None:
        self.register = register
        self.memory = memory
        self.sentence = sentence
        self.doc = doc
        self.day = day
        self.unowned = False
        self.senses = {id(hit): sense for hit, sense in hits}
        self.hits: dict[int, Hit] = {}
        for hit, _sense in hits:
            span = doc.char_span(
                hit.start - sentence.start, hit.end - sentence.start, alignment_mode="expand"
            )
            for token in span or ():
                self.hits[token.i] = hit
        self.found: dict[int, Mention] = {}
        self.taken: set[int] = set()

    def mentions(self) -> tuple[Mention, ...]:
        """Return the mentions in the order of the text."""
        for phrase in PhraseReader(self.doc, self.hits).read():
            self._role(phrase)
        self._names()
        self._persons()
        References(self).read()
        return tuple(self.found[i] for i in sorted(self.found))

    def _role(self, phrase: Phrase) -> None:
        if phrase.head.needs_owner and not phrase.owners:
            return
        if phrase.plural and phrase.definite and not phrase.owners and phrase.head.rank:
            group = self.memory.group(phrase.head.rank, self.so_far(phrase.start))
            if group:
                span = self.doc[phrase.start : phrase.end]
                self.put(span, group, "reference", how=f"coreference: {span.text.lower()}")
                self.taken.update(range(phrase.start, phrase.end))
                return
        actors = self._role_actors(phrase)
        if not actors:
            return
        span = self.doc[phrase.start : phrase.end]
        self.put(span, actors, "role" if phrase.head.rank else "institution")
        self.taken.update(range(phrase.start, phrase.end))
        if phrase.extra is not None:
            self.taken.update(range(*phrase.extra))
            apposed = self.doc[slice(*phrase.extra)]
            if apposed.root.i < span.root.i or span.root.dep_ == "appos":
                self.found.pop(span.root.i, None)
                self.put(apposed, actors, "person", how="apposition")

    def _role_actors(self, phrase: Phrase) -> tuple[Actor, ...]:
        owners, how = self._owners(phrase)
        institution = phrase.institution
        if not owners and phrase.pronoun is None:
            owners, how = self._last_resort(phrase)
        actors = []
        for country, of_institution in owners:
            inner = institution
            if (phrase.head.needs_owner and of_institution is not None and institution is None) or (
                of_institution is not None
                and (institution in {None, "GOV"} or (institution, of_institution) in OWNERS_FIRST)
            ):
                inner = of_institution
            if country in self.register.members and not country.startswith("BLOC:"):
                inner = None if how.startswith("coreference: the") and inner == "JUD" else inner
                inner = "IGO" if inner in {None, "GOV", "HOS", "HOG"} else inner
            actors.append(self._actor(country, inner, phrase, how))
        if phrase.person and len(actors) == 1:
            self.memory.learn(phrase.person, actors[0])
        return tuple(actors)

    def _last_resort(self, phrase: Phrase) -> tuple[list[tuple[str, str | None]], str]:
        """Return the country of a person who left an office, or of a city; or, where allowed, none."""
        if phrase.person is not None and self.day is not None:
            past = offices.last_held(phrase.person, day=self.day, countries=self.memory.about)
            if past is not None:
                return [(past.code, None)], "former office-holder"
        country = city_country(self.doc, phrase.start)
        if country is not None:
            return [(country, None)], "city"
        if self.unowned and phrase.institution is not None and not phrase.head.needs_owner:
            return [("", None)], "role alone"
        return [], ""

    def _actor(self, country: str, institution: str | None, phrase: Phrase, how: str) -> Actor:
        person = phrase.person
        rank = phrase.head.rank
        if institution == "IGO" and rank == "head of state":
            rank = "head of organisation"
        if person is None and rank is not None and not phrase.plural:
            known = self.memory.holder(country, institution, rank)
            person = known.person if known is not None else None
        if institution == "LEG" and rank == "head of state":
            rank = "speaker"
        code = f"{country}.{institution}" if institution not in {None, "IGO"} else country
        code = code.removeprefix(".")
        return Actor(
            code=country if phrase.former else code,
            country=country,
            institution=None if phrase.former else institution,
            person=person,
            role=("former " if phrase.former and "former" not in phrase.role.lower() else "")
            + phrase.role
            if rank or phrase.former
            else None,
            rank=None if phrase.former else rank,
            how=how,
        )

    def _owners(self, phrase: Phrase) -> tuple[list[tuple[str, str | None]], str]:
        """Return (country, institution of the owner) for everyone that a role belongs to."""
        if phrase.owners:
            senses = [self.senses[id(hit)] for hit in phrase.owners]
            if len(senses) > 1 and not phrase.plural and phrase.person is None:
                senses = senses[-1:] if phrase.owners[-1].start > phrase.owners[0].start else senses
            return [(s.code, s.institution) for s in senses], "role phrase"
        named = self._named_owner(phrase)
        if named is not None:
            return named
        if phrase.pronoun is not None:
            owner = self.memory.owner(phrase.pronoun, self.so_far(phrase.start))
            return (
                ([(owner.country, None)], f"coreference: {phrase.pronoun}") if owner else ([], "")
            )
        before = self.memory.role(phrase.institution, phrase.head, plural=phrase.plural)
        if before is not None and phrase.definite:
            inner = before.institution if phrase.institution == "GOV" else None
            return [(before.country, inner)], f"coreference: the {phrase.role.lower()}"
        head = phrase.body or phrase.head
        if (
            head.country is not None
            and (phrase.person or phrase.definite)
            and (not head.topic or phrase.institution != head.institution)
        ):
            return [(head.country, None)], "title"
        if head.the and (phrase.definite or phrase.person) and self.memory.about:
            return [(self.memory.about[0], None)], "the document's country"
        return [], ""

    def _named_owner(self, phrase: Phrase) -> tuple[list[tuple[str, str | None]], str] | None:
        """Return the owner by the person's name, or by a body named before ("the court")."""
        if phrase.person is not None:
            known = self.memory.person(phrase.person)
            if known is not None:
                return [(known.country, None)], "named before"
            office = offices.lookup(phrase.person, day=self.day, countries=self.memory.about)
            if office is not None:
                return [(office.code, office.institution)], "office-holder"
        codes = self.register.nouns.get(phrase.role.lower(), ())
        if codes and phrase.definite and phrase.pronoun is None:
            body = self.memory.body(codes)
            if body is not None:
                return [(body.country, None)], f"coreference: the {phrase.role.lower()}"
        return None

    def so_far(self, before: int | None = None) -> list[Mention]:
        """Return the mentions found, up to a token, without those that only describe."""
        limit = len(self.doc) if before is None else before
        found = (self.found[i] for i in sorted(self.found) if i < limit)
        return [m for m in found if m.kind != "adjective" and not m.place]

    def _names(self) -> None:
        done: set[int] = set()
        for index in sorted(self.hits):
            hit = self.hits[index]
            if id(hit) in done:
                continue
            done.add(id(hit))
            span = self._span(hit)
            if span is None or self.taken & set(range(span.start, span.end)):
                continue
            self._name(hit, span)

    def _name(self, hit: Hit, span: Span) -> None:
        sense = self.senses[id(hit)]
        root = span.root
        kind = KINDS[sense.kind]
        if sense.kind in TERRITORIES and self._part_of_a_longer_name(span):
            return
        where = root.dep_ == "pobj" and root.head.lower_ in WHERE
        if sense.kind == "adjective" and root.dep_ not in {"amod", "compound", "nmod", "poss"}:
            kind = "name" if root.pos_ in {"NOUN", "PROPN"} else "adjective"
        code = f"{sense.code}.{sense.institution}" if sense.institution else sense.code
        institution = sense.institution or ("IGO" if sense.kind == "organisation" else None)
        person = sense.name if sense.kind == "person" else None
        actor = Actor(
            code=code, country=sense.code, institution=institution, person=person,
            role=sense.role, rank=sense.rank, how=sense.kind if sense.kind != "state" else "name",
        )  # fmt: skip
        towards = root.dep_ == "pobj" and root.head.lower_ in {"to", "from", "towards", "toward"}
        self.put(span, (actor,), kind, place=sense.kind in TERRITORIES and (towards or where))

    def _part_of_a_longer_name(self, span: Span) -> bool:
        """Whether capitals go on after a country's name, as in a company's or a person's."""
        if span.end < len(self.doc) and span.root.dep_ == "compound":
            following = self.doc[span.end]
            return (
                following.pos_ == "PROPN"
                and span.end not in self.hits
                and following.lower_ not in CALENDAR
                and span.root.head.pos_ == "PROPN"
                and not self.sentence.headline
            )
        before = self.doc[span.start - 1] if span.start else None
        return (
            before is not None
            and before.pos_ == "PROPN"
            and before.dep_ == "compound"
            and before.head.i == span.root.i
            and before.i not in self.hits
            and before.lower_ not in CALENDAR
            and not self.sentence.headline
        )

    def _span(self, hit: Hit) -> Span | None:
        start = hit.start - self.sentence.start
        return self.doc.char_span(start, hit.end - self.sentence.start, alignment_mode="expand")

    def _persons(self) -> None:
        index = 0
        while index < len(self.doc):
            end = index
            while end < len(self.doc) and self.may_be_name(end):
                end += 1
            if end > index:
                self._person(index, end)
            index = max(end, index + 1)

    def may_be_name(self, index: int) -> bool:
        """Say whether a token can be part of a person's name."""
        token = self.doc[index]
        if token.text in {"-", "‐"}:
            joins = 0 < index < len(self.doc) - 1 and not self.doc[index - 1].whitespace_
            return joins and self.may_be_name(index - 1) and self.may_be_name(index + 1)
        return (
            (token.pos_ == "PROPN" or self.memory.person(token.text) is not None)
            and index not in self.hits
            and index not in self.taken
            and token.lower_ not in CALENDAR
            and token.text[:1].isupper()
        )

    def _person(self, start: int, end: int) -> None:
        name = self.doc[start:end].text
        known = self.memory.person(name)
        how = "named before"
        if known is None:
            known, how = holder(name, day=self.day, about=self.memory.about, register=self.register)
            if known is None:
                return
            if end - start > 1:
                self.memory.learn(name, known)
        self.put(self.doc[start:end], (known,), "person", how=how)

    def put(
        self,
        span: Span,
        actors: Sequence[Actor],
        kind: MentionKind,
        *,
        place: bool = False,
        how: str | None = None,
    ) -> None:
        """Keep a mention at the root of a span, unless one stands there already."""
        start = self.sentence.start + span.start_char
        end = self.sentence.start + span.end_char
        placed = tuple(
            Actor(
                code=a.code, country=a.country, institution=a.institution, person=a.person, role=a.role,
                rank=a.rank, surface=span.text, span=(start, end), how=how or a.how,
            )
            for a in actors
        )  # fmt: skip
        root = span.root.i
        self.found.setdefault(
            root, Mention(start=start, end=end, head=root, actors=placed, kind=kind, place=place)
        )
