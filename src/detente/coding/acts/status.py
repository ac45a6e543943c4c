"""Whether an act is told as done, planned, proposed, possible, denied or habitual.

The reading climbs from the act's trigger to the root of the sentence. On the way every modal,
negation, condition and governing word ("plans to", "failed to", "said that") leaves an effect; the
strongest effect decides. An act under a wish, a duty, an opinion, a question or a forecast is no
event at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.coding.dates import lexicon
from detente.coding.grammar.governors import CONDITIONS, is_past_perfect, up
from detente.coding.grammar.operators import Climb, marked, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.grammar.tree import Token
    from detente.model import Status

__all__ = ["Standing", "is_past_perfect", "standing"]
ORDER: tuple[str, ...] = (
    "drop", "claim", "negated", "possible", "proposed", "planned", "habitual",
)  # fmt: skip
"""Effects from the strongest to the weakest."""

OCCUR = frozenset(
    "take hold happen occur go begin start resume continue proceed be follow end conclude open "
    "convene stage conduct organise organize arrange schedule plan make pay have give carry complete order "
    "announce confirm authorise authorize undertake execute perform".split()
)
"""Verbs that say of a nominal act that it happens; denying one of these denies the act."""

OFFERED = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
"""Types that one side can put forward; readiness for others only makes them possible."""
_ADVERBS = frozenset({"advmod", "preconj", "npadvmod"})
_PARTIES = frozenset({"nsubj", "nsubjpass", "dobj"})
_PERIODS = frozenset(
    "year month week day summer winter spring autumn monday tuesday wednesday thursday friday "
    "saturday sunday".split()
)


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


def standing(trigger: Token, kind: str | None = None) -> Standing:
    """Return how the act of a trigger, verb or noun, stands in its sentence.

    "Poland will not attend" gives ``negated`` with the evidence for both words.

    Args:
        trigger: The act's head token.
        kind: Its PLOVER type, which decides whether an attempt at it is an act.
    """
    climb = Climb(kind=kind)
    current = trigger
    if trigger.pos_ in {"NOUN", "PROPN"}:
        start = _from_noun(trigger, climb)
        if start is None:
            return _conclude(climb)
        current = start
        if start.lemma_.lower() not in OCCUR:
            above = up(start, climb)
            current = above if above is not None else start
            if above is None:
                _at_verb(start, climb, negating=False)
                return _conclude(climb)
    for _ in range(12):
        _at_verb(current, climb)
        above = up(current, climb)
        if above is None:
            break
        current = above
    return _conclude(climb)


def _conclude(climb: Climb) -> Standing:
    kept: Status | None = "actual"
    effect = next((e for e in ORDER if e in climb.effects), None)
    if effect in {"drop", "claim"}:
        kept = None
    elif effect == "proposed" and climb.kind is not None and climb.kind not in OFFERED:
        kept = "possible"
    elif effect is not None:
        kept = effect  # type: ignore[assignment]
    return Standing(kept, tuple(climb.evidence), tuple(climb.reporters))


def _from_noun(noun: Token, climb: Climb) -> Token | None:
    """Return the verb that a nominal act depends on, after noting the noun's own words."""
    for child in noun.children:
        low = child.lower_
        if child.dep_ == "det" and low == "no":
            climb.add("negated", low)
        elif low in tables()["nominals"]:
            climb.add(tables()["nominals"][low], low)
    current = noun
    for _ in range(6):
        head = current.head
        if head == current:
            return None
        if head.pos_ in {"VERB", "AUX"}:
            _predicated(head, climb)
            return head
        if head.pos_ in {"NOUN", "PROPN"} and current.dep_ in {"pobj", "prep", "pcomp"}:
            effect = tables()["nouns"].get(head.lemma_.lower())
            if effect:
                climb.add(effect, head.lower_)
        current = head
    return None


def _predicated(verb: Token, climb: Climb) -> None:
    """Note what is said of a nominal act: "talks are likely to resume" tells of no talks."""
    for child in verb.children:
        if child.dep_ == "acomp" and any(c.dep_ == "xcomp" for c in child.children):
            effect = tables()["adjectives"].get(child.lemma_.lower())
            if effect is not None:
                climb.add(effect, child.lower_)
    if any(c.dep_ == "auxpass" for c in verb.children):
        lemma, listed = verb.lemma_.lower(), tables()["verbs"]
        keys = [f"{lemma}_{c.lower_}" for c in verb.children if c.dep_ in {"prt", "advmod"}]
        effect = next((listed[key] for key in (*keys, lemma) if key in listed), None)
        if effect in {"planned", "proposed", "possible", "negated", "drop"}:
            climb.add(effect, verb.lower_)


