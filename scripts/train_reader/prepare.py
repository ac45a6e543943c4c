"""Lays coded documents out as the windows that the reader's network sees, each with what it should say.

Usage: python scripts/train_reader/prepare.py --documents FOLDER --out FOLDER

For each file of ``--documents`` a file of the same name with the ending ``.pkl`` is written, a pickled list of windows, which
``train.py`` reads. A file that was written before is written anew. See ``eval/reader/README.md``.
"""

from __future__ import annotations

import argparse
import importlib.util
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.coding import events
from detente.coding.pipeline import Coder
from detente.coding.reader.planes import path, planes
from detente.coding.reader.window import BODY, INSTITUTIONS, STATUSES, TYPES, Window, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.traced import Traced
    from detente.coding.reader.window import Values
    from detente.coding.types import Reading
    from detente.model import Document, Span

    Label = tuple[int, Values, Values, Values, Values, Values, list[str], Values]
    """Row of an act, shares of its types (none first) and statuses; for each candidate whether it is a source, a
    target, what is told of it and the act, the way to it, and the body of its state that is meant, [M, 2]."""

SCORE = Path(__file__).parents[2] / "eval" / "score.py"
ALSO = 1
"""Weight of a type that a fair judge would accept."""
FIRST = 3
"""Weight of the type that the coder of the document chose."""
NEAR = 2
"""Least grade at which a frame's event tells an act of the document."""


def _load(file: Path) -> Any:  # noqa: ANN401
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {file}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


score = _load(SCORE)


def code_of(code: str) -> str:
    """Return a code in the form that parties are compared in; ``*.`` stands before an institution of no known state."""
    return f"*.{code}" if code in score.BARE else score.normalised(code)


def wanted(window: Window, codes: Sequence[str]) -> Values:
    """Return for each candidate whether it is one of the parties.

    Args:
        window: The window.
        codes: The parties of one side, as the document has them.

    Returns:
        [M]: 1 for a party, 0 for none, -1 for another body of a party's country where the party itself stands in the window.
    """
    exact = {code_of(code) for code in codes}
    loose = {code[2:] for code in exact if code.startswith("*")}
    country = {code: code.partition(".")[0] for code in exact if not code.startswith("*")}
    some = [
        [(score._found(actor), actor.institution) for actor in one.mention.actors]
        for one in window.candidates
    ]
    present = {code for one in some for code, _ in one}
    found = np.zeros(len(some), np.float32)
    for place, one in enumerate(some):
        if any(code in exact or institution in loose for code, institution in one):
            found[place] = 1
            continue
        states = {code.partition(".")[0] for code, _ in one}
        own = {code for code, state in country.items() if state in states}
        if own:
            found[place] = -1 if own & present else 1
    return found


def bodies(window: Window, codes: Sequence[str]) -> Values:
    """Return for each candidate the number of the body of its state that is a party, 0 for the state itself.

    Args:
        window: The window.
        codes: The parties of one side, as the document has them.

    Returns:
        [M]: -1 for a candidate of no party's state, or where several of its bodies are parties.
    """
    meant: dict[str, set[str]] = {}
    for code in map(code_of, codes):
        state, _, body = code.partition(".")
        meant.setdefault(state, set()).add(body)
    found = -np.ones(len(window.candidates), np.float32)
    for place, one in enumerate(window.candidates):
        states = {score._found(actor).partition(".")[0] for actor in one.mention.actors}
        told = {body for state in states for body in meant.get(state, ())}
        if len(told) == 1:
            body = told.pop()
            found[place] = 1 + INSTITUTIONS.index(body) if body in INSTITUTIONS else 0
    return found


def root_of(readings: Sequence[Reading], act: Any) -> tuple[int, int] | None:  # noqa: ANN401
    """Return the number of the reading and of the word that heads an act's trigger."""
    start, end = act.offset, act.offset + len(act.trigger)
    for number, reading in enumerate(readings):
        first = reading.sentence.start
        if first <= start < reading.sentence.end:
            span = reading.doc.char_span(
                start - first, min(end, reading.sentence.end) - first, alignment_mode="expand"
            )
            return (number, span.root.i) if span is not None else None
    return None


