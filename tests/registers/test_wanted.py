"""A text is looked up once for all the sets of words that rules ask it for."""

from detente.registers import wanted


def test_a_text_answers_the_sets_that_share_a_word_with_it():
    first = wanted.number(frozenset({"zlo", "zla"}))
    second = wanted.number(frozenset({"zla", "zlu"}))
    assert first != second
    assert wanted.number(frozenset({"zla", "zlo"})) == first
    assert wanted.answered(["zlo", "other"]) == wanted.bits({first})
    assert wanted.answered({"zla"}) == wanted.bits({first, second})
    assert wanted.answered(["none of these"]) == 0
    assert wanted.count() > max(first, second)


def test_listed_things_are_found_by_the_sets_that_they_need_in_their_order():
    one, two, three = (wanted.number(frozenset({word})) for word in ("qua", "que", "qui"))
    needing = [("a", {one, two}), ("b", ()), ("c", {two}), ("d", {one, three}), ("e", ())]
    listed = wanted.Listed((name, frozenset(needs)) for name, needs in needing)
    for answered in (
        set(),
        {one},
        {two},
        {one, two},
        {one, three},
        {one, two, three},
        {10_000_000},
    ):
        expected = [name for name, needs in needing if set(needs) <= answered]
        assert list(listed.possible(wanted.bits(answered))) == expected
        assert list(listed.possible(wanted.bits(answered))) == expected


def test_things_are_found_when_no_more_answers_are_kept(monkeypatch):
    monkeypatch.setattr(wanted, "MOST", 1)
    one, two = (wanted.number(frozenset({word})) for word in ("quo", "quae"))
    listed = wanted.Listed([("a", frozenset({one})), ("b", frozenset({two}))])
    for _ in range(2):
        assert list(listed.possible(wanted.bits({one}))) == ["a"]
        assert list(listed.possible(wanted.bits({one, two}))) == ["a", "b"]