def _at_verb(verb: Token, climb: Climb, *, negating: bool = True) -> None:
    """Note the modals, negations and conditions at one verb.

    Without ``negating`` a denial is the verb's own: "the talks did not help" denies no talks.
    """
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    modals = [c for c in auxiliaries if c.tag_ == "MD" and c.lower_ in tables()["modals"]]
    inverted = _inverted(verb, auxiliaries)
    if inverted is not None:
        climb.add("negated" if inverted == "had" else "possible", f"inverted {inverted}")
        modals = []
    for child in verb.children:
        if child in modals:
            climb.add(_modal(tables()["modals"][child.lower_], verb), f"modal {child.lower_}")
        else:
            _beside(child, verb, climb, negating=negating)
    if climb.kind == "CONSULT" and not auxiliaries and _timetabled(verb):
        climb.add("planned", "present tense with a day")
    elif climb.kind in LASTING and not auxiliaries and _starting(verb):
        climb.add("planned", "present tense with a first day")
    if not modals and _longstanding(verb, auxiliaries):
        climb.add("habitual", "long")
    if not auxiliaries and _general(verb):
        climb.add("habitual", "present relative clause")
    if verb.dep_ == "ROOT" and verb.doc[-1].text == "?":
        climb.add("drop", "question")
    to = any(c.tag_ == "TO" for c in auxiliaries)
    if to and verb.dep_ in {"ROOT", "conj"} and not modals:
        climb.add("planned", "to + verb")


def _inverted(verb: Token, auxiliaries: list[Token]) -> str | None:
    """Return the auxiliary of "Had Oslo expelled him, ..." or "Should Oslo expel him, ..."."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or verb.dep_ != "advcl" or not auxiliaries:
        return None
    first = auxiliaries[0]
    return first.lower_ if first.i < subject.i and first.lower_ in _INVERTED else None


_INVERTED = frozenset({"had", "should", "were"})


def _beside(child: Token, verb: Token, climb: Climb, *, negating: bool) -> None:
    """Note one word at a verb that is no auxiliary."""
    low, dep, listed = child.lower_, child.dep_, tables()
    if dep == "neg" or (dep == "advmod" and low in {"never", "hardly"}):
        if negating and not _only(child) and not _just_before(child, verb):
            climb.add("negated", low)
    elif dep == "advmod" and low == "longer" and any(c.lower_ == "no" for c in child.children):
        climb.add("negated", "no longer")
    elif dep in _ADVERBS:
        _adverb(child, verb, climb)
    elif dep == "mark" and low in listed["marks"]:
        if low != "whether" or not any(c.tag_ == "TO" for c in verb.children):
            climb.add(listed["marks"][low], low)
    elif (dep == "det" and low == "no") or (dep in _PARTIES and _denied(child)):
        climb.add("negated", "no")
    elif dep == "prep" and any(
        c.lower_ in {"nothing", "neither", "nobody"} for c in child.children
    ):
        climb.add("negated", f"{low} nothing")


def _only(negation: Token) -> bool:
    """Return whether a denial is that of "not only", which denies nothing."""
    after = negation.i + 1
    return after < len(negation.doc) and negation.doc[after].lower_ in {"only", "just", "merely"}


def _adverb(word: Token, verb: Token, climb: Climb) -> None:
    """Note one adverb, or one word for a time, at a verb."""
    low = word.lower_
    effect = tables()["adverbs"].get(low)
    if effect is not None and not _only(word):
        if not _just_before(word, verb):
            climb.add(effect, low)
    elif _to_come(word, verb):
        climb.add("planned", low)
    elif word.dep_ == "npadvmod" and _recurring(word):
        climb.add("habitual", f"every {low}")


def _just_before(adverb: Token, verb: Token) -> bool:
    """Return whether "barely" only says how soon: "had barely landed when"."""
    if adverb.lower_ not in {"barely", "hardly", "scarcely"}:
        return False
    return any(c.lower_ in {"when", "before"} for t in verb.children for c in (t, *t.children))


def _to_come(word: Token, verb: Token) -> bool:
    """Return whether a present tense tells what is to come: "meets the emir next week"."""
    if verb.tag_ not in {"VBZ", "VBP", "VBG"} or any(
        c.tag_ == "VBD" for c in verb.children if c.dep_ in {"aux", "auxpass"}
    ):
        return False
    if word.lower_ == "tomorrow":
        return True
    return word.lemma_.lower() in _PERIODS and any(
        c.lower_ in {"next", "coming"} for c in word.children
    )


LASTING = frozenset({"AID", "COERCE", "CONCEDE", "COOPERATE", "MOBILIZE", "RETREAT", "SANCTION"})
"""Types of acts that hold from a day on: a ban, a waiver, a patrol."""


def _timetabled(verb: Token) -> bool:
    """Return whether a present tense names the day of what is to come: "leaves for Oman on Friday"."""
    if verb.tag_ not in {"VBZ", "VBP"}:
        return False
    after = [c for c in verb.subtree if c.i > verb.i and c.lower_ in lexicon.WEEKDAYS]
    return any(c.head is verb or c.head.lower_ == "on" for c in after)


def _starting(verb: Token) -> bool:
    """Return whether a present tense names the day from which it holds: "bans imports from Monday"."""
    if verb.tag_ not in {"VBZ", "VBP"}:
        return False
    objects = (c for c in verb.children if c.dep_ == "dobj")
    days = {word for c in objects for word in _begun(c) if word.lower_ in lexicon.WEEKDAYS}
    return bool(days) or any(
        word.lower_ in lexicon.WEEKDAYS | lexicon.MONTHS for word in _begun(verb)
    )


def _begun(head: Token) -> Iterator[Token]:
    """Yield what a word's "from" governs."""
    for prep in head.children:
        if prep.lower_ == "from" and prep.dep_ == "prep":
            yield from (c for c in prep.children if c.dep_ == "pobj")


