"""Resolves who is meant: register names, role phrases, office-holders, and what refers back.

``Resolver.resolve`` works through a document sentence by sentence and remembers who was named: roles
read from the text win over the register of offices, which fills in what the text leaves out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors import unparsed
from detente.coding.actors.choice import TERRITORIES, home_of, issuer_of, names_of
from detente.coding.actors.discourse import MAIN, apart, heard
from detente.coding.actors.holders import person_of
from detente.coding.actors.likely import Guesses
from detente.coding.actors.memory import Memory
from detente.coding.actors.owners import RoleReader
from detente.coding.actors.persons import Persons
from detente.coding.actors.phrase import in_calendar, is_money
from detente.coding.actors.phrases import PhraseReader
from detente.coding.actors.references import References
from detente.coding.grammar.coordination import spread
from detente.coding.types import Mention, Sentence
from detente.model import Actor
from detente.registers import roles

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from detente.coding.actors.choice import Names
    from detente.coding.actors.discourse import Heard
    from detente.coding.actors.memory import Dyad
    from detente.coding.actors.mentions import Hit
    from detente.coding.actors.phrase import Phrase
    from detente.coding.actors.taught import Taught
    from detente.coding.actors.voices import Turns
    from detente.coding.grammar.tree import Doc, Span, Token
    from detente.coding.types import MentionKind
    from detente.model import Document
    from detente.model import Span as Offsets
    from detente.registers import Register, Sense

KINDS: dict[str, MentionKind] = {
    "state": "name", "adjective": "adjective", "demonym": "name", "capital": "metonym",
    "institution": "institution", "organisation": "name", "bloc": "bloc", "group": "group",
    "person": "person",
}  # fmt: skip
PEOPLE = frozenset({"demonym", "adjective"})
"""Kinds of name that people of a state are called by."""
NUMBERS = frozenset(
    "hundred thousand dozen score million number group crowd majority handful".split()
)
"""Nouns before "of" that count people."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ARGUMENTS = SUBJECTS | {"dobj", "pobj", "dative"}
BETWEEN = frozenset({"between"})
INNER = frozenset({"REB", "OPP", "PTY", "UAF"})
"""Institutions that face their own state."""
WHERE = frozenset(
    "in at near inside within across throughout around outside over above into through off along".split()
)
_SPORT = re.compile(
    r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b.*\b(?:beat|beats|win|wins|won|draw|drew|lost|defeat\w*|match|goal\w*|"
    r"final|semi-?final|cup|league|qualif\w+|set|sets|inning\w*)\b|\b(?:beat|beats|win|wins|won|draw|drew|lost|"
    r"defeat\w*|thrash\w*)\b.*\b\d{1,3}\s?[-–]\s?\d{1,3}\b|\b(?:striker|midfielder|goalkeeper|World Cup|Olympic\w*|"
    r"Grand Slam|won the toss|T20|Davis Cup|Six Nations|batsman|wicket\w*|grand prix|Eurovision)\b"
    r"|\b(?:meet|meets|met|play|plays|played|face|faces|faced|host|hosts|hosted)\b.*\b(?:opening match|friendly|"
    r"qualifier|semi-?final|quarter-?final|group stage|tournament|stadium|play-?off)\b"
)


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
        names: Names | None = None,
        when: Mapping[int, datetime.date] | None = None,
        taught: Taught | None = None,
        turns: Turns | None = None,
    ) -> tuple[dict[int, tuple[Mention, ...]], dict[int, tuple[Mention, ...]]]:
        """Return the mentions of every parsed sentence and the stated offices of the others; and the guesses (``Reading.guesses``).

        Args:
            document: The document.
            sentences: All its sentences, in order.
            parses: Parses by sentence number.
            hits: Register names in the document's text, in order.
            names: What these mean in the document, where it is known already.
            when: Day that a sentence tells of, where it is known; the publication date elsewhere.
            taught: What other documents of the run have taught.
            turns: Follows who speaks in a document told in the first person.
        """
        names = names_of(document, hits) if names is None else names
        senses, starts = names.senses, names.starts
        publisher = turns.scan(document.publisher or "") if turns is not None else ()
        home = home_of(names.filed, publisher)
        memory = Memory(about=names.about, bodies=names.bodies, share=names.share, home=home)
        memory.salience.issuer = issuer_of(document.publisher or "", publisher)
        found: dict[int, tuple[Mention, ...]] = {}
        guesses: dict[int, tuple[Mention, ...]] = {}
        if turns is not None:
            turns.begin(memory, self)
        for sentence in sentences:
            inside = senses[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            doc = parses.get(sentence.number)
            memory.salience.paragraph = sentence.paragraph
            if turns is not None:
                memory.voice, memory.fellow = turns.label(sentence)
            if _SPORT.search(sentence.text):
                continue
            if doc is None:
                self._stated(sentence, inside, memory, document.published, found)
                continue
            day = (when or {}).get(sentence.number)
            stamp = day.isoformat() if day is not None else document.published
            one = SentenceResolver(self.register, memory, sentence, doc, inside, stamp)
            one.unowned = self.unowned
            one.taught = taught
            one.elsewhen = day is not None
            found[sentence.number] = one.mentions()
            guesses[sentence.number] = one.guesses.read()
            if turns is not None:
                turns.close(sentence, found[sentence.number])
            parties, joint = heard(doc, found[sentence.number]), one.joint()
            memory.mediators = one.mediators() or memory.mediators
            dyad = one.dyad(joint)
            memory.close(sentence.number, found[sentence.number], parties, dyad, one.leads())
        return found, guesses

    def words(
        self,
        sentence: Sentence,
        doc: Doc,
        inside: Sequence[tuple[Hit, Sense]],
        memory: Memory,
        day: str | None,
    ) -> SentenceResolver:
        """Return the resolver of one sentence, or of words that stand for one."""
        return SentenceResolver(self.register, memory, sentence, doc, inside, day)

    def stated(
        self, document: Document, hits: Sequence[Hit], offsets: Sequence[Offsets]
    ) -> dict[int, tuple[Mention, ...]]:
        """Return by sentence the persons whose office the words state, without any parse.

        Args:
            document: The document.
            hits: Register names in its text, in order.
            offsets: Start and end of its sentences, in order.
        """
        cut = [
            Sentence(number=number, start=start, end=end, text=document.text[start:end])
            for number, (start, end) in enumerate(offsets)
        ]
        return self.resolve(document, cut, {}, hits)[0]

    def _stated(
        self,
        sentence: Sentence,
        inside: Sequence[tuple[Hit, Sense]],
        memory: Memory,
        day: str | None,
        found: dict[int, tuple[Mention, ...]],
    ) -> None:
        if not inside or not unparsed.may_state(sentence.text):
            return
        doc = unparsed.read(sentence.text)
        mentions = unparsed.stated(
            SentenceResolver(self.register, memory, sentence, doc, inside, day)
        )
        if mentions:
            found[sentence.number] = mentions


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
        self.taught: Taught | None = None
        self.elsewhen = False
        self.senses = {id(hit): sense for hit, sense in hits}
        self.hits: dict[int, Hit] = {}
        for hit, _sense in hits:
            span = doc.char_span(
                hit.start - sentence.start, hit.end - sentence.start, alignment_mode="expand"
            )
            for token in span or ():
                self.hits[token.i] = hit
        self.found: dict[int, Mention] = {}
        self.guesses = Guesses(self)
        self.taken: set[int] = set()

    def mentions(self) -> tuple[Mention, ...]:
        """Return the mentions in the order of the text."""
        phrases = PhraseReader(self.doc, self.hits, alone=self.unowned).read()
        spans = {id(hit): (self._span(hit), hit) for hit in self.hits.values()}
        items: list[tuple[int, Phrase | tuple[Hit, Span]]] = [(p.start, p) for p in phrases]
        items += [(span.start, (hit, span)) for span, hit in spans.values() if span is not None]
        roles = RoleReader(self)
        for _, item in sorted(items, key=lambda one: (one[0], isinstance(one[1], tuple))):
            if not isinstance(item, tuple):
                roles.read(item)
            elif not self.taken & set(range(item[1].start, item[1].end)):
                self._name(*item)
        Persons(self).read()
        References(self).read()
        return tuple(self.found[i] for i in sorted(self.found))

    def joint(self) -> tuple[Actor, ...]:
        """Return the parties of two states or more that stand side by side as a subject."""
        tokens = self.doc.tokens
        for index in sorted(self.found):
            if tokens[index].dep_ in SUBJECTS:
                side = [self.found[t.i] for t in spread(tokens[index]) if t.i in self.found]
                actors = tuple(a for m in side if not m.place for a in m.actors)
                if len({a.country for a in actors}) > 1:
                    return actors
        return ()

    def acting(self, index: int) -> frozenset[str]:
        """Return the countries of the subject of a verb that a token is the object of."""
        token = self.doc[index]
        if token.dep_ not in {"dobj", "dative", "pobj"}:
            return frozenset()
        subjects = (m for m in self.so_far(index) if self.doc[m.head].dep_ == "nsubj")
        return frozenset(a.country for m in subjects for a in m.actors)

    def leads(self) -> list[Actor]:
        """Return the single actors that stand as subjects, in order."""
        tokens = self.doc.tokens
        subjects = (self.found[i] for i in sorted(self.found) if tokens[i].dep_ in SUBJECTS)
        return [m.actors[0] for m in subjects if len(m.actors) == 1 and not m.place]

    def heard(self, before: int | None = None) -> tuple[Heard, ...]:
        """Return the parties up to a token, or of the whole sentence, the most salient first."""
        limit = len(self.doc) if before is None else before
        return tuple(one for one in heard(self.doc, self.so_far(limit)) if one.at < limit)

    def apart(self, index: int) -> frozenset[str]:
        """Return the codes of the other parties of a pronoun's clause."""
        near = apart(self.doc[index], self.found)
        return frozenset(actor.code for i in near for actor in self.found[i].actors)

    def between(self) -> Dyad | None:
        """Return the two that something is between: "talks between the government and the rebels"."""
        if not self.doc.holds(BETWEEN):
            return None
        tokens = self.doc.tokens
        for index in sorted(self.found):
            token = tokens[index]
            if token.dep_ == "pobj" and token.head.lower_ == "between":
                sides = list(spread(token))
                own = [self.found[t.i].actors for t in sides if t.i in self.found]
                actors = {a.code: a for some in own for a in some}
                if len(actors) == 1 and len(sides) == 2:
                    actors |= {a.code: a for t in sides if (a := self._rebels(t, own[0][0]))}
                if len(actors) == 2:
                    one, other = actors.values()
                    return one, other
        return None

    def _rebels(self, noun: Token, facing: Actor) -> Actor | None:
        """Return who faces a state at home: "the rebel coalition", "the opposition"."""
        if noun.i in self.found:
            return None
        heads = roles.load().heads
        words = [t.lower_ for t in (noun, *noun.children)]
        told = (heads.get((word,)) or heads.get((word + "s",)) for word in words)
        body = next((h.institution for h in told if h and h.institution in INNER), None)
        if body is None:
            return None
        return Actor(code=f"{facing.country}.{body}", country=facing.country, institution=body)

    def mediators(self) -> tuple[Actor, ...]:
        """Return who is the subject beside two others that something is between."""
        dyad = self.between()
        if dyad is None:
            return ()
        states = {actor.country for actor in dyad}
        subjects = (one.actors for one in self.heard() if one.part == MAIN)
        return next((some for some in subjects if not states & {a.country for a in some}), ())

    def dyad(self, joint: Sequence[Actor]) -> Dyad | None:
        """Return the two that something is between, or else a subject and the first other party that it deals with.

        Two that stand side by side as the subject (``joint``) deal with one another.
        """
        between = self.between()
        if between is not None:
            return between
        if joint:
            return _two(joint)
        heads = [i for i in sorted(self.found) if not self.found[i].place]
        tokens = self.doc.tokens
        first = next((i for i in heads if tokens[i].dep_ in SUBJECTS), None)
        if first is None:
            return None
        sides = list(self.found[first].actors)
        if _two(sides) is not None:
            return _two(sides)
        for index in heads:
            mention = self.found[index]
            if tokens[index].dep_ in ARGUMENTS and mention.kind != "adjective":
                sides += mention.actors
        return _two(sides)

    def so_far(self, before: int | None = None) -> list[Mention]:
        """Return the mentions found, up to a token, without those that only describe."""
        limit = len(self.doc) if before is None else before
        found = (self.found[i] for i in sorted(self.found) if i < limit)
        return [m for m in found if m.kind != "adjective" and not m.place]

    def _name(self, hit: Hit, span: Span) -> None:
        sense = self.senses[id(hit)]
        root = span.root
        kind = KINDS[sense.kind]
        if sense.kind in TERRITORIES and self._part_of_a_longer_name(span):
            return
        if sense.kind == "organisation" and self._shortens_another(span, sense):
            return
        if is_money(span):
            return
        where = root.dep_ == "pobj" and root.head.lower_ in WHERE
        if sense.kind == "adjective" and root.dep_ not in {"amod", "compound", "nmod", "poss"}:
            kind = "name" if root.pos_ in {"NOUN", "PROPN"} else "adjective"
        actor = self._named(sense, hit)
        elsewhere = self._lives_in(span.root) if sense.kind in PEOPLE else None
        if elsewhere not in {None, actor.country}:
            actor = msgspec.structs.replace(
                actor, code=f"{elsewhere}.CVL", country=elsewhere, institution="CVL",
                how="people of the place",
            )  # fmt: skip
        elif sense.kind in PEOPLE and _is_counted(span.root):
            actor = msgspec.structs.replace(
                actor, code=f"{actor.country}.CVL", institution="CVL", how="people of the country"
            )
        if sense.kind == "person" and actor.person is not None:
            self.memory.learn(actor.person, actor)
        towards = root.dep_ == "pobj" and root.head.lower_ in {"to", "from", "towards", "toward"}
        self.put(span, (actor,), kind, place=sense.kind in TERRITORIES and (towards or where))

    def _lives_in(self, noun: Token) -> str | None:
        """Return the state that people of a nation live in: "Serbs in the north of Kosovo"."""
        if noun.tag_ not in {"NNS", "NNPS"}:
            return None
        places = (c for p in noun.children if p.lower_ == "in" for c in p.subtree)
        hits = (self.hits[token.i] for token in places if token.i in self.hits)
        senses = (self.senses[id(hit)] for hit in hits)
        return next((s.code for s in senses if s.kind == "state"), None)

    def _named(self, sense: Sense, hit: Hit) -> Actor:
        """Return the actor that a name stands for; a person's office is that of the day."""
        if sense.kind == "person":
            return person_of([one for one in hit.senses if one.kind == "person"], self.day)
        organisation = sense.kind == "organisation"
        institution = sense.institution or ("IGO" if organisation else None)
        bare = organisation or institution is None
        return Actor(
            code=sense.code if bare else f"{sense.code}.{institution}", country=sense.code,
            institution=institution, sector=sense.sector,
            how=sense.kind if sense.kind != "state" else "name",
        )  # fmt: skip

    def _shortens_another(self, span: Span, sense: Sense) -> bool:
        """Return whether a name in brackets is short for the one before: "the Emirate of Mali (IEA)"."""
        if span.start < 2 or self.doc[span.start - 1].text != "(":
            return False
        before = self.hits.get(span.start - 2)
        return before is not None and self.senses[id(before)].code != sense.code

    def _part_of_a_longer_name(self, span: Span) -> bool:
        """Whether capitals go on after a country's name, as in a company's or a person's."""
        if span.end < len(self.doc) and span.root.dep_ == "compound":
            following = self.doc[span.end]
            return (
                following.pos_ == "PROPN"
                and span.end not in self.hits
                and not in_calendar(following)
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
            and not in_calendar(before)
            and not self.sentence.headline
        )

    def _span(self, hit: Hit) -> Span | None:
        start = hit.start - self.sentence.start
        return self.doc.char_span(start, hit.end - self.sentence.start, alignment_mode="expand")

    def told(self, name: str) -> Actor | None:
        """Return who bears a name by what other documents of the run state."""
        if self.taught is None:
            return None
        return self.taught.find(name, day=self.day, about=self.memory.about)

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
        text = span.text
        placed = tuple(
            msgspec.structs.replace(a, surface=text, span=(start, end), how=how or a.how)
            for a in actors
        )
        root = _head(span)
        self.found.setdefault(
            root, Mention(start=start, end=end, head=root, actors=placed, kind=kind, place=place)
        )


def _is_counted(noun: Token) -> bool:
    """Return whether a nationality stands for some of its people: "thousands of Jordanians"."""
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ in {"compound", "amod", "poss"}:
        return False
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    counted = of and noun.head.head.lemma_.lower() in NUMBERS
    return counted or any(c.dep_ == "nummod" for c in noun.children)


def _two(actors: Sequence[Actor]) -> Dyad | None:
    """Return the first actors of the only two countries; None where there are more or fewer."""
    first: dict[str, Actor] = {}
    for actor in actors:
        first.setdefault(actor.country, actor)
    if len(first) != 2:
        return None
    one, other = first.values()
    return one, other


def _head(span: Span) -> int:
    """Return the token that a phrase is governed by: its noun, where the parse tears it apart."""
    if span.end - span.start == 1:
        return span.start
    outer = [t for t in span if not span.start <= t.head.i < span.end or t.head == t]
    nouns = [t for t in outer if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    return nouns[0].i if nouns and span.root.pos_ == "ADP" else span.root.i
