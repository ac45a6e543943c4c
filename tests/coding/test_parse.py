import pytest

from detente.coding import dates
from detente.coding.grammar.parse import Parser
from detente.errors import MissingExtraError
from detente.settings import Settings

OPENED = "On 3 May 2017 Poland signed an agreement with Latvia."


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(Settings().model)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (OPENED, 13),
        ("On 3 May 2017, Poland signed.", None),
        ("Last week Poland signed.", 9),
        ("In September the minister left.", 12),
        ("On Monday in Riga Poland signed.", None),
        ("Poland signed on 3 May 2017.", None),
    ],
)
def test_opening_date_without_comma(text, end):
    assert dates.opening(text) == end


@pytest.mark.model
def test_subject_after_an_opening_date_is_no_part_of_it(parser):
    [plain] = parser.parse([OPENED])
    [helped] = parser.parse([OPENED], leads=[13])
    subject = {token.text: token.dep_ for token in helped}["Poland"]
    assert subject == "nsubj"
    assert {token.text: token.idx for token in plain} == {
        token.text: token.idx for token in helped if token.text != ","
    }


@pytest.mark.model
def test_a_parse_does_not_depend_on_its_neighbours(parser):
    texts = [OPENED, "Talks between Chad and Niger ended.", "The envoy left Riga."]
    together = [[t.dep_ for t in doc] for doc in parser.parse(texts)]
    assert together == [[t.dep_ for t in parser.parse([text])[0]] for text in texts]


def test_missing_model_says_how_to_install_it():
    with pytest.raises(MissingExtraError, match="pip install en-core-web-nowhere"):
        Parser("en_core_web_nowhere").parse(["x"])
