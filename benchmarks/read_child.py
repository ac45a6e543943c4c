"""What the killable child costs: the same pages and tables read in it and in this process.

Run ``python benchmarks/read_child.py``. Prints the ratio of times (child / in process) after one
warm-up, and the cost of starting a child.
"""

from __future__ import annotations

import io
import time

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from detente.engine import child
from detente.ingest.limits import reading
from detente.read.formats import Request, read
from detente.settings import Settings

PAGES = 100
ROWS = 5_000
SENTENCE = "The ministers met in the northern city and talked about trade, transit and customs. "
SETTINGS = Settings()


def pages() -> list[bytes]:
    """Return requests for pages of about 600 words."""
    body = "".join(f"<p>{n}. {SENTENCE * 5}</p>" for n in range(9))
    return [
        msgspec.msgpack.encode(
            Request(
                kind="html",
                data=f"<html><head><title>Note {n}</title></head><body><article><h1>Note {n}</h1>"
                f"{body}</article></body></html>".encode(),
            )
        )
        for n in range(PAGES)
    ]


def table() -> list[bytes]:
    """Return the request for one Parquet table."""
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [f"{n}. {SENTENCE * 5}" for n in range(ROWS)]}), out)
    return [msgspec.msgpack.encode(Request(kind="parquet", data=out.getvalue()))]


def in_process(requests: list[bytes]) -> float:
    """Return the seconds for reading here."""
    began = time.perf_counter()
    for request in requests:
        for _ in read(request):
            pass
    return time.perf_counter() - began


def in_child(requests: list[bytes]) -> float:
    """Return the seconds for reading in the child."""
    began = time.perf_counter()
    for request in requests:
        for _ in child.run("detente.read.formats:read", request, limits=reading(SETTINGS)):
            pass
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    began = time.perf_counter()
    in_child(pages()[:1])
    print(f"first page, with the start of the child: {time.perf_counter() - began:.2f} s")
    for name, requests in (("pages", pages()), ("table rows", table())):
        in_process(requests[:1])
        in_child(requests[:1])
        here = min(in_process(requests) for _ in range(3))
        there = min(in_child(requests) for _ in range(3))
        print(f"{name}: child {there:.2f} s / in process {here:.2f} s = {there / here:.2f}")


if __name__ == "__main__":
    main()
