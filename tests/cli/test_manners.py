"""What every command does alike: JSON, quiet, plain in a pipe, drawn on a terminal, errors of one line."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import detente.api as dt
from detente.cli import run
from detente.cli.app import every_command

NOTE = "Talks resume\n\nOn 20 September 2016 Poland expelled two Russian diplomats in Riga.\n"
FORECASTS = "id,text,issued,subject,object,direction,hedge\nf-one,A visit is likely,2016-09-26,USA,BLR,start,likely\n"
EVENTS = (
    "\t".join(
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
        "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,"
        "Longitude".split(",")
    )
    + "\n1\t2016-09-20\tForeign Affairs (Belarus)\tGovernment\tBelarus\tConsult\t040\t1.0\tLatvia\tNA\tLatvia\t7\t1\tExample Weekly\tRiga\tNA\tNA\tLatvia\t56.9\t24.1\n"
)

# What each command is given to do its work here; {event} is the id of an event.
WORK = {
    "actors add": "'Ada Example' --code LVA --role 'Foreign Minister' --from 2024-04-19 --register own.yaml",
    "actors import": "dictionary.txt --register own.yaml",
    "actors learned": "--casebook c.casebook",
    "actors show": "BLR.MFA",
    "add": "note.txt --published 2016-09-21 --casebook new.casebook",
    "agenda": "POL RUS --casebook c.casebook",
    "backup": "--out saved.casebook --casebook c.casebook",
    "brief": "POL RUS --casebook c.casebook",
    "ceiling": "POL RUS USA --casebook c.casebook",
    "channels": "POL RUS --casebook c.casebook",
    "claims": "POL RUS --casebook c.casebook",
    "code": "note.txt --published 2016-09-21",
    "compact": "--casebook c.casebook",
    "compare": "POL RUS LVA --casebook c.casebook",
    "competence": "POL RUS --casebook c.casebook",
    "demo": "--out demo",
    "doctor": "--casebook c.casebook",
    "eval": "--list",
    "explain": "{event} --casebook c.casebook",
    "export": "csv --casebook c.casebook",
    "forecasts accept": "f-one --casebook c.casebook",
    "forecasts add": "'Talks will fail' --issued 2016-09-26 --casebook c.casebook",
    "forecasts edit": "f-one --at-least 2 --casebook c.casebook",
    "forecasts export": "csv --casebook c.casebook",
    "forecasts import": "csv forecasts.csv --casebook c.casebook",
    "forecasts judge": "f-one void --by Ada --reason 'it lapsed' --as-of 2017-12-31 --casebook c.casebook",
    "forecasts list": "--casebook c.casebook",
    "forecasts operationalise": "--casebook c.casebook",
    "forecasts resolve": "--as-of 2017-12-31 --casebook c.casebook",
    "forecasts score": "--casebook c.casebook",
    "forecasts show": "f-one --casebook c.casebook",
    "import": "icews events.tab --casebook other.casebook",
    "index": "POL RUS --casebook c.casebook",
    "issue": "POL --with RUS --from 2016-09-01 --to 2016-10-31 --casebook c.casebook",
    "mcp": "--casebook c.casebook",
    "proposals": "POL RUS --casebook c.casebook",
    "recode": "--casebook c.casebook",
    "rescue": "damaged.casebook --casebook rescued.casebook",
    "restore": "backup.casebook --casebook restored.casebook",
    "review accept": "{event} --reviewer Ada --casebook c.casebook",
    "review agreement": "--casebook c.casebook",
    "review correct": "{event} --status planned --reviewer Ada --casebook c.casebook",
    "review entry": "--words Hudson --code USA.MFA",
    "review gold": "--out gold.yaml --casebook c.casebook",
    "review judgements": "--casebook c.casebook",
    "review queue": "--casebook c.casebook",
    "review reject": "{event} --reviewer Ada --reason 'nobody met' --casebook c.casebook",
    "review undo": "{event} --reviewer Ada --casebook c.casebook",
    "search": "Riga --casebook c.casebook",
    "serve": "--casebook c.casebook",
    "shifts": "POL RUS --casebook c.casebook",
    "verify": "--casebook c.casebook",
}  # fmt: skip
NO_JSON = {
    "export": "its formats are the data",
    "forecasts export": "its formats are the data, JSON among them",
    "serve": "it runs until it is stopped",
    "mcp": "it speaks a protocol of its own",
    "demo": "it tells a person what it does",
}
LONG = {
    "add", "backup", "code", "compact", "demo", "doctor", "import", "recode", "rescue", "restore", "serve", "verify",
}  # fmt: skip
"""Commands whose work may take long: they show progress, and are quiet where asked."""
RUNS = sorted(set(WORK) - {"serve", "mcp", "demo"})


COMMANDS = every_command()


def options(name):
    return {option for one in COMMANDS[name].params for option in one.opts}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("manners")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "forecasts.csv").write_text(FORECASTS.replace("f-one", "f-two"), encoding="utf-8")
    (folder / "events.tab").write_text(EVENTS, encoding="utf-8")
    (folder / "dictionary.txt").write_text("RURITANIAN_PALACE_ [POLGOV]\n", encoding="utf-8")
    dt.add(
        [folder / "note.txt"],
        casebook=folder / "c.casebook",
        published="2016-09-21",
        engine="serial",
    )
    dt.forecasts.import_(FORECASTS, "csv", casebook=folder / "c.casebook")
    dt.forecasts.operationalise(casebook=folder / "c.casebook")
    with dt.view(folder / "c.casebook") as view:
        event = view.records()[0].id
    dt.judge(event, "accept", reviewer="Eve", casebook=folder / "c.casebook")
    shutil.copytree(folder / "c.casebook", folder / "backup.casebook")
    shutil.copytree(folder / "c.casebook", folder / "damaged.casebook")
    for ledger in (folder / "damaged.casebook").glob("ledger.sqlite*"):
        ledger.unlink()
    return folder, event


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    shutil.copytree(made[0], tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return made[1]


def words(name, event, *more):
    return [*name.split(), *shlex.split(WORK[name].format(event=event)), *more]


def test_the_table_names_every_command():
    assert set(WORK) == set(COMMANDS)


def test_json_and_quiet_are_there_or_it_is_said_why_not():
    assert {name for name in COMMANDS if "--json" not in options(name)} == set(NO_JSON)
    assert {name for name in COMMANDS if "--quiet" in options(name)} == LONG


def test_every_command_has_help_with_its_own_examples():
    for name, command in COMMANDS.items():
        assert command.help, name
        lines = [line.strip() for line in (command.epilog or "").splitlines()]
        assert [line for line in lines if line.startswith(f"detente {name} ")], name
        for one in command.params:
            told = getattr(one, "help", None) or getattr(one, "metavar", None)
            assert told or one.name in {"help", "party", "other"}, (name, one.name)


@pytest.mark.model
@pytest.mark.parametrize("name", RUNS)
def test_what_is_piped_is_plain(name, place, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "")
    assert run(words(name, place)) in {0, 3}
    shown = capsys.readouterr()
    assert "\x1b" not in shown.out + shown.err
    assert "Traceback" not in shown.err
    assert shown.out.strip() or shown.err.startswith("Wrote")


@pytest.mark.model
@pytest.mark.parametrize("name", [name for name in RUNS if name not in NO_JSON])
def test_json_is_one_document_and_nothing_else(name, place, capsys):
    assert run(words(name, place, "--json")) in {0, 3}
    shown = capsys.readouterr()
    for line in shown.out.splitlines():
        json.loads(line)
    assert shown.out.strip()


@pytest.mark.parametrize("name", [name for name in COMMANDS if "--casebook" in options(name)])
def test_a_missing_casebook_is_one_line_that_names_it(name, place, capsys):
    if name in {"add", "import", "restore", "rescue"}:
        pytest.skip("it makes the casebook")
    command = [word.replace("c.casebook", "nowhere.casebook") for word in words(name, place)]
    assert run(command) == (1 if name == "doctor" else 2)
    shown = capsys.readouterr()
    told = shown.out if name == "doctor" else shown.err
    assert "nowhere.casebook" in told
    assert "Traceback" not in shown.err
    assert not Path("nowhere.casebook").exists()
    if name not in {"doctor", "mcp"}:
        lines = [line for line in shown.err.splitlines() if not line.startswith("Try ")]
        assert len(lines) == 1, lines
        assert lines[0].startswith("detente: ")


WRONG = {
    "--from": "2016-13-45", "--to": "soon", "--as-of": "yesterday", "--published": "32 May", "--domain": "cooking",
    "--scale": "none-such", "--limit": "0", "--format": "xlsx", "--status": "maybe", "--jobs": "0", "--port": "99999",
    "--register": "nowhere.yaml", "--issued": "never",
}  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "option"),
    [(name, option) for name in sorted(COMMANDS) for option in WRONG if option in options(name)],
)
def test_a_wrong_value_is_named_with_the_reason(name, option, place, capsys):
    given = words(name, place)
    if option in given:
        given[given.index(option) + 1] = WRONG[option]
    else:
        given += [option, WRONG[option]]
    if name in {"actors add", "actors import", "actors learned"} and option == "--register":
        pytest.skip("it makes the register file")
    assert run(given) == 2
    told = capsys.readouterr().err
    assert WRONG[option] in told or option in told
    assert "Traceback" not in told
    assert len([line for line in told.splitlines() if not line.startswith("Try ")]) == 1, told


@pytest.mark.parametrize(
    "name", [name for name in WORK if "{event}" in WORK[name] or "f-one" in WORK[name]]
)
def test_an_unknown_id_is_named(name, place, capsys):
    command = [
        word.replace(place, "e-unknown").replace("f-one", "e-unknown")
        for word in words(name, place)
    ]
    assert run(command) == 2
    told = capsys.readouterr().err
    assert "e-unknown" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("group", ["forecasts", "review", "actors"])
def test_a_group_alone_shows_its_help_and_no_error(group, capsys):
    assert run([group]) == 2
    shown = capsys.readouterr().err
    assert re.match(rf"Usage: \S+ {group} \[OPTIONS\] COMMAND \[ARGS\]\.\.\.\n", shown)
    assert "Try '" not in shown


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_unknown_option_is_one_line_and_the_way_to_the_help(name, place, capsys):
    assert run([*words(name, place), "--no-such-option"]) == 2
    told = capsys.readouterr().err
    assert "--no-such-option" in told
    assert f"{name} --help'." in told


def on_terminal(command, **environment):
    """Run a command on a terminal of its own; return what it shows."""
    main, side = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    inherited = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
    with subprocess.Popen(
        [sys.executable, "-m", "detente", *command], stdin=side, stdout=side, stderr=side,
        env=inherited | {"TERM": "xterm-256color"} | environment,
    ) as child:  # fmt: skip
        os.close(side)
        shown = b""
        while True:
            try:
                piece = os.read(main, 65_536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        child.wait(timeout=60)
    os.close(main)
    return shown.decode(errors="replace")


@pytest.mark.model
@pytest.mark.slow
def test_a_terminal_gets_drawn_tables_and_progress_and_none_where_asked(place):
    drawn = on_terminal(words("index", place))
    assert "━" in drawn or "─" in drawn
    assert "\x1b[1m" in drawn
    plain = on_terminal(words("index", place), NO_COLOR="1")
    assert not re.search(r"\x1b\[3[0-9]", plain)
    assert "\x1b[1m" in on_terminal(words("search", place))
    assert "\x1b" not in on_terminal(words("search", place), NO_COLOR="1")
    shown = on_terminal(words("verify", place))
    assert "Checking" in shown
    assert "left" in shown
    assert "/s" in shown
    assert "\x1b" not in on_terminal(words("verify", place, "--quiet"))
    assert "Adding" in on_terminal(words("add", place))
    assert "\x1b" not in on_terminal([*words("add", place, "--quiet")])


AS_DETENTE = "import sys; sys.argv[0] = 'detente'; from detente.__main__ import main; main()"


def complete(typed):
    parts = typed.split(" ")
    done = subprocess.run(
        [sys.executable, "-c", AS_DETENTE], capture_output=True, text=True, check=False,
        env={**os.environ, "_DETENTE_COMPLETE": "complete_bash", "COMP_WORDS": typed,
             "COMP_CWORD": str(len(parts) - 1)},
    )  # fmt: skip
    return done.stdout.split()


@pytest.mark.slow
def test_the_shell_completes_commands_and_options():
    assert set(complete("detente re")) == {"recode", "restore", "rescue", "review"}
    assert "queue" in complete("detente review q")
    assert "--casebook" in complete("detente index --c")
    for shell in ("bash", "zsh", "fish"):
        shown = subprocess.run(
            [sys.executable, "-c", AS_DETENTE], capture_output=True, text=True, check=False,
            env={**os.environ, "_DETENTE_COMPLETE": f"source_{shell}"},
        )  # fmt: skip
        assert "detente" in shown.stdout, shown.stderr


@pytest.mark.model
def test_doctor_tells_versions_model_disk_and_store(place, capsys):
    assert run(["doctor", "--casebook", "c.casebook", "--json"]) == 0
    found = {one["what"]: one["reason"] for one in json.loads(capsys.readouterr().out)}
    assert set(found) >= {
        "program",
        "sqlite",
        "duckdb",
        "packages",
        "language model",
        "disk",
        "casebook",
    }
    assert "Python" in found["program"]
    assert "GB free" in found["disk"]
    assert found["casebook"] == "c.casebook is whole"
