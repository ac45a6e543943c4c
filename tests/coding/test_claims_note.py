"""The founding note, where it is there, and the same facts in other words: always."""

import re
from collections import Counter

import pytest

from detente.coding.claims.contradictions import find as contradictions
from detente.coding.pipeline import Coder
from detente.model import Block, Claim, Document, Event, Forecast, document_id

pytestmark = pytest.mark.model

PARAPHRASE = (
    ("Minsk wants to revive its defence contacts with Western capitals"),
    (
        "Minsk still follows a policy of stripping the values out of its rapprochement with "
        "Washington. The Belarusian government is trying to replace human rights and democracy "
        "with questions of regional security. This policy is chiefly due to the state of the "
        "economy in Belarus, rather than a genuine threat to its security."
    ),
    (
        "On 20 September 2016, while visiting New York, Belarusian Foreign Minister Vladimir "
        "Makei held talks with Deputy Assistant Secretary of Defence Michael Carpenter. Both "
        "sides discussed military cooperation between Belarus and the United States, as well as "
        "the creation of a bilateral commission of the two armies, given the rising tension in "
        "Eastern Europe."
    ),
    (
        "In the past, the Foreign Ministry avoided any talk of military cooperation, leaving this"
        " competence to the Defence Ministry. The corps of Western military attaches in Belarus "
        "is tiny. Most defence attaches of NATO countries work with concurrent accreditation, "
        "i.e. their posting in Belarus is no priority for them. The Belarusian Defence Ministry "
        "has long been ignoring civilian diplomats of NATO states, pointing to the rule that all "
        "contacts must go only through military attaches. NATO officials saw this attitude of the"
        " Belarusian Defence Ministry as hostile. Hence, Belarus did not receive an invitation to"
        " the NATO summit in Warsaw."
    ),
    (
        "Because of the economic crisis, lower subsidies from Russia and the need for foreign "
        "loans, Minsk is forced to show a friendlier attitude towards NATO."
    ),
    (
        "Apparently, the Foreign Ministry of Belarus obtained a mandate from the president to "
        "deepen military cooperation with NATO states. For a while, the Belarusian Defence "
        "Ministry will have to follow the lead of the Foreign Ministry. Bilateral as well as "
        "multilateral talks between Belarus and NATO states are likely to intensify. Step by "
        "step, military cooperation may resume, albeit only within the limits set by the Kremlin,"
        " i.e. until its first objection."
    ),
    ("Notes from Minsk"),
)
PUBLISHED = "2016-09-26"


def as_document(blocks):
    text = "\n\n".join(blocks)
    placed, at = [], 0
    for number, block in enumerate(blocks):
        placed.append(
            Block(kind="paragraph" if number else "headline", start=at, end=at + len(block))
        )
        at += len(block) + 2
    return Document(
        id=document_id(text),
        source="note",
        text=text,
        blocks=tuple(placed),
        published=PUBLISHED,
        language="en",
    )


def code(blocks):
    (coded,) = Coder().code([as_document(blocks)])
    return coded


@pytest.fixture(scope="module")
def paraphrase():
    return code(PARAPHRASE)


@pytest.fixture(scope="module")
def note(shared):
    text = (shared / "founding-note.txt").read_text(encoding="utf-8")
    return code([p.strip() for p in text.split("\n") if p.strip()])


def at(coded, sentence, kind):
    for record in coded.records:
        if record.sentence != sentence:
            continue
        if kind in {"event", "forecast"}:
            if isinstance(record, {"event": Event, "forecast": Forecast}[kind]):
                yield record
        elif isinstance(record, Claim) and record.kind == kind:
            yield record


def only(coded, sentence, kind):
    found = list(at(coded, sentence, kind))
    assert len(found) == 1, (sentence, kind, found)
    return found[0]


def codes(actors):
    return [actor.code for actor in actors]


def check_intents_and_agenda(coded):
    aim = only(coded, 0, "intent")
    assert (codes(aim.subject), codes(aim.object)) == (["BLR"], ["BLOC:west"])
    assert aim.domain == "military"
    strategy = only(coded, 1, "intent")
    assert codes(strategy.subject) == ["BLR"]
    assert set(strategy.about) == {"BLR", "USA"}
    assert strategy.domain == "political"
    agenda = only(coded, 2, "agenda")
    assert codes(agenda.subject) == ["BLR.GOV"]
    assert (agenda.out, agenda.into) == ("human_rights", "military")
    assert not list(at(coded, 2, "intent"))


def check_first_cause(coded, *, weight):
    found = only(coded, 3, "cause")
    effects = {only(coded, 1, "intent").id, only(coded, 2, "agenda").id}
    assert set(found.effect_ids) == effects
    assert len(found.cause) == 1
    assert "econom" in found.cause[0].text
    assert found.weight == weight
    assert "threat" in found.rejected[0].text


