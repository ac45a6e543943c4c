"""Adding, importing, compacting, querying and serving at once, for as long as you say.

Run ``python benchmarks/soak.py --minutes 60``. One thread writes (adds documents, imports events, now and
then compacts and makes a backup), one asks questions of a view that stays open, and a server answers
requests in a process of its own. A casebook that grows takes more memory, so after ``--rounds`` rounds of
adding the same documents and events come again and the casebook keeps its size, while new documents are
coded into a second one that is thrown away now and then; what grows from then on is a leak. Every few seconds memory and open files of this process, of the children that code and read, and
of the server are noted. The end prints, of the time after the casebook reached its size, medians of the
first and of the last third, their ratio, what was done, and what ``verify`` found.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import detente.api as dt
from detente.exchange import gdelt

SOURCES = Path(__file__).parents[1] / "examples" / "minsk" / "source"
EVERY_SECONDS = 5.0
BATCH = 25
PAGES = ("/", "/relation/BLR/USA", "/country/BLR", "/search?q=minister", "/forecasts")


class Soak:
    """What runs, and how often each thing was done."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self.full = threading.Event()
        self.book = folder / "soak.casebook"
        self.side = folder / "side.casebook"
        self.stop = threading.Event()
        self.done = {"adds": 0, "imports": 0, "compactions": 0, "backups": 0, "questions": 0, "pages": 0, "refused": 0}  # fmt: skip
        self.failures: list[str] = []
        self.token = ""
        self.paragraphs = [
            paragraph.strip()
            for path in sorted(SOURCES.glob("*.md"))
            for paragraph in path.read_text(encoding="utf-8").split("---", 2)[2].split("\n\n")
            if len(paragraph) > 100
        ]

    def guarded(self, work: object) -> threading.Thread:
        """Return a thread that repeats a piece of work until the end, and keeps its failure."""

        def repeat() -> None:
            number = 0
            while not self.stop.is_set():
                try:
                    work(number)  # type: ignore[operator]
                except Exception as error:  # noqa: BLE001 - a soak reports whatever happens
                    self.failures.append(f"{type(error).__name__}: {error}"[:300])
                    self.stop.wait(1.0)
                number += 1

        return threading.Thread(target=repeat, daemon=True)

    def write(self, number: int) -> None:
        """Add a batch of documents; import, compact and save now and then."""
        if number >= self.rounds:
            self.full.set()
            self.add(number, self.side)
            if number % self.rounds == 0:
                shutil.rmtree(self.side)
        batch = number % self.rounds
        self.add(batch, self.book)
        if number % 5 == 4:
            self.imports(batch)
        if number % 20 == 19:
            dt.compact(self.book)
            self.done["compactions"] += 1
        if number % 40 == 39:
            out = self.folder / f"saved-{number}"
            dt.backup(out, casebook=self.book)
            self.done["backups"] += 1
            shutil.rmtree(out)

    def add(self, batch: int, book: Path) -> None:
        """Add a batch of documents to a casebook."""
        rows = [
            {
                "text": self.paragraphs[(batch * BATCH + n) % len(self.paragraphs)]
                + f" Note {batch}-{n}.",
                "published": f"2018-{n % 12 + 1:02d}-15",
            }
            for n in range(BATCH)
        ]
        path = self.folder / "batch.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)))
        dt.add([path], casebook=book)
        self.done["adds"] += 1

    def imports(self, batch: int) -> None:
        """Import a small file of events."""
        fields = dict.fromkeys(gdelt.V1, "")
        rows = [
            {**fields, "GLOBALEVENTID": str(batch * 1000 + n), "SQLDATE": "20180315",
             "EventCode": "040", "Actor1CountryCode": "BLR", "Actor2CountryCode": "USA"}
            for n in range(200)
        ]  # fmt: skip
        path = self.folder / "day.csv"
        path.write_text("".join("\t".join(row.values()) + "\n" for row in rows))
        dt.import_events("gdelt", [path], casebook=self.book)
        self.done["imports"] += 1

    def ask(self, _number: int) -> None:
        """Ask a few questions."""
        dt.search("minister", casebook=self.book)
        dt.index("BLR", "USA", casebook=self.book)
        with dt.view(self.book) as view:
            view.counts()
        self.done["questions"] += 1
        self.stop.wait(0.5)

    def get(self, base: str, number: int) -> None:
        """Ask the server for a page."""
        try:
            request = urllib.request.Request(base + PAGES[number % len(PAGES)])
            request.add_header("Authorization", f"Bearer {self.token}")
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
            self.done["pages"] += 1
        except urllib.error.HTTPError:
            self.done["refused"] += 1
        self.stop.wait(0.3)


def usage(process: int) -> tuple[float, int]:
    """Return resident MB and open files of a process."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1e6, len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208
    except OSError:
        return 0.0, 0


def children(skip: int) -> list[int]:
    """Return the processes that this one started, one left out."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            found += [int(pid) for pid in (task / "children").read_text().split()]
    return [pid for pid in found if pid != skip]


def main() -> None:
    """Run, and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=40, help="rounds until the casebook is full")
    parser.add_argument("--port", type=int, default=8799)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        soak = Soak(Path(name), given.rounds)
        soak.write(0)
        server = subprocess.Popen(
            [sys.executable, "-m", "detente", "serve", "--casebook", str(soak.book),
             "--port", str(given.port)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        base = f"http://127.0.0.1:{given.port}"
        soak.token = server.stdout.readline().partition("token=")[2].strip()  # type: ignore[union-attr]
        threads = [
            soak.guarded(lambda n: soak.write(n + 1)),
            soak.guarded(soak.ask),
            soak.guarded(lambda n: soak.get(base, n)),
        ]
        for thread in threads:
            thread.start()
        series: list[dict[str, float]] = []
        end = time.monotonic() + given.minutes * 60
        while time.monotonic() < end:
            time.sleep(EVERY_SECONDS)
            row = dict(zip(("main_MB", "main_files"), usage(os.getpid()), strict=True))
            row |= dict(zip(("server_MB", "server_files"), usage(server.pid), strict=True))
            row["children_MB"] = max((usage(pid)[0] for pid in children(server.pid)), default=0.0)
            if soak.full.is_set():
                series.append(row)
        soak.stop.set()
        for thread in threads:
            thread.join(120)
        server.terminate()
        server.wait(30)
        third = len(series) // 3
        result: dict[str, object] = {
            "minutes": given.minutes,
            "minutes_at_full_size": round(len(series) * EVERY_SECONDS / 60, 1),
            **soak.done,
        }
        for key in series[0] if third else ():
            first = statistics.median(row[key] for row in series[:third])
            last = statistics.median(row[key] for row in series[-third:])
            result[key] = [round(first), round(last), round(last / max(first, 1e-9), 2)]
        with dt.view(soak.book) as view:
            result["documents"] = view.counts().documents
        result["problems"] = [str(problem) for problem in dt.verify(soak.book)]
        result["failures"] = soak.failures[:5]
        print(json.dumps(result))


if __name__ == "__main__":
    main()
