"""The note that the project started from, and the same facts in other words."""

import pytest

import detente.api as dt
from detente.model import Event, Forecast

pytestmark = [pytest.mark.model, pytest.mark.slow]

PARAPHRASE = """Astana looks for soldiers to talk to

On May 4th, 2017, during a trip to Geneva, Kazakh Foreign Minister Daniyar Bek met Deputy Assistant \
Secretary of Defense Ann Roe. The two sides discussed contacts between Kazakhstan and the United \
States on military matters, as well as the creation of a dialogue between officers of the two countries.

Earlier, the Foreign Ministry kept away from the subject. So Kazakhstan never got an invitation to \
the NATO Summit in Brussels. Dialogue between Kazakhstan and NATO states is likely to grow, and \
joint work may resume.
"""


def events(path, published) -> list[Event]:
    [coded] = dt.code([path], published=published)
    return [record for record in coded.records if isinstance(record, Event)]


def brief(event: Event) -> tuple[object, ...]:
    sides = [tuple(actor.code for actor in side) for side in (event.source, event.target)]
    return event.sentence, event.type, event.status, *sides


def test_founding_note_events(shared):
    found = events(shared / "founding-note.txt", "2016-09-26")
    assert [brief(event) for event in found] == [
        (4, "CONSULT", "actual", ("BLR.MFA",), ("USA.MOD",)),
        (5, "CONSULT", "actual", ("BLR.MFA",), ("USA.MOD",)),
        (5, "AGREE", "proposed", ("BLR",), ("USA",)),
        (9, "REJECT", "habitual", ("BLR.MOD",), ("BLOC:nato-states.EMB",)),
        (11, "AGREE", "negated", ("NATO",), ("BLR",)),
    ]
    meeting, talk, proposal, _neglect, invitation = found
    assert (meeting.mode, meeting.date, meeting.date_basis) == ("third-party", "2016-09-20", "text")
    assert meeting.place is not None
    assert (meeting.place.name, meeting.place.geonameid) == ("New York", 5128581)
    assert [a.person for a in (*meeting.source, *meeting.target)] == [
        "Vladimir Makei",
        "Michael Carpenter",
    ]
    assert [a.rank for a in (*meeting.source, *meeting.target)] == [
        "minister",
        "deputy assistant secretary",
    ]
    assert talk.incident == meeting.incident != proposal.incident
    assert {e.domain for e in (meeting, talk, proposal)} == {"military"}
    assert invitation.place is not None
    assert invitation.place.name == "Warsaw"


def test_founding_note_sentences_and_headline(shared):
    [coded] = dt.code([shared / "founding-note.txt"], published="2016-09-26")
    assert (coded.document.sentences, coded.document.published_basis) == (18, "option")
    texts = [coded.text[start:end] for start, end in coded.sentences]
    assert texts[17] == "Belarus in focus"


def test_no_event_is_made_of_a_forecast(shared):
    [coded] = dt.code([shared / "founding-note.txt"], published="2016-09-26")
    ahead = {r.sentence for r in coded.records if isinstance(r, Forecast)}
    assert {14, 15, 16} <= ahead
    assert not ahead & {r.sentence for r in coded.records if isinstance(r, Event)}


def test_the_same_in_other_words(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(PARAPHRASE, encoding="utf-8")
    found = events(path, "2017-05-08")
    assert [brief(event)[1:] for event in found] == [
        ("CONSULT", "actual", ("KAZ.MFA",), ("USA.MOD",)),
        ("CONSULT", "actual", ("KAZ.MFA",), ("USA.MOD",)),
        ("AGREE", "proposed", ("KAZ",), ("USA",)),
        ("AGREE", "negated", ("NATO",), ("KAZ",)),
    ]
    assert found[0].date == "2017-05-04"
    assert found[0].mode == "third-party"
    assert found[0].incident == found[1].incident
