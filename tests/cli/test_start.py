"""Commands start without the others; the help is kept as text."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

import detente.cli
from detente.cli.app import COMMANDS, holding, whole

ROOT = Path(__file__).parents[2]


def names(app) -> list[str]:
    return list(typer.main.get_command(app).commands)


@pytest.mark.parametrize("columns", [80, 100])
def test_the_kept_help_is_the_help(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", "")  # what the script sets is undone
    spec = importlib.util.spec_from_file_location("help_text", ROOT / "scripts/help_text.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    kept = Path(detente.cli.__file__).with_name(f"help-{columns}.txt").read_text(encoding="utf-8")
    assert kept == script.text(columns), "run: python scripts/help_text.py"


def test_every_command_stands_under_its_file():
    for file, commands in COMMANDS.items():
        assert sorted(names(holding([commands[0]]))) == sorted(commands), file
    assert sorted(names(whole())) == sorted(c for listed in COMMANDS.values() for c in listed)


def test_what_begins_with_no_command_finds_them_all():
    for arguments in ([], ["--version"], ["cod"]):
        assert names(holding(arguments)) == names(whole())


def test_help_imports_no_command():
    code = (
        "import sys\nfrom detente.cli import run\nrun(['--help'])\nsys.exit('typer' in sys.modules)"
    )
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: detente [OPTIONS] COMMAND [ARGS]...")


def test_a_narrow_terminal_gets_help_of_its_own(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "60")
    assert detente.cli.run(["--help"]) == detente.cli.OK
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= 60
