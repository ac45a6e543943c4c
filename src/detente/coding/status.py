"""Whether an act is told as done, planned, proposed, possible, denied or habitual.

The reading climbs from the act's trigger to the root of the sentence. On the way every modal,
negation, condition and governing word ("plans to", "failed to", "said that") leaves an effect; the
strongest effect decides. An act under a wish, a duty, an opinion or a forecast is no event at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import msgspec.yaml

from detente.coding.clauses import is_main
from detente.errors import RegisterError
from detente.registers.frames import DATA

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.model import Status

ORDER: tuple[str, ...] = (
    "drop", "claim", "negated", "possible", "proposed", "planned", "habitual",
)  # fmt: skip
"""Effects from the strongest to the weakest."""

OCCUR = frozenset(
    "take hold happen occur go begin start resume continue proceed be follow end conclude open "
    "convene stage conduct organise organize arrange schedule plan make pay have give".split()
)
"""Verbs that say of a nominal act that it happens; denying one of these denies the act."""

ATTEMPTED = frozenset({"ASSAULT"})
"""Types whose attempt is an act of the same type: "tried to storm the embassy"."""
CALLS = frozenset({"call", "phone", "telephone", "ring", "write"})
"""Verbs whose purpose is told as done: "phoned his colleague to apologise"."""
CLAUSAL = frozenset({"xcomp", "ccomp"})
_PARTIES = frozenset({"nsubj", "nsubjpass", "dobj"})
REPORTED_PAST = frozenset({"VBD", "VBN"})


class Operators(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The word lists of ``operators.yaml``: effect to lemmas."""

    verbs: dict[str, list[str]]
    adjectives: dict[str, list[str]]
    nouns: dict[str, list[str]]
    modals: dict[str, list[str]]
    adverbs: dict[str, list[str]]
    marks: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an act stands.

    Attributes:
        status: Its status; None where it is no event.
        evidence: What decided, such as ``"modal: will"``, in the order met.
        reporters: The verbs of saying above the act, innermost first.
    """

    status: Status | None
    evidence: tuple[str, ...] = ()
    reporters: tuple[Token, ...] = ()


@dataclass(slots=True)
class _Climb:
    effects: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    reporters: list[Token] = field(default_factory=list)
    kind: str | None = None

    def add(self, effect: str, why: str) -> None:
        if effect == "attempt":
            effect = "fact" if self.kind in ATTEMPTED else "drop"
        if effect not in {"fact", "report"}:
            self.effects.append(effect)
            self.evidence.append(f"{effect}: {why}")


@cache
def _tables() -> dict[str, dict[str, str]]:
    path = DATA / "operators.yaml"
    try:
        read = msgspec.yaml.decode(path.read_bytes(), type=Operators)
    except msgspec.MsgspecError as error:
        raise RegisterError(str(path), 0, str(error)) from error
    found: dict[str, dict[str, str]] = {}
    for kind in ("verbs", "adjectives", "nouns", "modals", "adverbs", "marks"):
        table = found.setdefault(kind, {})
        for effect, words in getattr(read, kind).items():
            for word in words:
                table.setdefault(word, effect)
    return found


def standing(trigger: Token, kind: str | None = None) -> Standing:
    """Return how the act of a trigger, verb or noun, stands in its sentence.

    "Poland will not attend" gives ``negated`` with the evidence for both words.

    Args:
        trigger: The act's head token.
        kind: Its PLOVER type, which decides whether an attempt at it is an act.
    """
    climb = _Climb(kind=kind)
    current = trigger
    if trigger.pos_ in {"NOUN", "PROPN"}:
        start = _from_noun(trigger, climb)
        if start is None:
            return _conclude(climb)
        current = start
        if start.lemma_.lower() not in OCCUR:
            above = _up(start, climb)
            current = above if above is not None else start
            if above is None:
                _at_verb(start, climb, negating=False)
                return _conclude(climb)
    for _ in range(12):
        _at_verb(current, climb)
        above = _up(current, climb)
        if above is None:
            break
        current = above
    return _conclude(climb)


def _conclude(climb: _Climb) -> Standing:
    for effect in ORDER:
        if effect in climb.effects:
            kept: Status | None = None if effect in {"drop", "claim"} else effect  # type: ignore[assignment]
            return Standing(kept, tuple(climb.evidence), tuple(climb.reporters))
    return Standing("actual", tuple(climb.evidence), tuple(climb.reporters))


def _from_noun(noun: Token, climb: _Climb) -> Token | None:
    """Return the verb that a nominal act depends on, after noting the noun's own words."""
    for child in noun.children:
        low = child.lower_
        if child.dep_ == "det" and low == "no":
            climb.add("negated", low)
        elif low in _NOUN_WORDS:
            climb.add(_NOUN_WORDS[low], low)
    current = noun
    for _ in range(6):
        head = current.head
        if head == current:
            return None
        if head.pos_ in {"VERB", "AUX"}:
            _predicated(head, climb)
            return head
        if head.pos_ in {"NOUN", "PROPN"} and current.dep_ in {"pobj", "prep", "pcomp"}:
            effect = _tables()["nouns"].get(head.lemma_.lower())
            if effect:
                climb.add(effect, head.lower_)
        current = head
    return None


