import msgspec
import pytest

from detente.errors import InputError
from detente.outlook.ledger import Ledger
from detente.outlook.queries import (
    DIALOGUE,
    Incident,
    base_probability,
    check,
    matches,
    operationalise,
    resolve,
)
from detente.outlook.records import Outlook, Query, Resolution, Version

ISSUED = "2020-03-01"


def talk(day, *, number=0, recorded=None, source=("NOR.MFA",), target=("ISL",), **more):
    return Incident(
        id=f"i{day}{number}",
        type="CONSULT",
        date=day,
        source=source,
        target=target,
        recorded=recorded,
        **more,
    )


def outlook(**changes):
    made = Outlook(
        id="f1",
        text="Dialogue between Norway and Iceland is likely to grow",
        issued=ISSUED,
        subject=("NOR",),
        object=("ISL",),
        about=("NOR", "ISL"),
        direction="increase",
        hedge="likely",
        low=0.55,
        high=0.8,
        first=ISSUED,
        deadline="2020-08-28",
    )
    return msgspec.structs.replace(made, **changes)


def query(**changes):
    made = Query(
        types=("CONSULT",), parties=("NOR", "ISL"), first=ISSUED, deadline="2020-08-28", threshold=2
    )
    return msgspec.structs.replace(made, **changes)


def test_an_increase_must_exceed_what_the_base_rate_lets_expect():
    history = [talk(f"2019-{month:02}-10") for month in range(4, 12)]
    version = operationalise(outlook(), [*history, talk("2020-05-01")])
    assert version.query.types == DIALOGUE
    assert version.query.parties == ("NOR", "ISL")
    assert version.query.lookback == 365
    assert version.query.base_rate == pytest.approx(8 / 365)
    assert (version.query.comparison, version.query.threshold) == ("at least", 4)


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("resume", ("at least", 1)), ("stop", ("at most", 0)), ("continue", ("at least", 1))],
)
def test_direction_sets_the_threshold(direction, expected):
    found = operationalise(outlook(direction=direction), []).query
    assert (found.comparison, found.threshold) == expected


def test_a_decrease_from_nothing_is_refused():
    with pytest.raises(InputError, match="threshold: no incident is expected"):
        operationalise(outlook(direction="decrease"), [])


def test_a_forecast_without_direction_or_parties_is_left_to_a_person():
    with pytest.raises(InputError, match="direction"):
        operationalise(outlook(direction="none"), [])
    with pytest.raises(InputError, match="parties"):
        operationalise(outlook(subject=(), object=(), about=()), [])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"deadline": "2020-02-01"}, "deadline: 2020-02-01 is before the issue date"),
        ({"threshold": 0}, "threshold: 'at least 0' is settled beforehand"),
        ({"threshold": -1, "comparison": "at most"}, "threshold"),
        ({"types": ()}, "types: there are none"),
        ({"types": ("DANCE",)}, "types: 'DANCE' is none of"),
        ({"statuses": ()}, "statuses: there are none"),
        ({"parties": ("NOR", "NOR")}, "parties"),
        ({"first": "2020-12-01"}, "first: 2020-12-01 is after the deadline"),
        ({"deadline": "soon"}, "deadline: 'soon' is no day"),
        ({"domain": "sport"}, "domain: 'sport' is none of"),
    ],
)
def test_a_query_that_cannot_resolve_is_refused_with_field_and_reason(changes, reason):
    with pytest.raises(InputError, match=reason):
        check(query(**changes), issued=ISSUED)


def test_an_institution_counts_for_its_state_and_either_side_may_be_source():
    assert matches(query(), talk("2020-04-01"))
    assert matches(query(), talk("2020-04-01", source=("ISL.HOG",), target=("NOR",)))
    assert not matches(query(), talk("2020-04-01", source=("NOR",), target=("NOR.MFA",)))
    assert not matches(query(parties=("NOR.MOD", "ISL")), talk("2020-04-01"))
    assert not matches(query(domain="military"), talk("2020-04-01"))
    assert not matches(query(), talk("2020-04-01", status="planned"))


