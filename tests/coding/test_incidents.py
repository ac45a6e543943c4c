import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import incidents
from detente.model import Actor, Channel, Event, Place
from detente.relations import rows
from detente.relations.incidents import gather


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


def test_a_report_recalls_without_a_day_what_two_people_did_days_before():
    """Below its lead; what stands in the lead is news of its own."""
    call = change(MEETING, channel=Channel(symmetric=True, medium="phone"), place=None)
    recalled = change(
        call, id="e2", doc="d2", date="2016-09-25", date_basis="published", sentence=4
    )
    assert folded(call, recalled)
    assert not folded(call, change(recalled, sentence=1))
    assert not folded(call, change(recalled, date="2016-10-25"))
    assert not folded(call, change(recalled, target=(actor("USA.MOD"),)))
    assert not folded(call, change(recalled, channel=MEETING.channel))


def test_a_year_in_which_an_institution_met_is_that_of_a_meeting_on_file():
    summed_up = {"date": "2016-01-01", "date_end": "2016-12-31", "date_precision": "year"}
    ministry = change(
        MEETING, id="e2", doc="d2", source=(actor("BLR"),), target=(actor("USA.MOD"),), **summed_up
    )
    assert folded(MEETING, ministry)
    assert not folded(MEETING, change(ministry, target=(actor("USA.MFA"),)))


def test_what_is_told_of_a_year_is_the_only_such_act_of_it():
    eased = change(
        MEETING, type="CONCEDE", rule="concede/ease", channel=Channel(), source=(actor("EU"),),
        target=(actor("BLR"),), place=None, date="2016-02-25",
    )  # fmt: skip
    year = change(
        eased, id="e2", doc="d2", rule="concede/lift", date="2016-01-01", date_end="2016-12-31",
        date_precision="year",
    )  # fmt: skip
    assert folded(eased, year)
    assert not folded(eased, change(year, target=(actor("RUS"),)))
    assert not folded(eased, change(year, date="2015-01-01", date_end="2015-12-31"))
    later = change(eased, id="e3", doc="d3", date="2016-10-25")
    assert len(set(incidents.fold([eased, later, year]).values())) == 3
    month = change(eased, id="e4", doc="d4", date_precision="month", date="2016-05-01",
                   date_end="2016-05-31")  # fmt: skip
    other = change(month, id="e5", doc="d5", date="2016-09-01", date_end="2016-09-30")
    assert len(set(incidents.fold([month, other, year]).values())) == 3


def test_measures_are_lifted_or_eased():
    lifted = change(MEETING, type="CONCEDE", rule="concede/lift", cameo="085", channel=Channel())
    assert folded(lifted, change(lifted, id="e2", doc="d2", rule="concede/ease", cameo="081"))


def test_a_conviction_and_its_sentence_are_one_happening():
    convicted = change(
        MEETING, type="SANCTION", mode="convict", rule="sanction/convict", channel=Channel()
    )
    jailed = change(convicted, id="e2", type="COERCE", mode="arrest", rule="coerce/jail")
    assert folded(convicted, jailed)
    assert not folded(convicted, change(jailed, rule="coerce/arrest"))
    found = incidents.fold([convicted, jailed])
    told = [change(event, incident=found[event.id]) for event in (convicted, jailed)]
    [incident] = gather(told)
    assert (incident.type, incident.mode, len(incident.mentions)) == ("COERCE", "arrest", 2)
    [(row, mentions)] = rows.fold(rows.from_events(told))
    assert (row.type, row.mode, mentions) == ("COERCE", "arrest", 2)


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


HAHN, LUKASHENKO, MAKEI = (
    actor("EU", "Johannes Hahn"),
    actor("BLR.HOS", "Alexander Lukashenko"),
    actor("BLR.MFA", "Vladimir Makei"),
)
MINSK = Place(name="Minsk", country="BLR", geonameid=625144)
SYMMETRIC = Channel(format="bilateral", symmetric=True)
VISIT = change(
    MEETING, id="v", mode="visit", rule="consult/visit", source=(HAHN,), target=(actor("BLR"),),
    channel=Channel(format="bilateral", host="BLR"), place=MINSK, date="2018-01-29",
    date_end="2018-01-30",
)  # fmt: skip
RECEIVED = change(
    MEETING, id="m1", doc="d2", source=(HAHN,), target=(LUKASHENKO,), place=None, channel=SYMMETRIC,
    date="2018-01-30",
)  # fmt: skip
TALKS = change(RECEIVED, id="m2", doc="d3", target=(MAKEI,))
IN_JANUARY = change(
    VISIT, date="2018-01-01", date_end="2018-01-31", date_precision="month", place=None
)


