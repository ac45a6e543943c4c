"""A coder that shares what documents state: "envoy Ilze Ozola of LVA." says who "Ozola met." is."""

import os
import re
import signal
from functools import partial

import msgspec

from detente.coding.actors.learned import Evidence, Learned
from detente.coding.actors.taught import Taught
from detente.model import Coded, DocumentRecord, Event, record_id

STATED = re.compile(r"(\w+) ([\w-]+ [\w-]+) of (\w{3})\.")
NAMED = re.compile(r"([\w-]+) met\.")


class StatingCoder:
    version = "1"

    def __init__(self, configuration="cfg", heard=None):
        self.configuration = configuration
        self.heard = heard

    def load(self):
        pass

    def stated(self, document):
        if self.heard is not None:
            self.heard.append(document.id)
        if "SEGV" in document.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "RAISE" in document.text:
            raise ValueError
        return tuple(
            Learned(
                person=found[2], code=found[3], institution="EMB", role=found[1], rank="envoy",
                first=document.published, last=document.published, support=1,
                evidence=(Evidence(doc=document.id, span=found.span(), surface=found[0],
                                   date=document.published),),
            )
            for found in STATED.finditer(document.text)
        )  # fmt: skip

    def begin(self, roles):
        return partial(self.code, taught=Taught(roles=roles))

    def __call__(self, documents):
        return self.code(documents)

    def code(self, documents, taught=None):
        for document in documents:
            yield Coded(
                document=DocumentRecord(
                    id=document.id, source=document.source, published=document.published,
                    characters=len(document.text), sentences=1,
                ),
                sentences=((0, len(document.text)),),
                records=tuple(self._events(document, taught or Taught())),
            )  # fmt: skip

    def _events(self, document, taught):
        for found in NAMED.finditer(document.text):
            actor = taught.find(found[1], day=document.published, about={"LVA", "POL"})
            if actor is not None:
                yield Event(
                    id=record_id("e", document.id, found.start()), doc=document.id, sentence=0,
                    span=found.span(), type="CONSULT", rule="test", source=(actor,),
                )  # fmt: skip


def make(argument):
    return StatingCoder(msgspec.msgpack.decode(argument))
