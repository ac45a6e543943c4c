"""Roles read off the bare words of a sentence."""

import pytest

from detente.coding.actors import learned, unparsed
from detente.coding.actors.mentions import Scanner
from detente.coding.actors.resolver import Resolver
from detente.read.assemble import text_document
from detente.registers import load

SCANNER = Scanner(load())
RESOLVER = Resolver(load())


def told(text: str) -> list[tuple[str, str, str | None, str | None]]:
    document = text_document(text, published="2024-05-01")
    mentions = RESOLVER.stated(document, SCANNER.scan(text), [(0, len(text))])
    return [
        (one.person, one.code, one.institution, one.rank)
        for one in learned.learn(document, mentions)
    ]


OZOLA = ("Ilze Ozola", "LVA", "MFA", "minister")


@pytest.mark.parametrize(
    "text",
    [
        "Ilze Ozola, the foreign minister of Latvia, was born in Riga.",
        "Ilze Ozola, foreign minister of Latvia, likes tea.",
        "Ilze Ozola (foreign minister of Latvia) likes tea.",
        "Ilze Ozola, 45, Latvia's foreign minister, likes tea.",
        "Latvian Foreign Minister Ilze Ozola likes tea.",
        "The foreign minister of Latvia, Ilze Ozola, likes tea.",
        "Mrs Ilze Ozola, who is the foreign minister of Latvia, likes tea.",
        "Ilze Ozola became the foreign minister of Latvia in May.",
        "Ilze Ozola was appointed foreign minister of Latvia.",
        "Ilze Ozola has been sworn in as Latvia's foreign minister.",
        "Jan Kalns likes Latvian Minister of Foreign Affairs Ilze Ozola.",
    ],
)
def test_an_office_that_is_stated_is_learned(text):
    assert told(text) == [OZOLA]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ilze Ozola, Latvian deputy foreign minister, is 50.", ("LVA", "MFA", "deputy minister")),
        ("The Latvian ambassador to Belarus, Ilze Ozola, is 50.", ("LVA", "EMB", "ambassador")),
        ("Latvian Ambassador to Belarus Ilze Ozola is 50.", ("LVA", "EMB", "ambassador")),
        ("Kremlin spokesman Ilze Ozola is 50.", ("RUS", "HOS", "spokesperson")),
        ("Ilze Ozola, spokeswoman for the Latvian defence ministry, is 50.",
         ("LVA", "MOD", "spokesperson")),
        ("Ilze Ozola, head of Latvia's security service, is 50.", ("LVA", "SPY", "director")),
        ("The commander of the Latvian navy, Ilze Ozola, is 50.", ("LVA", "MIL", "commander")),
        ("Speaker of the Latvian parliament Ilze Ozola is 50.", ("LVA", "LEG", "speaker")),
        ("Hamas leader Ilze Ozola is 50.", ("PSE", "REB", "director")),
        ("IAEA Director General Ilze Ozola is 50.", ("IAEA", "IGO", "head of organisation")),
    ],
)  # fmt: skip
def test_office_and_owner_are_those_of_the_words(text, expected):
    assert told(text) == [("Ilze Ozola", *expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Former Latvian Foreign Minister Ilze Ozola likes tea.",
        "Latvia's then foreign minister Ilze Ozola liked tea.",
        "Ilze Ozola, a former foreign minister of Latvia, likes tea.",
        "Ilze Ozola was the foreign minister of Latvia.",
        "Latvian presidential candidate Ilze Ozola likes tea.",
        "Latvia's President-elect Ilze Ozola likes tea.",
        "British shadow foreign secretary Ilze Ozola likes tea.",
        "Foreign Ministry spokeswoman Ilze Ozola likes tea.",
        "Ilze Ozola, the French president and the British prime minister like tea.",
        "The Riga Post, the foreign minister of Latvia and others like tea.",
        "Meanwhile Ilze Ozola, the foreign minister of Latvia, likes tea.",
        "Ilze Ozola is the wife of the Latvian foreign minister.",
        "Ilze Ozola, an adviser to the president of Latvia, likes tea.",
        "Mr Ozola, Latvia's foreign minister, likes tea.",
        "Ilze Ozola, chairman of the Latvian football federation, likes tea.",
        "Latvian driver Ilze Ozola likes tea.",
        "Poland beat Latvia 2-1 before Latvian President Ilze Ozola.",
    ],
)
def test_what_is_doubtful_teaches_nothing(text):
    assert told(text) == []


def test_words_keep_their_places():
    text = "Gen. Jean-Yves O'Neil, the U.S. chief of staff, said 3.5 was fine."
    doc = unparsed.read(text)
    assert [text[token.idx : token.idx + len(token.text)] for token in doc] == [
        token.text for token in doc
    ]
    assert [token.text for token in doc][:5] == ["Gen.", "Jean", "-", "Yves", "O'Neil"]


def test_a_sentence_without_office_or_name_is_not_read():
    assert not unparsed.may_state("It rained in Riga.")
    assert not unparsed.may_state("The minister slept.")
    assert unparsed.may_state("Latvian minister Ilze Ozola slept.")
