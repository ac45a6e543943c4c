import pytest

from detente.coding import places
from detente.coding.pipeline import Coder
from detente.coding.types import Reading, Sentence
from detente.read.assemble import text_document


def ids(text, **options):
    return [(m.surface, m.place.geonameid) for m in places.find_text(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys met in Minsk.", [("Minsk", 625144)]),
        ("The fair opens in Warsaw, Indiana.", [("Warsaw", 4927854), ("Indiana", 4921868)]),
        ("The fair opens in Warsaw.", [("Warsaw", 756135)]),
        ("She wrote for the Washington Post.", []),
        ("Paris Saint-Germain won again.", []),
        ("Mr. Jackson said nothing.", []),
        ("Tell us more.", []),
        ("Troops left the U.S. on Monday.", [("U.S.", 6252001)]),
        ("Ships sailed into the Black Sea.", [("Black Sea", None)]),
    ],
)
def test_toponyms(text, expected):
    assert ids(text) == expected


def test_adjectives_are_found_when_asked_for():
    assert ids("Belarusian troops left.") == []
    assert ids("Belarusian troops left.", adjectives=True) == [("Belarusian", 630336)]


def test_the_country_that_a_document_names_decides_between_namesakes():
    (first, *_) = places.find_text("In Tripoli shots were heard. Lebanon sent troops.")
    assert first.place.country == "LBN"
    (first, *_) = places.find_text("In Tripoli shots were heard. Libya sent troops.")
    assert first.place.country == "LBY"


def test_offsets_and_country():
    (found,) = places.find_text("They met in Vilnius again.")
    assert (found.start, found.end, found.place.country, found.place.span) == (
        12,
        19,
        "LTU",
        (12, 19),
    )
    assert found.literal


def test_dateline():
    found = places.dateline("MINSK, Sept 20 (Agency) - The two sides met.")
    assert found is not None
    assert found.place is not None
    assert (found.place.place.geonameid, found.end) == (625144, 26)
    assert places.dateline("The two sides met - at last.") is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("During a visit to New York, the minister met the envoy.", "met", "New York"),
        ("Rebels shelled the town of Aleppo on Monday.", "shelled", "Aleppo"),
        ("Gunmen killed two guards in the village of Dorovka, 90 km west of Kyiv.", "killed",
         "Dorovka"),
        ("Belarus recalled its ambassador.", "recalled", None),
    ],
)  # fmt: skip
def test_the_place_of_a_predicate(parsed, text, trigger, expected):
    doc = parsed(text)
    sentence = Sentence(number=0, start=0, end=len(text), text=text)
    reading = Reading(sentence=sentence, doc=doc, mentions=())
    token = next(token for token in doc if token.text == trigger)
    place = places.of(reading, token, places.find([reading], text=text))
    assert (place.name if place is not None else None) == expected


@pytest.mark.model
def test_a_palace_alone_is_no_place():
    text = "Peru's president met Chile's in the Palace of Friendship. They went on to Pisacara by bus with Peru's minister."
    _, readings = Coder().read(text_document(text, published="2021-03-10"))
    found = [p.surface for p in places.find(readings, text=text, countries=("PER",))]
    assert "Palace" not in found
