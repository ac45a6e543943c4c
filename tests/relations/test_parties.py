import msgspec
import pytest

from detente.model import Actor, Channel, Event
from detente.relations.parties import between, within


@pytest.mark.parametrize(
    ("code", "party", "yes"),
    [
        ("BLR", "BLR", True),
        ("BLR.MFA", "BLR", True),
        ("BLR.MFA/vladimir-makei", "BLR.MFA", True),
        ("BLR.MOD", "BLR.MFA", False),
        ("BLRX", "BLR", False),
        ("NATO", "USA", False),
    ],
)
def test_institutions_belong_to_their_state(code, party, yes):
    assert within(code, party) is yes


def act(source, target, kind="CONSULT"):
    side = [tuple(Actor(code=c, country=c.partition(".")[0]) for c in s) for s in (source, target)]
    return Event(
        id="e", doc="d", sentence=0, span=(0, 1), type=kind, source=side[0], target=side[1]
    )


def test_direction_does_not_matter_and_compound_sides_count():
    assert between(act(["BLR.MFA"], ["USA"]), "USA", "BLR")
    assert between(act(["POL", "USA.MOD"], ["BLR"]), "USA", "BLR")
    assert not between(act(["BLR.MFA"], ["BLR.MOD"]), "USA", "BLR")


def test_two_sources_deal_with_each_other_only_where_the_type_is_symmetric():
    assert between(act(["BLR", "USA"], []), "USA", "BLR")
    assert not between(act(["BLR", "USA"], [], "SANCTION"), "USA", "BLR")


@pytest.mark.parametrize(
    ("source", "target", "kind", "yes"),
    [
        (["BLR.OPP"], ["USA"], "CONSULT", False),
        (["USA"], ["BLR.OPP"], "CONSULT", False),
        (["USA"], ["BLR.BUS"], "SANCTION", True),
        (["BLR.MED"], ["USA"], "ACCUSE", False),
        (["BLR.OPP", "BLR.MFA"], ["USA"], "CONSULT", True),
    ],
)
def test_private_bodies_do_not_act_for_their_state(source, target, kind, yes):
    assert between(act(source, target, kind), "BLR", "USA") is yes


def test_the_opposition_may_be_asked_for_itself():
    assert between(act(["BLR.OPP"], ["USA"]), "BLR.OPP", "USA")


def test_a_licence_signed_for_companies_lies_between_their_states():
    licence = Event(
        id="e", doc="d", sentence=0, span=(0, 1), type="SUPPORT", channel=Channel(symmetric=True),
        source=(Actor(code="USA.FIN", country="USA", institution="FIN"),),
        target=(Actor(code="LAO.BUS", country="LAO", institution="BUS"),),
    )  # fmt: skip
    assert between(licence, "USA", "LAO")
    assert not between(msgspec.structs.replace(licence, type="CONSULT"), "USA", "LAO")
