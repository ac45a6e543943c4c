"""Where a target may stand: where it hangs first, then deeper in what is done."""

import pytest

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def told(events):
    def run(text: str) -> list[tuple[str, str, str]]:
        return [
            (e.type, e.source[0].code if e.source else "", e.target[0].code if e.target else "")
            for e in events(text)
        ]

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what hangs where it should comes before what the parse hung elsewhere
        ("Norway expelled a Danish diplomat after the expulsion of a Norwegian officer by Denmark.",
         ("SANCTION", "NOR", "DNK.EMB")),
        ("The Chadian president rejected a Libyan proposal on a change to the map of Niger.",
         ("REJECT", "TCD.HOS", "LBY")),
        # another body of the same state may be a target, the state itself and its own troops may not
        ("Peru's president lifted the curbs imposed on the Peruvian parliament.",
         ("CONCEDE", "PER.HOS", "PER.LEG")),
        # whom a clause names, a town where force crosses a border, an envoy's own state
        ("Turkey shelled what Ankara called positions of the Syrian army.",
         ("ASSAULT", "TUR", "SYR.MIL")),
        ("Ugandan soldiers crossed into Bunia at dawn.", ("ASSAULT", "UGA.MIL", "COD")),
        ("Mexico's ambassador in Lima was recalled.", ("SANCTION", "MEX.EMB", "PER")),
        # whose an offer is
        ("Oman rejected every offer made by the Houthis to free the Yemeni general.",
         ("REJECT", "OMN", "YEM.REB")),
        # a description behind a name, and a name behind a description
        ("Niger released Nadim Haddad, a former Chadian minister.", ("RETREAT", "NER", "TCD")),
        # a doer that is told is no place
        ("Fighters loyal to the Chadian general arrested a Libyan envoy in Ndjamena.",
         ("COERCE", "TCD.REB", "LBY.EMB")),
        # its own rebels are accused by a state; what others do is reported
        ("The Malian government said the rebels were responsible.", ("ACCUSE", "MLI.GOV", "MLI.REB")),
        ("An official in Kabul said the Taliban ambushed a police convoy.",
         ("ASSAULT", "AFG.REB", "AFG.INT")),
        # parties of no state in a text that names none
        ("Prosecutors charged the former mayor with fraud, the court heard.", ("ACCUSE", "JUD", "GOV")),
    ],
)  # fmt: skip
def test_the_target_is_found(told, text, expected):
    assert expected in told(text)


def test_a_state_does_not_act_on_its_own_troops(told):
    assert not [e for e in told("Ghana is willing to withdraw its troops.") if e[2]]


def test_the_republic_of_somewhere_is_not_the_state_named_before(told):
    text = "Guyana said on Monday that it had opened diplomatic ties with the Republic of Palau."
    assert ("SUPPORT", "GUY", "PLW") in told(text)
