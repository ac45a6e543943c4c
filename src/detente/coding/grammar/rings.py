"""Words by their distance from an act: its own clause, the clause above it, the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.ruleset import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.coding.grammar.tree import Token

VERBS = frozenset({"VERB", "AUX"})
APART = frozenset({"relcl", "appos", "conj", "parataxis", "advcl", "ccomp"})
"""Relations of clauses that stand beside the one that they hang on."""


@once
def own(head: Token) -> tuple[Token, ...]:
    """Return a word and what hangs on it, clauses beside it with a subject of their own left out."""
    found: list[Token] = []
    pending = [head]
    while pending:
        token = pending.pop()
        found.append(token)
        pending += [c for c in token.children if not _stands_apart(c)]
    return tuple(found)


def around(token: Token, content: Iterable[Token] = ()) -> Iterator[set[int]]:
    """Yield the words around a token, each set wider than the last: its clause, those above, the sentence.

    Args:
        token: The verb or noun to start from.
        content: Words that belong to its clause wherever they hang.
    """
    yield {t.i for head in (token, *content) for t in own(head)}
    while token.head != token:
        token = token.head
        if token.pos_ in VERBS or token.head == token:
            yield {t.i for t in own(token)}
    yield {t.i for t in token.subtree}


def verb_above(token: Token) -> Token:
    """Return the nearest verb above a token, the top of the sentence where there is none."""
    above = token.head
    while above.pos_ not in VERBS and above.head != above:
        above = above.head
    return above


def _stands_apart(token: Token) -> bool:
    if token.pos_ not in VERBS or token.dep_ not in APART:
        return False
    return token.dep_ == "parataxis" or any(
        c.dep_ in {"nsubj", "nsubjpass"} for c in token.children
    )
