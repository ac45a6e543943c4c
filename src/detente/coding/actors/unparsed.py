"""Reads stated roles off the bare words of a sentence, for sentences that nobody parses.

"Ilze Ozola, the foreign minister of Latvia, was born in Riga" tells no event, so the gate leaves it
out, but it tells who she is. The words are cut and marked by their shape alone; of what the reader of
role phrases then finds, only a full name with one owner and an office that both stand in the words
counts. What is doubtful teaches nothing.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.coding.actors.owners import RoleReader
from detente.coding.actors.phrase import CALENDAR, GIVEN, HONORIFICS, LED
from detente.coding.actors.phrases import PhraseReader
from detente.coding.grammar.tree import Doc, Token
from detente.registers import roles

if TYPE_CHECKING:
    from detente.coding.actors.phrase import Phrase
    from detente.coding.actors.resolver import SentenceResolver
    from detente.coding.types import Mention

OWNERS = frozenset({"state", "adjective", "organisation", "institution", "group"})
"""What may own an office that is learned from bare words."""
NOT_YET = frozenset(
    "candidate hopeful nominee designate contender aspirant elect shadow would-be aspiring prospective "
    "likely possible potential future then self-proclaimed self-declared fake rival honorary counterpart".split()
)
"""Words beside an office that nobody holds, or no longer."""
OPENERS = frozenset(
    "meanwhile however but and or nor also when while as after before in on at with for then later earlier "
    "speaking addressing asked according both only even by from under like unlike including because although "
    "though since if that this these those the a an his her its their our said says told still yet once "
    "former ex late interview photo file picture editor analysis opinion updated dear among between despite "
    "during following last next new not now our per there thus today what where who whose why yes no".split()
)
"""Words that open a sentence or stand before a name without being a part of it."""
ENDS = frozenset({",", ".", ";", ")", ":", "—", "–", "-"})
"""What closes an apposition; "and" may go on with a list instead."""
TAKES_OFFICE = (
    (",", "who", "is"), (",", "who", "became"), ("was", "sworn", "in", "as"),
    ("has", "been", "sworn", "in", "as"), ("took", "office", "as"), ("took", "over", "as"),
    *((*have, verb, *as_)
      for have in (("has", "been"), ("was",))
      for verb in ("appointed", "named", "elected", "reappointed", "reelected", "chosen")
      for as_ in ((), ("as",))),
    ("has", "become"), ("became",), ("is",),
)  # fmt: skip
"""What stands between a name and the office that its bearer holds from then on."""
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Adm|Capt|Sgt)\.|\b[A-Z]\.(?= [A-Z])"
    r"|[’']s\b|[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_"
)
_NAME = re.compile(r"[A-Z][\w’'-]+,? (?:[\w.’'-]+ )*?[A-Z]")


@cache
def _offices() -> re.Pattern[str]:
    words = sorted(
        {
            key[-1]
            for key, head in roles.load().heads.items()
            if head.person and head.rank is not None
        }
    )
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def may_state(text: str) -> bool:
    """Say whether a sentence can hold an office and a full name; quick, and errs towards True."""
    return _offices().search(text) is not None and _NAME.search(text) is not None


def read(text: str) -> Doc:
    """Cut a sentence into words marked by their shape: capitals are names, the rest is open."""
    found = list(_WORD.finditer(text))
    tokens = [Token() for _ in found]
    doc = Doc(text, tokens)
    for place, (token, match) in enumerate(zip(tokens, found, strict=True)):
        word = match[0]
        token.doc, token.i, token.idx = doc, place, match.start()
        token.text, token.lower_, token.lemma_ = word, word.lower(), word.lower()
        after = found[place + 1].start() if place + 1 < len(found) else match.end()
        token.whitespace_ = text[match.end() : after]
        token.like_num = word[0].isdigit()
        token.is_alpha = word.isalpha()
        token.is_punct = not word[0].isalnum() and len(word) == 1
        token.pos_ = _part(token)
        token.tag_ = "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"
        token.dep_ = token.ent_type_ = ""
        token.head, token.children, token._subtree, token.kept = token, [], None, None
    first = roles.load().first
    for one, two in pairwise(tokens):
        if one.lower_ in first and two.lower_ in first and one.whitespace_ == " ":
            one.dep_, one.head = "compound", two
    return doc


def _part(token: Token) -> str:
    """Return the part of speech that a word's shape tells: a capital is a name's."""
    if token.is_punct:
        return "PUNCT"
    if token.text[0].isupper():
        return "PROPN"
    if token.like_num:
        return "NUM"
    return "NOUN" if token.lower_ in _nouns() else "X"


@cache
def _nouns() -> frozenset[str]:
    book = roles.load()
    return frozenset(word for key in (*book.heads, *book.topics) for word in key)


def stated(to: SentenceResolver) -> tuple[Mention, ...]:
    """Return the persons whose office a sentence states, in the order of the text.

    Args:
        to: The sentence's resolver over words that ``read`` cut.
    """
    reader = RoleReader(to)
    for phrase in PhraseReader(to.doc, to.hits).read():
        if phrase.person is None:
            _predicated(phrase, to)
        if _is_clear(phrase, to):
            reader.read(phrase)
    return tuple(to.found[i] for i in sorted(to.found))


def _predicated(phrase: Phrase, to: SentenceResolver) -> None:
    """Take the name of "Ilze Ozola became the foreign minister of Latvia"."""
    low = [token.lower_ for token in to.doc.tokens[: phrase.start]]
    if low and low[-1] in {"a", "an"}:
        return
    for words in TAKES_OFFICE:
        end = len(low) - len(words)
        if end > 0 and tuple(low[end:]) == words:
            start = end
            while start > 0 and _is_name(to, start - 1):
                start -= 1
            while start < end and low[start] in HONORIFICS:
                start += 1
            if start < end:
                phrase.person = to.doc[start:end].text
                phrase.extra = (start, end)
            return


def _is_name(to: SentenceResolver, index: int) -> bool:
    token = to.doc[index]
    low = token.lower_
    return (
        token.pos_ == "PROPN" and index not in to.hits and low not in OPENERS | (CALENDAR - GIVEN)
    )


def _is_clear(phrase: Phrase, to: SentenceResolver) -> bool:
    """Whether one full name, one owner and an office of today stand in the words."""
    if phrase.person is None or len(phrase.owners) != 1 or phrase.rank is None or phrase.plural:
        return False
    if phrase.former or phrase.elect or phrase.pronoun is not None:
        return False
    within = phrase.body.institution if phrase.body is not None else None
    if phrase.member and (within is None or within in LED or phrase.rank == "adviser"):
        return False
    if to.senses[id(phrase.owners[0])].kind not in OWNERS:
        return False
    low = [token.lower_ for token in to.doc]
    around = {*low[max(0, phrase.start - 2) : phrase.end], *low[phrase.end : phrase.end + 1]}
    if around & NOT_YET or low[max(0, phrase.start - 2) : phrase.start][-1:] == ["ex"]:
        return False
    return _is_whole(phrase, low)


def _is_whole(phrase: Phrase, low: list[str]) -> bool:
    """Whether the name begins and ends where it seems to, and an apposition is closed."""
    words = [w for w in (phrase.person or "").split() if w.lower() not in HONORIFICS]
    if len(words) < 2:
        return False
    if any(word.lower() in OPENERS | (CALENDAR - GIVEN) for word in words):
        return False
    if any(word[:1].isupper() and word.isupper() and len(word) > 3 for word in words):
        return False
    if phrase.extra is None or phrase.extra[0] > phrase.start:
        return True
    first, last = phrase.extra
    before = low[first - 1] if first else ""
    if before in {"-", "&", "and", ","} or (last < phrase.start and low[last] not in {",", "("}):
        return low[last : phrase.start] != [","] and before not in {"-", "&"}
    end = max(phrase.end, phrase.closed)
    return end >= len(low) or low[end] in ENDS or low[last] != ","
