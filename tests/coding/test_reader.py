"""The learned reader: what it reads, what it adds to the frames, and where it stands back."""

import msgspec
import numpy as np
import pytest

from detente.coding.acts.act import LEARNED
from detente.coding.pipeline import Coder
from detente.coding.reader import decide, network, pieces, weigh, window
from detente.errors import RegisterError
from detente.model import Event
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
