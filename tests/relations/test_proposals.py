from datetime import date

import pytest

from detente.model import Actor, Event
from detente.relations.incidents import gather
from detente.relations.proposals import proposals

A, B = Actor(code="EST", country="EST"), Actor(code="FIN", country="FIN")
TOLD = {"p": date(2016, 9, 26), "q": date(2016, 11, 1)}


def event(name, day, **values):
    given = {"id": name, "doc": "q", "sentence": 0, "span": (0, 1), "type": "CONSULT", "date": day,
             "date_precision": "day", "date_basis": "text", "source": (A,), "target": (B,)}  # fmt: skip
    return Event(**(given | values))


def outcome(proposal, *others, as_of=date(2018, 1, 1)):
    (found,) = proposals(gather([proposal, *others]), published=TOLD, as_of=as_of)
    return found.outcome, found.follow_up.id if found.follow_up else None


PROPOSED = event("p", None, doc="p", status="proposed")
PLANNED = event("p", "2016-10-20", doc="p", status="planned", type="AGREE", rule="consult/meet")


@pytest.mark.parametrize(
    ("proposal", "others", "expected"),
    [
        (PROPOSED, [event("m", "2016-10-20")], ("done", "m")),
        (PROPOSED, [event("m", "2016-09-01")], ("open", None)),
        (PROPOSED, [event("m", "2018-12-20")], ("open", None)),
        (PROPOSED, [event("m", "2016-10-20", type="AID")], ("open", None)),
        (PROPOSED, [event("m", "2016-10-20", type="REJECT")], ("refused", "m")),
        (PROPOSED, [event("m", "2016-10-20", status="negated")], ("refused", "m")),
        (PROPOSED, [event("m", "2016-10-20", domain="energy")], ("done", "m")),
        (PLANNED, [event("m", "2016-10-21")], ("done", "m")),
        (PLANNED, [event("m", "2017-10-21")], ("lapsed", None)),
        (PLANNED, [], ("lapsed", None)),
    ],
)
def test_what_became_of_it(proposal, others, expected):
    assert outcome(proposal, *others) == expected


def test_a_plan_whose_day_has_not_passed_is_open():
    assert outcome(PLANNED, as_of=date(2016, 10, 25)) == ("open", None)


def test_a_proposal_of_another_domain_is_not_fulfilled():
    proposal = event("p", None, doc="p", status="proposed", domain="military")
    assert outcome(proposal, event("m", "2016-10-20", domain="energy")) == ("open", None)


def test_a_proposal_for_one_ministry_is_not_fulfilled_by_another():
    army = (Actor(code="EST.MOD", country="EST", institution="MOD"),)
    bank = (Actor(code="EST.FIN", country="EST", institution="FIN"),)
    proposal = event("p", None, doc="p", status="proposed", source=army)
    assert outcome(proposal, event("m", "2016-10-20", source=bank)) == ("open", None)
    assert outcome(proposal, event("m", "2016-10-20", source=army)) == ("done", "m")
