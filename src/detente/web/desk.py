"""Where the pages read: a few open views of one casebook, with a time limit and a memory.

A view serves one request at a time; ``Desk.view`` hands out a free one. Answers are remembered until
what they rest on changes. What this server or a reviewer changed shows at once; what another process
added shows a little later, the later the more an answer costs: until then the last one stands, says of
when it is, and a new one is made beside.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, TypeVar

from detente.casebook.browser import Browser
from detente.errors import DetenteError
from detente.settings import Settings
from detente.web.past import Past

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence
    from datetime import datetime

    from detente.casebook.browser import Stamp

T = TypeVar("T")
Page = tuple[bytes, str]
"""A page as it is sent, and its entity tag."""

AGAIN = 0.1
"""Seconds between two attempts to stop a question that takes too long."""
READERS = 4
"""Views open at once; each holds a DuckDB of its own."""
COUNTING = 20.0
"""Seconds that counting a relation or a country may take, and that a request waits for a free view."""
REMEMBERED = 2_000
"""Answers that are kept."""


PAGES = 500
"""Pages that are kept as they were sent."""
FRESH = 20.0
"""Seconds for which an answer may always stand after another process changed the casebook."""
PATIENCE = 250.0
"""An answer is made again once it is as many times older than what making it took; it stands at most
three times as long. One that takes 0.1 s is made again after 25 s."""
OLDEST = 600.0
"""Seconds for which no answer stands longer."""
AS_OF: ContextVar[float | None] = ContextVar("as_of", default=None)
"""When the oldest answer was made that this request has used, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer, the state it was made from, and how often this server had changed the casebook.

    Attributes:
        stamp: What reviews it rests on, and what else.
        made: When it was made, on a clock that only runs forward.
        cost: Seconds that it took.
        when: When it was made, in seconds since 1970.
    """

    answer: object
    stamp: Stamp
    epoch: int
    made: float
    cost: float
    when: float

    def age(self) -> float:
        return time.monotonic() - self.made

    def stands(self, stamp: Stamp, epoch: int) -> bool:
        """Whether it may be given although others have added documents since."""
        longest = min(OLDEST, max(FRESH, 3 * PATIENCE * self.cost))
        return self.stamp[0] == stamp[0] and self.epoch == epoch and self.age() < longest

    def due(self) -> bool:
        """Whether it is old enough to be made again."""
        return self.age() >= min(OLDEST / 2, PATIENCE * self.cost)


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
        self._past = Past(self.folder, settings=self.settings)
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()
        self._pages: OrderedDict[Hashable, tuple[object, float | None, Page]] = OrderedDict()
        self._gates: dict[Hashable, threading.Lock] = {}
        self._waiting: set[Hashable] = set()
        self._late: set[Browser] = set()
        self._renewer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="renewer")
        self._epoch = 0
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def view(
        self, *, limited: bool = True, counting: bool = False, as_of: datetime | None = None
    ) -> Iterator[Browser]:
        """Hand out a free view.

        Args:
            limited: Whether what is asked of it is stopped when it takes too long; a stream is not.
            counting: Whether it counts what is there of a relation or a country, which is bounded and is
                remembered: then it may take ``COUNTING`` seconds.
            as_of: Recorded time up to which the casebook is believed, None for now; folding incidents
                anew counts as counting.

        Raises:
            SlowQuestionError: None was free in time, or the question took too long.
            InputError: So many incidents as of a time are not folded anew for a page.
        """
        limit = max(self.settings.web_seconds, COUNTING if counting or as_of else 0.0)
        view = self._take(as_of)
        stopper = _stopped_after(limit, view, self._late) if limited else nullcontext()
        try:
            with stopper:
                yield view
        except DetenteError:
            if view in self._late:
                raise SlowQuestionError(_too_slow(limit)) from None
            raise
        except Exception as error:
            if view in self._late:
                raise SlowQuestionError(_too_slow(limit)) from error
            raise
        finally:
            self._late.discard(view)
            if as_of is not None:
                self._past.give_back(view)
            elif self._closed:
                view.close()
            else:
                self._views.put(view)

    def _take(self, as_of: datetime | None) -> Browser:
        """Return a free view."""
        try:
            if as_of is None:
                return self._views.get(timeout=COUNTING)
            view = self._past.take(as_of, seconds=COUNTING)
        except Empty:
            view = None
        if view is None:
            raise SlowQuestionError(f"all readers were busy for {COUNTING:g} s; try again")
        return view

    def remember(
        self,
        view: Browser,
        key: Hashable,
        make: Callable[[Browser], T],
        *,
        parties: Sequence[str] | None = None,
    ) -> T:
        """Return the answer to a question, remembered until what it rests on changes.

        Args:
            view: The view of this request.
            key: What is asked.
            make: Answers it.
            parties: What the answer rests on, as ``Browser.stamp`` takes it.
        """
        stamp = view.stamp(parties)
        key = key if view.as_of is None else ("as of", view.as_of, key)
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.stamp == stamp:
                self._known.move_to_end(key)
                return known.answer  # type: ignore[return-value]
            if known is not None and view.as_of is None and known.stands(stamp, self._epoch):
                if known.due():
                    self._renew(key, make, parties)
                _note(known.when)
                return known.answer  # type: ignore[return-value]
            gate = self._gates.setdefault(key, threading.Lock())
        with gate:
            known = self._known.get(key)
            if known is not None and known.stamp == stamp:
                return known.answer  # type: ignore[return-value]
            try:
                return self._make(view, key, make, stamp)
            except Exception:
                if parties and view in self._late and view.as_of is None:
                    with self._lock:
                        self._renew(key, make, parties)
                raise

    def known(self, key: Hashable) -> tuple[object, Stamp, float] | None:
        """Return a remembered answer with what it rests on and the seconds that it took, if any."""
        with self._lock:
            known = self._known.get(key)
        return None if known is None else (known.answer, known.stamp, known.cost)

    def recall(self, key: Hashable, answer: object, stamp: Stamp, cost: float) -> None:
        """Remember an answer that was made before and rests on what is there now."""
        with self._lock:
            now = (time.monotonic(), cost, time.time())
            self._known[key] = _Known(answer, stamp, self._epoch, *now)

    def beside(self, work: Callable[[], object]) -> None:
        """Have something done in the background, after what waits there already."""
        self._renewer.submit(work)

    def rendered(self, key: Hashable, content: object, make: Callable[[], Page]) -> Page:
        """Return a page made of some content, kept as long as the content is the very same."""
        when = AS_OF.get()
        with self._lock:
            known = self._pages.get(key)
            if known is not None and known[0] is content and known[1] == when:
                self._pages.move_to_end(key)
                return known[2]
        body = make()
        with self._lock:
            self._pages[key] = (content, when, body)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return body

    def changed(self) -> None:
        """Note that this server changed more than reviews: nothing remembered stands any more."""
        with self._lock:
            self._epoch += 1

    def _make(self, view: Browser, key: Hashable, make: Callable[[Browser], T], stamp: Stamp) -> T:
        epoch, began, when = self._epoch, time.monotonic(), time.time()
        answer = make(view)
        with self._lock:
            took = time.monotonic() - began
            self._known[key] = _Known(answer, stamp, epoch, began, took, when)
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

    @property
    def closed(self) -> bool:
        """Whether nothing more should be begun."""
        return self._closed

    def close(self) -> None:
        """Release the files."""
        self._closed = True
        self._renewer.shutdown(wait=True, cancel_futures=True)
        self._past.close()
        while True:
            try:
                self._views.get_nowait().close()
            except Empty:
                return


@contextmanager
def _stopped_after(seconds: float, view: Browser, late: set[Browser]) -> Iterator[None]:
    """Interrupt what is asked of a view once it takes longer, until it ends; note it in ``late``."""
    done, guard = threading.Event(), threading.Lock()

    def stop() -> None:
        late.add(view)
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


def _note(when: float) -> None:
    """Remember when the oldest answer of this request was made."""
    known = AS_OF.get()
    AS_OF.set(when if known is None else min(known, when))


def _too_slow(limit: float) -> str:
    return (
        f"the question took over {limit:g} s and was stopped; what a page of a relation, a country or an "
        "actor needs is made ready meanwhile: try again in a few seconds, or narrow the question"
    )
