"""What its status makes of an act: a meeting to come is AGREE, a help that is denied is REJECT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts import contents
from detente.coding.grammar.governors import CONDITIONS
from detente.coding.grammar.operators import marked
from detente.registers import frames

if TYPE_CHECKING:
    from detente.coding.acts.act import Act
    from detente.model import EventType
    from detente.registers.frames import Frame

HARMFUL = frozenset({"ACCUSE", "PROTEST", "SANCTION", "COERCE", "ASSAULT"})
"""Types that nobody agrees to do for the other's good."""
HARMING = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})
"""Types that are threatened where their doer makes them depend on what the other does."""
REFUSED = frozenset({"AGREE", "SUPPORT", "CONCEDE", "RETREAT", "AID", "COOPERATE"})
"""Types that are refused where somebody will not do them."""
AGREED = {"CONSULT": "036", "SUPPORT": "032", "COOPERATE": "031", "AID": "033"}
"""Types that are AGREE while they are to come, with their CAMEO code."""
OPEN: dict[str, tuple[EventType, str | None, str]] = {
    "restriction": ("SANCTION", "discontinue", "163"),
    "talk": ("CONSULT", None, "046"),
    "strike": ("ASSAULT", None, "190"),
}
"""What is left open where it is not ruled out, by word list."""


def settle(act: Act, inner: Frame | None) -> bool:
    """Give an act the type that its status asks for; return False where it is no event.

    Args:
        act: The act, changed in place.
        inner: The frame of the act that is its content, if one matched.
    """
    if act.status == "negated" and _rules_out(act.frame):
        return _left_open(act, inner)
    if act.frame.id == "consult/told" and _same_state(act):
        return False
    if act.status == "negated" and act.type == "REJECT" and act.trigger.lemma_ in DENYING:
        return False
    if act.type == "ACCUSE" and act.trigger.lemma_ in SAYING and _same_state(act):
        return any(a.institution in OPPOSED for m in act.target for a in m.actors)
    if act.frame.id == "sanction/reprisal" and act.status == "planned":
        act.type, act.mode, act.cameo, act.status = "THREATEN", "restrict", "131", "actual"
    elif act.type == "PROTEST" and act.trigger.lemma_ == "protest" and _by_government(act):
        act.type, act.mode, act.cameo = "ACCUSE", "disapprove", "111"
    _shift(act)
    return True


def _shift(act: Act) -> None:
    """Give an act that is threatened, refused or still to come the type of saying so."""
    if _warned(act):
        _tell(act, "THREATEN", "130")
    elif act.status == "negated" and act.source and _willed(act):
        _tell(act, "REJECT", "120")
    elif act.status in {"planned", "proposed"}:
        if act.type in AGREED:
            act.type, act.mode, act.cameo = "AGREE", None, AGREED[act.type]
        elif act.type == "RETREAT":
            act.type, act.mode = "CONCEDE", None


SAYING = frozenset({"say", "state", "report"})
"""Verbs by which a state that speaks of its own people accuses nobody."""
OPPOSED = frozenset({"REB", "UAF", "OPP"})
"""Institutions whom their own state accuses nevertheless."""
DENYING = frozenset({"deny", "dispute", "contradict", "refute", "rebut"})
"""Verbs that tell nothing where they are denied themselves: "neither confirmed nor denied"."""
GOVERNING = frozenset({"HOS", "HOG", "GOV", "MFA", "MOD", "EMB", "IGO", "LEG", "SEC", "FIN", "ECO"})
"""Institutions whose protest is a reproach, not a demonstration."""


def _by_government(act: Act) -> bool:
    """Return whether a state protests: "Tokyo protested to Beijing", not "nurses protested"."""
    mention = act.source[0] if act.source else None
    if mention is None or not mention.actors:
        return False
    institution = mention.actors[0].institution
    stands_alone = act.trigger.doc[mention.head].tag_ in {"NNP", "PRP"}
    return institution in GOVERNING or (institution is None and stands_alone)


def _same_state(act: Act) -> bool:
    """Return whether both sides are of one state: a premier who tells his parliament meets nobody."""
    one = {a.country for m in act.source for a in m.actors}
    return one == {a.country for m in act.target for a in m.actors}


def _rules_out(frame: Frame) -> bool:
    return frame.particle == "out" and "rule" in frame.triggers


def _left_open(act: Act, inner: Frame | None) -> bool:
    """Read "has not ruled out sanctions": they are possible."""
    if inner is not None:
        act.type, act.mode, act.cameo = inner.type, inner.mode, inner.cameo
        act.status = "possible"
        return True
    classes = frames.load().classes
    for name, (kind, mode, code) in OPEN.items():
        if any(t.lemma_.lower() in classes[name] for t in (*act.content, *act.tokens)):
            act.type, act.mode, act.cameo, act.status = kind, mode, code, "possible"
            return True
    return False


def _tell(act: Act, kind: EventType, code: str) -> None:
    """Make an act that is only spoken of an actual one of the type that speaking of it is."""
    outer = contents.Outer(kind, None, code)
    act.mode, act.cameo = contents.refine(outer, [act.trigger], act.frame)
    act.type, act.status = kind, "actual"


def _warned(act: Act) -> bool:
    """Return whether somebody says what he will do if the other does not yield.

    "Said it would close the strait if its ships were stopped".
    """
    if act.type not in HARMING or act.status not in {"planned", "possible"}:
        return False
    verb = act.trigger
    own = any(c.dep_ == "nsubj" and c.tag_ == "PRP" for c in verb.children)
    conditions = (c for c in verb.children if c.dep_ == "advcl")
    return own and bool(act.reporters) and any(marked(c, CONDITIONS) for c in conditions)


def _willed(act: Act) -> bool:
    """Return whether somebody will not do what is his to give: "said it would not lift the ban".

    A meeting that will not take place is refused only where the party says so itself.
    """
    kinds = [line.partition(":") for line in act.evidence]
    effects = [effect for effect, _, _ in kinds]
    modal = any(effect == "planned" and "modal" in why for effect, _, why in kinds)
    decided = "planned" in effects and effects.index("negated") < effects.index("planned")
    if not modal and not decided:
        return False
    return act.type in REFUSED or (act.type == "CONSULT" and bool(act.reporters))
