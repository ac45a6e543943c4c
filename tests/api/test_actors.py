"""Questions on the register, and the user's own file."""

import pytest

from detente import api
from detente.casebook.view import View
from detente.errors import InputError, RegisterError


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "detente.register.yaml"


def test_an_added_person_is_found_without_being_asked_for(own):
    added = api.actors.add("Ada Example", code="LVA", role="Foreign Minister", since="2024-01-02")
    assert (added.entries, own.is_file()) == (1, True)
    (office,) = api.actors.show("Ada Example").offices
    assert (office.code, office.institution, office.rank) == ("LVA", "MFA", "minister")
    assert office.source == "own register"


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("Blue Tower", {"kind": "name", "code": "LVA", "institution": "MFA"}, "LVA.MFA"),
        ("Old Latvia", {"kind": "name", "code": "LVA"}, "LVA"),
        ("Red Hats", {"kind": "group", "code": "REDHATS", "members": ["LVA"]}, "LVA.REB"),
        (
            "River Pact",
            {"kind": "bloc", "code": "BLOC:river", "members": ["LVA", "LTU"]},
            "BLOC:river",
        ),
        (
            "River Court",
            {"kind": "organisation", "code": "RIVERCOURT", "members": ["LVA"]},
            "RIVERCOURT",
        ),
    ],
)
def test_every_kind_can_be_added(own, name, options, code):
    api.actors.add(name, **options)
    assert [entry.code for entry in api.actors.show(name).entries] == [code]


def test_a_name_that_is_no_actor_hides_the_state(own):
    api.actors.add("Latvia Road", code="", kind="not-actor")
    assert "Latvia Road" in own.read_text()


def test_a_wrong_entry_adds_nothing(own):
    with pytest.raises(RegisterError, match="unknown code 'QQQ'; nothing was added"):
        api.actors.add("Ada Example", code="QQQ")
    assert not own.exists()


def test_a_dictionary_is_imported_with_what_was_left_out(own, tmp_path):
    dictionary = tmp_path / "dictionary.txt"
    dictionary.write_text("RURITANIAN_PALACE_ [POLGOV]\n+OLD_PALACE\nNOWHERE_ [QQQ]\n")
    added = api.actors.import_(dictionary)
    assert (added.entries, added.skipped) == (1, ((3, "unknown code 'QQQ'"),))
    assert [entry.code for entry in api.actors.show("Old Palace").entries] == ["POL.GOV"]


def test_a_missing_dictionary_is_refused(own, tmp_path):
    with pytest.raises(RegisterError, match="cannot be read"):
        api.actors.import_(tmp_path / "none.txt")


@pytest.mark.model
def test_a_phrase_is_read_and_nonsense_refused(own):
    shown = api.actors.show("Ukrainian farmers", on="2020-01-01")
    assert shown.reading is not None
    assert (shown.reading.code, shown.sectors) == ("UKR.CVL", ("AGR", "CVL"))
    with pytest.raises(InputError, match="no actor is known"):
        api.actors.show("Lithuanai")


@pytest.mark.model
@pytest.mark.slow
def test_learned_roles_are_accepted_and_rejected(own, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text(
        "Latvian envoy Ilze Ozolina flew to Minsk. "
        "Polish Foreign Minister Jan Testowy met Belarusian Foreign Minister Vladimir Makei.\n"
    )
    api.add([note], casebook="c.casebook", published="2018-05-01")
    lessons = {one.learned.person: one for one in api.actors.learned(casebook="c.casebook")}
    assert lessons["Vladimir Makei"].state == "known"
    assert lessons["Ilze Ozolina"].state == "new"
    api.actors.judge(
        accept=[lessons["Ilze Ozolina"].id], reject=[lessons["Jan Testowy"].id],
        casebook="c.casebook",
    )  # fmt: skip
    states = {one.learned.person: one.state for one in api.actors.learned(casebook="c.casebook")}
    assert states["Ilze Ozolina"] == "accepted"
    assert states["Jan Testowy"] == "rejected"
    assert [one.code for one in api.actors.show("Ilze Ozolina").offices] == ["LVA"]
    with pytest.raises(InputError, match="no learned role"):
        api.actors.judge(accept=["l0"], casebook="c.casebook")


@pytest.mark.model
@pytest.mark.slow
def test_a_role_is_learned_from_a_sentence_that_tells_no_event(own, tmp_path):
    """Also at once, in the document after it; what contradicts the register is listed."""
    (tmp_path / "a.txt").write_text(
        "Ilze Ozolina, the defence minister of Latvia, was born in Riga.\n\n"
        "Angela Merkel, the foreign minister of Latvia, likes tea.\n"
    )
    (tmp_path / "b.txt").write_text("Ilze Ozolina met Polish officials in Warsaw on Monday.\n")
    api.add([tmp_path / "a.txt", tmp_path / "b.txt"], casebook="c.casebook", published="2018-05-01")
    lessons = {one.learned.person: one for one in api.actors.learned(casebook="c.casebook")}
    learned = lessons["Ilze Ozolina"].learned
    assert (learned.code, learned.institution, learned.rank) == ("LVA", "MOD", "minister")
    assert (learned.first, learned.last, learned.support) == ("2018-05-01", "2018-05-01", 1)
    assert [one.surface for one in learned.evidence] == ["Ilze Ozolina"]
    assert "DEU.HOG" in " ".join(lessons["Angela Merkel"].conflicts)
    with View("c.casebook") as opened:
        events = opened.records()
    assert [actor.code for event in events for actor in event.source] == ["LVA.MOD"]
