from datetime import date, timedelta

from detente.registers import scales
from detente.relations.ceiling import ceiling

SINCE, UNTIL = date(2014, 1, 1), date(2016, 12, 31)


def reactions(row, *days):
    return [
        row(f"r{day}", day, type="ACCUSE", source=("RUS",), target=("BLR.MFA",)) for day in days
    ]


def find(rows):
    return ceiling(rows, "BLR", "USA", "RUS", scales.load(), since=SINCE, until=UNTIL)


def test_few_events_are_called_few(row):
    found = find([row("a", "2014-05-05"), *reactions(row, "2014-05-01")])
    assert (found.verdict, found.ratio) == ("too few events to say", None)
    assert (found.reactions, found.contacts, found.after) == (1, 1, 1)
    assert (found.days_after, found.days) == (90, 1096)


def test_a_fall_after_each_reaction_is_found(row):
    marks = ["2014-06-01", "2015-03-01", "2016-02-01"]
    shadow = {date.fromisoformat(mark) + timedelta(days=n) for mark in marks for n in range(1, 91)}
    days = [SINCE + timedelta(days=n) for n in range(0, 1096, 12)]
    rows = [row(str(day), day.isoformat()) for day in days if day not in shadow]
    found = find([*rows, *reactions(row, *marks)])
    assert (found.verdict, found.after, found.ratio) == ("falls", 0, 0.0)
    assert found.high < 1
    assert len(found.reaction_ids) == 3


def test_steady_contacts_show_no_change(row):
    rows = [row(str(n), (SINCE + timedelta(days=n)).isoformat()) for n in range(0, 1096, 12)]
    found = find([*rows, *reactions(row, "2014-06-01", "2015-03-01", "2016-02-01")])
    assert found.verdict == "no change found"
    assert found.low < 1 < found.high
