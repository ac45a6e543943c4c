import contextlib
import os
import signal
import time

import pytest

from detente.engine import child
from detente.engine.child import Limits
from detente.errors import ReadError

LIMITS = Limits(seconds=30.0, megabytes=1_500)
HERE = "detente_child_functions"


@pytest.fixture(autouse=True)
def functions(tmp_path, monkeypatch):
    """Functions for the child, in a module that only it imports."""
    (tmp_path / f"{HERE}.py").write_text(
        "import os, time\n"
        "def echo(data):\n    yield data\n    yield str(os.getpid()).encode()\n"
        "def loop(data):\n    yield b'first'\n    while True: pass\n"
        "def eat(data):\n    yield bytes(2_000_000_000)\n"
        "def nap(data):\n    time.sleep(0.5)\n    yield data\n"
        "def die(data):\n    os.kill(os.getpid(), 11)\n    yield b''\n"
        "def fail(data):\n    raise ZeroDivisionError('secret')\n    yield b''\n"
        "def deep(data):\n    return deep(data)\n"
    )
    child.close_all()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    child.close_all()


def run(name, data=b"x", **limits):
    limits = {"seconds": 2.0, "megabytes": 1_000, **limits}
    return list(child.run(f"{HERE}:{name}", data, limits=Limits(**limits)))


def test_one_child_serves_many_calls():
    first, second = run("echo", b"one"), run("echo", os.urandom(5_000_000))
    assert first[0] == b"one"
    assert len(second[0]) == 5_000_000
    assert first[1] == second[1]
    assert int(first[1]) != os.getpid()


def test_a_large_parent_does_not_use_up_its_childs_limit():
    ballast = bytearray(os.urandom(1)) * 600_000_000
    assert run("echo")[1] == run("echo")[1]
    assert len(ballast) == 600_000_000


@pytest.mark.parametrize(
    ("name", "code"),
    [("eat", "memory"), ("die", "crash"), ("fail", "damaged"), ("deep", "too_deep")],
)
def test_what_goes_wrong_is_one_code_and_the_next_call_works(name, code):
    with pytest.raises(ReadError) as caught:
        run(name)
    assert caught.value.code == code
    assert "secret" not in caught.value.reason
    assert run("echo")[0] == b"x"


def test_an_endless_loop_is_ended():
    run("echo")
    began = time.monotonic()
    with pytest.raises(ReadError) as caught:
        run("loop", seconds=0.5)
    assert caught.value.code == "timeout"
    assert time.monotonic() - began < 3
    assert run("echo")[0] == b"x"


def test_a_killed_child_is_replaced():
    pid = int(run("echo")[1])
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.05)
    assert int(run("echo")[1]) != pid


def test_a_call_that_is_started_is_not_waited_for():
    run("echo")
    with contextlib.closing(child.start(f"{HERE}:nap", b"x", limits=LIMITS)) as running:
        assert not running.answered()
        deadline = time.monotonic() + 10
        while not running.answered() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert running.answered()
        assert [*running] == [b"x"]
    assert run("echo")[0] == b"x"
    left = child.start(f"{HERE}:nap", b"x", limits=LIMITS)
    left.close()
    left.close()
    assert [*left] == []
    assert not child._Pool.busy


def test_a_call_inside_a_call_has_a_child_of_its_own():
    outer = child.run(f"{HERE}:echo", b"outer", limits=LIMITS)
    assert next(outer) == b"outer"
    inner = run("echo", b"inner")
    assert inner[0] == b"inner"
    assert next(outer) != inner[1]
    outer.close()
