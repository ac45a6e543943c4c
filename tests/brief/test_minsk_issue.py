"""The bundled case file's issue for Belarus, January and February 2018, against the hand counts."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

import detente.api as dt

FOLDER = Path(__file__).parents[2] / "examples" / "minsk"
HAND = msgspec.yaml.decode((FOLDER / "hand-counts.yaml").read_bytes())["issue"]
PARTNERS = ("RUS", "EU", "CHN", "USA", "UKR")
NEAR = timedelta(days=3)
pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def casebook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("issue") / "minsk.casebook"
    dt.add([FOLDER / "documents"], casebook=folder)
    return folder


@pytest.fixture(scope="module")
def issue(casebook):
    return dt.issue("BLR", PARTNERS, since=HAND["from"], until=HAND["to"], casebook=casebook)


@pytest.fixture(scope="module")
def acting(casebook, issue):
    """Countries that act in each incident of the catalogue."""
    with dt.view(casebook) as view:
        return {
            line.incident: {
                actor.country for one in view.mentions(line.incident) for actor in one.source
            }
            for line in issue.catalogue
        }


def span(text):
    first, _, last = str(text).partition("..")
    days = []
    for part, end in ((first, False), (last or first, True)):
        if len(part) > 7:
            days.append(date.fromisoformat(part))
        else:
            year, month = map(int, part.split("-"))
            after = date(year + month // 12, month % 12 + 1, 1)
            days.append(after - timedelta(days=1) if end else date(year, month, 1))
    return days[0] - NEAR, days[1] + NEAR


def lines(issue, partner):
    return [line for line in issue.catalogue if line.partner == partner]


def test_every_number_is_that_of_the_catalogue(issue):
    for partner in issue.partners:
        held = lines(issue, partner.code)
        assert partner.compared.count == len(held)
        assert partner.compared.index == pytest.approx(sum(line.points for line in held))
        assert partner.values[-1] == pytest.approx(partner.compared.index)
        weight = sum(abs(line.points) for line in held)
        against = -sum(line.points for line in held if line.points < 0)
        assert partner.tension == (pytest.approx(against / weight) if weight else None)


def test_most_of_what_was_counted_by_hand_is_there(issue, acting):
    """A line is right where a hand count of the partner has its type, its day (three days off) and who acts.

    Of meetings either side may stand first.
    """
    found, extra, wanted = 0, [], 0
    for partner in PARTNERS:
        hand = [one for one in HAND[partner] if one["status"] == "actual"]
        wanted += sum(one["core"] for one in hand)
        for line in lines(issue, partner):
            kind = line.type
            fitting = [
                one
                for one in hand
                if one["type"] == kind
                and near(one, line.day)
                and (kind == "CONSULT" or states(one["source"]) & acting[line.incident])
            ]
            if fitting:
                best = max(fitting, key=lambda one: one["core"])
                found += best["core"]
                hand.remove(best)
            else:
                extra.append((partner, kind, line.label, line.told.text))
    assert wanted == 11
    # 10 and 10 in November 2026. Told in the documents are a verdict that the hand counts leave to the courts and the plea against
    # it, an offer that they have as proposed, a demand that they tell with the denial, two concessions, a condition of loans.
    assert found >= 10
    assert len(extra) <= 10, "\n".join(map(str, extra))


def test_what_the_hand_counts_tell_once_is_told_once(issue):
    """One visit, with the two whom the guest met; one measure, told by headline, report and review."""
    (visit,) = [
        line
        for line in lines(issue, "EU")
        if "Hahn visited" in line.told.text and line.type == "CONSULT"
    ]
    assert visit.told.text == (
        "In Minsk, European Commissioner Johannes Hahn visited Belarus and met Belarusian President "
        "Alexander Lukashenko and Belarusian Foreign Minister Vladimir Makei."
    )
    assert visit.mentions >= 6
    assert 2 in [line.mentions for line in lines(issue, "EU") if line.type == "SANCTION"]


def test_what_was_counted_as_nothing_is_nothing(issue):
    """The spy affair that a note of January recalls was in autumn."""
    assert HAND["USA"] == HAND["UKR"] == []
    assert lines(issue, "USA") == lines(issue, "UKR") == []
    grey = [partner.code for partner in issue.partners if partner.colour == "grey"]
    assert set(grey) >= {"USA", "UKR"}


def states(codes):
    return {code.partition(".")[0] for code in codes}


def near(one, day):
    first, last = span(one["date"])
    return day is not None and first <= day <= last


@pytest.mark.parametrize("partner", ["USA", "RUS", "EU", "NATO", "POL", "UKR"])
def test_index_panel_and_issue_count_the_same(casebook, partner):
    """Incidents, mentions and points, of whole years and of periods that cut them."""
    series = dt.index("BLR", partner, by="year", casebook=casebook)
    pairs = {
        (row["party_a"], row["party_b"], row["start"]): (row["incidents"], row["mentions"], row["index"])
        for row in dt.panel(by="year", casebook=casebook).to_pylist()
    }  # fmt: skip
    pair = tuple(sorted(("BLR", partner)))
    counted = [
        ((*pair, one.start), (one.incidents, one.mentions, one.index)) for one in series.bins
    ]
    assert dict(one for one in counted if one[1][0]) == {
        key: found for key, found in pairs.items() if key[:2] == pair
    }
    for since, until in (("2016-09-01", "2016-10-31"), ("2018-01-01", "2018-02-28"),
                         ("2020-01-01", "2020-12-31")):  # fmt: skip
        made = dt.issue("BLR", [partner], since=since, until=until, casebook=casebook)
        cut = dt.index("BLR", partner, by="year", since=since, until=until, casebook=casebook)
        compared = made.partners[0].compared
        assert (compared.count, compared.index) == (
            sum(cut.counts()), pytest.approx(sum(one.index for one in cut.bins)),
        )  # fmt: skip
        assert sum(line.mentions for line in made.catalogue) == sum(
            one.mentions for one in cut.bins
        )
        assert {line.incident for line in made.catalogue} == {one.incident for one in cut.catalogue}
