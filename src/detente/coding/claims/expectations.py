"""Is it a forecast: expectations against plans with a date, promises, duties, wishes and the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding import dates
from detente.coding.claims import amounts, directions, verbal
from detente.coding.claims.norms import DRIFTS, is_duration, permits
from detente.coding.claims.raising import (
    ODDS,
    headline_future,
    is_matter_of_time,
    is_surprise,
    is_thing,
    modal_of,
    raised_by,
)
from detente.coding.claims.verbal import mark_of
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.ruleset import once
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.claims.view import View
    from detente.coding.grammar.tree import Token
    from detente.model import Hedge

WEAK = frozenset({"may", "might", "could"})
LOOKS_BACK = frozenset({"may", "might", "could", "should", "would"})
"""Modals that look back before "have": "could have met"."""
WISHES = frozenset(
    "hope wish want demand insist urge call ask propose request recommend advise require order "
    "suggest plead beg seek aim let ensure".split()
)
BELIEFS = frozenset(
    "believe think expect fear doubt predict anticipate reckon assume suppose forecast suspect "
    "estimate foresee".split()
)


def is_inverted(clause: Token) -> bool:
    """Tell whether a clause is a condition by its order: "should the talks fail", "had it known"."""
    first = next((c for c in clause.children if c.dep_ in {"aux", "auxpass"}), None)
    return (
        first is not None
        and first.lower_ in {"should", "had", "were"}
        and (
            (clause.dep_ in {"advcl", "csubj"} and first.i == clause.left_edge.i)
            or (first.i == 0 and any(c.dep_ == "ccomp" and c.i > clause.i for c in clause.children))
            or (clause.dep_ == "ccomp" and first.i > 0 and first.nbor(-1).text == ";")
        )
    )


@once
def may_look_ahead(verb: Token) -> bool:
    """Tell whether a predicate has what every expectation has: a modal, a raising word, "to" in a headline."""
    return modal_of(verb) is not None or raised_by(verb) is not None or headline_future(verb)


def is_forecast(view: View, verb: Token, hedge: Hedge | None, planned: set[int]) -> bool:
    """Tell whether a predicate is an expectation.

    Args:
        view: The sentence.
        verb: The predicate.
        hedge: How sure.
        planned: Offsets of the triggers of planned events.
    """
    if not may_look_ahead(verb):
        return False
    modal, raised = modal_of(verb), raised_by(verb)
    if raised is not None and _is_past(raised, verb, modal):
        return False
    inner = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB"]
    raises = verb.lower_ in words("forecast", "raising")
    raises = raises or (bool(inner) and verb.lemma_.lower() in words("forecast", "expecting"))
    if raises and any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children):
        return False
    if any(c.dep_ in _CLAUSES and raised_by(c) in {verb, *verb.children} for c in verb.children):
        return False
    if is_surprise(verb) and any(mark_of(c) == "if" for c in verb.children):
        return False
    if _is_notice(view, verb):
        return False
    likely = hedge is not None and hedge.likelihood is not None
    if _is_barred(view, verb, modal, raised, likely=likely):
        return False
    hedged = likely or (hedge is not None and hedge.modal in WEAK)
    if not hedged and (_is_promise(view, verb) or _is_announced(view, verb, raised, planned)):
        return False
    weak = modal is not None and modal.lower_ in WEAK and raised is None
    return not (weak and _is_static(verb))


_CLAUSES = frozenset({"advcl", "ccomp", "csubj"})


def _is_notice(view: View, verb: Token) -> bool:
    """Tell whether a class of people is told what it needs: "visitors will need a visa"."""
    if verb.lemma_ not in {"need", "require"}:
        return False
    subjects = subjects_of(verb)
    return bool(subjects) and all(
        t.tag_ == "NNS"
        and t.i not in view.mentions
        and not any(c.dep_ == "det" for c in t.children)
        for t in subjects
    )


def _is_static(verb: Token) -> bool:
    """Tell whether "may be" tells how things are, and not what comes: "may have to go", "soon"."""
    if verb.lemma_.lower() not in words("forecast", "stative"):
        return False
    if verb.lemma_ == "be" and directions.turns(verb):
        return False
    comes = any(c.dep_ == "xcomp" for c in verb.children) and verb.lemma_ == "have"
    timed = verb.lemma_ == "have" and any(c.lower_ in {"within", "by"} for c in verb.children)
    below = [b for c in verb.children for b in (c, *(c.children if c.dep_ == "attr" else ()))]
    return not (comes or timed) and not any(c.lower_ in _COMING for c in below)


_COMING = frozenset({"soon", "again", "eventually", "gradually", "shortly", "next", "finally"})


_BY_THEN = frozenset({"by", "within", "before"})


def _around(verb: Token) -> list[Token]:
    """Return the words beside a predicate, those beside its raising word included."""
    copula = verb.head.head if verb.dep_ == "xcomp" else verb
    return [*verb.children, *(copula.children if copula != verb else ())]


def _is_past(raised: Token, verb: Token, modal: Token | None) -> bool:
    """Tell whether the raising word looks back ("was likely to", "doubtful that X knew")."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    perfect = perfect and not any(c.dep_ == "prep" and c.lower_ in _BY_THEN for c in _around(verb))
    copula = raised.head if raised.pos_ != "VERB" else raised
    helped = (c for c in copula.children if c.dep_ in {"aux", "auxpass"})
    was = any(c.lower_ in {"was", "were"} for c in (copula, *helped))
    if is_surprise(copula) or is_matter_of_time(raised):
        return perfect or was
    odds = raised.lemma_.lower() in ODDS | {"risk", "danger", "possibility"}
    comes = odds and verb.lemma_.lower() not in words("forecast", "stative")
    present = verb.tag_ in {"VBZ", "VBP"} and not (comes or verbal.changes(verb))
    finite = (verb.tag_ == "VBD" or present) and modal is None
    return perfect or was or finite


