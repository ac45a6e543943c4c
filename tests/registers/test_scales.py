import pytest

from detente.errors import InputError, RegisterError
from detente.registers import scales


def test_three_scales_come_with_the_package():
    assert scales.names() == ("barometer-1", "goldstein-1992", "plover-2023")


@pytest.mark.parametrize(
    ("name", "act", "points"),
    [
        ("barometer-1", {"type": "CONSULT", "mode": "visit"}, 2),
        ("barometer-1", {"type": "CONSULT", "mode": "no-such-mode"}, 1),
        ("barometer-1", {"type": "CONSULT", "ranks": ["minister", "minister"]}, 1.5),
        ("barometer-1", {"type": "CONSULT", "ranks": ["head of state", "deputy minister"]}, 1),
        ("barometer-1", {"type": "AGREE", "status": "planned"}, 0.5),
        ("barometer-1", {"type": "ASSAULT", "status": "negated"}, 0),
        ("plover-2023", {"type": "ACCUSE"}, -3),
        ("plover-2023", {"type": "CONSULT", "mode": "third-party"}, 1),
        ("plover-2023", {"type": "AID", "status": "planned"}, 0),
        ("goldstein-1992", {"type": "CONSULT", "cameo": "042"}, 1.9),
        ("goldstein-1992", {"type": "CONSULT", "cameo": "0429"}, 1.9),
        ("goldstein-1992", {"type": "REQUEST", "cameo": "02"}, 3),
        ("goldstein-1992", {"type": "CONSULT", "cameo": "010"}, 0),
        ("goldstein-1992", {"type": "CONSULT"}, None),
        ("goldstein-1992", {"type": "CONSULT", "cameo": "99"}, None),
    ],
)
def test_an_act_has_its_points(name, act, points):
    assert scales.load(name).score(**act) == points


@pytest.mark.parametrize("name", scales.names())
def test_the_tables_of_the_package_name_what_there_is(name):
    scales.check(scales.load(name), scales.DATA / f"{name}.yaml")


def test_an_analyst_s_own_file_is_a_scale(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\nversion: 2\ntitle: Mine\nkey: type\npoints: {CONSULT: 7}\nstatus: {actual: 1}\n"
    )
    scale = scales.load(str(path))
    assert (scale.label, scale.score(type="CONSULT")) == ("mine (version 2)", 7)
    assert scale.score(type="AID") is None


@pytest.mark.parametrize(
    "text",
    [
        "name: x",
        "- a list",
        "name: x\nversion: 1\ntitle: x\nkey: type\npoints: {}\nstatus: {actual: 1}\n",
        "name: x\nversion: 1\ntitle: x\nkey: type\npoints: {MEET: 1}\nstatus: {actual: 1}\n",
        "name: x\nversion: 1\ntitle: x\nkey: type\npoints: {AID/no: 1}\nstatus: {actual: 1}\n",
        "name: x\nversion: 1\ntitle: x\nkey: type\npoints: {AID: 1}\nstatus: {acted: 1}\n",
        "name: x\nversion: 1\ntitle: x\nkey: type\npoints: {AID: much}\nstatus: {actual: 1}\n",
        "{",
    ],
)
def test_a_wrong_file_is_refused_whole(tmp_path, text):
    path = tmp_path / "wrong.yaml"
    path.write_text(text)
    with pytest.raises(RegisterError, match=r"wrong\.yaml"):
        scales.load(str(path))


def test_an_unknown_scale_names_those_there_are():
    with pytest.raises(InputError, match="barometer-1, goldstein-1992, plover-2023"):
        scales.load("barometer-9")
