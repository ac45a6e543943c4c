from datetime import date

import msgspec

from detente.model import Actor, Claim
from detente.relations.channels import accreditations, channels, novelties

UNTIL = date(2016, 12, 31)


def test_open_thin_silent_and_blocked(row):
    rows = [
        row("a", "2016-03-01", format="bilateral", ranks=("minister", "ambassador")),
        row("b", "2016-09-01", format="bilateral", ranks=("deputy minister", None)),
        row("c", "2016-05-01", source=("BLR.MOD",)),
        row("d", "2014-05-01", source=("BLR.LEG",)),
        row("e", "2016-06-01", source=("BLR.HOS",)),
        row("f", "2016-08-01", source=("BLR.HOS",), type="REJECT", mode="meet"),
        row("h", "2016-08-02", source=("BLR.MOD",), type="REJECT", mode="change"),
        row("g", "2017-08-01", source=("BLR.LEG",)),
    ]
    found = {(c.a, c.b): c for c in channels(rows, "BLR", "USA", until=UNTIL)}
    states = {pair[0]: cell.state for pair, cell in found.items()}
    assert states == {
        "BLR.MFA": "open", "BLR.MOD": "thin", "BLR.LEG": "silent", "BLR.HOS": "blocked",
    }  # fmt: skip
    ministry = found["BLR.MFA", "USA.MFA"]
    assert (ministry.contacts, ministry.recent, ministry.formats) == (2, 2, {"bilateral": 2})
    assert (ministry.rank_a, ministry.rank_b) == ("minister", "ambassador")
    assert ministry.incidents == ("a", "b")
    assert found["BLR.HOS", "USA.MFA"].refusals == 1


def test_a_contact_in_some_month_of_a_year_is_recent_by_its_last_day(row):
    told = row("a", "2016-01-01", last=date(2016, 12, 31))
    [cell] = channels([told], "BLR", "USA", until=UNTIL)
    assert (cell.recent, cell.state) == (1, "thin")


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
    assert [(n.incident, n.months) for n in found] == [("c", 14)]


def test_the_first_contact_on_file_is_news_where_the_file_reaches_further_back(row):
    ministry = {"source": ("BLR.MOD",)}
    rows = [row("a", "2015-07-15"), row("b", "2015-12-15", **ministry)]
    assert novelties(rows, "BLR", "USA", until=UNTIL) == ()
    rows = [row("a", "2015-07-15"), row("b", "2016-02-15", **ministry)]
    assert [(n.incident, n.months) for n in novelties(rows, "BLR", "USA", until=UNTIL)] == [
        ("b", None)
    ]


def test_praise_is_no_contact_and_an_accreditation_is_one_of_the_mission(row):
    rows = [
        row("a", "2016-03-01", type="SUPPORT", cameo="051"),
        row("b", "2016-03-02", type="SUPPORT", cameo="054", target=("USA",)),
        row("c", "2016-03-03", type="SUPPORT", cameo="054", target=("USA.ATT",)),
        row("d", "2016-03-04", type="SUPPORT", cameo="057", target=("USA.MOD",)),
    ]
    found = channels(rows, "BLR", "USA", until=UNTIL)
    assert [(c.b, c.contacts) for c in found] == [("USA.ATT", 1), ("USA.MOD", 1)]


def test_a_headline_adds_no_institution_to_those_of_its_report(row):
    rows = [
        row("a", "2016-03-01", incident="i", sentence=0, target=("USA.EMB",)),
        row("b", "2016-03-01", incident="i", target=("USA.MFA",)),
        row("c", "2016-03-09", sentence=0, target=("USA.LEG",)),
    ]
    found = channels(rows, "BLR", "USA", until=UNTIL)
    assert {cell.b for cell in found} == {"USA.MFA", "USA.LEG"}


def test_a_rank_told_of_a_side_of_two_is_the_head_of_states(row):
    rows = [
        row("a", "2016-03-01", source=("BLR.HOS", "BLR.MFA"), ranks=("head of state", "minister"))
    ]
    found = {cell.a: cell.rank_a for cell in channels(rows, "BLR", "USA", until=UNTIL)}
    assert found == {"BLR.HOS": "head of state", "BLR.MFA": None}


def test_a_contact_of_nobody_named_is_no_first_of_its_kind(row):
    rows = [
        row("a", "2015-07-15", source=("BLR",), target=("USA",)),
        row("b", "2016-10-16", source=("BLR",), target=("USA",)),
    ]
    assert novelties(rows, "BLR", "USA", until=UNTIL) == ()


def test_a_visit_is_a_contact_of_every_institution_that_was_met(row):
    rows = [
        row("a", "2016-03-01", incident="i", source=("BLR.MFA",)),
        row("b", "2016-03-01", incident="i", source=("BLR.HOS",)),
    ]
    found = channels(rows, "BLR", "USA", until=UNTIL)
    assert [(c.a, c.contacts) for c in found] == [("BLR.HOS", 1), ("BLR.MFA", 1)]


def test_ranks_are_those_of_the_mention_that_names_the_pair(row):
    rows = [
        row("a", "2016-03-01", incident="i", source=("BLR.MFA",), ranks=("minister", "ambassador")),
        row(
            "b",
            "2016-03-01",
            incident="i",
            source=("BLR.HOS",),
            ranks=("head of state", "ambassador"),
        ),
    ]
    found = {cell.a: cell.rank_a for cell in channels(rows, "BLR", "USA", until=UNTIL)}
    assert found == {"BLR.HOS": "head of state", "BLR.MFA": "minister"}


def test_the_newest_claim_tells_how_a_mission_is_accredited(row):
    claim = Claim(
        id="c1", doc="d", sentence=0, span=(0, 1), kind="channel", institution="ATT",
        subject=(Actor(code="USA", country="USA"),), accreditation="concurrent",
    )  # fmt: skip
    later = msgspec.structs.replace(claim, id="c2", accreditation="resident")
    other = msgspec.structs.replace(claim, id="c3", kind="rule", accreditation="concurrent")
    told = [(date(2016, 9, 1), later), (date(2016, 3, 1), claim), (date(2017, 3, 1), other)]
    assert accreditations(told[1:]) == {"USA.ATT": "concurrent"}
    assert accreditations(told) == {"USA.ATT": "resident"}
    rows = [row("a", "2016-08-08", target=("USA.ATT",)), row("b", "2016-08-09")]
    found = channels(rows, "BLR", "USA", until=UNTIL, accredited=accreditations(told))
    assert {cell.b: cell.accreditation for cell in found} == {
        "USA.ATT": "resident",
        "USA.MFA": None,
    }
