"""The demonstration: the bundled case file into a casebook, and a brief from it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from detente.cli import OK, PARTIAL
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.casebook.book import AddReport

CASE_FILE = Path(__file__).parents[3] / "examples" / "minsk" / "documents"
"""The bundled case file; it stands in the repository, not in the installed package."""

PARTIES = ("BLR", "USA")


def run(out: Path, *, quiet: bool = False) -> int:
    """Code the case file, write the brief, and say what was done and where it is.

    Args:
        out: Folder for the casebook and the briefs; made if need be.
        quiet: Show no progress.

    Returns:
        The exit code.

    Raises:
        InputError: The case file is not there.
    """
    if not CASE_FILE.is_dir():
        raise InputError(f"{CASE_FILE}: the demo needs the repository, not only the package")
    started = time.monotonic()
    casebook = out / "minsk.casebook"
    out.mkdir(parents=True, exist_ok=True)
    _say(f"1. Reading and coding {_shown(CASE_FILE)} into {_shown(casebook)} ...")
    report = _add(casebook, quiet=quiet)
    _say(f"2. Writing the brief on {' and '.join(PARTIES)} ...")
    page, document = _write_briefs(casebook, out)
    _say(f"   {_shown(page)}, {_shown(document)}")
    _say(f"Done in {time.monotonic() - started:.0f} seconds.")
    _suggest(casebook, page)
    return PARTIAL if report.quarantined else OK


def _add(casebook: Path, *, quiet: bool) -> AddReport:
    from detente import api
    from detente.cli.coding import report_failure, summary
    from detente.cli.progress import reading_first

    with reading_first("Reading", "Coding", quiet=quiet) as (prepare, advance):
        report = api.add(
            [CASE_FILE], casebook=casebook, failed=report_failure, preparing=prepare,
            progress=advance,
        )  # fmt: skip
    for line in summary(report, _shown(casebook)).splitlines():
        _say(f"   {line}")
    return report


def _write_briefs(casebook: Path, out: Path) -> tuple[Path, Path]:
    from detente import api
    from detente.brief import to_html, to_markdown
    from detente.casebook.files import write_atomically

    brief = api.brief(*PARTIES, casebook=casebook)
    stem = "brief-" + "-".join(PARTIES)
    document, page = out / f"{stem}.md", out / f"{stem}.html"
    write_atomically(document, to_markdown(brief).encode("utf-8"))
    write_atomically(page, to_html(brief).encode("utf-8"))
    return document, page


def _suggest(casebook: Path, document: Path) -> None:
    command = "detente" if shutil.which("detente") else _shown(Path(sys.prefix, "bin", "detente"))
    note = min(CASE_FILE.glob("*.txt"), default=CASE_FILE)
    _say(f"\nRead the brief:  less {_shown(document)}\nThen try:")
    _say(f"  {command} brief BLR POL --casebook {_shown(casebook)}")
    _say(f'  {command} search "defence attache" --casebook {_shown(casebook)}')
    _say(f"  {command} code {_shown(note)}")
    page = "/relation/" + "/".join(PARTIES)
    _say("\nSee the relation in the browser:")
    _say(f"  {command} serve --casebook {_shown(casebook)} --page {page} --open")


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
