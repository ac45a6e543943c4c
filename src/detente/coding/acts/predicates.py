"""Acts in one parsed sentence: which frame matches where, and who stands in its slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from detente.coding.acts import addressed, contents, matching, nominal, outcomes
from detente.coding.acts import status as statuses
from detente.coding.acts.described import KINDS, Opened, homeless
from detente.coding.acts.nominalised import is_carried
from detente.coding.acts.parties import Finder
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import WRITINGS
from detente.coding.grammar.verbs import is_juxtaposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.acts.matching import Match
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading
    from detente.model import Actor, EventType, Status
    from detente.registers.frames import Frame

TEMPORAL_OF = frozenset({"during", "after", "following", "at", "in", "since", "under", "amid"})
"""Prepositions that date an act by another one instead of telling its content."""
AFTER = frozenset({"from", "to", "with", "of", "by", "against", "for"})
"""Prepositions after a verb whose object may be the party that its content concerns."""


@dataclass(slots=True, kw_only=True)
class Act:
    """One matched predicate.

    Attributes:
        trigger: The token that the frame matched.
        frame: The frame.
        type: PLOVER type after the act's status was weighed (a future visit is AGREE).
        mode: PLOVER mode.
        cameo: CAMEO code.
        source: Mentions of the source, in order.
        target: Mentions of the target, in order.
        symmetric: True where either side may stand as source.
        status: How the act stands.
        evidence: Why it stands so.
        reporters: Verbs of saying above it.
        slots: Role to the head tokens that filled it.
        content: Head tokens of the act's content (a complement, or a topic).
        tokens: Other tokens that the frame asked for, such as the object noun.
        aim: Why the target was taken that its own words leave out; one of ``offers.RANKING``.
        waiting: Whether its frame asks for a target that its own sentence does not give.
    """

    trigger: Token
    frame: Frame
    type: EventType
    mode: str | None = None
    cameo: str | None = None
    source: tuple[Mention, ...] = ()
    target: tuple[Mention, ...] = ()
    symmetric: bool = False
    status: Status = "actual"
    evidence: tuple[str, ...] = ()
    reporters: tuple[Token, ...] = ()
    slots: dict[str, list[Token]] = field(default_factory=dict)
    content: list[Token] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    waiting: bool = False
    aim: str | None = None


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
        unknown = (place for place in matching.possible(reading.doc) if place not in known)
        found = (matching.match_at(reading.doc.tokens[place], opened) for place in unknown)
        loose = {match.trigger.i: match for match in found if match is not None}
    matches = _kept(list((loose | known).values()))
    acts: list[Act] = []
    owned = {t.i for m in matches for t in m.tokens}
    for match in matches:
        if match.trigger.i in owned and match.nominal:
            continue
        at = match.trigger.i
        act = _act(match, finder, matches) if at in known else None
        if described and (act is None or not _whole(act)):
            other = loose.get(at) or matching.match_at(match.trigger, opened)
            act = _with_described(_act(other, opened, matches), act) if other else act
        if act is not None:
            acts.append(act)
    acts += _waiting(finder, matches)
    return tuple(sorted(_apart(acts), key=lambda a: a.trigger.i))


NEUTRAL = frozenset({"statement", "report", "order", "measure", "side", "part", "observer"})
"""Objects that tell no act without a target: "issued a statement against T"."""
UNCERTAIN = frozenset({"possible", "negated"})
"""How acts stand that need a target of their own."""


def _waiting(finder: Finder, matches: list[Match]) -> Iterator[Act]:
    """Yield the acts of known doers whose target is left to the document."""
    told = {m.trigger.i for m in matches} | {t.i for m in matches for t in m.tokens}
    doc = finder.reading.doc
    for place in matching.possible(doc):
        token = doc.tokens[place]
        if place in told or _reports(token):
            continue
        match = matching.match_at(token, finder, waiting=True)
        if match is None or any(t.lemma_.lower() in NEUTRAL for t in match.tokens):
            continue
        act = _act(match, finder, matches) if match.heads.get("S") else None
        if act is not None and act.source and act.status not in UNCERTAIN:
            own = {a.country for a in _actors(act.source)}
            if {a.country for a in _actors(act.target)} <= own:
                act.target = ()
            act.waiting = not act.target
            yield act


def _reports(verb: Token) -> bool:
    """Return whether a verb only says who tells the rest: "..., a diplomat suggested"."""
    return verb.dep_ == "parataxis" or any(
        c.dep_ == "ccomp" and c.i < verb.i for c in verb.children
    )


def _whole(act: Act) -> bool:
    return bool(act.source) and (bool(act.target) or _both(act))


def _with_described(act: Act | None, known: Act | None) -> Act | None:
    """Return an act with described parties if it tells more than the one of the known parties.

    One side at least must be known, or both belong to some state.
    """
    if act is None or (known is not None and not (_whole(act) and act.type == known.type)):
        return known
    actors = _actors((*act.source, *act.target))
    told = [a for a in actors if a.how not in KINDS]
    if not told and not _whole(act):
        return known
    voices = [a for a in _actors(act.source) if a.institution in VOICES and not a.country]
    if act.type in SAID and any(a.how in KINDS for a in voices):
        return known
    act.source, act.target = (
        tuple(homeless(mention, act.type) for mention in side) for side in (act.source, act.target)
    )
    return act


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
    if match.nominal and not is_told(match.trigger) and not _is_denied(match, matches):
        return None
    source = _sources(match, finder)
    target = addressed.of_deed(match, finder, source) or _targets(match, finder)
    act = Act(
        trigger=match.trigger, frame=match.frame, type=match.frame.type, mode=match.frame.mode,
        cameo=match.frame.cameo, source=source, target=target,
        symmetric=match.frame.symmetric or match.mutual, status=_status(match, standing.status), evidence=standing.evidence, reporters=standing.reporters,
        slots=match.heads, content=match.content, tokens=match.tokens,
    )  # fmt: skip
    if not act.target and (act.symmetric or act.type == "AGREE"):
        act.target = finder.beside(match.heads.get("S", []), source)
    inner = None
    if match.frame.complement is not None:
        inner = _from_content(act, finder, matches)
    elif match.frame.any_object and not act.target and not _both(act):
        act.target = finder.all(act.content, "T", not_in=act.source)
    if not act.target and not _both(act) and (match.frame.complement or match.frame.any_object):
        act.target = finder.below(act.content, not_in=act.source) or finder.all(
            prepositional(act.trigger, AFTER), "T", not_in=act.source
        )
    if not act.target and act.type in {"COERCE", "RETREAT"}:
        held = [t for t in match.tokens if t.i in finder.mentions]
        act.target = finder.all(held, "T", not_in=act.source)
    if not act.target and not _both(act) and not match.frame.noun and act.type in DEEPER:
        held = [o for o in match.trigger.children if o.dep_ == "dobj"]
        held = [o for o in (*held, *act.content) if not _is_own(o, finder)]
        act.target = finder.within(held, not_in=act.source)
    act.target = addressed.beyond_forum(act, finder) or act.target
    _part(act)
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


def is_content(match: Match, matches: list[Match]) -> bool:
    """Return whether an act is only the content of another, or hangs on it as a topic.

    An accusation that is denied is no content of the denial: it was made.
    """
    token = match.trigger
    others = {m.trigger.i: m for m in matches if m is not match and m.frame.type in VERBAL}
    if match.nominal and match.frame.type == "ACCUSE":
        others = {i: m for i, m in others.items() if m.frame.type != "REJECT"}
    held = {c.i for m in others.values() for c in m.content}
    while token.head != token:
        if token.i in held:
            return True
        if token.dep_ == "relcl" and token.head.i in held and _imagined(token):
            return True
        if token.dep_ in {"relcl", "appos", "advcl", "parataxis"} or is_juxtaposed(token):
            return False
        above = token.head
        if above.i in others and token.dep_ not in {"conj", "nsubj", "nsubjpass"}:
            if _is_reason(token, others[above.i]):
                return False
            fronted = match.frame.type == "CONSULT" and token.i < above.i
            dated = TEMPORAL_OF | {"on", "upon"} if fronted else TEMPORAL_OF
            return token.dep_ != "prep" or token.lower_ not in dated
        token = above
    return False


def _is_denied(match: Match, matches: list[Match]) -> bool:
    """Return whether a noun tells an accusation that somebody denies: "denied a Thai claim that"."""
    if match.frame.type != "ACCUSE" or match.trigger.dep_ != "dobj":
        return False
    denials = {m.trigger.i for m in matches if m.frame.type == "REJECT"}
    verb = match.trigger.head
    return verb.i in denials or verb.head.i in denials


def _is_reason(token: Token, outer: Match) -> bool:
    """Return whether an act is told as what another one is for: "thanked Oslo for sending tents".

    What somebody is accused of or warned against is told by the accuser alone.
    """
    if token.dep_ != "prep" or token.lower_ not in {"for", "over"}:
        return False
    told = outer.frame.type == "SUPPORT" or outer.frame.mode == "disapprove"
    return told and any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in token.children)


def _imagined(verb: Token) -> bool:
    """Return whether a clause tells what a plan or a proposal provides for."""
    return any(c.tag_ == "MD" and c.lower_ in {"would", "should", "could"} for c in verb.children)


VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types whose content is told, not done."""


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


