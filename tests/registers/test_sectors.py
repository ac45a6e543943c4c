import pytest

from detente.model import Actor
from detente.registers.sectors import sectors


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"code": "POL"}, ()),
        ({"code": "POL", "how": "capital"}, ("GOV",)),
        ({"code": "POL.MFA", "institution": "MFA"}, ("GOV",)),
        ({"code": "POL.MOD", "institution": "MOD", "rank": "minister"}, ("GOV", "MIL")),
        ({"code": "POL.CVL", "institution": "CVL", "sector": "AGR"}, ("AGR", "CVL")),
        ({"code": "POL.INT", "institution": "INT"}, ("COP",)),
        ({"code": "POL.INT", "institution": "INT", "rank": "minister"}, ("GOV",)),
        ({"code": "POL", "role": "former minister"}, ("ELI",)),
        ({"code": "XAB", "sector": "PRE"}, ("PRE",)),
        ({"code": "POL.MED", "institution": "MED"}, ("JRN",)),
    ],
)
def test_sectors(fields, expected):
    assert sectors(Actor(country=fields["code"][:3], **fields)) == expected
