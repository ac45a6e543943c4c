"""What an act about an act is about gives its mode and its exact CAMEO code."""

import pytest

from detente.coding.acts import contents, examples, predicates

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("marked", "type_", "mode", "cameo"),
    [
        ("[Oslo] called for talks with <the rebels>.", "REQUEST", "meet", "026"),
        ("[Oslo] urged <Tirana> to release the prisoners.", "REQUEST", "yield", "0253"),
        ("[Oslo] demanded the resignation of <the Thai premier>.", "REQUEST", "change", "1041"),
        ("[Oslo] asked <Tirana> for missiles.", "REQUEST", "assist", "0232"),
        ("[Oslo] refused to meet <the Thai envoy>.", "REJECT", "meet", "125"),
        ("[Oslo] rejected a loan from <the fund>.", "REJECT", "assist", "1221"),
        ("[Oslo] rejected the allegations of <Tirana>.", "REJECT", None, "016"),
        ("[Oslo] denied arming <the rebels>.", "REJECT", "assist", "016"),
        ("[Oslo] denied <the activist>'s request.", "REJECT", None, "120"),
        ("[Oslo] admitted that it had shot down the plane.", "CONCEDE", None, "015"),
        ("[Oslo] offered its condolences to <Tirana>.", "SUPPORT", None, "018"),
        ("[Oslo] thanked <Tirana>.", "SUPPORT", None, "051"),
        ("[Oslo] threatened <Tirana> with sanctions.", "THREATEN", "restrict", "1312"),
        ("[Oslo] threatened to invade <Tirana>.", "THREATEN", "violence", "1384"),
        ("[Oslo] accused <Tirana> of espionage.", "ACCUSE", "allege", "1125"),
        ("[Oslo] accused <Tirana> of shelling {a village}.", "ACCUSE", "allege", "1123"),
        ("[Nurses] demonstrated for a new law in the square.", "PROTEST", "demo", "1412"),
    ],
)
def test_content_gives_mode_and_code(parsed, marked, type_, mode, cameo):
    example = examples.read_example(marked)
    acts = predicates.find(examples.reading_of(parsed(example.text), example.spans))
    assert (type_, mode, cameo) in [(a.type, a.mode, a.cameo) for a in acts]


def test_every_line_of_the_table_decides_something():
    assert all(line.types or line.words for line in contents.table())
    assert all(line.codes or line.modes for line in contents.table())
