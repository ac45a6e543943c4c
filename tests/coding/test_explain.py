"""Why records stand as they do, read from what the coder knew."""

import pytest

import detente.api as dt
from detente.coding.pipeline import Coder
from detente.errors import InputError
from detente.settings import Settings

pytestmark = pytest.mark.model

MEETING = (
    "On 3 May 2017 Polish Foreign Minister Witold Waszczykowski met the Latvian defence minister "
    "in Riga for talks on air defence."
)


@pytest.fixture(scope="module")
def explain():
    return explaining(dt.coder())


@pytest.fixture(scope="module")
def explain_frames():
    """As ``explain``, where frames alone find acts."""
    return explaining(Coder(settings=Settings(reader_characters=0)))


def explaining(coder):
    def run(text, published="2017-05-04"):
        from detente.api.explaining import explain_document
        from detente.read.assemble import text_document

        return explain_document(text_document(text, published=published), coder)

    return run


def test_an_event_is_explained_by_frame_actors_date_place_and_status(explain):
    [one], silent = explain(MEETING)
    assert silent == ()
    assert (one.frame.rule, one.frame.trigger) == ("consult/meet", "met")
    assert one.frame.slots == {"S": ("Waszczykowski",), "T": ("minister",)}
    assert one.frame.file.startswith("consult.yaml:")
    assert (one.date.date, one.date.words, one.date.basis) == ("2017-05-03", "3 May 2017", "text")
    assert one.place.name == "Riga"
    assert (one.status.status, one.status.evidence) == ("actual", ())
    assert ("defence", "military") in one.topics
    assert {a.how for a in one.record.source} == {"role phrase"}


def test_what_lowers_confidence_is_told(explain):
    [one], _ = explain("Poland will sign an agreement with Latvia on 9 May 2017.")
    assert one.status.evidence
    assert dict(one.frame.factors) == {"status planned": 0.95}
    assert one.record.confidence == pytest.approx(one.frame.prior * 0.95, abs=0.001)


def test_why_a_target_was_taken_is_told_where_the_act_names_none(explain):
    records, _ = explain("Peru asked Chile for two ships. Santiago rejected the request.")
    asked, rejected = sorted(records, key=lambda one: one.record.sentence)
    assert asked.frame.aim is None
    assert rejected.frame.aim == "it did what is answered"


def test_mentions_of_one_incident_point_to_each_other(explain):
    records, _ = explain(f"{MEETING} Poland's foreign minister met the Latvian minister on 3 May.")
    first, second = records
    assert [t.id for t in first.folded] == [second.record.id]
    assert second.folded[0].text == MEETING


def test_a_claim_is_explained_by_its_words_and_hedge(explain):
    records, _ = explain("Poland will likely deepen ties with Latvia because Russia cut its loans.")
    rules = {one.record.rule: one for one in records}
    claim = rules["cause/because"]
    assert claim.words["cause"] == "Russia cut its loans"
    assert claim.words["likelihood"] == "likely"


@pytest.mark.parametrize(
    ("text", "stage", "words"),
    [
        ("The weather was nice.", "gate", "names no actor"),
        ("Poland lies beside Latvia.", "gate", "no word in it begins"),
        ("Poland wants to expel the Latvian ambassador.", "status", "wants"),
        ("Poland imposed sanctions.", "party", "on whom"),
        ("Poland fined a bank.", "party", "on whom"),
    ],
)
def test_a_sentence_without_event_says_where_it_fell_out(explain_frames, text, stage, words):
    _, [silence] = explain_frames(text)
    assert stage in {reason.stage for reason in silence.reasons}
    assert words in " ".join(reason.detail for reason in silence.reasons)


def test_a_stored_record_is_explained_from_the_casebook_alone(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(f"A note\n\n{MEETING}\n", encoding="utf-8")
    book = tmp_path / "c.casebook"
    dt.add([path], casebook=book, published="2017-05-04")
    path.unlink()
    with dt.view(book) as opened:
        [event] = opened.records()
    one = dt.explain(event.id, casebook=book)
    assert one.note is None
    assert one.frame.trigger == "met"
    assert one.text == MEETING
    with pytest.raises(InputError, match="no such record"):
        dt.explain("e0000000000000000", casebook=book)


def test_a_record_of_another_coder_says_so(tmp_path, monkeypatch):
    from detente.coding.pipeline import Coder

    path = tmp_path / "note.txt"
    path.write_text(MEETING, encoding="utf-8")
    book = tmp_path / "c.casebook"
    with monkeypatch.context() as patched:
        patched.setattr(Coder, "version", "0.0.1")
        dt.add([path], casebook=book, published="2017-05-04", engine="serial")
    with dt.view(book) as opened:
        [event] = opened.records()
    assert "coder 0.0.1" in dt.explain(event.id, casebook=book).note


def test_an_empty_text_is_refused():
    with pytest.raises(InputError, match="no text"):
        dt.explain_text("  \n ")
