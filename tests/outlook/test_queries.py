import msgspec
import pytest

from detente.errors import InputError
from detente.outlook.incidents import Incident, incidents_of, stands_for
from detente.outlook.ledger import Ledger
from detente.outlook.queries import base_probability, check, matches, operationalise, parties_of
from detente.outlook.records import Outlook, Query, Resolution, Version
from detente.outlook.resolving import Facts, Reading, resolve

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
    assert version.query.types == ("CONSULT",)
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
    with pytest.raises(InputError, match=r"NOR\.MOD and NOR\.MFA are of one state"):
        operationalise(outlook(subject=("NOR.MOD",), object=("NOR.MFA",)), [])


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


def read(*days, parties=("NOR", "ISL")):
    return tuple(Reading(day=day, parties=frozenset(parties)) for day in days)


def answer(incidents, *, as_of):
    """Ask with a casebook that was read until the day of the question."""
    version = Version(forecast="f1", number=1, query=query())
    facts = Facts(incidents=tuple(incidents), readings=read("2020-04-01", as_of))
    return resolve(version, facts, as_of=as_of)


def test_yes_names_the_incidents_that_decided_and_no_later_ones():
    days = [talk("2020-04-01"), talk("2020-05-01"), talk("2020-06-01")]
    found = answer(days, as_of="2020-07-01")
    assert (found.outcome, found.incidents) == ("yes", ("i2020-04-010", "i2020-05-010"))


def test_before_the_deadline_it_stays_open_and_after_it_is_no():
    assert answer([talk("2020-04-01")], as_of="2020-07-01").outcome == "open"
    found = answer([talk("2020-04-01")], as_of="2020-09-01")
    assert (found.outcome, found.incidents) == ("no", ("i2020-04-010",))


@pytest.mark.parametrize(
    ("readings", "outcome", "reason"),
    [
        ((), "void", "the casebook holds no document"),
        (read("2020-05-01"), "void", "the casebook ends on 2020-05-01, before the deadline"),
        (read("2020-12-01", parties=("NOR", "SWE")), "void", "speaks of NOR and ISL"),
        (read("2020-02-01") + read("2020-12-01", parties=()), "void", "no document from 2020-03"),
        (read("2020-12-01"), "void", "or in the 45 days after it, speaks of NOR and ISL"),
        (read("2020-10-12"), "no", "0 found, at least 2 asked"),
        (read("2020-08-09"), "void", "the casebook ends on 2020-08-09"),
        (read("2020-08-10"), "no", "0 found, at least 2 asked"),
    ],
)
def test_silence_of_what_was_not_read_is_void(readings, outcome, reason):
    version = Version(forecast="f1", number=1, query=query())
    found = resolve(version, Facts(readings=readings), as_of="2021-01-01")
    assert found.outcome == outcome
    assert reason in found.reason


def test_a_meeting_told_from_either_side_counts_once():
    both = [talk("2020-04-01"), talk("2020-04-01", number=1, source=("ISL",), target=("NOR.MFA",))]
    assert answer(both, as_of="2020-07-01").outcome == "open"
    assert answer([*both, talk("2020-04-02")], as_of="2020-07-01").outcome == "yes"


def test_what_the_day_of_issue_brought_is_known_and_no_fulfilment():
    found = operationalise(outlook(), []).query
    assert (found.first, found.deadline) == ("2020-03-02", "2020-08-28")
    today = operationalise(outlook(deadline=ISSUED), []).query
    assert (today.first, today.deadline) == (ISSUED, ISSUED)


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


def test_base_probability_is_negative_binomial_with_jeffreys_prior():
    # one incident in 181 days before 181 days: shape 1.5, chance to stay 1/2 a step;
    # P(0) = 2^-1.5, P(1) = 1.5 / 2 P(0), so P(N >= 2) = 1 - 1.75 * 0.353553
    assert base_probability(query(base_rate=1 / 181, lookback=181)) == pytest.approx(
        0.381282, abs=1e-6
    )
    # nothing in a year is no certainty: shape 0.5
    none = query(base_rate=0.0, lookback=365, threshold=1)
    assert base_probability(none) == pytest.approx(1 - (365 / 546) ** 0.5)
    assert base_probability(
        query(threshold=0, comparison="at most", base_rate=0.0, lookback=365)
    ) == (pytest.approx((365 / 546) ** 0.5))
    assert base_probability(query()) is None


