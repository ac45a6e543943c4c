"""Incidents of small sets of reports against what was counted in them by hand."""

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest

import detente.api as dt
from detente.relations.incidents import gather

SCENES = msgspec.yaml.decode((Path(__file__).parent / "scenes.yaml").read_bytes())
pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module", params=["in order", "backwards"])
def view(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenes")
    rows = [
        {"title": one["title"], "text": one["text"], "published": str(one["published"])}
        for scene in SCENES for one in scene["reports"]
    ]  # fmt: skip
    if request.param == "backwards":
        rows.reverse()
    (folder / "scenes.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    dt.add([folder / "scenes.jsonl"], casebook=folder / "scenes.casebook")
    with dt.view(folder / "scenes.casebook") as opened:
        yield opened


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene["name"])
def test_incidents_are_those_counted_by_hand(view, scene):
    found = gather(view.records(parties=scene["parties"]))
    counts = Counter(f"{incident.type} {incident.status}" for incident in found)
    assert counts == scene["counts"], [
        (x.type, x.status, x.start, x.source, x.target) for x in found
    ]
    differ = [value for x in found for one in x.differences for value, _ in one.values]
    assert sorted(differ) == scene.get("differ", [])
