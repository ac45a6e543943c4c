"""The copy of a parse answers as spaCy's own does."""

import itertools

import pytest

from detente.coding.grammar.parse import Parser
from detente.coding.grammar.tree import Reader
from detente.settings import Settings

SENTENCES = (
    "On Monday, Poland's minister - who had arrived late - met 3 envoys from Kyiv and Minsk.",
    "What did they think he said?  Nothing, it seems, was agreed on by the two sides ( yet ).",
    "Talks",
)
SAME = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_",
    "like_num", "is_punct", "is_alpha",
)  # fmt: skip


@pytest.fixture(scope="module")
def pairs():
    parser = Parser(Settings().model)
    read = Reader(parser.nlp.vocab)
    return [(doc, read(doc)) for doc in parser.annotate(SENTENCES)]


def test_words_have_the_same_attributes_and_relatives(pairs):
    for theirs, ours in pairs:
        assert ours.text == theirs.text
        for a, b in zip(theirs, ours, strict=True):
            assert [getattr(a, name) for name in SAME] == [getattr(b, name) for name in SAME]
            assert (a.head.i, a.left_edge.i, a.right_edge.i) == (
                b.head.i, b.left_edge.i, b.right_edge.i,
            )  # fmt: skip
            for name in ("children", "lefts", "subtree", "ancestors"):
                assert [t.i for t in getattr(a, name)] == [t.i for t in getattr(b, name)], name


def test_stretches_have_the_same_text_and_root(pairs):
    for theirs, ours in pairs:
        for start, end in itertools.combinations(range(len(theirs) + 1), 2):
            a, b = theirs[start:end], ours[start:end]
            assert (a.text, a.root.i, a[-1].i) == (b.text, b.root.i, b[-1].i)


def test_characters_give_the_same_stretch(pairs):
    for theirs, ours in pairs:
        for start, end in itertools.combinations(range(len(theirs.text) + 3), 2):
            a = theirs.char_span(start, end, alignment_mode="expand")
            b = ours.char_span(start, end, alignment_mode="expand")
            assert (a is None) == (b is None)
            assert a is None or b is None or (a.start, a.end) == (b.start, b.end)


def test_a_stretch_from_the_end_and_beyond_it(pairs):
    _, ours = pairs[0]
    assert ours[-3:].text == "and Minsk."
    assert len(ours[5:2]) == 0
    assert ours[5:2].text == ""


def test_no_word_before_the_first(pairs):
    _, ours = pairs[0]
    with pytest.raises(IndexError):
        ours[0].nbor(-1)


def test_words_that_are_let_go_hold_nothing(parser_doc):
    token = parser_doc[0]
    parser_doc.let_go()
    assert not len(parser_doc)
    assert not hasattr(token, "head")
    assert not hasattr(token, "doc")


@pytest.fixture
def parser_doc():
    return Parser(Settings().model).parse(["Oslo met Riga."])[0]
