"""What a frame lacks at a word, asked of every example of every frame."""

import pytest

from detente.coding import whynot
from detente.coding.acts.examples import read_example, reading_of
from detente.coding.acts.parties import Finder
from detente.read.assemble import text_document
from detente.registers import frames

pytestmark = pytest.mark.model


def lacking(parsed, pattern_id, marked):
    example = read_example(marked)
    doc = parsed(example.text)
    finder = Finder(reading_of(doc, example.spans))
    found = set()
    for frame in frames.load().entries:
        if frame.id == pattern_id:
            for token in doc:
                if token.lemma_.lower() in frame.triggers:
                    found.update(whynot.lacking(frame, token, finder))
    return found


def test_a_missing_party_is_named(parsed):
    assert any(
        "on whom" in words for words in lacking(parsed, "sanction/expel", "[Poland] expelled.")
    )


def test_a_frame_that_matches_lacks_nothing(parsed):
    told = [frame for frame in frames.load().entries if frame.examples]
    for frame in told[::40]:
        marked = frame.examples[0]
        example = read_example(marked)
        doc = parsed(example.text)
        finder = Finder(reading_of(doc, example.spans))
        matched = [
            whynot.lacking(frame, token, finder)
            for token in doc
            if {token.lemma_.lower(), frames.load().lemmas.get(token.lower_)}
            & {t.rpartition("-")[2] for t in frame.triggers}
        ]
        assert () in matched, marked


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("It rained in the night.", "gate"),
        ("Oslo hopes to visit Lima.", "status"),
        ("The Chadian minister visited the zoo.", "party"),
        ("Oslo took an apple to Lima.", "words"),
        ("Switzerland unfroze assets of the Mubarak family.", "tag"),
        ("The Chadian minister yodelled with the Danish envoy.", "no frame"),
        ("Oslo hit a record with Ghana.", "no event"),
    ],
)
def test_the_stage_at_which_a_sentence_fell_out_is_named(coder, text, stage):
    document = text_document(text, published="2021-03-10")
    found = whynot.silences(document, coder.trace(document), coder.lacks(document))
    assert stage in {reason.stage for one in found for reason in one.reasons}