def _predicated(verb: Token, climb: _Climb) -> None:
    """Note what is said of a nominal act: "talks are likely to resume" tells of no talks."""
    for child in verb.children:
        if child.dep_ == "acomp" and any(c.dep_ == "xcomp" for c in child.children):
            effect = _tables()["adjectives"].get(child.lemma_.lower())
            if effect is not None:
                climb.add(effect, child.lower_)


_NOUN_WORDS = {
    "planned": "planned", "upcoming": "planned", "scheduled": "planned", "forthcoming": "planned",
    "proposed": "proposed", "possible": "possible", "potential": "possible", "future": "planned",
    "regular": "habitual", "annual": "habitual", "alleged": "claim", "expected": "planned",
    "supposed": "claim", "hypothetical": "drop", "would-be": "drop", "any": "drop",
    "cancelled": "negated", "canceled": "negated", "failed": "negated", "frequent": "habitual",
    "eventual": "possible", "unprecedented": "fact", "imminent": "planned", "pending": "planned",
    "prospective": "possible", "next": "planned",
}  # fmt: skip


def _at_verb(verb: Token, climb: _Climb, *, negating: bool = True) -> None:
    """Note the modals, negations and conditions at one verb.

    Without ``negating`` a denial is the verb's own: "the talks did not help" denies no talks.
    """
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    modals = [c for c in auxiliaries if c.tag_ == "MD" and c.lower_ in _tables()["modals"]]
    for child in verb.children:
        if child in modals:
            climb.add(_modal(_tables()["modals"][child.lower_], verb), f"modal {child.lower_}")
        else:
            _beside(child, climb, negating=negating)
    if not modals and _longstanding(verb):
        climb.add("habitual", "long")
    to = any(c.tag_ == "TO" for c in auxiliaries)
    if to and verb.dep_ in {"ROOT", "conj"} and not modals:
        climb.add("planned", "to + verb")


def _beside(child: Token, climb: _Climb, *, negating: bool) -> None:
    """Note one word at a verb that is no auxiliary."""
    low, dep, tables = child.lower_, child.dep_, _tables()
    if dep == "neg" or (dep == "advmod" and low in {"never", "hardly"}):
        if negating:
            climb.add("negated", low)
    elif dep == "advmod" and low in tables["adverbs"]:
        climb.add(tables["adverbs"][low], low)
    elif dep == "mark" and low in tables["marks"]:
        climb.add(tables["marks"][low], low)
    elif (dep == "det" and low == "no") or (dep in _PARTIES and _denied(child)):
        climb.add("negated", "no")


def _denied(token: Token) -> bool:
    if token.lower_ in {"nobody", "none", "nothing"}:
        return True
    return any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in token.children)


def _longstanding(verb: Token) -> bool:
    words = {c.lower_ for c in verb.children}
    if verb.tag_ == "VBG" and "been" in words and "long" in words:
        return True
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "used" for c in verb.children)


def _modal(effect: str, verb: Token) -> str:
    if effect != "conditional":
        return effect
    head = verb.head
    if verb.dep_ == "ccomp" and _tables()["verbs"].get(head.lemma_) in {
        "report",
        "planned",
        "claim",
    }:
        if any(c.dep_ == "advcl" and _marked(c, {"if", "unless"}) for c in verb.children):
            return "possible"
        return "planned"
    return "possible"