def test_a_visit_and_the_talks_within_it_are_one():
    assert folded(VISIT, RECEIVED, TALKS)
    assert not folded(RECEIVED, TALKS)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("another guest", {"source": (actor("EU", "Federica Mogherini"),)}),
        ("in a third country", {"place": Place(name="Vienna", country="AUT", geonameid=2761369)}),
        ("a week later", {"date": "2018-02-06"}),
        ("by telephone", {"channel": Channel(symmetric=True, medium="phone")}),
        ("with another country", {"target": (actor("UKR.MFA", "Pavlo Klimkin"),)}),
    ],
)
def test_talks_outside_the_visit_stay_apart(name, fields):
    assert not folded(VISIT, change(TALKS, **fields))


def test_a_visit_told_by_its_month_holds_its_talks_together_and_no_others():
    earlier = change(RECEIVED, id="m0", doc="d0", date="2018-01-05")
    found = incidents.fold([IN_JANUARY, RECEIVED, TALKS, earlier])
    assert len(set(found.values())) == 2
    assert found["m1"] == found["m2"] != found["m0"]


def test_the_ambassador_at_home_is_no_guest():
    """Whom a resident envoy meets on neighbouring days is met on two occasions."""
    envoy = actor("USA.EMB", "Julie Fisher")
    one = change(VISIT, source=(envoy,), target=(MAKEI,), date="2020-12-01", date_end=None)
    two = change(one, id="w", doc="d2", target=(LUKASHENKO,), date="2020-12-02")
    assert not folded(one, two)


def test_one_report_of_one_guest_with_several_hosts_is_one_visit():
    also = change(TALKS, doc="d2", sentence=3, date="2018-01-31", date_basis="published")
    assert folded(RECEIVED, also)
    in_new_york = {"mode": "third-party", "place": MEETING.place}
    assert not folded(change(RECEIVED, **in_new_york), change(also, **in_new_york))


def test_an_office_that_was_misread_parts_no_meetings_of_one_person():
    assert folded(
        RECEIVED, change(RECEIVED, id="e2", doc="d9", target=(actor("BLR.HOG", "Lukashenko"),))
    )


def test_a_surname_that_stands_first_is_the_same_person():
    xi = change(RECEIVED, target=(actor("CHN.HOS", "Xi Jinping"),))
    assert folded(xi, change(xi, id="e2", doc="d9", target=(actor("CHN.HOS", "Xi"),)))


def test_a_planned_visit_and_the_talks_planned_for_it_are_one_plan():
    plan = change(VISIT, id="p", type="AGREE", status="planned", mode=None, channel=Channel())
    talks = change(
        RECEIVED, type="AGREE", status="planned", doc="d1", sentence=2, date=None,
        date_precision=None, date_basis="none", target=(LUKASHENKO, MAKEI),
    )  # fmt: skip
    assert folded(plan, talks)
    assert not folded(plan, VISIT)


def test_a_headline_tells_what_its_report_dates():
    lifted = change(
        MEETING, type="SANCTION", rule="sanction/sanctions", cameo="163", channel=Channel(),
        source=(actor("EU"),), target=(actor("BLR"),), place=None,
    )  # fmt: skip
    headline = change(
        lifted, id="h", sentence=0, date="2016-09-21", date_basis="published", cameo="160"
    )
    assert folded(lifted, headline)
    assert not folded(lifted, change(headline, doc="d2"))
    assert not folded(lifted, change(headline, sentence=2))


HALTED = change(
    MEETING, id="h", sentence=0, type="SANCTION", mode="discontinue", status="planned", cameo="162",
    rule="sanction/aid", date="2016-10-03", channel=Channel(), source=(actor("POL"),),
    target=(actor("UKR"),), place=None,
)  # fmt: skip
BANNED = change(HALTED, id="e1", sentence=1, cameo="163", rule="sanction/trade")


