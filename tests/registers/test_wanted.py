"""A text is looked up once for all the sets of words that rules ask it for."""

from detente.registers import wanted


def test_a_text_answers_the_sets_that_share_a_word_with_it():
    first = wanted.number(frozenset({"zlo", "zla"}))
    second = wanted.number(frozenset({"zla", "zlu"}))
    assert first != second
    assert wanted.number(frozenset({"zla", "zlo"})) == first
    assert wanted.answered(["zlo", "other"]) == {first}
    assert wanted.answered({"zla"}) == {first, second}
    assert wanted.answered(["none of these"]) == set()
    assert wanted.count() > max(first, second)
