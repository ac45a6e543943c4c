"""One document costs one document, whatever it does to the process that codes it."""

from pathlib import Path

import msgspec
import pytest

from casebook.conftest import Clock, make_document, numbered
from casebook.hostile_coder import CONFIGURATION, HostileCoder
from detente.casebook import shards, supervised
from detente.casebook.book import Casebook
from detente.casebook.supervised import CoderSpec
from detente.casebook.verify import verify
from detente.engine import Processes, Serial, child
from detente.errors import MissingExtraError, PipelineError
from detente.settings import Settings

BAD = {
    "SEGV": "crash",
    "HANG": "timeout",
    "GROW": "memory",
    "POISON": "coding",
}


def spec(marks="", slow=0.0, **changes):
    values = {"seconds": 2.0, "megabytes": 2_000, **changes}
    argument = msgspec.msgpack.encode((str(marks), slow))
    return CoderSpec(factory="casebook.hostile_coder:make", argument=argument, **values)


def planned(documents, tmp_path, coder="1"):
    work = tmp_path / "work"
    work.mkdir(exist_ok=True)
    return shards.plan(documents, coder=coder, configuration=CONFIGURATION, work=work)


def outputs(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Let the children find the test's coder."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    child.close_all()


def test_a_child_writes_the_same_bytes_as_this_process(tmp_path):
    path = planned(list(numbered(12)), tmp_path)
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    one = shards.run(path, code=HostileCoder("").code, codings=here)
    other = supervised.run(path, spec=spec(), codings=there)
    assert one.name == other.name
    assert outputs(one) == outputs(other)


@pytest.mark.parametrize("where", [0, 3, 5])
@pytest.mark.parametrize("kind", ["SEGV", "GROW", "POISON"])
def test_only_the_poisonous_document_is_quarantined(tmp_path, kind, where):
    documents = list(numbered(6))
    documents[where] = make_document(f"BLR meets {kind}.", source="bad.txt")
    folder = supervised.run(planned(documents, tmp_path), spec=spec(), codings=tmp_path)
    manifest = shards.read_manifest(folder)
    assert [(f.source, f.error) for f in manifest.quarantined] == [("bad.txt", BAD[kind])]
    assert (manifest.inputs, manifest.coded, manifest.events) == (6, 5, 5)
    assert shards.problems(folder) == []


def test_a_document_that_hangs_is_quarantined_in_time(tmp_path):
    documents = [
        *numbered(2),
        make_document("BLR HANG USA.", source="bad.txt"),
        *numbered(2, first=2),
    ]
    folder = supervised.run(planned(documents, tmp_path), spec=spec(seconds=0.5), codings=tmp_path)
    manifest = shards.read_manifest(folder)
    assert [(f.source, f.error) for f in manifest.quarantined] == [("bad.txt", "timeout")]
    assert manifest.coded == 4


def test_a_worker_that_is_killed_once_loses_nothing(tmp_path):
    documents = [*numbered(3), make_document("BLR meets ONCE."), *numbered(3, first=3)]
    path = planned(documents, tmp_path)
    folder = supervised.run(path, spec=spec(tmp_path / "killed"), codings=tmp_path)
    assert (tmp_path / "killed").exists()
    assert shards.read_manifest(folder).quarantined == ()
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "killed").touch()
    assert outputs(folder) == outputs(shards.run(path, code=HostileCoder("").code, codings=here))


def test_two_bad_documents_side_by_side_cost_two(tmp_path):
    bad = [make_document(f"BLR SEGV USA {n}.", source=f"bad{n}") for n in range(2)]
    folder = supervised.run(planned([*bad, *numbered(2)], tmp_path), spec=spec(), codings=tmp_path)
    manifest = shards.read_manifest(folder)
    assert [f.source for f in manifest.quarantined] == ["bad0", "bad1"]
    assert manifest.coded == 2


def test_a_coder_of_another_version_refuses_the_shard(tmp_path):
    path = planned(list(numbered(2)), tmp_path, coder="2")
    with pytest.raises(PipelineError, match=r"this machine is 1/cfg.*planned with 2/cfg"):
        supervised.run(path, spec=spec(), codings=tmp_path)


def test_a_missing_model_is_told_in_its_own_words(tmp_path):
    from detente.coding.pipeline import Coder

    with pytest.raises(MissingExtraError, match=r"no_such_model.*pip install no-such-model"):
        _ = Coder(settings=Settings(model="no_such_model")).configuration


@pytest.mark.parametrize(("jobs", "size"), [(1, 3), (2, 3), (2, 50)])
def test_a_casebook_is_the_same_from_any_backing(tmp_path, jobs, size):
    settings = Settings(shard_documents=size)
    found = {}
    for name, backing, code in (
        ("serial", Serial(), HostileCoder("").code),
        ("processes", Processes(jobs), spec()),
    ):
        with Casebook.create(tmp_path / name, settings, clock=Clock()) as book:
            report = book.add(
                [*numbered(8), make_document("BLR meets POISON.", source="p")],
                code=code, coder_version="1", configuration=CONFIGURATION, backend=backing,
            )  # fmt: skip
        assert (report.inputs, report.added, report.quarantined) == (9, 8, 1)
        assert verify(tmp_path / name) == []
        found[name] = {
            str(p.relative_to(tmp_path / name)): p.read_bytes()
            for p in sorted((tmp_path / name / "codings").rglob("*.*"))
        }
    assert found["serial"] == found["processes"]


def test_a_driver_that_stops_kills_its_children_soon(tmp_path):
    paths = []
    for n in range(4):
        work = [make_document(f"BLR HANG USA {n}."), *numbered(1, first=n)]
        paths.append(planned(work, tmp_path))
    run = supervised.runner(spec(seconds=500.0), tmp_path)

    def shards_then_stop():
        yield from paths[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Processes(2).map(run, shards_then_stop()))
    assert not child._Pool.busy
