import sys
from pathlib import Path

import pytest

from detente.model import Actor, Event

ROOT = str(Path(__file__).parents[2])


@pytest.fixture
def plv(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    from eval.events import plv

    yield plv
    for name in [n for n in sys.modules if n == "eval" or n.startswith("eval.")]:
        del sys.modules[name]


def event(source, target, kind="CONSULT"):
    sides = [
        tuple(Actor(code="AAA", country="AAA", span=span) for span in side)
        for side in (source, target)
    ]
    return Event(
        id="e", doc="d", sentence=0, span=(0, 40), type=kind, source=sides[0], target=sides[1]
    )


def row(plv, source=(0, 6), target=(11, 17)):
    return plv.Row(number=0, text="", source=source, target=target, root="CONSULT")


def test_an_event_joins_a_pair_where_different_actors_touch_both_spans(plv):
    assert plv.joins(event([(0, 6)], [(11, 17)]), row(plv))
    assert plv.joins(event([(11, 17)], [(4, 9)]), row(plv))
    assert not plv.joins(event([(0, 6)], [(20, 26)]), row(plv))
    assert not plv.joins(event([(0, 20)], []), row(plv))
    assert not plv.joins(event([(0, 6)], [(11, 17)]), row(plv, target=None))


def test_concede_and_retreat_are_one_root(plv):
    assert [plv.root_of(t) for t in ("CONCEDE", "RETREAT", "AID")] == ["YIELD", "YIELD", "AID"]


def test_macro_f1_is_over_the_classes_of_the_gold(plv):
    assert plv.macro_f1(["A", "A", "B"], ["A", "none", "B"]) == pytest.approx((2 / 3 + 1) / 2)


def test_spans_are_read_from_the_marks(plv):
    marked = "<s>Oslo</s> met <t>Rome</t>."
    assert plv._span(marked, "s") == (0, 4)
    assert plv._span(marked, "t") == (9, 13)
    assert plv._span("Oslo met Rome.", "s") is None
