"""Words without a state: whose office an issuer's text means, and guesses for the learned reader."""

import pytest

from detente.errors import RegisterError
from detente.model import Block, Document, document_id
from detente.registers import likely

pytestmark = pytest.mark.model


def document(text, *, publisher=None):
    return Document(
        id=document_id(text), source="t", text=text, publisher=publisher, published="2021-07-14",
        blocks=(Block(kind="paragraph", start=0, end=len(text)),), language="en",
    )  # fmt: skip


def readings(coder, text, publisher=None):
    return coder.read(document(text, publisher=publisher))[1]


def test_a_bare_office_is_that_of_the_office_that_publishes(coder):
    text = "The President spoke of Belarus. Belarus had let migrants through, and Belarus had denied it. The President condemned Belarus."
    by = {}
    for publisher in ("Office of the President of the Republic of Lithuania", "Baltic Post"):
        found = [m for r in readings(coder, text, publisher) for m in r.mentions]
        by[publisher] = {a.code for m in found if m.kind == "role" for a in m.actors}
    assert by["Office of the President of the Republic of Lithuania"] == {"LTU.HOS"}
    assert by["Baltic Post"] != {"LTU.HOS"}


def test_the_state_that_a_sentence_names_first_or_last_is_meant(coder):
    text = "Serbia praised China, China thanked Serbia, and Serbia signed. In Greece seamen struck for eight days, and the government conscripted them."
    [last] = [m for m in readings(coder, text)[-1].mentions if "government" in m.actors[0].surface]
    assert [a.code for a in last.actors] == ["GRC.GOV"]


def test_people_and_bodies_without_a_state_are_guesses_and_no_mentions(coder):
    text = "Followers of the cleric stormed a court in Iraq. Two vessels left Basra."
    found = readings(coder, text)
    guessed = {(text[m.start : m.end], a.code) for r in found for m in r.guesses for a in m.actors}
    assert ("Followers", "IRQ.CVL") in guessed
    heads = {(r.sentence.number, m.head) for r in found for m in r.mentions}
    assert not any((r.sentence.number, m.head) in heads for r in found for m in r.guesses)


def test_who_is_guessed_never_acts_for_the_frames(events):
    found = events("Iraq's parliament met. Followers condemned Turkey.")
    assert not any(a.how == "the likeliest state" for e in found for a in e.source)


def test_nothing_is_guessed_where_no_state_is_told(coder):
    assert not any(r.guesses for r in readings(coder, "The group criticised the board."))


def test_a_noun_stands_once(tmp_path, monkeypatch):
    file = tmp_path / "likely.yaml"
    file.write_text(
        "- institution: MIL\n  nouns: [ship]\n- institution: CVL\n  nouns: [ship]\n", "utf-8"
    )
    monkeypatch.setattr(likely, "PATH", file)
    likely.load.cache_clear()
    with pytest.raises(RegisterError, match="'ship' stands twice"):
        likely.load()
    likely.load.cache_clear()
