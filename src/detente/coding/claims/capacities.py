"""Capacities: who has how much of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.institutions import institution_of
from detente.coding.claims.view import Draft, View, begun, clause_part, is_negated, span_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import RuleSet
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token


def find(view: View) -> Iterator[Draft]:
    """Yield the stocks of a sentence: who has how much of what."""
    return begun(view, _STOCK_TOLD)


def _stock_told(view: View, token: Token) -> Draft | None:
    if token.lemma_.lower() in {"be", "remain", "stay", "become"}:
        draft = _level(view, token)
    elif token.lemma_.lower() in words("capacity", "lacking") and token.pos_ == "VERB":
        draft = _lacks(view, token)
    elif token.lemma_.lower() == "run" and token.pos_ == "VERB":
        draft = _runs_low(view, token)
    elif token.lemma_.lower() in words("capacity", "counting") and token.pos_ == "VERB":
        draft = _counts(view, token)
    else:
        return None
    return draft


_STOCK_TOLD = RuleSet((_stock_told,), before=1)


def _runs_low(view: View, verb: Token) -> Draft | None:
    """Read "stocks are running low" and "Kyiv is running out of shells"."""
    if not any(c.lower_ in {"low", "short", "out", "dry"} for c in verb.children):
        return None
    subjects = subjects_of(verb)
    if not subjects:
        return None
    scarce = list(prepositional(verb, frozenset({"of", "on"})))
    if _stock(subjects[0]) is None and not scarce:
        return None
    return _capacity(view, verb, subjects[0], "low", "running low")


def _counts(view: View, verb: Token) -> Draft | None:
    """Read "the mission consists of 200 monitors", "can sustain no more than two brigades"."""
    clause = clause_of(verb)
    counted = [*clause.objects, *prepositional(verb, frozenset({"of", "to"}))]
    number = next(
        (c for c in counted if any(b.dep_ == "nummod" or b.like_num for b in c.subtree)), None
    )
    if number is None or not clause.subjects or clause.passive:
        return None
    noun = clause.subjects[0]
    counted_in = number.lemma_.lower() in words("capacity", "stocks")
    stocked = _stock(noun) is not None or counted_in or number.lower_ in words("capacity", "stocks")
    if not stocked or verb.tag_ == "VBD":
        return None
    draft = _capacity(view, verb, noun, "", "")
    if draft is not None:
        draft.details["amount"] = view.text(span_of(number.subtree))
    return draft


def _stock(noun: Token) -> Token | None:
    """Return the stock that a noun phrase names: its head, an apposition or a compound."""
    for token in (noun, *noun.children):
        if token.i != noun.i and token.dep_ not in {"appos", "compound", "nmod"}:
            continue
        for form in (token.lemma_.lower(), token.lower_):
            if form in words("capacity", "stocks") or form in words("capacity", "missions"):
                return token
    return None


def _level(view: View, verb: Token) -> Draft | None:
    levels = group("capacity", "levels")
    word = next(
        (c for c in verb.children if c.dep_ in {"acomp", "oprd", "attr"} and c.lower_ in levels),
        None,
    )
    subjects = subjects_of(verb)
    if word is None or not subjects:
        return None
    stock = _stock(subjects[0])
    if stock is None:
        return None
    level = levels[word.lower_]
    if is_negated(verb):
        level = {"negligible": "medium", "low": "medium", "high": "low"}.get(level, level)
    return _capacity(view, verb, subjects[0], level, word.lower_)


def _capacity(view: View, verb: Token, noun: Token, level: str, text: str) -> Draft | None:
    parties = view.within(noun, places=True)
    if not parties:
        return None
    details = {
        "institution": institution_of(noun.subtree)
        or next((a.institution for m in parties for a in m.actors if a.institution), None),
        "level": level,
        "level_text": text,
        "stock": view.text(span_of(noun.subtree)),
    }
    return Draft(
        kind="capacity",
        rule="capacity/level",
        head=verb,
        part=clause_part(verb),
        topic=[noun],
        subject=tuple(m for m in parties if not m.place),
        about=parties,
        details={k: v for k, v in details.items() if v},
    )


def _lacks(view: View, verb: Token) -> Draft | None:
    clause = clause_of(verb)
    subject = view.actors(clause.subjects, "S")
    if not clause.objects or not subject or verb.lemma_ != "lack":
        return None
    stock = _stock(clause.objects[0])
    if stock is None:
        return None
    return Draft(
        kind="capacity",
        rule="capacity/lack",
        head=verb,
        part=clause_part(verb),
        topic=list(clause.objects),
        subject=subject,
        about=view.within(verb, places=True),
        details={"level": "low", "level_text": "lacks", "stock": stock.lower_},
    )


def counted(view: View) -> Iterator[Draft]:
    """Yield the stock that a sentence counts without a verb of having: "only one in three speaks".

    Read only where a sentence tells no event, no forecast and no other claim.
    """
    root = next((t for t in view.doc if t.dep_ == "ROOT"), None)
    if root is None or not any(
        t.tag_ in {"VBZ", "VBP"} or t.lower_ in {"can", "ca"} for t in (root, *root.children)
    ):
        return
    for noun in view.tokens:
        forms = {noun.lemma_.lower(), noun.lower_}
        if noun.i in view.mentions or forms.isdisjoint(words("capacity", "stocks")):
            continue
        if not any(_counts_it(t) for t in (*noun.children, noun.head)):
            continue
        parties = tuple(m for _, m in sorted({**view.places, **view.mentions}.items()))
        if parties:
            yield Draft(
                kind="capacity", rule="capacity/counted", head=root, part=clause_part(root),
                topic=[noun], subject=parties[:1], about=parties,
                details={
                    "institution": institution_of(noun.subtree),
                    "stock": view.text(span_of(noun.subtree)),
                },
                confidence=0.5,
            )  # fmt: skip
            return


def _counts_it(token: Token) -> bool:
    """Tell whether a word beside a stock says how much of it there is."""
    known = token.lower_ in group("capacity", "levels") or token.lower_ in words("capacity", "few")
    return known or token.pos_ == "NUM" or token.like_num