def check_events(coded):
    meeting = only(coded, 4, "event")
    assert (meeting.type, meeting.status, meeting.date) == ("CONSULT", "actual", "2016-09-20")
    assert (codes(meeting.source), codes(meeting.target)) == (["BLR.MFA"], ["USA.MOD"])
    again = [e for e in at(coded, 5, "event") if e.status == "actual"]
    assert {e.incident for e in again} == {meeting.incident}
    assert [e.type for e in at(coded, 5, "event") if e.status == "proposed"] == ["AGREE"]
    refusal = only(coded, 9, "event")
    assert (refusal.type, refusal.status, codes(refusal.source)) == (
        "REJECT", "habitual", ["BLR.MOD"],
    )  # fmt: skip
    missed = only(coded, 11, "event")
    assert (missed.status, codes(missed.source), codes(missed.target)) == (
        "negated", ["NATO"], ["BLR"],
    )  # fmt: skip


def check_offices(coded):
    competence = only(coded, 6, "competence")
    assert codes(competence.subject) == ["BLR.MOD"]
    assert (competence.domain, competence.valid) == ("military", "past")
    stock = only(coded, 7, "capacity")
    assert set(stock.about) == {"BLOC:west", "BLR"}
    assert (stock.institution, stock.level) == ("ATT", "negligible")
    channel = only(coded, 8, "channel")
    assert (codes(channel.subject), codes(channel.object)) == (["BLOC:nato-states"], ["BLR"])
    assert (channel.institution, channel.accreditation) == (
        "ATT", "concurrent",
    )  # fmt: skip
    assert channel.hedge.quantifier == "most"
    judged = only(coded, 8, "assessment")
    assert (codes(judged.subject), codes(judged.object)) == (["BLOC:nato-states"], ["BLR"])
    assert (judged.polarity, judged.stated) == ("negative", False)
    assert codes(only(coded, 9, "rule").holder) == ["BLR.MOD"]


def check_stances_and_causes(coded):
    stance = only(coded, 10, "stance")
    assert (codes(stance.holder), codes(stance.object)) == (["NATO"], ["BLR.MOD"])
    assert stance.polarity == "negative"
    hence = only(coded, 11, "cause")
    assert {only(coded, 9, "event").id, stance.id} <= set(hence.cause_ids)
    assert hence.effect_ids == (only(coded, 11, "event").id,)
    joint = only(coded, 12, "cause")
    assert len(joint.cause) == 3
    assert "Russia" in joint.cause[1].text
    assert "RUS" in joint.about
    assert joint.effect.text.startswith("Minsk")
    shown = only(coded, 12, "stance")
    assert (codes(shown.subject), codes(shown.object)) == (["BLR"], ["NATO"])
    assert (shown.polarity, shown.direction) == ("positive", "increase")
    mandate = only(coded, 13, "mandate")
    assert (codes(mandate.subject), codes(mandate.object)) == (["BLR.HOS"], ["BLR.MFA"])
    assert (mandate.domain, mandate.hedge.evidential) == ("military", "apparently")


def check_forecasts(coded):
    led = only(coded, 14, "forecast")
    assert (codes(led.subject), codes(led.object)) == (["BLR.MOD"], ["BLR.MFA"])
    assert led.hedge.modal == "will"
    assert led.horizon.to == "2017-03-26"
    both = list(at(coded, 15, "forecast"))
    assert {f.format for f in both} == {"bilateral", "multilateral"}
    for found in both:
        assert (codes(found.subject), codes(found.object)) == (["BLR"], ["BLOC:nato-states"])
        assert (found.direction, found.hedge.likelihood) == ("increase", "likely")
        assert (found.hedge.low, found.hedge.high) == (0.55, 0.8)
    last = only(coded, 16, "forecast")
    assert set(last.about) == {"BLR", "BLOC:nato-states"}
    assert (last.domain, last.direction, last.hedge.modal) == ("military", "resume", "may")
    assert last.condition.startswith("within the ")
    assert last.condition.endswith("by the Kremlin")
    assert last.until.startswith("its ")
    assert codes(last.veto) == ["RUS.HOS"]


def check_nothing_else(coded):
    """What must not come out, and no claim or forecast beyond the facts."""
    for sentence in (0, 1, 2, 7, 10, 14, 15, 16, 17):
        assert not list(at(coded, sentence, "event"))
    said = Counter(r.sentence for r in coded.records if not isinstance(r, Event))
    assert said == {
        0: 1, 1: 1, 2: 1, 3: 1, 5: 1, 6: 1, 7: 1, 8: 2, 9: 1, 10: 1, 11: 1, 12: 2, 13: 1,
        14: 1, 15: 2, 16: 1,
    }  # fmt: skip


def check_contradiction(coded):
    claims = [r for r in coded.records if isinstance(r, Claim)]
    (found,) = contradictions(claims)
    assert (found.first.sentence, found.second.sentence) == (3, 5)


CHECKS = (
    check_intents_and_agenda, check_events, check_offices, check_stances_and_causes,
    check_forecasts, check_nothing_else, check_contradiction,
)  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_the_founding_note_yields_its_facts(note, check):
    check(note)


@pytest.mark.parametrize("check", CHECKS)
def test_the_same_facts_in_other_words(paraphrase, check):
    check(paraphrase)


def test_the_first_cause_keeps_its_rival_and_weight(paraphrase):
    check_first_cause(paraphrase, weight="chiefly")


def test_the_first_cause_of_the_founding_note(note):
    check_first_cause(note, weight="mainly")


def test_the_other_words_are_our_own(shared):
    def runs(text):
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    text = (shared / "founding-note.txt").read_text(encoding="utf-8")
    assert not runs(text) & runs(" ".join(PARAPHRASE))
