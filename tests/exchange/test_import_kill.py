"""Kills an import at every call that changes the disk; the store stays whole, the next run ends it."""

import signal
import subprocess
import sys

import pytest

from detente.casebook.book import Casebook
from detente.casebook.verify import verify
from detente.exchange import gdelt
from detente.exchange.importing import import_files

CHILD = """
import os, signal, sys
from pathlib import Path

left = int(sys.argv[3])

def counted(name):
    real = getattr(os, name)
    def call(*a, **k):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*a, **k)
    setattr(os, name, call)

from detente.casebook.book import Casebook
from detente.exchange.importing import import_files

with Casebook.open(sys.argv[1]) as book:
    for name in ("write", "fsync", "mkdir", "rename", "replace", "rmdir", "symlink"):
        counted(name)
    import_files(book, "gdelt", [Path(sys.argv[2])])
"""


@pytest.mark.slow
def test_store_is_whole_wherever_an_import_is_killed(tmp_path):
    given = tmp_path / "day.csv"
    fields = dict.fromkeys(gdelt.V1, "")
    rows = [
        {**fields, "GLOBALEVENTID": str(n), "SQLDATE": "20160920", "EventCode": "040"}
        for n in range(50)
    ]
    given.write_text("".join("\t".join(row.values()) + "\n" for row in rows))
    died = 0
    for last in range(1, 200):
        path = tmp_path / f"{last}.casebook"
        Casebook.create(path).close()
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(path), str(given), str(last)], check=False
        )
        with Casebook.open(path) as book:
            assert not verify(path)
            with book.view() as view:
                before = view.events().num_rows
            assert before in {0, 50}
            report = import_files(book, "gdelt", [given])
            assert before + report.added == 50
            assert {entry.name for entry in (path / "imports").iterdir()} == {
                entry.name for entry in (path / "imports").glob("*-gdelt-2")
            }
        assert not verify(path)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        died += 1
    else:
        pytest.fail("the import never ended")
    assert died > 15
