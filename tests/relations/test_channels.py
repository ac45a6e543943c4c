from datetime import date

from detente.relations.channels import channels, novelties

UNTIL = date(2016, 12, 31)


def test_open_thin_and_blocked(row):
    rows = [
        row("a", "2016-03-01", format="bilateral", ranks=("minister", "ambassador")),
        row("b", "2016-09-01", format="bilateral", ranks=("deputy minister", None)),
        row("c", "2016-05-01", source=("BLR.MOD",)),
        row("d", "2014-05-01", source=("BLR.LEG",)),
        row("e", "2016-06-01", source=("BLR.HOS",)),
        row("f", "2016-08-01", source=("BLR.HOS",), type="REJECT"),
        row("g", "2017-08-01", source=("BLR.LEG",)),
    ]
    found = {(c.a, c.b): c for c in channels(rows, "BLR", "USA", until=UNTIL)}
    states = {pair[0]: cell.state for pair, cell in found.items()}
    assert states == {
        "BLR.MFA": "open", "BLR.MOD": "thin", "BLR.LEG": "blocked", "BLR.HOS": "blocked",
    }  # fmt: skip
    ministry = found["BLR.MFA", "USA.MFA"]
    assert (ministry.contacts, ministry.recent, ministry.formats) == (2, 2, {"bilateral": 2})
    assert (ministry.rank_a, ministry.rank_b) == ("minister", "ambassador")
    assert ministry.incidents == ("a", "b")
    assert found["BLR.HOS", "USA.MFA"].refusals == 1


def test_a_state_stands_for_itself_only_where_no_institution_does(row):
    rows = [
        row("a", "2016-03-01", source=("BLR", "BLR.MFA")),
        row("b", "2016-03-02", source=("BLR",)),
    ]
    assert [(c.a, c.b) for c in channels(rows, "BLR", "USA", until=UNTIL)] == [
        ("BLR", "USA.MFA"), ("BLR.MFA", "USA.MFA"),
    ]  # fmt: skip


def test_the_first_contact_in_fourteen_months_is_news(row):
    rows = [row("a", "2015-07-15"), row("b", "2015-08-15"), row("c", "2016-10-16")]
    found = novelties(rows, "BLR", "USA", until=UNTIL)
    assert [(n.incident, n.months) for n in found] == [("a", None), ("c", 14)]


def test_a_visit_is_a_contact_of_every_institution_that_was_met(row):
    rows = [
        row("a", "2016-03-01", incident="i", source=("BLR.MFA",)),
        row("b", "2016-03-01", incident="i", source=("BLR.HOS",)),
    ]
    found = channels(rows, "BLR", "USA", until=UNTIL)
    assert [(c.a, c.contacts) for c in found] == [("BLR.HOS", 1), ("BLR.MFA", 1)]
