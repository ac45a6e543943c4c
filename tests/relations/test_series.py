from datetime import date

import pytest

from detente.errors import InputError
from detente.registers import scales
from detente.relations import periods, rows
from detente.relations.series import reading, series, to_table

SCALE = scales.load("barometer-1")


def test_a_series_by_hand(row):
    found = series(
        [
            row("a", "2016-01-05", mode="visit"),
            row("b", "2016-01-05", incident="a", doc="e", mode="visit"),
            row("c", "2016-03-31", type="SANCTION"),
            row("d", None),
        ],
        SCALE,
    )
    assert [(b.start, b.end) for b in found.bins] == [
        (date(2016, 1, 1), date(2016, 1, 31)),
        (date(2016, 2, 1), date(2016, 2, 29)),
        (date(2016, 3, 1), date(2016, 3, 31)),
    ]
    assert [(b.incidents, b.mentions, b.index) for b in found.bins] == [
        (1, 2, 2.0), (0, 0, 0.0), (1, 1, -3.0),
    ]  # fmt: skip
    assert [b.catalogue for b in found.bins] == [("a",), (), ("c",)]
    assert found.undated == 1
    assert found.bins[0].index_low == pytest.approx(2 - 1.6449 * 2)
    assert to_table(found).column("incidents").to_pylist() == [1, 0, 1]


def test_coverage_corrects_the_index_and_not_the_counts(row):
    found = [row("a", "2016-01-05"), row("b", "2016-02-05"), row("c", "2016-03-05")]
    read = {date(2016, 1, 1): 30, date(2016, 2, 1): 10, date(2016, 3, 1): 0}
    bins = series(found, SCALE, reading=read).bins
    assert [b.incidents for b in bins] == [1, 1, 1]
    assert [b.coverage for b in bins] == [1.5, 0.5, 0.0]
    assert [b.index for b in bins] == [pytest.approx(0.666667), 2.0, None]


def test_what_the_scale_does_not_cover_counts_without_points(row):
    found = series([row("a", "2016-01-05", cameo=None)], scales.load("goldstein-1992"))
    assert (found.bins[0].incidents, found.bins[0].index, found.not_covered) == (1, 0.0, 1)


def test_nothing_gives_nothing():
    assert series([], SCALE).bins == ()
    empty = series([], SCALE, since=date(2016, 1, 1), until=date(2016, 2, 1))
    assert [b.incidents for b in empty.bins] == [0, 0]


def test_filters(row):
    found = [
        row("a", "2016-01-05", domain="military", publisher="Desk"),
        row("b", "2016-01-05", source=("BLR.MOD",)),
        row("c", "2016-01-05", status="planned"),
        row("d", "2016-01-05", target=("POL",)),
    ]
    assert [r.id for r in rows.between(found, "USA", "BLR")] == ["a", "b", "c"]
    assert [r.id for r in rows.directed(found, "USA", "BLR")] == []
    assert [r.id for r in rows.narrow(found, domain="military")] == ["a"]
    assert [r.id for r in rows.narrow(found, institution="BLR.MOD")] == ["b"]
    assert [r.id for r in rows.keep(found, statuses=("planned",))] == ["c"]
    assert [r.id for r in rows.keep(found, publisher="Desk")] == ["a"]


def test_weeks_begin_on_monday_and_issues_go_back_by_whole_months():
    assert periods.start_of(date(2016, 9, 25), "week") == date(2016, 9, 19)
    assert periods.start_of(date(2016, 9, 25), "two months") == date(2016, 9, 1)
    assert periods.issues(date(2018, 1, 1), date(2018, 2, 28), count=3) == [
        (date(2017, 9, 1), date(2017, 10, 31)),
        (date(2017, 11, 1), date(2017, 12, 31)),
        (date(2018, 1, 1), date(2018, 2, 28)),
    ]
    assert periods.issues(date(2018, 1, 5), date(2018, 1, 9), count=2)[0] == (
        date(2017, 12, 31), date(2018, 1, 4),
    )  # fmt: skip


def test_a_day_outside_every_period_falls_in_none():
    spans = [(date(2016, 1, 1), date(2016, 1, 31)), (date(2016, 3, 1), date(2016, 3, 31))]
    days = [date(2015, 12, 31), date(2016, 1, 31), date(2016, 2, 15), date(2016, 4, 1)]
    assert [periods.bin_of(day, spans) for day in days] == [None, 0, None, None]
    assert reading(days, spans) == {date(2016, 1, 1): 1, date(2016, 3, 1): 0}


@pytest.mark.parametrize(
    ("since", "until", "unit"),
    [
        (date(2016, 2, 1), date(2016, 1, 1), "month"),
        (date(1, 1, 1), date(2016, 1, 1), "day"),
        (date(2016, 1, 1), date(2016, 1, 1), "fortnight"),
    ],
)
def test_impossible_periods_are_refused(since, until, unit):
    with pytest.raises(InputError):
        periods.bins(since, until, unit)
