"""Words at which a frame may match: those whose frames have all their words in the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.verbs import is_main
from detente.registers import frames, idioms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.grammar.tree import Doc, Token
    from detente.coding.types import Reading
    from detente.registers.frames import Frame, Frames

VERBS = frozenset({"VERB", "AUX"})
TRIGGERS = VERBS | {"NOUN", "PROPN"}
"""Parts of speech of the words at which frames stand."""
AGAIN = frozenset({"re", "co"})
"""Prefixes that leave an act what it is: "re-opened", "co-signed"."""

Possible = tuple["Sequence[Frame]", "Sequence[Frame]"]
"""Frames of a word, and those of the verb whose act it tells as a noun."""
NONE: Possible = ((), ())


def possible(doc: Doc) -> dict[int, Possible]:
    """Return the frames that have all their words in a sentence by the numbers of their triggers."""
    if doc.possible is None:
        known, answered = frames.load(), doc.answered
        doc.possible = {
            token.i: listed
            for token in doc.tokens
            if token.pos_ in TRIGGERS and (listed := _possible(token, known, answered)) is not NONE
        }
    return doc.possible


def may_match(reading: Reading) -> bool:
    """Return whether some frame has all its words in a sentence."""
    return bool(possible(reading.doc))


def _possible(token: Token, known: Frames, answered: int) -> Possible:
    """Return the frames at a verb or noun whose words all stand somewhere in its sentence.

    Args:
        token: The word.
        known: The frames.
        answered: The sets of words that the sentence answers; see ``wanted``.
    """
    if token.pos_ in VERBS:
        lemma = _joined(token)
        found = known.possible_of_verb(lemma, token.lower_, answered)
        able = found or lemma in idioms.load()
        return (found, ()) if able and not _is_mere_word(token) else NONE
    lemma = token.lemma_.lower()
    before = (c.lower_ for c in token.children if c.dep_ in {"compound", "amod"})
    listed = known.possible_of_noun(lemma, before, answered)
    told = known.possible_of_nominal(lemma, answered)
    return (listed, told) if listed or told else NONE


def _joined(verb: Token) -> str:
    """Return a verb's lemma with what a hyphen joins to it: ``test-fire``, though three tokens.

    A test is no use, so that "test-fired" must never be read as "fired".
    """
    lemma = verb.lemma_.lower()
    if verb.i < 2 or verb.nbor(-1).text != "-" or verb.nbor(-1).whitespace_:
        return lemma
    before = verb.nbor(-2)
    if before.whitespace_ or before.lower_ in AGAIN:
        return lemma
    return f"{before.lower_}-{lemma}"


def _is_mere_word(token: Token) -> bool:
    """Return whether a verb tells no act: an auxiliary, or a participle before a noun."""
    if token.pos_ == "AUX":
        return token.dep_ in {"aux", "auxpass"}
    return token.dep_ == "amod" and not is_main(token)
