"""Which frame matches at a verb or a noun, and which words stand in its slots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.coding.actors.phrase import in_calendar
from detente.coding.acts import idioms, nominal, travel
from detente.coding.acts.candidates import NONE, VERBS, possible
from detente.coding.acts.facing import CONTACTS, has_partner, is_between, is_joint, is_own, is_same
from detente.coding.acts.nominalised import clause_of_noun, intransitive
from detente.coding.acts.room import has_room, is_accident, is_where, leaves_target
from detente.coding.acts.slots import (
    Ways,
    after_particle,
    content_of,
    fill,
    meant,
    names,
    phrase_noun,
)
from detente.coding.grammar.clauses import Clause, clause_of
from detente.coding.grammar.coordination import inner, spread
from detente.coding.grammar.prepositions import prepositional
from detente.registers import frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.acts.described import Opened
    from detente.coding.acts.parties import Finder
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Reading
    from detente.registers.frames import Frame
    from detente.registers.patterns import Slot

GIVING = frozenset({"AID", "CONCEDE", "SUPPORT", "RETREAT"})
"""Types whose target may stand deeper in what is given: "lifted the bans imposed on X"."""
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types whose target may be the subject of what is said: "demanded that Oslo pay"."""
REACHING = frozenset("REJECT ACCUSE SANCTION COERCE ASSAULT MOBILIZE PROTEST COOPERATE".split())
"""Types whose target may stand deeper in their object, outside clauses."""
LIGHT = frozenset(
    "be have do make take give get put go come say tell set vote see hold call use".split()
)
"""Verbs that tell no act by themselves."""
VISITS = frozenset({"visit", "tour"})
"""Contact verbs whose object may be a place that belongs to a party."""
ENTERING = frozenset({"ASSAULT", "COERCE"})
"""Types that name a town for its state where force goes into it: "crossed into Ituri"."""


@dataclass(slots=True)
class Match:
    """A frame at a word.

    Attributes:
        frame: The frame.
        trigger: The word.
        heads: Head tokens of its slots by role.
        content: Head tokens of its complement, or of the object that it takes.
        tokens: Other words that the frame asks for.
        mutual: True for "each other".
        doerless: True where a passive leaves its doer out.
    """

    frame: Frame
    trigger: Token
    heads: dict[str, list[Token]]
    content: list[Token]
    tokens: list[Token]
    mutual: bool = False
    doerless: bool = False

    @property
    def nominal(self) -> bool:
        """Whether a noun tells the act."""
        return self.trigger.pos_ not in VERBS


def find_all(reading: Reading, finder: Finder | Opened) -> Iterator[Match]:
    """Yield the best match at every verb and noun of a sentence."""
    tokens = reading.doc.tokens
    for place in possible(reading.doc):
        found = match_at(tokens[place], finder)
        if found is not None:
            yield found


def match_at(token: Token, finder: Finder | Opened, *, waiting: bool = False) -> Match | None:
    """Return the best match at a word, None where no frame matches.

    Args:
        token: The word.
        finder: Finds the parties.
        waiting: Try the frames without their demand for a target: the document may know one.
    """
    listed, told = possible(token.doc).get(token.i, NONE)
    pointing = waiting and points_back(token)
    listed = _waiting(listed, pointing=pointing) if waiting else listed
    if token.pos_ in VERBS:
        found = _first(listed, clause_of(token), finder) if listed else None
        return found or _as_idiom(token, finder, waiting=waiting)
    found = _first_noun(listed, token, finder) if listed else None
    told = _waiting(told, pointing=False) if waiting else told
    if not told or (found is not None and "T" in found.heads):
        return found
    other = _as_verb(token, told, finder)
    better = other is not None and (found is None or _tells_more(other, found))
    return other if better else found


def _tells_more(match: Match, known: Match) -> bool:
    """Return whether a match of the same act has the target that the one known lacks."""
    return match.frame.type == known.frame.type and "T" in match.heads


