import threading
import time
from pathlib import Path

import pytest

from detente.engine import Processes, Serial, backend
from detente.errors import InputError


def test_serial_reads_the_next_shard_when_its_turn_comes():
    order = []

    def shards():
        for name in "abc":
            order.append(f"plan {name}")
            yield Path(name)

    def run(path):
        order.append(f"run {path}")
        return path.with_suffix(".out")

    outputs = list(Serial().map(run, shards()))

    assert outputs == [Path("a.out"), Path("b.out"), Path("c.out")]
    assert order == ["plan a", "run a", "plan b", "run b", "plan c", "run c"]


def test_processes_run_side_by_side_and_answer_in_order():
    together = threading.Barrier(3, timeout=10)

    def run(path):
        if path.name in "012":
            together.wait()
        time.sleep(0.02 * (9 - int(path.name)))
        return path.with_suffix(".out")

    shards = [Path(str(n)) for n in range(9)]
    assert list(Processes(3).map(run, shards)) == [p.with_suffix(".out") for p in shards]


def test_processes_do_not_plan_far_ahead():
    planned = []

    def shards():
        for n in range(50):
            planned.append(n)
            yield Path(str(n))

    outputs = Processes(2).map(lambda path: path, shards())
    next(outputs)
    assert len(planned) == 4
    outputs.close()


def test_an_error_in_one_shard_ends_the_run_and_starts_no_further_one():
    begun = []

    def run(path):
        begun.append(path.name)
        if path.name == "1":
            raise InputError("wrong")
        time.sleep(0.05)
        return path

    with pytest.raises(InputError, match="wrong"):
        list(Processes(1).map(run, [Path(str(n)) for n in range(40)]))
    assert len(begun) < 6


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("serial", {"jobs": 2}, "one job"),
        ("processes", {"jobs": 0}, "at least one"),
        ("processes", {"address": "127.0.0.1:6379"}, "ray alone"),
        ("threads", {}, "no such engine"),
    ],
)
def test_a_wrong_engine_or_option_is_refused(name, options, message):
    with pytest.raises(InputError, match=message):
        backend(name, **options)
