"""One act in many constructions: clefts, participles, nouns, idioms, pronouns, receivers."""

import pytest

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def told(events):
    def run(text: str) -> list[tuple[str, str, str, str]]:
        return [
            (e.type, e.status, *(side[0].country if side else "" for side in (e.source, e.target)))
            for e in events(text)
        ]

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was Hungary that suspended trade talks with Serbia in March.",
         ("SANCTION", "actual", "HUN", "SRB")),
        ("The visas of four Qatari officials, revoked by the Omani government, were in the news.",
         ("COERCE", "actual", "OMN", "QAT")),
        ("Finnish accusations, dismissed by the Estonian president last year, were in the news.",
         ("REJECT", "actual", "EST", "FIN")),
        # a noun tells what its verb tells, wherever the parse hangs its doer
        ("The imposition of sanctions on Laos by Malaysia angered the opposition.",
         ("SANCTION", "actual", "MYS", "LAO")),
        ("The bombing of a Somali airfield by Kenya angered the opposition.",
         ("ASSAULT", "actual", "KEN", "SOM")),
        ("The closure by Estonia of its embassy in Finland angered the opposition.",
         ("SANCTION", "actual", "EST", "FIN")),
        ("Israel's prime minister ordered massive attacks on Syria.",
         ("ASSAULT", "actual", "ISR", "SYR")),
        ("Kenya recalled its envoy in response to the expulsion of two Kenyan diplomats by Somalia.",
         ("SANCTION", "actual", "SOM", "KEN")),
        ("A row over Oslo's expulsion of two Icelandic diplomats goes on.",
         ("SANCTION", "actual", "NOR", "ISL")),
        # one side tells what both do
        ("Norway proposed a treaty with Iceland but never signed it.",
         ("SUPPORT", "negated", "NOR", "ISL")),
        ("Kenya lifted the ban on Somali maize five days after it had imposed it.",
         ("SANCTION", "actual", "KEN", "SOM")),
        # verbs of several words
        ("Kenya put an end to the tariffs on Somali fish.", ("CONCEDE", "actual", "KEN", "SOM")),
        ("Kenya set free six Somali sailors.", ("RETREAT", "actual", "KEN", "SOM")),
        ("Kenya took possession of a Somali ship.", ("COERCE", "actual", "KEN", "SOM")),
        # who meets with something is its target
        ("The Norwegian plan was met with condemnation in Iceland.",
         ("ACCUSE", "actual", "ISL", "NOR")),
        ("Norway faced calls from Iceland to lower its quotas.",
         ("REQUEST", "actual", "ISL", "NOR")),
        ("Norway received a stern warning from Iceland.", ("THREATEN", "actual", "ISL", "NOR")),
        # a state's name stands for who speaks
        ("The American ambassador warned Berlin that Washington would retaliate.",
         ("THREATEN", "actual", "USA", "DEU")),
        ("Norway met Iceland. The claims were baseless, Oslo replied.",
         ("REJECT", "actual", "NOR", "ISL")),
        # who speaks did what a passive tells of nobody
        ("Two Croatian diplomats were expelled on Monday, Slovenia said.",
         ("SANCTION", "actual", "SVN", "HRV")),
        ("Tents were sent to Laos on Monday, Malaysia said.", ("AID", "actual", "MYS", "LAO")),
        ("Two Kenyan soldiers were killed on Monday, Somalia said.",
         ("ASSAULT", "actual", "", "KEN")),
        ("Malaysia's defence ministry evicted Laotian families from the valley on Monday.",
         ("COERCE", "actual", "MYS", "LAO")),
    ],
)  # fmt: skip
def test_the_act_is_told(told, text, expected):
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Analysts believe that Slovenia should expel two Croatian diplomats.",
        "Talks over the release of two Kenyan soldiers by Somalia go on.",
        "The American ambassador warned Berlin that Tehran would retaliate.",
        "The possible expulsion of two Croatian diplomats by Slovenia was not on the agenda.",
    ],
)
def test_what_is_no_act_is_told_as_none(told, text):
    assert not [
        e for e in told(text) if e[0] in {"REQUEST", "RETREAT", "THREATEN"} or e[1] == "actual"
    ]


def test_a_claim_that_is_denied_is_told_beside_its_denial(told):
    found = told("Beijing denied a Philippine accusation that its coast guard had rammed a boat.")
    assert {e[0] for e in found} == {"REJECT", "ACCUSE"}
