"""What the stages of coding hand to each other.

The flow for one document: ``sentences`` cuts the text, ``mentions`` scans it for surface forms of
the register, ``gate`` keeps the sentences that can hold a record, ``parse`` parses those,
``actors`` resolves who is meant, ``predicates`` finds acts, and ``status``, ``dates``, ``places``
and ``domains`` fill in the rest; ``claims`` reads what is asserted and expected; ``incidents``
folds what is told twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.model import Actor

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Doc, Token

QUOTES = "\"'\u201c\u201d\u2018\u2019"

MentionKind = Literal[
    "name",
    "adjective",
    "metonym",
    "institution",
    "person",
    "role",
    "bloc",
    "group",
    "reference",
    "guess",
]


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered span of a document.

    Attributes:
        number: From 0 through the document; a headline, where there is one, is 0.
        start: First character in the document's text.
        end: One past the last character.
        text: The characters between them.
        headline: True for the headline.
        paragraph: Number of the block that it stands in, from 0.
    """

    number: int
    start: int
    end: int
    text: str
    headline: bool = False
    paragraph: int = 0

    @property
    def asks(self) -> bool:
        """Whether it is a question; one that only ends with a quoted question is none."""
        text = self.text.strip()
        return text.endswith("?") or (text[:1] in QUOTES and text.rstrip(QUOTES).endswith("?"))


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a sentence that stands for one or more actors.

    Attributes:
        start: First character in the document's text.
        end: One past the last character.
        head: Index of the head token in the sentence's parse. An actor's noun phrase has exactly
            one mention at its head: "Belarusian troops" is headed by "troops" and is BLR.MIL.
        actors: Usually one; "the parties" may stand for several.
        kind: What sort of expression it is.
        place: True where the words name a territory that may be meant as a place ("in Belarus").
    """

    start: int
    end: int
    head: int
    actors: tuple[Actor, ...]
    kind: MentionKind
    place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says "we" in a sentence.

    Attributes:
        plain: Who has the word, outside of quotation marks.
        quoted: Whose words stand within them, where the sentence alone does not tell.
        inside: Whether the sentence begins within a quotation.
        fellow: Beside whom the one who has the word speaks: the guest, the host, the other side.
    """

    plain: tuple[Actor, ...] = ()
    quoted: tuple[Actor, ...] = ()
    inside: bool = False
    fellow: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One parsed sentence with its resolved mentions.

    Attributes:
        sentence: The sentence.
        doc: Its parse; ``token.idx`` counts from ``sentence.start``.
        mentions: In the order of the text; heads are distinct.
        voice: Who says "we" in it; None where nobody known does.
        guesses: Bodies and offices that nothing ties to a state, each of the state that is likeliest ("a court",
            "protesters"); the learned reader alone weighs them.
    """

    sentence: Sentence
    doc: Doc
    mentions: tuple[Mention, ...]
    voice: Voice | None = None
    guesses: tuple[Mention, ...] = ()

    def span_of(self, start: Token, end: Token) -> tuple[int, int]:
        """Return the document offsets from the first token's start to the last token's end."""
        first = self.sentence.start + start.idx
        return first, self.sentence.start + end.idx + len(end.text)
