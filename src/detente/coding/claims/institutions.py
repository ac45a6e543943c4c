"""Institutions that words name without naming an actor: "attaches", "embassy"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.registers.claims import group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.grammar.tree import Token


def institution_of(tokens: Iterable[Token]) -> str | None:
    """Return the institution that words such as "attaches" or "embassy" name."""
    table = group("capacity", "institutions")
    before = ""
    for token in tokens:
        lemma = token.lemma_.lower()
        for form in (f"{before} {lemma}", lemma, token.lower_):
            if form in table:
                return table[form]
        before = lemma
    return None
