from datetime import date

from detente.relations.competence import competence, takeover


def contacts(row, spec):
    """``"DDMM"``: one contact a month, D the defence ministry, F the foreign one."""
    names = {"D": "BLR.MOD", "F": "BLR.MFA", "H": "BLR.HOS"}
    return [
        row(str(n), f"{2014 + n // 12}-{n % 12 + 1:02}-10", source=(names[letter],))
        for n, letter in enumerate(spec)
    ]


def test_the_leader_of_a_period_comes_first(row):
    (found,) = competence(contacts(row, "DDFD"), "BLR", [(date(2014, 1, 1), date(2014, 12, 31))])
    assert found.contacts == 4
    assert [(h.institution, h.contacts, h.share) for h in found.holdings] == [
        ("BLR.MOD", 3, 0.75), ("BLR.MFA", 1, 0.25),
    ]  # fmt: skip


def test_a_takeover_is_found_where_it_happened(row):
    found = takeover(contacts(row, "DDDDFDDDD" + "FFFFFFFDFF"), "BLR")
    assert (found.before, found.after) == ("BLR.MOD", "BLR.MFA")
    assert (found.last, found.first) == (date(2014, 9, 10), date(2014, 10, 10))
    assert (found.share_before, found.share_after) == (0.1111, 0.9)
    assert found.p < 0.05


def test_no_takeover_without_a_change_or_with_few_contacts(row):
    assert takeover(contacts(row, "DFDFFDDFDFDFFDDF"), "BLR") is None
    assert takeover(contacts(row, "DDDFFF"), "BLR") is None
    assert takeover(contacts(row, "DDDDDDDDDDD"), "BLR") is None
    assert takeover([], "BLR") is None


def test_acts_that_are_no_contacts_and_other_states_do_not_count(row):
    rows = [*contacts(row, "DD"), row("x", "2014-05-05", type="ASSAULT", source=("BLR.MIL",))]
    (found,) = competence(rows, "BLR", [(date(2014, 1, 1), date(2014, 12, 31))])
    assert found.contacts == 2
