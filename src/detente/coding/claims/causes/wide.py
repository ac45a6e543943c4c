"""Causes that are told without a causal word: after, over, for, purposes and results.

News tells many causes so ("arrested for smuggling", "fired on the crowd, killing two"). They are
left out of claims, which want what an author asserts as a cause, and read only where asked for.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from detente.coding.claims.causes.relation import Relation
from detente.coding.claims.view import span_of, subtree
from detente.coding.grammar.clauses import clause_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.claims.view import Range
    from detente.coding.grammar.tree import Doc, Token

ACTIONS = frozenset({"VERB", "AUX"})


def _dateline(doc: Doc) -> int:
    """Return how many tokens a news header fills: "RAICHUR :" or "23rd May 2014 03:05 AM"."""
    length = 0
    for token in doc[:_HEADER]:
        before = doc[max(0, token.i - 3) : token.i]
        place = (
            token.text == ":"
            and token.i > 0
            and all(t.text.isupper() or t.is_punct or t.like_num for t in before)
        )
        if place or token.text in {"AM", "PM", "IST"}:
            length = token.i + 1
    return length


_HEADER = 25
"""Tokens within which a header ends."""


def trimmed(relation: Relation, doc: Doc) -> Relation:
    """Return a relation without news header, and without the word that ties its effect on."""
    header = _dateline(doc)

    def after(part: Range) -> Range:
        return (header, part[1]) if part[0] < header < part[1] else part

    effect = after(relation.effect) if relation.effect is not None else None
    if effect is not None and effect[1] - effect[0] > 1 and doc[effect[0]].lower_ in _TIES:
        effect = (effect[0] + 1, effect[1])
    return dataclasses.replace(
        relation, effect=effect, cause=[after(part) for part in relation.cause]
    )


_TIES = frozenset({"that", "which", "who", "and", "but"})


def _pair(rule: str, head: Token, cause: list[Token], effect: list[Token]) -> Relation | None:
    if not cause or not effect:
        return None
    first, second = span_of(cause), span_of(effect)
    if first == second or second[1] - second[0] < 1:
        return None
    return Relation(
        rule=rule, head=head, cause=[first], effect=second, signal=(first[0], first[0] + 1)
    )


def _clause(verb: Token, without: Token) -> list[Token]:
    """Return a clause without one branch, other sentences beside it and what frames it."""
    skip = [without, *(c for c in verb.children if _is_aside(c, verb, without))]
    return subtree(verb, without=skip)


def _is_aside(child: Token, verb: Token, without: Token) -> bool:
    """Tell whether a branch of a clause stands beside what the clause itself says."""
    if child.dep_ in {"ccomp", "parataxis"} and child.i < verb.i:
        return True
    if child.dep_ in {"conj", "cc"}:
        return child.i > verb.i and child.i > without.i
    if child.dep_ in {"advcl", "parataxis"}:
        return child.i > verb.i
    return child.dep_ in {"prep", "npadvmod", "advmod"} and _is_fronted(child, verb)


def _is_fronted(child: Token, verb: Token) -> bool:
    """Tell whether an adverbial stands before the clause, set off by a comma."""
    end = child.right_edge.i + 1
    return child.i < verb.i and end < len(verb.doc) and verb.doc[end].text == ","


def single(found: list[Relation]) -> list[Relation]:
    """Keep the surest relation of those that explain the same effect, without vague verbs."""
    found = [r for r in found if r.rule not in VAGUE]
    best: dict[int, Relation] = {}
    for relation in found:
        if relation.effect is None:
            continue
        root = relation.head.doc[relation.effect[0] : relation.effect[1]].root.i
        known = best.get(root)
        if known is None or _rank(relation) < _rank(known):
            best[root] = relation
    return [r for r in found if any(r is b for b in best.values()) or r.effect is None]


VAGUE = frozenset(
    {
        "condemn",
        "in which",
        "once",
        "rock",
        "throw",
        "attempt",
        "help",
        "pressure",
        "raise",
        "citing",
    }
)
"""Rules of which fewer than a quarter of the words were right on two thirds of ``causal_news``."""


def _rank(relation: Relation) -> int:
    return _ORDER.get(relation.rule, 0)


_ORDER = {
    rule: rank
    for rank, rule in enumerate(
        "for demanding following against to if unless when resulting after as over in during".split(),
        1,
    )
}


def _purpose(token: Token) -> Relation | None:
    """Read any infinitive that says to what end something is done."""
    if token.tag_ != "TO" or token.dep_ != "aux":
        return None
    verb = token.head
    deed = verb.head
    lemma = deed.lemma_.lower()
    free = verb.dep_ == "advcl" or (verb.dep_ == "xcomp" and lemma in words("cause", "gathering"))
    if free and deed.pos_ in ACTIONS and lemma not in words("cause", "no_purpose"):
        return _pair("to", verb, list(verb.subtree), _clause(deed, verb))
    if verb.dep_ in {"acl", "relcl"} and deed.lemma_.lower() in words("cause", "means"):
        governor = deed.head
        while governor.pos_ not in ACTIONS and governor.head != governor:
            governor = governor.head
        return _pair("to", verb, list(verb.subtree), subtree(governor, without=[verb]))
    return None


def _preposition(token: Token) -> Relation | None:
    """Read "after X", "over X", "amid X", "protest against X", "arrested for X"."""
    low = token.lower_
    if token.dep_ not in {"prep", "mark", "agent", "advmod"} or low not in words("cause", "loose"):
        return None
    if token.dep_ == "mark" or (token.dep_ == "advmod" and low == "when"):
        return _subordinate(token)
    content = next((c for c in token.children if c.dep_ in {"pobj", "pcomp"}), None)
    head = token.head
    if low in {"as", "if", "unless"} or content is None or not _is_reason(low, content, head):
        return None
    if head.pos_ not in ACTIONS:
        return _of_noun(low, token, content, head)
    return _pair(low, head, list(content.subtree), _clause(head, token))


def _of_noun(low: str, token: Token, content: Token, noun: Token) -> Relation | None:
    """Read "the clash over use of a field", and "staged a protest over" as the verb's own."""
    governor = noun.head
    if noun.dep_ == "dobj" and governor.pos_ in ACTIONS:
        return _pair(low, noun, list(content.subtree), subtree(governor, without=[token]))
    return _pair(low, noun, list(content.subtree), subtree(noun, without=[token]))