def answer(incidents, **options):
    version = Version(forecast="f1", number=1, query=query())
    return resolve(version, incidents, **options)


def test_yes_names_the_incidents_that_decided_and_no_later_ones():
    days = [talk("2020-04-01"), talk("2020-05-01"), talk("2020-06-01")]
    found = answer(days, as_of="2020-07-01")
    assert (found.outcome, found.incidents) == ("yes", ("i2020-04-010", "i2020-05-010"))


def test_before_the_deadline_it_stays_open_and_after_it_is_no():
    assert answer([talk("2020-04-01")], as_of="2020-07-01").outcome == "open"
    found = answer([talk("2020-04-01")], as_of="2020-09-01")
    assert (found.outcome, found.incidents) == ("no", ("i2020-04-010",))


def test_void_where_the_casebook_holds_nothing_or_the_condition_failed():
    assert answer([], as_of="2021-01-01", covered_until="2020-02-01").outcome == "void"
    assert answer([], as_of="2021-01-01", covered_until="2020-05-01").outcome == "void"
    assert answer([], as_of="2021-01-01", covered_until="2020-12-01").outcome == "no"
    met = answer([talk("2020-04-01")], as_of="2021-01-01", condition_met=False)
    assert (met.outcome, met.reason) == ("void", "the condition was not met")


def test_incidents_outside_the_days_do_not_count():
    days = [talk("2020-02-28"), talk("2020-08-29"), talk("2020-08-28"), talk("2020-03-01")]
    assert answer(days, as_of="2020-12-01").incidents == ("i2020-03-010", "i2020-08-280")


def test_a_late_document_changes_an_outcome_only_by_a_recorded_revision():
    ledger = Ledger([outlook(), Version(forecast="f1", number=1, query=query())])
    late = [talk("2020-04-01"), talk("2020-05-01", recorded="2021-01-15")]
    first = ledger.settle(answer(late, as_of="2020-09-01"))
    assert first is not None
    assert (first.outcome, first.revises) == ("no", None)
    ledger.apply(first)
    assert ledger.settle(answer(late, as_of="2020-10-01")) is None
    second = ledger.settle(answer(late, as_of="2021-02-01"))
    assert second is not None
    assert (second.outcome, second.revises) == ("yes", 1)
    ledger.apply(second)
    assert [r.outcome for r in ledger.cases["f1"].resolutions] == ["no", "yes"]


def test_base_probability_is_that_of_a_poisson_count():
    # 0.01 a day over 181 days: mean 1.81, P(N >= 2) = 1 - e^-1.81 (1 + 1.81)
    assert base_probability(query(base_rate=0.01)) == pytest.approx(0.5401, abs=1e-4)
    assert base_probability(query()) is None
    assert base_probability(query(base_rate=0.0)) == 0.01


def test_versions_are_kept_and_the_accepted_one_is_in_force():
    ledger = Ledger([outlook()])
    ledger.apply(ledger.propose(operationalise(outlook(), [])))
    ledger.apply(ledger.accept("f1", query=query(threshold=3), reason="three are more than talk"))
    ledger.apply(ledger.propose(operationalise(outlook(direction="resume"), [])))
    case = ledger.cases["f1"]
    assert [(v.number, v.basis, v.accepted) for v in case.versions] == [
        (1, "proposed", False),
        (2, "edited", True),
        (3, "proposed", False),
    ]
    assert case.version is not None
    assert case.version.query.threshold == 3
    with pytest.raises(InputError, match="deadline"):
        ledger.accept("f1", query=query(deadline="2020-01-01"))
    with pytest.raises(InputError, match="the ledger holds no 'f9'"):
        ledger.apply(
            Resolution(forecast="f9", version=1, outcome="yes", reason="", as_of="2020-01-01")
        )


def test_the_first_wording_of_a_forecast_stays():
    ledger = Ledger([outlook(), outlook(text="something else")])
    assert ledger.cases["f1"].outlook.text.startswith("Dialogue")
    assert ledger.add(outlook()) is None
