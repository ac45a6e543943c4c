"""Views of a casebook as it was believed at earlier times: few, and the last ones kept open.

As of a time for which nothing is derived, incidents are folded anew when a view is first asked; therefore
one that is open answers much quicker than a new one, and a large casebook refuses.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from detente.casebook.browser import Browser
from detente.errors import InputError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from detente.settings import Settings

AT_ONCE = 2
"""Views that are asked at once."""
KEPT = 3
"""Views that wait to be asked again."""
MOST = 50_000
"""Events that are folded anew for a page; about two seconds. A million would take 40 s and 5 GB."""


class Past:
    """Views of one casebook by recorded time.

    Args:
        folder: The casebook's folder.
        settings: Limits.
    """

    def __init__(self, folder: Path, *, settings: Settings) -> None:
        self._folder, self._settings = folder, settings
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._idle: OrderedDict[datetime, Browser] = OrderedDict()

    def take(self, as_of: datetime, *, seconds: float) -> Browser | None:
        """Return a view as of a time, to be given back; None where none was free in time.

        Args:
            as_of: Recorded time.
            seconds: How long to wait.

        Raises:
            InputError: It would fold more than ``MOST`` events.
        """
        if not self._free.acquire(timeout=seconds):
            return None
        try:
            with self._lock:
                found = self._idle.pop(as_of, None)
            return found or self._open(as_of)
        except BaseException:
            self._free.release()
            raise

    def _open(self, as_of: datetime) -> Browser:
        view = Browser(self._folder, settings=self._settings, as_of=as_of)
        if (count := view.folding()) > MOST:
            view.close()
            raise InputError(
                f"as of that time the incidents of {count:,} events would be folded anew, which pages do "
                f"for {MOST:,} at most: ask the command line, such as detente index A B --as-of DATE"
            )
        return view

    def give_back(self, view: Browser) -> None:
        """Take a view back; the one asked longest ago is closed."""
        spare: list[Browser] = []
        with self._lock:
            if view.as_of is None or view.as_of in self._idle:
                spare.append(view)
            else:
                self._idle[view.as_of] = view
            while len(self._idle) > KEPT:
                spare.append(self._idle.popitem(last=False)[1])
        for one in spare:
            one.close()
        self._free.release()

    def close(self) -> None:
        """Close the views that nobody asks."""
        with self._lock:
            idle = [*self._idle.values()]
            self._idle.clear()
        for view in idle:
            view.close()
