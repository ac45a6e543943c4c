"""Progress on standard error, only where a person looks."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress


@contextmanager
def counting(*stages: str, quiet: bool) -> Iterator[tuple[Callable[[int], None], ...]]:
    """Show how many inputs are done, the rate and the time; silent when piped or quiet.

    Args:
        stages: What is going on, one after the other, such as ``Reading``, ``Adding``.
        quiet: Show nothing.

    Yields:
        For each stage a function to call with the number done so far.
    """
    if quiet or not sys.stderr.isatty():
        yield tuple(_shown_to_nobody for _ in stages)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f} documents"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield tuple(_stage(bar, what) for what in stages)


def _shown_to_nobody(_done: int) -> None: ...


def _stage(bar: Progress, what: str) -> Callable[[int], None]:
    """Return how a stage is told, in a line of its own from its first input on."""
    task = bar.add_task(what, total=None, rate="", visible=False, start=False)
    pace: list[Pace] = []

    def advance(done: int) -> None:
        if not pace:
            pace.append(Pace())
            bar.start_task(task)
        bar.update(task, completed=done, visible=True, rate=f"{pace[0].rate(done):,.1f}/s")

    return advance


_EVERY_SECONDS = 60.0
"""Where no person looks, such as in a log, a line is written so often."""


Measured = tuple["Callable[[int], None]", "Callable[[int, int], None]"]
"""What is called with the number read so far, and with the number done and the number there is."""


@contextmanager
def measuring(
    reading: str, what: str, *, quiet: bool, unit: str = "documents"
) -> Iterator[Measured]:
    """Show how many documents are read, then how many of all are done, the rate and the time left.

    On a terminal it is a bar; elsewhere a line a minute.

    Args:
        reading: What goes on before the number of documents is known, such as ``Reading``.
        what: What is going on then, such as ``Coding``.
        quiet: Show nothing.
        unit: What is counted then.
    """
    if quiet:
        yield _shown_to_nobody, lambda _done, _total: None
    elif sys.stderr.isatty():
        with _bar(reading, what) as measured:
            yield measured
    else:
        yield _Lines(reading).count, _Lines(what, unit).advance


@contextmanager
def reading_first(
    reading: str, what: str, *, quiet: bool
) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """Show work that reads all its inputs before it deals with them; see ``measuring``.

    Yields:
        What is called with the number read so far, and with the number dealt with so far.
    """
    with measuring(reading, what, quiet=quiet) as (read, advance):
        known = 0

        def count(number: int) -> None:
            nonlocal known
            known = number
            read(number)

        yield count, lambda done: advance(done, max(known, done))


@contextmanager
def _bar(reading: str, what: str) -> Iterator[Measured]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        read = _stage(bar, reading)
        code = _stage(bar, what)
        last = bar.task_ids[-1]

        def advance(done: int, total: int) -> None:
            bar.update(last, total=total)
            code(done)

        yield read, advance


class Pace:
    """How fast work goes, from when it began."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def rate(self, done: int) -> float:
        """Return documents a second."""
        return done / max(time.monotonic() - self._began, 1e-6)

    def seconds_left(self, done: int, total: int) -> float:
        """Return the seconds that the rest will take at this pace."""
        return (total - done) / max(self.rate(done), 1e-6)


class _Lines:
    """Writes a line now and then."""

    def __init__(self, what: str, unit: str = "documents") -> None:
        self._what, self._unit = what, unit
        self._pace: Pace | None = None
        self._next = time.monotonic() + _EVERY_SECONDS

    def count(self, done: int) -> None:
        """Tell how many are done of a number that is not known."""
        pace = self._due()
        if pace is not None:
            rate = pace.rate(done)
            sys.stderr.write(f"{self._what}: {done:,} documents, {rate:,.1f}/s\n")

    def advance(self, done: int, total: int) -> None:
        """Tell how many of all are done."""
        pace = self._due()
        if pace is not None:
            left = pace.seconds_left(done, total)
            sys.stderr.write(
                f"{self._what}: {done:,} of {total:,} {self._unit}, {pace.rate(done):,.1f}/s, "
                f"about {left / 60:,.0f} min left\n"
            )

    def _due(self) -> Pace | None:
        """Return the pace where it is time for a line."""
        if self._pace is None:
            self._pace = Pace()
        if time.monotonic() < self._next:
            return None
        self._next = time.monotonic() + _EVERY_SECONDS
        return self._pace
