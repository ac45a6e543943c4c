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
    return [lack is None for lack in gate.lacks(sentences, spans, triggers=TRIGGERS)]


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


def lacking(*texts: str, day: str) -> list[bool]:
    sentences, _ = cut(*texts)
    return [lack is not None for lack in gate.lacks(sentences, (), triggers=TRIGGERS, day=day)]


def test_leaders_are_known_by_surname_others_in_office_by_their_full_names():
    texts = (
        "Merkel met Hollande.",
        "Jean-Marc Ayrault met Paolo Gentiloni.",
        "Ayrault met Gentiloni.",
        "Yesterday Edgars Rinkevics signed it.",
        "Horace Quimby met Ada Wexcombe.",
        "May signed it.",
    )
    assert lacking(*texts, day="2016-06-01") == [False, False, True, False, True, True]


def test_a_person_named_in_full_beside_an_office_is_known_by_surname_in_the_document():
    texts = ("Foreign minister Jolan Brezik is ill.", "Brezik met Quimby.", "Quimby signed it.")
    assert lacking(*texts, day="2016-06-01") == [True, False, True]


def test_sentences_just_after_a_named_one_are_kept_for_the_reader():
    texts = (
        "Poland met Latvia.",
        "Farmers met.",
        "Rain fell.",
        "Clerks signed papers.",
        "Boys met.",
    )
    spans = [(0, 6)]
    for near, wanted in ((0, [True, False, False]), (1, [True, True, False]), (3, [True] * 3)):
        lacks = gate.lacks(cut(*texts)[0], spans, triggers=TRIGGERS, near=near)
        assert [lack is None for lack in lacks[:2] + lacks[3:4]] == wanted
