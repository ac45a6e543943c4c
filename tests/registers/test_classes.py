import pytest

from detente.errors import RegisterError
from detente.registers import classes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A visit is likely after the talks", "visit"),
        ("Talks will be followed by a visit", "dialogue"),
        ("The embargo may be prolonged", "sanctions"),
        ("Moscow will demand that the exercise be called off", "demand"),
        ("Ties will deepen", "cooperation"),
    ],
)
def test_the_first_word_that_asks_for_a_class_decides(text, name):
    assert classes.of_text(text).name == name


def test_no_word_asks_for_two_classes():
    words = [word for one in classes.load() for word in one.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "text",
    [
        "- {name: a, types: [CONSULT]}\n- {name: b, types: [CONSULT]}",
        "- {name: a, words: [x], types: [CONSULT]}",
        "- {name: a, words: [x], types: [DANCE]}\n- {name: b, types: [CONSULT]}",
        "- {name: a, words: [x], types: []}\n- {name: b, types: [CONSULT]}",
    ],
)
def test_a_wrong_file_is_refused(tmp_path, text):
    path = tmp_path / "classes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError):
        classes.read_classes(path)
