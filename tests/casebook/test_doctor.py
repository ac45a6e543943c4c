import pytest

from casebook.conftest import Clock, add, numbered
from detente.casebook.book import Casebook
from detente.casebook.doctor import examine
from detente.settings import Settings

SETTINGS = Settings(shard_documents=4)


def states(path):
    found = {}
    for finding in examine(path):
        found.setdefault(finding.what, []).append(finding)
    return found


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "b"
    with Casebook.create(path, SETTINGS, clock=Clock()) as book:
        add(book, numbered(4))
    return path


@pytest.mark.model
def test_a_healthy_installation_and_casebook(kept):
    found = states(kept)
    assert {"program", "sqlite", "duckdb", "packages", "language model", "disk", "casebook"} <= set(
        found
    )
    assert {finding.state for all_of in found.values() for finding in all_of} == {"ok"}


def test_litter_is_swept_and_told(kept):
    (kept / "codings" / ".tmp-1-x").mkdir()
    (kept / ".tmp-2-head").write_bytes(b"{")
    [finding] = states(kept)["litter"]
    assert finding.reason.startswith("2 unfinished files")
    assert "litter" not in states(kept)


def test_litter_of_a_living_writer_is_left(kept):
    with Casebook.open(kept, SETTINGS):
        (kept / ".tmp-2-head").write_bytes(b"{")
        [finding] = states(kept)["litter"]
        assert (finding.state, (kept / ".tmp-2-head").exists()) == ("warning", True)


def test_damage_a_missing_model_and_a_wrong_setting_are_faults(kept, monkeypatch):
    (kept / "head").write_bytes(b"{")
    assert states(kept)["casebook"][0].state == "fault"
    monkeypatch.setenv("DETENTE_MODEL", "no_such_model")
    [finding] = states(kept)["language model"]
    assert "pip install no-such-model" in finding.reason
    monkeypatch.setenv("DETENTE_READ_SECONDS", "soon")
    [finding] = states(kept)["settings"]
    assert finding.state == "fault"


def test_a_casebook_that_is_not_there_is_a_fault(tmp_path):
    [finding] = states(tmp_path / "nowhere")["casebook"]
    assert finding.state == "fault"
