"""Objects that several verbs share, and doers of passives that the parse hangs elsewhere."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Accra rejected, and Lome welcomed, the ruling of the Malian court.",
         {("REJECT", "GHA", "MLI"), ("SUPPORT", "TGO", "MLI")}),
        ("The Greek coast guard rescued, then arrested, eleven Syrian migrants.",
         {("AID", "GRC", "SYR"), ("COERCE", "GRC", "SYR")}),
        ("The Danish nurses were refused access to the camp by the Ethiopian army.",
         {("REJECT", "ETH", "DNK")}),
        ("Ankara signed a pact with Baku, visited Tehran and met the Iraqi premier.",
         {("SUPPORT", "TUR", "AZE"), ("CONSULT", "TUR", "IRN"), ("CONSULT", "TUR", "IRQ")}),
    ],
)  # fmt: skip
def test_verbs_share_what_is_theirs(events, text, expected):
    found = {
        (e.type, a.country, b.country) for e in events(text) for a in e.source for b in e.target
    }
    assert found == expected


def test_a_chain_of_verbs_may_end_its_sentence(events):
    assert not list(events("Peru turns, and the mountain stirs"))
