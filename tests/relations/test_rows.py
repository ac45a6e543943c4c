from datetime import date

import pyarrow as pa

from detente.casebook import columns
from detente.model import Actor, DocumentRecord, Event
from detente.relations.rows import Row, fold, from_events, from_table, narrow

EVENT = Event(
    id="e", doc="d", sentence=2, span=(0, 1), type="CONSULT", mode="visit", domain="energy",
    date="2016-09-20", date_precision="day", incident="i", confidence=0.9, cameo="042",
    source=(Actor(code="BLR.MFA", country="BLR", institution="MFA", rank="minister"),),
    target=(Actor(code="USA", country="USA"),),
)  # fmt: skip
DAY = date(2016, 9, 20)
EXPECTED = Row(
    "e", "i", "d", 2, DAY, DAY, "CONSULT", "visit", "042", "actual", "energy", ("BLR.MFA",),
    ("USA",), ("minister", None), None, "Wire", "coded",
)  # fmt: skip


def test_records_and_tables_give_the_same_rows():
    document = DocumentRecord(id="d", source="d.txt", publisher="Wire")
    line = columns.event_row(EVENT, document, shard="s")
    assert from_table(pa.Table.from_pylist([line], schema=columns.EVENTS)) == [EXPECTED]
    assert from_events([EVENT], publishers={"d": "Wire"}) == [EXPECTED]


def test_the_narrowest_date_and_the_commonest_domain_stand(row):
    rows = [
        row("a", "2016-09-01", incident="i", last=date(2016, 9, 30), domain="energy"),
        row("b", "2016-09-20", incident="i", domain="other", source=("BLR.GOV",)),
        row("c", "2016-09-20", incident="i", domain="energy"),
    ]
    ((found, mentions),) = fold(rows)
    assert (found.id, found.domain, mentions) == ("b", "energy", 3)
    assert found.source == ("BLR.MFA",)


def test_ranks_follow_the_sides_that_stand(row):
    rows = [
        row("a", "2016-09-20", incident="i", source=("USA.MOD",), target=("BLR.HOS",))._replace(
            ranks=("deputy assistant secretary", "head of state")
        ),
        row("b", "2016-09-20", incident="i", source=("BLR.HOS",), target=("USA.MOD",))._replace(
            ranks=("head of state", None)
        ),
    ]
    for order in (rows, rows[::-1]):
        ((found, _mentions),) = fold(order)
        expected = {"BLR.HOS": "head of state", "USA.MOD": "deputy assistant secretary"}
        assert found.ranks == (expected[found.source[0]], expected[found.target[0]])


def test_a_period_is_asked_of_incidents_not_of_mentions(row):
    """ "In 2016" touches September, but the visit that it tells of was in March."""
    march = [
        row("a", "2016-03-28", incident="i"),
        row("b", "2016-01-01", incident="i", last=date(2016, 12, 31)),
        row("c", None, incident="i"),
    ]
    autumn = {"since": date(2016, 9, 1), "until": date(2016, 12, 31)}
    assert narrow(march, **autumn) == []
    assert narrow(march, until=date(2016, 6, 30)) == march
    assert narrow([row("d", None)], **autumn) == []


def test_a_domain_is_asked_of_incidents_not_of_mentions(row):
    told = [
        row("a", "2016-03-28", incident="i", domain="military"),
        row("b", "2016-03-28", incident="i", domain="military"),
        row("c", "2016-03-28", incident="i", domain="political"),
    ]
    assert narrow(told, domain="military") == told
    assert narrow(told, domain="political") == []


def test_of_two_modes_that_are_told_as_often_the_first_by_name_stands(row):
    told = [
        row("a", "2016-03-28", incident="i", type="ACCUSE", mode="disapprove"),
        row("b", "2016-03-28", incident="i", type="ACCUSE", mode="allege"),
    ]
    for order in (told, told[::-1]):
        assert fold(order)[0][0].mode == "allege"