def _part(act: Act) -> None:
    """Put one side of a symmetric act into the source and the others into the target.

    Nobody acts on himself: "declined to say whether he would sign" has no target, nor has "Rome and Bern
    agreed to reopen the consulate" one but the other side.
    """
    if not act.target and not act.symmetric:
        return
    same = {m.head for m in act.source}
    told = act.type == "CONSULT" and act.slots.get("T")
    sides = {a.country for a in _actors(act.source)} if _both(act) and not told else set()
    codes = {a.code for a in _actors(act.source)}
    act.target = tuple(
        _without(m, act.source)
        for m in act.target
        if m.head not in same
        and not {a.code for a in m.actors} <= codes
        and not (len(sides) > 1 and {a.country for a in m.actors} <= sides)
        and not (act.type in VERBAL and _own_state(m, act.source))
        and not (act.type in MOVING and _own_force(m, act.source, act.type))
        and not (act.type in VERBAL and _own_adjective(m, act.source))
    )
    if act.symmetric and not act.target and len(act.source) > 1:
        act.source, act.target = act.source[:1], act.source[1:]


MOVING = frozenset({"AGREE", "CONCEDE", "RETREAT", "MOBILIZE", "SANCTION"})
"""Types of act that one does with one's own mission and, save SANCTION, with one's own troops."""


