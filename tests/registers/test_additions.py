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
