"""A record of a casebook is explained with all that the casebook knows."""

import pytest

import detente.api as dt
from detente.errors import InputError

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explaining")
    (folder / "a.txt").write_text(
        "Jolan Brezik, the Slovak trade minister, met the Hungarian prime minister."
    )
    (folder / "b.txt").write_text("Brezik accused Hungary of dumping. Slovakia is a neighbour.")
    paths = [folder / "a.txt", folder / "b.txt"]
    dt.add(paths, casebook=folder / "book", published="2018-05-02")
    return folder / "book"


def accusation(book):
    with dt.view(book) as view:
        [event] = [e for e in view.records() if e.type == "ACCUSE"]
    return event


def test_who_another_document_names_is_explained_as_it_was_coded(book):
    event = accusation(book)
    found = dt.explain(event.id, casebook=book)
    assert found.note is None
    assert event.source[0].person == "Jolan Brezik"


def test_an_incident_is_explained_by_its_first_mention(book):
    event = accusation(book)
    assert dt.explain(event.incident, casebook=book).record.id == event.id


def test_no_record_and_no_incident_is_an_error(book):
    with pytest.raises(InputError, match="there is no such record"):
        dt.explain("i0000000000000000", casebook=book)