def _own_adjective(mention: Mention, source: Sequence[Mention]) -> bool:
    """Return whether a mention only says whose a thing is, and it is the source's: "any Dutch contribution"."""
    own = {a.country for a in _actors(source)}
    return mention.kind == "adjective" and {a.country for a in mention.actors} <= own


def _own_state(mention: Mention, source: Sequence[Mention]) -> bool:
    """Return whether a mention is the state that the source itself governs."""
    governed = {a.country for a in _actors(source) if a.institution in outcomes.GOVERNING}
    return all(a.code == a.country and a.country in governed for a in mention.actors)


def _own_force(mention: Mention, source: Sequence[Mention], kind: EventType) -> bool:
    """Return whether a mention is the source's own force or mission: "withdrew its troops"."""
    own = {a.country for a in _actors(source)}
    words = mention.actors[0].surface.lower().split()
    possessed = bool(words) and words[0] in {"its", "their", "his", "her"}
    moved = {"EMB"} if kind == "SANCTION" else {"EMB", "MIL"}
    return possessed and all(a.institution in moved and a.country in own for a in mention.actors)


def _without(mention: Mention, source: Sequence[Mention]) -> Mention:
    """Return "both sides" without the side that acts: it invites the others."""
    own = {a.country for a in _actors(source)}
    others = tuple(a for a in mention.actors if a.country not in own)
    if mention.kind != "reference" or not others or len(others) == len(mention.actors):
        return mention
    return msgspec.structs.replace(mention, actors=others)


