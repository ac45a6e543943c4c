"""Patterns ask for words at a party, and refuse what they cannot read."""

import pytest

from detente.registers.patterns import OFFICE, PatternError, compile_pattern


def test_a_party_may_need_a_noun():
    fields = compile_pattern("S:@troops leave T", {"troops": frozenset({"troop"})})
    source, target = fields["slots"]
    assert (source.words, target.words) == ({"troop"}, frozenset())


def test_a_party_may_need_an_office():
    fields = compile_pattern("S:@office tell T:@office that", {})
    assert all(slot.words == {OFFICE} for slot in fields["slots"])


def test_any_noun_after_a_preposition():
    [phrase] = compile_pattern("S supply T with *", {})["phrases"]
    assert (phrase.preps, phrase.nouns, phrase.required) == ({"with"}, frozenset(), True)


def test_a_verb_with_a_particle_stands_alone():
    with pytest.raises(PatternError, match="stands alone"):
        compile_pattern("S prop_up|aid T", {})


def test_a_pattern_needs_a_trigger():
    with pytest.raises(PatternError, match="no trigger"):
        compile_pattern("S", {})