def _is_barred(
    view: View, verb: Token, modal: Token | None, raised: Token | None, *, likely: bool
) -> bool:
    """Tell whether the predicate is a condition, a wish, a duty, or could have been."""
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    if is_inverted(verb) or (modal is not None and modal.lower_ == "shall"):
        return True
    if "whether" in marks and modal is not None and (verb.dep_ == "csubj" or _is_unsettled(verb)):
        return False
    seems = verb.dep_ == "advcl" and verb.head.lemma_ in {"look", "seem", "appear"}
    if seems and {c.lower_ for c in verb.children} & {"as", "though"} and modal is not None:
        return False
    if marks & {"if", "unless", "whether", "lest", "so"} and not _mended(verb, marks):
        return raised is None
    low = modal.lower_ if modal is not None else ""
    if _is_asked(verb) or (low in {"would", "should"} and verb.lemma_ == "like"):
        return True
    have = any(c.dep_ == "aux" and c.lemma_ == "have" and c.tag_ == "VB" for c in verb.children)
    if have and low in LOOKS_BACK and not (low != "would" and _is_ended(verb)):
        return True
    if low == "would" and likely:
        return _under_wish(verb)
    if low in {"would", "should", "could", "might", "ought"} and not _looks_ahead(view, verb, low):
        return True
    if low == "may" and permits(verb):
        return True
    feared = verb.dep_ == "advcl" or verb.head.lower_ == "were"
    return _under_wish(verb) and not (raised is not None and feared)


def _is_ended(verb: Token) -> bool:
    """Tell whether it will have come by a time ahead: "before the year is out", "by then"."""
    for child in verb.children:
        if mark_of(child) in {"before", "when"} and child.tag_ in {"VBZ", "VBP"}:
            return True
        if child.dep_ == "prep" and child.lower_ in {"by", "before", "within"}:
            return any(t.lemma_.lower() in _TERMS | {"then", "time"} for t in child.children)
    return False


def _is_unsettled(verb: Token) -> bool:
    """Tell whether a clause is said to be open: "it is far from clear whether Riga will pay"."""
    copula = verb.head if verb.head.lemma_ in {"be", "remain"} else verb.head.head
    told = (c for c in copula.children if c.dep_ in {"acomp", "attr", "advmod", "prep", "oprd"})
    near = (t for c in told for t in (c, *c.subtree) if t.i < verb.i)
    unsettled = words("forecast", "unsettled")
    return copula.lemma_ in {"be", "remain"} and any(t.lower_ in unsettled for t in near)


