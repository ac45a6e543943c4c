"""What any document of a run states of persons is known to all, however the run is cut and run."""

import random
from pathlib import Path

import apsw
import msgspec
import pytest

from casebook.conftest import Clock, make_document
from casebook.stating_coder import StatingCoder
from detente.casebook.book import Casebook
from detente.casebook.corpus import Corpus
from detente.casebook.finished import Finished
from detente.casebook.supervised import CoderSpec
from detente.casebook.verify import verify
from detente.coding.actors.taught import surnames
from detente.engine import Processes, Serial, child
from detente.settings import Settings

MADE = ("1", "cfg")


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    child.close_all()


def documents():
    """Thirty documents, the stated roles in every fifth, spelt in two ways and of three days."""
    found = []
    for number in range(30):
        name = ("Ozola", "Kalnins", "Rasa-Kempe")[number % 3]
        if number % 5:
            text = f"Note {number}. {name} met."
        else:
            first = "Ilze" if number % 2 else "ILZE"
            role = ("envoy", "Envoy")[number % 4 > 1]
            text = f"Note {number}. {role} {first} {name} of {('LVA', 'POL')[number % 7 == 0]}."
        day = f"2016-0{number % 3 + 1}-10"
        found.append(make_document(text, source=f"{number}.txt", published=day))
    return found


def spec():
    return CoderSpec(
        factory="casebook.stating_coder:make", argument=msgspec.msgpack.encode("cfg"),
        seconds=5.0, megabytes=2_000, states=True,
    )  # fmt: skip


def backing(name):
    return (Serial(), StatingCoder()) if name == "serial" else (Processes(2), spec())


def lines(records):
    """Records as JSON, without the incident, which a casebook folds over all of them."""
    bare = (msgspec.structs.replace(record, incident=None) for record in records)
    return sorted(map(msgspec.json.encode, bare))


class Stopped(Exception):
    """What ends a run in its middle."""


def stop(number):
    """Return a callback that ends a run once so many inputs are done."""

    def told(done):
        if done >= number:
            raise Stopped

    return told


def added(path, given, size, *, name="serial", code=None, **told):
    backend, coder = backing(name)
    with Casebook.open(
        path, Settings(shard_documents=size, busy_seconds=1), create=True, clock=Clock()
    ) as book:
        report = book.add(
            given, code=code or coder, coder_version="1", configuration="cfg", backend=backend,
            **told,
        )  # fmt: skip
        with book.view() as view:
            return report, lines(view.records())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    _, found = added(tmp_path_factory.mktemp("whole") / "b", documents(), 500)
    assert len(found) == 24
    return found


@pytest.mark.parametrize("name", ["serial", "processes"])
@pytest.mark.parametrize("size", [1, 7, 500])
def test_records_do_not_depend_on_shards_engines_and_order(tmp_path, whole, size, name):
    given = documents()
    random.Random(size).shuffle(given)
    _, found = added(tmp_path / "b", given, size, name=name)
    assert found == whole
    assert verify(tmp_path / "b") == []


@pytest.mark.parametrize("name", ["serial", "processes"])
@pytest.mark.parametrize("size", [1, 7, 500])
def test_a_corpus_run_gives_the_same(tmp_path, whole, size, name):
    given = documents()
    random.Random(size).shuffle(given)
    backend, code = backing(name)
    settings = Settings(shard_documents=size, busy_seconds=1)
    corpus = Corpus(tmp_path / "run", settings, coder=MADE)
    read = []
    with corpus.held():
        before = corpus.preview(lambda: given, sources="s", code=code, backend=backend)
        plan = corpus.plan(
            lambda: given, sources="s", code=code, backend=backend, preparing=read.append
        )
        assert before == plan
        assert read == list(range(1, 31))
        corpus.run(plan, code, backend=backend)
        assert not list((tmp_path / "run").rglob(".tmp-*"))
    finished = Finished(tmp_path / "run")
    coded = finished.code(finished.documents())
    assert lines(record for one in coded for record in one.records) == whole


@pytest.mark.parametrize(("stage", "known"), [("progress", 14), ("preparing", 0)])
def test_a_run_that_stops_goes_on_with_the_same_roles(tmp_path, whole, stage, known):
    with pytest.raises(Stopped):
        added(tmp_path / "b", documents(), 7, **{stage: stop(14)})
    report, found = added(tmp_path / "b", documents(), 7)
    assert (report.added, report.known) == (30 - known, known)
    assert found == whole
    assert verify(tmp_path / "b") == []
    assert not list((tmp_path / "b" / "work").iterdir())


def test_a_second_run_reads_nothing(tmp_path, whole):
    added(tmp_path / "b", documents(), 7)
    heard = []
    report, found = added(tmp_path / "b", documents(), 7, code=StatingCoder(heard=heard))
    assert (report.added, report.shards, heard) == (0, 0, [])
    assert found == whole


def test_what_earlier_runs_read_stays_known(tmp_path):
    _, first = added(tmp_path / "b", [make_document("envoy Ilze Ozola of LVA.")], 4)
    _, second = added(tmp_path / "b", [make_document("Ozola met.")], 4)
    assert (len(first), len(second)) == (0, 1)
    assert b"Ilze Ozola" in second[0]


def test_a_document_that_is_coded_again_counts_once(tmp_path):
    given = [make_document(f"Note {n}. envoy Ilze Ozola of LVA.") for n in range(3)]
    added(tmp_path / "b", given, 2)
    with Casebook.open(tmp_path / "b", Settings(shard_documents=2), clock=Clock()) as book:
        book.recode(code=StatingCoder("new"), coder_version="1", configuration="new")
    connection = apsw.Connection(str(tmp_path / "b" / "documents.sqlite"))
    assert connection.execute("SELECT count(*) FROM roles").fetchall() == [(3,)]
    connection.close()


@pytest.mark.parametrize(("word", "name"), [("SEGV", "processes"), ("RAISE", "serial")])
def test_a_document_that_cannot_be_read_for_roles_costs_itself_alone(tmp_path, word, name):
    given = [make_document(f"{word} envoy Anna Berzina of LVA. Berzina met."), *documents()]
    report, found = added(tmp_path / "b", given, 7, name=name)
    assert (report.added, report.quarantined) == (31, 0)
    assert len(found) == 24


def test_a_role_changed_behind_the_casebooks_back_is_found(tmp_path):
    added(tmp_path / "b", documents(), 7)
    connection = apsw.Connection(str(tmp_path / "b" / "documents.sqlite"))
    connection.execute("UPDATE roles SET line = replace(line, 'LVA', 'EST')")
    connection.close()
    assert verify(tmp_path / "b")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was (Al-Masri's) view.", "al-masri"),
        ("It was (Al-Masri's) view.", "masri"),
        ("said “O’Brien”.", "obrien"),
        ("by J.Kalnins", "kalnins"),
        ("KALNINS/Ozola", "ozola"),
    ],
)
def test_every_surname_of_a_text_is_looked_up(text, name):
    assert name in surnames(text)
