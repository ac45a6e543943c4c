"""Who says that an act took place."""

import pytest

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def said_by(events):
    def run(text: str, kind: str) -> list[str]:
        event = next(e for e in events(text, published="2018-05-10") if e.type == kind)
        return [actor.code for actor in event.attribution]

    return run


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        # the verb of saying above
        ("The Swedish foreign ministry said that Russia had expelled two diplomats.",
         "SANCTION", ["SWE.MFA"]),
        ("Iran said on Monday that Iraq had arrested two of its pilgrims.", "COERCE", ["IRN"]),
        # after the act
        ("Russia has expelled two Swedish diplomats, the Swedish foreign ministry said.",
         "SANCTION", ["SWE.MFA"]),
        # a ministry that the sentence has named, whatever department was named last
        ("Envoys of the Latvian Defence Ministry held talks at the Pentagon, the ministry said.",
         "CONSULT", ["LVA.MOD"]),
        # according to
        ("According to the Polish defence ministry, Russia expelled a Latvian diplomat.",
         "SANCTION", ["POL.MOD"]),
        ("Russia expelled a Latvian diplomat, according to the Polish foreign ministry.",
         "SANCTION", ["POL.MFA"]),
        # a party that tells of its own act
        ("Poland said it had expelled two Russian diplomats.", "SANCTION", ["POL"]),
        # nested: the innermost voice first
        ("The Latvian foreign ministry said that the Polish defence ministry had reported that "
         "Russia had expelled a Swedish diplomat.", "SANCTION", ["POL.MOD", "LVA.MFA"]),
        # nobody
        ("Russia expelled two Swedish diplomats on Monday.", "SANCTION", []),
        # the report is of one act, not of the other
        ("Russia expelled a Swedish diplomat, and Norway said that Denmark had condemned Russia.",
         "SANCTION", []),
    ],
)  # fmt: skip
def test_attribution(said_by, text, kind, codes):
    assert said_by(text, kind) == codes
