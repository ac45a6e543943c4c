"""Every command has a help text with examples, and every example runs."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import detente.api as dt
from detente.cli.app import every_command

NOTE = """Example talks resume

On 20 September 2016 Belarusian Foreign Minister Vladimir Makei met US officials in New York. \
The two sides signed a joint statement.

On 5 October Poland expelled two Russian diplomats.
"""


EVENTS = """\
Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t\
Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t\
City\tDistrict\tProvince\tCountry\tLatitude\tLongitude
1\t2016-09-20\tForeign Affairs (Belarus)\tGovernment\tBelarus\tConsult\t040\t\
1.0\tLatvia\tNA\tLatvia\t7\t1\tExample Weekly\t\
Riga\tNA\tNA\tLatvia\t56.9\t24.1
"""


FORECASTS = """\
id,text,issued,subject,object,direction,hedge,deadline
f-visit,A visit to Minsk is likely,2016-09-26,USA,BLR,start,likely,2017-03-26
"""


def commands() -> dict[str, object]:
    return {f"detente {name}": command for name, command in every_command().items()}


def examples() -> list[str]:
    return [
        line.strip()
        for command in commands().values()
        for line in (command.epilog or "").splitlines()
        if line.strip().startswith("detente ")
    ]


def detente(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "detente", *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "events.tab").write_text(EVENTS, encoding="utf-8")
    (folder / "dictionary.txt").write_text("RURITANIAN_PALACE_ [POLGOV]\n", encoding="utf-8")
    (folder / "reports").mkdir()
    (folder / "reports" / "one.md").write_text(f"# {NOTE}", encoding="utf-8")
    added = detente("add", "reports/", "--casebook", "minsk.casebook", cwd=folder)
    assert added.returncode == 0, added.stderr
    (folder / "forecasts.csv").write_text(FORECASTS, encoding="utf-8")
    for event in dt.view(folder / "minsk.casebook").events().column("id").to_pylist():
        dt.judge(event, "accept", reviewer="Ada", casebook=folder / "minsk.casebook")
    for step in (("import", "csv", "forecasts.csv"), ("operationalise",)):
        done = detente("forecasts", *step, "--casebook", "minsk.casebook", cwd=folder)
        assert done.returncode == 0, done.stderr
    shutil.copytree(folder / "minsk.casebook", folder / "backup.casebook")
    shutil.copytree(folder / "minsk.casebook", folder / "damaged.casebook")
    for ledger in (folder / "damaged.casebook").glob("ledger.sqlite*"):
        ledger.unlink()
    return folder


def test_every_command_has_help_and_an_example():
    shown = {example.split()[1] for example in examples()}
    for name, command in commands().items():
        assert command.help, name
        assert name.split()[1] in shown, f"{name} has no example"


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("example", [e for e in examples() if not e.startswith("detente serve")])
def test_example_runs(example, workplace):
    some_event = dt.view(workplace / "minsk.casebook").events().column("id")[0].as_py()
    arguments = shlex.split(re.sub(r"\be[0-9a-f]{16}\b", some_event, example))[1:]
    done = detente(*arguments, cwd=workplace)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or done.stderr.startswith(("Wrote", "Answering"))


def test_top_help_lists_every_command(tmp_path):
    done = detente("--help", cwd=tmp_path)
    assert done.returncode == 0
    for name in commands():
        assert re.search(rf"^  {name.split()[1]} ", done.stdout, re.M), name


def test_wrong_option_is_one_line_and_exit_two(tmp_path):
    done = detente("code", "--formt", "csv", "x.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "--formt" in done.stderr


def test_missing_casebook_is_refused(tmp_path):
    done = detente("search", "x", "--casebook", "nowhere.casebook", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere.casebook" in done.stderr
    assert "Traceback" not in done.stderr
