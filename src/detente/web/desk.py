"""Where the pages read: a few open views of one casebook, with a time limit and a memory.

A view serves one request at a time; ``Desk.view`` hands out a free one. Answers are remembered until
the casebook changes, and a few seconds longer where another process changed it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, TypeVar

from detente.casebook.browser import Browser
from detente.errors import DetenteError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

T = TypeVar("T")

AGAIN = 0.1
"""Seconds between two attempts to stop a question that takes too long."""
READERS = 4
"""Views open at once; each holds a DuckDB of its own."""
REMEMBERED = 2_000
"""Answers that are kept."""


PAGES = 500
"""Pages that are kept as they were sent."""
FRESH = 20.0
"""Seconds for which an answer stands after another process changed the casebook."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer, the state it was made from, how often this server had changed it, and when."""

    answer: object
    stamp: Hashable
    epoch: int
    made: float

    def age(self) -> float:
        return time.monotonic() - self.made


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
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()
        self._pages: OrderedDict[Hashable, tuple[object, bytes]] = OrderedDict()
        self._gates: dict[Hashable, threading.Lock] = {}
        self._waiting: set[Hashable] = set()
        self._renewer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="renewer")
        self._epoch = 0
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

    def remember(
        self,
        view: Browser,
        key: Hashable,
        make: Callable[[Browser], T],
        *,
        parties: Sequence[str] | None = None,
    ) -> T:
        """Return the answer to a question, remembered until what it rests on changes.

        What this server changes itself shows at once. What another process adds shows within
        ``FRESH`` seconds: until then the last answer stands, and a newer one is made beside.

        Args:
            view: The view of this request.
            key: What is asked.
            make: Answers it.
            parties: What the answer rests on, as ``Browser.stamp`` takes it.
        """
        stamp = view.stamp(parties)
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.stamp == stamp:
                self._known.move_to_end(key)
                return known.answer  # type: ignore[return-value]
            if known is not None and known.epoch == self._epoch and known.age() < FRESH:
                self._renew(key, make, parties)
                return known.answer  # type: ignore[return-value]
            gate = self._gates.setdefault(key, threading.Lock())
        with gate:
            known = self._known.get(key)
            if known is not None and known.stamp == stamp:
                return known.answer  # type: ignore[return-value]
            return self._make(view, key, make, stamp)

    def beside(self, work: Callable[[], object]) -> None:
        """Have something done in the background, after what waits there already."""
        self._renewer.submit(work)

    def rendered(self, key: Hashable, content: object, make: Callable[[], bytes]) -> bytes:
        """Return a page made of some content, kept as long as the content is the very same."""
        with self._lock:
            known = self._pages.get(key)
            if known is not None and known[0] is content:
                self._pages.move_to_end(key)
                return known[1]
        body = make()
        with self._lock:
            self._pages[key] = (content, body)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return body

    def changed(self) -> None:
        """Note that this server changed the casebook: nothing remembered stands any more."""
        with self._lock:
            self._epoch += 1

    def _make(
        self, view: Browser, key: Hashable, make: Callable[[Browser], T], stamp: Hashable
    ) -> T:
        epoch = self._epoch
        answer = make(view)
        with self._lock:
            self._known[key] = _Known(answer, stamp, epoch, time.monotonic())
            self._known.move_to_end(key)
            self._gates.pop(key, None)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return answer

    def _renew(
        self, key: Hashable, make: Callable[[Browser], object], parties: Sequence[str] | None
    ) -> None:
        """Have an answer made again beside, once; the lock is held."""
        if key not in self._waiting and not self._closed:
            self._waiting.add(key)
            self._renewer.submit(self._renew_one, key, make, parties)

    def _renew_one(
        self, key: Hashable, make: Callable[[Browser], object], parties: Sequence[str] | None
    ) -> None:
        try:
            with self.view(limited=False) as view:
                self._make(view, key, make, view.stamp(parties))
        except DetenteError:
            with self._lock:
                self._known.pop(key, None)
        finally:
            with self._lock:
                self._waiting.discard(key)

    def close(self) -> None:
        """Release the files."""
        self._closed = True
        self._renewer.shutdown(wait=True, cancel_futures=True)
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
