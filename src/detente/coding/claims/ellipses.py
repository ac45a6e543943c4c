"""Second clauses that leave out their verb: "..., and so will Minsk", "..., but Rome will not"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from detente.coding import hedges
from detente.coding.claims.raising import MODALS
from detente.model import Hedge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.claims.forecasts import Draft
    from detente.coding.claims.view import Range, View
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention

_JOINING = frozenset({"and", "but", "as", "nor", "while", "whereas", "though", "although", "or"})
_INVERTING = frozenset({"so", "nor", "neither", "as"})
_DENYING = frozenset({"not", "n't", "nor", "neither", "never", "hardly"})


def after(view: View, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts of a sentence, and after them what a bare modal verb says of somebody else.

    "Peru will leave, and so will Chile" holds two: the second has the direction of the first, and
    its words are no longer part of it.
    """
    bare = [t for t in view.tokens if t.tag_ == "MD" and _is_bare(t)] if drafts else []
    told: list[Draft] = []
    rest = list(drafts)
    for modal in bare:
        first = next((d for d in reversed(rest) if d.head.i < modal.i), None)
        part = _part(modal, first.head.i) if first is not None else None
        if first is None or part is None:
            continue
        parties = _named(view, part)
        if not parties or _codes(parties) <= _codes(first.subject):
            continue
        rest[rest.index(first)] = _without(first, part)
        told.append(_second(view, first, modal, part, parties))
    yield from rest
    yield from told


def _is_bare(modal: Token) -> bool:
    """Tell whether a modal verb helps no verb: "so will Peru", "Rome may not"."""
    if modal.lower_ not in MODALS or any(c.pos_ in {"VERB", "AUX"} for c in modal.children):
        return False
    before = modal.nbor(-1).lower_ if modal.i else ""
    if before in _INVERTING:
        return modal.head.pos_ not in {"VERB", "AUX"} or modal.dep_ not in {"aux", "auxpass"}
    return modal.dep_ in {"conj", "advcl", "parataxis", "ccomp"} and modal.pos_ == "AUX"


def _part(modal: Token, first: int) -> Range | None:
    """Return the range of the elliptic clause, from its conjunction to the next stop."""
    doc = modal.doc
    start = modal.i
    while start > first + 1 and doc[start - 1].text not in {",", ";"}:
        start -= 1
        if doc[start].lower_ in _JOINING:
            break
    if doc[start].lower_ not in _JOINING and doc[start - 1].text != ";":
        return None
    end = modal.i + 1
    while end < len(doc) and doc[end].text not in {",", ";", "."}:
        end += 1
    return start, end


def _named(view: View, part: Range) -> tuple[Mention, ...]:
    found = (view.mentions[i] for i in range(*part) if i in view.mentions)
    return tuple(m for m in found if not view.is_place(m))


def _codes(mentions: tuple[Mention, ...]) -> set[str]:
    return {a.code for m in mentions for a in m.actors}


def _without(draft: Draft, part: Range) -> Draft:
    """Return a draft without what stands in the clause after it."""

    def outside(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(m for m in mentions if not part[0] <= m.head < part[1])

    start, end = draft.part
    end = min(end, part[0]) if start < part[0] else end
    while end > start + 1 and draft.head.doc[end - 1].text in {",", ";"}:
        end -= 1
    return replace(
        draft, part=(start, end), subject=outside(draft.subject), object=outside(draft.object),
        about=outside(draft.about),
    )  # fmt: skip


def _second(
    view: View, first: Draft, modal: Token, part: Range, parties: tuple[Mention, ...]
) -> Draft:
    found = hedges.read(view.doc, modal, found=view.hedges) or Hedge()
    word = {"'ll": "will", "wo": "will", "'d": "would"}.get(modal.lower_, modal.lower_)
    denied = any(t.lower_ in _DENYING for t in view.doc[part[0] : part[1]])
    hedge = msgspec.structs.replace(found, modal=word, negated=denied)
    kept = tuple(m for m in first.object if not _codes((m,)) <= _codes(parties))
    return replace(
        _without(first, part), rule="forecast/elliptic", head=modal, part=part, subject=parties,
        object=tuple(m for m in kept if not part[0] <= m.head < part[1]), hedge=hedge, owned=set(),
        condition=None, until=None, veto=(), about=(),
    )  # fmt: skip
