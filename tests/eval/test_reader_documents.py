"""The documents that the learned reader learns from: they load, and share no run of words with texts of others or the blind half."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "eval" / "reader" / "documents").glob("*.yaml"))
RUN = 9
"""Words in a row that are no commonplace any more."""


@pytest.fixture(scope="module")
def texts():
    path = ROOT / "eval" / "gold" / "load.py"
    spec = importlib.util.spec_from_file_location("detente_gold_load", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return [text for file in FILES for text in module.texts(file)]


def runs(text):
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@pytest.fixture(scope="module")
def owners(texts):
    """Every run of words, with the document it stands in."""
    return {run: text.id for text in texts for run in runs(text.document.text)}


def test_each_document_has_its_own_id_and_is_for_learning(texts):
    assert len(texts) > 5000
    assert len({text.id for text in texts}) == len(texts)
    assert {text.split for text in texts} == {"dev"}


@pytest.mark.slow
def test_no_run_of_words_of_the_blind_half_stands_in_a_document(owners):
    assert not shared_with(owners, (ROOT / "eval" / "gold" / "test").glob("*.yaml"))


@pytest.mark.slow
def test_no_run_of_words_of_others_stands_in_a_document(owners, shared):
    others = [shared / "founding-note.txt", shared / "minsk-file.md"]
    others += [path for path in (shared / "gold").rglob("*") if path.is_file()]
    assert not shared_with(owners, others)


def shared_with(owners, paths):
    """Return the ids of the documents that share a run with one of the files; never the files' words."""
    texts = (path.read_text("utf-8", errors="replace").replace("\\n", " ") for path in paths)
    return sorted({owners[run] for text in texts for run in runs(text) & owners.keys()})
