"""Acts in one parsed sentence: which frame matches where, and who stands in its slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts import addressed, contents, matching, nominal, outcomes
from detente.coding.acts import status as statuses
from detente.coding.acts.act import Act, actors_of, has_both
from detente.coding.acts.candidates import possible
from detente.coding.acts.described import KINDS, Opened, homeless
from detente.coding.acts.nested import is_content, is_denied
from detente.coding.acts.nominalised import is_carried
from detente.coding.acts.parties import Finder
from detente.coding.acts.repeats import apart
from detente.coding.acts.sides import part
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import WRITINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.matching import Match
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading
    from detente.model import Actor, Status
    from detente.registers.frames import Frame

AFTER = frozenset({"from", "to", "with", "of", "by", "against", "for"})
"""Prepositions after a verb whose object may be the party that its content concerns."""


def find(
    reading: Reading,
    grounds: Sequence[Mention] = (),
    both: Sequence[Mention] = (),
    crowds: Sequence[Mention] = (),
    described: Sequence[Mention] = (),
) -> tuple[Act, ...]:
    """Return the acts of a sentence in the order of its text.

    Acts told as a wish, a duty, an opinion or somebody's claim are left out, and so is an act that
    is the content of another one ("accused Minsk of shelling").

    Args:
        reading: The sentence.
        grounds: Its places that stand for a state where somebody travels there.
        both: The sides of the contact told last, whom "they" may mean.
        crowds: People whom the text ties to no state, as actors of the state that they act in.
        described: Parties that no register knows, for the sides that known ones leave open.
    """
    finder = Finder(reading, grounds, both, crowds)
    if not (finder.mentions or crowds or both or reading.voice or described):
        return ()
    opened = Opened(finder, described)
    known = {m.trigger.i: m for m in matching.find_all(reading, finder)}
    loose: dict[int, Match] = {}
    if described:
        unknown = (place for place in possible(reading.doc) if place not in known)
        found = (matching.match_at(reading.doc.tokens[place], opened) for place in unknown)
        loose = {match.trigger.i: match for match in found if match is not None}
    matches = _kept(list((loose | known).values()))
    acts: list[Act] = []
    owned = {t.i for m in matches for t in m.tokens}
    for match in matches:
        if match.trigger.i in owned and match.nominal and not is_denied(match, matches):
            continue
        at = match.trigger.i
        act = _act(match, finder, matches) if at in known else None
        if described and (act is None or not _whole(act)):
            other = loose.get(at) or matching.match_at(match.trigger, opened)
            act = _with_described(_act(other, opened, matches), act) if other else act
        if act is not None:
            acts.append(act)
    acts += _waiting(finder, matches)
    acts += _open(opened, matches, acts)
    return tuple(sorted(apart(acts), key=lambda a: a.trigger.i))


NEUTRAL = frozenset({"statement", "report", "order", "measure", "side", "part", "observer"})
"""Objects that tell no act without a target: "issued a statement against T"."""
UNCERTAIN = frozenset({"possible", "negated"})
"""How acts stand that need a target of their own."""


def _waiting(finder: Finder, matches: list[Match]) -> Iterator[Act]:
    """Yield the acts of known doers whose target is left to the document."""
    told = {m.trigger.i for m in matches} | {t.i for m in matches for t in m.tokens}
    doc = finder.reading.doc
    for place in possible(doc):
        token = doc.tokens[place]
        if place in told or _reports(token):
            continue
        match = matching.match_at(token, finder, waiting=True)
        if match is None or any(t.lemma_.lower() in NEUTRAL for t in match.tokens):
            continue
        act = _act(match, finder, matches) if match.heads.get("S") else None
        open_ = match.frame.lone and act is not None and act.status == "negated"
        if act is not None and act.source and (open_ or act.status not in UNCERTAIN):
            own = {a.country for a in actors_of(act.source)}
            if {a.country for a in actors_of(act.target)} <= own:
                act.target = ()
            act.waiting = not act.target
            yield act


def _open(finder: Opened, matches: list[Match], acts: Sequence[Act]) -> Iterator[Act]:
    """Yield the acts of passives without a doer, whom the document may know, and those of several together."""
    told = {m.trigger.i for m in matches} | {t.i for m in matches for t in m.tokens}
    triggers = {m.trigger.i for m in matches} | {act.trigger.i for act in acts}
    tokens = finder.doc.tokens
    for place in possible(finder.doc):
        match = matching.open_at(tokens[place], finder) if place not in told | triggers else None
        if match is not None and any(t.i in triggers for t in match.tokens):
            continue  # "his appeal was broadcast": the noun tells it
        act = _act(match, finder, matches) if match is not None else None
        if act is None:
            continue
        sides = actors_of(act.source)
        joint = act.symmetric and not any(a.how in KINDS for a in sides)
        if (
            joint
            and (act.status not in UNCERTAIN or (act.type, act.status) == ("AGREE", "negated"))
        ) or (not act.source and act.target and act.status not in UNCERTAIN):
            yield act


def _reports(verb: Token) -> bool:
    """Return whether a verb only says who tells the rest: "..., a diplomat suggested"."""
    return verb.dep_ == "parataxis" or any(
        c.dep_ == "ccomp" and c.i < verb.i for c in verb.children
    )


def _whole(act: Act) -> bool:
    return bool(act.source) and (bool(act.target) or has_both(act))


def _with_described(act: Act | None, known: Act | None) -> Act | None:
    """Return an act with described parties if it tells more than the one of the known parties.

    One side at least must be known, or both belong to some state.
    """
    if act is None or (known is not None and not (_whole(act) and act.type == known.type)):
        return known
    actors = actors_of((*act.source, *act.target))
    told = [a for a in actors if a.how not in KINDS]
    if not told and not _whole(act):
        return known
    if act.type in SAID and any(map(_is_voice, actors_of(act.source))):
        return known
    act.source, act.target = (
        tuple(homeless(mention, act.type) for mention in side) for side in (act.source, act.target)
    )
    return act


def _is_voice(actor: Actor) -> bool:
    """Return whether somebody only tells a reporter what to think; experts of any state do."""
    voice = actor.institution in VOICES and (not actor.country or actor.institution == "EDU")
    return voice and actor.how in KINDS


DEEPER = frozenset({"REJECT", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "SANCTION", "AGREE"})
"""Types whose target may stand within what they are about: "rejected the appeal of two men"."""
SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN"})
VOICES = frozenset({"CVL", "EDU", "MED"})
"""Institutions whose people a reporter quotes: "observers say that Niger should ..."."""


def _kept(matches: list[Match]) -> list[Match]:
    """Leave out agreements to do harm and what is only said of it.

    "Decided to expel" is a planned expulsion, no AGREE, and "said that the rebels ambushed a patrol"
    a reported ASSAULT, no ACCUSE. A joint statement that tells an act is no signing.
    """
    tellers = {t.head.i for t in (m.trigger for m in matches) if t.dep_ in {"acl", "relcl"}}
    matches = [
        m
        for m in matches
        if m.frame.cameo != SIGNED
        or not any(t.i in tellers and t.lemma_ in WRITINGS for t in m.tokens)
    ]
    harm = {m.trigger.i for m in matches if m.frame.type in outcomes.HARMFUL}

    def tells_harm(match: Match) -> bool:
        decided = match.frame.type == "AGREE" and match.frame.complement == "verb"
        said = match.frame.type == "ACCUSE" and match.trigger.lemma_ in outcomes.SAYING
        held = {c.i for c in match.content if not said or c.lemma_ not in BREAKING}
        return (decided or said) and bool(harm & held)

    return [m for m in matches if not tells_harm(m)]


SIGNED = "057"
"""CAMEO code of what is signed or issued together."""
BREAKING = frozenset({"violate", "breach", "break"})
"""Verbs that tell an act as a wrong: who says them accuses."""


def _act(match: Match, finder: Finder | Opened, matches: list[Match]) -> Act | None:
    standing = statuses.standing(match.trigger, match.frame.type)
    if standing.status is None or is_content(match, matches):
        return None
    finder = finder.of(match.frame.type)
    if match.nominal and not is_told(match.trigger) and not is_denied(match, matches):
        return None
    source = _sources(match, finder)
    target = addressed.of_deed(match, finder, source) or _targets(match, finder)
    act = Act(
        trigger=match.trigger, frame=match.frame, type=match.frame.type, mode=match.frame.mode,
        cameo=match.frame.cameo, source=source, target=target,
        symmetric=match.frame.symmetric or match.mutual, status=_status(match, standing.status), evidence=standing.evidence, reporters=standing.reporters,
        slots=match.heads, content=match.content, tokens=match.tokens, doerless=match.doerless,
    )  # fmt: skip
    if not act.target and (act.symmetric or act.type == "AGREE"):
        act.target = finder.beside(match.heads.get("S", []), source)
    inner = None
    if match.frame.complement is not None:
        inner = _from_content(act, finder, matches)
    elif match.frame.any_object and not act.target and not has_both(act):
        act.target = finder.all(act.content, "T", not_in=act.source)
    if not act.target and not has_both(act) and (match.frame.complement or match.frame.any_object):
        act.target = finder.below(act.content, not_in=act.source) or finder.all(
            prepositional(act.trigger, AFTER), "T", not_in=act.source
        )
    if not act.target and act.type in {"COERCE", "RETREAT"}:
        held = [t for t in match.tokens if t.i in finder.mentions]
        act.target = finder.all(held, "T", not_in=act.source)
    if not act.target and not has_both(act) and not match.frame.noun and act.type in DEEPER:
        held = [o for o in match.trigger.children if o.dep_ == "dobj"]
        held = [o for o in (*held, *act.content) if not _is_own(o, finder)]
        act.target = finder.within(held, not_in=act.source)
    act.target = addressed.beyond_forum(act, finder) or act.target
    part(act)
    if not _complete(act, collective=finder.several(act.slots.get("S", ()))):
        return None
    about = [*act.content, *match.tokens] or match.heads.get("T", [])
    act.mode, act.cameo = contents.refine(match.frame, about, inner)
    return act if outcomes.settle(act, inner) else None


def is_told(noun: Token) -> bool:
    """Return whether a noun tells its act as a fact, or a verb says that it is done."""
    return nominal.is_told(noun) or is_carried(noun)


def _is_own(noun: Token, finder: Finder) -> bool:
    """Return whether somebody is the doer's own: "recalled its ambassador"."""
    return noun.i in finder.mentions and any(c.tag_ == "PRP$" for c in noun.children)


