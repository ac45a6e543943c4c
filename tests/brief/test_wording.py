"""Numbers, names and papers in prose."""

import pytest
from brief.conftest import BLR_MOD, USA_MOD, event

from detente.brief import names, wording
from detente.brief.realise import tell
from detente.relations.incidents import gather


def test_numbers_carry_their_unit():
    assert wording.percent(0.285) == "28 %"
    assert [wording.percent(x) for x in (-0.204, -0.001)] == ["−20 %", "0 %"]
    assert wording.figures(1, "event") == "1 event"
    assert wording.figures(1_240, "entry", "entries") == "1,240 entries"


def test_quotation_marks_within_a_quotation_are_single():
    assert wording.inner('"No," he said of “the pact”.') == "‘No,’ he said of ‘the pact’."


def test_holders_told_by_codes_are_named():
    assert names.author("BLR, EU") == "Belarus, European Union"
    assert names.author("Ada Quill") == "Ada Quill"


@pytest.mark.parametrize(
    ("quote", "paper"),
    [
        ("The two ministers signed an accord on fishing.", "an accord"),
        ("Both signed the protocol.", "the protocol"),
        ("Two sides signed agreements.", "an agreement"),
        ("They signed two customs agreements.", "two customs agreements"),
    ],
)
def test_a_signed_paper_is_named_without_its_clause(quote, paper):
    signed = event(
        "e1", "a", 1, type="SUPPORT", rule="support/sign", source=(BLR_MOD,), target=(USA_MOD,)
    )
    told = tell(gather([signed])[0], [quote])
    assert told == (
        f"The Belarusian Defence Ministry signed {paper} with the US Department of Defense."
    )
