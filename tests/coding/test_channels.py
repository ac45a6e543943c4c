"""The path of a contact: who goes where, on whose ground, by what means, on what occasion."""

import pytest

from detente.coding import channels
from detente.model import Event

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def first(events):
    def run(text: str) -> Event:
        return events(text, published="2018-05-10")[0]

    return run


SETTINGS = [
    # text, mode, format, host, source, target
    ("Polish Foreign Minister Jacek Czaputowicz met Latvian Foreign Minister Edgars Rinkevics in "
     "Riga.", "visit", "bilateral", "LVA", "POL", "LVA"),
    ("Latvian Foreign Minister Edgars Rinkevics met Polish Foreign Minister Jacek Czaputowicz in "
     "Riga.", "visit", "bilateral", "LVA", "POL", "LVA"),
    ("The Polish foreign minister met the Latvian foreign minister in Helsinki.",
     "third-party", "bilateral", None, "POL", "LVA"),
    ("The Belarusian foreign minister met a US deputy assistant secretary of defence in New York.",
     "third-party", "bilateral", None, "BLR", "USA"),
    ("The Dutch prime minister met the Belgian prime minister in The Hague.",
     "visit", "bilateral", "NLD", "BEL", "NLD"),
    ("The Swiss president met the Iranian foreign minister in Geneva.",
     "visit", "bilateral", "CHE", "IRN", "CHE"),
    ("The Swiss foreign minister met the Iranian foreign minister in Geneva on the sidelines of "
     "the Human Rights Council session.", "third-party", "bilateral", None, "CHE", "IRN"),
    ("The Georgian prime minister met the NATO secretary-general in Brussels.",
     "visit", "bilateral", "NATO", "GEO", "NATO"),
    ("Turkey, Iran and Russia held talks in Astana.",
     "third-party", "multilateral", None, "TUR", None),
    ("The Swedish foreign minister visited Georgia.", "visit", "bilateral", "GEO", "SWE", "GEO"),
    ("The Japanese foreign minister spoke with the Indian foreign minister by phone.",
     "phone", "bilateral", None, "JPN", "IND"),
    ("The Greek prime minister met the Greek president in Athens.", None, None, None, "GRC", "GRC"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mode", "format", "host", "source", "target"), SETTINGS)
def test_setting(first, text, mode, format, host, source, target):
    event = first(text)
    assert event.type == "CONSULT"
    assert (event.mode, event.channel.format, event.channel.host) == (mode, format, host)
    assert event.source[0].country == source
    if target is not None:
        assert event.target[0].country == target


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The Polish president met the Latvian president in Riga.", "in person"),
        ("The Polish president spoke with the Latvian president by telephone.", "phone"),
        ("The Polish president held talks with the Latvian president by video link.", "video"),
    ],
)
def test_medium(first, text, medium):
    assert first(text).channel.medium == medium


@pytest.mark.parametrize(
    ("text", "pairing", "ranks"),
    [
        ("The Polish foreign minister met the Latvian defence minister in Riga.",
         "MFA-MOD", ("minister", "minister")),
        ("The Latvian defence minister met the Polish foreign minister in Riga.",
         "MFA-MOD", ("minister", "minister")),
        ("The Chilean president met the Peruvian ambassador.", "HOS-EMB",
         ("head of state", "ambassador")),
    ],
)  # fmt: skip
def test_pairing_and_rank_of_both_sides(first, text, pairing, ranks):
    event = first(text)
    assert event.channel.pairing == pairing
    assert (event.source[0].rank, event.target[0].rank) == ranks


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("They met on the sidelines of the Riga summit.", "the Riga summit"),
        ("They met on the margins of the UN General Assembly in New York.",
         "the UN General Assembly in New York"),
        ("They met at the Munich Security Conference on Friday.", "the Munich Security Conference"),
        ("They spoke during a session of the Council of Europe.", "a session of the Council of Europe"),
        ("They met in Riga.", None),
        ("They met at the ministry.", None),
    ],
)  # fmt: skip
def test_occasion(text, occasion):
    assert channels.occasion_in(text) == occasion