def _is_reason(low: str, content: Token, head: Token) -> bool:
    lemma = content.lemma_.lower()
    if content.ent_type_ in {"DATE", "TIME"} or lemma in words("cause", "times"):
        return False
    if low in {"after", "following"}:
        return content.dep_ == "pcomp" or content.pos_ in {"NOUN", "VERB"}
    if low in {"over", "against"}:
        protest = head.lemma_.lower() in words("cause", "protests")
        named = head.pos_ == "VERB" and any(
            c.dep_ == "dobj" and c.lemma_.lower() in words("cause", "protests")
            for c in head.children
        )
        return (protest or named or low == "over") and not content.like_num
    if low == "for":
        return content.dep_ == "pcomp" or head.lemma_.lower() in words("cause", "punishing")
    if low in {"in", "during"}:
        return lemma in words("cause", "violence") and head.lemma_.lower() in words(
            "cause", "suffering"
        )
    if low == "by":
        deed = content.tag_ == "VBG"
        return deed or (content.pos_ == "NOUN" and lemma in words("cause", "violence"))
    if low == "with":
        fronted = token_is_first(content)
        return fronted or head.lemma_.lower() in {"charge", "accuse", "book"}
    if low == "of":
        return head.lemma_.lower() in {"accuse", "convict", "suspect"}
    return True


def token_is_first(content: Token) -> bool:
    """Tell whether a phrase opens its sentence and has a predicate of its own."""
    opens = content.head.i <= 1
    return opens and any(c.dep_ in {"acl", "nsubj", "relcl"} for c in content.children)


