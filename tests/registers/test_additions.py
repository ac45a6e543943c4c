import pytest

from detente.errors import RegisterError
from detente.registers import load
from detente.registers.additions import add
from detente.registers.entries import PersonEntry, UserFile

ADA = PersonEntry(person="Ada Example", code="POL", institution="MFA", since="2020-01-01")


def test_added_entries_load_and_are_not_added_twice(tmp_path):
    file = tmp_path / "own.yaml"
    add(file, UserFile(persons=(ADA,)))
    written = add(file, UserFile(persons=(ADA,), not_actors=("Poland Spring",)))
    assert written.persons == (ADA,)
    register = load([file])
    assert register.surfaces["Ada Example"][0].code == "POL"
    assert register.surfaces["Poland Spring"][0].kind == "none"


def test_a_wrong_entry_leaves_the_file_as_it_was(tmp_path):
    file = tmp_path / "own.yaml"
    add(file, UserFile(persons=(ADA,)))
    before = file.read_bytes()
    with pytest.raises(RegisterError, match="unknown code"):
        add(file, UserFile(persons=(PersonEntry(person="B C", code="QQQ"),)))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_what_stands_in_the_file_stays(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "# mine\npersons:\n  # seen in May\n  - person: B C\n    code: LTU  # sure\n"
        "not_actors: [Poland Spring]\n"
    )
    written = add(file, UserFile(persons=(ADA,), not_actors=("Latvia Road",)))
    text = file.read_text()
    assert [person.person for person in written.persons] == ["Ada Example", "B C"]
    assert written.not_actors == ("Latvia Road", "Poland Spring")
    assert all(comment in text for comment in ("# mine", "# seen in May", "# sure"))


def test_a_file_of_comments_alone_is_a_beginning(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text("# my register\n")
    assert add(file, UserFile(persons=(ADA,))).persons == (ADA,)
    assert file.read_text().startswith("# my register\n")
