"""The table of results, which a run of all of these tests writes into the documentation.

``HOSTILE_TABLE=1 pytest tests/hostile`` rewrites it in ``docs/reliability.md``.
"""

import os
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- table of hostile inputs: begin -->", "<!-- table of hostile inputs: end -->"


class Table:
    """One row for each number."""

    def __init__(self):
        self.rows = {}

    def add(self, number, title, ending, codes="", seconds=None, megabytes=None, why=""):
        time = "" if seconds is None else f"{seconds:.1f}"
        memory = "" if megabytes is None else f"{megabytes:.0f}"
        note = why or codes
        self.rows[number] = f"| {number} | {title} | {ending} | {note} | {time} | {memory} |"

    def text(self):
        head = "| | input or fault | ends | code, test or reason | s | MB |\n|---|---|---|---|---|---|\n"
        return head + "\n".join(self.rows[number] for number in sorted(self.rows)) + "\n"


def numbers_of(page):
    """Return number and ending of every row of the page's table."""
    inner = page.partition(BEGIN)[2].partition(END)[0]
    return {
        int(n): ending for n, ending in re.findall(r"^\| (\d+) \|[^|]*\| (\S+) \|", inner, re.M)
    }


_TABLE = Table()


@pytest.fixture(scope="session")
def table():
    return _TABLE


def pytest_sessionfinish(session, exitstatus):
    if not os.environ.get("HOSTILE_TABLE") or exitstatus != 0 or not _TABLE.rows:
        return
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{_TABLE.text()}{END}{after}", encoding="utf-8")
