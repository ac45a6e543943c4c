from detente.coding import gate
from detente.coding.types import Sentence

TRIGGERS = frozenset({"met", "talks", "signed"})


def cut(*texts: str) -> tuple[list[Sentence], str]:
    found, start = [], 0
    for number, text in enumerate(texts):
        found.append(Sentence(number=number, start=start, end=start + len(text), text=text))
        start += len(text) + 1
    return found, " ".join(texts)


def kept(*texts: str, names: tuple[str, ...]) -> list[bool]:
    sentences, whole = cut(*texts)
    spans = sorted(
        (whole.index(name), whole.index(name) + len(name)) for name in names if name in whole
    )
    return gate.keep(sentences, spans, triggers=TRIGGERS)


def test_needs_an_actor_and_a_trigger():
    assert kept(
        "Poland met Latvia.",
        "Poland is flat.",
        "Farmers met on Monday.",
        names=("Poland", "Latvia"),
    ) == [True, False, False]


def test_words_that_refer_back_count_as_actors():
    assert kept(
        "Poland is near.", "They signed it.", "Both sides held talks.", names=("Poland",)
    ) == [
        False,
        True,
        True,
    ]


def test_a_document_without_a_name_keeps_nothing():
    assert kept("They signed it.", names=()) == [False]


def test_an_actor_belongs_to_its_own_sentence():
    assert kept("Nobody signed.", "Poland met Latvia.", names=("Poland",)) == [False, True]


def test_a_document_without_a_name_keeps_what_an_office_did():
    assert kept("The minister signed it.", "They signed it.", names=()) == [True, False]
