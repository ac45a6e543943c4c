"""What analysts say, who is in charge, channels, and what was expected, from records by hand."""

import pytest

from detente.brief import compose
from detente.brief.voices import concerned, relevant
from detente.model import Actor, Claim, Evidence, Forecast, Hedge, Horizon
from detente.outlook.ledger import Case
from detente.outlook.records import Outlook, Query, Resolution, Version

BLR, USA, MFA = (Actor(code=c, country=c[:3]) for c in ("BLR", "USA", "BLR.MFA"))


def claim(name, doc="b", sentence=1, **values):
    given = {"id": name, "doc": doc, "sentence": sentence, "span": (0, 1), "kind": "cause",
             "about": ("BLR", "USA"), "domain": "military"}  # fmt: skip
    return Claim(**(given | values))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, True),
        ({"about": ("BLR",)}, False),
        ({"about": ("BLR", "BLOC:nato-states")}, True),
        ({"about": ("BLR",), "kind": "mandate"}, True),
        ({"about": ("BLR", "CHN"), "kind": "mandate"}, False),
        ({"about": ("LVA",), "kind": "channel"}, False),
    ],
)
def test_a_claim_is_told_where_it_speaks_of_both_or_of_who_is_in_charge(values, told):
    one = claim("c", **values)
    assert relevant([one], ("BLR", "USA"), told={one.doc}) == ([one] if told else [])


def test_who_is_in_charge_is_told_where_the_document_speaks_of_both():
    mandate = claim("c", about=("BLR",), kind="mandate")
    assert relevant([mandate], ("BLR", "USA")) == []
    beside = claim("d", about=("BLR", "USA"))
    assert relevant([mandate, beside], ("BLR", "USA")) == [mandate, beside]
    elsewhere = claim("d", about=("BLR", "USA"), doc="another")
    assert relevant([mandate, elsewhere], ("BLR", "USA")) == [elsewhere]


def test_why_such_a_course_is_taken_is_told_with_the_course():
    course = claim("c", kind="intent")
    why = claim("d", about=("BLR",), effect_ids=("c",))
    assert relevant([course, why], ("BLR", "USA")) == [course, why]
    assert relevant([why], ("BLR", "USA")) == []


def section(brief, key):
    (found,) = [s for s in brief.sections if s.key == key]
    return found


def test_causes_stand_with_rivals_and_holders_and_against_each_other(events, shelf):
    why = claim(
        "c1", holder=(USA,), cause=(Evidence(span=(0, 1), text="the need for loans"),),
        rejected=(Evidence(span=(0, 1), text="a security threat"),), weight="mainly", stated=False,
    )  # fmt: skip
    other = claim("c2", doc="c", cause=(Evidence(span=(0, 1), text="a security threat"),))
    made = compose(events, shelf, ("BLR", "USA"), claims=[why, other])
    said = section(made, "said")
    assert said.title == "What analysts say"
    assert [item.group for item in said.items] == ["On causes", "On causes", "Where they differ"]
    newest, older, apart = said.items
    assert newest.note == "Cause: “a security threat”."
    assert older.note == (
        "Held by the United States; cause (mainly): “the need for loans”; set aside: “a security "
        "threat”; inferred, not stated."
    )
    assert len(apart.sentences) == 2


def test_who_is_in_charge_is_counted_and_quoted(events, shelf):
    mandate = claim("c1", kind="mandate", subject=(BLR,), object=(MFA,), about=("BLR",))
    made = compose(events, shelf, ("BLR", "USA"), claims=[mandate])
    found = section(made, "charge")
    assert found.sentences[0].text == (
        "Of four contacts with a named institution, the Belarusian Defence Ministry had three and "
        "the Belarusian Foreign Ministry one."
    )
    assert [item.label for item in found.items] == ["Minsk Desk, 25 September 2016"]
    pairs = section(made, "channels").items
    assert [item.label for item in pairs] == [
        "Defence Ministry – Department of Defense", "Foreign Ministry – Department of Defense",
    ]  # fmt: skip


def test_what_was_expected_stands_with_its_outcome_and_what_decided_it(events, shelf):
    forecast = Forecast(
        id="f1", doc="b", sentence=1, span=(0, 1), about=("BLR", "BLOC:nato-states"),
        domain="military", direction="start",
        hedge=Hedge(likelihood="likely", scale="icd-203", low=0.55, high=0.8),
        horizon=Horizon(start="2016-09-25", to="2016-12-31", text="this year",
                        basis="text"),
    )  # fmt: skip
    assert concerned([forecast], ("BLR", "USA")) == [forecast]
    assert concerned([forecast], ("BLR", "CHN")) == []
    query = Query(types=("SUPPORT",), parties=("BLR", "USA"), first="2016-09-25",
                  deadline="2016-12-31")  # fmt: skip
    case = Case(
        outlook=Outlook(id="f1", text="x", issued="2016-09-25"),
        versions=[Version(forecast="f1", number=1, query=query, accepted=True)],
        resolutions=[Resolution(forecast="f1", version=1, outcome="yes", as_of="2016-12-31",
                                reason="1 found, at least 1 asked", incidents=("i3",))],
    )  # fmt: skip
    made = compose(events, shelf, ("BLR", "USA"), forecasts=[forecast], cases={"f1": case})
    (item,) = section(made, "expected").items
    quoted, outcome = item.sentences
    assert outcome.text == "It came true: 1 found, at least 1 asked, as of 31 December 2016."
    (number,) = outcome.cites
    assert made.citations[number - 1].document == "c"
    assert item.note == "“likely”: 55 % to 80 % on the scale icd-203; due by 31 December 2016."
    unasked = compose(events, shelf, ("BLR", "USA"), forecasts=[forecast])
    assert section(unasked, "expected").items[0].sentences == (quoted,)
