"""A parsed sentence as plain objects, copied once from spaCy's.

Rules ask every word of a sentence for its lemma, head and children many times over; spaCy makes a
new object for each answer. Here each word is one object with its answers in it, and the words below
it are listed once. Names and meanings are spaCy's, so that a rule reads as it would there.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, overload

from detente.registers import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.lexeme import Lexeme
    from spacy.tokens import Doc as SpacyDoc
    from spacy.vocab import Vocab

    from detente.registers.frames import Frame

COLUMNS: list[int | str] = ["ORTH", "TAG", "DEP", "LEMMA", "POS", "HEAD", "SPACY", "ENT_TYPE"]
MOST = 200_000
"""Words whose forms are remembered; then the memory starts anew."""

_place = attrgetter("i")
_NONE: tuple[Token, ...] = ()
_BACKWARD = 1 << 63
"""From here on an unsigned distance to the head stands for a negative one."""


class Form:
    """What a word is apart from its place and its neighbours; one for all words of the same form.

    Attributes:
        text: The word as it is written.
        lower_: The same in lower case.
        lemma_: Its base form.
        pos_: Universal part of speech.
        tag_: Penn part of speech.
        dep_: Label of the arc to the head.
        like_num: Whether it is a number, in figures or words.
        is_punct: Whether it is punctuation.
        is_alpha: Whether all its characters are letters.
        words: It and its base form, in lower case.
        begins: The sets of rules of which some may begin on such a word, with these rules; see
            ``ruleset.RuleSet``.
        asked: How many sets of rules were asked for that.
    """

    __slots__ = (
        "asked", "begins", "dep_", "is_alpha", "is_punct", "lemma_", "like_num", "lower_",
        "pos_", "tag_", "text", "words",
    )  # fmt: skip

    def __init__(self, word: Lexeme, *, tag: str, dep: str, lemma: str, pos: str) -> None:
        self.text: str = word.text
        self.lower_: str = word.lower_
        self.like_num: bool = word.like_num
        self.is_punct: bool = word.is_punct
        self.is_alpha: bool = word.is_alpha
        self.tag_ = tag
        self.dep_ = dep
        self.lemma_ = lemma
        self.pos_ = pos
        self.words = frozenset({self.lower_, lemma.lower()})
        self.begins: tuple[tuple[Any, tuple[Any, ...]], ...] = ()
        self.asked = 0


class Token:
    """A word in its place; its attributes are those of spaCy's token of the same names.

    Attributes:
        i: Number in the sentence, from 0.
        idx: First character, counted from the start of the sentence.
        form: What it is apart from its place; its attributes stand on the token as well.
        ent_type_: Type of the named entity that it is in, empty where none was looked for.
        whitespace_: The space after it, or nothing.
        kept: What functions of the word gave, by their names; see ``ruleset.once``.
        doc: The sentence.
        head: The word above it; the root is its own head.
        children: The words right below it, in order.
    """

    __slots__ = (
        "_subtree", "children", "dep_", "doc", "ent_type_", "form", "head", "i", "idx", "is_alpha",
        "is_punct", "kept", "lemma_", "like_num", "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    whitespace_: str
    like_num: bool
    is_punct: bool
    is_alpha: bool
    form: Form
    kept: dict[str, Any] | None
    head: Token
    children: Sequence[Token]
    _subtree: tuple[Token, ...] | None

    def __repr__(self) -> str:
        """Return the word."""
        return self.text

    def __len__(self) -> int:
        """Return the number of characters."""
        return len(self.text)

    @property
    def subtree(self) -> Sequence[Token]:
        """The word and all words below it: those of its left children, itself, the others."""
        if self._subtree is None:
            if self.children:
                here = self.i
                left = [t for child in self.children if child.i < here for t in child.subtree]
                right = [t for child in self.children if child.i > here for t in child.subtree]
                self._subtree = (*left, self, *right)
            else:
                self._subtree = (self,)
        return self._subtree

    @property
    def lefts(self) -> Sequence[Token]:
        """The children before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def left_edge(self) -> Token:
        """The first word of its subtree."""
        return min(self.subtree, key=_place)

    @property
    def right_edge(self) -> Token:
        """The last word of its subtree."""
        return max(self.subtree, key=_place)

    @property
    def ancestors(self) -> Sequence[Token]:
        """The words above it, the nearest first."""
        found: list[Token] = []
        token = self
        while token.head is not token and len(found) < len(self.doc.tokens):
            token = token.head
            found.append(token)
        return found

    def is_ancestor(self, other: Token) -> bool:
        """Return whether it stands above another word."""
        return self in other.ancestors

    def nbor(self, step: int = 1) -> Token:
        """Return the word so many places further on.

        Raises:
            IndexError: The sentence ends before it.
        """
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc.tokens[place]


