"""How quickly the pages answer on a large casebook, with several users at once while a writer adds.

Run: ``python benchmarks/web_casebook.py big.casebook`` once, then
``python benchmarks/web_pages.py big.casebook [--users 8] [--seconds 60] [--pause 0.5]``.

It starts ``detente serve``, waits until that is ready (``ready_s``) and starts, in another process, a writer that adds ten documents every
``--every`` seconds. Each user asks for one page after the other, drawn from all kinds of pages, and
waits ``--pause`` seconds on average between two (0 for none). The first ``--warm`` seconds do not
count, but are told apart. Beside it stands how long this machine takes for a fixed piece of work, so
that figures of a busy machine can be told from those of a quiet one.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote, urlparse

HERE = Path(__file__).parent


def fixed_work() -> float:
    """Return the seconds of a fixed piece of work, the best of three."""
    best = 1e9
    for _ in range(3):
        began = time.monotonic()
        sum(n * n for n in range(2_000_000))
        best = min(best, time.monotonic() - began)
    return best


def addresses(casebook: Path) -> list[tuple[str, list[str]]]:
    """Return the kinds of pages with their addresses."""
    from detente.casebook.browser import Browser

    source = random.Random(1)
    with Browser(casebook) as view:
        pairs = view.pairs()
        documents = [name for name, _ in view.listed(limit=400, offset=1000)]
        events = [e.id for e in view.page(limit=400, offset=5000)]
    weights = [count for _, _, count, _ in pairs]
    chosen = source.choices(pairs, weights, k=120)
    relations = [f"/relation/{a}/{b}" for a, b, *_ in chosen]
    brushed = [
        f"{path}?from={year}-01-01&to={year}-12-31"
        for path in relations[:40]
        for year in (2018, 2021)
    ]
    countries = [f"/country/{code}" for code in ("BLR", "USA", "RUS", "UKR", "POL", "DEU", "TUR")]
    return [
        ("relation", relations), ("relation, a period", brushed), ("overview", countries),
        ("document", [f"/document/{quote(name, safe=':')}" for name in documents]),
        ("event", [f"/event/{name}" for name in events]),
        ("search, words", [f"/search?q={w}" for w in ("report", "talks", "Report+77", "zzz")]),
        ("search, fields", [f"/search?party={c}.MFA&type=SANCTION" for c in ("POL", "LTU", "FRA")]),
        ("actor", [f"/actor/{c}.MFA" for c in ("POL", "LTU", "FRA", "DEU")]),
        ("review", ["/review"]), ("documents", ["/documents"]), ("sources", ["/sources"]),
        ("forecasts", ["/forecasts"]), ("method", ["/method"]),
        ("relation as JSON", [f"{path}.json" for path in relations]),
    ]  # fmt: skip


def user(
    port: int, token: str, kinds: list, pause: float, until: float, seed: int, told: list
) -> None:
    """Ask for page after page."""
    source = random.Random(seed)
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "text/html",
        "Host": f"127.0.0.1:{port}",
    }
    while time.monotonic() < until:
        kind, paths = source.choices(kinds, [8, 6, 3, 6, 6, 2, 1, 1, 1, 1, 1, 1, 1, 2])[0]
        began = time.monotonic()
        link.request("GET", source.choice(paths), headers=headers)
        answer = link.getresponse()
        body = answer.read()
        told.append((began, kind, time.monotonic() - began, answer.status, len(body)))
        if pause:
            time.sleep(source.expovariate(1 / pause))


def write(casebook: Path, every: float) -> None:
    """Add ten documents again and again until stopped."""
    from web_casebook import Maker

    from detente.casebook.book import Casebook

    maker = Maker(events=10, seed=int(time.time()))
    number = 0
    while True:
        began = time.monotonic()
        with Casebook.open(casebook) as book:
            report = book.add(
                maker.documents(10, start=number), code=maker.code, coder_version="made",
                configuration="made",
            )  # fmt: skip
        number += 10
        sys.stdout.write(f"{report.added}\n")
        sys.stdout.flush()
        time.sleep(max(0.0, every - (time.monotonic() - began)))


def quantile(values: list[float], share: float) -> float:
    """Return a quantile in milliseconds."""
    order = sorted(values)
    return round(1000 * order[min(len(order) - 1, int(share * len(order)))], 1)


def cost(casebook: Path) -> None:
    """Print the processor time of one page of each kind: asked first, and asked again.

    It hardly depends on what else the machine does.
    """
    from litestar.testing import TestClient

    from detente.settings import Settings
    from detente.web.app import build
    from detente.web.rules import Rules

    rules = Rules(port=8000)
    app = build(casebook, rules=rules, settings=Settings(web_seconds=600))
    headers = {"Authorization": f"Bearer {rules.token}", "Accept": "text/html"}
    sys.stdout.write(f"{'page':22}{'first, CPU ms':>15}{'again, CPU ms':>15}\n")
    with TestClient(app=app, base_url="http://127.0.0.1:8000") as client:
        client.headers.update(headers)
        for kind, paths in addresses(casebook):
            first, again = [], []
            for path in dict.fromkeys(paths[:3]):
                for told in (first, again):
                    began = time.process_time()
                    assert client.get(path).status_code == 200
                    told.append(time.process_time() - began)
            sys.stdout.write(f"{kind:22}{quantile(first, 0.5):15}{quantile(again, 0.5):15}\n")
            sys.stdout.flush()


def main() -> None:
    """Print a table and one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("casebook", type=Path)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--warm", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--every", type=float, default=5)
    parser.add_argument(
        "--cost", action="store_true", help="processor time of single pages instead"
    )
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.cost:
        cost(given.casebook)
        return
    if given.write:
        write(given.casebook, given.every)
        return
    measure(given)


