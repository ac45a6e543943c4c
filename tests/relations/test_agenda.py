from datetime import date

import pytest

from detente.relations.agenda import agenda, substitutions

SPANS = [(date(2015, 1, 1), date(2015, 12, 31)), (date(2016, 1, 1), date(2016, 12, 31))]


def many(row, year, **counts):
    return [
        row(f"{year}{domain}{n}", f"{year}-05-{n % 28 + 1:02}", domain=domain)
        for domain, count in counts.items()
        for n in range(count)
    ]


def test_shares_by_hand(row):
    (found, empty) = agenda(many(row, 2015, military=3, energy=1), SPANS)
    shares = {share.domain: share for share in found.shares}
    assert shares["military"].share == pytest.approx(3.5 / 8.5, abs=1e-4)
    assert shares["military"].low < 3.5 / 8.5 < shares["military"].high
    assert sum(share.share for share in found.shares) == pytest.approx(1, abs=1e-3)
    assert empty.incidents == 0
    assert [share.share for share in empty.shares] == [pytest.approx(1 / 9, abs=1e-4)] * 9


def test_one_topic_replaces_another(row):
    rows = many(row, 2015, human_rights=12, economic=6) + many(row, 2016, military=12, economic=6)
    (found,) = substitutions(agenda(rows, SPANS))
    assert (found.out, found.into, found.start) == ("human_rights", "military", date(2016, 1, 1))
    assert found.fall == pytest.approx(-12 / 18, abs=1e-4)
    assert found.rise == pytest.approx(12 / 18, abs=1e-4)


def test_a_handful_of_incidents_replaces_nothing(row):
    few = many(row, 2015, human_rights=4) + many(row, 2016, military=12)
    assert substitutions(agenda(few, SPANS)) == ()
    enough = many(row, 2015, human_rights=5) + many(row, 2016, military=12)
    assert [(s.out, s.into) for s in substitutions(agenda(enough, SPANS))] == [
        ("human_rights", "military")
    ]


def test_the_same_agenda_replaces_nothing(row):
    rows = many(row, 2015, military=9, economic=6) + many(row, 2016, military=8, economic=7)
    assert substitutions(agenda(rows, SPANS)) == ()
    assert substitutions(agenda(many(row, 2015, military=9), SPANS)) == ()