class Doc:
    """A parsed sentence.

    Attributes:
        text: Its characters.
        tokens: Its words.
        begun: For each set of rules the words on which some may begin; see ``ruleset.RuleSet``.
        possible: Frames that may match, by the numbers of their triggers; see ``candidates.possible``.
        heard: The mentions for which its parties were last asked, and these; see ``discourse.heard``.
    """

    __slots__ = (
        "_answered", "_asked", "_spans", "_starts", "_words", "begun", "heard", "possible", "text",
        "tokens",
    )  # fmt: skip

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self._starts: list[int] | None = None
        self._words: frozenset[str] | None = None
        self._answered = 0
        self._asked = 0
        self._spans: dict[tuple[int, int], Span | None] = {}
        self.begun: dict[Any, Any] = {}
        self.possible: dict[int, tuple[Sequence[Frame], Sequence[Frame]]] | None = None
        self.heard: tuple[Any, Any] | None = None

    @property
    def words(self) -> frozenset[str]:
        """Its words and their lemmas, in lower case, for cheap tests."""
        if self._words is None:
            self._words = frozenset().union(*[token.form.words for token in self.tokens])
        return self._words

    def holds(self, asked: frozenset[str]) -> bool:
        """Return whether one of some words, or of their lemmas, stands in it."""
        return not asked.isdisjoint(self.words)

    @property
    def answered(self) -> int:
        """The sets of words of which one, or its lemma, stands in it, as bits; see ``wanted.answered``."""
        if self._asked != wanted.count():
            self._asked = wanted.count()
            self._answered = wanted.answered(self.words)
        return self._answered

    def let_go(self) -> None:
        """Forget the words; a word refers to others in circles, which only the collector undoes."""
        for token in self.tokens:
            del token.doc, token.head, token.children, token.kept, token._subtree
        self.tokens = []
        self._spans, self.begun = {}, {}

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        """Yield the words."""
        return iter(self.tokens)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Span: ...
    def __getitem__(self, key: int | slice) -> Token | Span:
        """Return a word, or a stretch of words."""
        if isinstance(key, slice):
            start, stop, _ = key.indices(len(self.tokens))
            return Span(self, start, max(start, stop))
        return self.tokens[key]

    def char_span(
        self,
        start: int,
        end: int,
        *,
        alignment_mode: Literal["expand"],  # noqa: ARG002
    ) -> Span | None:
        """Return the words that stand at least in part between two characters, None for none.

        Args:
            start: First character.
            end: One past the last character.
            alignment_mode: Half words count.
        """
        if (start, end) not in self._spans:
            self._spans[start, end] = self._span_at(start, end)
        return self._spans[start, end]

    def _span_at(self, start: int, end: int) -> Span | None:
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        token = self.tokens[first]
        if start == token.idx + len(token.text):
            first += 1
        return Span(self, first, last + 1)

    def _at(self, character: int) -> int | None:
        """Return the number of the word at a character; the space after it belongs to it."""
        if self._starts is None:
            self._starts = [token.idx for token in self.tokens]
        place = bisect_right(self._starts, character) - 1
        if place < 0:
            return None
        token = self.tokens[place]
        end = token.idx + len(token.text) + len(token.whitespace_)
        return place if character < end else None


