"""Every input that the fuzzer once kept goes through again."""

from pathlib import Path

import pytest
from fuzz.target import feed

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())


def test_there_is_a_corpus():
    assert len(CORPUS) > 10


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:12])
def test_a_kept_input_gives_an_answer_or_our_own_error(path):
    feed(path.read_bytes())