def measure(given: argparse.Namespace) -> None:
    """Start server, writer and users, and report what the users saw."""
    kinds = addresses(given.casebook)
    started = time.monotonic()
    serve = ["-m", "detente", "serve", "--casebook", str(given.casebook), "--port", "0"]
    server = child(*serve)
    address = server.stdout.readline().split()[-1]
    ready = time.monotonic() - started
    writer = child(__file__, str(given.casebook), "--write", "--every", str(given.every))
    try:
        port, token = urlparse(address).port, address.rpartition("token=")[2]
        began = time.monotonic()
        told: list[tuple[float, str, float, int, int]] = []
        until = began + given.warm + given.seconds
        threads = [
            threading.Thread(target=user, args=(port, token, kinds, given.pause, until, n, told))
            for n in range(given.users)
        ]
        for thread in threads:
            thread.start()
        work = fixed_work()
        for thread in threads:
            thread.join()
    finally:
        writer.send_signal(signal.SIGTERM)
        server.send_signal(signal.SIGINT)
        added = sum(int(line) for line in writer.stdout.read().split())
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
    report(told, began + given.warm, {"ready_s": round(ready, 1), "documents_added": added}, work)


def child(*arguments: str) -> subprocess.Popen:
    """Start a Python process whose standard output is read."""
    return subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)


def report(told: list, start: float, result: dict, work: float) -> None:
    """Print what was measured."""
    groups: dict[str, list[float]] = defaultdict(list)
    for began, kind, seconds, _, _ in told:
        if began >= start:
            groups[kind].append(seconds)
    warm = [seconds for began, _, seconds, _, _ in told if began < start]
    every = [seconds for found in groups.values() for seconds in found]
    sys.stdout.write(f"{'page':22}{'n':>6}{'median ms':>11}{'95 % ms':>10}{'most ms':>10}\n")
    for kind, found in [*sorted(groups.items()), ("all", every), ("(first minute)", warm)]:
        row = (
            (quantile(found, 0.5), quantile(found, 0.95), quantile(found, 1))
            if found
            else (0, 0, 0)
        )
        sys.stdout.write(f"{kind:22}{len(found):6}{row[0]:11}{row[1]:10}{row[2]:10}\n")
    result |= {
        "requests": len(every), "median_ms": quantile(every, 0.5), "p95_ms": quantile(every, 0.95),
        "first_median_ms": quantile(warm, 0.5), "first_p95_ms": quantile(warm, 0.95),
        "failed_pages": sorted({f"{kind}: {s}" for _, kind, _, s, _ in told if s != 200}),
        "failed": sum(s != 200 for began, *_, s, _ in told if began >= start),
        "first_failed": sum(s != 200 for began, *_, s, _ in told if began < start),
        "fixed_work_ms": round(1000 * work), "load": os.getloadavg()[0],
    }  # fmt: skip
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
