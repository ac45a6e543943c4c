"""What the register must hold of the sixty states that event data tell most of.

``institutions.csv`` names, for each of them, institutions by the names that texts use, and which
institution each name must be read as. The states are those of the sixty largest counts in a year of
coded news (2018).
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from detente.coding.actors.alone import PhraseAlone
from detente.coding.grammar.parse import Parser
from detente.registers import load
from detente.registers.checks import INSTITUTIONS
from detente.settings import Settings

with (Path(__file__).parent / "institutions.csv").open(encoding="utf-8") as file:
    ROWS = [tuple(row.values()) for row in csv.DictReader(file)]

LEAST = ("LEG", "MFA", "MOD", "FIN", "INT", "MIL", "SPY", "SEC", "JUD", "PTY")
"""Institutions of which every state has at least one name in the list."""
NONE = {"SAU": {"PTY"}}
"""Institutions that a state does not have."""
LEADERS = {"HOS", "HOG"}
NAMES = 30
"""Names that the list has at least for each state."""
ORDERLY = set("AUS AZE BGR CZE GEO HRV ISR JPN KOR LTU LVA MYS PRK ROU SGP TWN".split())
"""States without armed groups or movements of note in the list."""


def test_every_state_has_its_institutions():
    held: dict[str, set[str]] = defaultdict(set)
    size: dict[str, int] = defaultdict(int)
    for state, institution, _name in ROWS:
        held[state].add(institution)
        size[state] += 1
    lacking = {
        state: [one for one in LEAST if one not in found | NONE.get(state, set())]
        for state, found in held.items()
    }
    assert {state: lacks for state, lacks in lacking.items() if lacks} == {}
    assert [state for state, found in held.items() if not found & LEADERS] == []
    assert [state for state, names in size.items() if names < NAMES] == []
    assert len(held) == 60
    lonely = [s for s, found in held.items() if not found & {"REB", "UAF", "OPP", "CVL", "NGO"}]
    assert set(lonely) <= ORDERLY


def test_every_state_has_names_seat_and_office_holders():
    register = load()
    for state in {state for state, _, _ in ROWS}:
        kinds = {s.kind for senses in register.surfaces.values() for s in senses if s.code == state}
        lacking = {"state", "adjective", "capital", "institution"} - kinds
        assert lacking <= ({"capital"} if state == "SGP" else set()), state


def test_names_of_the_register_are_of_the_state():
    """A name that the register has must not be another state's alone."""
    register = load()
    strange = []
    for state, institution, name in ROWS:
        senses = [s for s in register.surfaces.get(name, ()) if s.kind != "none"]
        if senses and not any(
            s.code == state and s.institution in {institution, None} for s in senses
        ):
            strange.append((state, institution, name))
    assert strange == []
    assert {institution for _, institution, _ in ROWS} <= INSTITUTIONS


@pytest.mark.model
@pytest.mark.slow
def test_every_name_is_read_as_its_institution():
    reader = PhraseAlone(load(), Parser(Settings().model))
    wrong = []
    for state, institution, name in ROWS:
        actor = reader.read(name, day="2018-06-01")
        if actor is None or (actor.country, actor.institution) != (state, institution):
            wrong.append((name, actor.code if actor is not None else None))
    assert wrong == []
