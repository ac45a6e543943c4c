"""What the texts of a run state of persons: it fills the gaps of the register at once.

A role that one document states ("Latvian envoy Ilze Ozola") says who Ozola is in all others. The
register always goes first; what it says of a person's past yields to a role stated later.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from detente.coding.actors import learned
from detente.model import Actor
from detente.registers.offices import key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from detente.coding.actors.learned import Key, Learned
    from detente.coding.types import Mention
    from detente.model import Document
    from detente.registers.entries import RejectedEntry

REACH = 365
"""Days before the first and after the last statement for which a role is believed."""
_JOINED = 6
"""Parts of a word, such as those of "Saint-Exupery's", that may together be a surname."""
_PIECE = re.compile(r"[^\W_]+")


class Taught:
    """Roles learned in one run, looked up by name and day.

    Args:
        rejected: Roles that the user does not believe.
        roles: What all texts of the run state; nothing is learned beyond it. None begins with
            nothing and learns from each document that is added.
    """

    def __init__(
        self, rejected: Iterable[RejectedEntry] = (), *, roles: Iterable[Learned] | None = None
    ) -> None:
        self._rejected = {(learned.name_key(r.person), r.code, r.institution) for r in rejected}
        self._entries: dict[Key, Learned] = {}
        self._full: dict[str, set[Key]] = {}
        self._last: dict[str, set[Key]] = {}
        for entry in roles or ():
            self._take(entry)
        self._closed = roles is not None

    def add(self, document: Document, mentions: Mapping[int, Iterable[Mention]]) -> None:
        """Learn what one document states, unless all was known from the start."""
        if not self._closed:
            for entry in learned.learn(document, mentions):
                self._take(entry)

    def _take(self, entry: Learned) -> None:
        name, code, institution, _ = entry.key
        if (name, code, institution) in self._rejected:
            return
        known = self._entries.get(entry.key)
        self._entries[entry.key] = learned.merge([known], [entry])[0] if known else entry
        self._full.setdefault(name, set()).add(entry.key)
        self._last.setdefault(surname(name), set()).add(entry.key)

    def find(self, name: str, *, day: str | None, about: Collection[str]) -> Actor | None:
        """Return who bears a name in a role that was stated around a day.

        Args:
            name: Full name, or a surname alone, which needs the country to be talked of.
            day: ISO 8601; any day where None.
            about: Codes that the text is about.
        """
        key = learned.name_key(name)
        single = " " not in key
        keys = (self._last if single else self._full).get(key, ())
        found = [entry for one in keys if _near(entry := self._entries[one], day)]
        if single:
            found = [entry for entry in found if entry.code in about]
        if not found or len({learned.name_key(entry.person) for entry in found}) > 1:
            return None
        entry = max(found, key=_weight)
        bare = entry.institution in {None, "IGO"}
        return Actor(
            code=entry.code if bare else f"{entry.code}.{entry.institution}", country=entry.code,
            institution=entry.institution, person=entry.person, role=entry.role, rank=entry.rank,
        )  # fmt: skip


def surname(name: str) -> str:
    """Return the last word of a name's key."""
    return name.rsplit(maxsplit=1)[-1] if name else ""


def surnames(text: str) -> set[str]:
    """Return the keys of all words of a text that may be a surname which ``find`` is asked for."""
    words = {word for word in text.replace(".", " ").split() if word != word.lower()}
    return {key for word in words for part in _parts(word) if (key := key_of(part))}


def _parts(word: str) -> Iterator[str]:
    """Yield what a cut into words may leave of one: "Al-Masri" and "Masri" of "(Al-Masri's"."""
    pieces = list(_PIECE.finditer(word))
    for first, start in enumerate(pieces):
        for end in pieces[first : first + _JOINED]:
            yield word[start.start() : end.end()]


def _weight(entry: Learned) -> tuple[str, int, str, str, str]:
    """The latest statement counts, then the best supported one."""
    _, code, institution, rank = entry.key
    return entry.last or "", entry.support, code, institution or "", rank or ""


def _near(entry: Learned, day: str | None) -> bool:
    if day is None or entry.first is None or entry.last is None:
        return True
    asked = date.fromisoformat(day).toordinal()
    first, last = (date.fromisoformat(one).toordinal() for one in (entry.first, entry.last))
    return first - REACH <= asked <= last + REACH