def test_a_headline_and_a_lead_that_date_one_measure_tell_of_one_whatever_the_verbs():
    assert folded(HALTED, BANNED)
    assert folded(BANNED, HALTED)
    (measure,) = gather(change(one, incident="i") for one in (HALTED, BANNED))
    assert {one.cameo for one in measure.mentions} == {"162", "163"}


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2016-10-04"},
        {"mode": "expel"},
        {"sentence": 2},
        {"doc": "d2"},
        {"status": "actual"},
        {"target": (actor("LTU"),)},
    ],
)
def test_a_headline_and_a_lead_may_tell_of_two(fields):
    assert not folded(HALTED, change(BANNED, **fields))
    assert not folded(change(BANNED, **fields), HALTED)


def test_a_call_and_a_meeting_of_one_day_stay_two_in_headline_and_lead():
    call = change(MEETING, id="c", sentence=0, channel=Channel(medium="phone"))
    assert not folded(call, MEETING)


def test_a_measure_reported_two_days_later_is_no_second_one():
    recalled = change(
        MEETING, type="SANCTION", rule="sanction/recall", channel=Channel(), place=None,
        date_basis="published",
    )  # fmt: skip
    late = change(recalled, id="e2", doc="d2", date="2016-09-22")
    assert folded(recalled, late)
    assert not folded(recalled, change(late, date="2016-09-26"))
    shelled = {"type": "ASSAULT", "rule": "assault/shell"}
    assert not folded(change(recalled, **shelled), change(late, **shelled))


def test_what_two_states_seldom_do_is_one_where_another_report_tells_the_month():
    named = change(
        MEETING,
        type="SUPPORT",
        rule="support/appoint",
        cameo="051",
        channel=Channel(format="bilateral"),
    )
    month = {"doc": "d2", "id": "e2", "date": "2016-09-01", "date_end": "2016-09-30"}
    later = change(
        named,
        **month,
        date_precision="month",
        source=(actor("BLR"),),
        target=(actor("USA"),),
        place=None,
    )
    assert folded(named, later)
    assert not folded(named, change(later, rule="support/praise", cameo="052"))
    assert not folded(named, change(later, date="2016-08-01", date_end="2016-08-31"))
    assert not folded(change(named, type="ACCUSE"), change(later, type="ACCUSE"))
    last_year = {"date": "2015-01-01", "date_end": "2015-12-31", "date_precision": "year"}
    assert not folded(named, change(later, **last_year))


def test_reports_that_share_a_happening_share_what_they_tell_undated():
    offer = change(
        MEETING, id="o1", type="AGREE", status="proposed", rule="agree/offer", date=None,
        date_precision=None, date_basis="none", channel=Channel(), place=None,
    )  # fmt: skip
    again = change(offer, id="o2", doc="d2")
    assert not folded(offer, again)
    found = incidents.fold([MEETING, change(MEETING, id="e2", doc="d2"), offer, again])
    assert found["o1"] == found["o2"]
    others = [MEETING, change(MEETING, id="e2", doc="d3"), offer, again]
    assert len(set(incidents.fold(others).values())) == 3


SCENE = [
    VISIT, IN_JANUARY, RECEIVED, TALKS, change(TALKS, id="m3", doc="d2", date_basis="published"),
    change(TALKS, id="m4", doc="d4", date="2018-01-31", date_basis="published"),
    change(IN_JANUARY, id="v2", doc="d5", source=(actor("EU"),)),
    change(RECEIVED, id="m5", doc="d6", date="2018-01-12"),
    change(VISIT, id="v3", doc="d7", date="2018-01-12", date_end=None),
    change(RECEIVED, id="m6", doc="d8", date=None, date_precision=None, date_basis="none"),
]  # fmt: skip


@given(st.permutations(SCENE), st.integers(2, len(SCENE)))
def test_no_order_of_reading_changes_a_visit(events, size):
    kept = sorted(events[:size], key=lambda event: event.id)
    assert incidents.fold(events[:size]) == incidents.fold(kept)