def test_base_probability_agrees_with_scipy():
    stats = pytest.importorskip("scipy.stats")
    found = base_probability(query(base_rate=7 / 300, lookback=300, threshold=4))
    assert found == pytest.approx(stats.nbinom.sf(3, 7.5, 300 / 481))


def test_a_bloc_stands_for_its_members_of_the_day():
    nato = query(parties=("ISL", "BLOC:nato-states"))
    assert matches(nato, talk("2020-04-01", source=("MKD",), target=("ISL",)))
    assert not matches(nato, talk("2020-03-01", source=("MKD",), target=("ISL",)))
    assert not matches(nato, talk("2020-04-01", source=("NATO",), target=("ISL",)))
    many = query(parties=("SRB", "BLOC:nato-states"), format="multilateral")
    assert matches(
        many, talk("2020-04-01", source=("NATO",), target=("SRB",), format="multilateral")
    )
    assert not matches(
        many, talk("2020-04-01", source=("NOR",), target=("SRB",), format="bilateral")
    )
    assert stands_for("POL.MOD", "BLOC:nato-states.MOD", day="2020-04-01")
    assert not stands_for("POL.MFA", "BLOC:nato-states.MOD", day="2020-04-01")
    assert stands_for("SWE.MFA", "FIN|SWE", day=None)


def test_bilateral_dealings_include_those_on_neutral_ground():
    both = query(format="bilateral")
    assert matches(both, talk("2020-04-01", format="third-party"))
    assert not matches(both, talk("2020-04-01", format="multilateral"))


@pytest.mark.parametrize(
    ("sides", "focus", "parties"),
    [
        (((), (), ("SWE", "FIN")), None, ("SWE", "FIN")),
        (((), (), ("SWE", "FIN")), "NOR", ("NOR", "SWE|FIN")),
        ((("SWE.GOV",), (), ("SWE",)), "NOR", ("SWE", "NOR")),
        ((("SWE", "FIN"), (), ("SWE", "FIN")), "SWE", ("SWE", "FIN")),
        ((("BLOC:nato-states",), ("POL", "LVA"), ()), "BLR", ("POL|LVA", "BLR")),
        ((("BLOC:nato-states",), ("POL", "UKR"), ()), "BLR", ("BLOC:nato-states", "UKR")),
        ((("NOR.MFA",), ("ISL",), ("NOR", "ISL")), "SWE", ("NOR.MFA", "ISL")),
        ((("NOR",), (), ("NOR",)), "NOR", ("NOR",)),
    ],
)
def test_the_parties_of_a_query(sides, focus, parties):
    subject, target, about = sides
    given = outlook(subject=subject, object=target, about=about)
    assert parties_of(given, focus=focus) == parties


