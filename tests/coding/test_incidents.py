import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import incidents
from detente.model import Actor, Channel, Event, Place


def actor(code: str, person: str | None = None) -> Actor:
    country, _, institution = code.partition(".")
    return Actor(code=code, country=country, institution=institution or None, person=person)


MEETING = Event(
    id="e1",
    doc="d1",
    sentence=1,
    span=(0, 10),
    type="CONSULT",
    date="2016-09-20",
    date_precision="day",
    date_basis="text",
    source=(actor("BLR.MFA", "Vladimir Makei"),),
    target=(actor("USA.MOD", "Michael Carpenter"),),
    channel=Channel(format="bilateral", symmetric=True),
    place=Place(name="New York", country="USA", geonameid=5128581),
    rule="consult/meet",
)


def change(event: Event, **fields: object) -> Event:
    return msgspec.structs.replace(event, **fields)


def folded(*events: Event) -> bool:
    return len(set(incidents.fold(events).values())) == 1


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("the same told again", {}),
        ("sides swapped", {"source": MEETING.target, "target": MEETING.source}),
        ("the state for its ministry", {"source": (actor("BLR"),)}),
        ("no place", {"place": None}),
        ("the report's day, one later", {"date": "2016-09-21", "date_basis": "published"}),
        ("a day apart, as accounts differ", {"date": "2016-09-21"}),
        ("another verb", {"rule": "consult/hold-talks"}),
        ("the month, the same people", {"date": "2016-09-01", "date_end": "2016-09-30",
                                        "date_precision": "month"}),
        ("a two-day meeting", {"date": "2016-09-19", "date_end": "2016-09-20"}),
        ("an initial for the first name", {"source": (actor("BLR.MFA", "V. Makei"),)}),
    ],
)  # fmt: skip
def test_folds(name, fields):
    assert folded(MEETING, change(MEETING, id="e2", doc="d2", **fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("another day", {"date": "2016-09-24"}),
        ("another person", {"source": (actor("BLR.MFA", "Alena Kupchyna"),)}),
        ("another ministry", {"source": (actor("BLR.MOD"),)}),
        ("another country", {"target": (actor("POL.MOD"),)}),
        ("another type", {"type": "AGREE"}),
        ("planned, not held", {"status": "planned"}),
        ("in another country", {"place": Place(name="Vienna", country="AUT", geonameid=2761369)}),
        ("by telephone", {"channel": Channel(symmetric=True, medium="phone")}),
        ("some time that year, nobody named", {
            "date": "2016-01-01", "date_end": "2016-12-31", "date_precision": "year",
            "source": (actor("BLR"),), "target": (actor("USA"),)}),
    ],
)  # fmt: skip
def test_keeps_apart(name, fields):
    assert not folded(MEETING, change(MEETING, id="e2", doc="d2", **fields))


def test_direction_matters_where_sides_differ():
    blame = change(MEETING, type="ACCUSE", channel=Channel())
    answer = change(blame, id="e2", source=blame.target, target=blame.source)
    assert not folded(blame, answer)


def test_daily_acts_do_not_chain():
    first = change(MEETING, type="ASSAULT", channel=Channel(), cameo="194")
    days = [change(first, id=f"e{d}", doc=f"d{d}", date=f"2016-09-{d:02}") for d in range(10, 20)]
    assert len(set(incidents.fold(days).values())) == 10


def test_undated_mentions_fold_within_a_document_only():
    undated = change(MEETING, date=None, date_precision=None, date_basis="none")
    assert folded(undated, change(undated, id="e2"))
    assert not folded(undated, change(undated, id="e2", doc="d2"))


def test_an_undated_retelling_in_a_report_joins_what_the_report_dates():
    """A weekly note tells of a meeting by its day, and once more without one."""
    dated = change(MEETING, id="e2", doc="weekly")
    retold = change(
        MEETING,
        id="e3",
        doc="weekly",
        date="2016-10-02",
        date_basis="published",
        source=(actor("BLR"),),
    )
    assert folded(MEETING, dated, retold)
    assert not folded(dated, change(retold, doc="another"))
    assert not folded(dated, change(retold, source=(actor("BLR.MOD"),)))


def test_a_loose_account_joins_no_two_happenings():
    """Two meetings of one week stay two, whatever speaks of "the meeting" without a day."""
    later = change(MEETING, id="e2", doc="d2", date="2016-09-24")
    loose = change(
        MEETING,
        id="e3",
        doc="d3",
        date="2016-09-19",
        date_end="2016-09-25",
        date_precision="week",
    )
    found = incidents.fold([MEETING, later, loose])
    assert len(set(found.values())) == 2
    assert found["e3"] == found["e1"]


def test_a_report_two_days_later_without_a_day_of_its_own_joins():
    late = change(MEETING, id="e2", doc="d2", date="2016-09-22", date_basis="published")
    assert folded(MEETING, late)
    assert folded(change(MEETING, id="e0", doc="d0"), MEETING, late)


EVENTS = st.builds(
    lambda number, day, basis, precision, institution, doc: change(
        MEETING,
        id=f"e{number}",
        doc=f"d{doc}",
        date=f"2016-09-{day:02}" if basis != "none" else None,
        date_basis=basis,
        date_precision=precision if basis != "none" else None,
        source=(actor(institution),),
    ),
    number=st.integers(0, 10_000),
    day=st.integers(1, 9),
    basis=st.sampled_from(["text", "published", "context", "none"]),
    precision=st.sampled_from(["day", "week"]),
    institution=st.sampled_from(["BLR", "BLR.MFA", "BLR.MOD"]),
    doc=st.integers(0, 3),
)


@given(st.lists(EVENTS, max_size=12, unique_by=lambda e: e.id), st.randoms(use_true_random=False))
def test_no_order_of_reading_changes_the_incidents(events, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    assert incidents.fold(shuffled) == incidents.fold(events)


def test_order_of_reading_changes_nothing():
    events = [
        MEETING,
        change(MEETING, id="e2", doc="d2", date="2016-09-21", date_basis="published"),
        change(MEETING, id="e3", doc="d3", source=MEETING.target, target=MEETING.source),
        change(MEETING, id="e4", doc="d4", date="2016-10-20"),
        change(MEETING, id="e5", doc="d5", date="2016-10-20", target=(actor("POL.MFA"),)),
    ]
    expected = incidents.fold(events)
    assert len(set(expected.values())) == 3
    for order in itertools.permutations(events):
        assert incidents.fold(order) == expected
