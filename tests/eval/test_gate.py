import importlib.util
import json
from pathlib import Path

import pytest

EVAL = Path(__file__).parents[2] / "eval"


@pytest.fixture(scope="module")
def gate():
    spec = importlib.util.spec_from_file_location("gate", EVAL / "gate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_fall_below_a_floor_is_named(gate):
    floors = {"a/f1": 0.5, "a/extra_per_100": 10.0, "b/f1": 0.9}
    assert gate.failures({"a/f1": 0.5, "a/extra_per_100": 10.0}, floors) == []
    assert gate.failures({"a/f1": 0.49, "a/extra_per_100": 11.0}, floors) == [
        "a/extra_per_100 is 11; it must be at most 10",
        "a/f1 is 0.49; it must be at least 0.5",
    ]


def test_every_floor_belongs_to_a_measure(gate):
    names = set(gate.names())
    for figure in json.loads((EVAL / "floors.json").read_text(encoding="utf-8")):
        assert figure.partition("/")[0] in names


def test_own_dates_hold_their_floor(gate):
    figures = dict(gate.measures(None, only="dates"))
    assert gate.failures(figures, gate.floors()) == []


def test_an_unknown_measure_is_refused(gate):
    with pytest.raises(ValueError, match="no measure is called 'x'"):
        list(gate.measures(None, only="x"))
