"""Reviews go out as gold, and ``detente eval --gold`` reads them."""

from __future__ import annotations

import json
import subprocess
import sys

from detente import api as dt

TEXT = (
    "On 20 September 2016 Belarusian Foreign Minister Vladimir Makei met US Deputy Assistant "
    "Secretary of Defence Michael Carpenter in New York.\n\nPoland expelled two Russian diplomats.\n"
)


def measured(path):
    run = subprocess.run(
        [sys.executable, "-m", "detente", "eval", "--gold", str(path), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name.partition("/")[2]: value for name, value in json.loads(run.stdout).items()}


def test_a_correction_goes_out_as_gold_and_is_scored(tmp_path):
    note, casebook, out = tmp_path / "note.txt", tmp_path / "small.casebook", tmp_path / "gold.yaml"
    note.write_text(TEXT, encoding="utf-8")
    dt.add([note], casebook=casebook, published="2016-09-26")
    with dt.view(casebook) as view:
        events = sorted(view.records(), key=lambda event: event.sentence)
    assert len(events) >= 2
    for event in events:
        dt.judge(event.id, "accept", reviewer="Ada", casebook=casebook)
    text, documents, waiting = dt.gold(casebook)
    assert (documents, waiting) == (1, 0)
    out.write_text(text, encoding="utf-8")
    agreed = measured(out)

    corrected = events[0]
    dt.judge(
        corrected.id, "correct", reviewer="Ada", reason="only planned", casebook=casebook,
        corrections={"status": "planned"},
    )  # fmt: skip
    text, documents, _ = dt.gold(casebook)
    assert documents == 1
    assert "planned" in text
    out.write_text(text, encoding="utf-8")
    disputed = measured(out)
    assert agreed.keys() == disputed.keys()
    wrong = {name for name in agreed if agreed[name] != disputed[name]}
    assert any("status" in name or "event" in name for name in wrong), (agreed, disputed)
