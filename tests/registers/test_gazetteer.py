import pytest

from detente.errors import RegisterError
from detente.registers.gazetteer import FOLDER, Gazetteer, fold, load_gazetteer, read_regions
from detente.registers.occasions import load_occasions, read_occasions


def test_names_are_folded():
    assert fold("Łódź") == fold("lodz")
    assert fold("U.S.") == "us"
    assert fold("Cote d’Ivoire") == fold("Côte d'Ivoire")


@pytest.mark.parametrize(
    ("name", "identifier", "country"),
    [
        ("Minsk", 625144, "BLR"), ("Belarus", 630336, "BLR"), ("New York", 5128581, "USA"),
        ("Kyiv", 703448, "UKR"), ("Kiev", 703448, "UKR"), ("Florida", 4155751, "USA"),
        ("Africa", 6255146, None),
    ],
)  # fmt: skip
def test_well_known_names(name, identifier, country):
    found = load_gazetteer().lookup(fold(name))
    assert (identifier, country) in {(entry.id, entry.country) for entry in found}


def test_an_unknown_name_gives_nothing():
    assert load_gazetteer().lookup("zzyzx nowhere") == ()


def test_the_shipped_file_is_small():
    assert (FOLDER / "gazetteer.bin").stat().st_size < 12_000_000


def test_another_file_is_refused(tmp_path):
    file = tmp_path / "gazetteer.bin"
    file.write_bytes(b"something else entirely")
    with pytest.raises(RegisterError, match="no gazetteer"):
        Gazetteer(file)


def test_two_regions_of_one_name_are_refused(tmp_path):
    file = tmp_path / "regions.yaml"
    file.write_text(
        "- {name: Alps, kind: mountain, lat: 46, lon: 9}\n"
        "- {name: High Alps, names: [Alps], kind: mountain, lat: 46, lon: 9}\n",
        encoding="utf-8",
    )
    with pytest.raises(RegisterError, match="Alps stands for Alps already"):
        read_regions(file)


def test_occasions_are_ordered_in_time_and_placed():
    occasions = load_occasions()
    assert len(occasions) >= 60
    assert all(occasion.first <= occasion.last for occasion in occasions)
    gazetteer = load_gazetteer()
    for occasion in occasions:
        if occasion.place is not None:
            found = gazetteer.lookup(fold(occasion.place))
            assert occasion.place == "Panmunjom" or any(
                entry.country == occasion.country for entry in found
            ), occasion.names


def test_an_occasion_that_ends_before_it_begins_is_refused(tmp_path):
    file = tmp_path / "occasions.yaml"
    file.write_text("- {names: [X talks], first: 2016-02-02, last: 2016-02-01}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="ends before it begins"):
        read_occasions(file)
