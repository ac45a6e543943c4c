"""The frames are complete and an error in them names its place."""

import pytest

from detente.errors import RegisterError
from detente.registers import frames, ontology
from detente.registers.inflection import forms


def write(folder, text, words="talk: [talk, meeting]\n"):
    (folder / "words.yaml").write_text(words, encoding="utf-8")
    (folder / "consult.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_type_has_frames():
    assert {f.type for f in frames.load().entries} - {frames.NONE} == set(ontology.load().types)


def test_no_pattern_stands_twice():
    patterns = [(f.pattern, f.noun) for f in frames.load().entries]
    twice = {p for p in patterns if patterns.count(p) > 1}
    assert twice == set()


def test_pattern_with_class_and_preposition():
    fields = frames.compile_pattern("S hold @talk with T", {"talk": frozenset({"talk"})})
    assert fields["triggers"] == {"hold"}
    assert fields["objects"] == {"talk"}
    assert [(s.role, s.at, sorted(s.preps)) for s in fields["slots"]] == [
        ("S", "subject", []),
        ("T", "prep", ["with"]),
    ]


def test_unknown_word_list_names_file_and_line(tmp_path):
    folder = write(
        tmp_path,
        "type: CONSULT\ngroups:\n- id: meet\n  entries:\n"
        '  - S hold @nothing with T: "[Oslo] held talks with <Bonn>"\n',
    )
    with pytest.raises(RegisterError, match=r"consult\.yaml:5: .*'nothing'"):
        frames.load(folder)


def test_entry_without_positive_example_is_refused(tmp_path):
    folder = write(
        tmp_path,
        "type: CONSULT\ngroups:\n- id: meet\n  entries:\n  - S meet T: 'not: [Oslo] met a target'\n",
    )
    with pytest.raises(RegisterError, match="has no example"):
        frames.load(folder)


def test_unknown_mode_is_refused(tmp_path):
    folder = write(
        tmp_path,
        "type: CONSULT\ngroups:\n- id: meet\n  mode: dance\n  entries:\n"
        '  - S meet T: "[Oslo] met <Bonn>"\n',
    )
    with pytest.raises(RegisterError, match="no mode 'dance'"):
        frames.load(folder)


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("meet", "met"), ("expel", "expelled"), ("deny", "denies"), ("impose", "imposing"),
     ("ban", "banned"), ("withdraw", "withdrew"), ("talk", "talks")],
)  # fmt: skip
def test_forms(lemma, form):
    assert form in forms(lemma)


def test_triggers_hold_surface_forms():
    assert {"met", "talks", "expelled", "visit"} <= frames.triggers()
