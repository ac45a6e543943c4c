"""Checks the example sentences of the frames against the real parse.

An example marks its parties: ``[source]``, ``<target>`` and ``{neither}``; what follows an equals
sign is what it must be coded as, where that is not the frame's own type, mode and ``actual``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.coding.acts import predicates
from detente.coding.grammar.tree import Reader
from detente.coding.types import Mention, Reading, Sentence
from detente.model import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Doc
    from detente.registers.frames import Frame

_MARKS = {"[": "S", "<": "T", "{": "O"}
_CLOSING = {"]", ">", "}"}
_EXPECTED = re.compile(r"\s=\s(?P<type>[A-Z]+)(?:/(?P<mode>[a-z-]+))?(?:\s(?P<status>[a-z]+))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One marked sentence.

    Attributes:
        text: The sentence without marks.
        spans: ``S``, ``T`` or ``O`` with start and end, in the order of the text.
        type: Expected type, None for the frame's own.
        mode: Expected mode, None where it is not tested.
        status: Expected status, None for the frame's own.
    """

    text: str
    spans: tuple[tuple[str, int, int], ...]
    type: str | None = None
    mode: str | None = None
    status: str | None = None


def read_example(marked: str) -> Example:
    """Return the sentence and the marks of an example; a full stop is added where none stands.

    ``"[Poland] warned <Minsk>"`` has the text "Poland warned Minsk." and two spans.
    """
    expected = _EXPECTED.search(marked)
    body = marked[: expected.start()] if expected else marked
    text: list[str] = []
    spans: list[tuple[str, int, int]] = []
    open_at: tuple[str, int] | None = None
    for character in body:
        if character in _MARKS:
            open_at = (_MARKS[character], len(text))
        elif character in _CLOSING and open_at is not None:
            spans.append((open_at[0], open_at[1], len(text)))
            open_at = None
        else:
            text.append(character)
    if text[-1:] and text[-1] not in ".!?":
        text.append(".")
    return Example(
        text="".join(text),
        spans=tuple(spans),
        type=expected["type"] if expected else None,
        mode=expected["mode"] if expected else None,
        status=expected["status"] if expected else None,
    )


def reading_of(doc: Doc, spans: Iterable[tuple[str, int, int]]) -> Reading:
    """Return a reading whose mentions are the given spans, with codes ``S1``, ``T1``, ``O1``.

    Args:
        doc: The parsed sentence.
        spans: Label, first character and end of each mention.
    """
    mentions: dict[int, Mention] = {}
    for number, (label, start, end) in enumerate(spans):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        root = span.root
        code = f"{label}{number}"
        actor = Actor(code=code, country=code, surface=span.text, span=(start, end))
        mentions.setdefault(
            root.i, Mention(start=start, end=end, head=root.i, actors=(actor,), kind="name")
        )
    sentence = Sentence(number=1, start=0, end=len(doc.text), text=doc.text)
    ordered = tuple(sorted(mentions.values(), key=lambda m: m.start))
    return Reading(sentence=sentence, doc=doc, mentions=ordered)


def describe(act: Act) -> str:
    """Return an act in the words of an example, for messages."""
    source = ",".join(a.code for m in act.source for a in m.actors)
    target = ",".join(a.code for m in act.target for a in m.actors)
    return f"{act.type}/{act.mode or ''} {act.status} {source} -> {target} by {act.frame.pattern!r}"


def fits(act: Act, example: Example, frame: Frame, *, own: bool = False) -> bool:
    """Return whether an act is what an example of a frame expects.

    Another frame of the same type and mode may tell it, as many wordings overlap, unless ``own`` asks
    for the frame itself.
    """
    if own and example.type is None and act.frame.id != frame.id:
        return False
    kind = example.type or frame.type
    mode = example.mode or (frame.mode if example.type is None else act.mode)
    if (act.type, act.status) != (kind, example.status or frame.status or "actual"):
        return False
    if mode is not None and act.mode != mode:
        return False
    want = {r: {f"{r}{n}" for n, s in enumerate(example.spans) if s[0] == r} for r in "ST"}
    source = {a.code for m in act.source for a in m.actors}
    target = {a.code for m in act.target for a in m.actors}
    if act.symmetric:
        return source | target == want["S"] | want["T"]
    return source == want["S"] and target == want["T"]


def check(
    entries: Iterable[Frame], nlp: Language, *, own: bool = False
) -> Iterator[tuple[Frame, str, str]]:
    """Yield every example that fails: the frame, the example, and what was found instead.

    Args:
        entries: The frames.
        nlp: Parses the examples.
        own: An example that another frame tells fails, too.
    """
    jobs = [
        (frame, marked, read_example(marked), positive)
        for frame in entries
        for listed, positive in ((frame.examples, True), (frame.negatives, False))
        for marked in listed
    ]
    read = Reader(nlp.vocab)
    docs = (read(doc) for doc in nlp.pipe((job[2].text for job in jobs), batch_size=64))
    for (frame, marked, example, positive), doc in zip(jobs, docs, strict=True):
        every = predicates.find(reading_of(doc, example.spans))
        acts = [act for act in every if not act.waiting]
        found = "; ".join(describe(a) for a in acts) or "nothing"
        if positive or example.type is not None:
            wrong = not any(fits(a, example, frame, own=own) for a in acts)
        else:
            wrong = bool(acts)
        if wrong:
            yield frame, marked, found
