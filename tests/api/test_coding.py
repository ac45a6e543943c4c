"""A document that the coder cannot code costs itself alone."""

import pytest

import detente.api as dt
from detente.coding.pipeline import Coder
from detente.model import Coded, ErrorRecord


@pytest.mark.model
def test_a_document_that_breaks_the_coder_is_named_and_the_others_are_coded(tmp_path, monkeypatch):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Report {name}.\n\nNorway thanked Chad.", "utf-8")
    prepare = Coder._prepare

    def breaking(self, document, *rest, **given):
        if "Report b" in document.text:
            raise KeyError("broken")
        return prepare(self, document, *rest, **given)

    monkeypatch.setattr(Coder, "_prepare", breaking)
    found = list(dt.code([tmp_path / f"{name}.txt" for name in ("a", "b", "c")]))
    assert [type(item) for item in found] == [Coded, ErrorRecord, Coded]
    assert found[1].source.endswith("b.txt")
    assert "KeyError" in found[1].reason
    assert all(item.records for item in (found[0], found[2]))
