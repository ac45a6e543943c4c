"""The own gold follows its notation, and the scorer counts as it says."""

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from detente.model import (
    Actor,
    Channel,
    Claim,
    Coded,
    DocumentRecord,
    Event,
    Forecast,
    Hedge,
    Place,
)

ROOT = Path(__file__).parents[2]


def load(name, path):
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


score = load("detente_gold_score", ROOT / "eval" / "score.py")
gold = score.gold
SENTENCES = [t for s in gold.SPLITS for t in gold.sentences(s)]
DOCUMENTS = [t for s in gold.SPLITS for t in gold.documents(s)]
TEXTS = [*SENTENCES, *DOCUMENTS]
STATEMENTS = [t for s in gold.SPLITS for t in gold.statements(s)]
CODE = re.compile(r"([A-Z0-9]{2,12}|BLOC:[a-z0-9+-]+)(\.([A-Z]{3}))?")


# The gold


def test_there_is_as_much_as_promised():
    wanted = (
        (SENTENCES, {"dev": 400, "test": 200}),
        (DOCUMENTS, {"dev": 40, "test": 20}),
        (STATEMENTS, {"dev": 320, "test": 160}),
    )
    for texts, least in wanted:
        found = Counter(t.split for t in texts)
        assert all(found[split] >= number for split, number in least.items())


def test_nearly_a_third_of_the_sentences_hold_no_event():
    for split in gold.SPLITS:
        texts = [t for t in SENTENCES if t.split == split]
        assert sum(not t.events for t in texts) >= 0.3 * len(texts)
        assert all(t.events or t.why for t in texts)


def test_ids_are_distinct_and_name_the_half():
    found = [*TEXTS, *STATEMENTS]
    assert len({t.id for t in found}) == len(found)
    assert all((t.split == "test") == t.id.startswith("t") for t in found)


def test_no_text_stands_in_both_halves():
    found = [t.document.text for t in (*TEXTS, *STATEMENTS)]
    assert len(set(found)) == len(found)


def test_documents_have_a_fair_length():
    for text in DOCUMENTS:
        start = text.document.blocks[1].start
        assert 150 <= len(text.document.text[start:].split()) <= 400, text.id


def test_every_actor_has_a_code():
    institutions = score.INSTITUTIONS | {"ATT", "REL"}
    for text in TEXTS:
        for code in (c for e in text.events for c in e.source + e.target):
            found = CODE.fullmatch(code)
            assert found, (text.id, code)
            assert found[3] is None or found[3] in institutions, (text.id, code)


def test_all_types_and_statuses_occur_in_both_halves():
    for split in gold.SPLITS:
        events = [e for t in TEXTS if t.split == split for e in t.events]
        assert {e.type for e in events} == gold.TYPES
        assert {e.status for e in events} == gold.STATUSES


def test_words_of_claims_and_forecasts_are_in_their_sentence():
    for statement in STATEMENTS:
        text = statement.document.text
        words = [w for c in statement.claims for w in (c.cause, c.effect, c.rejected) if w]
        words += [w for f in statement.forecasts for w in (f.horizon, f.condition, f.until) if w]
        assert all(w in text for w in words), statement.id
        assert statement.claims or statement.forecasts or statement.why, statement.id


def test_a_line_outside_the_notation_is_refused():
    document = gold.as_document("Peru met Chile.", name="x", published="2020-01-01")
    event = gold.read_event("CONSULT actual PER <> CHL #diplomatic ~AGREE:planned | met", document)
    assert event.accepted == {("CONSULT", "actual"), ("AGREE", "planned")}
    for line in (
        "CONSULT actual PER <> CHL | meets",
        "MEET actual PER > CHL | met",
        "CONSULT done PER > CHL | met",
        "CONSULT actual PER > CHL #sport | met",
        "CONSULT actual PER CHL | met",
    ):
        with pytest.raises(ValueError, match=r"in the|no such"):
            gold.read_event(line, document)


# The scorer

DOCUMENT = gold.as_document(
    "Peru met Chile in Lima on 3 May. Cuba did not sign.", name="x", published="2020-05-04"
)
TEXT = gold.GoldText(
    id="x",
    split="dev",
    document=DOCUMENT,
    events=tuple(
        gold.read_event(line, DOCUMENT)
        for line in (
            "CONSULT actual PER.MFA <> CHL.MFA @2020-05-03 in Lima #diplomatic | met",
            "SUPPORT negated CUB > - #diplomatic | sign",
        )
    ),
)


