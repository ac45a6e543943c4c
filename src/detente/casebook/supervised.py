"""Codes a shard in a child that can be killed, so that one document costs one document.

The child hands over each document as it is coded. When it is killed, hangs, crashes or grows past
its memory, what it had coded is kept, and the next document is tried again, first thing, in a new
child. A document that also costs the second child is quarantined with its code; whatever befell the
first child by chance costs nothing. That finds what cutting the shard in halves would find, without
coding anything twice. The child writes the shard's files, the same as ``shards.run`` does.
"""

from __future__ import annotations

import importlib
from collections import Counter
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import msgspec

from detente import errors
from detente.casebook import shards, stated
from detente.casebook.files import explained
from detente.coding.actors.learned import Learned
from detente.engine import child
from detente.engine.child import Limits
from detente.errors import DetenteError, PipelineError, ReadError
from detente.model import Coded, Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

START_SECONDS = 180.0
"""For a new child to load the coder and the model, on a busy machine too."""

CHARACTERS = 100_000
"""The time limit is for each started so many characters of a document."""


class Outcome(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What became of one document: it was coded, or it could not be."""

    coded: Coded | None = None
    failure: shards.Failure | None = None


class CoderSpec(msgspec.Struct, frozen=True, kw_only=True):
    """How a child makes its coder.

    Attributes:
        factory: ``module:function``; the function takes ``argument`` and returns a coder, which
            has ``load``, ``code``, ``version`` and ``configuration``.
        argument: MessagePack.
        seconds: Time limit for coding one document, for each started ``CHARACTERS``.
        megabytes: Limit of the child's address space.
        states: Whether the coder has ``stated`` and ``begin``, so that a run's documents share what
            they state of persons.
    """

    factory: str
    argument: bytes = b""
    seconds: float = 30.0
    megabytes: int = 3_000
    states: bool = False


class Work(msgspec.Struct, kw_only=True):
    """What a child is asked to do.

    Attributes:
        path: The shard's input.
        codings: Folder in which the shard's folder is made.
        spec: The coder.
        done: Outcomes of the first documents, from a child that was lost.
    """

    path: str
    codings: str
    spec: CoderSpec
    done: list[msgspec.Raw] = []


class Step(msgspec.Struct, tag="step"):
    """One document is done."""

    outcome: msgspec.Raw


class Ready(msgspec.Struct, tag="ready"):
    """The coder is loaded; from now on each document has its own time limit."""


class Refusal(msgspec.Struct, tag="refusal"):
    """The shard cannot be coded, for a reason that is not a document's."""

    error: str
    reason: str


_ANSWERS = msgspec.msgpack.Decoder(Step | Ready | Refusal)
_OUTCOMES = msgspec.msgpack.Decoder(Outcome)
_STATED = msgspec.msgpack.Decoder(tuple[Learned, ...])


def run(path: Path, *, spec: CoderSpec, codings: Path) -> Path:
    """Code a shard in a child; do nothing where its output is there and whole.

    Args:
        path: The shard's input.
        spec: The coder.
        codings: Folder in which the shard's folder is made.

    Returns:
        The shard's folder.

    Raises:
        CasebookError: The disk is full or failed.
        MissingExtraError: The language model is not installed.
        PipelineError: The coder here is not the one that the shard was planned for.
    """
    header, documents = shards.read_input(path)
    folder = codings / header.shard
    if folder.is_dir() and not shards.problems(folder):
        return folder
    work = Work(path=str(path), codings=str(codings), spec=spec)

    def given_up(document: Document, lost: ReadError) -> Outcome:
        return Outcome(failure=_failure(document, lost))

    if not _through("serve", work, documents, given_up):
        raise PipelineError(f"{path}: the shard is coded and cannot be written")
    return folder


def state(path: Path, *, spec: CoderSpec) -> Path:
    """Write beside a shard's draft what its documents state of persons, read in a child.

    A document that costs two children states nothing.

    Args:
        path: The draft.
        spec: The coder.

    Raises:
        DetenteError: As in ``run``.
    """
    _, documents = shards.read_input(path)
    work = Work(path=str(path), codings="", spec=spec)
    _through("serve_stated", work, documents, lambda _document, _lost: ())
    found = map(_STATED.decode, work.done)
    return stated.write(path, {d.id: one for d, one in zip(documents, found, strict=True)})


def _through(
    function: str,
    work: Work,
    documents: Sequence[Document],
    given_up: Callable[[Document, ReadError], object],
) -> bool:
    """Have every document done by a child; ``given_up`` says what becomes of one that costs two.

    Returns:
        Whether a child came to its end, too.
    """
    longest = max((len(document.text) for document in documents), default=0)
    limits = Limits(
        seconds=work.spec.seconds * (longest // CHARACTERS + 1),
        megabytes=work.spec.megabytes,
        start_seconds=START_SECONDS,
        doing="coding it",
    )
    losses: Counter[int] = Counter()
    while True:
        try:
            _call(function, work, limits, fresh=bool(losses))
        except ReadError as lost:
            at = len(work.done)
            losses[at] += 1
            if losses[at] == 1:
                continue
            if at == len(documents):
                return False
            outcome = given_up(documents[at], lost)
            work.done.append(msgspec.Raw(msgspec.msgpack.encode(outcome)))
        else:
            return True


def _call(function: str, work: Work, limits: Limits, *, fresh: bool) -> None:
    """Let a child do the work; what it has done so far is in ``work.done`` when it is lost."""
    argument = msgspec.msgpack.encode(work)
    for answer in child.run(f"{__name__}:{function}", argument, limits=limits, fresh=fresh):
        found = _ANSWERS.decode(answer)
        if isinstance(found, Refusal):
            raise _refused(found)
        if isinstance(found, Step):
            work.done.append(found.outcome.copy())


def serve(argument: bytes) -> Iterator[bytes]:
    """Code a shard's documents and write its files; runs in the child.

    Yields:
        ``Ready``, then a ``Step`` for each document, or one ``Refusal``.
    """
    yield from _answered(_serve, argument)


def serve_stated(argument: bytes) -> Iterator[bytes]:
    """Read what a draft's documents state of persons; runs in the child, yields as ``serve`` does."""
    yield from _answered(_serve_stated, argument)


def _answered(serve: Callable[[Work], Iterator[bytes]], argument: bytes) -> Iterator[bytes]:
    try:
        yield from serve(msgspec.msgpack.decode(argument, type=Work))
    except shards.FATAL as error:
        yield msgspec.msgpack.encode(Refusal(type(error).__name__, str(error)))


def _serve_stated(work: Work) -> Iterator[bytes]:
    _, documents, coder = _opened(work)
    yield msgspec.msgpack.encode(Ready())
    for document in documents[len(work.done) :]:
        found = msgspec.msgpack.encode(stated.of(document, coder))
        yield msgspec.msgpack.encode(Step(msgspec.Raw(found)))


def _opened(work: Work) -> tuple[shards.ShardHeader, list[Document], Any]:
    """Return a shard's header, its documents, and the coder for them."""
    from pathlib import Path

    header, documents = shards.read_input(Path(work.path))
    coder = _coder(work.spec.factory, work.spec.argument)
    ours, wanted = (coder.version, coder.configuration), (header.coder, header.configuration)
    if ours != wanted:
        raise PipelineError(
            f"the coder on this machine is {'/'.join(ours)}; the run was planned with "
            f"{'/'.join(wanted)}: install the same version, registers and model everywhere"
        )
    return header, documents, coder


def _serve(work: Work) -> Iterator[bytes]:
    from pathlib import Path

    header, documents, coder = _opened(work)
    yield msgspec.msgpack.encode(Ready())
    code = shards.begun(coder if callable(coder) else coder.code, header.roles)
    done = [_OUTCOMES.decode(outcome) for outcome in work.done]
    for document in documents[len(done) :]:
        found = shards.code_one(document, code)
        if isinstance(found, Coded):
            outcome = Outcome(coded=msgspec.structs.replace(found, text=""))
        elif found.error == shards.MEMORY:
            # What came before may have used it up: the parent tries again in a new child.
            raise MemoryError
        else:
            outcome = Outcome(failure=found)
        done.append(outcome)
        yield msgspec.msgpack.encode(Step(msgspec.Raw(msgspec.msgpack.encode(outcome))))
    found_all = [outcome.coded or outcome.failure for outcome in done]
    with explained(work.codings):
        shards.write(header, [item for item in found_all if item is not None], Path(work.codings))


@lru_cache(maxsize=1)
def _coder(factory: str, argument: bytes) -> Any:  # noqa: ANN401
    module, _, function = factory.partition(":")
    try:
        make: Callable[[bytes], Any] = getattr(importlib.import_module(module), function)
        coder = make(argument)
        coder.load()
    except shards.FATAL:
        raise
    except Exception as error:  # a fault of the set-up, which every document would meet
        reason = f"the coder cannot be made: {type(error).__name__}: {error}"
        raise PipelineError(reason) from error
    return coder


def _failure(document: Document, lost: ReadError) -> shards.Failure:
    return shards.Failure(
        document=document.id, source=document.source, error=lost.code, reason=lost.reason
    )


def _refused(refusal: Refusal) -> DetenteError:
    """Return the error that a child met, of its own kind."""
    kind = getattr(errors, refusal.error, DetenteError)
    if issubclass(kind, errors.RegisterError):
        kind = errors.InputError
    return kind(refusal.reason)


def runner(code: shards.Code | CoderSpec, codings: Path) -> Callable[[Path], Path]:
    """Return the function that codes a shard: in a child for a spec, else in this process."""
    if isinstance(code, CoderSpec):
        return partial(run, spec=code, codings=codings)
    return partial(shards.run, code=code, codings=codings)


def reader(code: shards.Code | CoderSpec) -> Callable[[Path], Path] | None:
    """Return the function that reads what a draft states of persons; None where none is shared."""
    if isinstance(code, CoderSpec):
        return partial(state, spec=code) if code.states else None
    return partial(stated.read, coder=code) if hasattr(code, "stated") else None