def _is_asked(verb: Token) -> bool:
    """Tell whether a clause is a question left open: "did not say when envoys might return"."""
    told = verb.dep_ == "ccomp" or (verb.dep_ == "advcl" and verb.head.lemma_ in _TELLING)
    return told and any(
        c.lower_ in _ASKING and c.dep_ == "advmod" and c.i < verb.i for c in verb.children
    )


_ASKING = frozenset({"when", "where", "how", "why"})
_TELLING = frozenset({"say", "tell", "know", "ask", "wonder", "decide", "discuss", "disclose"})


def _mended(verb: Token, marks: set[str]) -> bool:
    """Tell whether "if" was read into the main clause: "If A stays low, B could resume"."""
    first = verb.doc[0].lower_
    return verb.dep_ == "ROOT" and first in marks & {"if", "unless"}


def _under_wish(verb: Token) -> bool:
    current = verb
    for _ in range(5):
        head = current.head
        if head == current:
            return False
        if current.dep_ in {"ccomp", "xcomp"} and head.lemma_.lower() in WISHES:
            return not (head.lemma_ == "suggest" and _is_sign(head))
        marks = {c.lower_ for c in current.children if c.dep_ == "mark"}
        if current.dep_ == "advcl" and marks & {"if", "unless", "so", "that"}:
            return True
        current = head
    return False


def _has_term(verb: Token) -> bool:
    """Tell whether a time is named by which something will have come: "this spring", "by May"."""
    if any(c.dep_ == "npadvmod" and c.lemma_.lower() in _TERMS for c in verb.children):
        return True
    by = (t for c in verb.children if c.lower_ in {"by", "in", "within"} for t in c.children)
    return any(t.lemma_.lower() in _TERMS for t in by)


_TERMS = frozenset(
    "spring summer autumn fall winter year month week january february march april may june july august "
    "september october november december end weekend".split()
)


def _becomes(verb: Token) -> bool:
    """Tell whether a thing gets more or less so: "should become less frequent"."""
    told = (c for c in verb.children if c.dep_ == "acomp")
    more = any(amounts.of_adjective(c) is not None for c in told)
    return verb.lemma_ in {"become", "get", "grow", "be"} and more


def _is_sign(verb: Token) -> bool:
    """Tell whether a thing suggests, not somebody: "nothing suggests that"."""
    told = {t.lower_ for t in subjects_of(verb)}
    return is_thing(verb) or bool(
        told & {"nothing", "everything", "this", "that", "much", "little"}
    )


def _looks_ahead(view: View, verb: Token, low: str) -> bool:
    if low == "would":
        reported = verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
        recent = not dates_back(view)
        beside = (*verb.children, verb.head)
        conditional = any(mark_of(c) in {"if", "unless"} or is_inverted(c) for c in beside)
        conditional = conditional or any(
            t.lower_ == "case" for c in verb.children if c.lower_ == "in" for t in c.children
        )
        supposed = verbal.moves(verb) and verb.dep_ in {"ROOT", "conj"} and recent
        return (reported and recent) or conditional or is_surprise(verb) or supposed
    if low in {"should", "ought"}:
        subjects = subjects_of(verb)
        if any(c.lower_ in {"soon", "again", "eventually", "shortly"} for c in verb.children):
            return True
        if verb.lemma_ == "be" and any(c.lower_ == "able" for c in verb.children):
            return True
        named = any(t.i in view.mentions for t in subjects)
        if named:
            return False
        if clause_of(verb).passive:
            return verb.lemma_.lower() in words("forecast", "settling") and _has_term(verb)
        gives = verb.lemma_.lower() in words("forecast", "light") | {"give"}
        gives = gives and verbal.by_nouns(verb, [], clause_of(verb)) is not None
        return gives or verbal.moves(verb) or _becomes(verb)
    denied = any(c.dep_ == "neg" for c in verb.children)
    if low == "could" and any(
        mark_of(c) == "because" or c.lower_ == "because" for c in verb.children
    ):
        return False
    return not denied or low == "might"


