"""A small hand-made file on Belarus and the United States."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from detente.brief.select import Source
from detente.model import Actor, Channel, Event, Place

MAKEI = Actor(
    code="BLR.MFA", country="BLR", institution="MFA", person="Vladimir Makei",
    role="Foreign Minister", rank="minister",
)  # fmt: skip
CARPENTER = Actor(
    code="USA.MOD", country="USA", institution="MOD", person="Michael Carpenter",
    role="Deputy Assistant Secretary of Defense", rank="deputy assistant secretary",
)  # fmt: skip
BLR_MOD = Actor(code="BLR.MOD", country="BLR", institution="MOD")
USA_MOD = Actor(code="USA.MOD", country="USA", institution="MOD")
BLR = Actor(code="BLR", country="BLR")
USA = Actor(code="USA", country="USA")


@dataclass
class Shelf:
    """A library in memory: id to (source, sentences)."""

    documents: dict[str, tuple[Source, tuple[str, ...]]] = field(default_factory=dict)

    def add(self, name, published, *sentences, publisher="Example Wire", cluster="", title=""):
        source = Source(
            id=name, title=title or f"Report {name}", publisher=publisher, published=published,
            source=f"{name}.txt", cluster=cluster or name,
        )  # fmt: skip
        self.documents[name] = (source, sentences)

    def source(self, document):
        return self.documents[document][0]

    def quote(self, document, sentence):
        return self.documents[document][1][sentence]

    def passage(self, document, start, end):
        return " ".join(self.documents[document][1])[start:end]


def event(name, doc, sentence, **values):
    given = {
        "id": name, "doc": doc, "sentence": sentence, "span": (0, 1), "type": "CONSULT",
        "date_precision": "day", "date_basis": "text", "domain": "military", "confidence": 0.9,
        "incident": name,
    }  # fmt: skip
    return Event(**(given | values))


@pytest.fixture
def shelf():
    shelf = Shelf()
    shelf.add(
        "a", "2016-09-21", "Makei in New York",
        "Mr Makei sat down with Mr Carpenter in New York on Tuesday.",
        "They spoke of a dialogue between the two armies.",
    )  # fmt: skip
    shelf.add(
        "b", "2016-09-25", "A meeting in New York",
        "On 21 September the Belarusian minister met the Pentagon's Michael Carpenter.",
        publisher="Minsk Desk", title="A <b>bold</b> *meeting*",
    )  # fmt: skip
    shelf.add(
        "c", "2016-10-21", "A plan",
        "Both defence ministries signed a plan of military cooperation for 2017 on Thursday.",
    )  # fmt: skip
    shelf.add("d", "2016-03-30", "A visit", "Mr Carpenter came to Minsk & <script>left</script>.")
    shelf.add("e", "2015-12-10", "A call", "The two ministries talked by telephone.")
    return shelf


@pytest.fixture
def events():
    both = {"source": (MAKEI,), "target": (CARPENTER,)}
    new_york = Place(name="New York", country="USA", geonameid=5128581)
    symmetric = Channel(format="third-party", pairing="MFA-MOD", symmetric=True)
    meet = {"rule": "consult/meet", "incident": "i1", "channel": symmetric, **both}
    ministries = {"source": (BLR_MOD,), "target": (USA_MOD,)}
    return [
        event("e1", "a", 1, date="2016-09-20", place=new_york, **meet),
        event("e2", "b", 1, date="2016-09-21", **meet),
        event("e3", "a", 2, date="2016-09-20", type="AGREE", status="proposed", incident="i2",
              source=(BLR,), target=(USA,)),
        event("e4", "c", 1, date="2016-10-20", type="SUPPORT", rule="support/sign", incident="i3",
              place=Place(name="Washington", country="USA"), **ministries),
        event("e5", "d", 1, date="2016-03-28", date_end="2016-03-30", mode="visit", incident="i4",
              rule="consult/visit", source=(CARPENTER,), target=(BLR_MOD,)),
        event("e6", "e", 1, date="2015-12-08", mode="phone", incident="i5", rule="consult/phone",
              **ministries),
        event("e7", "c", 1, date="2016-10-20", incident="i6", source=(BLR,),
              target=(Actor(code="POL", country="POL"),)),
    ]  # fmt: skip
