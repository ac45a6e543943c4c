"""The register: what is shipped, members by date, a user's own file, and faults."""

import pytest

from detente.errors import RegisterError
from detente.registers import entries, load
from detente.registers.checks import INSTITUTIONS

DATED = {"PCA": 0.35, "PARISCLUB": 0.2, "AIIB": 0.8}
"""Bodies of whose members less than nine tenths have a recorded first day, with the share that has."""


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
        ("POL", "BLOC:west", "1998-12-31", False),
        ("POL", "BLOC:west", "2000-01-01", True),
        ("POL", "G20", "2020-01-01", False),
        ("POL", "WHO", "1947-01-01", False),
        ("POL", "WHO", "1950-01-01", True),
        ("LIE", "WHO", "2020-01-01", False),
        ("CHE", "WHO", "1950-01-01", True),
        ("CHE", "UN", "1950-01-01", False),
        ("SYR", "OPCW", "2013-01-01", False),
        ("SYR", "OPCW", "2014-01-01", True),
        ("NRU", "IMF", "2016-01-01", False),
        ("NRU", "WB", "2017-01-01", True),
        ("USA", "ILO", "1979-01-01", False),
        ("ARE", "OPEC", "2020-01-01", True),
    ],
)
def test_members_by_date(state, body, day, inside):
    assert load().is_member(state, body, day) is inside


def test_every_organisation_tells_whose_it_is():
    register = load()
    silent = []
    for body in entries.shipped().organisations:
        spans = register.members[body.code]
        dated = sum(1 for _member, since, _until in spans if since is not None)
        if spans and dated / len(spans) < DATED.get(body.code, 0.9):
            silent.append(body.code)
        if not spans and body.parent is None and body.institution != "NGO":
            silent.append(body.code)
    assert silent == []


@pytest.mark.parametrize(
    ("body", "day", "size"),
    [
        ("UN", "2015-01-01", 193), ("NATO", "2024-06-01", 32), ("EU", "2021-01-01", 27),
        ("IMF", "2025-01-01", 191), ("ICC", "2025-06-01", 125), ("OPCW", "2020-01-01", 193),
        ("WTO", "2025-01-01", 166), ("WHO", "2020-01-01", 194), ("OSCE", "2016-01-01", 57),
        ("OIC", "2010-01-01", 57), ("COMMONWEALTH", "2023-01-01", 56), ("INTERPOL", "2025-01-01", 196),
    ],
)  # fmt: skip
def test_as_many_members_as_the_body_says(body, day, size):
    assert len(load().members_on(body, day)) == size


def test_a_followed_body_gives_the_earliest_day():
    register = load()
    (span,) = [one for one in register.members["WHO"] if one[0] == "SSD"]
    assert span == ("SSD", "2011-07-14", None)
    assert register.followed["WHO"][0] == "UN"
    assert "SSD" not in register.followed["WHO"][1]


def test_a_body_that_follows_takes_leavers_and_own_days(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "organisations:\n- {code: O1, name: Oone, joined: {'1990': [POL, CZE], '2001': [EST]}, "
        "left: {'2005': [CZE]}}\n"
        "- {code: O2, name: Otwo, follows: {body: O1, since: '1995', without: [EST]}, "
        "joined: {'1993': [LVA]}, left: {'2010': [POL]}}\n"
    )
    spans = load([file]).members["O2"]
    assert sorted(spans) == [
        ("CZE", "1995", "2005"),
        ("LVA", "1993", None),
        ("POL", "1995", "2010"),
    ]


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
        (
            "organisations:\n- {code: O1, name: Oone, joined: {'2001': [POL]}, left: {'1999': [POL]}}\n",
            2,
            "POL leave on 1999, but not join before",
        ),
        (
            "organisations:\n- {code: O1, name: Oone, follows: {body: QQQ, since: '2001'}}\n",
            2,
            "follows an unknown body 'QQQ'",
        ),
        (
            "organisations:\n- {code: O1, name: Oone, follows: {body: O2, since: '2001'}}\n"
            "- {code: O2, name: Otwo, follows: {body: O1, since: '2001'}}\n",
            2,
            "cycle of bodies that follow each other: O1 -> O2 -> O1",
        ),
        (
            "organisations:\n- {code: O1, name: Oone, follows: {body: UN, since: soon}}\n",
            2,
            "no date",
        ),
        (
            "organisations:\n- {code: O1, name: Oone, follows: {body: UN, since: '2001', "
            "without: [QQQ]}}\n",
            2,
            "unknown member",
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
