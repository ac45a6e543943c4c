import os
import subprocess
import sys

import pytest

from detente.errors import ReadError
from detente.ingest.paths import open_file, walk
from detente.model import ErrorRecord


def shown(path):
    return [one.error if isinstance(one, ErrorRecord) else one.name for one in walk(path)]


def test_folders_are_walked_by_name_and_hidden_files_left_out(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.txt", ".hidden", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert shown(tmp_path) == ["a.txt", "1.txt", "2.txt", "c.txt"]


def test_what_is_no_file_is_named(tmp_path):
    os.mkfifo(tmp_path / "a-pipe")
    (tmp_path / "b-loop").symlink_to("b-loop")
    (tmp_path / "c-up").symlink_to(tmp_path)
    (tmp_path / "d-gone").symlink_to("nowhere")
    (tmp_path / "e.txt").write_text("x")
    (tmp_path / "f-link").symlink_to("e.txt")
    assert shown(tmp_path) == [
        "not_a_file",
        "symlink_loop",
        "symlink",
        "missing",
        "e.txt",
        "f-link",
    ]


def test_devices_missing_files_and_odd_names(tmp_path):
    assert shown(tmp_path / "missing") == ["missing"]
    assert shown(tmp_path / ("x" * 300)) == ["missing"]
    assert shown(tmp_path / "a\x00b") == ["missing"]
    assert [one.error for one in walk(type(tmp_path)("/dev/zero"))] == ["not_a_file"]
    assert shown(tmp_path) == ["empty"]


def test_a_pipe_does_not_block_when_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError) as caught:
        open_file(tmp_path / "pipe")
    assert caught.value.code == "not_a_file"


def test_names_with_any_bytes(tmp_path):
    names = [b"-rf", b"new\nline", b'quo"te', b"\xff\xfe", "снег".encode(), b"y" * 255]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("x")
    assert sorted(os.fsencode(one.name) for one in walk(tmp_path)) == sorted(names)


def test_a_folder_without_permission_is_one_error(tmp_path):
    """The owner of everything may read everything, so another user looks."""
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text("x")
    (tmp_path / "z.txt").write_text("x")
    closed.chmod(0)
    if os.geteuid() != 0:
        assert shown(tmp_path) == ["permission", "z.txt"]
        closed.chmod(0o700)
        return
    code = (
        "import os, sys; from pathlib import Path; from detente.ingest.paths import walk;"
        "import detente.model; from detente.ingest import sniff;"
        "os.chdir(sys.argv[1]); os.seteuid(65534);"
        "print([getattr(one, 'error', None) or one.name for one in walk(Path('.'))])"
    )
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['permission', 'z.txt']"
