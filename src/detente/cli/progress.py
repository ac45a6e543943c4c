"""Progress on standard error, only where a person looks."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def counting(what: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show how many inputs are done, the rate and the time; silent when piped or quiet.

    Args:
        what: What is going on, such as ``Adding``.
        quiet: Show nothing.

    Yields:
        A function to call with the number done so far.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _done: None
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
        task = bar.add_task(what, total=None, rate="")

        def advance(done: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, rate=f"{speed:,.1f}/s" if speed else "")

        yield advance


_EVERY_SECONDS = 60.0
"""Where no person looks, such as in a log, a line is written so often."""


@contextmanager
def measuring(what: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show how many of all documents are done, the rate and the time left.

    On a terminal it is a bar; elsewhere a line a minute.

    Args:
        what: What is going on, such as ``Coding``.
        quiet: Show nothing.

    Yields:
        A function to call with the number done and the number there is.
    """
    if quiet:
        yield lambda _done, _total: None
    elif sys.stderr.isatty():
        with _bar(what) as advance:
            yield advance
    else:
        yield _Lines(what).advance


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
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
        task = bar.add_task(what, total=None, rate="")
        pace = Pace()

        def advance(done: int, total: int) -> None:
            rate = pace.rate(done)
            bar.update(task, completed=done, total=total, rate=f"{rate:,.1f}/s" if rate else "")

        yield advance


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

    def __init__(self, what: str) -> None:
        self._what = what
        self._pace = Pace()
        self._next = time.monotonic() + _EVERY_SECONDS

    def advance(self, done: int, total: int) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY_SECONDS
        left = self._pace.seconds_left(done, total)
        sys.stderr.write(
            f"{self._what}: {done:,} of {total:,} documents, {self._pace.rate(done):,.1f}/s, "
            f"about {left / 60:,.0f} min left\n"
        )
