"""Words without a state: whose office an issuer's text means, and guesses for the learned reader."""

import pytest

from detente.coding.actors.choice import issuer_of
from detente.coding.actors.mentions import Scanner
from detente.coding.actors.salience import Asked, Salience
from detente.errors import RegisterError
from detente.model import Block, Document, document_id
from detente.registers import likely, load

pytestmark = pytest.mark.model


def document(text):
    return Document(
        id=document_id(text), source="t", text=text, published="2021-07-14",
        blocks=(Block(kind="paragraph", start=0, end=len(text)),), language="en",
    )  # fmt: skip


def readings(coder, text):
    return coder.read(document(text))[1]


@pytest.mark.parametrize(("name", "state"), [
    ("Office of the President of the Republic of Lithuania", "LTU"),
    ("Ministry of Foreign Affairs, Colombo", "LKA"),
    ("Lithuania Tribune", None), ("Mission of the African Union to Somalia, parliament desk", None),
    ("Ministry of Trade", None),
])  # fmt: skip
def test_an_office_issues_a_text_and_a_paper_does_not(name, state):
    assert issuer_of(name, Scanner(load()).scan(name)) == state


def test_a_bare_office_is_that_of_the_office_that_publishes():
    asked = Asked(kind="office", number=3, at=0)
    told = {"about": ("BLR", "LTU"), "share": {"BLR": 0.9, "LTU": 0.1}, "home": {"LTU"}}
    states = {"BLR", "LTU"}
    assert Salience(**told, issuer="LTU").best(asked, states) == "LTU"
    told["home"] = set()
    assert Salience(**told).best(asked, states) == "BLR"
    assert Salience(**told, issuer="LTU").best(asked, states) == "LTU"


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
