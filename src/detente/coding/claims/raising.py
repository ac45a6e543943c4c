"""What raises a predicate to an expectation: modals, "is likely to", "expects X to", "a chance of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims import verbal
from detente.coding.claims.verbal import mark_of
from detente.coding.grammar.subjects import subjects_of
from detente.coding.grammar.verbs import is_juxtaposed
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

MODALS = frozenset({"will", "'ll", "may", "might", "could", "should", "shall", "would", "wo"})


def modal_of(verb: Token) -> Token | None:
    """Return the modal verb of a predicate, one shared with the conjunct before it included."""
    for child in verb.children:
        if child.dep_ != "aux" or child.tag_ != "MD":
            continue
        if child.lower_ in MODALS or (child.lower_ == "can" and _is_bound(verb)):
            return child
    if verb.dep_ == "xcomp" and verb.head.lower_ == "ought":
        return verb.head
    shared = verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.pos_ in {"VERB", "AUX"}
    if shared and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children):
        return modal_of(verb.head)
    return None


def _is_bound(verb: Token) -> bool:
    """Tell whether "can" foretells: "can only grow", "can hardly avoid asking"."""
    if verb.lemma_ in {"avoid", "escape", "evade", "prevent"}:
        return any(c.lower_ in {"hardly", "scarcely", "not", "barely"} for c in verb.children)
    only = any(c.lower_ == "only" and c.dep_ == "advmod" for c in verb.children)
    return only and (verbal.moves(verb) or verb.lemma_ in {"get", "become"})


def raised_by(verb: Token) -> Token | None:
    """Return the raising word of "is likely to V", "it is likely that ..." and "expects X to V"."""
    head = verb.head
    if head == verb or is_juxtaposed(verb):
        return None
    timed = mark_of(verb) in _TIMES or any(c.lower_ in {"when", "once"} for c in verb.children)
    timed = timed and verb.dep_ == "advcl"
    if verb.dep_ in {"xcomp", "ccomp", "csubj", "csubjpass", "advcl"} and not timed:
        found = _raising(verb, head)
        if found is not None:
            return found
    if verb.dep_ == "advcl" and mark_of(verb) == "if" and is_surprise(head):
        return head if not _were_to(verb) else None
    if verb.dep_ == "xcomp" and head.lemma_ == "be":
        if _were_to(head) and head.dep_ == "advcl" and is_surprise(head.head):
            return head.head
        if _is_to(verb) and head.dep_ == "ccomp" and head.head.lemma_.lower() in EXPECTING_SO:
            return head.head
    relative = any(c.tag_ == "WDT" and c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    if (
        not relative
        and verb.dep_ in {"acl", "ccomp", "relcl"}
        and head.lemma_.lower() in words("forecast", "chance_nouns")
    ):
        return head
    return _by_noun(verb)


_TIMES = frozenset({"once", "when", "after", "while", "since", "although", "though", "because"})


def _were_to(verb: Token) -> bool:
    """Tell whether a condition is "were to V"."""
    return verb.lower_ == "were" and any(c.dep_ == "xcomp" and _is_to(c) for c in verb.children)


def _is_to(verb: Token) -> bool:
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.children)


EXPECTING_SO = frozenset("expect think believe predict assume reckon say suspect hear fear".split())
"""Who says beside "is to V" that it is expected: "talks are to restart, observers expect"."""


def _by_noun(verb: Token) -> Token | None:
    """Return the noun of "on the verge of V-ing", "a chance of V-ing", "a matter of time before"."""
    prep = verb.head
    if verb.dep_ == "pcomp" and prep.dep_ == "prep":
        noun = prep.head
        if prep.lower_ == "like" and noun.lemma_ in {"look", "seem", "appear"}:
            return noun
        chance = noun.lemma_.lower() in words("forecast", "chance_nouns")
        brink = noun.lemma_.lower() in words("forecast", "brinks") and noun.dep_ == "pobj"
        return noun if chance or brink else None
    if verb.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in {"before", "until"} for c in verb.children
    ):
        near = prep.lemma_ == "be" and any(c.dep_ == "neg" for c in prep.children)
        return next(
            (t for t in prep.subtree if is_matter_of_time(t) or (near and t.lower_ == "long")), None
        )
    return None


def is_matter_of_time(token: Token) -> bool:
    """Tell whether a noun is that of "only a matter of time"."""
    if token.lower_ not in {"matter", "question"}:
        return False
    below = [t for c in token.children if c.lower_ == "of" for t in c.subtree]
    return any(t.lemma_.lower() in _SOON for t in below) or {"when", "not"} <= {
        t.lower_ for t in below
    }


_SOON = frozenset({"time", "day", "week", "month", "hour"})


def _raising(verb: Token, head: Token) -> Token | None:
    likely = words("forecast", "likelihood")
    if head.lower_ in likely or head.lower_ in words("forecast", "raising"):
        passive = head.pos_ != "VERB" or head.dep_ in {"acomp", "oprd"}
        passive = passive or any(c.dep_ in {"auxpass", "nsubjpass", "aux"} for c in head.children)
        if passive or head.lower_ == "going" or _is_clipped(head):
            return head
    if head.lemma_ in {"count", "rely", "depend", "trust", "bank"} and _is_relied_on(head):
        return head
    if _is_close(verb, head):
        return head
    if head.lemma_.lower() in {"threaten", "promise"} and is_thing(head):
        return head
    if head.lemma_ == "be" and verb.dep_ in {"ccomp", "advcl", "csubj"}:
        chance = next((t for t in subjects_of(head) if t.lemma_.lower() in ODDS), None)
        if chance is not None and any(c.lower_ == "that" for c in verb.children):
            return chance
    if head.lemma_.lower() in words("forecast", "expecting") and (
        verb.tag_ == "VB" or _is_to(verb)
    ):
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
        return head if own and _is_told(head) else None
    return _judged(verb, head) if head.lemma_ == "be" else None


def _judged(verb: Token, head: Token) -> Token | None:
    """Return what "be" makes of a deed: "it is likely that", "the risk is", "is on course to"."""
    if _is_on_course(verb, head):
        return head
    judged = next((c for c in head.children if c.dep_ in {"acomp", "attr"}), None)
    likely = judged is not None and judged.lower_ in words("forecast", "likelihood")
    if judged is not None and (
        likely or judged.lemma_.lower() in words("forecast", "chance_nouns")
    ):
        return judged
    return None


def _can(verb: Token) -> bool:
    """Tell whether somebody expects it of himself: "can expect to be shut out"."""
    return any(c.lower_ in {"can", "must", "may"} and c.dep_ == "aux" for c in verb.children)


def _is_close(verb: Token, head: Token) -> bool:
    """Tell whether somebody is "about to", "can expect to" or "looks ready to", which is no offer."""
    if head.lemma_ == "expect":
        return verb.dep_ == "xcomp" and _can(head)
    if head.lower_ in {"ready", "prepared"}:
        return head.head.lemma_ in {"look", "seem", "appear"}
    return head.lower_ == "about" and head.dep_ in {"acomp", "prep", "advmod"} and verb.tag_ == "VB"


def _is_relied_on(head: Token) -> bool:
    """Tell whether somebody "can be counted on to V"."""
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in head.children)
    return passive and any(c.lower_ in {"on", "upon"} for c in head.children)


def _is_clipped(head: Token) -> bool:
    """Tell whether a headline leaves out "is": "Armenia set to join"."""
    bare = not any(c.dep_ in {"dobj", "ccomp"} for c in head.children)
    clipped = head.tag_ in {"VBD", "VBN"} and head.dep_ in {"ROOT", "acl"}
    return bare and clipped and head.doc[-1].text not in {".", "!", "?"}


def _is_on_course(verb: Token, head: Token) -> bool:
    """Tell whether a thing is on its way to a deed: "is on course to join"."""
    if verb.dep_ not in {"xcomp", "advcl"} or not any(c.tag_ == "TO" for c in verb.children):
        return False
    ways = (t for c in head.children if c.lower_ == "on" for t in c.children)
    return any(t.lemma_.lower() in words("forecast", "courses") for t in ways)


ODDS = frozenset({"chance", "odd", "odds", "likelihood", "probability", "prospect", "chances"})


def is_thing(verb: Token) -> bool:
    """Tell whether a subject threatens by happening: "a wave of refugees threatens to reach"."""
    subjects = subjects_of(verb)
    people = words("topics", "people")
    return bool(subjects) and all(
        t.pos_ == "NOUN" and t.lemma_.lower() not in people for t in subjects
    )


def _is_told(verb: Token) -> bool:
    """Tell whether somebody expects now: a finite form, "do not expect" included."""
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and verb.i == 0:
        return True  # "Expect Ghana to pay"
    return verb.tag_ in {"VBZ", "VBP", "VBD", "VBG"} or any(
        c.dep_ == "aux" and (c.lemma_ == "do" or c.lower_ in {"may", "can", "should", "must"})
        for c in verb.children
    )


def headline_future(verb: Token) -> bool:
    """Tell whether a headline looks ahead without a verb of its own: "Kuwait to mediate"."""
    named = any(c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i for c in verb.children)
    below = verb.dep_ in {"relcl", "acl"} and verb.head.dep_ == "ROOT"
    below = below and (verb.head.pos_ == "NOUN" or (verb.head.pos_ == "PROPN" and verb.head.i == 0))
    return (
        (
            (verb.dep_ == "ROOT" and named)
            or _is_told_by(verb)
            or (
                below
                and (verbal.moves(verb) or verb.head.pos_ == "PROPN")
                and verb.head.right_edge == verb.right_edge
            )
        )
        and verb.tag_ == "VB"
        and any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.children)
        and verb.doc[-1].text not in {".", "!"}
    )


def _is_told_by(verb: Token) -> bool:
    """Tell whether a headline names its source last: "Talks to reopen in Doha, mediators say"."""
    first, root = verb.head, verb.head.head
    opens = verb.dep_ in {"acl", "relcl", "advcl"} and first.left_edge.i == 0
    says = root.tag_ in {"VBZ", "VBP"} and root.i > verb.right_edge.i
    return opens and says and root != first and verbal.moves(verb)


def is_surprise(verb: Token) -> bool:
    """Tell whether a clause says that something would surprise: "it would be a miracle if"."""
    if verb.lemma_.lower() in _SURPRISING:
        return True
    judged = [c for c in verb.children if c.dep_ in {"attr", "acomp"}]
    surprises = words("forecast", "surprises")
    if verb.lemma_ == "come":
        judged = [t for c in verb.children if c.lower_ == "as" for t in c.children]
    return verb.lemma_ in {"be", "come"} and any(c.lemma_.lower() in surprises for c in judged)


_SURPRISING = frozenset({"surprise", "astonish", "amaze", "shock", "stun"})