class Span:
    """A stretch of words of a sentence.

    Attributes:
        doc: The sentence.
        start: Number of its first word.
        end: One past the number of its last word.
    """

    __slots__ = ("_root", "doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self._root: Token | None = None

    def __len__(self) -> int:
        """Return the number of words."""
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        """Yield the words."""
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, place: int) -> Token:
        """Return a word of it; negative numbers count from its end."""
        return self.doc.tokens[(self.start if place >= 0 else self.end) + place]

    @property
    def start_char(self) -> int:
        """Its first character in the sentence."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """One past its last character."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its characters, without the space after it."""
        if self.start >= self.end:
            return ""
        first, last = self.doc.tokens[self.start], self.doc.tokens[self.end - 1]
        return self.doc.text[first.idx : last.idx + len(last.text)]

    @property
    def root(self) -> Token:
        """The word nearest to the root of the sentence; of several the first."""
        if self._root is None:
            self._root = self._nearest()
        return self._root

    def _nearest(self) -> Token:
        words = self.doc.tokens[self.start : self.end]
        for token in words:
            if token.head is token:
                return token
        best, found = len(self.doc.tokens), None
        for token in words:
            if not self.start <= token.head.i < self.end:
                bare = not token.children and (token.is_punct or token.text.isspace())
                above = len(self.doc.tokens) - 1 if bare else len(token.ancestors)
                if above < best:
                    best, found = above, token
        return found if found is not None else self.doc.tokens[self.start]


class _Names(dict[int, str]):
    """The strings of a vocabulary by their keys, filled as they are asked for."""

    def __init__(self, vocab: Vocab) -> None:
        self._strings = vocab.strings

    def __missing__(self, key: int) -> str:
        self[key] = name = self._strings[key]
        return name


class _Forms(dict[tuple[int, int, int, int, int], Form]):
    """Forms by their keys (word, tag, dependency, lemma, part of speech), made when first met."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __missing__(self, key: tuple[int, int, int, int, int]) -> Form:
        orth, *rest = key
        tag, dep, lemma, pos = (self._vocab.strings[name] for name in rest)
        self[key] = form = Form(self._vocab[orth], tag=tag, dep=dep, lemma=lemma, pos=pos)
        return form


class Reader:
    """Copies spaCy's parses; remembers the forms of words.

    Args:
        vocab: The vocabulary of the pipeline that parses.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._names = _Names(vocab)
        self._forms = _Forms(vocab)

    def __call__(self, parsed: SpacyDoc) -> Doc:
        """Return a parse as plain objects."""
        return self.read(parsed.text, parsed.to_array(COLUMNS).tolist())

    def read(self, text: str, rows: Sequence[Sequence[int]]) -> Doc:
        """Return a parse as plain objects.

        Args:
            text: The sentence.
            rows: For each word the ``COLUMNS`` of spaCy's parse, whose strings the vocabulary knows.
        """
        names, forms = self._names, self._forms
        if len(forms) > MOST:
            names.clear()
            forms.clear()
        tokens = [Token() for _ in rows]
        doc = Doc(text, tokens)
        idx = 0
        for place, (orth, tag, dep, lemma, pos, head, space, entity) in enumerate(rows):
            token = tokens[place]
            token.form = form = forms[orth, tag, dep, lemma, pos]
            token.text = word = form.text
            token.lower_ = form.lower_
            token.lemma_ = form.lemma_
            token.pos_ = form.pos_
            token.tag_ = form.tag_
            token.dep_ = form.dep_
            token.like_num = form.like_num
            token.is_punct = form.is_punct
            token.is_alpha = form.is_alpha
            token.doc = doc
            token.i = place
            token.idx = idx
            token.ent_type_ = names[entity]
            token.whitespace_ = " " if space else ""
            token.head = tokens[place + (head if head < _BACKWARD else head - 2 * _BACKWARD)]
            token.children = _NONE
            token.kept = None
            token._subtree = None
            idx += len(word) + space
        for token in tokens:
            above = token.head
            if above is token:
                continue
            if above.children is _NONE:
                above.children = [token]
            else:
                above.children.append(token)  # type: ignore[attr-defined]
        return doc
