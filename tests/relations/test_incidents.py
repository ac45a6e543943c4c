from datetime import date

from detente.model import Actor, Channel, Event, Place
from detente.relations.incidents import Difference, gather

MINISTER = Actor(
    code="POL.MFA", country="POL", institution="MFA", person="Jan Nowak", rank="minister"
)
MINISTRY = Actor(code="POL.MFA", country="POL", institution="MFA")
POLAND = Actor(code="POL", country="POL")
LATVIA = Actor(code="LVA", country="LVA")


def event(name, **values):
    given = {"id": name, "doc": "d", "sentence": 1, "span": (0, 1), "type": "CONSULT",
             "incident": "i", "date_precision": "day", "date_basis": "text"}  # fmt: skip
    return Event(**(given | values))


def test_the_fullest_name_stands_for_all_mentions():
    (found,) = gather(
        [
            event("a", source=(POLAND,), target=(LATVIA,)),
            event("b", source=(MINISTER,), target=(LATVIA,), doc="e"),
            event("c", source=(MINISTRY,), target=(LATVIA,)),
        ]
    )
    assert (found.source, found.target) == ((MINISTER,), (LATVIA,))
    assert found.documents == ("d", "e")
    assert found.ranks == ("minister", None)


def test_a_meeting_told_the_other_way_round_is_turned():
    channel = Channel(symmetric=True)
    (found,) = gather(
        [
            event("a", source=(MINISTER,), target=(LATVIA,), channel=channel),
            event("b", source=(LATVIA,), target=(POLAND,), channel=channel),
        ]
    )
    assert (found.source, found.target) == ((MINISTER,), (LATVIA,))


def test_a_day_beats_a_month_and_other_days_are_kept_beside_it():
    (found,) = gather(
        [
            event("a", date="2016-09-01", date_end="2016-09-30", date_precision="month"),
            event("b", date="2016-09-20"),
            event("c", date="2016-09-20"),
            event("d", date="2016-09-21"),
            event("e", date="2016-09-22", date_basis="published"),
        ]
    )
    assert (found.start, found.end, found.precision) == (
        date(2016, 9, 20),
        date(2016, 9, 20),
        "day",
    )
    assert found.differences == (
        Difference(field="date", values=(("2016-09-20", ("a", "b", "c")), ("2016-09-21", ("d",)))),
    )


def test_a_visit_has_the_days_of_its_stay_and_another_length_is_kept_beside_it():
    hosted = Channel(host="LVA")
    (found,) = gather(
        [
            event("a", source=(LATVIA,), target=(MINISTER,), date="2016-09-21"),
            event("b", date="2016-09-20", date_end="2016-09-21", channel=hosted, mode="visit",
                  source=(POLAND,), target=(LATVIA,)),
            event("c", date="2016-09-20", date_end="2016-09-21", channel=hosted),
            event("d", date="2016-09-19", date_end="2016-09-21", channel=hosted),
        ]
    )  # fmt: skip
    assert (found.start, found.end, found.mode) == (date(2016, 9, 20), date(2016, 9, 21), "visit")
    assert (found.source, found.target) == ((MINISTER,), (LATVIA,))
    (difference,) = found.differences
    assert difference.values == (
        ("2016-09-20..2016-09-21", ("a", "b", "c")), ("2016-09-19..2016-09-21", ("d",)),
    )  # fmt: skip


def test_places_that_differ_are_told():
    riga, vilnius = Place(name="Riga", geonameid=1), Place(name="Vilnius", geonameid=2)
    (found,) = gather(
        [event("a", place=riga), event("b", place=vilnius), event("c", place=vilnius)]
    )
    assert found.place == vilnius
    assert [value for value, _ in found.differences[0].values] == ["Vilnius", "Riga"]


def test_events_without_an_incident_stand_alone_and_undated_ones_come_first():
    found = gather([event("b", incident="", date="2016-01-01"), event("a", incident="")])
    assert [incident.id for incident in found] == ["a", "b"]
    assert found[0].start is None
