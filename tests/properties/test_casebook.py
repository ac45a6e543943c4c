"""A casebook through any order of adding, judging, importing, packing, killing and saving."""

import tempfile
from pathlib import Path

import pytest
from casebook.conftest import Clock, add, make_document, numbered
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from detente.casebook.adding import Adder
from detente.casebook.backup import backup, restore
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.exchange import gdelt
from detente.exchange.importing import import_files
from detente.settings import Settings

SETTINGS = Settings(shard_documents=2, busy_seconds=1)


class CasebookMachine(RuleBasedStateMachine):
    """What the casebook must hold is kept beside it, in plain sets."""

    @initialize()
    def begin(self):
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name)
        self.path = self.folder / "b"
        self.documents: set[str] = set()
        self.judged: set[str] = set()
        self.imported: set[int] = set()
        self.saved = 0

    def opened(self):
        return Casebook.open(self.path, SETTINGS, create=True, clock=Clock())

    @rule(first=st.integers(0, 20), count=st.integers(1, 5))
    def adds(self, first, count):
        given = list(numbered(count, first=first))
        with self.opened() as book:
            report = add(book, given)
        new = {document.id for document in given} - self.documents
        assert report.added == len(new)
        assert report.inputs == report.added + report.known + report.empty + report.quarantined
        self.documents |= new

    @rule(first=st.integers(0, 20), count=st.integers(2, 6), dies=st.integers(0, 2))
    def is_killed_and_runs_again(self, first, count, dies):
        given = list(numbered(count, first=first))
        real = Adder._commit
        left = [dies]

        def commit(self, *values):
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return real(self, *values)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Adder, "_commit", commit)
            try:
                with self.opened() as book:
                    add(book, given)
            except KeyboardInterrupt:
                pass
        with self.opened() as book:
            add(book, given)
        self.documents |= {document.id for document in given}

    @rule()
    def quarantines(self):
        with self.opened() as book:
            report = add(book, [make_document("BLR meets POISON.", source="bad")])
        assert (report.added, report.quarantined) == (0, 1)

    @rule(which=st.integers(0, 100), verdict=st.sampled_from(["accept", "reject"]))
    def judges(self, which, verdict):
        if not self.documents:
            return
        with self.opened() as book:
            with book.view() as view:
                records = view.records()
            if records:
                chosen = records[which % len(records)].id
                book.judge(chosen, verdict, reviewer="r")
                self.judged.add(chosen)

    @rule(first=st.integers(0, 5))
    def imports(self, first):
        fields = dict.fromkeys(gdelt.V1, "")
        rows = [
            {**fields, "GLOBALEVENTID": str(n), "SQLDATE": "20160920", "EventCode": "040"}
            for n in range(first, first + 3)
        ]
        path = self.folder / "day.csv"
        path.write_text("".join("\t".join(row.values()) + "\n" for row in rows))
        with self.opened() as book:
            import_files(book, "gdelt", [path])
        self.imported |= set(range(first, first + 3))

    @rule()
    def compacts(self):
        with self.opened() as book:
            book.compact()

    @rule()
    def saves_and_restores(self):
        if not self.path.exists():
            return
        self.saved += 1
        out = self.folder / f"saved{self.saved}"
        backup(self.path, out, settings=SETTINGS)
        restore(out, self.path, replace=True, settings=SETTINGS)

    @invariant()
    def holds_what_was_acknowledged(self):
        if not hasattr(self, "path") or not self.path.exists():
            return
        assert [p for p in verify(self.path) if p.code != "litter"] == []
        with Casebook.open(self.path, SETTINGS, read_only=True) as book, book.view() as view:
            assert {row["id"] for row in view.documents().to_pylist()} == self.documents
            assert view.counts().imported == len(self.imported)
            assert {j.record for j in view.judgements()} == self.judged

    def teardown(self):
        if hasattr(self, "place"):
            self.place.cleanup()


CasebookMachine.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
TestCasebook = pytest.mark.slow(CasebookMachine.TestCase)
