"""The register: what is shipped, members by date, a user's own file, and faults."""

import pytest

from detente.errors import RegisterError
from detente.registers import load
from detente.registers.checks import INSTITUTIONS


def test_shipped_register_is_broad():
    register = load()
    assert len(register.states) > 200
    assert sum(1 for code in register.members if not code.startswith("BLOC:")) >= 120
    used = {s.institution for senses in register.surfaces.values() for s in senses}
    assert used - {None} <= INSTITUTIONS


@pytest.mark.parametrize(
    ("state", "body", "day", "inside"),
    [
        ("EST", "NATO", "2004-03-28", False),
        ("EST", "NATO", "2004-03-29", True),
        ("GBR", "EU", "2020-01-31", True),
        ("GBR", "EU", "2020-02-01", False),
        ("GEO", "CIS", "2008-01-01", True),
        ("GEO", "CIS", "2010-01-01", False),
        ("LVA", "BLOC:baltic-states", None, True),
    ],
)
def test_members_by_date(state, body, day, inside):
    assert load().is_member(state, body, day) is inside


def test_old_names_end():
    (sense,) = [s for s in load().surfaces["Soviet Union"] if s.code == "RUS"]
    assert sense.on("1985-01-01")
    assert not sense.on("1992-01-01")


def test_overlay_adds_to_a_state_and_brings_persons(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "states:\n- {code: POL, name: Poland, seats: [Lodz]}\n"
        "persons:\n- {person: Ada Example, code: POL, institution: MFA, since: '2020-01-01'}\n"
    )
    register = load([file])
    assert [s.code for s in register.surfaces["Lodz"]] == ["POL"]
    assert register.surfaces["Ada Example"][0].institution == "MFA"
    assert "Lodz" not in load().surfaces
    assert register.surfaces["Warsaw"][0].code == "POL"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("persons:\n- {person: Ada Example, code: QQQ}\n", 2, "unknown code 'QQQ'"),
        (
            "institutions:\n\n- {code: POL, institution: XXX, names: [A]}\n",
            3,
            "unknown institution",
        ),
        ("blocs:\n- {code: 'BLOC:x', name: Xes, members: [QQQ]}\n", 2, "unknown member"),
        (
            "groups:\n- {code: A1, name: Aone, parent: B1}\n- {code: B1, name: Bone, parent: A1}\n",
            2,
            "cycle of parents",
        ),
        ("states:\n- {code: ZZZ, name: Zed, aliases: [Poland]}\n", 2, "names both"),
        (
            "persons:\n- {person: A B, code: POL, institution: MFA, since: '2001-01-01', "
            "until: '2003-01-01'}\n- {person: A B, code: POL, institution: MFA, since: '2002-01-01'}\n",
            2,
            "twice at once",
        ),
        ("institutions:\n- {code: POL, institution: MFA, names: [Kremlin]}\n", 2, "names both"),
        ("states:\n- {code: QQX, name: Qux, within: QQZ}\n", 2, "unknown code 'QQZ'"),
        ("groups:\n- {code: A1, name: Aone, parent: B1}\n", 2, "unknown code 'B1'"),
        ("groups:\n- {code: A1, name: Aone, sector: ABC}\n", 2, "unknown sector"),
        (
            "groups:\n- {code: A1, name: Aone, periods: [{institution: GOV, since: '2001', "
            "until: '2005'}, {institution: REB, since: '2004'}]}\n",
            2,
            "overlap",
        ),
        (
            "organisations:\n- {code: O1, name: Oone, members: [POL], joined: {'2001-01-01': [POL]}}\n",
            2,
            "twice at once",
        ),
        ("persons:\n- {person: A B, code: POL, since: '2003', until: '2001'}\n", 2, "ends before"),
        ("persons:\n- {person: A B, code: POL, since: soon}\n", 2, "no date"),
        ("persons:\n- {person: A B}\n", 2, "code"),
        ("states:\n- {code: POL, name: Poland, colour: red}\n", 2, "colour"),
        ("states: [\n", 2, "YAML"),
    ],
)
def test_a_wrong_file_names_line_and_reason(tmp_path, content, line, reason):
    file = tmp_path / "own.yaml"
    file.write_text(content)
    with pytest.raises(RegisterError) as caught:
        load([file])
    assert caught.value.file == str(file)
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(RegisterError, match="cannot be read"):
        load([tmp_path / "none.yaml"])


@pytest.mark.parametrize("text", ["no\n", "- 1\n", "states: 5\n"])
def test_a_file_of_another_shape_is_an_error(tmp_path, text):
    file = tmp_path / "own.yaml"
    file.write_text(text)
    with pytest.raises(RegisterError):
        load([file])


@pytest.mark.parametrize(
    ("day", "institution"), [("1999-01-01", "GOV"), ("2005-01-01", "REB"), ("2022-01-01", "GOV")]
)
def test_a_group_is_what_it_was_on_the_day(day, institution):
    (sense,) = [sense for sense in load().surfaces["Taliban"] if sense.on(day)]
    assert (sense.code, sense.institution) == ("AFG", institution)


def test_a_wrong_file_leaves_the_register_as_it_was(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text("not_actors: [Poland Springs]\npersons:\n- {person: A B, code: QQQ}\n")
    with pytest.raises(RegisterError):
        load([file])
    assert "Poland Springs" not in load().surfaces
