"""Kills a writer at moments drawn at random while it adds, recodes, imports, judges, compacts and saves.

``RANDOM_KILLS=100`` draws that many moments; without it a few. The seed is printed by a failure and may
be given as ``RANDOM_KILLS_SEED``.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casebook.conftest import Clock
from casebook.test_fault_loop import CHANGES
from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.exchange import gdelt
from detente.settings import Settings

HERE = Path(__file__).parent
SETTINGS = Settings(shard_documents=3, busy_seconds=5)
ORDER = ("adding", "importing", "judging", "coding_anew", "compacting", "saving")

CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from casebook.test_random_kill import work
print("ready", flush=True)
work(Path(sys.argv[1]))
"""


def work(folder):
    """Make each change once and say so; what was said is acknowledged."""
    for name in ORDER:
        CHANGES[name](folder / "b", folder)
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


def set_up(folder):
    folder.mkdir()
    Casebook.create(folder / "b", SETTINGS, clock=Clock()).close()
    fields = dict.fromkeys(gdelt.V1, "")
    rows = [
        {**fields, "GLOBALEVENTID": str(n), "SQLDATE": "20160920", "EventCode": "040"}
        for n in range(5)
    ]
    (folder / "day.csv").write_text("".join("\t".join(row.values()) + "\n" for row in rows))


def start(folder):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(HERE.parent)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert child.stdout.readline() == "ready\n"
    return child


def holds(path):
    """Counts of what a casebook holds."""
    with Casebook.open(path, SETTINGS, read_only=True) as book, book.view() as view:
        counts = view.counts()
        return {
            "adding": counts.documents,
            "importing": counts.imported,
            "judging": len(view.judgements()),
        }


@pytest.mark.slow
def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path):
    seed = os.environ.get("RANDOM_KILLS_SEED") or str(random.SystemRandom().getrandbits(32))
    moments = random.Random(seed)
    set_up(tmp_path / "whole")
    began = time.monotonic()
    with start(tmp_path / "whole") as child:
        assert child.wait(60) == 0
    whole = time.monotonic() - began
    expected = holds(tmp_path / "whole" / "b")
    killed = 0
    for number in range(int(os.environ.get("RANDOM_KILLS", "4"))):
        folder = tmp_path / str(number)
        set_up(folder)
        with start(folder) as child:
            time.sleep(moments.uniform(0, whole))
            child.kill()
            said = child.stdout.read().split()
        killed += child.wait(60) == -signal.SIGKILL
        told = f"seed {seed}, kill {number}, after {said}"
        Casebook.open(folder / "b", SETTINGS).close()
        assert [p for p in verify(folder / "b") if p.code != "litter"] == [], told
        found = holds(folder / "b")
        assert all(found[name] >= expected[name] for name in said if name in expected), told
        for name in ORDER[len(said) :]:
            if name != "saving" or not (folder / "saved").exists():
                CHANGES[name](folder / "b", folder)
        assert [p for p in verify(folder / "b") if p.code != "litter"] == [], told
        after = holds(folder / "b")
        assert after["adding"] == expected["adding"], told
        assert after["importing"] == expected["importing"], told
        assert after["judging"] in {expected["judging"], expected["judging"] + 1}, told
    assert killed