def _both(act: Act) -> bool:
    """Whether the source of an act between equals already holds both sides."""
    return (act.symmetric or act.type == "AGREE") and sum(len(m.actors) for m in act.source) > 1


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
        return bool(act.target) and "S" not in roles
    return "T" not in roles


def _apart(acts: list[Act]) -> list[Act]:
    """Drop an act that another one tells better: same trigger noun under a verb, same parties."""
    kept: list[Act] = []
    for act in acts:
        told = next((o for o in acts if o is not act and _repeats(act, o)), None)
        if told is None:
            kept.append(act)
        elif not told.target and not told.symmetric:
            told.target = act.target
    return kept


def _repeats(act: Act, other: Act) -> bool:
    """Return whether a nominal act hangs on a verb of the same type ("met during talks").

    A visit is told again by the meeting that it was for ("flew to Oslo and met the premier").
    """
    if act.type != other.type:
        return False
    if act.frame.noun and not other.frame.noun and other.trigger.is_ancestor(act.trigger):
        return True
    if act.type == "ASSAULT" and act.trigger.dep_ == "advcl" and act.trigger.tag_ == "VBG":
        return act.trigger.head == other.trigger and act.source == other.source
    if act.type == "ASSAULT" and not act.source and act.trigger.lemma_ in matching.HURTING:
        return bool(other.source)
    if act.type == "COERCE" and act.source == other.source and _of_victims(act):
        return act.trigger.head == other.trigger
    if act.type not in {"CONSULT", "AGREE"} or act.status != other.status:
        return False
    if act.type == "CONSULT" and other.mode != "visit" and _goes_on(act, other):
        return True
    guests, hosts = _actors(act.source), _actors(act.target)
    bodies = [a for a in _actors((*other.source, *other.target)) if a.institution]
    coming = {a.country for a in guests} & {a.country for a in bodies}
    return (
        bool(hosts)
        and bool(coming)
        and {a.country for a in hosts} == {a.country for a in bodies} - coming
        and not any(a.institution for a in hosts)
    )


def _of_victims(act: Act) -> bool:
    """Return whether an act falls on what is the victim's of the one before: "and detained its crew"."""
    objects = (c for c in act.trigger.children if c.dep_ == "dobj")
    return act.trigger.dep_ == "conj" and any(
        c.lower_ in {"its", "their"} for o in objects for c in o.children
    )


def _goes_on(act: Act, other: Act) -> bool:
    """Return whether a contact is the one that a verb before told: "met and exchanged views"."""
    token = act.trigger
    while token.dep_ == "conj" and token.head.pos_ in {"VERB", "AUX"}:
        token = token.head
        if token == other.trigger:
            here, before = (_actors((*a.source, *a.target)) for a in (act, other))
            return {a.country for a in here} == {a.country for a in before}
    return False


def _actors(mentions: Iterable[Mention]) -> list[Actor]:
    return [a for m in mentions for a in m.actors]


def explain(act: Act) -> dict[str, Any]:
    """Return why an act matched: frame, tokens in its slots, evidence of its status."""
    return {
        "rule": act.frame.id,
        "pattern": act.frame.pattern,
        "file": f"{act.frame.file}:{act.frame.line}",
        "trigger": act.trigger.text,
        "slots": {role: [t.text for t in tokens] for role, tokens in act.slots.items()},
        "tokens": [t.text for t in act.tokens],
        "status": act.status,
        "evidence": list(act.evidence),
    }
