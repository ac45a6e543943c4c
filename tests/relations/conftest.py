"""Rows written by hand."""

from datetime import date, timedelta

import pytest

from detente.relations.rows import Row


def row(name, day, **values):
    given = {
        "id": name, "incident": name, "doc": "d", "sentence": 1,
        "first": date.fromisoformat(day) if day else None, "last": None, "type": "CONSULT",
        "mode": None, "cameo": "040", "status": "actual", "domain": "diplomatic",
        "source": ("BLR.MFA",), "target": ("USA.MFA",), "ranks": (None, None), "format": None,
        "publisher": "Wire", "origin": "coded",
    }  # fmt: skip
    given |= values
    given["last"] = given["last"] or given["first"]
    return Row(**given)


@pytest.fixture(name="row")
def row_fixture():
    return row


@pytest.fixture
def monthly():
    """Makes one row for each count: ``monthly([2, 0, 1])`` has two in January 2010, one in March."""

    def make(counts, *, start=date(2010, 1, 1), **values):
        found = []
        for month, count in enumerate(counts):
            index = start.year * 12 + start.month - 1 + month
            first = date(index // 12, index % 12 + 1, 1)
            found += [
                row(f"{month}-{n}", (first + timedelta(days=n % 28)).isoformat(), **values)
                for n in range(count)
            ]
        return found

    return make
