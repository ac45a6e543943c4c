"""Rules are tried where they can begin; answers are kept for each word."""

import pytest

from detente.coding.grammar.parse import Parser
from detente.coding.grammar.ruleset import RuleSet, once
from detente.settings import Settings


@pytest.fixture(scope="module")
def doc():
    return Parser(Settings().model).parse(["Oslo met Riga and met Bern."])[0]


def by_word(token):
    return token.text if token.lower_ == "met" else None


def by_neighbour(token):
    return token.text if token.nbor(1).text == "Riga" else None


def test_a_rule_that_the_form_rules_out_is_not_tried(doc):
    rules = RuleSet((by_word, by_neighbour))
    assert rules.of(doc[0].form) == (by_neighbour,)
    assert rules.of(doc[1].form) == (by_word, by_neighbour)


def test_arguments_before_the_word_are_not_asked_at_the_first_try(doc):
    rules = RuleSet((lambda view, token: view.mentions.get(token.i),), before=1)
    assert len(rules.of(doc[0].form)) == 1


def test_words_of_one_form_share_what_may_begin_on_them(doc):
    tried = []
    rules = RuleSet((lambda token: tried.append(token.text),))
    assert not rules.begun(doc)
    assert len(tried) == len({id(token.form) for token in doc})


def test_a_set_that_is_asked_for_later_is_answered_beside_the_others(doc):
    first, second = RuleSet((by_word,)), RuleSet((by_neighbour,))
    told = first.begun(doc)
    assert [token.text for token, _ in second.begun(doc)] == [token.text for token in doc]
    assert first.begun(doc) == told


def test_an_answer_is_worked_out_once_for_each_word(doc):
    asked = []

    @once
    def heads(token):
        asked.append(token.i)
        return token.head.i

    assert [heads(doc[2]), heads(doc[2]), heads(doc[0])] == [1, 1, 1]
    assert asked == [2, 0]


def test_only_words_on_which_a_rule_may_begin_are_gone_through(doc):
    rules = RuleSet((by_word,))
    assert [(token.text, found) for token, found in rules.begun(doc)] == [
        ("met", (by_word,)), ("met", (by_word,))
    ]  # fmt: skip
    assert not RuleSet((by_word,), silent=frozenset({"VERB"})).begun(doc)
