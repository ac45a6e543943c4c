"""Words for offices, and nouns for people with PLOVER's sector."""

import pytest

from detente.registers import ontology, roles


@pytest.mark.parametrize(
    ("words", "institution", "sector"),
    [
        ("farmers", "CVL", "AGR"),
        ("trade union", "CVL", "LAB"),
        ("thieves", "CVL", "CRM"),
        ("displaced persons", "CVL", "REF"),
        ("nurses", "CVL", "MED"),
        ("gunmen", "UAF", "UAF"),
        ("universities", "EDU", "EDU"),
        ("state television", "MED", "GOV"),
    ],
)
def test_a_noun_has_institution_and_sector(words, institution, sector):
    head = roles.load().heads[tuple(words.split())]
    assert (head.institution, head.sector) == (institution, sector)


def test_every_sector_is_plover_s():
    known = set(ontology.load().sectors)
    assert {head.sector for head in roles.load().heads.values()} - {None} <= known


def test_hyphens_may_be_parted_as_a_parser_does():
    heads = roles.load().heads
    assert heads["self", "-", "defence", "force"] is heads["self-defence", "force"]
