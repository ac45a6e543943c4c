"""Makes a large casebook of invented documents and events, for benchmarks of what reads it.

Run: ``python benchmarks/web_casebook.py FOLDER [--documents 100000] [--events 10]``. Every document
holds as many sentences as events, one event each, and every event is an incident of its own.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from detente.casebook.book import Casebook
from detente.model import (
    Actor,
    Block,
    Channel,
    Coded,
    Document,
    DocumentRecord,
    Event,
    Place,
    document_id,
    record_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STATES = (
    "BLR USA RUS UKR POL DEU CHN LTU LVA FRA GBR KAZ TUR ITA IND JPN KOR IRN ISR EGY SRB ROU HUN CZE "
    "SWE FIN NOR EST GEO ARM AZE MDA UZB TKM KGZ TJK VNM PAK SAU ARE QAT IRQ SYR BRA VEN CUB CAN AUS"
).split()
TYPES = (
    ("CONSULT", 40), ("AGREE", 12), ("SUPPORT", 10), ("COOPERATE", 8), ("REQUEST", 8),
    ("ACCUSE", 7), ("REJECT", 5), ("AID", 3), ("SANCTION", 2), ("THREATEN", 2), ("MOBILIZE", 2),
    ("COERCE", 1),
)  # fmt: skip
INSTITUTIONS = (None, "MFA", "MFA", "HOS", "MOD", "HOG", "LEG", "ECO")
DOMAINS = (
    "diplomatic",
    "diplomatic",
    "military",
    "economic",
    "energy",
    "human_rights",
    "political",
)
STATUSES = ("actual",) * 9 + ("planned", "proposed")
PLACES = (("Minsk", "BLR", 625144, 53.9, 27.57), ("Vienna", "AUT", 2761369, 48.21, 16.37))
FIRST = date(2015, 1, 1)
DAYS = 3650
_LETTERS = "abcdefghiklmnoprstuvz"


class Maker:
    """Makes documents with their records from one seed."""

    def __init__(self, *, events: int, seed: int = 20160926) -> None:
        self.events = events
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(_LETTERS, k=7)) for _ in range(20_000)]
        self.weights = [1 / (rank + 1) for rank in range(len(STATES))]
        self.types = [name for name, count in TYPES for _ in range(count)]
        self.made: dict[str, Coded] = {}

    def documents(self, count: int, *, start: int = 0) -> Iterator[Document]:
        """Yield documents; their records wait for ``code``."""
        for number in range(start, start + count):
            yield self._document(number)

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Yield the records that were made with each document."""
        for document in documents:
            yield self.made.pop(document.id)

    def _document(self, number: int) -> Document:
        chosen = self.random
        parts = [f"Report {number} {' '.join(chosen.choices(self.words, k=5))}"]
        spans = []
        for _ in range(self.events):
            sentence = f"Talks of {' '.join(chosen.choices(self.words, k=14))}."
            start = sum(len(part) + 2 for part in parts)
            spans.append((start, start + len(sentence)))
            parts.append(sentence)
        text = "\n\n".join(parts)
        day = FIRST + timedelta(days=chosen.randrange(DAYS))
        name = document_id(text)
        blocks = [Block(kind="headline", start=0, end=len(parts[0]))]
        blocks += [Block(kind="paragraph", start=a, end=b) for a, b in spans]
        source, publisher = f"made/{number}.txt", f"Publisher {number % 40}"
        head = {"title": parts[0], "publisher": publisher, "published": day.isoformat()}
        document = Document(
            id=name, source=source, text=text, blocks=tuple(blocks), language="en", **head
        )
        self.made[name] = Coded(
            document=DocumentRecord(
                id=name, source=source, characters=len(text), sentences=len(spans) + 1, **head
            ),
            text=text,
            sentences=((0, len(parts[0])), *spans),
            records=tuple(self._event(name, n + 1, span, day) for n, span in enumerate(spans)),
        )
        return document

    def _event(self, doc: str, sentence: int, span: tuple[int, int], day: date) -> Event:
        chosen = self.random
        one = chosen.choices(STATES, self.weights)[0]
        two = one
        while two == one:
            two = chosen.choices(STATES, self.weights)[0]
        kind, when = chosen.choice(self.types), day - timedelta(days=chosen.randrange(5))
        place = chosen.choice(PLACES) if chosen.random() < 0.4 else None
        source, target = self._actor(one, span), self._actor(two, span)
        return Event(
            id=record_id("e", doc, sentence),
            doc=doc,
            sentence=sentence,
            span=span,
            type=kind,  # type: ignore[arg-type]
            domain=chosen.choice(DOMAINS),  # type: ignore[arg-type]
            status=chosen.choice(STATUSES),  # type: ignore[arg-type]
            date=when.isoformat(),
            date_precision="day",
            date_basis="text",
            source=(source,),
            target=(target,),
            channel=Channel(
                format="bilateral",
                symmetric=kind in {"CONSULT", "AGREE", "COOPERATE"},
                pairing=f"{source.institution}-{target.institution}"
                if source.institution and target.institution
                else None,
            ),
            place=None
            if place is None
            else Place(
                name=place[0], country=place[1], geonameid=place[2], lat=place[3], lon=place[4]
            ),
            confidence=0.8,
            rule="made",
            incident=record_id("i", doc, sentence),
        )

    def _actor(self, country: str, span: tuple[int, int]) -> Actor:
        institution = self.random.choice(INSTITUTIONS)
        code = country if institution is None else f"{country}.{institution}"
        return Actor(
            code=code, country=country, institution=institution, surface=code, span=span, how="made"
        )


def main() -> None:
    """Make the casebook and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=10)
    given = parser.parse_args()
    began = time.monotonic()
    maker = Maker(events=given.events)
    with Casebook.create(given.folder) as book:
        report = book.add(
            maker.documents(given.documents),
            code=maker.code,
            coder_version="made",
            configuration="made",
            progress=lambda done: sys.stderr.write(f"\r{done:,}") if done % 5000 == 0 else None,
        )
    seconds = time.monotonic() - began
    sys.stdout.write(f"{report.added:,} documents, {report.events:,} events in {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
