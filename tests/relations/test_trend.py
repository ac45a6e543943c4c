from datetime import date

import pytest

from detente.model import Event
from detente.registers import scales
from detente.relations.incidents import gather
from detente.relations.trend import compare


def acts(*spec):
    return gather(
        Event(id=str(n), doc="d", sentence=0, span=(0, 1), type=kind, date=day)
        for n, (day, kind) in enumerate(spec)
    )


def found(*spec):
    return compare(acts(*spec), scales.load(), since=date(2016, 7, 1), until=date(2016, 12, 31))


AID = [(f"2016-08-0{n}", "AID") for n in range(1, 5)]
WAR = [(f"2016-08-0{n}", "ASSAULT") for n in range(1, 5)]


@pytest.mark.parametrize(
    ("spec", "trend"),
    [
        (AID, "improved"),
        (WAR, "worsened"),
        ([(day.replace("2016-08", "2016-03"), kind) for day, kind in WAR], "too few to say"),
        (AID[:3], "too few to say"),
        ([*AID[:2], ("2016-02-01", "AID"), ("2016-02-02", "AID")], "unchanged"),
    ],
)
def test_the_rule(spec, trend):
    assert found(*spec).trend == trend


def test_the_numbers_by_hand():
    one = found(("2016-07-01", "AID"), ("2016-12-31", "CONSULT"), ("2016-06-30", "SANCTION"))
    assert (one.index, one.before_index, one.count, one.before_count) == (4, -3, 2, 1)
    assert (one.before_since, one.before_until) == (date(2015, 12, 30), date(2016, 6, 30))
    assert one.margin == pytest.approx(1.28 * (9 + 1 + 9) ** 0.5)
    assert one.incidents == ("0", "1", "2")