def open_at(token: Token, finder: Finder | Opened) -> Match | None:
    """Return the best match at a verb whose frame asks for more than it has.

    A passive may leave its doer out, and several may do together what one does with another ("the two have
    been on the phone").

    Args:
        token: The verb.
        finder: Finds the parties.
    """
    if token.pos_ not in VERBS:
        return None
    listed, _ = possible(token.doc).get(token.i, NONE)
    clause = clause_of(token) if listed else None
    if clause is None or (clause.passive and (clause.subjects or not _is_finite(token))):
        return None
    if not clause.passive:
        listed = [frame for frame in listed if frame.type in CONTACTS]
        if not listed or not finder.of("CONSULT").several(clause.subjects):
            return None
    for frame in listed:
        found = _match_verb(frame, clause, finder.of(frame.type), open_=True)
        if found is None or frame.type == frames.NONE:
            continue
        told = found.heads.get("T") or not any(s.required and s.role == "T" for s in frame.slots)
        if found.mutual or (clause.passive and told):
            return found
    return None


def _is_finite(verb: Token) -> bool:
    """Return whether a participle is a verb of its own: "was recalled", not "a ship seized in May"."""
    return verb.dep_ == "conj" or any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def _as_idiom(verb: Token, finder: Finder | Opened, *, waiting: bool) -> Match | None:
    """Return the best match of the verb that an idiom is read as: "put an end to the talks"."""
    said = idioms.meaning(verb)
    if said is None:
        return None
    lemma, clause = said
    listed = frames.load().possible_of_verb(lemma, lemma, verb.doc.answered)
    listed = _waiting(listed, pointing=False) if waiting else listed
    return _first(listed, clause, finder) if listed else None


POINTING = frozenset({"that", "this", "it", "which", "these", "those"})
"""Objects that stand for what was told before."""


def points_back(verb: Token) -> bool:
    """Return whether a verb's object is what was told before: "rubbished that", "which Delhi trashed"."""
    return verb.pos_ in VERBS and any(t.lower_ in POINTING for t in clause_of(verb).objects)


def _waiting(listed: Sequence[Frame], *, pointing: bool) -> Sequence[Frame]:
    """Return frames without their demand for a target, after those that leave nothing to be told."""
    nothing = [f for f in listed if f.type == frames.NONE]
    open_ = (w for f in listed if (w := f.waiting) and f.type != frames.NONE)
    return [*nothing, *(w for w in open_ if pointing or not w.answering)]


def _as_verb(noun: Token, listed: Sequence[Frame], finder: Finder | Opened) -> Match | None:
    """Return the best match of the verb whose act a noun tells: "the expulsion of two envoys"."""
    clause = clause_of_noun(noun)
    found = _first(listed, clause, finder)
    other = intransitive(clause) if found is None else None
    return _first(listed, other, finder) if other is not None else found


def _first(listed: Sequence[Frame], clause: Clause, finder: Finder | Opened) -> Match | None:
    """Return the best match; prepositions that hang where they should come before all others."""
    if clause.particles:
        listed = sorted(listed, key=lambda f: f.particle not in clause.particles)
    listed = _with_doer(listed, clause, finder)
    best: Match | None = None
    words = clause.verb.doc.words
    for loose in (False, True):
        for frame in listed:
            if best is not None and frame.type != best.frame.type:
                continue
            if loose and frame.reach.isdisjoint(words):
                continue
            found = _match_verb(frame, clause, finder.of(frame.type), loose=loose)
            if found is not None and frame.type == frames.NONE:
                return None
            if found is not None and "T" in found.heads:
                return found
            if found is not None and best is None and not frame.objects:
                return _match_verb(frame, clause, finder.of(frame.type), loose=True)
            best = best or found
    if best is not None and "T" in best.heads:
        return best
    return _deepest(listed, clause, finder, best) or best


def _with_doer(listed: Sequence[Frame], clause: Clause, finder: Finder | Opened) -> Sequence[Frame]:
    """Return the frames without those that ask for an actor as subject where there is none.

    Of a passive without a doer the owners of what is done may act, see ``slots.Ways.mutual``.
    """
    owned = clause.passive and not clause.subjects
    acts: dict[str, bool] = {}
    found = []
    for frame in listed:
        if frame.acted and not (owned and frame.symmetric):
            if frame.type not in acts:
                acts[frame.type] = finder.of(frame.type).knows(clause.subjects, "S")
            if not acts[frame.type]:
                continue
        found.append(frame)
    return found


