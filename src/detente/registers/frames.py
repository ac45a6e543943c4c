"""Frames: how a predicate becomes an event type and where its parties stand.

A frame is written as a short pattern that an analyst can read, beside an example that tests run::

    S meet [with] T: "[The Polish minister] met <his Latvian counterpart> in Riga"

``S`` is the source and ``T`` the target. The first plain word is the trigger, a verb (``S meet T``)
or, after ``noun``, a noun (``noun visit of S to T``). ``a|b`` are alternatives, ``@class`` a list of
words from ``words.yaml``, square brackets hold what may be missing (``[S] kidnap T`` stands without
its doer too, ``fire at [T]`` needs the preposition alone), ``hand_over`` is a verb with its
particle, ``S:@troops`` a source named by one of these nouns, ``travel-ban`` a noun with the word
before it, ``T's embassy`` an owner (also "the embassy
of T"), ``V`` an act told by a verb ("agreed to meet") and ``N`` an act told by a noun ("called for
talks"). ``V=must|should`` asks for one of the words at or beside that verb, ``S V`` for an act of the
source's own ("warned that it would respond"). In examples ``[...]`` is the source, ``<...>`` the target, ``{...}`` an actor who is neither;
``= TYPE/mode status`` at the end says what else than the frame's own type is expected, and a line
that begins with ``not:`` gives no event of this frame. ``nominals.yaml`` names the nouns that tell what a verb tells
("the expulsion of"): its frames hold for them, too, and ``idioms.yaml`` verbs of several words. A frame of type ``NONE`` keeps others of the
same verb from matching: what it tells is no event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import msgspec
import msgspec.yaml

from detente.errors import RegisterError
from detente.model import Status
from detente.registers import ontology, wanted
from detente.registers.inflection import forms
from detente.registers.patterns import OFFICE, PatternError, Phrase, Slot, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.model import EventType

T = TypeVar("T")
DATA = Path(__file__).parent / "data" / "frames"
PEOPLE = {"crowds": "CVL", "gunmen": "UAF"}
"""Word classes that stand for people of no office, with their institution."""
LIGHT = frozenset({"be", "have", "take", "set", "make", "do", "get"})
"""Verbs that with a noun tell no act that would be one without its target."""
JOINT = frozenset({"SUPPORT", "AGREE", "COOPERATE"})
"""Types of acts between equals that one side's sentence tells of itself: "signed a pact"."""
ANSWERING = frozenset({"REJECT", "ACCUSE"})
"""Types that answer what was told before: "Minsk rubbished that"."""
NONE = "NONE"
"""Type of the frames of ``none.yaml``: what they match is no event, whatever else would match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One predicate entry.

    Attributes:
        id: Rule name that events carry, such as ``consult/meet``.
        pattern: The pattern as written.
        type: PLOVER type.
        mode: PLOVER mode, None where the type has none or the text does not tell.
        cameo: CAMEO code as text.
        contexts: Contexts that the predicate alone gives.
        symmetric: True where either side may stand as source.
        noun: True where the trigger is a noun.
        triggers: Lemmas of the trigger.
        particle: The verb's particle, such as ``over``.
        objects: Nouns of which one must be the object; empty for any or none.
        any_object: True where some object must stand (``*``).
        slots: Where the parties stand.
        phrases: Prepositional phrases that must stand.
        complement: ``verb`` or ``noun`` where the frame takes an act as its content.
        complement_preps: Prepositions that may lead the noun complement.
        beside: Words of which one must be the complement's verb or stand beside it; empty for any.
        own: True where the source itself must be the subject of the complement.
        status: How the act stands where the text does not put it otherwise: an invitation is
            ``proposed``; None for ``actual``.
        confidence: Prior confidence, 0 to 1.
        examples: Sentences that this frame must code.
        negatives: Sentences that it must leave.
        file: File of the entry.
        line: Line of the entry, from 1.
        needs: Sets of words, lower-case lemmas or forms, of each of which a sentence must hold one
            for the frame to match anywhere in it.
        acted: Whether its verb's subject must be an actor.
        reach: Prepositions of its slots that may hang elsewhere in the clause than at its verb.
        answering: Whether it is a frame without its demand that needs an object which points back.
        waiting: The same without its demand for a target, None where it makes none.
        lone: True where one side alone tells what both do: "signed a pact", without a word of the other.
    """

    id: str
    pattern: str
    type: EventType
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    symmetric: bool = False
    noun: bool = False
    triggers: frozenset[str] = frozenset()
    particle: str | None = None
    objects: frozenset[str] = frozenset()
    any_object: bool = False
    slots: tuple[Slot, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    complement: Literal["verb", "noun"] | None = None
    complement_preps: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    own: bool = False
    status: Status | None = None
    confidence: float = 0.8
    examples: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
    needs: frozenset[int] = frozenset()
    acted: bool = False
    reach: frozenset[str] = frozenset()
    answering: bool = False
    waiting: Frame | None = None
    lone: bool = False

    @property
    def weight(self) -> int:
        """How much the pattern asks for; the frame that asks for more is tried first."""
        return (
            4 * bool(self.objects)
            + sum(5 if p.nouns else 3 for p in self.phrases if p.required)
            + 3 * bool(self.particle)
            + 2 * sum(s.required for s in self.slots)
            + 2 * bool(self.complement)
            + 2 * bool(self.beside or self.own)
            + sum(bool(s.words) and OFFICE not in s.words for s in self.slots)
            + bool(self.any_object)
        )


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, indexed by trigger.

    Attributes:
        entries: Every frame in the order of the files.
        verbs: Frames by verb lemma, the most demanding first.
        nouns: Frames by noun lemma, the most demanding first.
        classes: The word lists of ``words.yaml``.
        surfaces: Word forms that may be a trigger.
        lemmas: Verb triggers by their forms, for forms that a lemmatiser gets wrong.
        nominals: The verbs of nouns that tell what a verb tells, from ``nominals.yaml``.
        listed_verbs: Frames by verb lemma, to be found by what a sentence holds.
        listed_nouns: The same by noun lemma.
        tails: What stands after a hyphen in nouns of two words: "raid" of ``air-raid``.
    """

    entries: tuple[Frame, ...]
    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    surfaces: frozenset[str] = field(default=frozenset(), repr=False)
    lemmas: Mapping[str, str] = field(default_factory=dict, repr=False)
    nominals: Mapping[str, str] = field(default_factory=dict, repr=False)
    listed_verbs: Mapping[str, wanted.Listed[Frame]] = field(default_factory=dict, repr=False)
    listed_nouns: Mapping[str, wanted.Listed[Frame]] = field(default_factory=dict, repr=False)
    tails: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def apart(self) -> frozenset[str]:
        """Compounds that are no kind of what their last word names: an ``air-strike``."""
        return self.classes.get("apart", frozenset())

    def of_verb(self, lemma: str, form: str) -> tuple[Frame, ...]:
        """Return the frames of a verb by its lemma, else by its form."""
        return self.verbs.get(lemma) or self.verbs.get(self.lemmas.get(form, ""), ())

    def of_noun(self, lemma: str, before: Iterable[str]) -> tuple[Frame, ...]:
        """Return the frames of a noun, those that ask for a word before it (``air-raid``) first."""
        compounds = [f"{word}-{lemma}" for word in before]
        joined = tuple(frame for word in compounds for frame in self.nouns.get(word, ()))
        return (
            joined
            if not self.apart.isdisjoint(compounds)
            else (*joined, *self.nouns.get(lemma, ()))
        )

    def possible_of_verb(self, lemma: str, form: str, answered: int) -> Sequence[Frame]:
        """Return the frames of a verb whose words a sentence holds; see ``wanted.Listed``."""
        known = self.listed_verbs
        listed = known.get(lemma) or known.get(self.lemmas.get(form, ""))
        return listed.possible(answered) if listed is not None else ()

    def possible_of_noun(self, lemma: str, before: Iterable[str], answered: int) -> Sequence[Frame]:
        """Return the frames of a noun whose words a sentence holds; see ``wanted.Listed``."""
        if lemma not in self.tails and lemma not in self.listed_nouns:
            return ()
        names = [f"{word}-{lemma}" for word in before] if lemma in self.tails else []
        names += [lemma] if self.apart.isdisjoint(names) else []
        listed = (self.listed_nouns.get(name) for name in names)
        return [frame for one in listed if one is not None for frame in one.possible(answered)]

    def possible_of_nominal(self, lemma: str, answered: int) -> Sequence[Frame]:
        """Return the frames of the verb whose act a noun tells, as ``possible_of_verb`` does."""
        verb = self.nominals.get(lemma)
        listed = self.listed_verbs.get(verb) if verb is not None else None
        return listed.possible(answered) if listed is not None else ()


class _Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    entries: list[dict[str, str | list[str]]]
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    symmetric: bool = False
    status: Status | None = None
    confidence: float = 0.8
    note: str | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    type: str
    groups: list[_Group]
    note: str | None = None


def _line_of(text: str, key: str, start: int) -> int:
    place = text.find(key, start)
    return text.count("\n", 0, place) + 1 if place >= 0 else 0


def _decode(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        found = re.search(r"line (\d+)", str(error))
        raise RegisterError(str(path), int(found[1]) if found else 0, str(error)) from error


def _frames_of(path: Path, classes: Mapping[str, frozenset[str]]) -> Iterable[Frame]:
    read = _decode(path, _File)
    text = path.read_text(encoding="utf-8")
    known = ontology.load().types
    kind = cast("EventType", read.type)  # a frame of type NONE never makes an event
    if kind not in known and read.type != NONE:
        raise RegisterError(str(path), 1, f"{read.type!r} is no PLOVER type")
    at = 0
    for group in read.groups:
        at = max(text.find(f"id: {group.id}", at), at)
        if group.mode is not None and group.mode not in known[kind].modes:
            raise RegisterError(
                str(path), _line_of(text, group.id, at), f"{read.type} has no mode {group.mode!r}"
            )
        for entry in group.entries:
            for pattern, examples in entry.items():
                line = _line_of(text, pattern, at)
                yield _frame(path, line, (kind, group), (pattern, examples), classes)


def _frame(
    path: Path,
    line: int,
    group: tuple[EventType, _Group],
    entry: tuple[str, str | list[str]],
    classes: Mapping[str, frozenset[str]],
) -> Frame:
    pattern, given = entry
    examples = [given] if isinstance(given, str) else given
    kind, about = group
    positive = tuple(e for e in examples if not e.startswith("not:") and kind != NONE)
    if not positive and kind != NONE:
        raise RegisterError(str(path), line, f"{pattern!r} has no example")
    try:
        fields = compile_pattern(pattern, classes)
    except PatternError as error:
        raise RegisterError(str(path), line, f"{pattern!r}: {error}") from error
    slots: tuple[Slot, ...] = fields.get("slots", ())
    frame = Frame(
        id=f"{kind.lower()}/{about.id}", pattern=pattern, type=kind, mode=about.mode,
        cameo=about.cameo, contexts=about.contexts, symmetric=about.symmetric,
        status=about.status, confidence=about.confidence, examples=positive,
        negatives=tuple(e.removeprefix("not:").strip() for e in examples if e not in positive),
        file=path.name, line=line, needs=_needs(fields),
        acted=any(s.required and s.role == "S" and s.at == "subject" for s in slots),
        reach=frozenset().union(*(s.preps for s in slots if s.at == "prep")) - {"of"},
        **fields,
    )  # fmt: skip
    return replace(frame, waiting=_waiting(frame, classes))


def _waiting(frame: Frame, classes: Mapping[str, frozenset[str]]) -> Frame | None:
    """Return a frame without its demand for a target, None where too little would be left of it.

    What is asked, promised or thanked is said to somebody, "arrested" tells its act whoever is arrested, and
    "froze the money of T" by its object; "is against T" or "came to T" tell none without T.
    """
    targets = [s for s in frame.slots if s.required and s.role == "T"]
    slots = tuple(replace(s, required=s.required and s.role != "T") for s in frame.slots)
    if frame.symmetric:
        joint = frame.type in JOINT and frame.objects and not frame.triggers & LIGHT
        return replace(frame, slots=slots, symmetric=False, lone=True) if joint else None
    if not targets or any(s.at in {"subject", "owner"} for s in targets):
        return None
    if frame.triggers <= classes.get("addressing", frozenset()):
        return replace(frame, slots=slots)
    if frame.triggers <= classes.get("deed", frozenset()) and targets[0].at == "object":
        return replace(frame, slots=slots, any_object=not frame.objects)
    if frame.type in ANSWERING and all(s.at == "object" for s in targets):
        return replace(frame, slots=slots, answering=not frame.objects)
    given = frame.type == "AID" and frame.any_object
    told = bool(frame.objects) and all(s.at == "prep" for s in targets)
    return replace(frame, slots=slots) if (given or told) and not frame.triggers & LIGHT else None


def _needs(fields: Mapping[str, Any]) -> frozenset[int]:
    """Return the numbers of the sets of words that a frame asks for; ``travel-ban`` asks for "ban", whatever is before."""
    particle = fields.get("particle")
    phrases: tuple[Phrase, ...] = tuple(p for p in fields.get("phrases", ()) if p.required)
    nouns = [fields.get("objects", frozenset()), *(p.nouns for p in phrases)]
    nouns += [s.words for s in fields.get("slots", ()) if s.required and OFFICE not in s.words]
    lists = [frozenset(w[w.rfind("-") + 1 :] for w in words) for words in nouns]
    lists += [fields.get("beside", frozenset()), *(p.preps for p in phrases)]
    lists += [frozenset({particle})] if particle is not None else []
    return frozenset(wanted.number(words) for words in lists if words)


def _index(frames: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for frame in frames:
        for trigger in frame.triggers:
            found.setdefault(trigger, []).append(frame)
    order = {k: sorted(v, key=lambda f: (-f.weight, f.type == NONE)) for k, v in found.items()}
    return {k: tuple(v) for k, v in order.items()}


def _tails(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name[n + 1 :] for name in names for n, c in enumerate(name) if c == "-")


def _listed(frames: Iterable[Frame]) -> wanted.Listed[Frame]:
    return wanted.Listed((frame, frame.needs) for frame in frames)


@cache
def load(folder: Path = DATA) -> Frames:
    """Return all frames, read and checked once.

    Raises:
        RegisterError: A file is wrong; it names the file, the line and the reason.
    """
    words = _decode(folder / "words.yaml", dict[str, list[str]])
    classes = {name: frozenset(listed) for name, listed in words.items()}
    entries = tuple(
        frame
        for path in sorted(folder.glob("*.yaml"))
        if path.stem not in {"words", "operators", "contents", "nominals", "idioms"}
        for frame in _frames_of(path, classes)
    )
    nominals = _nominals(folder)
    surfaces = frozenset(
        form
        for frame in entries
        if frame.type != NONE
        for trigger in frame.beside or frame.triggers
        for form in forms(trigger.rpartition("-")[2], noun=frame.noun)
    ) | {form for noun in nominals for form in forms(noun, noun=True)}
    verbs = _index(f for f in entries if not f.noun)
    nouns = _index(f for f in entries if f.noun)
    return Frames(
        entries=entries,
        verbs=verbs,
        nouns=nouns,
        listed_verbs={lemma: _listed(frames) for lemma, frames in verbs.items()},
        listed_nouns={lemma: _listed(frames) for lemma, frames in nouns.items()},
        tails=_tails(nouns) | _tails(classes.get("apart", ())),
        classes=classes,
        surfaces=surfaces,
        lemmas={
            form: trigger
            for frame in entries
            if not frame.noun
            for trigger in frame.triggers
            for form in forms(trigger)
        },
        nominals=nominals,
    )


def _nominals(folder: Path) -> dict[str, str]:
    path = folder / "nominals.yaml"
    return _decode(path, dict[str, str]) if path.exists() else {}


def triggers() -> frozenset[str]:
    """Return the lower-case word forms that may begin an event.

    A sentence that holds none of them holds no event of any frame: the gate asks this before
    anything is parsed.
    """
    return load().surfaces
