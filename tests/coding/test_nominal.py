"""Acts told by nouns, and visits to towns."""

import pytest

from detente.model import Event
from detente.read.assemble import text_document

pytestmark = pytest.mark.model


def events(coder, text):
    [coded] = coder.code([text_document(text, published="2021-03-10")])
    return [
        (r.type, r.status, {a.country for a in r.source}, {a.country for a in r.target})
        for r in coded.records
        if isinstance(r, Event)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On a visit to Oman, the Kenyan president praised the sultan.",
         ("CONSULT", "actual", {"KEN"}, {"OMN"})),
        ("The Peruvian minister arrived in Gdansk on Monday.",
         ("CONSULT", "actual", {"PER"}, {"POL"})),
        ("The US-China talks went on in Stockholm.", ("CONSULT", "actual", {"USA"}, {"CHN"})),
        ("A Danish frigate called at Riga before an exercise with the Latvian navy.",
         ("AGREE", "planned", {"DNK"}, {"LVA"})),
        ("A delegation led by the Thai premier arrived in Laos.",
         ("CONSULT", "actual", {"THA"}, {"LAO"})),
    ],
)  # fmt: skip
def test_nominal_acts(coder, text, expected):
    assert expected in events(coder, text)


def test_a_visit_told_again_by_its_meeting_is_one_event(coder):
    text = "The Thai premier flew to Hanoi and met the Vietnamese president."
    assert len([e for e in events(coder, text) if e[0] == "CONSULT"]) == 1
