"""The domain of a claim: from the topic words of its content, else from the institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding import domains
from detente.registers import ontology
from detente.registers.claims import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.coding.claims.view import Range, View
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention
    from detente.model import Domain


def of(
    view: View,
    heads: Iterable[Token],
    actors: Sequence[Mention] = (),
    *,
    but: Sequence[Range] = (),
) -> Domain:
    """Return the domain that the phrases below some heads name, else the actors' own.

    Args:
        view: The sentence.
        heads: Heads of the phrases that say what the claim is about.
        actors: Who takes part; their institutions count where no word tells.
        but: Parts of the sentence whose words do not count.

    Returns:
        The domain named most often, the first named of equals; ``other`` where nothing tells.
    """
    inside = view.named
    tokens = {
        t.i: t
        for head in heads
        for t in head.subtree
        if t.i not in inside
        and not _is_second_half(t)
        and not any(first <= t.i < last for first, last in but)
    }
    found = _weigh(
        domains.contexts_in(tokens[i] for i in sorted(tokens)),
        [own for i in sorted(tokens) if (own := _own(tokens[i])) is not None],
    )
    if found is not None:
        return found
    named = [
        domains.INSTITUTION_CONTEXT[actor.institution]
        for mention in actors
        for actor in mention.actors
        if actor.institution is not None and actor.institution in domains.INSTITUTION_CONTEXT
    ]
    return ontology.domain_of(named[0]) if named else "other"


def _is_second_half(token: Token) -> bool:
    """Tell whether a noun ends a compound of nouns, whose parts name no topic ("value-base")."""
    if token.i < 2 or token.pos_ != "NOUN" or token.nbor(-1).text != "-":
        return False
    return token.nbor(-2).pos_ == "NOUN"


def _own(token: Token) -> Domain | None:
    """Return the domain of a word that tells a claim's topic and no event's."""
    table = group("topics", "domains")
    low = token.lower_
    if token.i + 1 < len(token.doc) and token.nbor(1).text == "-":
        low += "-"
    return table.get(low)  # type: ignore[return-value]


def _weigh(contexts: dict[str, int], own: list[Domain]) -> Domain | None:
    weights: dict[Domain, float] = {}
    for named in own:
        weights[named] = weights.get(named, 0.0) + 1.0
    for context, count in contexts.items():
        group: Domain = ontology.domain_of(context)
        weight = 0.5 if group == "diplomatic" else 1.0
        weights[group] = weights.get(group, 0.0) + weight * count
    if not weights:
        return None
    heaviest: Domain = max(weights, key=weights.__getitem__)
    return heaviest
