"""The documentation names everything, its examples run, and the site builds without a warning."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from detente import errors
from detente.settings import Settings

ROOT = Path(__file__).parents[2]


def script(name):
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = script("reference")


def test_every_command_has_its_options_told():
    for name, command in reference.every_command().items():
        assert command.help, name
        for parameter in command.params:
            if parameter.name != "help":
                assert parameter.help, f"{name}: {parameter.name} has no help"


def test_every_setting_is_told():
    page = reference.settings()
    for name in Settings.__dataclass_fields__:
        assert f"`DETENTE_{name.upper()}`" in page
        assert reference.attributes(Settings)[name]


@pytest.mark.parametrize("kind", reference.structs(), ids=lambda kind: kind.__name__)
def test_every_field_of_a_record_is_told(kind):
    told = reference.attributes(kind)
    assert set(told) == {field.name for field in msgspec.structs.fields(kind)}


def test_every_error_is_told():
    page = reference.faults()
    for name in dir(errors):
        kind = getattr(errors, name)
        if isinstance(kind, type) and issubclass(kind, errors.DetenteError):
            assert f"`{name}`" in page
            assert name in reference._tree()


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "reference" / "commands" / "index.html").read_text("utf-8")
    assert "detente brief" in page
    outside = [
        line
        for path in (tmp_path / "site").rglob("*.html")
        for line in path.read_text("utf-8").splitlines()
        if 'src="http' in line
        or ("<link" in line and 'href="http' in line and "canonical" not in line)
    ]
    assert not outside


@pytest.mark.model
@pytest.mark.slow
def test_the_examples_print_what_the_pages_say(tmp_path):
    examples = script("doc_examples")
    examples.prepare(tmp_path)
    for name in examples.PAGES:
        text = (ROOT / name).read_text("utf-8")
        assert examples.renewed(text, tmp_path) == text, f"{name}: run scripts/doc_examples.py"
