import pytest

from detente.coding.actors.mentions import Scanner
from detente.registers import load


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(load())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad spoke to Niger.", ["Chad", "Niger"]),
        ("Roman roads and Nigerian ports", ["Nigerian"]),
        ("Minsk's envoy, Belarus's army", ["Minsk", "Belarus"]),
        ("NATO and the European Union", ["NATO", "the European Union"]),
        ("Air India and the China Daily", []),
        ("RIGA said so", ["RIGA"]),
        ("nothing here", []),
    ],
)
def test_whole_names_are_found_longest_first(scanner, text, expected):
    found = [hit.surface for hit in scanner.scan(text)]
    assert [name.removeprefix("the ") for name in found] == [
        n.removeprefix("the ") for n in expected
    ]


def test_offsets_count_in_the_text(scanner):
    text = "In Minsk and in Vilnius, Poland."
    assert all(text[hit.start : hit.end] == hit.surface for hit in scanner.scan(text))


def test_a_state_begins_where_its_formal_name_does():

    text = "the minister of the Islamic Republic of Pakistan and the Republic of Zambia"
    hits = Scanner(load()).scan(text)
    assert [hit.surface for hit in hits] == ["Islamic Republic of Pakistan", "Republic of Zambia"]
    assert [hit.senses[0].code for hit in hits] == ["PAK", "ZMB"]
