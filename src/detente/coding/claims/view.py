"""One sentence as the claim readers see it, and the drafts that they write."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from detente.coding import hedges
from detente.coding.acts.parties import Finder
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.subjects import subjects_of
from detente.coding.types import Mention
from detente.model import Actor
from detente.registers import entries
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from detente.coding.grammar.ruleset import RuleSet
    from detente.coding.grammar.tree import Doc, Token
    from detente.coding.types import Reading
    from detente.model import ClaimKind

LOCATIVE = frozenset({"in", "at", "across", "inside", "throughout", "near", "around"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely"})
Range = tuple[int, int]
"""Tokens of a sentence, ``[start, end)``."""


@cache
def territories() -> dict[str, str]:
    """Return the states' names in lower case with their codes; capitals stand for their state."""
    found: dict[str, str] = {}
    for state in entries.shipped().states:
        for name in (state.name, *state.aliases, state.capital):
            if name:
                found.setdefault(name.lower(), state.code)
    return found


T = TypeVar("T")


class View:
    """A reading with what several readers ask of it, computed once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self.finder = Finder(reading)
        self.mentions: dict[int, Mention] = self.finder.mentions
        self._found: dict[str, Any] = {}
        self._around: dict[int, Any] = {}

    def let_go(self) -> None:
        """Forget what was found; some of it refers back to the view."""
        self._found, self._around = {}, {}

    def around(self, token: Token, make: Callable[[View, Token], T]) -> T:
        """Return what ``make`` gives for a word, made once; one ``make`` for each word."""
        if token.i not in self._around:
            self._around[token.i] = make(self, token)
        found: T = self._around[token.i]
        return found

    def once(self, name: str, find: Callable[[View], T]) -> T:
        """Return what ``find`` gives for this view, asked once for each name."""
        if name not in self._found:
            self._found[name] = find(self)
        found: T = self._found[name]
        return found

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens, made once: every reader goes through them."""
        return tuple(self.doc)

    @cached_property
    def hedges(self) -> tuple[hedges.Match, ...]:
        """The hedge phrases of the sentence."""
        return hedges.find(self.doc)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Lower-case lemmas and words of the sentence, for cheap tests."""
        return self.doc.words

    @cached_property
    def concerns(self) -> bool:
        """Whether the sentence names an actor or speaks of dealings between states."""
        return bool(self.mentions or self.places) or not self.lemmas.isdisjoint(
            words("topics", "affairs")
        )

    @cached_property
    def named(self) -> frozenset[int]:
        """The tokens inside the names of actors; they tell no topic."""
        inside: set[int] = set()
        offset = self.reading.sentence.start
        for mention in self.reading.mentions:
            span = self.doc.char_span(
                mention.start - offset, mention.end - offset, alignment_mode="expand"
            )
            if span is not None:
                inside.update(range(span.start, span.end))
        return frozenset(inside)

    @cached_property
    def places(self) -> dict[int, Mention]:
        """Territories that stand as places ("in Belarus") and are no mention, by head token."""
        found: dict[int, Mention] = {}
        table = territories()
        for token in self.doc:
            if token.dep_ != "pobj" or token.head.lower_ not in LOCATIVE or token.pos_ != "PROPN":
                continue
            if token.i in self.mentions:
                continue
            start = min(t.i for t in token.subtree if t.dep_ in {"compound", "det"} or t is token)
            for first in range(start, token.i + 1):
                code = table.get(self.doc[first : token.i + 1].text.lower())
                if code is not None:
                    found[token.i] = self._placed(first, token.i, code)
                    break
        return found

    @property
    def located(self) -> tuple[Mention, ...]:
        """The territories that stand as places anywhere in the sentence, in order."""
        named = {m.head: m for m in self.reading.mentions if self.is_place(m)}
        return tuple(m for _, m in sorted({**self.places, **named}.items()))

    def _placed(self, first: int, last: int, code: str) -> Mention:
        start, end = self.offsets((first, last + 1))
        words = self.doc[first : last + 1].text
        actor = Actor(code=code, country=code, surface=words, span=(start, end), how="place")
        return Mention(start=start, end=end, head=last, actors=(actor,), kind="name", place=True)

    def antecedent(self, token: Token) -> Mention | None:
        """Return the subject that a possessive earlier in the sentence stands for."""
        owner = next(
            (c for c in token.children if c.dep_ == "poss" and c.lower_ in {"their", "its"}), None
        )
        if owner is None:
            return None
        before = [m for m in self.reading.mentions if m.head < owner.i]
        subjects = [m for m in before if self.doc[m.head].dep_ in {"nsubj", "nsubjpass"}]
        return subjects[0] if subjects else None

    def is_place(self, mention: Mention) -> bool:
        """Tell whether a territory is meant as a place ("in Belarus")."""
        head = self.doc[mention.head]
        return mention.place and head.dep_ == "pobj" and head.head.lower_ in LOCATIVE

    def actors(self, tokens: Iterable[Token], role: str = "T") -> tuple[Mention, ...]:
        """Return the actors that argument heads stand for."""
        return tuple(m for m in self.finder.all(tokens, role) if not self.is_place(m))

    def subject(self, verb: Token) -> tuple[Mention, ...]:
        """Return the actors that are a verb's logical subject."""
        return self.actors(clause_of(verb).subjects, "S")

    def surface_subject(self, verb: Token) -> tuple[Mention, ...]:
        """Return the actors that stand as a verb's grammatical subject."""
        heads = subjects_of(verb)
        if len(heads) > 1 and heads[0].head == heads[-1].head:
            heads = heads[-1:]
        return self.actors(heads, "S")

    def within(
        self, token: Token, *, but: Iterable[Mention] = (), places: bool = False
    ) -> tuple[Mention, ...]:
        """Return the actors anywhere below a token, without those whose codes are taken."""
        codes = {actor.code for mention in but for actor in mention.actors}
        found: list[Mention] = []
        for below in token.subtree:
            mention = self.mentions.get(below.i)
            if mention is None and places:
                mention = self.places.get(below.i)
            if mention is None or (not places and self.is_place(mention)):
                continue
            new = {actor.code for actor in mention.actors}
            if new <= codes:
                continue
            codes |= new
            found.append(mention)
        return tuple(found)

    def text(self, part: Range) -> str:
        """Return the words of a token range."""
        return self.doc[part[0] : part[1]].text

    def offsets(self, part: Range) -> tuple[int, int]:
        """Return a token range as offsets in the document."""
        return self.reading.span_of(self.doc[part[0]], self.doc[part[1] - 1])