@pytest.mark.parametrize(
    ("text", "direction", "types", "asked"),
    [
        ("The waiver will probably be renewed, because a quarrel would hurt", "continue",
         ("CONCEDE", "RETREAT"), "at least 1"),
        ("If the talks fail, a visit is unlikely", "start", ("CONSULT",), "at least 1"),
        ("Talks will remain frozen", "continue", ("CONSULT",), "at most 0"),
        ("Talks will continue", "continue", ("CONSULT",), "at least 1"),
        ("Norwegian units will leave", "stop", ("RETREAT",), "at least 1"),
        ("It will mend", "start", ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"), "at least 1"),
    ],
)  # fmt: skip
def test_the_forecasts_own_words_choose_the_class(text, direction, types, asked):
    condition = "If the talks fail" if text.startswith("If") else None
    given = outlook(text=text, direction=direction, condition=condition)
    found = operationalise(given, []).query
    assert (found.types, f"{found.comparison} {found.threshold}") == (types, asked)


def test_a_class_that_says_enough_is_asked_for_in_any_domain():
    lifted = outlook(text="The embargo will be extended", direction="continue", domain="military")
    assert operationalise(lifted, []).query.domain is None
    drill = outlook(text="A joint exercise is likely", direction="start", domain="diplomatic")
    assert operationalise(drill, []).query.domain == "military"
    talks = outlook(text="Military talks are likely", direction="start", domain="military")
    assert operationalise(talks, []).query.domain == "military"


def test_a_guessed_class_is_said_to_be_one():
    version = operationalise(outlook(text="It will mend", direction="start"), [])
    assert "cooperation (no word names a class)" in version.reason


def test_what_can_be_lifted_is_asked_for_as_an_act():
    lifted = outlook(text="The sanctions will be lifted", direction="stop")
    found = operationalise(lifted, []).query
    assert (found.types, found.comparison, found.threshold) == (
        ("CONCEDE", "RETREAT"),
        "at least",
        1,
    )


def mention(name, day, *, own, recorded, type="CONSULT"):
    return msgspec.structs.replace(
        talk(day), id=name, type=type, own=own, recorded=recorded, domain="diplomatic"
    )


def test_a_look_back_without_a_day_of_its_own_is_no_second_incident():
    found = incidents_of(
        [
            mention("met", "2020-03-03", own=True, recorded="2020-03-04"),
            mention("told", "2020-03-20", own=False, recorded="2020-03-20"),
            mention("other", "2020-06-01", own=False, recorded="2020-06-01"),
            mention("signed", "2020-03-20", own=False, recorded="2020-03-20", type="SUPPORT"),
        ]
    )
    assert [(i.id, i.recorded) for i in found] == [
        ("met", "2020-03-04"), ("signed", "2020-03-20"), ("other", "2020-06-01"),
    ]  # fmt: skip


def test_mentions_of_one_incident_are_known_since_the_first():
    (found,) = incidents_of(
        [
            mention("i", "2020-03-20", own=False, recorded="2020-03-20"),
            mention("i", "2020-03-03", own=True, recorded="2020-03-04"),
        ]
    )
    assert (found.date, found.own, found.recorded) == ("2020-03-03", True, "2020-03-04")


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
    with pytest.raises(InputError, match="f9: there is no such forecast"):
        ledger.apply(
            Resolution(forecast="f9", version=1, outcome="yes", reason="", as_of="2020-01-01")
        )


def test_the_first_wording_of_a_forecast_stays():
    ledger = Ledger([outlook(), outlook(text="something else")])
    assert ledger.cases["f1"].outlook.text.startswith("Dialogue")
    assert ledger.add(outlook()) is None


def test_a_look_back_records_nothing_and_a_person_is_not_overturned():
    ledger = Ledger([outlook(), Version(forecast="f1", number=1, query=query())])
    days = [talk("2020-04-01"), talk("2020-05-01")]
    ledger.apply(ledger.settle(answer(days, as_of="2020-09-01")))
    assert ledger.settle(answer(days, as_of="2020-04-15")) is None
    made = ledger.judge("f1", "void", by="A. Reader", reason="no deal came", as_of="2020-09-02")
    assert made.revises == 1
    ledger.apply(made)
    assert ledger.settle(answer(days, as_of="2021-09-01")) is None
    assert ledger.cases["f1"].outcome == "void"
    for field, given in (("by", {"by": " "}), ("reason", {"reason": ""}), ("outcome", {"outcome": "open"}),
                         ("as_of", {"as_of": "2020-02-01"})):  # fmt: skip
        asked = {"outcome": "no", "by": "A. Reader", "reason": "r", "as_of": "2020-09-02"} | given
        with pytest.raises(InputError, match=field):
            ledger.judge("f1", asked.pop("outcome"), **asked)


def test_a_forecast_is_found_by_the_beginning_of_its_id():
    ledger = Ledger([outlook(id="fab"), outlook(id="fac")])
    assert ledger.find("fab").outlook.id == "fab"
    assert ledger.find("fac").outlook.id == "fac"
    with pytest.raises(InputError, match="begins the id of 2"):
        ledger.find("fa")
    with pytest.raises(InputError, match="g: there is no such forecast"):
        ledger.find("g")


def test_a_plain_denial_turns_the_question_round():
    will_not = operationalise(outlook(direction="start", denied=True, low=None, high=None), ())
    assert (will_not.query.comparison, will_not.query.threshold) == ("at most", 0)
    stays = operationalise(outlook(direction="stop", denied=True, low=None, high=None), ())
    assert (stays.query.comparison, stays.query.threshold) == ("at least", 1)
    assert will_not.reason.startswith("no start of ")


def test_modes_that_no_type_has_are_refused_with_the_reason():
    with pytest.raises(InputError, match="modes: SUPPORT has none, so nothing could ever count"):
        check(query(types=("SUPPORT",), modes=("visit",)))


def test_a_day_that_one_report_tells_stands_above_the_month_of_another():
    month = Incident(id="i1", type="SUPPORT", date="2016-10-01", exact=False)
    day = Incident(id="i1", type="SUPPORT", date="2016-10-20")
    assert {incidents_of(told)[0].date for told in ((month, day), (day, month))} == {"2016-10-20"}