def actor(code):
    country, _, institution = code.partition(".")
    return Actor(code=code, country=country, institution=institution or None)


def event(kind, status, source, target=(), *, sentence=0, **fields):
    return Event(
        id="e", doc="x", sentence=sentence, span=(0, 5), type=kind, status=status,
        source=tuple(map(actor, source)), target=tuple(map(actor, target)), **fields,
    )  # fmt: skip


def coded(*records):
    return Coded(
        document=DocumentRecord(id="x", source="x"), sentences=((0, 32), (33, 51)), records=records
    )


def figures(*records):
    return score.event_figures(score.compare_events(TEXT, coded(*records)))


MET = event(
    "CONSULT", "actual", ["CHL.MFA"], ["PER.MFA"], date="2020-05-03", date_precision="day",
    place=Place(name="Lima"), domain="diplomatic", channel=Channel(symmetric=True),
)  # fmt: skip
UNSIGNED = event("SUPPORT", "negated", ["CUB"], sentence=1)


def test_a_perfect_coding_has_full_marks():
    found = figures(MET, UNSIGNED)
    assert found["f1"] == found["f1_institution"] == found["status"] == 1
    assert found["date"] == found["place"] == found["status_negated"] == 1
    assert found["extra_per_100"] == 0


def test_a_missing_event_lowers_recall_and_an_extra_one_precision():
    assert figures(MET)["recall"] == 0.5
    found = figures(MET, UNSIGNED, event("ASSAULT", "actual", ["FRA"], ["DEU"]))
    assert found["precision"] == pytest.approx(2 / 3)
    assert found["extra_per_100"] == 50


def test_a_wrong_institution_is_right_by_state_alone():
    found = figures(event("CONSULT", "actual", ["PER.HOS"], ["CHL.HOS"]), UNSIGNED)
    assert found["f1"] == 1
    assert found["f1_institution"] == 0.5


def test_a_wrong_status_is_not_right_but_matched():
    found = figures(MET, event("SUPPORT", "actual", ["CUB"], sentence=1))
    assert found["f1"] == 0.5
    assert found["status"] == 0.5
    assert found["status_negated"] == 0


def test_an_event_of_another_sentence_does_not_count():
    found = figures(event("CONSULT", "actual", ["PER.MFA"], ["CHL.MFA"], sentence=1))
    assert found["recall"] == 0
    assert found["extra_per_100"] == 50


def test_source_and_target_of_a_directed_event_may_not_be_swapped():
    document = gold.as_document("Peru accused Chile.", name="x", published="2020-05-04")
    text = msgspec.structs.replace(
        TEXT, document=document,
        events=(gold.read_event("ACCUSE actual PER > CHL | accused", document),),
    )  # fmt: skip
    for source, target, right in (("PER", "CHL", 1), ("CHL", "PER", 0)):
        found = score.compare_events(text, coded(event("ACCUSE", "actual", [source], [target])))
        assert found["right"] == right


def test_claims_forecasts_and_hedges_are_counted():
    statement = gold.GoldStatement(
        id="c", split="dev", document=DOCUMENT,
        claims=(gold.GoldClaim(kind="cause"),),
        forecasts=(
            gold.GoldForecast(
                direction="start", subject=("PER",), hedge=Hedge(likelihood="likely", modal="will")
            ),
        ),
    )  # fmt: skip
    forecast = Forecast(
        id="f", doc="x", sentence=0, span=(0, 5), direction="stop", subject=(actor("PER.MFA"),),
        hedge=Hedge(likelihood="likely"),
    )  # fmt: skip
    claims = [Claim(id="c", doc="x", sentence=0, span=(0, 5), kind=k) for k in ("cause", "rule")]
    found = score.statement_figures(score.compare_statement(statement, coded(forecast, *claims)))
    assert found["claims"] == pytest.approx(2 / 3)
    assert found["forecasts"] == 1
    assert found["direction"] == 0
    assert found["parties"] == 1
    assert found["hedges"] == 0.5


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("EU.MFA", "EU"),  # who speaks for an organisation has its code
        ("BLOC:west.EMB", "BLOC:west"),
        ("ISIS.UAF", "ISIS"),  # a group of no one state is its own code
        ("HOUTHI", "YEM.REB"),
        ("BLR.GOV", "BLR"),
        ("BLR.MFA/ana-test", "BLR.MFA"),
        ("USA.MIL", "USA.MIL"),
    ],
)
def test_codes_are_compared_as_the_codebook_says(code, same):
    assert score.normalised(code) == same
