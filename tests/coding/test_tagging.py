"""Remembered parts of speech and lemmas are those of the pipeline's own components."""

import pytest

from detente.coding.acts.examples import read_example
from detente.coding.grammar.parse import Parser
from detente.coding.grammar.tagging import STEPS, Finisher
from detente.registers import frames
from detente.settings import Settings

pytestmark = pytest.mark.model

ODD = [
    "There are talks, and there was a meeting.",
    "Let's see what they're gonna do, it ain't over.",
    "You told me that I knew you, but it did it.",
    "She does what she has done; he'd have had it.",
    "Two  spaces and a\ttab.",
    "HOPES faded as Hopes hoped.",
    "",
]


def test_every_token_is_as_the_pipeline_gives_it():
    parser = Parser(Settings().model)
    examples = [example for frame in frames.load().entries for example in frame.examples]
    texts = [read_example(example).text for example in examples[::12]] + ODD
    plain = list(parser.nlp.pipe(texts))
    finish = Finisher(parser.nlp)
    for _ in range(2):
        parsed = list(parser.nlp.pipe(texts, disable=list(STEPS)))
        finish(parsed)
        for one, other in zip(plain, parsed, strict=True):
            assert [_told(token) for token in one] == [_told(token) for token in other]


def _told(token):
    return token.text, token.tag_, token.pos_, token.lemma_, token.dep_, str(token.morph)
