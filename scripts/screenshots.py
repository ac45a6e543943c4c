"""Takes the pictures in ``docs/screenshots`` from the running pages.

Run: ``python scripts/screenshots.py CASEBOOK [--out FOLDER] [--all]`` with Debian's Chromium. Without
``--all`` only the pictures that the documentation shows are taken.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

import detente.api as dt

ROOT = Path(__file__).parents[1]
SIZES = {"light": (1200, 900), "dark": (1200, 900), "phone": (390, 844)}
KEPT = ("light/overview", "light/relation", "dark/relation", "phone/relation", "light/document", "light/event",
        "dark/forecasts", "light/issue")  # fmt: skip


def pages(casebook: Path) -> dict[str, str]:
    """Return the pages by name."""
    with dt.view(casebook) as view:
        events = view.records(parties=("BLR", "USA"))
        told = max(
            events, key=lambda e: (e.place is not None, e.channel.format is not None, e.confidence)
        )
        forecast = view.forecasts()[0].id
    issue = "/issue/BLR?with=RUS&with=EU&with=USA&with=UKR&with=POL&from=2016-09-01&to=2016-10-31"
    return {
        "overview": "/country/BLR", "relation": "/relation/BLR/USA", "document": f"/document/{told.doc}",
        "documents": "/documents", "event": f"/event/{told.id}", "actor": "/actor/BLR.MFA",
        "forecasts": "/forecasts", "forecast": f"/forecast/{forecast}", "search": "/search?q=military+attache",
        "review": "/review", "review-form": f"/review/{told.id}", "issue-form": "/issue?country=BLR",
        "issue": issue, "sources": "/sources", "method": "/method",
    }  # fmt: skip


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("casebook", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    command = [
        sys.executable,
        "-m",
        "detente",
        "serve",
        "--casebook",
        str(given.casebook),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().split()[-1]
            shoot(address, pages(given.casebook), given.out, every=given.all)
        finally:
            server.terminate()


def shoot(address: str, wanted: dict[str, str], out: Path, *, every: bool) -> None:
    """Open every page in every form and keep a picture of it."""
    home = address.partition("/?")[0]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for form, (width, height) in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce",
                color_scheme="dark" if form == "dark" else "light",
            )  # fmt: skip
            tab = context.new_page()
            tab.on("console", lambda message: sys.stderr.write(f"{message.type}: {message.text}\n"))
            tab.goto(address)
            for name, path in wanted.items():
                if every or f"{form}/{name}" in KEPT:
                    tab.goto(home + path, wait_until="networkidle")
                    out.mkdir(parents=True, exist_ok=True)
                    target = out / f"{name}-{form}.png"
                    tab.screenshot(path=target, full_page=every)
        browser.close()


if __name__ == "__main__":
    main()
