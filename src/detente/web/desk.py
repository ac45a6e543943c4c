"""Where the pages read: a few open views of one casebook, with a time limit and a memory.

A view serves one request at a time; ``Desk.view`` hands out a free one. What is remembered is
remembered for one state of the casebook: a new shard or judgement makes it forgotten.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import contextmanager, nullcontext
from pathlib import Path
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, TypeVar

from detente.casebook.browser import Browser
from detente.errors import DetenteError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

T = TypeVar("T")

AGAIN = 0.1
"""Seconds between two attempts to stop a question that takes too long."""
READERS = 4
"""Views open at once; each holds a DuckDB of its own."""
REMEMBERED = 2_000
"""Answers that are kept."""


class SlowQuestionError(DetenteError):
    """A question was stopped because it took too long, or no reader was free in time."""

    status = 503


class Desk:
    """Open views of a casebook.

    Args:
        folder: The casebook's folder.
        settings: Limits.
        readers: How many views are open at once.

    Raises:
        CasebookError: There is no casebook, or it is newer than the program.
    """

    def __init__(
        self, folder: Path | str, *, settings: Settings | None = None, readers: int = READERS
    ) -> None:
        self.folder = Path(folder)
        self.settings = settings or Settings()
        self._views: LifoQueue[Browser] = LifoQueue()
        for _ in range(readers):
            self._views.put(Browser(self.folder, settings=self.settings))
        self._known: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def view(self, *, limited: bool = True) -> Iterator[Browser]:
        """Hand out a free view.

        Args:
            limited: Whether what is asked of it is stopped when it takes too long; a stream is not.

        Raises:
            SlowQuestionError: None was free in time, or the question took too long.
        """
        limit = self.settings.web_seconds
        try:
            view = self._views.get(timeout=limit)
        except Empty as error:
            raise SlowQuestionError(f"all readers were busy for {limit:g} s; try again") from error
        late = threading.Event()
        stopper = _stopped_after(limit, view, late) if limited else nullcontext()
        try:
            with stopper:
                yield view
        except DetenteError:
            if late.is_set():
                raise SlowQuestionError(_too_slow(limit)) from None
            raise
        except Exception as error:
            if late.is_set():
                raise SlowQuestionError(_too_slow(limit)) from error
            raise
        finally:
            if self._closed:
                view.close()
            else:
                self._views.put(view)

    def remember(self, key: Hashable, stamp: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for a key in this state, or make it.

        Args:
            key: What was asked.
            stamp: State of what the answer rests on.
            make: Makes the answer.
        """
        whole = (key, stamp)
        with self._lock:
            if whole in self._known:
                self._known.move_to_end(whole)
                return self._known[whole]  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._known[whole] = made
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return made

    def close(self) -> None:
        """Release the files."""
        self._closed = True
        while True:
            try:
                self._views.get_nowait().close()
            except Empty:
                return


@contextmanager
def _stopped_after(seconds: float, view: Browser, late: threading.Event) -> Iterator[None]:
    """Interrupt what is asked of a view once it takes longer, until it ends; note that in ``late``."""
    done, guard = threading.Event(), threading.Lock()

    def stop() -> None:
        late.set()
        while not done.wait(AGAIN):  # again and again: between two queries one would be lost
            with guard:
                if not done.is_set():
                    view.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with guard:
            done.set()


def _too_slow(limit: float) -> str:
    return f"the question took over {limit:g} s and was stopped; narrow it to a shorter period"