def _recurring(noun: Token) -> bool:
    return noun.lemma_.lower() in _PERIODS and any(
        c.lower_ in {"every", "each"} for c in noun.children
    )


def _denied(token: Token) -> bool:
    if token.lower_ in {"nobody", "none", "nothing"}:
        return True
    return any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in token.children)


_STANDING = frozenset("dialogue talk contact consultation negotiation exchange cooperation".split())


def _general(verb: Token) -> bool:
    """Return whether a relative clause in the present tells of standing contacts.

    "The dialogue that we conduct", "the talks that they hold".
    """
    if verb.dep_ != "relcl" or verb.tag_ not in {"VBP", "VBZ"}:
        return False
    if verb.head.lemma_.lower() not in _STANDING:
        return False
    objects = [c for c in verb.children if c.dep_ in {"dobj", "attr", "acomp", "ccomp", "xcomp"}]
    return all(c.lower_ in {"that", "which"} for c in objects) and any(
        c.dep_ == "nsubj" and c.lower_ not in {"that", "which", "who"} for c in verb.children
    )


def _longstanding(verb: Token, auxiliaries: list[Token]) -> bool:
    """Return whether an act is told as going on: "has long ignored", "has been shelling for years"."""
    words = {c.lower_ for c in verb.children}
    helped = {c.lower_ for c in auxiliaries}
    if "long" in words and helped & {"has", "have", "had"}:
        return True
    spans = (n for c in verb.children if c.lower_ == "for" for n in c.children)
    lasting = any(n.lower_ in {"years", "decades"} for n in spans)
    return lasting and "been" in helped and verb.tag_ == "VBG"


_WISHED = frozenset({"welcome", "appreciate", "like", "prefer", "love"})
"""Verbs that tell a wish after "would"."""


def _modal(effect: str, verb: Token) -> str:
    """Return what a modal does; "would" is a future told in the past below a verb of saying."""
    if effect != "conditional":
        return effect
    if any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children):
        return "negated"
    if verb.lemma_ in _WISHED:
        return "drop"
    reported = tables()["verbs"].get(verb.head.lemma_) in {"report", "planned", "claim"}
    if verb.dep_ != "ccomp" or not reported:
        return "possible"
    conditions = (c for c in verb.children if c.dep_ == "advcl")
    return "possible" if any(marked(c, CONDITIONS) for c in conditions) else "planned"
