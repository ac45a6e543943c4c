"""What governs an act: the word above it in the parse, and what that word does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.operators import marked, tables
from detente.coding.grammar.verbs import is_juxtaposed, is_main

if TYPE_CHECKING:
    from detente.coding.grammar.operators import Climb
    from detente.coding.grammar.tree import Token

CALLS = frozenset({"call", "phone", "telephone", "ring", "write"})
"""Verbs whose purpose is told as done: "phoned his colleague to apologise"."""
FINITE = frozenset({"VBD", "VBZ", "VBP"})
CLAUSAL = frozenset({"xcomp", "ccomp"})
CONDITIONS = frozenset({"if", "unless"})
FOR = frozenset({"for"})
TOLD_APART = frozenset(
    {"after", "by", "while", "since", "when", "upon", "in", "following", "despite"}
)
"""Prepositions whose act is told beside the main one."""
HOPED = frozenset(
    {"plan", "intend", "expect", "schedule", "mean", "set", "slate", "hope", "prepare"}
)
"""Verbs of planning that tell a failure when they lie before the past."""
ANNOUNCED = frozenset({"expect", "schedule", "set", "slate"})
"""Verbs whose passive announces: "is scheduled to"."""
CHARGING = frozenset(
    "designate sanction blacklist list arrest detain charge convict jail imprison sentence fine punish "
    "indict sue investigate prosecute expel try extradite censure".split()
)
"""Verbs after which "for" tells what somebody is held to have done: "jailed for attacking a base"."""
SELF = frozenset({"claim", "insist", "maintain", "assert", "contend"})
"""Verbs of claiming that report when somebody claims an act of his own."""


def up(verb: Token, climb: Climb) -> Token | None:
    """Return the governing verb, after noting what it does to the act; None at the end."""
    head, dep = verb.head, verb.dep_
    if head == verb or dep in {"ROOT", "relcl", "appos", "parataxis", "dep"}:
        return None
    if dep == "conj":
        return _past_conjunct(verb, head, climb)
    if dep == "advcl":
        return _adverbial(verb, climb)
    if dep == "acl":
        return _clause_of_noun(verb, head, climb)
    if dep == "pcomp":
        return _after_preposition(head, climb)
    if dep in CLAUSAL or dep in {"acomp", "oprd", "csubj", "attr"}:
        return None if is_juxtaposed(verb) else _governed(verb, head, climb)
    return head if head.pos_ in {"VERB", "AUX"} else None


def is_passive_of(verb: Token) -> bool:
    """Return whether a verb is a passive such as "is expected to"."""
    return verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)


def is_past_perfect(verb: Token) -> bool:
    """Return whether a plan lies before the past and so came to nothing: "had planned to".

    "Had agreed to" and "had promised to" tell of acts that were done, whatever came of them.
    """
    if verb.lemma_.lower() not in HOPED:
        return False
    return any(c.lower_ in {"had", "'d"} and c.dep_ == "aux" for c in verb.children)


def _past_conjunct(verb: Token, head: Token, climb: Climb) -> Token | None:
    own = {c.dep_ for c in verb.children}
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    if any(c.lower_ == "nor" for c in head.children if c.dep_ == "cc"):
        climb.add("negated", "nor")
    if "nsubj" in own or "nsubjpass" in own:
        return up(head, climb) if head.dep_ in CLAUSAL else None
    if "aux" in own or "neg" in own or (verb.tag_ in FINITE and not _is_bare(verb)):
        return up(head, climb)
    return head if not _is_bare(verb) or _is_bare(head) else None


def _is_bare(verb: Token) -> bool:
    """Return whether a verb has no tense of its own: "should stop, try and free" has none."""
    if verb.tag_ == "VBP" and verb.dep_ == "conj" and verb.lower_ == verb.lemma_:
        led = any(c.tag_ in {"MD", "TO"} for c in verb.head.children if c.dep_ == "aux")
        return led or (verb.head.tag_ == "VBP" and _is_bare(verb.head))
    return verb.tag_ == "VB"


def _adverbial(verb: Token, climb: Climb) -> Token | None:
    if marked(verb, CONDITIONS):
        return None
    before = verb.doc[verb.i - 1].lower_ if verb.i else ""
    if before == "than" and "rather" in {t.lower_ for t in verb.doc[max(0, verb.i - 3) : verb.i]}:
        climb.add("negated", "rather than")
    elif any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children):
        if verb.head.lemma_ in CALLS and not marked(verb, FOR):
            return verb.head
        climb.add("drop", "purpose")
    return None


def _clause_of_noun(verb: Token, head: Token, climb: Climb) -> Token | None:
    if verb.tag_ in {"VBG", "VBN", "VBD"} or is_main(verb):
        if verb.tag_ == "VBG" and head.dep_ == "pobj" and head.head.lower_ == "of":
            _note_noun(head.head.head, climb)
        return None
    if head.pos_ in {"VERB", "AUX"}:
        return _governed(verb, head, climb)
    if head.dep_ == "ROOT":
        climb.add("planned", "headline: to + verb")
        return None
    _weigh_noun(head, climb, "to")
    return None


def _note_noun(noun: Token, climb: Climb) -> None:
    """Note "the possibility of X expelling"; other nouns say nothing of what hangs below."""
    effect = tables()["nouns"].get(noun.lemma_.lower())
    if effect is not None:
        climb.add(effect, f"{noun.lower_} of")


def _weigh_noun(noun: Token, climb: Climb, word: str) -> None:
    """Note what "plans to" or "the idea of" does, and whether there are any such plans."""
    effect = tables()["nouns"].get(noun.lemma_.lower(), "drop")
    climb.add(effect, f"{noun.lower_} {word}")
    if effect != "drop" and is_denied(noun):
        climb.add("negated", f"no {noun.lower_}")


def is_denied(noun: Token) -> bool:
    """Return whether it is said that there is no such thing: "no plans", "has not made a promise"."""
    if any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in noun.children):
        return True
    verb = noun.head
    if noun.dep_ not in {"dobj", "attr", "nsubjpass"} or verb.pos_ not in {"VERB", "AUX"}:
        return False
    effect = tables()["verbs"].get(verb.lemma_.lower())
    return effect == "negated" or any(c.dep_ == "neg" for c in verb.children)


def _after_preposition(prep: Token, climb: Climb) -> Token | None:
    word, head = prep.lower_, prep.head
    if word in {"without", "before"}:
        climb.add("negated" if word == "without" else "drop", word)
        return None
    if any(c.lower_ == "instead" for c in prep.children):
        climb.add("negated", f"instead {word}")
        return None
    if word in TOLD_APART:
        return None
    if head.pos_ in {"NOUN", "PROPN"}:
        _weigh_noun(head, climb, word)
        return None
    if word == "for" and head.lemma_ in CHARGING:
        climb.add("claim", f"{head.lower_} for")
        return None
    if word in {"of", "from", "about", "on", "against", "to", "at", "than"}:
        return _from_verb(word, head, climb)
    return None


def _from_verb(word: str, head: Token, climb: Climb) -> Token | None:
    """Read "refrained from", "held back from", "stopped short of"; other verbs tell no event."""
    verb = head if head.pos_ == "VERB" else head.head
    listed = tables()["verbs"]
    keys = [verb.lemma_, *(f"{verb.lemma_}_{c.lower_}" for c in verb.children)]
    effects = [listed[key] for key in keys if key in listed]
    if verb.pos_ == "VERB" and "negated" in effects:
        climb.add("negated", f"{verb.lower_} {word}")
        return verb
    if verb.pos_ == "VERB" and "possible" in effects:
        climb.add("possible", f"{verb.lower_} {word}")
        return verb
    climb.add("drop", f"{head.lower_} {word}")
    return None


def _governed(verb: Token, head: Token, climb: Climb) -> Token | None:
    lemma = head.lemma_.lower()
    if head.pos_ == "ADJ":
        climb.add(tables()["adjectives"].get(lemma, "drop"), f"{head.lower_} to")
        return head.head if head.head.pos_ in {"VERB", "AUX"} else None
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    special = _special(verb, head, lemma)
    if special is not None:
        if special == "planned" and is_past_perfect(head):
            special = "negated"
        climb.add(special, f"{head.lower_} to")
        return head
    effect = _effect(verb, head, lemma)
    if effect == "planned" and is_past_perfect(head):
        effect = "negated"
    climb.add(effect, head.lower_)
    if effect == "report":
        _report(head, climb)
        return None
    return None if effect in {"drop", "claim"} else head


def _special(verb: Token, head: Token, lemma: str) -> str | None:
    """Return what "is to", "has yet to", "used to" and "is expected to" do."""
    if lemma == "be" and verb.tag_ == "VBN" and _perfect_infinitive(verb):
        return "negated"
    if verb.tag_ != "VB":
        return None
    if lemma == "be":
        return "planned"
    if lemma == "have":
        return "negated" if any(c.lower_ == "yet" for c in head.children) else "drop"
    if head.lower_ == "used":
        return "habitual"
    return "planned" if lemma in ANNOUNCED and is_passive_of(head) else None


def _perfect_infinitive(verb: Token) -> bool:
    """Return whether a verb stands after "to have": what "was to have flown" tells did not come about."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return {"to", "have"} <= helpers


def _effect(verb: Token, head: Token, lemma: str) -> str:
    effect = tables()["verbs"].get(lemma)
    if effect is None:
        return "drop" if verb.tag_ == "VB" else "report"
    if effect == "fact" and lemma == "go" and verb.tag_ == "VB":
        return "planned"
    if effect == "claim" and (verb.i < head.i or (lemma in SELF and _own(verb, head))):
        return "report"
    if effect == "report" and verb.tag_ == "VB" and verb.dep_ == "xcomp":
        return "fact" if lemma in {"report", "say", "confirm", "show"} else "planned"
    return effect


def _own(verb: Token, head: Token) -> bool:
    """Return whether somebody claims an act of his own: "claimed to have shelled"."""
    if is_passive_of(head):
        return False
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return all(c.tag_ == "PRP" for c in subjects)


def _report(verb: Token, climb: Climb) -> None:
    """Note a verb of saying and those above it: "A said that B had told C that ..."."""
    current = verb
    for _ in range(4):
        climb.reporters.append(current)
        above = current.head
        while current.dep_ in {"xcomp", "conj"} and above != current:
            current, above = above, above.head
        if current.dep_ != "ccomp" or tables()["verbs"].get(above.lemma_.lower()) != "report":
            return
        current = above
