"""Causal adverbs, which point to the clause or sentence before: "hence", "therefore", "so"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.causes.relation import Relation
from detente.coding.claims.view import span_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

_REASONS = ("that is why", "this is why", "for this reason", "for that reason")
_OPENERS = frozenset({"as", "that", "this", "for"})
"""First words of the connectives that are longer than one word."""


def _adverb(token: Token) -> Relation | None:
    """Read a "Hence" or "As a result" that points to the clause or sentence before."""
    length = _adverb_length(token)
    if not length:
        return None
    doc = token.doc
    before = doc[token.i - 1].text if token.i else ""
    joined = before in {";", "–", "—", ":"} or (before == "and" and token.i > 3)
    near = (
        token.dep_ == "advmod"
        and token.lower_ in _MEDIAL
        and (token.i <= 3 or _is_before_verb(token))
    )
    if token.i and not joined and not near:
        return None
    root = next((t for t in doc if t.dep_ == "ROOT"), token)
    if joined:
        after = span_of(list(doc[token.i + length :]))
        held = [span_of(list(doc[: token.i - 1]))]
        return Relation(
            rule=token.lower_, head=doc[after[0] : after[1]].root, cause=held, effect=after,
            signal=(token.i, token.i + length),
        )  # fmt: skip
    rest = [t for t in root.subtree if not token.i <= t.i < token.i + length]
    if not rest:
        return None
    return Relation(
        rule=doc[token.i : token.i + length].text.lower(), head=root, cause=[],
        effect=span_of(rest), signal=(token.i, token.i + length), back="cause",
    )  # fmt: skip


_MEDIAL = frozenset({"therefore", "thus", "consequently", "accordingly", "hence"})


def _is_before_verb(token: Token) -> bool:
    """Tell whether an adverb stands right before its finite verb: "Riga therefore left"."""
    verb = token.head
    if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"advcl", "acl", "relcl"}:
        return False
    between = token.doc[token.i + 1 : verb.i]
    helpers = all(t.head == verb and t.dep_ in {"aux", "auxpass", "neg", "advmod"} for t in between)
    return token.i < verb.i and helpers and not any(t.lower_ == "far" for t in between)


def _adverb_length(token: Token) -> int:
    """Return of how many tokens a backward connective consists, 0 where there is none."""
    if token.lower_ in words("cause", "adverbs"):
        return 1
    if token.lower_ not in _OPENERS:
        return 0
    following = token.doc[token.i : token.i + 4].text.lower()
    if following.startswith(("as a result", "as a consequence")):
        return 0 if following.endswith(" of") else 3
    return 3 if following.startswith(_REASONS) else 0


def _so(token: Token) -> Relation | None:
    """Read "X, so Y"."""
    if token.lower_ != "so" or token.dep_ not in {"cc", "mark", "advmod"} or token.i < 3:
        return None
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if following is None or following.pos_ in {"ADJ", "ADV"} or following.lower_ in {"that", "far"}:
        return None
    if following.tag_ == "MD":
        return None  # "and so will Lima"
    if token.nbor(-1).text not in {",", ";"} and token.nbor(-1).lower_ != "and":
        return None
    effect = span_of(list(token.doc[token.i + 1 :]))
    return Relation(
        rule="so", head=token.doc[effect[0] : effect[1]].root, effect=effect,
        cause=[span_of(list(token.doc[: token.i - 1]))], signal=(token.i, token.i + 1),
    )  # fmt: skip


def hence(token: Token) -> Relation | None:
    """Read "X, hence Y" where Y is a noun: "hence the haste"."""
    if token.lower_ != "hence" or token.i < 3 or token.i + 2 >= len(token.doc):
        return None
    if token.nbor(-1).text not in {",", ";", "–", "—", "-"}:
        return None
    after = list(token.doc[token.i + 1 :])
    if any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in after):
        return None
    return Relation(
        rule="hence", head=token.doc[: token.i].root, cause=[span_of(list(token.doc[: token.i - 1]))],
        effect=span_of(after), signal=(token.i, token.i + 1),
    )  # fmt: skip


RULES = (_so,)
LATE_RULES = (_adverb, hence)