def _deepest(
    listed: Sequence[Frame], clause: Clause, finder: Finder | Opened, best: Match | None
) -> Match | None:
    """Return the first match, of the same type as the best so far, with a target that stands deeper."""
    for frame in listed:
        if _goes_deep(frame, clause) and (best is None or frame.type == best.frame.type):
            deep = _match_verb(frame, clause, finder.of(frame.type), deep=True)
            if deep is not None and "T" in deep.heads:
                return deep
    return None


def _goes_deep(frame: Frame, clause: Clause) -> bool:
    """Return whether a frame's target may stand anywhere in what is done: "raided the home of T"."""
    if frame.type in GIVING:
        return bool(frame.objects)
    if clause.named or clause.verb.lemma_ in LIGHT:
        return False
    return frame.type in REACHING and frame.complement is None


def _match_verb(
    frame: Frame,
    clause: Clause,
    finder: Finder,
    *,
    loose: bool = False,
    deep: bool = False,
    open_: bool = False,
) -> Match | None:
    objects = clause.whole_objects
    if frame.particle is not None and frame.particle not in clause.particles:
        below = after_particle(clause.verb, frame.particle)
        if below is None or (below and objects):
            return None
        objects = [t for o in below for t in spread(o)] + objects
        clause = replace(clause, objects=objects)
    anchors: list[Token] = []
    if not has_room(frame, clause, objects) or is_accident(frame, clause, finder):
        return None
    if frame.objects:
        anchors = [n for o in objects for n in inner(o) if names(n, frame.objects)]
        joint = frame.symmetric or frame.lone
        things = (o for o in objects if joint or o.i not in finder.mentions)
        anchors = anchors or [n for o in things for n in meant(o, frame.objects)]
        if not anchors:
            return None
    elif frame.any_object and not (objects and leaves_target(frame, objects, finder)):
        return None
    bases = [clause.verb, *anchors, *(objects if not anchors else [])]
    tokens = list(anchors)
    for phrase in frame.phrases:
        noun = phrase_noun(phrase, bases, clause)
        if noun is not None:
            tokens.append(noun)
            bases = [*bases, noun]
        elif phrase.required:
            return None
    below = [*(anchors or objects), *_purposes(clause)] if deep else []
    match = Match(frame, clause.verb, {}, [], tokens, doerless=open_ and clause.passive)
    return _filled(
        match, clause, bases, anchors, finder, below=below, loose=loose or deep, open_=open_
    )


def _filled(
    match: Match,
    clause: Clause,
    bases: list[Token],
    anchors: list[Token],
    finder: Finder,
    *,
    below: list[Token],
    loose: bool,
    open_: bool = False,
) -> Match | None:
    """Return the match with its content and slots; None where a needed one is missing.

    A target that stands nowhere else is looked for anywhere below the words ``below``.
    """
    frame = match.frame
    lacking = not (loose or below or open_) and _lacks_preposition(frame, clause.verb, bases)
    content = None if lacking else content_of(frame, clause, bases)
    if content is None:
        return None
    if frame.lone and has_partner(bases):
        return None
    heads: dict[str, list[Token]] = {}
    mutual = False
    ways = Ways(
        strict=_strict(frame, clause), visit=frame.mode == "visit", loose=loose,
        told=frame.complement == "verb" or frame.type in SPOKEN, mutual=frame.symmetric,
        ground=frame.type in ENTERING,
    )  # fmt: skip
    for slot in frame.slots:
        filled = _party(frame, slot, clause, bases, anchors, finder, heads, ways)
        if not filled and slot.role == "T" and below:
            filled = _deeper(frame, slot, bases, below, finder, heads.get("S", []))
        if filled:
            heads.setdefault(slot.role, []).extend(filled)
        elif (slot.role == "T" and is_between(clause.verb)) or (
            open_ and is_joint(slot, frame, bases)
        ):
            mutual = finder.several(heads.get("S", []))
            if not mutual:
                return None
        elif slot.required and not (match.doerless and slot.role == "S" and slot.at == "subject"):
            return None
    match.heads, match.content, match.mutual = heads, content, mutual
    return match if _agrees(match, finder) else None


