"""Runs the examples of the documentation: ``python scripts/doc_examples.py`` writes what they print into the pages.

A block that is fenced as ``console`` holds command lines after ``$ `` and below each what it prints; all
blocks of all pages run in one folder in which ``detente demo`` was run. A block that is fenced as ``python`` must run
without an error. With ``--check`` nothing is written, and a difference ends with exit code 1.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/tutorial.md", "docs/analyst.md", "docs/scientist.md")
NOTE = ROOT / "examples/minsk/documents/2016-03-30-wire-carpenter-minsk.txt"
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.M | re.S)
SECONDS = 300
"""Time limit for one example."""


class ExampleError(Exception):
    """An example ended with an error."""


def prepare(folder: Path) -> None:
    """Run ``detente demo`` in a folder, as the tutorial does, and put a note there."""
    _run("detente demo --out demo", folder)
    shutil.copy(NOTE, folder / "note.txt")


def renewed(text: str, folder: Path) -> str:
    """Return a page with what its examples print now.

    Raises:
        ExampleError: An example ended with an error.
    """

    def block(match: re.Match[str]) -> str:
        kind, content = match[1], match[2]
        if kind == "python":
            _python(content, folder)
            return match[0]
        lines = []
        for command in _commands(content):
            lines += [f"$ {command}", *_run(command, folder).rstrip("\n").splitlines()]
        return "```console\n" + "\n".join(line.rstrip() for line in lines) + "\n```"

    return _BLOCK.sub(block, text)


def _commands(content: str) -> list[str]:
    """Return the command lines of a block; one that ends in a backslash goes on."""
    found: list[str] = []
    open_line = False
    for line in content.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif open_line:
            found[-1] += "\n" + line
        open_line = (line.startswith("$ ") or open_line) and line.endswith("\\")
    return found


def _run(command: str, folder: Path) -> str:
    bin = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{bin}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "DETENTE_CASEBOOK": "demo/minsk.casebook",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ExampleError(f"$ {command}\nexit code {done.returncode}\n{done.stderr}")
    return done.stdout


def _python(content: str, folder: Path) -> None:
    path = folder / "example.py"
    path.write_text(content, encoding="utf-8")
    try:
        _run(f"{sys.executable} -W error::DeprecationWarning example.py", folder)
    finally:
        path.unlink()


def main() -> int:
    """Renew or check every page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    differs = False
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        prepare(folder)
        for name in PAGES:
            path = ROOT / name
            old = path.read_text(encoding="utf-8")
            new = renewed(old, folder)
            if new == old:
                continue
            differs = True
            if check:
                sys.stdout.writelines(
                    difflib.unified_diff(
                        old.splitlines(keepends=True), new.splitlines(keepends=True), name, "now"
                    )
                )
            else:
                path.write_text(new, encoding="utf-8")
                print(f"renewed {name}")
    return 1 if differs and check else 0


if __name__ == "__main__":
    sys.exit(main())