def shares(act: Any) -> tuple[Values, Values]:  # noqa: ANN401
    """Return the shares of an act's types, none first, and of its statuses."""
    types = np.zeros(1 + len(TYPES), np.float32)
    statuses = np.zeros(len(STATUSES), np.float32)
    for kind, status in act.accepted:
        types[1 + TYPES.index(kind)] = ALSO
        if kind == act.type:
            statuses[STATUSES.index(status)] = 1
    types[1 + TYPES.index(act.type)] = FIRST
    return types / types.sum(), statuses / statuses.sum()


def label(window: Window, row: int, act: Any, traced: Sequence[Traced]) -> Label:  # noqa: ANN401
    """Return what the network should say of the word that tells an act."""
    types, statuses = shares(act)
    both = act.source + act.target
    number = window.acts.get(row)
    (told,), _ = planes(window, [row], [traced[number] if number is not None else None], {})
    word, here = window.rows[row]
    ways = [
        path(word, window.rows[one.row][0]) if one.reading == here else ""
        for one in window.candidates
    ]
    source, target = (
        wanted(window, both if act.symmetric else side) for side in (act.source, act.target)
    )
    meant = np.stack(
        [bodies(window, both if act.symmetric else side) for side in (act.source, act.target)], 1
    )
    return row, types, statuses, source, target, told, ways, meant


def frames_of(
    coder: Coder, document: Document
) -> tuple[list[Span], tuple[Reading, ...], tuple[Traced, ...]]:
    """Return a document's sentences, the readings that the reader is given, and what the frames found in them."""
    cut, readings = coder.read(document)
    return (
        [(s.start, s.end) for s in cut],
        readings,
        events.trace(document, readings, learned=False),
    )


def prepare(coder: Coder, text: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the windows of a document.

    Args:
        coder: Codes.
        text: The document with the acts that were coded by hand.
    """
    cut, readings, traced = frames_of(coder, text.document)
    first = text.document.blocks[0]
    body = first.end if first.kind == "headline" else 0
    numbers = {one.event.id: n for n, one in enumerate(traced)}
    found = [one.event for one in traced if one.event.span[0] >= body]
    told = {
        id(act): numbers[event.id]
        for act, event, grade in score.assign(text.events, found, cut)
        if grade >= NEAR
    }
    for window in windows(readings, traced):
        at = {(number, token.i): row for row, (token, number) in enumerate(window.rows)}
        starts = {number: row for row, number in window.acts.items()}
        labels: dict[int, Label | None] = {}
        for act in sorted(text.events, key=lambda act: act.optional):
            row = starts.get(told.get(id(act), -1))
            if row is None:
                row = at.get(root_of(readings, act) or (-1, -1))
            if row is None or window.zone[row] != BODY or row in labels:
                continue
            labels[row] = None if act.optional else label(window, row, act, traced)
        yield {
            "pieces": window.pieces, "head": window.head, "dep": window.dep, "tag": window.tag, "zone": window.zone,
            "sent": window.sentence, "para": window.paragraph, "nameless": window.nameless, "hot": window.slots, "inst": window.institution, "kind": window.kind,
            "ft": window.type, "fs": window.status, "cand": np.array([one.row for one in window.candidates]),
            "member": window.member, "sides": dict(window.sides), "labels": [one for one in labels.values() if one is not None],
            "ignore": [row for row, one in labels.items() if one is None], "doc": text.id,
        }  # fmt: skip


def main() -> None:
    """Write the windows of every document of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True, help="folder of coded documents")
    parser.add_argument("--out", type=Path, required=True, help="folder of the windows")
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    coder = Coder()
    count = 0
    for file in sorted(a.documents.glob("*.yaml")):
        texts = score.gold.texts(file)
        found = [window for text in texts for window in prepare(coder, text)]
        (a.out / f"{file.stem}.pkl").write_bytes(pickle.dumps(found))
        count += len(texts)
    print(count, "documents")


if __name__ == "__main__":
    main()
