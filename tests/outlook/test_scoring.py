import msgspec
import pytest

from detente.outlook.ledger import Ledger
from detente.outlook.records import Outlook, Query, Resolution, Version
from detente.outlook.scoring import score

QUERY = Query(
    types=("CONSULT",),
    parties=("NOR", "ISL"),
    first="2020-03-01",
    deadline="2020-06-08",
    base_rate=0.0064728435,  # an even chance of one incident in 100 days
    lookback=365,
)


def ledger():
    entries = []
    for number, (author, hedge, chance, outcome) in enumerate(
        [
            ("A", "likely", 0.7, "yes"),
            ("A", "likely", 0.7, "no"),
            ("A", "unlikely", 0.3, "no"),
            ("B", "likely", 0.6, "void"),
            ("B", "may", None, "yes"),
            ("B", "likely", 0.9, None),
        ]
    ):
        name = f"f{number}"
        entries.append(
            Outlook(
                id=name,
                text="x",
                issued="2020-03-01",
                author=author,
                publisher="P",
                hedge=hedge,
                probability=chance,
            )
        )
        entries.append(Version(forecast=name, number=1, query=QUERY, accepted=True))
        if outcome is not None:
            entries.append(
                Resolution(forecast=name, version=1, outcome=outcome, reason="", as_of="2020-07-01")
            )
    return Ledger(entries)


def test_the_whole_counts_void_open_and_unscored_beside_the_score():
    whole = score(ledger(), rounds=50)[0]
    assert (whole.by, whole.forecasts, whole.resolved, whole.scored) == ("all", 6, 4, 3)
    assert (whole.void, whole.open) == (1, 1)
    assert whole.void_rate == pytest.approx(0.2)
    assert whole.coverage == pytest.approx(0.5)
    assert whole.brier == pytest.approx((0.09 + 0.49 + 0.09) / 3)
    assert whole.skill == pytest.approx(1 - whole.brier / 0.25, abs=1e-3)
    assert whole.brier_low <= whole.brier <= whole.brier_high
    assert whole.log_low <= whole.log <= whole.log_high
    assert whole.skill_low <= whole.skill <= whole.skill_high
    assert whole.thin


def test_outcomes_of_queries_that_nobody_accepted_can_be_left_out():
    entries = [
        msgspec.structs.replace(e, accepted=e.forecast != "f0") if isinstance(e, Version) else e
        for e in ledger().entries()
    ]
    assert score(Ledger(entries), rounds=5)[0].proposed == 1
    strict = score(Ledger(entries), accepted=True, rounds=5)[0]
    assert (strict.scored, strict.open, strict.proposed) == (2, 2, 0)


def test_the_base_rate_is_that_of_the_query_that_was_asked():
    entries = ledger().entries()
    later = msgspec.structs.replace(
        entries[1], number=2, query=msgspec.structs.replace(QUERY, base_rate=None)
    )
    before = score(Ledger(entries), rounds=5)[0]
    assert score(Ledger([*entries, later]), rounds=5)[0].skill_n == before.skill_n == 3


def test_groups_are_authors_hedges_and_publishers():
    found = {(s.by, s.name): s for s in score(ledger(), rounds=50)}
    assert set(found) == {
        ("all", "all"),
        ("author", "A"),
        ("author", "B"),
        ("publisher", "P"),
        ("hedge", "likely"),
        ("hedge", "unlikely"),
        ("hedge", "may"),
    }
    assert found["hedge", "likely"].brier == pytest.approx(0.29)
    assert found["author", "B"].brier is None
    assert found["author", "B"].resolved == 1
    assert found["hedge", "unlikely"].calibration[0].n == 1


def test_an_empty_ledger_scores_nothing():
    (whole,) = score(Ledger())
    assert (whole.forecasts, whole.brier, whole.coverage) == (0, None, 0.0)
