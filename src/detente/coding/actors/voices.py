"""Who says "we": the speaker of a statement, of a turn in a transcript, of a quotation.

A communique or a briefing speaks of "we" without a quotation: who gives it, as its title or publisher
tells, or the ministry of the country that it is mostly about. In a transcript labels say who speaks
("Minister Ivanov:", "Q:"). A quotation that goes on for sentences belongs to whom the sentence beside
it names. An analyst's, a reporter's or an unknown person's "we" is nobody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors import unparsed
from detente.coding.actors.owners import RoleReader
from detente.coding.actors.persons import Persons
from detente.coding.actors.phrases import PhraseReader
from detente.coding.types import Sentence, Voice
from detente.model import Actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detente.coding.actors.memory import Memory
    from detente.coding.actors.mentions import Hit
    from detente.coding.actors.resolver import Resolver
    from detente.coding.types import Mention
    from detente.model import Document

_OFFICIAL = re.compile(
    r"\b(?:ministry|ministers?|spokes(?:man|woman|person)|press statement|statement by|remarks|"
    r"communiqu[eé]|embassy|government|press service|press conference|press availability|briefing|"
    r"department of (?:state|defen[cs]e)|foreign office|external action|interview|transcript|speech|address|"
    r"declaration|(?:joint|official|full) statement|on behalf of)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"(?:^|[.!?:]\s+|\n|, )(?:We|I)(?:[’']ve|[’']re|[’']m)?\b|\b[Mm]y (?:colleague|counterpart|government|pleasure)\b"
)
_BESIDE = re.compile(
    r"\b(?:with|following|after|alongside|meets|met|meeting|talks|visit)\b", re.IGNORECASE
)
_JOINT = re.compile(r"\bjoint\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?P<label>[A-Z][\w.’'-]*(?: (?:[A-Z(][\w.’',)-]*|of|for|the|and|de|al|bin|to|von|van)){0,10})\s?:(?=\s|$)"
)
_ASKS = re.compile(
    r"^(?:q|question|questions|moderator|reporter|journalist|correspondent|interviewer|host|media|press)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"^(?:a|answer|reply|response)\b", re.IGNORECASE)
_INTERVIEW = re.compile(r"\binterview\b", re.IGNORECASE)
_DEFENCE = re.compile(r"\bdefen[cs]e\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:foreign|diplomat\w*|ambassador)\b", re.IGNORECASE)
_WELCOME = re.compile(
    r"\b(?:I|we|my (?:great )?(?:pleasure|honour|honor) to|happy to|glad to)\b[^.]{0,40}\bwelcome\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"^(?:mr|ms|mrs|miss|dr)\b", re.IGNORECASE)
_PLAIN = re.compile(
    r"\b(?:Of|The|And|With|At|By|To|In|On|For|From|Following|After|Held|Talks|Remarks|Joint|Press|Conference|"
    r"Transcript|Statement|Meeting)\b"
)
"""Words that are no names, in a title in capitals."""
GUESSED = frozenset({"the document's country", "the sentence's country", "city"})
"""How an owner is found who does not stand in the words themselves."""
PLACED = frozenset({"state", "capital", "adjective"})
"""Kinds of name in a publisher's name that tell its country: "Kyiv Brief"."""
HOW = "speaker of the document"
TURN = "speaker of the turn"
SPEAKERS = frozenset({HOW, TURN})
"""How who speaks in the first person is told."""


def is_spoken(document: Document) -> bool:
    """Return whether somebody speaks in the first person through a document; quick."""
    source = f"{document.title or ''} {document.publisher or ''}"
    if _OFFICIAL.search(source) and _FIRST_PERSON.search(document.text):
        return True
    labels = sum(
        _LABEL.match(document.text, block.start, block.end) is not None
        for block in document.blocks
        if block.kind != "headline" and block.end - block.start > 1
    )
    return labels > 1


