"""Phrases read on their own."""

import pytest

from detente.coding.actors.alone import PhraseAlone
from detente.coding.grammar.parse import Parser
from detente.registers import load
from detente.registers.sectors import sectors
from detente.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def reader() -> PhraseAlone:
    return PhraseAlone(load(), Parser(Settings().model))


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Bolivian miners", "BOL", "LAB"),
        ("two Dutch nurses", "NLD", "MED"),
        ("a former Peruvian minister", "PER", "ELI"),
        ("a group of Kenyan hikers", "KEN", "CVL"),
        ("Osaka police", "JPN", "COP"),
        ("the University of Leipzig", "DEU", "EDU"),
        ("car thieves", "", "CRM"),
        ("Fidesz", "HUN", "PTY"),
        ("members of the Knesset", "ISR", "LEG"),
        ("Rotterdam", "NLD", "CVL"),
        ("Ankara", "TUR", "GOV"),
        ("president of the Chilean chess federation", "CHL", "SOC"),
        ("head of the Moroccan central bank", "MAR", "GOV"),
        ("she", "", "UNK"),
        ("South Ossetia", "XSO", "PRE"),
        ("Zambian opposition leaders", "ZMB", "OPP"),
        ("Norwegian trawlers", "NOR", "AGR"),
    ],
)
def test_country_and_sector(reader, phrase, country, sector):
    actor = reader.read(phrase, day="2018-05-01")
    assert actor is not None
    assert (actor.country, sectors(actor)[0]) == (country, sector)


@pytest.mark.parametrize("phrase", ["a cat", "Friday", "quickly", "an old song"])
def test_what_is_nobody(reader, phrase):
    assert reader.read(phrase, day="2018-05-01") is None


def test_the_office_is_that_of_the_day(reader):
    early, late = (reader.read("Tony Blair", day=day) for day in ("2000-05-01", "2012-05-01"))
    assert early is not None
    assert late is not None
    assert (early.code, late.code, late.role) == ("GBR.HOG", "GBR", "former Prime Minister")


def test_a_common_name_takes_the_country_that_is_talked_of(reader):
    actor = reader.read("the Workers' Party", day="2018-05-01", about="Brazil")
    assert actor is not None
    assert actor.code == "BRA.PTY"


@pytest.mark.model
@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Tibetan monks", "CHN.REL"),
        ("Bavarian state premier", "DEU.GOV"),
        ("the Catalan president", "ESP.GOV"),
        ("International Crisis Group", ""),
    ],
)
def test_a_people_is_of_its_state(reader, phrase, code):
    actor = reader.read(phrase)
    assert actor is not None
    assert actor.code.startswith(code)
    assert code or actor.country == ""
