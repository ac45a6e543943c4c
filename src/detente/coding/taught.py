"""What the texts of one run have taught so far: it fills the gaps of the register at once.

A role that one document states ("Latvian envoy Ilze Ozola") says who Ozola is in the next. The
register always goes first; what it says of a person's past yields to a role stated later.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from detente.coding import learned, sentences
from detente.model import Actor
from detente.registers.offices import key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from detente.coding.actors import Resolver
    from detente.coding.learned import Key, Learned
    from detente.coding.mentions import Scanner
    from detente.coding.types import Mention
    from detente.model import Document
    from detente.registers.entries import RejectedEntry

REACH = 365
"""Days before the first and after the last statement for which a role is believed."""


class Taught:
    """Roles learned in one run, looked up by name and day.

    Args:
        rejected: Roles that the user does not believe.
    """

    def __init__(self, rejected: Iterable[RejectedEntry] = ()) -> None:
        self._rejected = {(learned.name_key(r.person), r.code, r.institution) for r in rejected}
        self._closed = False
        self._entries: dict[Key, Learned] = {}
        self._full: dict[str, set[Key]] = {}
        self._last: dict[str, set[Key]] = {}

    def add(self, document: Document, mentions: Mapping[int, Iterable[Mention]]) -> None:
        """Learn what one document states; nothing after ``read``."""
        if self._closed:
            return
        for entry in learned.learn(document, mentions):
            name, code, institution, _ = entry.key
            if (name, code, institution) in self._rejected:
                continue
            known = self._entries.get(entry.key)
            self._entries[entry.key] = learned.merge([known], [entry])[0] if known else entry
            self._full.setdefault(name, set()).add(entry.key)
            self._last.setdefault(name.rsplit(maxsplit=1)[-1], set()).add(entry.key)

    def read(self, documents: Iterable[Document], *, scanner: Scanner, resolver: Resolver) -> None:
        """Learn what the words of documents state, without a parse, and nothing after that."""
        for document in documents:
            cut = sentences.split(document)
            offsets = [(sentence.start, sentence.end) for sentence in cut]
            hits = scanner.scan(document.text)
            self.add(document, resolver.stated(document, hits, offsets))
        self._closed = True

    def find(self, name: str, *, day: str | None, about: Collection[str]) -> Actor | None:
        """Return who bears a name in a role that was stated around a day.

        Args:
            name: Full name, or a surname alone, which needs the country to be talked of.
            day: ISO 8601; any day where None.
            about: Codes that the text is about.
        """
        key = " ".join(key_of(word) for word in name.replace(".", " ").split())
        single = " " not in key
        keys = (self._last if single else self._full).get(key, ())
        found = [entry for one in keys if _near(entry := self._entries[one], day)]
        if single:
            found = [entry for entry in found if entry.code in about]
        if not found or len({learned.name_key(entry.person) for entry in found}) > 1:
            return None
        entry = max(found, key=lambda one: (one.last or "", one.support, one.key[1:3]))
        bare = entry.institution in {None, "IGO"}
        return Actor(
            code=entry.code if bare else f"{entry.code}.{entry.institution}", country=entry.code,
            institution=entry.institution, person=entry.person, role=entry.role, rank=entry.rank,
        )  # fmt: skip


def _near(entry: Learned, day: str | None) -> bool:
    if day is None or entry.first is None or entry.last is None:
        return True
    asked = date.fromisoformat(day).toordinal()
    first, last = (date.fromisoformat(one).toordinal() for one in (entry.first, entry.last))
    return first - REACH <= asked <= last + REACH