@dataclass(slots=True)
class Turns:
    """Follows who speaks through one document, sentence by sentence.

    Args:
        document: The document.
        scan: Finds the register's names in a text.

    Attributes:
        speaker: Who speaks where no label says otherwise.
        fellow: Beside whom.
        now: Who has the word, None where nobody known has.
        spoken: Voices by sentence.
    """

    document: Document
    scan: Callable[[str], Sequence[Hit]]
    speaker: Actor | None = None
    fellow: Actor | None = None
    now: Actor | None = None
    spoken: dict[int, Voice] = field(default_factory=dict)
    _met: dict[str, Actor] = field(default_factory=dict)
    _memory: Memory = field(init=False)
    _resolver: Resolver = field(init=False)

    def begin(self, memory: Memory, resolver: Resolver) -> None:
        """Read title and publisher.

        Args:
            memory: What the document tells.
            resolver: Resolves the names of title, publisher and labels.
        """
        self._memory, self._resolver = memory, resolver
        if not is_spoken(self.document):
            return
        title = self.document.title or ""
        named = list(self._named(title))
        beside = _BESIDE.search(title)
        first = (
            beside.start() if beside and not _JOINT.search(title[: beside.start()]) else len(title)
        )
        for at, actor in named:
            if at < first and self.speaker is None:
                self.speaker = actor
            elif self.fellow is None and (
                self.speaker is None or actor.country != self.speaker.country
            ):
                self.fellow = actor
        if self.speaker is None:
            publisher = [actor for _, actor in self._named(self.document.publisher or "")]
            self.speaker = publisher[0] if publisher else self._of_the_country(memory.about)
        self.now = self.speaker

    def _of_the_country(self, about: Sequence[str]) -> Actor | None:
        """Return the ministry of the country that a document in the first person is mostly about."""
        source = f"{self.document.title or ''} {self.document.publisher or ''}"
        other = self.fellow.country if self.fellow is not None else None
        publisher = [hit.senses[0] for hit in self.scan(self.document.publisher or "")]
        countries = [sense.code for sense in publisher if sense.kind in PLACED]
        asked = _INTERVIEW.search(source) is not None
        if not asked:
            countries += [code for code in about if code != other]
        if not countries or not _OFFICIAL.search(source):
            return None
        institution = None
        if asked:
            pass
        elif _DEFENCE.search(source):
            institution = "MOD"
        elif _FOREIGN.search(f"{source} {self.document.text}"):
            institution = "MFA"
        return _actor(countries[0], institution)

    def label(self, sentence: Sentence) -> tuple[Actor | None, Actor | None]:
        """Return who has the word and beside whom, as a label at the start of a sentence tells."""
        match = None if sentence.headline else _LABEL.match(sentence.text)
        if match is not None:
            self._give(match["label"])
        return self.now, self._beside()

    def _beside(self) -> Actor | None:
        """Return beside whom the one who has the word speaks."""
        same = self.now is None or self.fellow is None or self.fellow.country == self.now.country
        return None if same else self.fellow

    def _give(self, label: str) -> None:
        if _ASKS.match(label):
            self.now = None
        elif _ANSWERS.match(label):
            self.now = self.speaker
        else:
            named = [actor for _, actor in self._named(label)]
            name = label.rsplit(maxsplit=1)[-1].casefold()
            known = named[-1] if named else self._met.get(name)
            if known is None and not (label.isupper() and len(label) > 2):
                return
            if known is None and _TITLED.match(label):
                known = self.speaker
            if known is not None:
                self._met.setdefault(name, known)
                if self.now is not None and self.now.country != known.country:
                    self.fellow = self.now
                elif self.speaker is not None and self.speaker.country != known.country:
                    self.fellow = self.speaker
            self.now = known

    def close(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        """Keep who spoke in a sentence, and learn who is beside whom from a welcome."""
        if self.now is not None and _WELCOME.search(sentence.text):
            self._welcome(mentions)
        if self.now is not None:
            fellow = self._beside()
            self.spoken[sentence.number] = Voice(
                plain=(self.now,), fellow=(fellow,) if fellow is not None else ()
            )

    def _welcome(self, mentions: Sequence[Mention]) -> None:
        """Take the speaker for a host: "to welcome Minister Lindqvist to Tbilisi" is said by a Georgian."""
        guests = [a for m in mentions for a in m.actors if a.rank and not m.place]
        places = [a for m in mentions for a in m.actors if m.place]
        if len(guests) != 1:
            return
        [guest] = guests
        home = [a.country for a in places if a.country != guest.country]
        if home and self.now is not None and self.now == self.speaker and self.now.how == HOW:
            self.now = self.speaker = _actor(home[0], guest.institution)
        self.fellow = guest

    def _named(self, text: str) -> Iterator[tuple[int, Actor]]:
        """Yield who is named in a title, publisher or label, with where it stands."""
        if not text:
            return
        shown = _PLAIN.sub(lambda m: m[0].lower(), text.title()) if text.isupper() else text
        sentence = Sentence(number=-1, start=0, end=len(shown), text=shown)
        hits = [(hit, hit.senses[0]) for hit in self.scan(shown)]
        doc = unparsed.read(shown)
        to = self._resolver.words(sentence, doc, hits, self._memory, self.document.published)
        roles = RoleReader(to)
        for phrase in PhraseReader(to.doc, to.hits).read():
            roles.read(phrase)
        Persons(to).read()
        found = {m.start: m.actors[0] for m in to.found.values() if m.actors[0].how not in GUESSED}
        covered = [(m.start, m.end) for m in to.found.values()]
        for hit, sense in hits:
            bodies = sense.kind in {"institution", "organisation"}
            if bodies and not any(start <= hit.start < end for start, end in covered):
                code = f"{sense.code}.{sense.institution}" if sense.institution else sense.code
                found[hit.start] = Actor(
                    code=sense.code if sense.kind == "organisation" else code, country=sense.code,
                    institution=sense.institution or "IGO",
                )  # fmt: skip
        for at in sorted(found):
            yield at, msgspec.structs.replace(found[at], surface="we", span=(0, 0), how=TURN)


def _actor(country: str, institution: str | None) -> Actor:
    code = f"{country}.{institution}" if institution else country
    return Actor(
        code=code, country=country, institution=institution, surface="we", span=(0, 0), how=HOW
    )
