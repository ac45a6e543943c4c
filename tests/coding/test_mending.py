"""Parses that are put right: who acts in a second clause, which two persons meet, who is called on."""

import pytest

from detente.coding.grammar.parse import Parser
from detente.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parse():
    pytest.importorskip("spacy")
    parser = Parser(Settings().model)
    return lambda text: parser.parse([text])[0]


def arcs(doc, *words):
    return [(t.text, t.dep_, t.head.text) for t in doc if t.text in words]


def test_a_noun_right_before_a_second_verb_is_its_subject(parse):
    doc = parse("Oslo expelled two Iranian envoys and Riga recalled its ambassador from Tehran.")
    assert arcs(doc, "Riga", "recalled") == [
        ("Riga", "nsubj", "recalled"),
        ("recalled", "conj", "expelled"),
    ]


def test_a_second_object_stays_one(parse):
    doc = parse("Oslo expelled two envoys and a consul and recalled its ambassador.")
    [recalled] = [t for t in doc if t.text == "recalled"]
    assert not [c for c in recalled.children if c.dep_ == "nsubj"]


@pytest.mark.parametrize(
    "text", ["Oslo will re-establish ties.", "Oslo is to re-open its embassy."]
)
def test_a_verb_takes_the_place_of_its_prefix(parse, text):
    doc = parse(text)
    prefix, hyphen, verb = next((t, t.nbor(1), t.nbor(2)) for t in doc if t.text == "re")
    assert (prefix.head, hyphen.head, prefix.pos_) == (verb, verb, "X")
    assert {"aux", "dobj"} <= {c.dep_ for c in verb.children}
    assert verb not in verb.children
    assert verb.head is verb or verb in verb.head.children


def test_two_titled_persons_are_two(parse):
    doc = parse("President Ana Ruiz and Danish President Bo Holm spoke on the phone.")
    spoke = next(t for t in doc if t.text == "spoke")
    [subject] = [c for c in spoke.children if c.dep_ == "nsubj"]
    assert subject.i < 3
    assert [(c.text, c.dep_) for c in subject.children if c.dep_ == "conj"] == [("Holm", "conj")]


def test_who_is_called_on_hangs_on_the_call(parse):
    doc = parse("Kenya called for Uganda to release three fishermen.")
    assert arcs(doc, "Uganda", "for", "release") == [
        ("for", "prep", "called"),
        ("Uganda", "pobj", "for"),
        ("release", "acl", "Uganda"),
    ]


def test_children_and_subtrees_follow_what_is_rehung(parse):
    doc = parse("Oslo expelled two Iranian envoys and Riga recalled its ambassador from Tehran.")
    for token in doc:
        if token.head is not token:
            assert token in token.head.children
            assert token in token.head.subtree
