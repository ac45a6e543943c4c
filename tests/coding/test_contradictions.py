from detente.coding.claims.contradictions import find
from detente.model import Actor, Claim, Evidence


def claim(number, kind, *, subject="NOR", about=("NOR", "ISL"), causes=(), rejected=(), **fields):
    body = Actor(code=subject, country=subject.partition(".")[0])
    return Claim(
        id=f"c{number}", doc=fields.pop("doc", "one"), sentence=number, span=(0, 1), kind=kind,
        subject=(body,), about=about,
        cause=tuple(Evidence(span=(0, 1), text=text) for text in causes),
        rejected=tuple(Evidence(span=(0, 1), text=text) for text in rejected), **fields,
    )  # fmt: skip


def pairs(*claims):
    return [(p.first.id, p.second.id, p.reason) for p in find(claims)]


def test_a_motive_given_and_set_aside():
    given = claim(1, "cause", causes=["the growing tension in the region"])
    denied = claim(2, "cause", causes=["debts"], rejected=["a real threat"])
    other = claim(3, "cause", causes=["the weather"])
    reason = "a cause that is given and set aside: threat"
    assert pairs(denied, given, other) == [("c1", "c2", reason)]
    elsewhere = claim(1, "cause", causes=["tension"], about=("POL", "DEU"))
    assert pairs(elsewhere, denied) == []


def test_a_cause_is_no_rival_of_itself():
    assert pairs(claim(1, "cause", causes=["debts"], rejected=["debts"])) == []


def test_signs_oppose_at_one_time_only():
    good = claim(1, "stance", polarity="positive", valid="present")
    bad = claim(2, "stance", polarity="negative", valid="present")
    before = claim(3, "stance", polarity="negative", valid="past")
    assert pairs(good, bad, before) == [("c1", "c2", "stance told with opposite signs")]


def test_a_means_scarce_and_plentiful():
    low = claim(1, "capacity", institution="ATT", level="negligible")
    high = claim(2, "capacity", institution="ATT", level="high")
    army = claim(3, "capacity", institution="MIL", level="high")
    assert pairs(low, high, army) == [("c1", "c2", "a means said to be scarce and plentiful")]


def test_one_field_given_to_two_bodies_by_two_documents():
    fields = {"domain": "military", "polarity": "positive", "valid": "present"}
    one = claim(1, "competence", subject="NOR.MFA", **fields)
    other = claim(2, "competence", subject="NOR.MOD", doc="two", **fields)
    denied = claim(3, "competence", subject="NOR.MFA", **(fields | {"polarity": "negative"}))
    assert pairs(one, other) == [("c1", "c2", "a competence given to two bodies")]
    assert pairs(one, denied) == [("c1", "c3", "a competence told with opposite signs")]


def test_the_order_of_input_changes_nothing():
    claims = [claim(n, "stance", polarity="positive" if n % 2 else "negative") for n in range(1, 6)]
    assert pairs(*claims) == pairs(*reversed(claims))
    assert len(pairs(*claims)) == 6


def test_aims_oppose_only_where_they_are_about_one_thing():
    nato = (Actor(code="NATO", country="NATO"),)
    fields = {"object": nato, "valid": "present"}
    joins = claim(1, "intent", gist="Oslo wants to join the pact", polarity="positive", **fields)
    stays = claim(2, "intent", gist="Oslo has no wish of joining it", polarity="negative", **fields)
    talks = claim(3, "intent", gist="Oslo wants regular talks", polarity="positive", **fields)
    assert pairs(joins, stays, talks) == [("c1", "c2", "intent told with opposite signs")]
