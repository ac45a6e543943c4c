import pytest

from detente.errors import InputError, RegisterError
from detente.registers.hedges import parse_scale, scale_of, scales, words

HEAD = b"name: own\nversion: '1'\ntitle: Own\nsource: made up for a test\n"


def test_the_bundled_scales_are_named_and_sourced():
    assert set(scales()) == {"icd-203", "kent-1964", "stix-2.1-wep", "uk-phia", "readers"}
    assert all(scale.source and scale.version for scale in scales().values())


@pytest.mark.parametrize(
    ("scale", "terms", "interval"),
    [
        ("icd-203", ("likely", "probable"), (0.55, 0.80)),
        ("icd-203", ("unlikely",), (0.20, 0.45)),
        ("icd-203", ("almost certain",), (0.95, 0.99)),
        ("kent-1964", ("likely", "probable"), (0.63, 0.87)),
        ("kent-1964", ("chances about even",), (0.40, 0.60)),
        ("kent-1964", ("possible",), None),
        ("stix-2.1-wep", ("likely", "probable"), (0.60, 0.79)),
        ("uk-phia", ("realistic possibility",), (0.40, 0.50)),
        ("readers", ("likely",), (0.67, 0.80)),
        ("readers", ("may happen",), (0.30, 0.51)),
        ("icd-203", ("may happen",), None),
    ],
)
def test_a_scale_gives_the_interval_of_the_first_term_it_knows(scale, terms, interval):
    assert scale_of(scale).interval(terms) == interval


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            b"bands: [{words: [low], low: 0, high: 40}, {words: [high], low: 60, high: 100}]",
            r"bands\[1\].low: nothing stands for 40-60",
        ),
        (
            b"bands: [{words: [low], low: 0, high: 60}, {words: [high], low: 40, high: 100}]",
            r"bands\[1\].low: 40-60 has two words",
        ),
        (b"bands: [{words: [low], low: 0, high: 90}]", "nothing stands for 90-100"),
        (b"bands: [{words: [low], low: 10, high: 100}]", r"nothing stands for 0-10"),
        (b"bands: [{words: [low], low: 0, high: 120}]", r"bands\[0\]: 0-120 is no interval"),
        (
            b"bands: [{words: [low], low: 0, high: 50}, {words: [low], low: 50, high: 100}]",
            r"bands\[1\].words: 'low' stands twice",
        ),
        (b"bands: []", "bands: there are none"),
        (b"bands: [{words: [low], low: 0, high: 100, colour: red}]", "colour"),
        (b"range: [50, 20]\nbands: [{words: [low], low: 0, high: 100}]", "range: 50-20"),
        (
            b"step: 1\nbands: [{words: [low], low: 0, high: 50}, {words: [high], low: 50, high: 100}]",
            r"bands\[1\].low: 50-50 has two words",
        ),
    ],
)
def test_a_scale_with_faults_that_it_does_not_declare_is_refused(body, reason):
    with pytest.raises(RegisterError, match=reason):
        parse_scale(HEAD + body, file="own.yaml")


def test_gaps_and_overlaps_that_are_declared_are_taken():
    body = b"gaps: true\noverlaps: true\nbands: [{words: [a], low: 5, high: 60}, {words: [b], low: 40, high: 70}]"
    assert parse_scale(HEAD + body).interval(("b",)) == (0.40, 0.70)


def test_whole_number_bands_may_stand_side_by_side():
    body = b"step: 1\nbands: [{words: [a], low: 0, high: 49}, {words: [b], low: 50, high: 100}]"
    assert len(parse_scale(HEAD + body).bands) == 2


def test_a_users_own_scale_is_read_from_its_file(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_bytes(HEAD + b"bands: [{words: [likely], low: 0, high: 100}]")
    assert scale_of(path).name == "own"
    with pytest.raises(InputError, match="scale: 'rumour' is none of icd-203"):
        scale_of("rumour")


def test_every_term_of_a_likelihood_word_stands_on_some_scale():
    known = {word for scale in scales().values() for band in scale.bands for word in band.words}
    known |= {word for scale in scales().values() for word in scale.without_probability}
    for entry in words()["likelihood"]:
        assert set(entry.terms) <= known, entry.words
