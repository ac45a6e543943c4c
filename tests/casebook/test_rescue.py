"""A casebook whose ledger was deleted gives back its texts and records."""

import pytest

from casebook.conftest import Clock, add, numbered
from detente.casebook.book import Casebook
from detente.casebook.rescue import rescue
from detente.casebook.verify import verify
from detente.errors import CasebookError, InputError
from detente.exchange import gdelt
from detente.exchange.importing import import_files
from detente.settings import Settings

SETTINGS = Settings(shard_documents=3, busy_seconds=1)


def answers(path):
    with Casebook.open(path, SETTINGS, read_only=True) as book, book.view() as view:
        counts = view.counts()
        events = view.events().drop_columns(["shard", "incident"]).to_pylist()
        return (
            sorted(events, key=lambda row: row["id"]),
            view.claims(),
            view.forecasts(),
            sorted(row["id"] for row in view.documents().to_pylist()),
            (counts.documents, counts.events, counts.imported),
        )


@pytest.fixture
def damaged(tmp_path):
    path = tmp_path / "old.casebook"
    fields = dict.fromkeys(gdelt.V1, "")
    row = {**fields, "GLOBALEVENTID": "1", "SQLDATE": "20160920", "EventCode": "040"}
    (tmp_path / "day.csv").write_text("\t".join(row.values()) + "\n")
    with Casebook.create(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(10))
        book.compact()
        add(book, numbered(4), version="2")
        book.compact()
        import_files(book, "gdelt", [tmp_path / "day.csv"])
    whole = answers(path)
    for entry in path.glob("ledger.sqlite*"):
        entry.unlink()
    return path, whole


def test_texts_and_records_come_back(damaged, tmp_path):
    path, whole = damaged
    new = tmp_path / "new.casebook"
    report = rescue(path, new, settings=SETTINGS, clock=Clock())
    assert (report.documents, report.imported, report.without_records, report.damaged) == (
        10,
        1,
        0,
        (),
    )
    assert verify(new) == []
    assert answers(new) == whole
    with Casebook.open(new, SETTINGS, clock=Clock()) as book:
        assert add(book, numbered(10)).recoded == 4, "each keeps the version that coded it"


def test_a_damaged_shard_is_named_and_the_rest_comes_back(damaged, tmp_path):
    path, _ = damaged
    victim = next((path / "codings").iterdir()) / "events.parquet"
    victim.write_bytes(victim.read_bytes()[:-9] + b"x" * 9)
    report = rescue(path, tmp_path / "new.casebook", settings=SETTINGS, clock=Clock())
    assert len(report.damaged) == 1
    assert str(victim) in report.damaged[0]
    assert report.documents + report.without_records == 10
    assert verify(tmp_path / "new.casebook") == []


def test_a_casebook_without_its_ledger_is_refused_with_the_remedy(damaged):
    path, _ = damaged
    for writes in (True, False):
        with pytest.raises(CasebookError, match="detente rescue"):
            Casebook.open(path, SETTINGS, read_only=not writes, create=writes)
    assert (path / "documents.sqlite").is_file()


def test_what_cannot_be_rescued_is_refused(damaged, tmp_path):
    path, _ = damaged
    with pytest.raises(InputError, match="exists already"):
        rescue(path, tmp_path, settings=SETTINGS)
    (path / "documents.sqlite").unlink()
    with pytest.raises(CasebookError, match="texts are missing"):
        rescue(path, tmp_path / "new", settings=SETTINGS)
    (path / "ledger.sqlite").touch()
    with pytest.raises(InputError, match="its ledger is there"):
        rescue(path, tmp_path / "new", settings=SETTINGS)
