import pytest

import detente.api as dt
from detente.errors import InputError

pytestmark = [pytest.mark.model, pytest.mark.slow]

FIRST = """Oslo and Reykjavik

Norway closed its embassy in Iceland because of debts, rather than a threat from Iceland. Norway \
regards Iceland as a rival. Norway depends on loans from Denmark.
"""
SECOND = """Another view

Norway closed its embassy in Iceland because of the growing tension with Iceland. Norway regards \
Iceland as a reliable partner.
"""


@pytest.fixture(scope="module")
def casebook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    for name, text, day in (("a", FIRST, "2020-05-01"), ("b", SECOND, "2020-06-01")):
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        dt.add([path], casebook=folder / "one.casebook", published=day, publisher=name.upper())
    return folder / "one.casebook"


def test_claims_stand_with_their_sentences_by_day(casebook):
    found = dt.claims.listed("NOR", "ISL", casebook=casebook)
    assert [(one.published, one.claim.kind) for one in found] == [
        ("2020-05-01", "cause"), ("2020-05-01", "stance"),
        ("2020-06-01", "cause"), ("2020-06-01", "stance"),
    ]  # fmt: skip
    assert found[1].sentence == "Norway regards Iceland as a rival."
    assert found[1].publisher == "A"


def test_only_a_kind_a_domain_or_a_time(casebook):
    def kinds(**asked):
        return [one.claim.kind for one in dt.claims.listed(casebook=casebook, **asked)]

    assert kinds(kind="stance") == ["stance", "stance"]
    assert kinds(since="2020-05-15") == ["cause", "stance"]
    assert kinds(until="2020-04-30") == []
    assert "assessment" in kinds(domain="economic")


def test_claims_of_two_documents_stand_side_by_side(casebook):
    pairs = dt.claims.contradictions("NOR", "ISL", casebook=casebook)
    assert [pair.reason for pair in pairs] == [
        "a cause that is given and set aside: threat",
        "stance told with opposite signs",
    ]
    assert [(p.first.publisher, p.second.publisher) for p in pairs] == [("A", "B"), ("A", "B")]
    assert dt.claims.contradictions("NOR", "ISL", until="2020-05-31", casebook=casebook) == ()


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"kind": "rumour"}, "rumour: no such kind; there are cause"),
        ({"domain": "sport"}, "sport: no such domain"),
        ({"since": "2020-06-01", "until": "2020-05-01"}, "the period ends on 2020-05-01"),
        ({"party": "NOR", "other": "NOR"}, "NOR, NOR: a party is named twice"),
    ],
)
def test_what_cannot_be_asked_is_refused(casebook, asked, reason):
    with pytest.raises(InputError, match=reason):
        dt.claims.listed(casebook=casebook, **asked)
