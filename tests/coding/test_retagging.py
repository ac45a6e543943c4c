"""Words that the tagger takes for nouns and that are verbs, and nouns that tell what a verb tells."""

import pytest

pytestmark = pytest.mark.model


def test_to_last_is_a_verb(coder):
    doc = coder.parser.parse(["Analysts expect the truce to last."])[0]
    assert [t.tag_ for t in doc if t.text == "last"] == ["VB"]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Kenya police arrest three Chinese fishermen", "arrest"),
        (
            "Rebels allied to Gitega overran a Rwandan garrison at Kibuye, the mission reported.",
            "overran",
        ),
        ("Kenya army clashes with rebels", "clashes"),
        ("Latvia summons Russian envoy over drone", "summons"),
        ("Lima police raid Ecuadorean embassy", "raid"),
    ],
)
def test_a_word_that_governs_as_verbs_do_is_a_verb(coder, text, verb):
    [parse] = coder.parser.parse([text])
    assert [t.text for t in parse if t.pos_ == "VERB" and t.text == verb] == [verb]


@pytest.mark.parametrize(
    "text",
    [
        "The Greek minister's talks in Oslo",
        "Russia sanctions and oil prices",
        "Iran nuclear talks in Vienna",
    ],
)
def test_a_line_that_tells_no_act_keeps_its_nouns(coder, text):
    [parse] = coder.parser.parse([text])
    assert not [t.text for t in parse if t.pos_ == "VERB"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian bombardment of Kharkiv went on.", ("ASSAULT", {"RUS"}, {"UKR"})),
        ("The Taliban carried out the eviction of Tajik families.", ("COERCE", {"AFG"}, {"TJK"})),
        ("Two years after the assassination of the Haitian president, gangs rule the port.",
         ("ASSAULT", set(), {"HTI"})),
        ("Norway will announce the closure of its embassy in Chad.", ("SANCTION", {"NOR"}, {"TCD"})),
    ],
)  # fmt: skip
def test_a_noun_is_read_by_the_frames_of_its_verb(events, text, expected):
    found = [
        (e.type, {a.country for a in e.source}, {a.country for a in e.target}) for e in events(text)
    ]
    assert expected in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Cuba sent a brigade of doctors to Qatar.", "AID"),
        ("Cuba sent a brigade to the border of Haiti.", "MOBILIZE"),
        ("Turkey rushed two water bombers to Albania.", "AID"),
        ("The IMF released a third tranche of the loan to Zambia.", "AID"),
        ("Two Kenyan soldiers were wounded in Somalia on Monday.", "ASSAULT"),
        ("The UN withdrew peacekeepers from Rwanda in April.", "SANCTION"),
    ],
)
def test_what_a_thing_is_decides_what_is_done(events, text, kind):
    assert [e.type for e in events(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Two Kenyan soldiers were killed in a plane crash near Lake Turkana.",
        "The storm killed two Kenyan soldiers.",
        "A US drone strike alarmed Mogadishu.",
    ],
)
def test_an_accident_is_no_assault_and_an_air_strike_no_protest(events, text):
    assert not {e.type for e in events(text)} & {"ASSAULT", "PROTEST"} - (
        {"ASSAULT"} if "drone" in text else set()
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ukraine's grain reached Tunis and Beirut this week.", []),
        ("Two Danish tourists came to Togo last week.", []),
        ("The Danish minister came to Togo last week.", ["CONSULT"]),
        ("Two Dutch tourists were injured when a bus overturned near Petra in Jordan.", []),
        ("Zimbabwe is in arrears with the African Development Bank.", []),
        ("The Kremlin neither confirmed nor denied the Danish charge.", []),
        ("Oman's navy seized a Pakistani dhow and detained its crew.", ["COERCE"]),
        ("Canada joined NATO in 1949.", ["SUPPORT"]),
        ("The Guatemalan police raided the headquarters of the Salvadoran consul.", ["COERCE"]),
    ],
)
def test_short_frames_ask_for_what_they_mean(events, text, kinds):
    assert [e.type for e in events(text)] == kinds