def _agrees(match: Match, finder: Finder) -> bool:
    """Return whether the parties found are such as the frame means."""
    frame, sources = match.frame, match.heads.get("S", [])
    if frame.symmetric and "T" not in match.heads and not finder.several(sources):
        return False
    if travel.is_other(frame, match.trigger, sources, finder):
        return False
    return not frame.own or any(is_own(verb, sources, finder) for verb in match.content)


def _lacks_preposition(frame: Frame, verb: Token, bases: list[Token]) -> bool:
    """Return whether a party is asked for after a preposition that stands nowhere; quick.

    Whose something is may be told without "of", and of two each other's target is told by "each other".
    """
    return any(
        slot.required
        and slot.at == "prep"
        and "of" not in slot.preps
        and not any(prepositional(base, slot.preps) for base in bases)
        and not (slot.role == "T" and is_between(verb))
        for slot in frame.slots
    )


def _deeper(
    frame: Frame,
    slot: Slot,
    bases: list[Token],
    below: list[Token],
    finder: Finder,
    sources: list[Token],
) -> list[Token]:
    """Return a target that stands deeper in the words that the slot is about."""
    if frame.type in GIVING:
        return finder.beneath(below, sources)
    if slot.at == "prep":
        after = [n for base in bases for n in prepositional(base, slot.preps) if not in_calendar(n)]
        below = after or (below if frame.objects else [])
    return finder.held(below, sources)


def _party(
    frame: Frame,
    slot: Slot,
    clause: Clause,
    bases: list[Token],
    anchors: list[Token],
    finder: Finder,
    heads: dict[str, list[Token]],
    ways: Ways,
) -> list[Token]:
    """Return the head tokens of one slot; nobody acts on himself."""
    if clause.subjects and is_where(slot, frame):
        return []
    filled = _named_whole(slot, anchors, finder) or fill(slot, clause, bases, anchors, finder, ways)
    sources = heads.get("S", [])
    if frame.any_object and frame.symmetric and finder.several(sources):
        return [t for t in filled if t.head.head == clause.verb]
    own = slot.role == "T" and not frame.symmetric and is_same(filled, sources, finder)
    return [] if own else filled


def _named_whole(slot: Slot, anchors: list[Token], finder: Finder) -> list[Token]:
    """Return the objects that name the target with its state: "summoned the Danish envoy in Oslo"."""
    owned = slot.at == "owner" or slot.preps == frozenset({"of"})
    if slot.role != "T" or not owned:
        return []
    return [
        a
        for a in anchors
        if a.i in finder.mentions
        and finder.holds_office(a)
        and not any(c.tag_ == "PRP$" for c in a.children)
    ]


def _purposes(clause: Clause) -> list[Token]:
    """Return the verbs that tell what for: "sent a ship to help the islanders"."""
    return [
        c
        for c in clause.verb.children
        if c.dep_ in {"advcl", "xcomp"} and any(a.tag_ == "TO" for a in c.children)
    ]


def _strict(frame: Frame, clause: Clause) -> bool:
    return frame.type == "CONSULT" and clause.verb.lemma_.lower() not in VISITS


def _first_noun(listed: Iterable[Frame], noun: Token, finder: Finder | Opened) -> Match | None:
    for frame in listed:
        heads = nominal.heads_of(frame, noun, finder.of(frame.type))
        if heads is None:
            continue
        content: list[Token] = []
        if frame.complement == "verb":
            content = [c for c in noun.children if c.pos_ == "VERB" and nominal.is_content(c)]
            if not content:
                continue
        return Match(frame, noun, heads, content, []) if frame.type != frames.NONE else None
    return None


def first_of(token: Token, listed: Sequence[Frame], finder: Finder) -> Frame | None:
    """Return the first of some frames whose demands are met at a word, None where none is.

    Whether the match is told as an event is another question: see ``status.standing``.
    """
    if token.pos_ in {"VERB", "AUX"}:
        found = _first(listed, clause_of(token), finder)
    else:
        found = _first_noun(listed, token, finder)
    return found.frame if found is not None else None