@dataclass(slots=True, kw_only=True)
class Draft:
    """A claim before it becomes a record.

    Attributes:
        kind: Claim kind.
        rule: Name of the rule that found it.
        head: The predicate that carries hedge and polarity.
        part: The tokens of the asserted content.
        topic: Heads of the phrases that name the domain; the head's subtree where empty.
        subject: Mentions of the subject.
        object: Mentions of the object.
        about: Further mentions that the claim is about.
        holder: Mentions of who holds the claim, besides attribution.
        polarity: Of the claim.
        details: Fields that only this kind has.
        cause: Ranges of joint causes.
        effect: Range of the effect.
        rejected: Ranges of rejected rivals.
        back: How the claim points to earlier ones: ``cause``, ``effect`` or None.
        stated: False where the author infers.
        owned: Tokens whose own claims this one takes in.
        confidence: 0 to 1.
        yields: True where an event that the same verb tells takes the claim's place.
        firm: True where it stands beside such an event all the same.
        lasting: True where what is told of the future stands today as well.
    """

    kind: ClaimKind
    rule: str
    head: Token
    part: Range
    topic: list[Token] = field(default_factory=list)
    subject: tuple[Mention, ...] = ()
    object: tuple[Mention, ...] = ()
    about: tuple[Mention, ...] = ()
    holder: tuple[Mention, ...] = ()
    polarity: Literal["positive", "negative", "neutral"] = "neutral"
    details: dict[str, Any] = field(default_factory=dict)
    cause: list[Range] = field(default_factory=list)
    effect: Range | None = None
    rejected: list[Range] = field(default_factory=list)
    back: Literal["cause", "effect"] | None = None
    stated: bool = True
    owned: set[int] = field(default_factory=set)
    confidence: float = 0.7
    yields: bool = False
    firm: bool = False
    lasting: bool = False


def begun(view: View, rules: RuleSet[Callable[[View, Token], Draft | None]]) -> Iterator[Draft]:
    """Yield what rules find at the words of a sentence, at each word the first of them."""
    for token, begin in rules.begun(view.doc):
        for rule in begin:
            draft = rule(view, token)
            if draft is not None:
                yield draft
                break


def span_of(tokens: Iterable[Token]) -> Range:
    """Return the range from the first to the last of some tokens, without outer punctuation."""
    indexed = sorted({t.i: t for t in tokens}.items())
    while len(indexed) > 1 and indexed[-1][1].is_punct and indexed[-1][1].text not in "\"”'’)":
        indexed.pop()
    while len(indexed) > 1 and indexed[0][1].is_punct and indexed[0][1].text not in "\"“'‘(":
        indexed.pop(0)
    return indexed[0][0], indexed[-1][0] + 1


def subtree(token: Token, *, without: Iterable[Token] = ()) -> list[Token]:
    """Return a token and all below it, without some branches."""
    skip = {t.i for t in without}
    found = [token]
    for child in token.children:
        if child.i not in skip:
            found += subtree(child, without=without)
    return found


def segment(token: Token) -> Range:
    """Return the range between the semicolons around a token; the whole sentence where it has none."""
    doc = token.doc
    stops = [t.i for t in doc if t.text == ";"]
    first = max((i + 1 for i in stops if i < token.i), default=0)
    last = min((i for i in stops if i > token.i), default=len(doc))
    return first, last


def clipped(part: Range, limits: Range) -> Range:
    """Return what of a range lies within another; the range itself where nothing does."""
    first, last = max(part[0], limits[0]), min(part[1], limits[1])
    return (first, last) if first < last else part


def clause_part(verb: Token, *, subject: Token | None = None) -> Range:
    """Return the range of a verb's clause: its subtree without later conjuncts and asides."""
    without = [
        child
        for child in verb.children
        if (child.dep_ in {"conj", "cc"} and child.i > verb.i) or child.dep_ == "parataxis"
    ]
    tokens = subtree(verb, without=without)
    if subject is not None:
        tokens.append(subject)
    return span_of(tokens)


def is_negated(verb: Token) -> bool:
    """Tell whether a predicate is denied, a negative subject or object included."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in NEGATIONS):
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and any(
            below.dep_ in {"det", "neg"} and below.lower_ in {"no", "neither"}
            for below in child.children
        ):
            return True
    return False


def is_hypothetical(head: Token) -> bool:
    """Tell whether a predicate stands in a condition: "if the hotline works"."""
    current = head
    for _ in range(4):
        if current.dep_ == "advcl":
            return any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in current.children)
        if current.head == current or current.dep_ not in {"xcomp", "acomp", "attr", "ccomp"}:
            return False
        current = current.head
    return False


_CONDITIONS = frozenset({"if", "unless", "whether", "provided", "lest"})


def climb(token: Token, *, deps: frozenset[str]) -> Iterator[Token]:
    """Yield the tokens above one, as long as the way up is of the given relations."""
    current = token
    while current.dep_ in deps and current.head != current:
        current = current.head
        yield current
