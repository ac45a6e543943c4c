"""Every hostile input, each in a child with limits, between two good documents."""

import sys
from pathlib import Path

import msgspec
import pytest

from detente.engine import child
from detente.engine.child import Limits
from detente.errors import NO_TEXT
from hostile import markup, packed, papers, rows, texts
from hostile.inside import Asked, Told

pytestmark = [pytest.mark.slow, pytest.mark.model]
CASES = (*texts.A, *markup.B, *markup.C, *papers.D, *packed.E, *rows.F, *texts.G)
GOOD = "On 20 September 2016 Belarusian Foreign Minister Vladimir Makei met US officials in %s."
CEILING_MB = 12_000
"""Address space of the child, of which DuckDB reserves several GB; each case has its own limit of
memory in use."""


@pytest.fixture(scope="module", autouse=True)
def _warm():
    patched = str(Path(__file__).parent.parent)
    sys.path.insert(0, patched)
    limits = Limits(seconds=120, megabytes=CEILING_MB, start_seconds=120)
    list(child.run("hostile.inside:warm", b"", limits=limits))
    yield
    sys.path.remove(patched)
    child.close_all()


def perform(case, tmp_path) -> Told:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0-good.txt").write_text(GOOD % "New York")
    case.make(folder)
    (folder / "z-good.txt").write_text(GOOD % "Minsk")
    asked = Asked(folder=str(folder), casebook=str(tmp_path / "book"), settings=case.settings)
    # A busy machine is given four times the case's own limit before the child is killed.
    limits = Limits(seconds=4 * case.seconds, megabytes=CEILING_MB, start_seconds=120)
    [answer] = child.run("hostile.inside:perform", msgspec.msgpack.encode(asked), limits=limits)
    return msgspec.msgpack.decode(answer, type=Told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number:03}")
def test_input_ends_as_the_list_says(case, tmp_path, table):
    told = perform(case, tmp_path)
    report = told.report
    in_all = report["added"] + report["known"] + report["empty"] + report["quarantined"]
    assert report["inputs"] == in_all
    assert told.problems == []
    assert set(report["reasons"]) <= case.codes, report
    good = [source for source, _, _ in told.documents if source.endswith("-good.txt")]
    assert len(good) == 2
    assert all(told.events[source] for source in good), "a good neighbour was not coded"
    others = [item for item in told.documents if not item[0].endswith("-good.txt")]
    found = {code for _, code, _ in told.errors} - NO_TEXT
    assert found <= case.codes, (found, told.errors[:5])
    if case.coded is not None:
        assert report["added"] == case.coded + 2, (report, told.errors[:5])
    if case.codes and case.coded is not None:
        assert found, "nothing was quarantined"
    flags = {flag for _, _, all_flags in others for flag in all_flags}
    assert case.flags <= flags, flags
    texts_of_all = "\n".join(text for _, text, _ in others)
    assert case.holds in texts_of_all
    assert not case.lacks or case.lacks not in texts_of_all
    assert told.megabytes < case.megabytes, "the process itself took too much memory"
    codes = sorted(found) or sorted({code for _, code, _ in told.errors})
    ending = "Q" if found else "OK"
    table.add(case.number, case.title, ending, ", ".join(codes), told.seconds, told.megabytes)
