"""Forecasts: what a text expects, apart from plans with a date, duties and wishes.

A predicate about the future counts as a forecast where it is hedged, or where no actor announces
it as a deed of its own: "trade will shrink" is one, "the minister will visit Riga" is a plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.coding import hedges
from detente.coding.claims import topics
from detente.coding.claims.view import View, clause_part, span_of, subtree
from detente.coding.clauses import clause_of, prepositional, subjects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from detente.coding.claims.view import Range
    from detente.coding.types import Mention
    from detente.model import Direction, Domain, Event, Hedge

MODALS = frozenset({"will", "'ll", "may", "might", "could", "should", "shall", "would", "wo"})
WEAK = frozenset({"may", "might", "could"})

WISHES = frozenset(
    "hope wish want demand insist urge call ask propose request recommend advise require order "
    "suggest plead beg seek aim let ensure decide".split()
)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A forecast before it becomes a record.

    Attributes:
        rule: Name of the rule that found it.
        head: The predicate.
        part: The tokens of the forecast.
        subject: Mentions of the subject.
        object: Mentions of the object.
        about: Further mentions.
        domain: Domain by its words.
        direction: Where things move.
        formats: ``bilateral`` and the like; each gives one forecast.
        hedge: How sure.
        condition: Range of the condition, or None.
        until: Range of what ends it, or None.
        veto: Who can end it.
    """

    rule: str
    head: Token
    part: Range
    subject: tuple[Mention, ...] = ()
    object: tuple[Mention, ...] = ()
    about: tuple[Mention, ...] = ()
    domain: Domain = "other"
    direction: Direction = "none"
    formats: tuple[str | None, ...] = (None,)
    hedge: Hedge | None = None
    condition: Range | None = None
    until: Range | None = None
    veto: tuple[Mention, ...] = ()
    owned: set[int] = field(default_factory=set)


def find(view: View, events: Sequence[Event], *, scale: str) -> Iterator[Draft]:
    """Yield the forecasts of a sentence.

    Args:
        view: The sentence.
        events: The events of the same sentence; a planned one is no forecast.
        scale: Name of the scale of probability.
    """
    if view.reading.sentence.text.rstrip().endswith("?"):
        return
    planned = {
        event.trigger[0] - view.reading.sentence.start
        for event in events
        if event.trigger is not None and event.status == "planned"
    }
    owned: set[int] = set()
    for token in view.doc:
        if token.i in owned or token.pos_ not in {"VERB", "AUX", "NOUN"}:
            continue
        if token.dep_ in {"aux", "auxpass"}:
            continue
        draft = None
        if token.pos_ == "NOUN":
            draft = _noun(view, token, scale)
        else:
            draft = _verb(view, token, planned, scale)
        if draft is not None:
            owned |= draft.owned
            yield draft


def _modal(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in MODALS and child.tag_ == "MD":
            return child
    shared = verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.pos_ in {"VERB", "AUX"}
    if shared and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children):
        return _modal(verb.head)
    return None


def _raised(verb: Token) -> Token | None:
    """Return the raising word of "is likely to V", "is expected to V", "it is likely that ..."."""
    head = verb.head
    if head is verb:
        return None
    if verb.dep_ in {"xcomp", "ccomp", "csubj", "csubjpass", "advcl"}:
        if head.lower_ in words("forecast", "raising") | words("forecast", "likelihood"):
            passive = head.pos_ != "VERB" or any(
                c.dep_ in {"auxpass", "nsubjpass", "aux"} for c in head.children
            )
            return head if passive or head.lower_ == "going" else None
        if head.lemma_ == "be":
            judged = next((c for c in head.children if c.dep_ in {"acomp", "attr"}), None)
            if judged is not None and judged.lower_ in words("forecast", "likelihood"):
                return judged
    if verb.dep_ in {"acl", "ccomp"} and head.lemma_.lower() in words("forecast", "chance_nouns"):
        return head
    return None