def _sources(match: Match, finder: Finder) -> tuple[Mention, ...]:
    """Return who acts; of an attack without a doer whoever's it is: "died in an Israeli strike"."""
    found = finder.all(match.heads.get("S", []), "S")
    return found or (finder.all(match.tokens, "S") if match.frame.type == "ASSAULT" else ())


def _targets(match: Match, finder: Finder) -> tuple[Mention, ...]:
    heads = match.heads.get("T", [])
    found = finder.all(heads, "T")
    if match.frame.mode == "visit" or not found:
        known = {m.head for m in found}
        found += tuple(m for t in heads for m in finder.ground(t) if m.head not in known)
    return found


def _status(match: Match, told: Status) -> Status:
    """Return the frame's own status where the text puts the act plainly."""
    if told != "actual":
        return told
    if match.nominal and nominal.is_ahead(match.trigger):
        return "planned"
    if match.frame.status == "planned" and statuses.is_past_perfect(match.trigger):
        return "negated"
    return match.frame.status or told


def _from_content(act: Act, finder: Finder, matches: list[Match]) -> Frame | None:
    """Take the missing target of "refused to meet X" or "called for talks" from the content.

    Returns:
        The frame of the act that is the content, if there is one.
    """
    within = {c.i for c in act.content}
    for match in matches:
        if match.trigger.i in within:
            if not act.target:
                act.target = finder.all(
                    [*match.heads.get("T", []), *match.heads.get("S", [])], "T", not_in=act.source
                )
            act.tokens.append(match.trigger)
            return match.frame
    return None


def _complete(act: Act, *, collective: bool) -> bool:
    if act.symmetric and collective:
        return bool(act.source)
    if act.symmetric:
        count = sum(len(m.actors) for m in (*act.source, *act.target))
        return bool(act.source) and (bool(act.target) or count > 1)
    if act.source and act.target:
        return True
    roles = {s.role for s in act.frame.slots if s.required}
    if not act.source:
        return bool(act.target) and (act.doerless or "S" not in roles)
    return "T" not in roles
