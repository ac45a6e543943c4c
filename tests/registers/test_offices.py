import pytest

from detente.registers import load, offices, roles


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("Minister of Foreign Affairs", ("MFA", "minister")),
        ("Prime Minister", ("HOG", "head of government")),
        ("Deputy Minister of Defence", ("MOD", "deputy minister")),
        ("President of the Senate", ("LEG", "speaker")),
        ("ambassador to Germany", ("EMB", "ambassador")),
        ("First Lady", (None, None)),
    ],
)
def test_office_words_give_institution_and_rank(position, expected):
    assert offices.classify(position) == expected


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Angela Merkel", "2010-01-01", "DEU"),
        ("A. Merkel", "2010-01-01", "DEU"),
        ("Angela Merkel", "1980-01-01", None),
        ("Nobody Atall", "2010-01-01", None),
    ],
)
def test_lookup_by_day(name, day, code):
    found = offices.lookup(name, day=day)
    assert (found.code if found else None) == code


def test_spellings_agree():
    assert offices.key_of("Lukashenka") == offices.key_of("Lukashenko")
    assert offices.key_of("Sergey") == offices.key_of("Sergei")
    assert offices.key_of("Zelenskyy") == offices.key_of("Zelensky")


def test_every_office_is_dated_and_known():
    register, ranks = load(), set(roles.load().ranks)
    for office in offices.every():
        assert office.code in register.names
        assert office.rank in ranks
        assert office.since or office.until
        assert not (office.since and office.until) or office.since <= office.until


def test_topics_are_institutions():
    assert {"MFA", "MOD", "FIN"} <= set(roles.load().topics.values())


def test_a_deputys_office_has_a_deputys_rank():
    assert offices.classify("Deputy Foreign Minister") == ("MFA", "deputy minister")
    assert offices.classify("First Deputy Minister of Defence") == ("MOD", "deputy minister")
    assert offices.classify("Vice President") == ("HOS", "deputy head of state")
    assert offices.classify("Prime Minister") == ("HOG", "head of government")


@pytest.mark.parametrize(
    ("name", "day", "institution"),
    [
        ("Marise Payne", "2020-05-05", "MFA"),  # and minister for the status of women
        ("Netumbo Nandi-Ndaitwah", "2020-05-05", "MFA"),  # and deputy prime minister
        ("Šefik Džaferović", "2021-05-05", "HOS"),  # one of the presidency's three
    ],
)
def test_who_holds_several_offices_acts_through_the_ministry(name, day, institution):
    assert offices.lookup(name, day=day).institution == institution


def test_a_field_with_an_institution_comes_before_others():
    assert offices.classify("Minister of Foreign and European Affairs") == ("MFA", "minister")
    assert offices.classify("Minister of Agriculture")[0] == "ECO"
    assert offices.classify("Chief of Staff of the Presidency")[0] != "HOS"
