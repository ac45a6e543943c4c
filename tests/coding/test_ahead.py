import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from detente.coding import ahead, pipeline, portions
from detente.coding.grammar.parse import Columns, Parser
from detente.coding.pipeline import Coder
from detente.coding.sentences import split
from detente.engine import child
from detente.engine.child import Limits
from detente.exchange.lines import writer
from detente.read.assemble import text_document
from detente.settings import Settings

LINES = (
    "On 3 May Peru’s Foreign Minister, Ana Quispe, met her Chilean counterpart in Arica.",
    "Bolivia accused Paraguay of moving 1,200 soldiers to the river and recalled its ambassador.",
    "Last week Uruguay signed an agreement with Brazil because trade had fallen, and talks may go on.",
    "“We shall not yield to threats,” President Ortega said in Montevideo 🙂 on Monday.",
)
TEXT = "\n\n".join(f"{line} It was call number {n}." for n in range(12) for line in LINES)
LIMITS = Limits(seconds=60.0, megabytes=4_000)
START = f"{ahead.__name__}:parsed"


def asked():
    return msgspec.msgpack.encode(ahead._Asked(model=Settings().model, parts=[]))


@pytest.fixture
def short_parts(monkeypatch):
    """Parts of a few sentences, two cores, and a second process that has loaded the model.

    Its pipe holds less than the parses of one part.
    """
    monkeypatch.setattr(pipeline, "PART", 300)
    monkeypatch.setattr(portions, "PART", 300)
    monkeypatch.setattr(ahead, "cores", lambda: 2)
    monkeypatch.setattr(child.Running, "answered", lambda _: True)  # it is waited for
    child.close_all()
    assert list(child.run(START, asked(), limits=LIMITS)) == [b""]
    [second] = child._Pool.free[ahead.__name__]
    fcntl.fcntl(second._answers, fcntl.F_SETPIPE_SZ, 4096)
    yield
    child.close_all()


@pytest.fixture
def taken(monkeypatch):
    """The numbers of sentences that were taken from the second process,and what is done at each."""
    found, then = [], []
    take = Parser.taken

    def noted(self, columns):
        found.append(len(columns.texts))
        for act in then:
            act()
        return take(self, columns)

    monkeypatch.setattr(Parser, "taken", noted)
    return found, then


def coded(settings):
    document = text_document(TEXT, published="2021-05-10")
    lines = writer("jsonl", with_text=True)
    return b"".join(lines(one) for one in Coder(settings=settings).code([document]))


def pid():
    """The process that is at work."""
    [running] = child._Pool.busy
    return running._process.pid


def lives(pid):
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
        return state != "Z"
    return False


@pytest.mark.model
def test_records_are_the_same_to_the_byte(short_parts, taken):
    found, _ = taken
    alone = coded(Settings(parse_ahead=False))
    assert found == []
    assert coded(Settings()) == alone
    assert len(found) > 5
    [second] = child._Pool.free[ahead.__name__]
    assert coded(Settings()) == alone
    assert child._Pool.free[ahead.__name__] == [second]
    assert b'"record":"event"' in alone


@pytest.mark.model
def test_what_a_killed_process_had_to_parse_is_parsed_here(short_parts, taken):
    found, then = taken
    alone = coded(Settings(parse_ahead=False))
    killed = []

    def kill():
        if not killed:
            killed.append(pid())
            os.kill(killed[0], signal.SIGKILL)
            time.sleep(0.1)

    then.append(kill)
    assert coded(Settings()) == alone
    assert len(found) == 1
    assert not lives(killed[0])


@pytest.mark.model
def test_a_process_that_is_late_is_not_waited_for(short_parts, taken, monkeypatch):
    found, _ = taken
    alone = coded(Settings(parse_ahead=False))
    turns = iter([True, True, True, True, False, False, False, *[True] * 100])
    monkeypatch.setattr(child.Running, "answered", lambda _: next(turns))
    assert coded(Settings()) == alone
    assert 0 < len(found) < len(TEXT) // 300 - 3


@pytest.mark.model
def test_parses_come_over_whole(taken):
    parser, other = Parser(Settings().model), Parser(Settings().model)
    sentences = split(text_document(TEXT))
    part = ahead.part_of(sentences)
    here = parser.parse(part.texts, leads=part.leads)
    packed = msgspec.msgpack.encode(other.columns(part.texts, leads=part.leads))
    there = parser.taken(msgspec.msgpack.decode(packed, type=Columns))
    assert any(lead is not None for lead in part.leads)
    assert [words(doc) for doc in there] == [words(doc) for doc in here]


def words(doc):
    return doc.text, [
        (t.text, t.idx, t.tag_, t.dep_, t.lemma_, t.pos_, t.head.i, t.whitespace_, t.like_num)
        for t in doc
    ]


@pytest.mark.model
def test_one_that_is_stopped_ends_the_process(short_parts):
    sentences = split(text_document(TEXT))
    parts = [sentences[n : n + 4] for n in range(0, len(sentences), 4)]
    parses = ahead.parses(Parser(Settings().model), parts, Settings())
    for _ in range(4):
        next(parses)
    at_work = pid()
    assert lives(at_work)
    parses.close()
    assert not lives(at_work)
    assert not child._Pool.busy


@pytest.mark.model
def test_the_process_ends_with_the_one_that_started_it():
    script = (
        "import msgspec, time\nfrom detente.engine import child\n"
        f"running = child.start({START!r}, {asked()!r}, limits=child.Limits(seconds=60, megabytes=4000))\n"
        "[one] = child._Pool.busy\nprint(one._process.pid, flush=True)\ntime.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    second = int(parent.stdout.readline())
    assert lives(second)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while lives(second) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lives(second)


@pytest.mark.parametrize("failure", [OSError("no processes left"), None])
def test_without_a_process_all_is_parsed_here(monkeypatch, failure):
    class Plain:
        model = "no_such_model"

        def parse(self, texts, leads):
            return [*texts]

    def refuse(*_, **__):
        raise failure

    monkeypatch.setattr(ahead, "cores", lambda: 2)
    if failure is not None:
        monkeypatch.setattr(child, "start", refuse)
    sentences = split(text_document(TEXT))
    parts = [sentences[n : n + 4] for n in range(0, len(sentences), 4)]
    found = []
    for docs in ahead.parses(Plain(), parts, Settings()):
        found += docs
        time.sleep(0.1 if failure is None else 0.0)
    assert found == [sentence.text for sentence in sentences]
    child.close_all()


def test_it_pays_for_long_texts_on_a_free_core(monkeypatch):
    monkeypatch.setattr(ahead, "cores", lambda: 2)
    assert ahead.pays(ahead.LEAST, Settings())
    assert not ahead.pays(ahead.LEAST - 1, Settings())
    assert not ahead.pays(ahead.LEAST, Settings(parse_ahead=False))
    monkeypatch.setattr(ahead, "cores", lambda: 1)
    assert not ahead.pays(ahead.LEAST, Settings())


def test_a_worker_of_an_engine_starts_none(tmp_path, monkeypatch):
    (tmp_path / "detente_pays.py").write_text(
        "from detente.coding import ahead\nfrom detente.settings import Settings\n"
        "ahead.cores = lambda: 8\n"
        "def told(_):\n    yield str(ahead.pays(100, Settings())).encode()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert list(child.run("detente_pays:told", b"", limits=LIMITS)) == [b"False"]
    child.close_all()