def _marked(verb: Token, words: set[str]) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in words for c in verb.children)


def _up(verb: Token, climb: _Climb) -> Token | None:
    """Return the governing verb, after noting what it does to the act; None at the end."""
    head, dep = verb.head, verb.dep_
    if head == verb or dep in {"ROOT", "relcl", "appos"}:
        return None
    if dep == "conj":
        return _past_conjunct(verb, head, climb)
    if dep in {"parataxis", "dep"}:
        return None
    if dep == "advcl":
        return _adverbial(verb, climb)
    if dep == "acl":
        return _clause_of_noun(verb, head, climb)
    if dep == "pcomp":
        return _after_preposition(head, climb)
    if dep in CLAUSAL or dep in {"acomp", "oprd", "csubj", "attr"}:
        return _governed(verb, head, climb)
    return head if head.pos_ in {"VERB", "AUX"} else None


def _past_conjunct(verb: Token, head: Token, climb: _Climb) -> Token | None:
    own = {c.dep_ for c in verb.children}
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    if "nsubj" in own or "nsubjpass" in own:
        return _up(head, climb) if head.dep_ in CLAUSAL else None
    if "aux" in own or "neg" in own or verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return _up(head, climb)
    if verb.tag_ == "VB" and head.tag_ not in {"VB"}:
        return None
    return head


def _adverbial(verb: Token, climb: _Climb) -> Token | None:
    if _marked(verb, {"if", "unless"}):
        return None
    if any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children):
        if verb.head.lemma_ in CALLS:
            return verb.head
        climb.add("drop", "purpose")
    return None


def _clause_of_noun(verb: Token, head: Token, climb: _Climb) -> Token | None:
    if verb.tag_ in {"VBG", "VBN", "VBD"} or is_main(verb):
        return None
    if head.pos_ in {"VERB", "AUX"}:
        return _governed(verb, head, climb)
    climb.add(_tables()["nouns"].get(head.lemma_.lower(), "drop"), f"{head.lower_} to")
    return None


def _after_preposition(prep: Token, climb: _Climb) -> Token | None:
    word, head = prep.lower_, prep.head
    if word in {"without", "before"}:
        climb.add("negated" if word == "without" else "drop", word)
        return None
    if word in {"after", "by", "while", "since", "when", "upon", "in", "following", "despite"}:
        return None
    if head.pos_ in {"NOUN", "PROPN"}:
        climb.add(_tables()["nouns"].get(head.lemma_.lower(), "drop"), f"{head.lower_} {word}")
        return None
    if word in {"of", "from", "about", "on", "against", "to", "at", "than"}:
        climb.add("drop", f"{head.lower_} {word}")
    return None


def _governed(verb: Token, head: Token, climb: _Climb) -> Token | None:
    lemma = head.lemma_.lower()
    if head.pos_ == "ADJ":
        climb.add(_tables()["adjectives"].get(lemma, "drop"), f"{head.lower_} to")
        return head.head if head.head.pos_ in {"VERB", "AUX"} else None
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    if lemma == "be" and verb.tag_ == "VB":
        climb.add("planned", "is to")
        return head
    if lemma == "have" and verb.tag_ == "VB":
        climb.add("drop", "has to")
        return head
    if lemma in {"expect", "schedule", "set", "slate"} and is_shared_passive(head):
        climb.add("planned", f"{head.lower_} to")
        return head
    effect = _tables()["verbs"].get(lemma)
    if effect is None:
        effect = "drop" if verb.tag_ == "VB" else "report"
    if effect == "fact" and lemma == "go" and verb.tag_ == "VB":
        effect = "planned"
    if effect == "report" and verb.tag_ == "VB" and verb.dep_ == "xcomp":
        effect = "fact" if lemma in {"report", "say", "confirm", "show"} else "planned"
    climb.add(effect, head.lower_)
    if effect == "report":
        climb.reporters.append(head)
        return None
    return None if effect in {"drop", "claim"} else head


def is_shared_passive(verb: Token) -> bool:
    """Return whether "is expected to" style words govern the act."""
    return verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)
