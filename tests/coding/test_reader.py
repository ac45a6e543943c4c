"""The learned reader: what it reads, what it adds to the frames, and where it stands back."""

import msgspec
import numpy as np
import pytest

from detente.coding.acts.act import LEARNED
from detente.coding.pipeline import Coder
from detente.coding.reader import decide, network, pieces, weigh, window
from detente.errors import RegisterError
from detente.model import Actor, Event
from detente.read.assemble import text_document
from detente.settings import Settings

NOTE = """Peru's foreign minister summoned the Chilean ambassador on Tuesday over the seizure of two trawlers.

The envoy handed over a note of regret. The European Union widened the exceptions for Peru's sporting weapons.

Ecuador fined a bank of its southern neighbour and imposed sanctions.
"""


def frames_alone(text):
    return (
        Coder(settings=Settings(reader_characters=0))
        .trace(text_document(text, published="2021-03-10"))
        .events
    )


@pytest.fixture(scope="module")
def reading_coder():
    pytest.importorskip("spacy")
    return Coder()


def coded(coder, text, published="2021-03-10"):
    return coder.trace(text_document(text, published=published)).coded


def events(coder, text):
    return [r for r in coded(coder, text).records if isinstance(r, Event)]


@pytest.mark.parametrize(
    ("word", "shown"),
    [("Minsk", ["minsk"]), ("Élysée", ["ely", "##see"]), ("rapprochements", ["rapprochement", "##s"]),
     ("U.S.", ["u", ".", "s", "."]), ("x" * 80, ["[UNK]"])],
)  # fmt: skip
def test_words_are_cut_into_pieces(word, shown):
    names = pieces.PATH.read_text(encoding="utf-8").split("\n")
    assert [names[n] for n in pieces.of(word) if n != pieces.NOTHING] == shown


@pytest.mark.model
def test_a_window_holds_the_words_and_who_may_be_a_party(reading_coder):
    trace = Coder(settings=Settings(reader_characters=0)).trace(
        text_document(NOTE, published="2021-03-10")
    )
    (one,) = window.windows(trace.readings, trace.events)
    assert {"PER", "CHL", "ECU"} <= set(one.names)
    assert one.slots.shape == (len(one.rows), window.SLOTS)
    assert one.member.sum(1).min() >= 1
    words = [token.text for token, _ in one.rows]
    summoned = words.index("summoned")
    assert summoned in one.acts
    assert window.TYPES[one.type[summoned] - 1] == "ACCUSE"
    assert words[one.head[words.index("ambassador")]] == "summoned"


@pytest.mark.model
def test_sentences_that_name_nobody_change_nothing_in_others(reading_coder):
    text = "Peru expelled a Chilean attaché on Monday. Chile protested. Boats were seized at dusk."
    plain = "Peru expelled a Chilean attaché on Monday. Chile protested."
    read = []
    for one in (text, plain):
        _, readings = reading_coder.read(text_document(one, published="2021-03-10"))
        (seen,) = window.windows(readings, ())
        words = network.encode(seen, network.load())
        assert words.dtype == np.float32  # twice as fast as float64
        read.append({t.text: words[row] for row, (t, _) in enumerate(seen.rows)})
        assert ("seized" in read[-1]) is (one is text)
    for word in ("expelled", "protested", "Chile"):
        assert np.allclose(read[0][word], read[1][word], atol=1e-4)


@pytest.mark.model
def test_the_target_of_a_frame_does_not_act(reading_coder):
    trace = reading_coder.trace(
        text_document("Peru expelled a Chilean attaché.", published="2021-03-10")
    )
    (one,) = trace.events
    turned = msgspec.structs.replace(one.event, source=one.event.target, target=one.event.source)
    assert not decide._turns(one.act, one.event)
    assert decide._turns(one.act, turned)


@pytest.mark.model
def test_each_act_has_a_chance_and_those_of_frames_stand_or_fall_by_theirs(reading_coder):
    _, readings = reading_coder.read(text_document(NOTE, published="2021-03-10"))
    traced = frames_alone(NOTE)
    weighed = list(weigh.weigh(readings, traced, network.load()))
    assert {one.number for one in weighed} >= set(range(len(traced)))
    assert all(0 < one.stands < 1 for one in weighed if one.number is not None)
    assert all(0 < one.act.chance < 1 for one in weighed if one.act is not None)


@pytest.mark.model
def test_it_finds_what_no_frame_has_and_says_so(reading_coder):
    plain = events(Coder(settings=Settings(reader_characters=0)), NOTE)
    found = events(reading_coder, NOTE)
    new = [e for e in found if e.rule.startswith(LEARNED)]
    assert not [e for e in plain if e.rule.startswith(LEARNED)]
    assert new
    assert all(0 < e.confidence <= 1 and e.source for e in new)
    assert all(NOTE[slice(*e.trigger)].strip() for e in new)


@pytest.mark.model
def test_a_text_longer_than_the_limit_is_left_to_the_frames():
    length = len(text_document(NOTE, published="2021-03-10").text)
    limited = Coder(settings=Settings(reader_characters=length - 1))
    plain = Coder(settings=Settings(reader_characters=0))
    assert coded(limited, NOTE).records == coded(plain, NOTE).records


