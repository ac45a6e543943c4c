"""What acts are about: contexts and domain from words, frame, institutions, sentence and document."""

import pytest

from detente.coding import domains
from detente.registers import ontology

pytestmark = pytest.mark.model


SENTENCES = [
    # the clause's words
    ("Chile signed a trade agreement with India.", "economic", "economic"),
    ("Hungary signed an agreement with Russia on gas supplies.", "energy", "natural_resource"),
    ("Sweden signed an extradition treaty with Chile.", "legal", "legal"),
    ("Germany urged Turkey to release the jailed journalists.", "human_rights", "rights_freedoms"),
    ("Japan and India signed an agreement on vaccines.", "humanitarian", "health"),
    ("Greece and Turkey held talks on migration.", "humanitarian", "migration"),
    ("Poland and Ukraine held joint exercises with tanks.", "military", "military"),
    ("Estonia accused Russia of a cyberattack.", "military", "cyber"),
    ("Romania and Serbia held talks on the border.", "diplomatic", "territory"),
    # the institutions, where the words are silent
    ("The Polish defence minister met the Latvian defence minister.", "military", "military"),
    ("The Finnish finance minister met the Danish finance minister.", "economic", "economic"),
    # the type, where nothing tells
    ("The Greek foreign minister met the Turkish ambassador.", "diplomatic", None),
    ("Sudan expelled the Dutch ambassador.", "diplomatic", None),
    # guards are police at home, and the armed hand of their state abroad
    ("Yemen condemned the Omani coast guard.", "military", "military"),
    ("Omani police criticised Omani protesters.", "legal", "crime"),
    # oil is energy before it is trade, arms are military before they are diplomatic
    ("Japan signed an oil trade agreement with Oman.", "energy", "natural_resource"),
]


@pytest.mark.parametrize(("text", "domain", "context"), SENTENCES)
def test_domain(events, text, domain, context):
    event = events(text)[0]
    assert event.domain == domain
    if context is not None:
        assert context in event.contexts


def test_an_answer_takes_its_matter_from_the_document(events):
    told = (
        "Estonia and Latvia held joint exercises with tanks and artillery near the border. "
        "Russia condemned Estonia."
    )
    assert events(told)[-1].domain == "military"
    assert events("Russia condemned Estonia.")[-1].domain == "diplomatic"


def test_a_visit_takes_nothing_from_the_document(events):
    told = (
        "Estonia and Latvia held joint exercises with tanks and artillery near the border. "
        "The Finnish foreign minister visited Estonia."
    )
    assert events(told)[-1].domain == "diplomatic"


def test_topic_words_speak_for_contexts_that_exist():
    contexts = ontology.load().contexts
    assert len(contexts) == 37
    assert set(domains.topics().values()) <= set(contexts)
    missing = set(contexts) - set(domains.topics().values())
    assert not missing
