"""The bundled case file: its sources, what is built from them, and the hand counts beside them."""

import gzip
import importlib.util
import io
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "minsk"


def load_script():
    spec = importlib.util.spec_from_file_location(
        "build_case_file", ROOT / "scripts" / "build_case_file.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build_case_file = load_script()
SOURCES = build_case_file.read_sources()
COUNTS = msgspec.yaml.decode((FOLDER / "hand-counts.yaml").read_bytes())


def ninegrams(text):
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}


def test_the_file_is_as_large_and_mixed_as_promised():
    assert len(SOURCES) >= 60
    assert {s.format for s in SOURCES} == set(build_case_file.WRITERS) | {"jsonl", "csv", "parquet"}
    assert {s.voice for s in SOURCES} >= {"flash", "release", "note", "interview", "background"}
    assert f"{len(SOURCES)} short documents" in (ROOT / "examples" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.id)
def test_every_document_is_short(source):
    assert 120 <= len(" ".join(source.body).split()) <= 400


def test_no_nine_words_of_the_founding_note_stand_in_a_document(shared):
    note = ninegrams((shared / "founding-note.txt").read_text("utf-8"))
    for source in SOURCES:
        assert not note & ninegrams(" ".join((source.title, *source.body))), source.id


def test_building_gives_the_committed_files():
    pytest.importorskip("reportlab", reason="the data dependency group is not installed")
    built = build_case_file.build(SOURCES)
    kept = {path.name: path.read_bytes() for path in (FOLDER / "documents").iterdir()}
    assert built.keys() == kept.keys()
    assert [name for name in built if not same(name, built[name], kept[name])] == []


def same(name, built, kept):
    """Compare bytes, or for containers that name their library's version, the texts in them."""
    if built == kept:
        return True
    if name.endswith(".parquet"):
        import pyarrow.parquet as pq

        tables = [pq.read_table(io.BytesIO(content)).to_pylist() for content in (built, kept)]
        return tables[0] == tables[1]
    if name.endswith((".zip", ".docx")):
        return members(built) == members(kept)
    if name.endswith(".gz"):
        return gzip.decompress(built) == gzip.decompress(kept)
    return name.endswith(".pdf") and abs(len(built) - len(kept)) < 200


def members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_hand_counted_documents_and_words_exist():
    texts = {s.id: " ".join(s.body) for s in SOURCES}
    for incident in COUNTS["incidents"]:
        assert incident["documents"], incident["what"]
        assert set(incident["documents"]) <= texts.keys(), incident["what"]
    for forecast in COUNTS["forecasts"]:
        assert forecast["words"] in texts[forecast["document"]], forecast["words"]


def test_hand_counts_by_year_add_up():
    core = Counter(i["year"] for i in COUNTS["incidents"] if i["core"])
    assert core == COUNTS["core_by_year"]
