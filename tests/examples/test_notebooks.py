"""Every notebook runs from its first cell to its last."""

import ast
import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def cells(path):
    """Return the code of a notebook, cell by cell."""
    found = json.loads(path.read_text("utf-8"))
    assert (found["nbformat"], found["metadata"]["kernelspec"]["name"]) == (4, "python3")
    return ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code"]


def test_there_are_notebooks_without_kept_output():
    assert len(NOTEBOOKS) >= 2
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            assert not cell.get("outputs"), path.name


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, monkeypatch, capsys):
    monkeypatch.chdir(EXAMPLES)
    namespace = {"__name__": "__main__"}
    for number, code in enumerate(cells(path)):
        tree = ast.parse(code, f"{path.name}, code cell {number}")
        exec(compile(tree, f"{path.name}, code cell {number}", "exec"), namespace)
    assert capsys.readouterr().out
    assert namespace["report"].added == 95