@pytest.mark.model
def test_records_depend_on_the_limit_and_their_configuration_tells():
    plain, other = (Coder(settings=Settings(reader_characters=n)) for n in (0, 1000))
    assert plain.configuration != other.configuration


@pytest.mark.model
def test_the_same_text_gives_the_same_records_in_any_company(reading_coder):
    one = text_document(NOTE, published="2021-03-10")
    other = text_document("Kenya and Uganda signed a treaty in Nairobi.", published="2021-03-10")
    alone = next(iter(Coder().code([one])))
    beside = [*Coder().code([other, one])][1]
    assert msgspec.json.encode(alone.records) == msgspec.json.encode(beside.records)


@pytest.mark.model
def test_claims_are_those_that_frames_leave(reading_coder):
    text = "Vilnius believes that Minsk is unwilling to talk. Analysts expect that relations will cool."
    plain = coded(Coder(settings=Settings(reader_characters=0)), text).records
    read = coded(reading_coder, text).records
    assert [r for r in read if not isinstance(r, Event)] == [
        r for r in plain if not isinstance(r, Event)
    ]


def test_chances_are_chances():
    weights = network.load()
    assert weights.layers >= 1
    assert weights.paths[">nsubj"] > 1
    drawn = network._softmax(np.array([[1.0, 2.0, 3.0]], np.float32))
    assert drawn.sum() == pytest.approx(1.0)


def test_weights_that_are_no_weights_are_refused(tmp_path):
    path = tmp_path / "weights.npz"
    path.write_bytes(b"no weights")
    with pytest.raises(RegisterError, match=r"weights\.npz"):
        network.load(path)
    with pytest.raises(RegisterError, match="missing"):
        network.load(tmp_path / "missing.npz")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Estonia exports less to Latvia. The Union decided to help.", "EU"),
        ("The president of Togo spoke in Niger. The Union suspended Niger.", "AU"),
        (
            "Mali's new rulers met Senegal's president. The regional bloc had asked for it.",
            "ECOWAS",
        ),
        ("Estonia's defence minister asked the alliance for experts.", "NATO"),
    ],
)
def test_an_organisation_that_nothing_names_is_that_of_the_states_told_of(
    reading_coder, text, code
):
    _, readings = reading_coder.read(text_document(text, published="2021-03-10"))
    found = {a.code for r in readings for m in r.mentions for a in m.actors}
    assert code in found


@pytest.mark.model
def test_no_union_of_workers_is_one_of_states(reading_coder):
    text = "Poland's trade union struck. The union won. Poland met its national commission."
    _, readings = reading_coder.read(text_document(text, published="2021-03-10"))
    assert {a.country for r in readings for m in r.mentions for a in m.actors} <= {"POL", "CVL", ""}


@pytest.mark.model
@pytest.mark.parametrize("learned", [True, False])
def test_a_question_tells_no_event(reading_coder, learned):
    coder = reading_coder if learned else Coder(settings=Settings(reader_characters=0))
    assert events(coder, "Peru expelled a Chilean attaché.")
    assert not events(coder, "Has Peru expelled a Chilean attaché?")
    assert not events(coder, '"Has Peru expelled a Chilean attaché?"')
    assert events(coder, 'Peru expelled a Chilean attaché and asked, "Was that enough?"')


@pytest.mark.model
def test_a_refusal_told_with_a_negation_is_actual(reading_coder):
    text = (
        "Chile asked Peru for the release of two trawlers. Peru's government will not comply with the request."
        " Chile's foreign ministry did not reply."
    )
    found = [e for e in events(reading_coder, text) if e.type == "REJECT"]
    assert {e.status for e in found if e.source[0].country == "PER"} == {"actual"}


@pytest.mark.model
def test_a_company_of_no_known_state_does_not_become_part_of_its_prosecutor(reading_coder):
    text = "German prosecutors have launched an investigation into the dealings of a hotel group."
    (one,) = events(reading_coder, text)
    assert one.source[0].code == "DEU.JUD"
    assert not {a.country for a in one.target} & {"DEU"}


@pytest.mark.parametrize(
    ("actor", "chance", "code"),
    [
        (Actor(code="PER", country="PER"), 0.9, "PER.MFA"),
        (Actor(code="PER.MIL", country="PER", institution="MIL"), 0.9, "PER.MFA"),
        (Actor(code="PER", country="PER"), 0.4, "PER"),
        (Actor(code="PER.HOS", country="PER", institution="HOS", person="Alan Garcia"), 0.9, "PER.HOS"),
        (Actor(code="NATO", country="NATO", institution="IGO"), 0.9, "NATO"),
    ],
)  # fmt: skip
def test_the_body_of_a_state_is_that_which_is_likely(actor, chance, code):
    nothing = np.zeros(0, np.float32)
    bodies = np.zeros((1, 2, 1 + len(window.INSTITUTIONS)), np.float32)
    bodies[0, 0, [0, 1 + window.INSTITUTIONS.index("MFA")]] = 0.1, chance
    word = weigh._Word(None, 0, nothing, nothing, nothing, bodies, nothing)
    found = word._body(actor, 0, 0)
    assert found.code == code
    assert (found.how or "").endswith(weigh.BODY_TOLD) == (code != actor.code)