def dates_back(view: View) -> bool:
    """Tell whether a year stands in the sentence: the past's future is no forecast."""
    return any(t.like_num and len(t.text) == 4 and t.text[:2] in {"19", "20"} for t in view.doc)


def _is_announced(view: View, verb: Token, raised: Token | None, planned: set[int]) -> bool:
    """Tell whether an act is announced for a time, or by the one who will act."""
    lemma = verb.lemma_.lower()
    if _believed(verb) or any(mark_of(c) in {"if", "unless"} for c in verb.children):
        return False
    if _is_loose(verb):
        return False
    own = any(t.i in view.mentions for t in clause_of(verb).subjects)
    drifts = any(c.lower_ in DRIFTS for c in verb.children)
    scheduled = lemma in words("forecast", "scheduled") and not amounts.is_compared(verb)
    if raised is not None and raised.head.lemma_ in {"seem", "look", "appear"}:
        return False
    if raised is not None and raised.lower_ == "due" and not verbal.is_gradual(verb):
        return own or any(t.i in view.mentions for t in subjects_of(verb))
    if raised is not None and raised.lower_ in {"due", "set", "expected"}:
        return own and scheduled
    dated = any(
        m.precision == "day" for m in dates.find(view.reading.sentence.text, published=None)
    )
    if raised is not None and raised.lower_ not in _FIXED and not dated:
        return False
    if scheduled and own and not drifts:
        return True
    if dated or (_is_timed(verb) and not drifts):
        return True
    slow = verb.lemma_ in _SLOW or verbal.is_gradual(verb)
    freely = drifts or slow or amounts.is_compared(verb)
    return verb.idx in planned and own and not freely


def _is_loose(verb: Token) -> bool:
    """Tell whether no plan stands behind it: "will one day close", "without a deal, it will close"."""
    if any(c.dep_ == "prep" and c.lower_ in _WITHOUT and c.i < verb.i for c in verb.children):
        return True
    said = " ".join(t.lower_ for t in verb.subtree)
    return any(f" {phrase} " in f" {said} " for phrase in words("forecast", "loose_times"))


_WITHOUT = frozenset({"without", "barring", "absent", "failing"})
_FIXED = frozenset({"slated", "geared", "going", "primed", "seen"})
"""Raising words that may tell a plan: "is slated to visit"."""


def _is_timed(verb: Token) -> bool:
    """Tell whether an occasion is set: "will last for five days", "will be held in May"."""
    subjects = {t.lemma_.lower() for t in subjects_of(verb)}
    held = clause_of(verb).passive and _has_term(verb)
    timed = (
        held
        or any(is_duration(c) for c in verb.children)
        or any(c.dep_ == "npadvmod" and any(b.like_num for b in c.children) for c in verb.children)
    )
    return timed and bool(subjects & words("forecast", "occasions"))


_SLOW = frozenset(
    "leave draw break remain become lose gain grow follow depend rely turn seek respond resist veto "
    "oppose support back join abandon defend block".split()
)
"""Acts that nobody schedules; told with "will" they are expected."""


def _believed(verb: Token) -> bool:
    """Tell whether somebody else thinks so: "hardly anyone believes that X will ..."."""
    current = verb
    while current.dep_ == "conj":
        current = current.head
    return current.dep_ in {"ccomp", "xcomp"} and current.head.lemma_.lower() in BELIEFS


def _is_promise(view: View, verb: Token) -> bool:
    """Tell whether the subject itself says that it will do so."""
    subjects = subjects_of(verb)
    current = verb
    while current.dep_ == "conj":
        current = current.head
    head = current.head
    if any(b.lower_ in {"we", "i", "our", "my"} for t in subjects for b in (t, *t.children)):
        return True
    if current.dep_ != "ccomp" and not any(c.dep_ in {"parataxis", "ccomp"} for c in verb.children):
        return False
    if head.lemma_.lower() not in words("forecast", "promising") | {"warn", "threaten"}:
        return False
    speaker = {a.country for m in view.actors(subjects_of(head), "S") for a in m.actors}
    doer = {a.country for m in view.actors(subjects, "S") for a in m.actors}
    return bool(speaker & doer) or any(t.lower_ in {"it", "they", "he", "she"} for t in subjects)