def _subordinate(token: Token) -> Relation | None:
    verb = token.head
    if verb.dep_ != "advcl" or verb.head == verb or token.lower_ == "for":
        return None
    if token.i and token.nbor(-1).lower_ in {"just", "ever", "only"}:
        return None
    deed = verb.head
    inner = next((c for c in deed.children if c.dep_ == "ccomp"), None)
    if inner is not None and deed.lemma_.lower() in words("cause", "reporting"):
        deed = inner
    return _pair(token.lower_, verb, subtree(verb, without=[token]), _clause(deed, verb))


def _participle(token: Token) -> Relation | None:
    """Read ", killing two" as an effect and ", demanding his release" as a motive."""
    if token.tag_ != "VBG" or token.dep_ not in {"advcl", "acl", "xcomp", "conj"}:
        return None
    head, lemma = token.head, token.lemma_.lower()
    if head.pos_ not in ACTIONS:
        if lemma not in words("cause", "demanding") or head.head.pos_ not in ACTIONS:
            return None
        return _pair("demanding", token, list(token.subtree), subtree(head.head, without=[token]))
    if any(c.dep_ in {"aux", "mark"} for c in token.children):
        return None
    if lemma in words("cause", "demanding"):
        return _pair("demanding", token, list(token.subtree), _clause(head, token))
    if token.i > head.i and lemma in words("cause", "resulting"):
        return _pair("resulting", token, _clause(head, token), list(token.subtree))
    return None


def _protesting(token: Token) -> Relation | None:
    """Read "are protesting the rise in fares"."""
    if token.pos_ != "VERB" or token.lemma_.lower() not in {
        "protest",
        "condemn",
        "resent",
        "follow",
    }:
        return None
    clause = clause_of(token)
    if clause.passive or not clause.subjects or not clause.objects:
        return None
    reason = clause.objects[0]
    if reason.pos_ != "NOUN" or reason.i < token.i:
        return None
    effect = [t for t in subtree(token, without=[reason]) if t.i <= token.i]
    return _pair(token.lemma_.lower(), token, list(reason.subtree), effect)


def _harm(token: Token) -> Relation | None:
    """Read "the strike disrupted the bus service"."""
    if token.pos_ != "VERB" or token.lemma_.lower() not in words("cause", "harming"):
        return None
    clause = clause_of(token)
    if clause.passive or not clause.subjects or not clause.objects:
        return None
    source, harmed = clause.subjects[0], clause.objects[0]
    if source.lemma_.lower() not in words("cause", "violence") or source.i > token.i:
        return None
    return _pair(
        token.lemma_.lower(), token, subtree(source, without=[token]),
        [token, *harmed.subtree],
    )  # fmt: skip


def _in_which(token: Token) -> Relation | None:
    """Read "the attack in which two people were killed"."""
    noun = token.head
    if token.dep_ != "relcl" or noun.lemma_.lower() not in words("cause", "violence"):
        return None
    which = any(t.lower_ in {"which", "that", "where"} for t in token.subtree if t.i < token.i)
    if not which or token.lemma_.lower() not in words("cause", "suffering"):
        return None
    part = [t for t in token.subtree if t.lower_ not in {"in", "which", "that", "where"}]
    return _pair("in which", token, subtree(noun, without=[token]), part)


def _in_support(token: Token) -> Relation | None:
    """Read "marched in support of X" and "kept closed as part of X"."""
    prep = token.head
    known = {"support": "in", "favour": "in", "favor": "in", "part": "as", "backdrop": "against"}
    if token.dep_ != "pobj" or known.get(token.lower_) != prep.lower_:
        return None
    content = next((t for c in token.children if c.lower_ == "of" for t in c.children), None)
    head = prep.head
    while head.pos_ not in ACTIONS and head.head != head:
        head = head.head
    if content is None or head.pos_ not in ACTIONS:
        return None
    return _pair(f"{prep.lower_} {token.lower_}", head, list(content.subtree), _clause(head, prep))


RULES = (_purpose, _in_support, _preposition, _participle, _protesting, _harm, _in_which)
