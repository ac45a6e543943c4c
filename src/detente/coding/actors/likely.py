"""People, bodies and arms that nothing ties to a state: "followers", "the group", "two vessels".

Each is kept as one of the likeliest state (``Reading.guesses``), for the learned reader alone to weigh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.actors.owners import LIKELIEST
from detente.coding.actors.unowned import INNER, OWNERS, asked
from detente.model import Actor
from detente.registers import frames, likely

if TYPE_CHECKING:
    from detente.coding.actors.resolver import SentenceResolver
    from detente.coding.grammar.tree import Token

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative", "poss", "appos"})
"""Relations of nouns that may be parties."""
CLASSES = {"gunmen": "UAF", "crowds": "CVL"}
"""Word classes of frames that stand for people, with their institution."""
PRONOUNS = {
    "he": "office",
    "she": "office",
    "him": "office",
    "her": "office",
    "it": "body",
    "they": "body",
    "them": "body",
}
"""Pronouns, with the column of the weights that is nearest."""


def find(to: SentenceResolver) -> None:
    """Guess whose the nouns of a sentence are that no mention stands for."""
    for token in to.doc.tokens:
        if token.dep_ not in ARGUMENTS or {token.i} & (to.found.keys() | to.guesses.keys()):
            continue
        told = to.memory.likely.get(token.text)
        if told is not None:
            to.guess(to.doc[token.i : token.i + 1], told)
            continue
        kind, institution = _kind(token)
        if kind is None or token.i in to.taken:
            continue
        country = _of_child(to, token) or _likeliest(to, token, kind)
        if country is not None:
            code = country if institution is None else f"{country}.{institution}"
            actor = Actor(code=code, country=country, institution=institution, how=LIKELIEST)
            to.guess(to.doc[token.i : token.i + 1], actor)


def _kind(token: Token) -> tuple[str | None, str | None]:
    """Return the column of the weights for a word that may stand for a party, None for others, and its institution."""
    if token.lower_ in PRONOUNS:
        return PRONOUNS[token.lower_], None
    nouns, word = likely.load(), token.lemma_.lower()
    if token.pos_ != "NOUN":
        return None, None
    classes = frames.load().classes
    institution = next((CLASSES[name] for name in CLASSES if word in classes[name]), None)
    if word not in nouns and institution is None:
        return None, None
    institution = nouns.get(word, institution)
    return "inner" if institution in INNER else "body", institution


def _of_child(to: SentenceResolver, token: Token) -> str | None:
    """Return the state that a noun's own words name: "Chinese vessels"."""
    hits = (to.hits[child.i] for child in token.lefts if child.i in to.hits)
    senses = (to.senses[id(hit)] for hit in hits)
    return next((s.code for s in senses if s.kind in OWNERS), None)


def _likeliest(to: SentenceResolver, token: Token, kind: str) -> str | None:
    word = asked(to, token.i, token.i, token.i + 1, kind=kind)
    return to.memory.salience.best(word, to.register.states)
