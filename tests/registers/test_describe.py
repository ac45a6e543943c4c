"""What the register says of a code or a person."""

from detente.registers import describe, load


def test_a_state_with_names_members_and_office_holders():
    entry = describe.entry(load(), "EST", day="2016-09-20")
    assert entry is not None
    assert {name.surface for name in entry.names} >= {"Estonia", "Estonian", "Tallinn"}
    assert {one.code for one in entry.member_of} >= {"NATO", "EU", "BLOC:baltic-states"}
    assert [one.person for one in entry.holders if one.role == "Prime Minister"] == ["Taavi Rõivas"]


def test_members_are_those_of_the_day():
    early = describe.entry(load(), "NATO", day="1998-01-01")
    late = describe.entry(load(), "NATO", day="2024-06-01")
    assert early is not None
    assert late is not None
    gained = {m.code for m in late.members} - {m.code for m in early.members}
    assert {"POL", "EST", "FIN", "SWE"} <= gained


def test_a_name_gives_its_code_on_the_day():
    register = load()
    assert describe.codes(register, "Minsk", day="2020-01-01") == ("BLR",)
    assert describe.codes(register, "minsk", day="2020-01-01") == ("BLR",)
    assert describe.codes(register, "Taliban", day="2002-01-01") == ("AFG.REB",)
    assert describe.codes(register, "Nowhere at all", day="2020-01-01") == ()


def test_a_career_is_in_the_order_of_its_offices():
    offices = describe.career(load(), "Vladimir Makei")
    assert [one.institution for one in offices][-1] == "MFA"
    assert list(offices) == sorted(offices, key=lambda one: one.since or "")


def test_an_unknown_code_is_none():
    assert describe.entry(load(), "QQQ", day="2020-01-01") is None


def test_a_surname_alone_suggests_its_bearers():
    assert describe.like(load(), "Makei") == ["Uladzimir Makei"]
    assert "Poland" in describe.like(load(), "Polandd")