def _verb(view: View, verb: Token, planned: set[int], scale: str) -> Draft | None:
    modal, raised = _modal(verb), _raised(verb)
    if modal is None and raised is None:
        return None
    if raised is not None and _is_past(raised, verb):
        return None
    if verb.lower_ in words("forecast", "raising") and any(
        c.dep_ in {"xcomp", "ccomp"} for c in verb.children
    ):
        return None
    if _is_barred(view, verb, modal, raised):
        return None
    subjects = subjects_of(verb)
    own = any(t.i in view.mentions for t in subjects)
    hedge = hedges.read(view.doc, verb, scale=scale, found=view.hedges)
    hedged = hedge is not None and (hedge.likelihood is not None or hedge.modal in WEAK)
    if not _is_expectation(verb, modal, raised, own=own, hedged=hedged, planned=planned):
        return None
    if not hedged and _is_promise(view, verb, subjects):
        return None
    return _draft(view, verb, subjects, hedge)


def _is_past(raised: Token, verb: Token) -> bool:
    """Tell whether the raising word looks back ("was likely to", "likely to have met")."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    copula = raised.head if raised.pos_ != "VERB" else raised
    was = [c for c in (copula, *copula.children) if c.lower_ in {"was", "were"}]
    return perfect or bool(was)


def _is_barred(view: View, verb: Token, modal: Token | None, raised: Token | None) -> bool:
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether", "lest", "so"}:
            return raised is None
        have = child.dep_ == "aux" and child.lemma_ == "have" and child.i > (modal or child).i
        if have and modal is not None and modal.lower_ in WEAK_PAST:
            return True
    low = modal.lower_ if modal is not None else ""
    if low in {"would", "should", "could", "might"} and not _looks_ahead(view, verb, low):
        return True
    if low == "may" and any(c.lower_ == "only" for c in verb.subtree):
        return True
    return _under_wish(verb)


WEAK_PAST = frozenset({"may", "might", "could", "should", "would"})
"""Modals that look back before "have": "could have met"."""


def _under_wish(verb: Token) -> bool:
    """Whether a verb stands under a wish or in a condition."""
    current = verb
    for _ in range(5):
        head = current.head
        if head == current:
            return False
        if current.dep_ in {"ccomp", "xcomp"} and head.lemma_.lower() in WISHES:
            return True
        marks = {c.lower_ for c in current.children if c.dep_ == "mark"}
        if current.dep_ == "advcl" and marks & {"if", "unless", "so", "that"}:
            return True
        current = head
    return False


def _looks_ahead(view: View, verb: Token, low: str) -> bool:
    if low == "would":
        reported = verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
        return reported or any(_mark(c) in {"if", "unless"} for c in verb.children)
    if low == "should":
        subjects = subjects_of(verb)
        named = any(t.i in view.mentions for t in subjects)
        moves = verb.lemma_.lower() in group("forecast", "directions")
        return moves and not named and not clause_of(verb).passive
    return not any(c.dep_ == "neg" for c in verb.children) or low == "might"


def _mark(child: Token) -> str:
    if child.dep_ != "advcl":
        return ""
    return next((c.lower_ for c in child.children if c.dep_ == "mark"), "")


def _is_expectation(
    verb: Token,
    modal: Token | None,
    raised: Token | None,
    *,
    own: bool,
    hedged: bool,
    planned: set[int],
) -> bool:
    """Tell an expectation from a plan and from a bare possibility."""
    lemma = verb.lemma_.lower()
    likely = raised is not None and raised.lower_ in words("forecast", "likelihood")
    if verb.idx in planned and not (likely and hedged) and not (modal and modal.lower_ in WEAK):
        return False
    if lemma in words("forecast", "scheduled") and own and not hedged:
        return False
    weak = modal is not None and modal.lower_ in WEAK and not likely
    if weak and lemma in words("forecast", "stative"):
        return False
    if raised is not None and raised.lower_ in {"due", "set", "expected"} and own:
        return lemma not in words("forecast", "scheduled")
    return True


def _is_promise(view: View, verb: Token, subjects: list[Token]) -> bool:
    """Tell whether the subject itself says that it will do so."""
    current = verb
    while current.dep_ == "conj":
        current = current.head
    head = current.head
    if any(t.lower_ in {"we", "i"} for t in subjects):
        return True
    if current.dep_ != "ccomp" and not any(c.dep_ in {"parataxis", "ccomp"} for c in verb.children):
        return False
    if head.lemma_.lower() not in words("forecast", "promising") | {"warn", "threaten"}:
        return False
    speaker = {a.country for m in view.actors(subjects_of(head), "S") for a in m.actors}
    doer = {a.country for m in view.actors(subjects, "S") for a in m.actors}
    return bool(speaker & doer) or any(t.lower_ in {"it", "they", "he", "she"} for t in subjects)


def _draft(view: View, verb: Token, subjects: list[Token], hedge: Hedge | None) -> Draft | None:
    top = _top(verb)
    condition, until = _condition(verb, top), _until(verb, top)
    aside = [r for r in (condition, until) if r is not None]
    subject, object_ = _parties(view, verb, subjects, aside)
    veto = _veto(view, condition, until)
    codes = {a.code for m in veto for a in m.actors}
    scope = subtree(verb, without=[view.doc[a:b].root for a, b in aside])
    topic_heads = [*subjects, verb]
    draft = Draft(
        rule=f"forecast/{(hedge.modal if hedge and hedge.modal else 'raised')}",
        head=verb,
        part=span_of([*(t for s in subjects for t in s.subtree), *top.subtree])
        if subjects and subjects[0].i < verb.i
        else clause_part(top),
        subject=tuple(m for m in subject if not {a.code for a in m.actors} <= codes),
        object=tuple(m for m in object_ if not {a.code for a in m.actors} <= codes),
        domain=topics.of(view, topic_heads, (*subject, *object_)),
        direction=_direction(verb, subjects),
        formats=_formats(subjects, verb),
        hedge=hedge,
        condition=condition,
        until=until,
        veto=veto,
        owned={t.i for t in scope if t.dep_ == "xcomp" and t.head.i == verb.i},
    )
    return draft


def _top(verb: Token) -> Token:
    """Return the token that spans the raising words too."""
    current = verb
    while current.dep_ in {"xcomp", "acomp", "csubj"} and current.head != current:
        current = current.head
    return current


def _parties(
    view: View, verb: Token, subjects: list[Token], aside: list[Range]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    def outside(mention: Mention) -> bool:
        return not any(a <= mention.head < b for a, b in aside)

    subject = tuple(m for m in view.actors(subjects, "S") if outside(m))
    direct = [s for s in subjects if s.i in view.mentions]
    others = tuple(m for s in subjects for m in view.within(s, but=subject) if outside(m))
    if not direct:
        named = tuple(m for s in subjects for m in view.within(s) if outside(m))
        subject, others = named[:1], named[1:]
    found = tuple(m for m in view.within(verb, but=(*subject, *others)) if outside(m))
    below = {t.i for s in subjects for t in s.subtree}
    return subject, (*others, *(m for m in found if m.head not in below))


def _formats(subjects: list[Token], verb: Token) -> tuple[str | None, ...]:
    table = group("forecast", "formats")
    found: list[str] = []
    for noun in (*subjects, *clause_of(verb).objects):
        for token in noun.subtree:
            label = table.get(token.lower_)
            if label is not None and label not in found:
                found.append(label)
    return tuple(found) or (None,)


def _direction(verb: Token, subjects: list[Token]) -> Direction:
    table = group("forecast", "directions")
    nouns = group("forecast", "direction_nouns")
    lemma = verb.lemma_.lower()
    label = table.get(lemma)
    inner = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if inner is not None and inner.lemma_.lower() in table:
        label = label if label in {"stop", "start", "resume"} else table[inner.lemma_.lower()]
    if label is None or lemma in {"go", "fail"}:
        for noun in (
            *clause_of(verb).objects,
            *subjects,
            *prepositional(verb, frozenset({"to", "in"})),
        ):
            found = nouns.get(noun.lemma_.lower())
            if found is not None:
                label = found
                break
    return label or "none"  # type: ignore[return-value]


def _condition(verb: Token, top: Token) -> Range | None:
    for node in dict.fromkeys((verb, top)):
        for child in node.children:
            if _mark(child) in {"if", "unless", "provided", "assuming", "once"}:
                return span_of(child.subtree)
            if child.dep_ in {"prep", "advcl"} and child.lower_ in {
                "within",
                "subject",
                "depending",
            }:
                content = next((c for c in child.children if c.dep_ == "pobj"), None)
                if child.lower_ != "within" or (
                    content is not None and content.lemma_.lower() in _FRAMES
                ):
                    keep = [t for t in child.subtree if t.lower_ not in {"albeit", "though"}]
                    return span_of(keep)
            if child.dep_ == "prep" and child.lower_ in {"without", "in"}:
                content = next((c for c in child.children if c.dep_ == "pobj"), None)
                if content is not None and (
                    child.lower_ == "without" or content.lower_ in {"case", "event"}
                ):
                    return span_of(child.subtree)
            if child.dep_ == "advcl" and child.lower_ in {"provided", "providing", "depending"}:
                return span_of(child.subtree)
    return None


_FRAMES = frozenset({"framework", "limit", "bound", "boundary", "frame", "constraint", "corridor"})


def _until(verb: Token, top: Token) -> Range | None:
    for node in dict.fromkeys((verb, top)):
        for token in node.subtree:
            if token.lower_ in {"until", "till"} and token.dep_ in {"prep", "mark"}:
                head = token.head if token.dep_ == "mark" else token
                below = [t for t in head.subtree if t.i > token.i]
                if below:
                    return span_of(below)
    return None


def _veto(view: View, condition: Range | None, until: Range | None) -> tuple[Mention, ...]:
    """Return who can end it: whose framework, reaction, consent or veto is named."""
    found: list[Mention] = []
    codes: set[str] = set()
    for part in (condition, until):
        if part is None:
            continue
        text = {t.lemma_.lower() for t in view.doc[part[0] : part[1]]}
        if not text & _VETOES:
            continue
        for mention in view.reading.mentions:
            new = {a.code for a in mention.actors}
            if part[0] <= mention.head < part[1] and not new <= codes:
                found.append(mention)
                codes |= new
    return tuple(found)


_VETOES = frozenset(
    "framework limit bound reaction veto objection consent approval permission opposition react "
    "object intervene response agree approve intervention block anger displeasure green line "
    "interfere".split()
)


def _noun(view: View, noun: Token, scale: str) -> Draft | None:
    """Read "a resumption of talks is likely" and "Riga expects a rise in tension"."""
    nouns = group("forecast", "direction_nouns")
    lemma = noun.lemma_.lower()
    if lemma not in nouns or noun.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj", "attr"}:
        return None
    head = _expecting(noun)
    if head is None:
        return None
    hedge = hedges.read(view.doc, noun, scale=scale, found=view.hedges) or hedges.read(
        view.doc, head, scale=scale, found=view.hedges
    )
    parties = view.within(noun, places=False)
    direction = nouns[lemma]
    return Draft(
        rule="forecast/noun",
        head=noun,
        part=clause_part(_top(head)) if noun.dep_ != "pobj" else clause_part(head),
        subject=parties[:1],
        object=parties[1:],
        domain=topics.of(view, [noun], parties),
        direction=direction,  # type: ignore[arg-type]
        formats=_formats([noun], head) if head.pos_ in {"VERB", "AUX"} else (None,),
        hedge=hedge,
    )


def _expecting(noun: Token) -> Token | None:
    """Return the word that makes an expectation of a noun, if one does."""
    head = noun.head
    likelihood = words("forecast", "likelihood")
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        if any(c.dep_ in {"xcomp", "ccomp"} for c in head.children):
            return None
        past = any(c.lower_ in {"was", "were", "had"} for c in (head, *head.children))
        if past:
            return None
        if head.lemma_ in {"be", "remain", "seem", "look", "appear"}:
            judged = next((c for c in head.children if c.dep_ in {"acomp", "attr", "oprd"}), None)
            return head if judged is not None and judged.lower_ in likelihood else None
        if head.lower_ in {"expected", "ruled", "excluded", "anticipated"}:
            return head
        return None
    if noun.dep_ == "dobj" and head.lemma_.lower() in words("forecast", "expecting"):
        return head if head.tag_ in {"VBZ", "VBP", "VBD", "VBG"} else None
    if noun.dep_ == "dobj" and head.lemma_ in {"rule", "exclude"}:
        return head if any(c.dep_ in {"neg"} or c.lower_ == "can" for c in head.children) else None
    if noun.dep_ == "pobj" and head.lower_ in {"of", "for"}:
        above = head.head
        if above.lemma_.lower() in words("forecast", "chance_nouns"):
            verb = above.head
            present = verb.lemma_ in {"be", "remain", "exist", "see", "have"} and verb.tag_ != "VBD"
            return verb if present and above.dep_ in {"attr", "nsubj", "dobj"} else None
    return None
