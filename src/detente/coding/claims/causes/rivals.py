"""Rivals of a cause that the parse hangs elsewhere: "not A but B drove", "because of B, rather than A"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.view import Range, span_of

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

_CONTENT = frozenset({"pobj", "pcomp", "conj", "dobj"})
_CONNECTIVES = frozenset({"due", "because", "owing", "thanks", "of", "to", "out", "for", "by"})


def trailing(verb: Token, after: int) -> list[Token]:
    """Return the branches of a clause that set a rival aside: "rather than A", "and not A".

    Args:
        verb: The predicate that the cause hangs on.
        after: Number of the connective's token; rivals stand behind it.
    """
    found: list[Token] = []
    for child in verb.children:
        if child.i <= after:
            continue
        before = child.doc[child.left_edge.i - 1].lower_ if child.left_edge.i else ""
        contrast = child.lower_ == "than" and child.nbor(-1).lower_ == "rather"
        contrast |= child.lower_ in {"rather", "instead"} and child.dep_ in {"prep", "cc"}
        denied = before == "not" and child.dep_ in {"conj", "prep", "npadvmod"}
        if contrast or denied:
            found.append(child)
    return found


def content(branch: Token) -> Range | None:
    """Return what a branch such as "rather than because of A" names, without its connectives."""
    if branch.pos_ not in {"ADP", "SCONJ", "ADV", "CCONJ"}:
        return span_of(branch.subtree)
    below = [c for c in branch.children if c.dep_ in _CONTENT and c.i > branch.i]
    if not below:
        deeper = [c for c in branch.children if c.dep_ in {"prep", "pcomp"} and c.i > branch.i]
        return content(deeper[0]) if deeper else None
    if below[0].lower_ in _CONNECTIVES:
        return content(below[0])
    return span_of(below[0].subtree)


def leading(source: Token) -> list[Range]:
    """Return the rival in front of a subject: "Not A but B drove X", "less A than B moved X"."""
    doc, first = source.doc, source.left_edge.i
    if first < 2 or doc[first - 1].lower_ not in {"but", "than"}:
        return []
    wanted = {"not", "n't", "neither"} if doc[first - 1].lower_ == "but" else {"less"}
    for token in reversed(doc[: first - 1]):
        if token.lower_ in wanted:
            if doc[token.i + 1].lower_ in {"only", "just", "merely"} or token.i + 1 >= first - 1:
                return []
            return [span_of(list(doc[token.i + 1 : first - 1]))]
    return []
